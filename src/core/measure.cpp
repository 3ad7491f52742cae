#include "terrein/core/measure.hpp"

#include <algorithm>

namespace terrein {

void BoundColumn::make_rows(std::size_t rows) {
  if (size() == 0) *this = BoundColumn(std::move(name), rows);
}

void BoundColumn::drop_if_null() {
  if (std::find(known.begin(), known.end(), 1) == known.end()) *this = BoundColumn(std::move(name), 0);
}

Measure unknown_measure(std::string key, std::string unit, bool is_class, std::size_t rows, Reason why) {
  Measure out;
  out.key = std::move(key);
  out.unit = std::move(unit);
  out.is_class = is_class;
  out.why_unknown = std::move(why);
  out.by.assign(rows, no_row);
  if (is_class) {
    for (std::size_t row = 0; row < rows; ++row) out.text.push(std::nullopt);
  } else {
    out.value = Column<double>("", rows);
    out.low = BoundColumn("", rows);
    out.high = BoundColumn("", rows);
  }
  return out;
}

}  // namespace terrein
