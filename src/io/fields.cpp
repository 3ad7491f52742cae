#include "io/fields.hpp"

#include <cmath>
#include <set>

#include "io/field_text.hpp"
#include "io/nowhere.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::vector<std::string> field_names(OGRFeatureDefnH definition) {
  std::vector<std::string> out;
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i)
    out.push_back(gdal::text_of(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
  return out;
}

AnyColumn empty_column(OGRFieldType type, std::string const& name) {
  if (type == OFTInteger || type == OFTInteger64) return Column<std::int64_t>(name, 0);
  if (type == OFTReal) return Column<double>(name, 0);
  return TextColumn(name);
}

}  // namespace

std::optional<int> find_field(std::vector<std::string> const& names, std::string const& wanted) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == wanted) return static_cast<int>(i);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (lower(names[i]) == lower(wanted)) return static_cast<int>(i);
  return std::nullopt;
}

int require_field(std::vector<std::string> const& names, std::string const& wanted, std::string const& role,
                  Origin const& origin) {
  if (auto const index = find_field(names, wanted)) return *index;
  throw_error(ErrorKind::input, "{} has no field '{}'{}.{}", origin.text(), wanted, role,
              suggestion(wanted, names, 40));
}

FieldReader::FieldReader(OGRLayerH layer, ReadOptions const& options, Origin const& origin, Issues& issues,
                         std::vector<std::string> names)
    : layer_name_(options.name), issues_(issues) {
  OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
  if (names.empty()) names = field_names(definition);
  std::vector<bool> wanted(names.size(), options.all_fields);
  for (std::string const& field : options.fields)
    wanted[static_cast<std::size_t>(require_field(names, field, "", origin))] = true;
  for (std::string const& field : options.optional_fields)
    if (auto const index = find_field(names, field)) wanted[static_cast<std::size_t>(*index)] = true;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (wanted[i]) add_field(definition, static_cast<int>(i), names[i], true);
  if (options.id_field.empty()) return;
  int const id = require_field(names, options.id_field, ", which the study names as its id", origin);
  for (std::size_t i = 0; i < fields_.size() && !id_; ++i)
    if (fields_[i].index == id) id_ = i;
  if (id_) return;
  add_field(definition, id, names[static_cast<std::size_t>(id)], false);
  id_ = fields_.size() - 1;
}

void FieldReader::add_field(OGRFeatureDefnH definition, int index, std::string const& name, bool kept) {
  OGRFieldDefnH const field = OGR_FD_GetFieldDefn(definition, index);
  for (Field const& other : fields_) {
    if (!kept || name_of(other.column) != name) continue;
    issues_.add({layer_name_, "", "read", "duplicate_field", Severity::warning, nowhere, nowhere,
                 "The source has two fields '" + name + "'; the first one is used.", true});
    return;
  }
  Field added;
  added.index = index;
  added.type = OGR_Fld_GetType(field);
  added.kept = kept;
  added.column = empty_column(added.type, name);
  fields_.push_back(std::move(added));
}

std::vector<int> FieldReader::number_fields() const {
  std::vector<int> out;
  for (Field const& field : fields_)
    if (!std::holds_alternative<TextColumn>(field.column)) out.push_back(field.index);
  return out;
}

std::vector<FieldReader::Wanted> FieldReader::wanted(OGRLayerH layer) const {
  OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
  std::vector<Wanted> out;
  for (Field const& field : fields_)
    out.push_back(
        {field.index, field.type, OGR_Fld_GetSubType(OGR_FD_GetFieldDefn(definition, field.index)), field.column});
  return out;
}

void FieldReader::set_columns(std::vector<AnyColumn> columns) {
  for (std::size_t i = 0; i < fields_.size(); ++i) fields_[i].column = std::move(columns[i]);
}

