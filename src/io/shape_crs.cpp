#include "io/shape_crs.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::uint32_t no_shape = 0xffffffffU;

std::string quoted(std::string const& name, char quote) {
  std::string out(1, quote);
  for (char const c : name) out += c == quote ? std::string(2, quote) : std::string(1, c);
  return out + quote;
}

std::string label_of(OGRSpatialReferenceH srs) {
  if (srs == nullptr) return "no CRS";
  std::string const code = gdal::text_of(OSRGetAuthorityCode(srs, nullptr));
  return code.empty() ? gdal::text_of(OSRGetName(srs)) : gdal::text_of(OSRGetAuthorityName(srs, nullptr)) + ":" + code;
}

std::array<std::string, 2> both_byte_orders(std::int32_t id) {
  auto const bits = static_cast<std::uint32_t>(id);
  std::string const big = fmt::format("{:08X}", bits);
  return {big, big.substr(6, 2) + big.substr(4, 2) + big.substr(2, 2) + big.substr(0, 2)};
}

/// The id of ten hexadecimal digits: the flags of a GeoPackage shape, whose last bit is 1 for little-endian, and its
/// SRS id.
std::int32_t srs_id_of(std::string const& hex) {
  bool const little = (std::stoul(hex.substr(0, 2), nullptr, 16) & 1U) != 0;
  auto const bits = static_cast<std::uint32_t>(std::stoul(hex.substr(2), nullptr, 16));
  auto const order = both_byte_orders(static_cast<std::int32_t>(bits));
  return static_cast<std::int32_t>(std::stoul(order[little ? 1 : 0], nullptr, 16));
}

/// The only value of a query; empty when there is none.
std::string one_value(GDALDatasetH dataset, std::string const& sql) {
  OGRLayerH const result = GDALDatasetExecuteSQL(dataset, sql.c_str(), nullptr, nullptr);
  if (result == nullptr) return {};
  gdal::Feature const feature(OGR_L_GetNextFeature(result));
  std::string const out = feature ? gdal::text_of(OGR_F_GetFieldAsString(feature.get(), 0)) : std::string{};
  GDALDatasetReleaseResultSet(dataset, result);
  return out;
}

std::string counts_text(std::vector<std::pair<std::string, std::size_t>> counts) {
  std::stable_sort(counts.begin(), counts.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
  constexpr std::size_t most = 12;
  std::vector<std::string> texts;
  for (auto const& [label, count] : counts)
    if (texts.size() < most) texts.push_back(fmt::format("'{}' ({} rows)", label, count));
  if (counts.size() > most) texts.push_back(fmt::format("and {} others", counts.size() - most));
  return join(texts, ", ");
}

/// The number of "SRID=31370;POINT (…)"; empty for a plain WKT text.
std::string srid_of(std::string const& wkt) {
  constexpr std::string_view mark = "srid=";
  auto const end = wkt.find(';');
  if (end == std::string::npos || lower(wkt.substr(0, mark.size())) != mark) return {};
  return wkt.substr(mark.size(), end - mark.size());
}

/// The CRS that a GeoJSON feature names beside its shape, as GeoJSON allowed until 2016; nothing when it names none.
gdal::Srs crs_of_feature(char const* json) {
  auto const feature = nlohmann::json::parse(json, nullptr, false);
  auto const name = nlohmann::json::json_pointer("/crs/properties/name");
  if (!feature.is_object() || !feature.contains(name) || !feature[name].is_string()) return nullptr;
  gdal::Srs out(OSRNewSpatialReference(nullptr));
  if (OSRSetFromUserInput(out.get(), feature[name].get<std::string>().c_str()) != OGRERR_NONE) return nullptr;
  OSRSetAxisMappingStrategy(out.get(), OAMS_TRADITIONAL_GIS_ORDER);
  return out;
}

std::string compact(std::string_view name) {
  std::string out;
  for (char const c : lower(name))
    if (c != ' ' && c != '_' && c != '-') out += c;
  return out;
}

}  // namespace

bool may_name_crs_by_feature(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  constexpr std::string_view key = "\"crs\"";
  std::size_t found = 0, matched = 0;
  for (auto it = std::istreambuf_iterator<char>(file); it != std::istreambuf_iterator<char>() && found < 2; ++it) {
    matched = *it == key[matched] ? matched + 1 : *it == key[0] ? 1 : 0;
    if (matched < key.size()) continue;
    ++found;
    matched = 0;
  }
  return found > 1;
}

StrayIds stray_srs_ids(Source const& source, OGRLayerH layer) {
  StrayIds out;
  std::string const column = gdal::text_of(OGR_L_GetGeometryColumn(layer));
  std::string const fid = gdal::text_of(OGR_L_GetFIDColumn(layer));
  if (source.driver != "GPKG" || column.empty() || fid.empty()) return out;
  gdal::CplErrorScope const quiet;  // a view or another oddity: the CRS of the layer counts
  GDALDatasetH const dataset = source.dataset.get();
  std::string const table = gdal::text_of(OGR_L_GetName(layer));
  std::string const own = one_value(
      dataset, "SELECT srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower(" + quoted(table, '\'') + ")");
  auto const id = parse_number(own);
  if (!id) return out;
  std::vector<std::string> accepted;
  for (std::int32_t const one : {static_cast<std::int32_t>(*id), 0, -1})
    for (std::string const& bytes : both_byte_orders(one)) accepted.push_back("x'" + bytes + "'");
  std::string const shape = quoted(column, '"');
  std::string const sql = "SELECT " + quoted(fid, '"') + " + 0 AS row_, hex(substr(" + shape +
                          ", 4, 5)) AS head_ FROM " + quoted(table, '"') + " WHERE substr(" + shape +
                          ", 1, 2) = x'4750' AND substr(" + shape + ", 5, 4) NOT IN (" + join(accepted, ", ") + ")";
  OGRLayerH const result = GDALDatasetExecuteSQL(dataset, sql.c_str(), nullptr, nullptr);
  if (result == nullptr) return out;
  constexpr std::size_t digits = 10;
  while (gdal::Feature const feature{OGR_L_GetNextFeature(result)})
    if (std::string const hex = OGR_F_GetFieldAsString(feature.get(), 1); hex.size() == digits)
      out[OGR_F_GetFieldAsInteger64(feature.get(), 0)] = fmt::format("srs_id {}", srs_id_of(hex));
  GDALDatasetReleaseResultSet(dataset, result);
  return out;
}

