#include "terrein/core/measure.hpp"

namespace terrein {

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
    out.value = out.low = out.high = Column<double>("", rows);
  }
  return out;
}

}  // namespace terrein
