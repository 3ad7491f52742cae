#include "terrein/io/describe.hpp"

#include <algorithm>

#include "io/gml_geometry.hpp"
#include "io/pg_source.hpp"
#include "io/source.hpp"
#include "terrein/core/current_work.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::string shape_of(OGRLayerH layer) {
  if (OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(layer)) == 0) return "table";
  switch (OGR_GT_Flatten(OGR_GT_GetLinear(OGR_L_GetGeomType(layer)))) {
    case wkbPoint:
    case wkbMultiPoint:
      return "point";
    case wkbLineString:
    case wkbMultiLineString:
      return "line";
    case wkbPolygon:
    case wkbMultiPolygon:
      return "polygon";
    case wkbNone:
      return "table";
    default:
      return "mixed";
  }
}

std::string crs_of(OGRLayerH layer) {
  OGRSpatialReferenceH const srs = OGR_L_GetSpatialRef(layer);
  if (srs == nullptr) return {};
  std::string const code = gdal::text_of(OSRGetAuthorityCode(srs, nullptr));
  if (!code.empty()) return gdal::text_of(OSRGetAuthorityName(srs, nullptr)) + ":" + code;
  return gdal::text_of(OSRGetName(srs));
}

SourceLayer describe(OGRLayerH layer) {
  SourceLayer out;
  out.name = gdal::text_of(OGR_L_GetName(layer));
  out.shape = shape_of(layer);
  OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
    OGRFieldDefnH const field = OGR_FD_GetFieldDefn(definition, i);
    out.fields.push_back(
        {gdal::text_of(OGR_Fld_GetNameRef(field)), lower(OGR_GetFieldTypeName(OGR_Fld_GetType(field)))});
  }
  out.rows = OGR_L_GetFeatureCount(layer, TRUE);
  OGREnvelope box{};
  if (out.shape != "table" && out.rows != 0 && OGR_L_GetExtent(layer, &box, TRUE) == OGRERR_NONE)
    out.extent = Box{box.MinX, box.MinY, box.MaxX, box.MaxY};
  out.crs = out.shape == "table" ? std::string{} : crs_of(layer);
  return out;
}

}  // namespace

bool SourceLayer::has_field(std::string const& wanted) const { return !first_field(wanted).empty(); }

std::string SourceLayer::first_field(std::string const& alternatives) const {
  constexpr std::size_t cut = 10;  // the longest name a shapefile keeps
  for (std::string const& wanted : split(alternatives, '|'))
    for (std::size_t const most : {std::string::npos, cut})
      for (SourceField const& field : fields)
        if (lower(field.name) == lower(wanted).substr(0, most)) return field.name;
  return {};
}

SourceDescription describe_source(std::string const& path, std::string const& written, std::string const& name,
                                  std::string const& layer, std::string const& geometry) {
  Origin const origin{name, path, written};
  CurrentWork const work("looking at " + printable(origin.text()));
  if (is_database(path)) return pg::describe_database(origin, name, layer);
  Source const source = open_source(origin, layer, geometry);
  gdal::CplErrorScope const quiet;  // reading the rows tells what is wrong with them
  SourceDescription out;
  out.driver = source.driver;
  for (int i = 0; i < GDALDatasetGetLayerCount(source.dataset.get()); ++i)
    if (OGRLayerH const one = GDALDatasetGetLayer(source.dataset.get(), i)) out.layers.push_back(describe(one));
  if (source.driver == "GML" && geometry.empty() &&
      gml_shapes(gdal::text_of(GDALGetDescription(source.dataset.get()))).several)
    for (SourceLayer& one : out.layers) one.shape = "mixed";
  return out;
}

}  // namespace terrein
