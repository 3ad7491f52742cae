#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace terrein {

/// What is not known, or was not said, is null.
template <class T>
nlohmann::ordered_json or_null(std::optional<T> const& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}
inline nlohmann::ordered_json or_null(std::string const& text) {
  return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

}  // namespace terrein
