#pragma once

#include <string>
#include <vector>

#include "terrein/core/column.hpp"
#include "terrein/core/table.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// A table of shapes and attributes: the one thing that rooms pass to each other. Row i is the same feature from the
/// first read to the last write.
struct Layer {
  std::string name;  ///< key of the layer in the study
  Crs crs;
  GeometryColumn geometry;
  Table attributes;
  std::vector<std::string> id;         ///< source feature id as text; unique once prepared
  std::vector<std::uint32_t> id_rank;  ///< position of the id in the order of ids: the key of every tie

  [[nodiscard]] std::size_t size() const noexcept { return geometry.size(); }
};

/// Ranks of ids in the order of `id_less`; equal ids keep their row order.
[[nodiscard]] std::vector<std::uint32_t> rank_ids(std::vector<std::string> const& id, unsigned workers = 1);
/// The rows `rows` of a layer, in that order; ranks are computed anew.
[[nodiscard]] Layer take(Layer const& layer, std::vector<Row> const& rows);

}  // namespace terrein
