#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "terrein/core/table.hpp"
#include "terrein/io/raw_shapes.hpp"

namespace terrein {

/// One value of a row; the first alternative is null.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

enum class FieldType { whole, real, text };

struct FieldSpec {
  std::string name;
  FieldType type = FieldType::text;
};

/// A row as a service gives it.
struct Feature {
  std::string id;
  RawShape shape;
  std::vector<std::pair<std::string, Cell>> values;
};

/// Rows of all pages in one table. A field is there for every row once any row, or the service's schema, has it.
/// Values of another type widen the field: whole numbers to reals where each is exact, everything else to text.
class RowSet {
 public:
  void declare(FieldSpec const& field);
  void add(Feature feature);
  [[nodiscard]] std::size_t size() const noexcept { return ids_.size(); }
  [[nodiscard]] std::vector<std::string> const& ids() const noexcept { return ids_; }
  [[nodiscard]] RawShapes& shapes() noexcept { return shapes_; }
  /// The fields, in the order in which they were declared or first seen.
  [[nodiscard]] Table table() const;

 private:
  std::size_t index_of(std::string const& name, FieldType type);

  std::vector<std::string> ids_;
  RawShapes shapes_;
  std::vector<AnyColumn> columns_;
  std::map<std::string, std::size_t> index_;
};

/// A text as the declared type, or as text where it is none of that type; empty texts are null.
[[nodiscard]] Cell cell_of(std::string const& text, FieldType type);

}  // namespace terrein