ShapeCrs::ShapeCrs(Source const& source, OGRLayerH layer)
    : layer_srs_(OGR_L_GetSpatialRef(layer)), stray_(stray_srs_ids(source, layer)) {
  kinds_.push_back({label_of(layer_srs_), nullptr});
  if (source.driver == "CSV") wkt_field_ = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), "WKT");
}

std::uint32_t ShapeCrs::kind_of(OGRSpatialReferenceH srs) {
  if (srs == layer_srs_ || srs == nullptr) return 0;
  for (std::uint32_t i = 1; i < kinds_.size(); ++i)
    if (kinds_[i].srs && (kinds_[i].srs.get() == srs || OSRIsSame(kinds_[i].srs.get(), srs) != 0)) return i;
  if (layer_srs_ != nullptr && OSRIsSame(layer_srs_, srs) != 0) return 0;
  OSRReference(srs);
  kinds_.push_back({label_of(srs), gdal::Srs(srs)});
  return static_cast<std::uint32_t>(kinds_.size() - 1);
}

std::uint32_t ShapeCrs::kind_of(std::string const& label) {
  for (std::uint32_t i = 1; i < kinds_.size(); ++i)
    if (kinds_[i].label == label) return i;
  kinds_.push_back({label, nullptr});
  return static_cast<std::uint32_t>(kinds_.size() - 1);
}

void ShapeCrs::see(OGRFeatureH feature, OGRGeometryH shape) {
  kind_.push_back(shape == nullptr ? no_shape : row_kind(feature, shape));
}

std::uint32_t ShapeCrs::row_kind(OGRFeatureH feature, OGRGeometryH shape) {
  if (!stray_.empty())
    if (auto const stray = stray_.find(OGR_F_GetFID(feature)); stray != stray_.end()) return kind_of(stray->second);
  if (wkt_field_ >= 0)
    if (std::string const srid = srid_of(gdal::text_of(OGR_F_GetFieldAsString(feature, wkt_field_))); !srid.empty())
      return kind_of("EPSG:" + srid);
  if (char const* const json = OGR_F_GetNativeData(feature))
    if (gdal::Srs const srs = crs_of_feature(json)) return kind_of(srs.get());
  return kind_of(OGR_G_GetSpatialReference(shape));
}

void ShapeCrs::keep(std::vector<std::uint8_t> const& kept) {
  std::vector<std::uint32_t> out;
  for (std::size_t row = 0; row < kind_.size(); ++row)
    if (kept[row] != 0) out.push_back(kind_[row]);
  kind_ = std::move(out);
}

void ShapeCrs::check(ReadOptions const& options, Crs const& layer_crs, Origin const& origin) const {
  std::vector<std::size_t> count(kinds_.size(), 0);
  for (std::uint32_t const kind : kind_)
    if (kind != no_shape) ++count[kind];
  std::vector<std::pair<std::string, std::size_t>> counts;
  std::size_t only = 0;
  for (std::size_t i = 0; i < kinds_.size(); ++i)
    if (count[i] > 0) counts.emplace_back(kinds_[only = i].label, count[i]);
  if (counts.size() > 1)
    throw_error(ErrorKind::crs,
                "{} mixes coordinate systems in one layer; its shapes say {}. Keep the rows of one of them with where, "
                "or bring them together first with ogr2ogr -t_srs.",
                origin.text(), counts_text(counts));
  if (only == 0 || !options.crs_override.empty()) return;
  if (layer_srs_ == nullptr && kinds_[only].label == layer_crs.authority) return;
  throw_error(ErrorKind::crs,
              "{} is in {}, but all {} of its shapes say {}. Ask the publisher which is right, and say it with "
              "crs_override = \"EPSG:…\" for this layer.",
              origin.text(), layer_crs.authority.empty() ? layer_crs.name : layer_crs.authority, counts[0].second,
              counts[0].first);
}

std::string crs_label_column(OGRLayerH layer) {
  OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
    std::string const name = gdal::text_of(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    for (char const* known : {"coordinatereferencesystem", "coordinatesystem", "crs", "srs", "srid", "epsg"})
      if (compact(name) == known) return name;
  }
  return {};
}

void check_one_label(Table const& table, std::string const& column, Origin const& origin) {
  AnyColumn const* const labels = table.find(column);
  if (labels == nullptr) return;
  std::vector<std::pair<std::string, std::size_t>> counts;
  std::map<std::string, std::size_t> place;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string const label(trim(text_at(*labels, row).value_or("")));
    if (label.empty()) continue;
    auto const [it, added] = place.emplace(label, counts.size());
    if (added) counts.emplace_back(label, 0);
    ++counts[it->second].second;
  }
  if (counts.size() < 2) return;
  throw_error(ErrorKind::crs,
              "{} mixes coordinate systems in one layer; its column '{}' says {}. Keep the rows of one of them with "
              "where, or say crs_field = \"{}\" with a table [layers.{}.crs_values] of what each label means.",
              origin.text(), column, counts_text(counts), column, origin.name);
}

}  // namespace terrein
