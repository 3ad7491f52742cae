#include "terrein/core/column.hpp"

#include "terrein/core/text.hpp"

namespace terrein {

std::uint32_t TextColumn::find(std::string_view text) const {
  auto const it = code_of_.find(std::string(text));
  return it == code_of_.end() ? null_code : it->second;
}

void TextColumn::push(std::optional<std::string_view> text) {
  if (!text) {
    codes_.push_back(null_code);
    return;
  }
  auto const [it, fresh] = code_of_.try_emplace(std::string(*text), static_cast<std::uint32_t>(words_.size()));
  if (fresh) words_.emplace_back(*text);
  codes_.push_back(it->second);
}

std::string const& name_of(AnyColumn const& column) {
  return std::visit([](auto const& c) -> std::string const& { return c.name; }, column);
}

std::size_t size_of(AnyColumn const& column) {
  return std::visit([](auto const& c) { return c.size(); }, column);
}

namespace {

std::string as_text(double value) { return shortest(value); }
std::string as_text(std::int64_t value) { return std::to_string(value); }

}  // namespace

std::optional<std::string> text_at(AnyColumn const& column, std::size_t row) {
  return std::visit(
      [row](auto const& c) -> std::optional<std::string> {
        if (!c.is_known(row)) return std::nullopt;
        if constexpr (std::is_same_v<std::decay_t<decltype(c)>, TextColumn>) {
          return std::string(c.text(row));
        } else {
          return as_text(c.values[row]);
        }
      },
      column);
}

std::optional<double> number_at(AnyColumn const& column, std::size_t row) {
  return std::visit(
      [row](auto const& c) -> std::optional<double> {
        if (!c.is_known(row)) return std::nullopt;
        if constexpr (std::is_same_v<std::decay_t<decltype(c)>, TextColumn>) {
          return parse_number(c.text(row));
        } else {
          return static_cast<double>(c.values[row]);
        }
      },
      column);
}

AnyColumn take(AnyColumn const& column, std::vector<Row> const& rows) {
  return std::visit(
      [&rows](auto const& c) -> AnyColumn {
        std::decay_t<decltype(c)> out;
        out.name = c.name;
        for (Row const row : rows) out.push(c.at(row));
        return out;
      },
      column);
}

}  // namespace terrein
