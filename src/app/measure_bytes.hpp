#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "terrein/core/measure.hpp"

namespace terrein {

/// A measure and the key it is kept under, as bytes of this machine, and back. Nothing for bytes that were cut off,
/// changed, are of another form, or of another key.
[[nodiscard]] std::string to_bytes(std::string_view key, Measure const& measure);
[[nodiscard]] std::optional<Measure> measure_of_bytes(std::string_view key, std::string_view bytes);

}  // namespace terrein
