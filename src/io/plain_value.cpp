#include "io/plain_value.hpp"

#include <chrono>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The number of so many digits; -1 for other text.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (char const c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

/// "2026-01-31", a day of the calendar. GDAL takes years of one or two digits for those of a century.
bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int const year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (year < 1000 || month < 1 || day < 1) return false;
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

/// "2026-01-31T12:30:15Z" or "2026-01-31T12:30:15.250Z", the two forms of GeoPackages.
bool is_time(std::string_view text) {
  constexpr std::size_t whole = 20, with_thousandths = 24;
  if (text.size() != whole && text.size() != with_thousandths) return false;
  if (!is_date(text.substr(0, 10)) || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z')
    return false;
  int const hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  return text.size() == whole || (text[19] == '.' && digits(text, 20, 3) >= 0);
}

/// A time as `field_text` writes it: thousandths only where there are some.
std::string time_text(std::string_view text) {
  constexpr std::string_view none = ".000Z";
  return text.ends_with(none) ? std::string(text.substr(0, text.size() - none.size())) + "Z" : std::string(text);
}

bool push_text(sqlite3_stmt* row, int at, OGRFieldType type, TextColumn& column) {
  if (sqlite3_column_type(row, at) != SQLITE_TEXT) return false;
  auto const* const bytes = reinterpret_cast<char const*>(sqlite3_column_text(row, at));
  if (bytes == nullptr) return false;
  std::string_view const text(bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, at)));
  if (type == OFTString) {
    if (text.find('\0') != std::string_view::npos || !is_utf8(text)) return false;
    column.push(text);
    return true;
  }
  if (type == OFTDate ? !is_date(text) : !is_time(text)) return false;
  column.push(type == OFTDate ? std::string(text) : time_text(text));
  return true;
}

bool push_whole(sqlite3_stmt* row, int at, OGRFieldType type, OGRFieldSubType subtype, Column<std::int64_t>& column) {
  if (sqlite3_column_type(row, at) != SQLITE_INTEGER) return false;
  std::int64_t const value = sqlite3_column_int64(row, at);
  std::int64_t lowest = std::numeric_limits<std::int64_t>::min(), highest = std::numeric_limits<std::int64_t>::max();
  if (type == OFTInteger) {
    lowest = subtype == OFSTBoolean ? 0 : subtype == OFSTInt16 ? -32768 : std::numeric_limits<std::int32_t>::min();
    highest = subtype == OFSTBoolean ? 1 : subtype == OFSTInt16 ? 32767 : std::numeric_limits<std::int32_t>::max();
  }
  if (value < lowest || value > highest) return false;
  column.push(value);
  return true;
}

bool push_real(sqlite3_stmt* row, int at, Column<double>& column) {
  int const storage = sqlite3_column_type(row, at);
  double const value = sqlite3_column_double(row, at);
  if ((storage != SQLITE_FLOAT && storage != SQLITE_INTEGER) || !std::isfinite(value)) return false;
  column.push(value);
  return true;
}

}  // namespace

bool is_plain_type(OGRFieldType type) {
  return type == OFTInteger || type == OFTInteger64 || type == OFTReal || type == OFTString || type == OFTDate ||
         type == OFTDateTime;
}

bool push_plain_value(sqlite3_stmt* row, int at, OGRFieldType type, OGRFieldSubType subtype, AnyColumn& column) {
  if (sqlite3_column_type(row, at) == SQLITE_NULL) {
    std::visit([](auto& values) { values.push(std::nullopt); }, column);
    return true;
  }
  if (auto* const whole = std::get_if<Column<std::int64_t>>(&column)) return push_whole(row, at, type, subtype, *whole);
  if (auto* const real = std::get_if<Column<double>>(&column)) return push_real(row, at, *real);
  return push_text(row, at, type, std::get<TextColumn>(column));
}

}  // namespace terrein
