#include "fetch/wfs_texts.hpp"

#include <algorithm>

#include "fetch/crs_text.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::optional<long long> whole(std::string const& text) {
  Cell const cell = cell_of(text, FieldType::whole);
  if (auto const* const value = std::get_if<std::int64_t>(&cell); value != nullptr && *value >= 0) return *value;
  return std::nullopt;
}

std::optional<Point> corner(XmlNode const& node) {
  auto words = split(node.text(), ' ');
  std::erase(words, "");
  if (words.size() != 2) return std::nullopt;
  auto const x = parse_number(words[0]), y = parse_number(words[1]);
  return x && y ? std::optional(Point{*x, *y}) : std::nullopt;
}

std::optional<Box> lon_lat_box(XmlNode const& node) {
  auto const low = corner(node.child("LowerCorner")), high = corner(node.child("UpperCorner"));
  if (!low || !high) return std::nullopt;
  Box const box{low->x, low->y, high->x, high->y};
  return box.empty() ? std::nullopt : std::optional(box);
}

std::vector<std::string> texts_of(std::vector<XmlNode> const& nodes) {
  std::vector<std::string> out;
  for (XmlNode const& node : nodes) out.push_back(node.text());
  return out;
}

WfsType type_of(XmlNode const& node) {
  WfsType out;
  out.name = node.child("Name").text();
  out.title = node.child("Title").text();
  out.description = node.child("Abstract").text();
  out.default_crs = node.child("DefaultCRS").text();
  if (out.default_crs.empty()) out.default_crs = node.child("DefaultSRS").text();
  out.other_crs = texts_of(node.children("OtherCRS"));
  out.lon_lat = lon_lat_box(node.child("WGS84BoundingBox"));
  out.formats = texts_of(node.child("OutputFormats").children("Format"));
  return out;
}

void read_constraints(XmlNode const& root, WfsCapabilities& out) {
  for (XmlNode const& constraint : root.all("Constraint")) {
    std::string const name = constraint.attribute("name"), value = constraint.child("DefaultValue").text();
    if (name == "CountDefault")
      if (auto const count = whole(value); count && *count > 0) out.count_default = static_cast<std::size_t>(*count);
    if (name == "ImplementsResultPaging") out.pages = lower(value) != "false";
  }
}

/// The declared type of an element, or the base of the restriction written in its place, without prefix.
std::string type_name(XmlNode const& element) {
  std::string type = element.attribute("type");
  if (type.empty()) type = element.child("simpleType").child("restriction").attribute("base");
  auto const colon = type.rfind(':');
  return colon == std::string::npos ? type : type.substr(colon + 1);
}

bool is_shape_type(std::string const& type) {
  if (!type.ends_with("PropertyType")) return false;
  constexpr std::string_view shapes[] = {"Point", "Curve", "Surface", "Geometry", "LineString", "Polygon"};
  return std::any_of(std::begin(shapes), std::end(shapes),
                     [&](std::string_view word) { return type.find(word) != std::string::npos; });
}

FieldType field_type(std::string const& type) {
  constexpr std::string_view wholes[] = {"int",
                                         "integer",
                                         "long",
                                         "short",
                                         "byte",
                                         "boolean",
                                         "nonNegativeInteger",
                                         "positiveInteger",
                                         "unsignedInt",
                                         "unsignedShort",
                                         "unsignedLong",
                                         "negativeInteger",
                                         "unsignedByte"};
  if (std::find(std::begin(wholes), std::end(wholes), type) != std::end(wholes)) return FieldType::whole;
  return type == "double" || type == "float" || type == "decimal" ? FieldType::real : FieldType::text;
}

/// The complex type behind a feature type; the only one there is when the names do not lead to it.
XmlNode complex_type(XmlNode const& root, std::string const& type) {
  auto const local = type.substr(type.find(':') + 1);
  auto const complex = root.children("complexType");
  for (XmlNode const& element : root.children("element")) {
    if (element.attribute("name") != local) continue;
    if (XmlNode const own = element.child("complexType")) return own;
    for (XmlNode const& one : complex)
      if (one.attribute("name") == type_name(element)) return one;
  }
  return complex.size() == 1 ? complex.front() : XmlNode{};
}

}  // namespace

WfsCapabilities parse_wfs_capabilities(std::string const& text, std::string const& what) {
  XmlDocument const document(text, what);
  XmlNode const root = document.root();
  WfsCapabilities out;
  out.version = root.attribute("version");
  if (root.name() != "WFS_Capabilities" || !out.version.starts_with("2.0"))
    throw_error(ErrorKind::input,
                "{} is no WFS 2.0 capabilities document ({} {}). terrein reads WFS 2.0, OGC API Features (OAPIF:) and "
                "ArcGIS REST (ARCGIS:); ask the publisher for one of these.",
                what, root.name(), out.version);
  XmlNode const service = root.child("ServiceIdentification");
  out.title = service.child("Title").text();
  out.attribution = root.child("ServiceProvider").child("ProviderName").text();
  if (auto const terms = service.child("AccessConstraints").text(); !terms.empty() && lower(terms) != "none")
    out.attribution += (out.attribution.empty() ? "" : "; ") + terms;
  read_constraints(root, out);
  for (XmlNode const& operation : root.child("OperationsMetadata").children("Operation"))
    for (XmlNode const& parameter : operation.children("Parameter"))
      if (operation.attribute("name") == "GetFeature" && parameter.attribute("name") == "outputFormat")
        out.formats = texts_of(parameter.all("Value"));
  for (XmlNode const& type : root.child("FeatureTypeList").children("FeatureType")) out.types.push_back(type_of(type));
  return out;
}

WfsSchema parse_wfs_schema(std::string const& text, std::string const& type, std::string const& what) {
  XmlDocument const document(text, what);
  WfsSchema out;
  XmlNode const complex = complex_type(document.root(), type);
  auto const sequences = complex.all("sequence");
  if (sequences.empty()) return out;
  for (XmlNode const& element : sequences.front().children("element")) {
    std::string const name = element.attribute("name"), declared = type_name(element);
    if (name.empty()) continue;
    if (is_shape_type(declared))
      out.geometry.push_back(name);
    else
      out.fields.push_back({name, field_type(declared)});
  }
  return out;
}

std::optional<long long> wfs_matched(std::string const& text, std::string const& what) {
  XmlDocument const document(text, what);
  if (document.root().name() != "FeatureCollection")
    throw_error(ErrorKind::input, "{} is no feature collection but '{}'.", what, document.root().name());
  return whole(document.root().attribute("numberMatched"));
}

}  // namespace terrein
