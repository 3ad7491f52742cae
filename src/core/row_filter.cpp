#include "terrein/core/row_filter.hpp"

#include <algorithm>
#include <optional>

#include "row_filter_node.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Node = RowFilter::Node;

enum class Truth : std::uint8_t { no, unknown, yes };
using Truths = std::vector<Truth>;

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }
Truth negation(Truth value) { return value == Truth::unknown ? value : truth(value == Truth::no); }

/// One value of a column as the conditions see it.
struct Value {
  bool known = false, is_number = false;
  double number = 0;
  std::string_view text;
};

Value value_at(AnyColumn const& column, std::size_t row) {
  if (auto const* texts = std::get_if<TextColumn>(&column)) return {texts->is_known(row), false, 0, texts->text(row)};
  auto const number = number_at(column, row);
  return {number.has_value(), true, number.value_or(0), {}};
}

/// -1, 0, 1 as the value is before, at or after the literal; nothing when they cannot be compared.
std::optional<int> order(Value const& value, FilterLiteral const& literal) {
  if (!value.known) return std::nullopt;
  if (!value.is_number && !literal.is_number) {
    int const order = value.text.compare(literal.text);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  auto const left = value.is_number ? std::optional(value.number) : parse_number(trim(value.text));
  auto const right = literal.is_number ? std::optional(literal.number) : parse_number(trim(literal.text));
  if (!left || !right) return std::nullopt;
  return *left < *right ? -1 : *left > *right ? 1 : 0;
}

Truth compared(FilterOp op, Value const& value, FilterLiteral const& literal) {
  auto const found = order(value, literal);
  if (!found) return Truth::unknown;
  switch (op) {
    case FilterOp::equal:
      return truth(*found == 0);
    case FilterOp::unequal:
      return truth(*found != 0);
    case FilterOp::less:
      return truth(*found < 0);
    case FilterOp::at_most:
      return truth(*found <= 0);
    case FilterOp::more:
      return truth(*found > 0);
    default:
      return truth(*found >= 0);
  }
}

Truth any_equal(Value const& value, std::vector<FilterLiteral> const& literals) {
  Truth out = Truth::no;
  for (FilterLiteral const& literal : literals) out = std::max(out, compared(FilterOp::equal, value, literal));
  return out;
}

/// Bytes of the UTF-8 character that begins with `lead`.
std::size_t character_bytes(char lead) {
  auto const byte = static_cast<unsigned char>(lead);
  return byte < 0xc0U ? 1 : byte < 0xe0U ? 2 : byte < 0xf0U ? 3 : 4;
}

/// SQL's LIKE in linear space: on a mismatch the last '%' takes one character more.
bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t at = 0, p = 0, star = std::string_view::npos, retry = 0;
  while (at < text.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      star = p++;
      retry = at;
    } else if (p < pattern.size() && pattern[p] == '_') {
      at += std::min(character_bytes(text[at]), text.size() - at);
      ++p;
    } else if (p < pattern.size() && pattern[p] == text[at]) {
      ++at;
      ++p;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      retry += std::min(character_bytes(text[retry]), text.size() - retry);
      at = retry;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('%', p) == std::string_view::npos;
}

Truth is_like(Node const& node, AnyColumn const& column, std::size_t row) {
  auto const text = text_at(column, row);
  if (!text) return Truth::unknown;
  std::string const& pattern = node.literals[0].text;
  return truth(node.caseless ? is_like(lower(*text), lower(pattern)) : is_like(*text, pattern));
}

Truth condition(Node const& node, AnyColumn const& column, std::size_t row) {
  Value const value = value_at(column, row);
  Truth out = Truth::unknown;
  switch (node.op) {
    case FilterOp::is_null:
      out = truth(!value.known);
      break;
    case FilterOp::in:
      out = any_equal(value, node.literals);
      break;
    case FilterOp::between:
      out = std::min(compared(FilterOp::at_least, value, node.literals[0]),
                     compared(FilterOp::at_most, value, node.literals[1]));
      break;
    case FilterOp::like:
      out = is_like(node, column, row);
      break;
    default:
      out = compared(node.op, value, node.literals[0]);
  }
  return node.negated ? negation(out) : out;
}

void check_literals(Node const& node, AnyColumn const& column) {
  if (std::holds_alternative<TextColumn>(column) || node.op == FilterOp::like) return;
  for (FilterLiteral const& literal : node.literals)
    if (!literal.is_number && !parse_number(trim(literal.text)))
      throw_error(ErrorKind::config, "field {} holds numbers, and '{}' is none; write a number without quotes",
                  name_of(column), literal.text);
}

Truths evaluate(Node const& node, Table const& table) {
  if (node.children.empty()) {
    AnyColumn const* column = table.find(node.field);
    if (column == nullptr)
      throw_error(ErrorKind::input, "there is no field '{}'.{}", node.field, suggestion(node.field, table.names()));
    check_literals(node, *column);
    Truths out(table.rows());
    for (std::size_t row = 0; row < out.size(); ++row) out[row] = condition(node, *column, row);
    return out;
  }
  Truths out = evaluate(*node.children[0], table);
  if (node.op == FilterOp::none_of) std::transform(out.begin(), out.end(), out.begin(), negation);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    Truths const next = evaluate(*node.children[i], table);
    for (std::size_t row = 0; row < out.size(); ++row)
      out[row] = node.op == FilterOp::all_of ? std::min(out[row], next[row]) : std::max(out[row], next[row]);
  }
  return out;
}

