#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/geometry/layer.hpp"

namespace terrein {

/// A key as it is compared: without blanks around it, and a cadastral key (CAPAKEY) with `/` where the building and
/// parcel registry writes `-` (11004A0479-00N000).
[[nodiscard]] std::string join_key(std::string_view text);

struct JoinReport {
  std::size_t matched = 0;    ///< rows that found their key on the other side
  std::size_t unmatched = 0;  ///< rows that did not, and rows without a key
};

/// Gives the rows of `table` the shapes of the features of `shapes` whose attribute `on` is the row's attribute `key`,
/// and the CRS of `shapes`. Several rows may take one shape; several features of one key give one multipart shape (of
/// their highest dimension). A row without match has no shape and is an issue `no_match`; so has one whose features
/// have none. Shapes that `table` has itself are not used. Throws `Error{input}` when no row finds its key.
[[nodiscard]] JoinReport join_shapes(Layer& table, std::string const& key, Layer const& shapes, std::string const& on,
                                     Issues& issues);

/// A table whose columns are added to a layer.
struct AddedColumns {
  std::string name;                 ///< of the table, for messages
  std::string key;                  ///< attribute of the table
  std::string on;                   ///< attribute of the layer
  std::vector<std::string> fields;  ///< attributes of the table that are added
};

/// Adds columns of `table` to a layer: null where no row has the feature's key. Where several rows do and say
/// different things the value is null as well, and the feature an issue `several_rows`. Features without a row are
/// told once (`no_row`), rows whose key no feature has once with examples (`no_match`). The report counts features.
/// Throws `Error{input}` when no feature finds a row, and for a field that the layer has already.
[[nodiscard]] JoinReport add_columns(Layer& layer, Layer const& table, AddedColumns const& asked, Issues& issues);

}  // namespace terrein
