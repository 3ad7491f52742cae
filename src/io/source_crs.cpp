#include <optional>

#include "io/source.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::string wkt_of(OGRSpatialReferenceH srs) {
  char const* const options[] = {"FORMAT=WKT2_2019", nullptr};
  char* wkt = nullptr;
  OGRErr const fault = OSRExportToWktEx(srs, &wkt, options);
  gdal::Text const owned(wkt);
  return fault == OGRERR_NONE ? gdal::text_of(wkt) : std::string{};
}

/// GeoPackage and others write "Undefined Cartesian SRS" or an engineering CRS where there is none.
bool is_undefined(OGRSpatialReferenceH srs) {
  std::string const name = lower(gdal::text_of(OSRGetName(srs)));
  return OSRIsLocal(srs) != 0 || name.starts_with("undefined") || name.starts_with("unknown engineering");
}

/// The registered CRS when the definition has a code and is what the register says, else the definition itself.
Crs crs_of(OGRSpatialReferenceH srs) {
  Crs const own = crs_from(wkt_of(srs));
  std::string const authority = gdal::text_of(OSRGetAuthorityName(srs, nullptr));
  std::string const code = gdal::text_of(OSRGetAuthorityCode(srs, nullptr));
  if (authority.empty() || code.empty()) return own;
  try {
    Crs registered = crs_from(authority + ":" + code);
    if (same_crs(registered, own)) return registered;
  } catch (Error const&) {  // a code of an authority that PROJ does not know: the definition is what counts
  }
  return own;
}

/// True when the coordinates come as the CRS orders them and that is northing or latitude first.
bool is_swapped(OGRSpatialReferenceH srs) {
  int count = 0;
  int const* const mapping = OSRGetDataAxisToSRSAxisMapping(srs, &count);
  bool const native_order = mapping != nullptr && count >= 2 && mapping[0] == 1 && mapping[1] == 2;
  return native_order && (OSREPSGTreatsAsLatLong(srs) != 0 || OSREPSGTreatsAsNorthingEasting(srs) != 0);
}

std::string named(Crs const& crs) {
  return crs.authority.empty() ? "'" + crs.name + "'" : crs.authority + " (" + crs.name + ")";
}

/// What the source says of itself, for people; a label that terrein refuses may still be replaced.
std::string label_of(OGRSpatialReferenceH srs) {
  if (srs == nullptr || is_undefined(srs)) return "nothing";
  std::string const code = gdal::text_of(OSRGetAuthorityCode(srs, nullptr));
  return code.empty() ? "'" + gdal::text_of(OSRGetName(srs)) + "'"
                      : gdal::text_of(OSRGetAuthorityName(srs, nullptr)) + ":" + code;
}

}  // namespace

Crs layer_crs(OGRLayerH layer, ReadOptions const& options, Origin const& origin, bool& swapped, Issues& issues) {
  return stated_crs(OGR_L_GetSpatialRef(layer), options, origin, swapped, issues);
}

Crs stated_crs(OGRSpatialReferenceH srs, ReadOptions const& options, Origin const& origin, bool& swapped,
               Issues& issues) {
  gdal::CplErrorScope const said;
  swapped = options.swap_axes;
  if (!options.crs_override.empty()) {
    Crs crs = crs_from(options.crs_override);
    issues.add({.layer = origin.name,
                .stage = "read",
                .code = "crs_overridden",
                .severity = Severity::note,
                .text = fmt::format("The source says {}; the study says that its coordinates are {}.", label_of(srs),
                                    named(crs))});
    return crs;
  }
  std::string const& declared = options.crs;
  std::optional<Crs> study;
  if (!declared.empty()) study = crs_from(declared);
  if (srs == nullptr || is_undefined(srs)) {
    if (study) return *study;
    throw_error(ErrorKind::crs,
                "{} has no CRS: the source does not say what its coordinates mean. Say crs = \"EPSG:…\" for this "
                "layer in the study.",
                origin.text());
  }
  swapped = is_swapped(srs) != options.swap_axes;
  Crs crs = crs_of(srs);
  if (study && !same_crs(*study, crs))
    throw_error(ErrorKind::crs,
                "{} has the CRS {}, but the study declares {} for it. Remove crs from this layer in the study, or, if "
                "the source is wrong, say crs_override = \"{}\".",
                origin.text(), named(crs), named(*study), declared);
  return crs;
}

}  // namespace terrein
