#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/number_check.hpp"
#include "io/source.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/core/table.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {

/// Place of a field among names: exact match first, then without case.
[[nodiscard]] std::optional<int> find_field(std::vector<std::string> const& names, std::string const& wanted);
/// Throws `Error{input}` for a field that is not there, with the nearest names; `role` says what it is for.
[[nodiscard]] int require_field(std::vector<std::string> const& names, std::string const& wanted,
                                std::string const& role, Origin const& origin);

/// Reads the attributes and ids of features into columns.
class FieldReader {
 public:
  /// `names`: what the fields are called, by index, where that is not what GDAL calls them; empty = as GDAL does.
  /// Throws `Error{input}` for a field that the layer does not have.
  FieldReader(OGRLayerH layer, ReadOptions const& options, Origin const& origin, Issues& issues,
              std::vector<std::string> names = {});

  /// Indexes of the fields that are read as numbers.
  [[nodiscard]] std::vector<int> number_fields() const;
  void set_misplaced(MisplacedTexts texts) { misplaced_ = std::move(texts); }
  /// A field that is read, for who reads its values without GDAL.
  struct Wanted {
    int index;
    OGRFieldType type;
    OGRFieldSubType subtype;
    AnyColumn column;  ///< without rows
  };
  [[nodiscard]] std::vector<Wanted> wanted(OGRLayerH layer) const;
  /// Place of the id field among them; none = the feature id.
  [[nodiscard]] std::optional<std::size_t> id_place() const noexcept { return id_; }
  /// All rows of the wanted fields, in place of `push` for each.
  void set_columns(std::vector<AnyColumn> columns);
  /// GDAL need not decode the others, apart from those in `also_used`.
  void ignore_other_fields(OGRLayerH layer, std::vector<int> const& also_used) const;
  /// Adds a row and returns its id, or nothing when the id field is null or empty.
  std::optional<std::string> push(OGRFeatureH feature, std::size_t row);
  /// The columns, after the last row; adds the issues that are told once per field.
  [[nodiscard]] Table finish(std::size_t rows);

 private:
  struct Field {
    int index = -1;
    OGRFieldType type = OFTString;
    bool kept = true;  ///< false for an id field that was not asked for as attribute
    AnyColumn column;
    std::size_t recoded = 0;  ///< rows whose text was not UTF-8
    std::string first_recoded;
  };
  void add_field(OGRFeatureDefnH definition, int index, std::string const& name, bool kept);
  void push_value(Field& field, OGRFeatureH feature, std::string const& id);
  std::optional<double> real(Field const& field, OGRFeatureH feature, std::string const& id);
  std::string utf8(Field& field, std::string text, std::string const& id) const;
  void not_a_number(std::string const& field, std::string const& id, std::string const& value);

  std::string layer_name_;
  Issues& issues_;
  std::vector<Field> fields_;
  std::optional<std::size_t> id_;  ///< place of the id field among `fields_`
  MisplacedTexts misplaced_;
};

/// Bytes of a text that is not UTF-8 read as Windows-1252, which Latin-1 text on office computers is.
[[nodiscard]] std::string utf8_from_latin1(std::string_view bytes);

}  // namespace terrein
