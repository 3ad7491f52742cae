#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fetch/row_set.hpp"

namespace terrein {

/// True for JSON nested deeper than any service writes: working through it would use up the stack.
[[nodiscard]] bool nested_too_deep(std::string_view json);
/// An answer that must be a JSON object. Throws `Error{input}` naming `what`.
[[nodiscard]] nlohmann::json parse_object(std::string const& body, std::string const& what);
/// A member that is a text, else empty.
[[nodiscard]] std::string text_in(nlohmann::json const& object, char const* name);
/// A member that is a whole number of rows, else nothing.
[[nodiscard]] std::optional<long long> number_in(nlohmann::json const& object, char const* name);
/// A member that is an object or list, else an empty object.
[[nodiscard]] nlohmann::json const& part_in(nlohmann::json const& object, char const* name);
/// true and false as 1 and 0; objects and lists as JSON text; whole numbers beyond 64 bits as text.
[[nodiscard]] Cell cell_of(nlohmann::json const& value);

}  // namespace terrein
