#include "terrein/criteria/inputs.hpp"

namespace terrein {

MeasuringLayer const* Inputs::find(std::string const& key) const {
  if (layers == nullptr) return nullptr;
  auto const found = layers->find(key);
  return found == layers->end() ? nullptr : &found->second;
}

MeasuringRaster const* Inputs::find_raster(std::string const& key) const {
  if (rasters == nullptr) return nullptr;
  auto const found = rasters->find(key);
  return found == rasters->end() ? nullptr : &found->second;
}

}  // namespace terrein
