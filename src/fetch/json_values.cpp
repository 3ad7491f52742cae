#include "fetch/json_values.hpp"

#include <limits>
#include <optional>

#include "terrein/core/error.hpp"

namespace terrein {

using Json = nlohmann::json;

bool nested_too_deep(std::string_view json) {
  constexpr int deepest = 200;
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    char const c = json[i];
    if (in_text && c == '\\')
      ++i;
    else if (c == '"')
      in_text = !in_text;
    else if (!in_text && (c == '{' || c == '[') && ++depth > deepest)
      return true;
    else if (!in_text && (c == '}' || c == ']'))
      --depth;
  }
  return false;
}

Json parse_object(std::string const& body, std::string const& what) {
  Json out = nested_too_deep(body) ? Json() : Json::parse(body, nullptr, false);
  if (!out.is_object())
    throw_error(ErrorKind::input,
                "{} answers with what is no whole JSON object ({} bytes). Try again, or ask the publisher.", what,
                body.size());
  return out;
}

std::string text_in(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<long long> number_in(Json const& object, char const* name) {
  auto const found = object.find(name);
  if (found == object.end() || !found->is_number_integer() || *found < 0) return std::nullopt;
  return found->get<long long>();
}

Json const& part_in(Json const& object, char const* name) {
  static Json const none = Json::object();
  if (!object.is_object()) return none;
  auto const found = object.find(name);
  return found != object.end() && found->is_structured() ? *found : none;
}

Cell cell_of(Json const& value) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return std::int64_t{value.get<bool>() ? 1 : 0};
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    return std::to_string(value.get<std::uint64_t>());
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace terrein
