#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrein {

[[nodiscard]] std::string lower(std::string_view text);  // ASCII only
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string join(std::vector<std::string> const& words, std::string_view separator);
/// A whole text as number in the C locale; nothing when any other character remains. No NaN, no infinity.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);
/// Shortest text that reads back as the same double; "-0" becomes "0".
[[nodiscard]] std::string shortest(double value);
/// Up to `most` known words nearest to `word` (Levenshtein distance, at most a third of its length plus one).
[[nodiscard]] std::vector<std::string> nearest_words(std::string_view word, std::vector<std::string> const& known,
                                                     std::size_t most = 3);
/// " Did you mean 'x' or 'y'?", or " Known: a, b, c." when nothing is near; at most `most` are listed.
[[nodiscard]] std::string suggestion(std::string_view word, std::vector<std::string> const& known,
                                     std::size_t most = 12);
/// The value of an id that is a whole number; nothing for other texts.
[[nodiscard]] std::optional<long long> whole_id(std::string_view text);
/// Order of ids: whole numbers by value and before texts, texts by bytes. Used for every tie.
[[nodiscard]] bool id_less(std::string_view a, std::string_view b);
/// As a terminal may show it: control characters (all but line ends and tabs), marks that turn the direction of
/// writing, and bytes that are no UTF-8 become "\x1b" and the like, so that no text of a file can give the terminal
/// orders.
[[nodiscard]] std::string printable(std::string_view text);
/// True for well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace terrein
