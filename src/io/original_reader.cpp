#include "io/original_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/field_text.hpp"
#include "io/fields.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::string type_of(OGRFieldDefnH field) {
  OGRFieldSubType const subtype = OGR_Fld_GetSubType(field);
  switch (OGR_Fld_GetType(field)) {
    case OFTInteger:
      return subtype == OFSTBoolean ? "BOOLEAN" : subtype == OFSTInt16 ? "SMALLINT" : "MEDIUMINT";
    case OFTInteger64:
      return "INTEGER";
    case OFTReal:
      return subtype == OFSTFloat32 ? "FLOAT" : "REAL";
    case OFTDate:
      return "DATE";
    case OFTDateTime:
      return "DATETIME";
    case OFTBinary:
      return "BLOB";
    default:
      return "TEXT";
  }
}

AnyColumn column_for(OGRFieldType type, std::string const& name) {
  if (type == OFTInteger || type == OFTInteger64) return Column<std::int64_t>(name, 0);
  if (type == OFTReal) return Column<double>(name, 0);
  return TextColumn(name);
}

std::string name_of_type(OGRwkbGeometryType type) {
  std::string name = OGRGeometryTypeToName(OGR_GT_Flatten(type));  // "Multi Polygon", "Curve Polygon"
  std::erase(name, ' ');
  for (char& c : name) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

/// Curves, and surfaces of patches, wherever they stand in a shape.
void add_extensions(OGRGeometryH shape, std::set<std::string>& out) {
  OGRwkbGeometryType const type = OGR_GT_Flatten(OGR_G_GetGeometryType(shape));
  if (OGR_GT_IsNonLinear(type) != 0 || type == wkbPolyhedralSurface || type == wkbTIN || type == wkbTriangle)
    out.insert(name_of_type(type));
  for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i) add_extensions(OGR_G_GetGeometryRef(shape, i), out);
}

/// "2026-01-31T12:30:15Z" with the three decimals that GeoPackages ask for.
std::string with_decimals(std::string_view time) {
  std::string out(time.substr(0, time.size() - 1));
  if (out.find('.') == std::string::npos) out += ".000";
  return out + "Z";
}

void settle_times(OriginalField& field, std::size_t zoneless) {
  if (field.type != "DATETIME") return;
  if (zoneless > 0) {
    field.type = "TEXT";
    return;
  }
  auto const& times = std::get<TextColumn>(field.values);
  TextColumn settled(times.name);
  for (std::size_t row = 0; row < times.size(); ++row)
    if (times.is_known(row))
      settled.push(with_decimals(times.text(row)));
    else
      settled.push(std::nullopt);
  field.values = std::move(settled);
}

}  // namespace

OriginalReader::OriginalReader(Source const& source, OGRLayerH layer, std::string const& path) {
  OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
  std::vector<int> numbers;
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
    OGRFieldDefnH const field = OGR_FD_GetFieldDefn(definition, i);
    std::string const name = gdal::text_of(OGR_Fld_GetNameRef(field));
    OGRFieldType const type = OGR_Fld_GetType(field);
    types_.push_back(type);
    rows_.fields.push_back({name, type_of(field), column_for(type, name)});
    if (!std::holds_alternative<TextColumn>(rows_.fields.back().values)) numbers.push_back(i);
  }
  recoded_.resize(types_.size());
  zoneless_.resize(types_.size());
  rows_.fid_column = gdal::text_of(OGR_L_GetFIDColumn(layer));
  misplaced_ = misplaced_texts(source, layer, path, numbers);
}

void OriginalReader::push(OGRFeatureH feature) {
  rows_.fid.push_back(OGR_F_GetFID(feature));
  push_shape(OGR_F_GetGeometryRef(feature));
  for (std::size_t i = 0; i < types_.size(); ++i) push_value(feature, static_cast<int>(i));
}

