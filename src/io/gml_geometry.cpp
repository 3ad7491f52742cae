#include "io/gml_geometry.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "io/gdal.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

std::string beginning(std::string const& path) {
  constexpr std::size_t most = 256U << 10U;
  std::string text(most, '\0');
  VSILFILE* const file = VSIFOpenL(path.c_str(), "rb");
  if (file == nullptr) return {};
  text.resize(VSIFReadL(text.data(), 1, most, file));
  VSIFCloseL(file);
  return text;
}

/// A tag of an XML text, its name without prefix.
struct Tag {
  std::string name;
  bool opens = false, closes = false;  ///< both for "<a/>", none for comments and declarations
};

Tag tag_at(std::string const& text, std::size_t at) {
  Tag out;
  auto const end = text.find('>', at);
  if (end == std::string::npos || at + 1 >= end || text[at + 1] == '!' || text[at + 1] == '?') return out;
  out.closes = text[at + 1] == '/' || text[end - 1] == '/';
  out.opens = text[at + 1] != '/';
  auto const begin = at + (out.opens ? 1 : 2);
  out.name = text.substr(begin, std::min(end, text.find_first_of(" \t\r\n/>", begin)) - begin);
  if (auto const colon = out.name.find(':'); colon != std::string::npos) out.name.erase(0, colon + 1);
  return out;
}

bool is_shape(std::string const& name) {
  static std::set<std::string> const shapes{"Point",          "LineString",       "Curve",      "Polygon",
                                            "Surface",        "MultiPoint",       "MultiCurve", "MultiLineString",
                                            "MultiPolygon",   "MultiSurface",     "Solid",      "CompositeSurface",
                                            "CompositeCurve", "PolyhedralSurface"};
  return shapes.contains(name);
}

/// Elements of the geometry language itself, which hold parts of a shape.
bool is_part(std::string const& name) {
  static std::set<std::string> const parts{"pointMember",  "pointMembers",  "lineStringMember", "curveMember",
                                           "curveMembers", "polygonMember", "surfaceMember",    "surfaceMembers",
                                           "baseSurface",  "baseCurve",     "geometryMember",   "boundedBy",
                                           "exterior",     "interior",      "centerOf"};
  return parts.contains(name) || is_shape(name);
}

fs::path linked(std::string const& path, fs::path const& scratch) {
  fs::path const link = scratch / fs::path(path).filename();  // archives name their layers by it
  std::error_code absent;                                     // inside an archive there is no file to link to
  if (fs::is_regular_file(path, absent)) {
    fs::create_symlink(fs::absolute(path), link);
    return link;
  }
  if (CPLCopyFile(link.c_str(), path.c_str()) != 0)
    throw_error(ErrorKind::input, "'{}' cannot be copied to '{}'.", path, scratch.string());
  return link;
}

/// Takes all elements of one name out, with what is in them.
void remove_elements(std::string& text, std::string const& name) {
  std::string const begin = "<" + name + ">", end = "</" + name + ">";
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    auto const stop = text.find(end, at);
    if (stop == std::string::npos) return;
    text.erase(at, stop + end.size() - at);
  }
}

/// GDAL's description of the classes of a GML file, with one shape per class and no extent of another one.
std::string with_one_geometry(std::string text, std::string const& name) {
  for (char const* element : {"GeomPropertyDefn", "GeometryName", "GeometryElementPath", "GeometryType", "ExtentXMin",
                              "ExtentXMax", "ExtentYMin", "ExtentYMax"})
    remove_elements(text, element);
  std::string const shape =
      "<GeomPropertyDefn><Name>" + name + "</Name><ElementPath>" + name + "</ElementPath></GeomPropertyDefn>";
  std::string const place = "<DatasetSpecificInfo>";
  for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + shape.size() + place.size()))
    text.insert(at, shape);
  return text;
}

}  // namespace

GmlShapes gml_shapes(std::string const& path) {
  std::string const text = beginning(path);
  std::vector<std::string> open;  // the elements around the current place
  std::set<std::string> of_feature, seen;
  bool several = false;
  for (auto at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    Tag const tag = tag_at(text, at);
    if (tag.opens) {
      std::string const parent = open.empty() ? "" : open.back();
      bool const begins_feature = (parent.ends_with("ember") || parent.ends_with("embers")) && !is_shape(tag.name);
      if (begins_feature) of_feature.clear();
      if (is_shape(tag.name) && !parent.empty() && !is_part(parent)) of_feature.insert(parent);
      several = several || of_feature.size() > 1;
      seen.insert(of_feature.begin(), of_feature.end());
      if (!tag.closes) open.push_back(tag.name);
    } else if (tag.closes && !open.empty()) {
      open.pop_back();
    }
  }
  return {{seen.begin(), seen.end()}, several};
}

std::string gml_with_geometry(std::string const& path, std::string const& name, fs::path const& scratch) {
  auto const names = gml_shapes(path).all;
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw_error(ErrorKind::input, "'{}' has no element '{}' that holds a shape.{}", path, name,
                suggestion(name, names));
  fs::path const link = linked(path, scratch);
  fs::path const schema = fs::path(link).replace_extension(".gfs");
  {
    gdal::CplErrorScope const quiet;
    char** options = CSLSetNameValue(nullptr, "WRITE_GFS", "YES");
    gdal::List const owned(CSLSetNameValue(options, "DOWNLOAD_SCHEMA", "NO"));
    char const* const driver[] = {"GML", nullptr};
    gdal::Dataset const first(
        GDALOpenEx(link.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, driver, owned.get(), nullptr));
  }
  std::ifstream file(schema);
  std::ostringstream text;
  text << file.rdbuf();
  if (text.str().empty())
    throw_error(ErrorKind::input, "'{}' is no GML whose classes GDAL can tell; write the layer as a GeoPackage first.",
                path);
  std::ofstream(schema) << with_one_geometry(text.str(), name);
  return link.string();
}

}  // namespace terrein
