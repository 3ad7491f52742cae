#include <algorithm>
#include <nlohmann/json.hpp>

#include "fetch/crs_text.hpp"
#include "fetch/wfs_texts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Values = std::vector<std::pair<std::string, std::vector<std::string>>>;  ///< field, its texts

bool is_shape(XmlNode const& node) {
  constexpr std::string_view names[] = {"Point",
                                        "LineString",
                                        "Polygon",
                                        "MultiPoint",
                                        "MultiLineString",
                                        "MultiPolygon",
                                        "Curve",
                                        "MultiCurve",
                                        "Surface",
                                        "MultiSurface",
                                        "CompositeCurve",
                                        "CompositeSurface",
                                        "MultiGeometry",
                                        "PolyhedralSurface",
                                        "OrientableCurve",
                                        "OrientableSurface",
                                        "Tin",
                                        "TriangulatedSurface",
                                        "Ring",
                                        "LinearRing"};
  return std::find(std::begin(names), std::end(names), node.name()) != std::end(names);
}

void add_text(Values& values, std::string const& name, std::string text) {
  auto const same = [&name](auto const& value) { return value.first == name; };
  auto const found = std::find_if(values.begin(), values.end(), same);
  if (found == values.end())
    values.push_back({name, {std::move(text)}});
  else
    found->second.push_back(std::move(text));
}

/// The texts of a property: its own, that of the one element it wraps (a gml:TimeInstant, say), or of nested ones under
/// "outer.inner". A property that only links elsewhere has the link as its text.
void add_property(Values& values, std::string const& name, XmlNode const& node) {
  auto const children = node.children();
  if (children.empty()) {
    std::string const text = node.text();
    return add_text(values, name, text.empty() ? node.attribute("href") : text);
  }
  if (children.size() == 1) return add_property(values, name, children.front());
  for (XmlNode const& child : children) add_property(values, name + "." + child.name(), child);
}

FieldType declared_type(WfsSchema const& schema, std::string const& name) {
  for (FieldSpec const& field : schema.fields)
    if (field.name == name) return field.type;
  return FieldType::text;
}

Cell cell(WfsSchema const& schema, std::string const& name, std::vector<std::string> const& texts) {
  if (texts.size() == 1) return cell_of(texts.front(), declared_type(schema, name));
  return nlohmann::json(texts).dump();
}

/// The CRS of a shape: its own text, or that of a part of it.
std::string srs_name(XmlNode const& shape) {
  if (auto const own = shape.attribute("srsName"); !own.empty()) return own;
  for (XmlNode const& child : shape.children())
    if (auto const inner = srs_name(child); !inner.empty()) return inner;
  return {};
}

RawShape read_shape(XmlNode const& shape, WfsReading const& reading, std::string const& id) {
  CrsText const asked = crs_in(reading.crs);
  std::string const written = srs_name(shape);
  CrsText const own = written.empty() ? asked : crs_in(written);
  if (own.authority != asked.authority)
    throw_error(ErrorKind::input,
                "{}: row '{}' comes in '{}' although '{}' was asked. The service does not heed srsName; ask its "
                "publisher, or fetch with --crs {}.",
                reading.what, id, written, reading.crs, own.authority.empty() ? written : own.authority);
  try {
    return shape_from_gml(shape, own.swapped);
  } catch (Error const& error) {
    throw_error(error.kind(), "{}: row '{}': {} Ask the publisher of the service.", reading.what, id, error.what());
  }
}

/// GeoServer makes up such ids anew for every answer where a table has no key.
bool is_passing_id(std::string const& id) { return id.find(".fid-") != std::string::npos || id.starts_with("fid-"); }

std::string id_of(XmlNode const& node, Values const& values, WfsReading const& reading) {
  if (reading.id_field.empty()) {
    for (char const* name : {"id", "fid"})
      if (auto const id = node.attribute(name); !id.empty() && !is_passing_id(id)) return id;
    throw_error(ErrorKind::input,
                "{} gives rows without a lasting gml:id, so that nobody can tell whether a page repeats rows. Name a "
                "field whose values are unique with --id-field.",
                reading.what);
  }
  for (auto const& [name, texts] : values)
    if (name == reading.id_field && !texts.front().empty()) return texts.front();
  throw_error(ErrorKind::input, "{} gives a row without '{}', which --id-field names. Name a field that every row has.",
              reading.what, reading.id_field);
}

Feature read_feature(XmlNode const& node, WfsReading const& reading) {
  Feature out;
  Values values;
  XmlNode shape;
  std::string shape_property = reading.schema.geometry.empty() ? std::string{} : reading.schema.geometry.front();
  for (XmlNode const& property : node.children()) {
    std::string const name = property.name();
    auto const inner = property.children();
    if (name == "boundedBy") continue;
    bool const holds_shape = !inner.empty() && is_shape(inner.front());
    if (holds_shape && (shape_property.empty() || name == shape_property)) {
      shape = inner.front();
      shape_property = name;
    } else if (!holds_shape && std::find(reading.schema.geometry.begin(), reading.schema.geometry.end(), name) ==
                                   reading.schema.geometry.end()) {
      add_property(values, name, property);
    }
  }
  out.id = id_of(node, values, reading);
  if (shape) out.shape = read_shape(shape, reading, out.id);
  if (auto const id = node.attribute("id"); !id.empty() && !is_passing_id(id)) out.values.emplace_back("gml_id", id);
  for (auto const& [name, texts] : values) out.values.emplace_back(name, cell(reading.schema, name, texts));
  return out;
}

}  // namespace

Page parse_wfs_page(std::string const& text, WfsReading const& reading) {
  XmlDocument const document(text, reading.what);
  XmlNode const root = document.root();
  if (root.name() != "FeatureCollection")
    throw_error(ErrorKind::input, "{} answers with '{}' where a feature collection is due.", reading.what, root.name());
  Page out;
  Cell const returned = cell_of(root.attribute("numberReturned"), FieldType::whole);
  if (auto const* const rows = std::get_if<std::int64_t>(&returned)) out.returned = *rows;
  out.time = root.attribute("timeStamp");
  for (XmlNode const& child : root.children()) {
    std::string const name = child.name();
    if (name != "member" && name != "featureMember" && name != "featureMembers") continue;
    for (XmlNode const& feature : child.children()) out.features.push_back(read_feature(feature, reading));
  }
  return out;
}

}  // namespace terrein