void OriginalReader::push_shape(OGRGeometryH shape) {
  rows_.wkb.emplace_back();
  rows_.box.emplace_back();
  rows_.vacant.push_back(0);
  if (shape == nullptr) return;
  std::string wkb(static_cast<std::size_t>(std::max(0, OGR_G_WkbSize(shape))), '\0');
  auto* const bytes = reinterpret_cast<unsigned char*>(wkb.data());
  if (wkb.empty() || OGR_G_ExportToIsoWkb(shape, wkbNDR, bytes) != OGRERR_NONE) return;
  rows_.wkb.back() = std::move(wkb);
  OGRwkbGeometryType const type = OGR_G_GetGeometryType(shape);
  bool const z = OGR_GT_HasZ(type) != 0, m = OGR_GT_HasM(type) != 0;
  rows_.any_z = rows_.any_z || z;
  rows_.any_m = rows_.any_m || m;
  rows_.all_z = rows_.all_z && z;
  rows_.all_m = rows_.all_m && m;
  rows_.types.insert(name_of_type(type));
  add_extensions(shape, rows_.extensions);
  if (OGR_G_IsEmpty(shape) != 0) {
    rows_.vacant.back() = 1;
    return;
  }
  OGREnvelope box{};
  OGR_G_GetEnvelope(shape, &box);
  rows_.box.back() = Box{box.MinX, box.MinY, box.MaxX, box.MaxY};
}

void OriginalReader::push_value(OGRFeatureH feature, int field) {
  AnyColumn& values = rows_.fields[static_cast<std::size_t>(field)].values;
  bool const known =
      OGR_F_IsFieldSetAndNotNull(feature, field) != 0 && !misplaced_.contains({field, OGR_F_GetFID(feature)});
  if (auto* const whole = std::get_if<Column<std::int64_t>>(&values)) {
    whole->push(known ? std::optional<std::int64_t>(OGR_F_GetFieldAsInteger64(feature, field)) : std::nullopt);
  } else if (auto* const real = std::get_if<Column<double>>(&values)) {
    real->push(known ? std::optional(OGR_F_GetFieldAsDouble(feature, field)) : std::nullopt);
  } else if (!known) {
    std::get<TextColumn>(values).push(std::nullopt);
  } else {
    push_text(feature, field, std::get<TextColumn>(values));
  }
}

void OriginalReader::push_text(OGRFeatureH feature, int field, TextColumn& column) {
  auto const at = static_cast<std::size_t>(field);
  if (types_[at] == OFTBinary) {
    int size = 0;
    auto const* const bytes = reinterpret_cast<char const*>(OGR_F_GetFieldAsBinary(feature, field, &size));
    return column.push(std::string_view(size > 0 ? bytes : "", static_cast<std::size_t>(size)));
  }
  std::string text = field_text(feature, field, types_[at]);
  if (types_[at] == OFTDateTime && !text.ends_with('Z')) ++zoneless_[at];
  if (!is_utf8(text)) {
    ++recoded_[at];
    text = utf8_from_latin1(text);
  }
  column.push(text);
}

OriginalRows OriginalReader::finish(std::string const& layer_name, Issues& issues) {
  auto const tell = [&](std::string const& code, std::string text) {
    issues.add({.layer = layer_name, .stage = "read", .code = code, .text = std::move(text)});
  };
  for (std::size_t i = 0; i < rows_.fields.size(); ++i) {
    OriginalField& field = rows_.fields[i];
    settle_times(field, zoneless_[i]);
    if (recoded_[i] > 0)
      tell("original_recoded", fmt::format("In the original, {} texts of field '{}' are not UTF-8; they were read as "
                                           "Latin-1 (Windows-1252).",
                                           recoded_[i], field.name));
    auto const texts = std::count_if(misplaced_.begin(), misplaced_.end(),
                                     [i](auto const& entry) { return entry.first.first == static_cast<int>(i); });
    if (texts > 0)
      tell("original_not_a_number",
           fmt::format("In the original, {} values of the number field '{}' are texts; they are null there.", texts,
                       field.name));
  }
  return std::move(rows_);
}

OriginalRows take(OriginalRows const& all, std::vector<Row> const& rows) {
  OriginalRows out = all;
  out.fid.clear();
  out.wkb.clear();
  out.box.clear();
  out.vacant.clear();
  for (Row const row : rows) {
    out.fid.push_back(all.fid[row]);
    out.wkb.push_back(all.wkb[row]);
    out.box.push_back(all.box[row]);
    out.vacant.push_back(all.vacant[row]);
  }
  for (std::size_t i = 0; i < all.fields.size(); ++i) out.fields[i].values = take(all.fields[i].values, rows);
  return out;
}

}  // namespace terrein