void collect_fields(Node const& node, std::vector<std::string>& out) {
  auto const same = [&node](std::string const& name) { return lower(name) == lower(node.field); };
  if (node.children.empty() && std::none_of(out.begin(), out.end(), same)) out.push_back(node.field);
  for (auto const& child : node.children) collect_fields(*child, out);
}

std::string quoted(std::string const& text, char quote) {
  std::string out(1, quote);
  for (char const c : text) {
    if (c == quote) out += c;
    out += c;
  }
  return out + quote;
}

std::string literal_text(FilterLiteral const& literal) {
  return literal.is_number ? shortest(literal.number) : quoted(literal.text, '\'');
}

std::string condition_text(Node const& node) {
  static constexpr std::string_view signs[] = {"=", "<>", "<", "<=", ">", ">="};
  std::string const field = quoted(node.field, '"');
  std::string const negated = node.negated ? " not" : "";
  std::vector<std::string> literals;
  for (FilterLiteral const& literal : node.literals) literals.push_back(literal_text(literal));
  switch (node.op) {
    case FilterOp::is_null:
      return field + " is" + negated + " null";
    case FilterOp::in:
      return field + negated + " in (" + join(literals, ", ") + ")";
    case FilterOp::between:
      return field + negated + " between " + join(literals, " and ");
    case FilterOp::like:
      return field + negated + (node.caseless ? " ilike " : " like ") + literals[0];
    default:
      return field + " " + std::string(signs[static_cast<int>(node.op) - static_cast<int>(FilterOp::equal)]) + " " +
             literals[0];
  }
}

std::string text_of(Node const& node) {
  if (node.children.empty()) return condition_text(node);
  std::vector<std::string> parts;
  for (auto const& child : node.children) {
    bool const needs_brackets = child->op == FilterOp::all_of || child->op == FilterOp::any_of;
    parts.push_back(needs_brackets ? "(" + text_of(*child) + ")" : text_of(*child));
  }
  if (node.op == FilterOp::none_of) return "not " + parts[0];
  return join(parts, node.op == FilterOp::all_of ? " and " : " or ");
}

}  // namespace

std::vector<std::string> RowFilter::fields() const {
  std::vector<std::string> out;
  if (root_) collect_fields(*root_, out);
  return out;
}

std::string RowFilter::text() const { return root_ ? text_of(*root_) : std::string{}; }

std::vector<std::uint8_t> RowFilter::kept(Table const& table) const {
  std::vector<std::uint8_t> out(table.rows(), 1);
  if (!root_) return out;
  Truths const truths = evaluate(*root_, table);
  for (std::size_t row = 0; row < out.size(); ++row) out[row] = truths[row] == Truth::yes ? 1 : 0;
  return out;
}

}  // namespace terrein
