#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/io/original.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// The rows of a layer as delivered, with the ids that terrein gave them.
struct Original {
  OriginalRows rows;
  TextColumn id;  ///< null for rows that were left out because they repeat an id
};

/// Name of the layer in the result that holds them: "parcels_original".
[[nodiscard]] std::string original_name(std::string const& key);
/// Joins the rows to the ids of the layer they became; `left_out` are the rows that it does not have any more.
[[nodiscard]] Original keep_original(OriginalRows rows, Layer const& prepared, std::vector<Row> const& left_out);
[[nodiscard]] OriginalLayer original_layer(LayerConfig const& config, Original const& original, Labels const& labels);

}  // namespace terrein
