#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "terrein/criteria/criterion.hpp"

namespace terrein {

/// Keys for a `MeasureStore`.
class MeasureKeys {
 public:
  /// Hashes all layers, rasters and networks that `specs` look at, side by side.
  MeasureKeys(Inputs const& inputs, std::span<CriterionSpec const> specs);
  /// Empty for a criterion that is not worth keeping, because it is measured as fast as read.
  [[nodiscard]] std::string of(CriterionSpec const& spec) const;

 private:
  Inputs const& inputs_;
  std::map<std::string, std::string> layers_, networks_;  ///< hashes by key of the layer or raster
  std::string candidates_;
};

}  // namespace terrein
