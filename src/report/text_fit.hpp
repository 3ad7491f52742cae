#pragma once

#include <string>
#include <string_view>

namespace terrein::report {

/// Where legends of layouts may break a label: a space without width, which other places that show the label do not
/// draw.
inline constexpr std::string_view legend_break = "\u200b";

/// Characters of a UTF-8 text.
[[nodiscard]] std::size_t characters(std::string_view text);
/// At most `most` characters, the last one an ellipsis where something was cut off.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);
/// A legend label of at most two lines of `most` characters: a text that is too long for one gets a `legend_break`,
/// before its first '+' where both halves then fit, else at the last space that fits. What is still too long is
/// shortened.
[[nodiscard]] std::string wrapped(std::string const& text, std::size_t most);

/// A box on the page, in millimetres, and the letters that may be used in it, in points.
struct TextBox {
  double width, height;
  double largest, smallest;
  bool bold = false;
};
struct FittedText {
  std::string text;
  double size = 0;  ///< points, in halves
};
/// The largest size at which the text fits, its lines broken at words; a text that does not fit at the smallest size is
/// shortened. Widths are those of a wide typeface, because nobody knows which one the reader's computer has.
[[nodiscard]] FittedText fitted(std::string const& text, TextBox const& box);

}  // namespace terrein::report
