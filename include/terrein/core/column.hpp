#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace terrein {

/// A row of a layer, and "no row".
using Row = std::uint32_t;
inline constexpr Row no_row = 0xffffffffU;

/// Values of one attribute or measure, one per row. A null is a switched-off `known` byte, never a magic number.
/// Bytes instead of bits, so that workers may write neighbouring rows at the same time.
template <class T>
struct Column {
  std::string name;
  std::vector<T> values;
  std::vector<std::uint8_t> known;

  Column() = default;
  /// `rows` nulls.
  Column(std::string column_name, std::size_t rows) : name(std::move(column_name)), values(rows), known(rows, 0) {}

  [[nodiscard]] std::size_t size() const noexcept { return values.size(); }
  [[nodiscard]] bool is_known(std::size_t row) const noexcept { return known[row] != 0; }
  [[nodiscard]] std::optional<T> at(std::size_t row) const {
    return known[row] != 0 ? std::optional<T>(values[row]) : std::nullopt;
  }
  void set(std::size_t row, T value) {
    values[row] = value;
    known[row] = 1;
  }
  void push(std::optional<T> value) {
    values.push_back(value.value_or(T{}));
    known.push_back(value.has_value() ? 1 : 0);
  }
};

/// Text per row through a dictionary: codes repeat, so every distinct text is kept once, in order of first use.
class TextColumn {
 public:
  static constexpr std::uint32_t null_code = 0xffffffffU;
  std::string name;

  TextColumn() = default;
  explicit TextColumn(std::string column_name) : name(std::move(column_name)) {}
  /// Of texts that are all different, such as ids: the same as pushing them one after the other, without comparing
  /// them.
  TextColumn(std::string column_name, std::vector<std::string> different);

  [[nodiscard]] std::size_t size() const noexcept { return codes_.size(); }
  [[nodiscard]] bool is_known(std::size_t row) const noexcept { return codes_[row] != null_code; }
  /// Empty for null; ask `is_known` where that matters.
  [[nodiscard]] std::string_view text(std::size_t row) const noexcept {
    return codes_[row] == null_code ? std::string_view{} : std::string_view{words_[codes_[row]]};
  }
  [[nodiscard]] std::optional<std::string_view> at(std::size_t row) const {
    return is_known(row) ? std::optional<std::string_view>(text(row)) : std::nullopt;
  }
  [[nodiscard]] std::uint32_t code(std::size_t row) const noexcept { return codes_[row]; }
  [[nodiscard]] std::vector<std::string> const& words() const noexcept { return words_; }
  /// Code of a text, or `null_code` when no row has it.
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  void push(std::optional<std::string_view> text);
  /// Appends by its code a text that a row has already, or null.
  void repeat(std::uint32_t code) { codes_.push_back(code); }
  void reserve(std::size_t rows) { codes_.reserve(rows); }
  /// Appends all rows of another column, whose texts move here: the same as pushing them one after the other.
  void append(TextColumn&& more);

 private:
  std::vector<std::string> words_;
  std::vector<std::uint32_t> codes_;
  std::vector<std::uint32_t> hashes_;  ///< of the words, once there are slots: tells most texts apart without a look
  /// Where in `slots_` the code of a text stands, or would stand; there must be a free slot.
  [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  /// Room for so many words, twice as many slots.
  void make_slots(std::size_t words);

  /// A hash table of codes with linear probing: the texts stand in `words_` alone, as a column of ids has one per row.
  std::vector<std::uint32_t> slots_;
};

using AnyColumn = std::variant<Column<double>, Column<std::int64_t>, TextColumn>;

[[nodiscard]] std::string const& name_of(AnyColumn const& column);
[[nodiscard]] std::size_t size_of(AnyColumn const& column);
/// The value as text (numbers in their shortest exact form), nothing for null.
[[nodiscard]] std::optional<std::string> text_at(AnyColumn const& column, std::size_t row);
/// The value as number; nothing for null, and for text that is not a number.
[[nodiscard]] std::optional<double> number_at(AnyColumn const& column, std::size_t row);
/// Whether `rows` are all of `count` rows, in their order.
[[nodiscard]] bool are_all(std::vector<Row> const& rows, std::size_t count);
/// Appends all rows of a column of the same type.
void append(AnyColumn& column, AnyColumn&& more);
/// The rows `rows` of a column, in that order.
[[nodiscard]] AnyColumn take(AnyColumn const& column, std::vector<Row> const& rows);

}  // namespace terrein
