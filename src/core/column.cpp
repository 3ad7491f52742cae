#include "terrein/core/column.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "terrein/core/text.hpp"

namespace terrein {

namespace {

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text)&0xffffffffU);
}

}  // namespace

TextColumn::TextColumn(std::string column_name, std::vector<std::string> different)
    : name(std::move(column_name)), words_(std::move(different)), codes_(words_.size()) {
  std::iota(codes_.begin(), codes_.end(), 0U);
}

std::size_t TextColumn::slot_of(std::string_view text, std::uint32_t hash) const {
  std::size_t const mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != null_code && (hashes_[slots_[slot]] != hash || words_[slots_[slot]] != text))
    slot = (slot + 1) & mask;
  return slot;
}

void TextColumn::make_slots(std::size_t words) {
  if (2 * words <= slots_.size()) return;
  constexpr std::size_t first = 16;  // a power of two, as are all others
  std::size_t size = std::max(first, slots_.size());
  while (size < 2 * words) size *= 2;
  for (std::size_t code = hashes_.size(); code < words_.size(); ++code) hashes_.push_back(hash_of(words_[code]));
  slots_.assign(size, null_code);
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t code = 0; code < words_.size(); ++code) {
    std::size_t slot = hashes_[code] & mask;
    while (slots_[slot] != null_code) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(code);
  }
}

std::uint32_t TextColumn::find(std::string_view text) const {
  if (!slots_.empty()) return slots_[slot_of(text, hash_of(text))];
  auto const found = std::find(words_.begin(), words_.end(), text);
  return found == words_.end() ? null_code : static_cast<std::uint32_t>(found - words_.begin());
}

void TextColumn::push(std::optional<std::string_view> text) {
  if (!text) {
    codes_.push_back(null_code);
    return;
  }
  make_slots(words_.size() + 1);
  std::uint32_t const hash = hash_of(*text);
  std::uint32_t& code = slots_[slot_of(*text, hash)];
  if (code == null_code) {
    code = static_cast<std::uint32_t>(words_.size());
    words_.emplace_back(*text);
    hashes_.push_back(hash);
  }
  codes_.push_back(code);
}

void TextColumn::append(TextColumn&& more) {
  make_slots(words_.size() + more.words_.size() + 1);
  more.make_slots(more.words_.size());
  std::size_t const mask = slots_.size() - 1;
  constexpr std::size_t ahead = 16;  // the slots of a long column are far from each other in memory
  std::vector<std::uint32_t> here(more.words_.size());
  for (std::size_t i = 0; i < here.size(); ++i) {
    if (i + ahead < here.size()) __builtin_prefetch(&slots_[more.hashes_[i + ahead] & mask]);
    std::uint32_t& code = slots_[slot_of(more.words_[i], more.hashes_[i])];
    if (code == null_code) {
      code = static_cast<std::uint32_t>(words_.size());
      words_.push_back(std::move(more.words_[i]));
      hashes_.push_back(more.hashes_[i]);
    }
    here[i] = code;
  }
  for (std::uint32_t const code : more.codes_) codes_.push_back(code == null_code ? null_code : here[code]);
  more = TextColumn(std::move(more.name));
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

bool are_all(std::vector<Row> const& rows, std::size_t count) {
  if (rows.size() != count) return false;
  for (std::size_t i = 0; i < count; ++i)
    if (rows[i] != i) return false;
  return true;
}

namespace {

template <class T>
Column<T> rows_of(Column<T> const& column, std::vector<Row> const& rows) {
  Column<T> out;
  out.name = column.name;
  out.values.reserve(rows.size());
  out.known.reserve(rows.size());
  for (Row const row : rows) out.push(column.at(row));
  return out;
}

TextColumn rows_of(TextColumn const& column, std::vector<Row> const& rows) {
  TextColumn out(column.name);
  out.reserve(rows.size());
  std::vector<std::uint32_t> new_code(column.words().size(), TextColumn::null_code);
  for (Row const row : rows) {
    std::uint32_t const code = column.code(row);
    if (code == TextColumn::null_code || new_code[code] != TextColumn::null_code) {
      out.repeat(code == TextColumn::null_code ? code : new_code[code]);
    } else {
      out.push(column.text(row));
      new_code[code] = out.code(out.size() - 1);
    }
  }
  return out;
}

}  // namespace

void append(AnyColumn& column, AnyColumn&& more) {
  std::visit(
      [&column](auto&& from) {
        using Type = std::decay_t<decltype(from)>;
        auto& to = std::get<Type>(column);
        if constexpr (std::is_same_v<Type, TextColumn>) {
          to.append(std::move(from));
        } else {
          to.values.insert(to.values.end(), from.values.begin(), from.values.end());
          to.known.insert(to.known.end(), from.known.begin(), from.known.end());
        }
      },
      std::move(more));
}

AnyColumn take(AnyColumn const& column, std::vector<Row> const& rows) {
  if (are_all(rows, size_of(column))) return column;
  return std::visit([&rows](auto const& c) -> AnyColumn { return rows_of(c, rows); }, column);
}

}  // namespace terrein
