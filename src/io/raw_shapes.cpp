#include "terrein/io/raw_shapes.hpp"

#include <cpl_minixml.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "io/gdal.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// Curves without arcs as plain lines and polygons: servers call every polygon a surface.
gdal::Geometry plain(gdal::Geometry shape) {
  OGRwkbGeometryType const type = OGR_G_GetGeometryType(shape.get());
  if (OGR_GT_IsNonLinear(type) == 0 || OGR_G_HasCurveGeometry(shape.get(), TRUE) != 0) return shape;
  return gdal::Geometry(OGR_G_ForceTo(shape.release(), OGR_GT_GetLinear(type), nullptr));
}

RawShape raw_shape(OGRGeometryH shape) {
  RawShape out;
  if (OGR_G_IsEmpty(shape) != 0) return out;
  OGREnvelope envelope;
  OGR_G_GetEnvelope(shape, &envelope);
  out.box = {envelope.MinX, envelope.MinY, envelope.MaxX, envelope.MaxY};
  std::vector<unsigned char> bytes(static_cast<std::size_t>(std::max(0, OGR_G_WkbSize(shape))));
  bool const written = !bytes.empty() && OGR_G_ExportToIsoWkb(shape, wkbNDR, bytes.data()) == OGRERR_NONE;
  bool const finite = std::isfinite(out.box.width()) && std::isfinite(out.box.height());
  if (!written || !finite || out.box.empty())
    throw_error(ErrorKind::input, "A shape has coordinates that are no numbers.");
  out.wkb.assign(bytes.begin(), bytes.end());
  return out;
}

RawShape checked(gdal::Geometry shape, gdal::CplErrorScope const& said) {
  if (shape == nullptr) throw_error(ErrorKind::input, "A shape cannot be read.{}", said.sentence());
  return raw_shape(plain(std::move(shape)).get());
}

/// GDAL takes a coordinate that is no number for zero.
void check_numbers(XmlNode const& node) {
  for (XmlNode const& child : node.children()) check_numbers(child);
  std::string const name = node.name();
  if (name != "pos" && name != "posList" && name != "coordinates") return;
  std::string const text = node.text();
  if (auto const at = text.find_first_not_of("0123456789+-.eE, \t\r\n"); at != std::string::npos)
    throw_error(ErrorKind::input, "A shape has a coordinate that is no number: '{}'.", text.substr(at, 20));
}

/// The type in ISO WKB: kind + 1000 for Z + 2000 for M.
unsigned type_of(std::string const& wkb) {
  std::uint32_t type = 0;
  std::memcpy(&type, wkb.data() + 1, sizeof type);
  return type;
}

std::uint32_t flat(std::uint32_t type) { return type % 1000; }

bool among(std::set<unsigned> const& types, std::initializer_list<unsigned> allowed) {
  return std::all_of(types.begin(), types.end(),
                     [&](unsigned type) { return std::find(allowed.begin(), allowed.end(), type) != allowed.end(); });
}

/// The narrowest collection that all types can be promoted to.
OGRwkbGeometryType common_type(std::set<unsigned> const& types) {
  if (types.empty()) return wkbUnknown;
  if (among(types, {wkbPoint, wkbMultiPoint})) return wkbMultiPoint;
  if (among(types, {wkbLineString, wkbMultiLineString})) return wkbMultiLineString;
  if (among(types, {wkbPolygon, wkbMultiPolygon})) return wkbMultiPolygon;
  if (among(types, {wkbPolygon, wkbMultiPolygon, wkbCurvePolygon, wkbMultiSurface})) return wkbMultiSurface;
  if (among(types, {wkbLineString, wkbMultiLineString, wkbCircularString, wkbCompoundCurve, wkbMultiCurve}))
    return wkbMultiCurve;
  return wkbUnknown;
}

std::string promoted(std::string const& wkb, OGRwkbGeometryType type) {
  OGRGeometryH shape = nullptr;
  if (OGR_G_CreateFromWkb(wkb.data(), nullptr, &shape, static_cast<int>(wkb.size())) != OGRERR_NONE)
    throw_error(ErrorKind::internal, "A shape that was written cannot be read again.");
  unsigned const own = type_of(wkb) / 1000;
  OGRwkbGeometryType const wanted = OGR_GT_SetModifier(type, own & 1U, (own & 2U) / 2);
  gdal::Geometry const forced(OGR_G_ForceTo(shape, wanted, nullptr));
  return raw_shape(forced.get()).wkb;
}

}  // namespace

void RawShapes::push(RawShape shape) {
  wkb.push_back(std::move(shape.wkb));
  box.push_back(shape.box);
}

RawShape shape_from_gml(XmlNode const& geometry, bool swapped) {
  gdal::CplErrorScope const said;
  check_numbers(geometry);
  gdal::Geometry shape(OGR_G_CreateFromGMLTree(static_cast<CPLXMLNode const*>(geometry.handle())));
  if (shape != nullptr && swapped) OGR_G_SwapXY(shape.get());
  return checked(std::move(shape), said);
}

RawShape shape_from_geojson(std::string const& text, bool swapped) {
  if (text == "null") return {};
  gdal::CplErrorScope const said;
  gdal::Geometry shape(OGR_G_CreateGeometryFromJson(text.c_str()));
  if (shape != nullptr && swapped) OGR_G_SwapXY(shape.get());
  return checked(std::move(shape), said);
}

RawShape shape_from_esri_json(std::string const& text) {
  if (text == "null") return {};
  gdal::CplErrorScope const said;
  return checked(gdal::Geometry(OGR_G_CreateGeometryFromEsriJson(text.c_str())), said);
}

void settle_type(RawShapes& shapes) {
  std::set<unsigned> types;
  for (std::string const& wkb : shapes.wkb) {
    if (wkb.empty()) continue;
    std::uint32_t const type = type_of(wkb);
    types.insert(flat(type));
    shapes.has_z |= (type / 1000 & 1U) != 0;
    shapes.has_m |= (type / 1000 & 2U) != 0;
  }
  OGRwkbGeometryType const common = common_type(types);
  shapes.type = "GEOMETRY";
  if (common == wkbUnknown) return;
  for (std::string& wkb : shapes.wkb)
    if (!wkb.empty() && flat(type_of(wkb)) != static_cast<std::uint32_t>(common)) wkb = promoted(wkb, common);
  switch (common) {
    case wkbMultiPoint:
      shapes.type = "MULTIPOINT";
      break;
    case wkbMultiLineString:
      shapes.type = "MULTILINESTRING";
      break;
    case wkbMultiPolygon:
      shapes.type = "MULTIPOLYGON";
      break;
    case wkbMultiSurface:
      shapes.type = "MULTISURFACE";
      break;
    default:
      shapes.type = "MULTICURVE";
  }
}

bool northing_first(std::string const& authority_code) {
  gdal::CplErrorScope const said;
  gdal::Srs const srs(OSRNewSpatialReference(nullptr));
  if (OSRSetFromUserInput(srs.get(), authority_code.c_str()) != OGRERR_NONE) return false;
  return OSREPSGTreatsAsLatLong(srs.get()) != 0 || OSREPSGTreatsAsNorthingEasting(srs.get()) != 0;
}

}  // namespace terrein
