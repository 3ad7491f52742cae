#include "terrein/app/run_study.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {

std::string version() { return TERREIN_VERSION; }

std::vector<std::string> versions() {
  return {"terrein " + version(), "GDAL " + gdal_version(), "GEOS " + geos_version(),
          "PROJ " + proj_version() + ", EPSG " + epsg_version()};
}

}  // namespace terrein
