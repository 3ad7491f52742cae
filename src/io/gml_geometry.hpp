#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace terrein {

/// Names of the elements of a GML file that hold a shape ("begrenzingPerceel", "plaatscoordinaten"), by name, as seen
/// in its first quarter of a megabyte. GDAL reads the last one of each feature without a word.
struct GmlShapes {
  std::vector<std::string> all;
  bool several = false;  ///< one feature has more than one of them; else features differ in how they name theirs
};
[[nodiscard]] GmlShapes gml_shapes(std::string const& path);

/// A file in `scratch` through which GDAL reads only the shape in the element `name` of a GML file. Throws
/// `Error{input}` with the names there are when it has no such element.
[[nodiscard]] std::string gml_with_geometry(std::string const& path, std::string const& name,
                                            std::filesystem::path const& scratch);

}  // namespace terrein
