#include "addition_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

double number_or(std::optional<std::string> const& text, double otherwise) {
  return text ? number_in(*text).value_or(otherwise) : otherwise;
}

template <class T>
void set_or_forget(Column<T>& column, std::size_t row, std::optional<double> number) {
  column.known[row] = 0;
  column.values[row] = 0;
  if (number) column.set(row, static_cast<T>(*number));
}

bool is_whole(std::optional<std::string> const& text) {
  constexpr double largest_exact = 9007199254740992.0;
  auto const number = number_or_none(text);
  return !number || (*number == std::floor(*number) && std::abs(*number) <= largest_exact);
}

/// Sets values of an attribute; whole numbers become decimal ones where a value asks for it.
AnyColumn with_values(AnyColumn const& column, Additions::Changes const& changes) {
  if (auto const* text = std::get_if<TextColumn>(&column)) return with_texts(*text, changes);
  bool const whole = std::all_of(changes.begin(), changes.end(), [](auto const& one) { return is_whole(one.second); });
  if (auto const* numbers = std::get_if<Column<std::int64_t>>(&column)) {
    if (whole) {
      Column<std::int64_t> out = *numbers;
      for (auto const& [row, text] : changes) set_or_forget(out, row, number_or_none(text));
      return out;
    }
    Column<double> out(numbers->name, numbers->size());
    for (std::size_t i = 0; i < numbers->size(); ++i)
      if (numbers->is_known(i)) out.set(i, static_cast<double>(numbers->values[i]));
    return with_values(out, changes);
  }
  Column<double> out = std::get<Column<double>>(column);
  for (auto const& [row, text] : changes) set_or_forget(out, row, number_or_none(text));
  return out;
}

}  // namespace

std::optional<double> number_in(std::string const& text) {
  if (auto const number = parse_number(text)) return number;
  auto const comma = text.find(',');
  if (comma == std::string::npos || text.find(',', comma + 1) != std::string::npos) return std::nullopt;
  std::string pointed = text;
  pointed[comma] = '.';
  return parse_number(pointed);
}

bool is_date(std::string const& text) {
  if (text.size() < 10) return false;
  for (std::size_t i = 0; i < 10; ++i) {
    bool const dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
  }
  return text.size() == 10 || text[10] == 'T' || text[10] == ' ';
}

std::string fault_of_numbers(Addition const& one) {
  for (auto const* text : {&one.value, &one.low, &one.high})
    if (*text && !number_in(**text)) return "'" + **text + "' is not a number";
  constexpr double far = std::numeric_limits<double>::infinity();
  double const low = number_or(one.low, -far), high = number_or(one.high, far);
  if (low > high) return "low " + *one.low + " is above high " + *one.high;
  if (!one.value) return {};
  double const value = number_or(one.value, 0);
  if (value < low || value > high) return "value " + *one.value + " lies outside low and high";
  return {};
}

std::string fault_of_scale(Addition const& one, CriterionSpec const& spec) {
  static std::set<std::string_view> const never_negative{"share", "ratio", "m", "m2", "n", "s"};
  std::string_view const unit = find_criterion_kind(spec.measure)->unit;
  for (auto const* text : {&one.value, &one.low, &one.high}) {
    if (!*text) continue;
    double const bare = *number_in(**text) * spec.per;
    if (unit == "share" && !(bare >= 0 && bare <= 1 + 1e-12)) return "'" + **text + "' is no share between 0 and 1";
    if (never_negative.contains(unit) && bare < 0) return "'" + **text + "' is below 0";
  }
  return {};
}

std::vector<std::string> known_classes(Study const& study, std::string const& criterion) {
  std::set<std::string> out;
  for (ModelConfig const& model : study.models)
    for (ModelCriterion const& one : model.criteria)
      if (one.criterion == criterion)
        for (auto const& [word, range] : one.function.classes) out.insert(word);
  for (RuleSpec const& rule : study.rules)
    if (rule.criterion == criterion) out.insert(rule.test.classes.begin(), rule.test.classes.end());
  return {out.begin(), out.end()};
}

TextColumn with_texts(TextColumn const& column, Additions::Changes const& changes) {
  TextColumn out(column.name);
  out.reserve(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) {
    auto const change = changes.find(row);
    if (change == changes.end())
      out.push(column.at(row));
    else
      out.push(change->second);
  }
  return out;
}

std::optional<double> number_or_none(std::optional<std::string> const& text) {
  return text ? number_in(*text) : std::nullopt;
}

AnyColumn empty_column(std::string const& name, bool texts, std::size_t rows) {
  if (!texts) return Column<double>(name, rows);
  TextColumn out(name);
  for (std::size_t i = 0; i < rows; ++i) out.push(std::nullopt);
  return out;
}

Table with_changes(Table const& table, std::map<std::string, Additions::Changes> const& changes,
                   std::map<std::string, AnyColumn> const& added) {
  Table out(table.rows());
  auto const add = [&](AnyColumn const& column) {
    auto const change = changes.find(lower(name_of(column)));
    out.add(change == changes.end() ? column : with_values(column, change->second));
  };
  for (AnyColumn const& column : table.columns()) add(column);
  for (auto const& [name, column] : added) add(column);
  return out;
}

std::string as_number(std::string const& text) { return shortest(*number_in(text)); }

}  // namespace terrein
