#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrein {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// The address with these parameters; those it has under the same name (capitals do not matter) give way.
[[nodiscard]] std::string with_parameters(std::string const& url, Parameters const& parameters);
/// The address with `path` behind its own path; its parameters stay.
[[nodiscard]] std::string with_path(std::string const& url, std::string_view path);
/// "https://host:port" in small letters.
[[nodiscard]] std::string origin_of(std::string const& url);
/// Where a link of an answer leads, as an address of the same server. The parameters of `base` that the link does not
/// carry (keys, tokens) are added. Throws `Error{input}` for a link to another host, which may be a trap.
[[nodiscard]] std::string followed(std::string const& base, std::string const& link);
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace terrein
