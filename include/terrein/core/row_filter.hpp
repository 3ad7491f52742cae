#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/table.hpp"

namespace terrein {

/// Which rows of a layer count, in a small language of terrein's own that means the same for every format and is never
/// handed to a driver or a database:
///
///     STATUS in (4, 5) and (TGBEP <> 3 or TGBEP is null) and not naam like 'oude %'
///
/// A condition is a field, an operator and literals: = <> (or !=) < <= > >=, [not] in (…), [not] between a and b,
/// [not] like and ilike (% any text, _ one character; ilike takes no heed of case in ASCII), is [not] null; joined by
/// and, or, not and parentheses. Fields are names, or in double quotes; texts stand in single quotes ('' is one).
/// Words of the language and field names take no heed of case, texts do. Nulls are SQL's: a comparison with null is
/// unknown, and a row is kept only when the whole condition is true. A number against a field of texts compares with
/// the texts that are numbers and is unknown for the others; texts order by their bytes, so ISO dates order in time.
class RowFilter {
 public:
  struct Node;

  /// Keeps every row.
  RowFilter() = default;
  /// Throws `Error{config}` with what was expected and at which character. An empty text keeps every row.
  [[nodiscard]] static RowFilter parse(std::string_view text);

  [[nodiscard]] bool keeps_all() const noexcept { return root_ == nullptr; }
  /// Names of the fields it looks at, each once.
  [[nodiscard]] std::vector<std::string> fields() const;
  /// The condition written anew: the same meaning, words in lower case, fields and texts in quotes.
  [[nodiscard]] std::string text() const;
  /// 1 for the rows that are kept. Throws `Error{input}` for a field that the table does not have, and `Error{config}`
  /// for a text that is no number against a field of numbers.
  [[nodiscard]] std::vector<std::uint8_t> kept(Table const& table) const;

 private:
  std::shared_ptr<Node const> root_;
};

}  // namespace terrein
