#pragma once

#include <string>
#include <vector>

#include "terrein/geometry/layer.hpp"

namespace terrein {

/// SHA-256 of what a layer holds, for sources without a file to hash: the same ids, values and shapes give the same
/// hash whatever the order of rows and columns, the type of a column, the format and the machine.
///
/// A row is its id, the values by name of the attribute (in the order of bytes), and its shape: each as "<bytes>:" and
/// the bytes, a null as "-". Numbers are in their shortest exact form, shapes little-endian ISO WKB in two dimensions
/// as multi-types, an empty shape "0:". The hash is that of the names of the attributes, each as "<bytes>:" and the
/// bytes, a line feed, and the SHA-256 of every row in hexadecimal digits with a line feed, in the order of ids (whole
/// numbers by value, then texts by bytes), rows of the same id by their hash.
[[nodiscard]] std::string content_hash(Layer const& layer);

/// The same of a table; `geometry` may be null for rows without shapes. Throws `Error{internal}` when the lengths
/// differ.
[[nodiscard]] std::string content_hash(std::vector<std::string> const& ids, Table const& table,
                                       GeometryColumn const* geometry);

}  // namespace terrein
