#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace terrein {

/// Text whose UTF-8 was taken for Windows-1252 and encoded once more ("industrieÃ«n"), put right ("industrieën").
/// Nothing when the text shows no such fault.
[[nodiscard]] std::optional<std::string> mended_encoding(std::string_view text);

/// The text as it is compared: encoding mended, small letters without accents, runs of white space as one blank, none
/// at the ends. Covers Latin letters up to U+017F; others stay as they are.
[[nodiscard]] std::string plain_text(std::string_view text);

/// A zone name without the article it begins with: "art. 8.33: woongebied" gives "woongebied".
[[nodiscard]] std::string_view without_article(std::string_view plain);

}  // namespace terrein
