#pragma once

#include "fetch/service.hpp"

namespace terrein {

/// What terrein uses of a collection's description.
struct OapifCollection {
  std::string id, title, description, attribution;
  std::string storage_crs;       ///< as written; empty = not stated
  std::vector<std::string> crs;  ///< as written, with "#/crs" for the list of the whole service
  std::optional<Box> lon_lat;
};
[[nodiscard]] OapifCollection parse_oapif_collection(std::string const& text, std::string const& what);

/// How rows are read.
struct OapifReading {
  std::string id_field;  ///< empty = the feature's id
  std::string crs;       ///< of the coordinates, as written in the request
  std::string what;      ///< for messages
};
/// Rows and the link to the next page of an answer for items. Throws `Error{input}` for rows without id.
[[nodiscard]] Page parse_oapif_page(std::string const& text, OapifReading const& reading);

/// The parameter by which a link to a next page skips rows, as the service writes it ("offset", "startIndex" …); empty
/// when it has none, as where pages are told by a cursor.
[[nodiscard]] std::string offset_name(std::string const& link);

}  // namespace terrein
