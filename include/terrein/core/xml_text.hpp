#pragma once

#include <string>
#include <string_view>

namespace terrein {

/// As a text stands in XML 1.0: the five reserved characters, line ends and tabs as entities; characters that XML
/// forbids are dropped. The text is UTF-8.
[[nodiscard]] std::string xml_escape(std::string_view text);

}  // namespace terrein
