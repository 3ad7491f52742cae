#pragma once

#include <string>

#include "terrein/app/study.hpp"
#include "terrein/network/inspect.hpp"

namespace terrein {

/// What a code of a finding means, for people.
[[nodiscard]] std::string network_words(std::string_view code, Language language);
/// What there is to say of one finding beside its code: "3.2 m", "'17', 0.05 m"; may be empty.
[[nodiscard]] std::string network_detail(NetworkFinding const& finding);

}  // namespace terrein