void FieldReader::ignore_other_fields(OGRLayerH layer, std::vector<int> const& also_used) const {
  auto const names = field_names(OGR_L_GetLayerDefn(layer));
  std::vector<bool> used(names.size(), false);
  for (Field const& field : fields_) used[static_cast<std::size_t>(field.index)] = true;
  for (int const index : also_used) used[static_cast<std::size_t>(index)] = true;
  std::set<std::string> used_names;  // of two fields with one name GDAL ignores the first
  for (std::size_t i = 0; i < names.size(); ++i)
    if (used[i]) used_names.insert(names[i]);
  char** ignored = nullptr;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!used_names.contains(names[i])) ignored = CSLAddString(ignored, names[i].c_str());
  gdal::List const list(ignored);
  if (OGR_L_TestCapability(layer, OLCIgnoreFields) != 0)
    OGR_L_SetIgnoredFields(layer, const_cast<char const**>(list.get()));  // the C API takes a non-const list
}

std::optional<std::string> FieldReader::push(OGRFeatureH feature, std::size_t row) {
  GIntBig const fid = OGR_F_GetFID(feature);
  std::string id = std::to_string(fid == OGRNullFID ? static_cast<GIntBig>(row) : fid);
  if (id_) {  // first, so that issues of the other fields can name the row
    Field& field = fields_[*id_];
    push_value(field, feature, id);
    auto const text = text_at(field.column, row);
    bool const known = text && !trim(*text).empty();
    if (known) id = *text;
    for (std::size_t i = 0; i < fields_.size(); ++i)
      if (i != *id_) push_value(fields_[i], feature, id);
    return known ? std::optional(id) : std::nullopt;
  }
  for (Field& field : fields_) push_value(field, feature, id);
  return id;
}

void FieldReader::push_value(Field& field, OGRFeatureH feature, std::string const& id) {
  bool const known = OGR_F_IsFieldSetAndNotNull(feature, field.index) != 0;
  auto const misplaced = misplaced_.empty() ? misplaced_.end() : misplaced_.find({field.index, OGR_F_GetFID(feature)});
  bool const is_text = misplaced != misplaced_.end();
  if (is_text) not_a_number(name_of(field.column), id, misplaced->second);
  if (auto* const whole = std::get_if<Column<std::int64_t>>(&field.column)) {
    whole->push(known && !is_text ? std::optional<std::int64_t>(OGR_F_GetFieldAsInteger64(feature, field.index))
                                  : std::nullopt);
  } else if (auto* const number = std::get_if<Column<double>>(&field.column)) {
    number->push(known && !is_text ? real(field, feature, id) : std::nullopt);
  } else {
    auto& text = std::get<TextColumn>(field.column);
    if (known)
      text.push(utf8(field, field_text(feature, field.index, field.type), id));
    else
      text.push(std::nullopt);
  }
}

std::optional<double> FieldReader::real(Field const& field, OGRFeatureH feature, std::string const& id) {
  double const value = OGR_F_GetFieldAsDouble(feature, field.index);
  if (std::isfinite(value)) return value;
  not_a_number(name_of(field.column), id, std::isnan(value) ? "NaN" : "infinity");
  return std::nullopt;
}

void FieldReader::not_a_number(std::string const& field, std::string const& id, std::string const& value) {
  std::string const shown = is_utf8(value) ? value : utf8_from_latin1(value);
  issues_.add({layer_name_, id, "read", "not_a_number", Severity::warning, nowhere, nowhere,
               "Field '" + field + "' holds '" + shown + "', which is no number; it is taken as unknown.", true});
}

std::string FieldReader::utf8(Field& field, std::string text, std::string const& id) const {
  if (is_utf8(text)) return text;
  if (field.recoded++ == 0) field.first_recoded = id;
  return utf8_from_latin1(text);
}

Table FieldReader::finish(std::size_t rows) {
  Table table(rows);
  for (Field& field : fields_) {
    if (field.recoded > 0)
      issues_.add({layer_name_, field.first_recoded, "read", "encoding", Severity::warning, nowhere, nowhere,
                   "Field '" + name_of(field.column) + "' has text that is not UTF-8 in " +
                       std::to_string(field.recoded) +
                       " rows (this is the first); it was read as Latin-1 (Windows-1252).",
                   true});
    if (field.kept) table.add(std::move(field.column));
  }
  return table;
}

}  // namespace terrein
