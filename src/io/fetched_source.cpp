#include "terrein/io/fetched_source.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

namespace terrein {
namespace {

std::string text_of(nlohmann::json const& json, char const* key) {
  auto const it = json.find(key);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

}  // namespace

std::optional<FetchedSource> fetched_source(std::string const& path) {
  constexpr std::size_t date_length = 10;
  std::ifstream file(path + ".fetch.json", std::ios::binary);
  if (!file) return std::nullopt;
  nlohmann::json const json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object() || text_of(json, "kind") != "terrein fetch") return std::nullopt;
  FetchedSource out{text_of(json, "time").substr(0, date_length), text_of(json, "url"), text_of(json, "table"),
                    text_of(json, "attribution")};
  return out.date.size() == date_length ? std::optional(out) : std::nullopt;
}

}  // namespace terrein
