#include <fmt/core.h>

#include <algorithm>

#include "terrein/app/study_schema.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The words around what the table says.
struct Words {
  std::string_view head, also, one_of, from_to, above, least;
};
constexpr Words english{"| key | type | meaning | default |", "or another text", "or", "to", "above", "from"};
constexpr Words dutch{
    "| sleutel | type | betekenis | standaard |", "of een andere tekst", "of", "tot", "boven", "vanaf"};

std::string_view type_name(std::string const& type, bool is_dutch) {
  struct Name {
    std::string_view type, en, nl;
  };
  static constexpr Name names[] = {
      {"text", "text", "tekst"},
      {"texts", "list of texts", "lijst van teksten"},
      {"number", "number", "getal"},
      {"numbers", "list of numbers", "lijst van getallen"},
      {"integer", "whole number", "geheel getal"},
      {"boolean", "true or false", "true of false"},
      {"date", "date", "datum"},
      {"table", "table", "tabel"},
  };
  for (Name const& name : names)
    if (name.type == type) return is_dutch ? name.nl : name.en;
  return type;
}

/// A cell of a table: its bars would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string code(std::string const& text) { return "`" + text + "`"; }

/// "`nl` or `en`", "number above 0".
std::string type_text(StudyKey const& key, Language language) {
  bool const is_dutch = language == Language::nl;
  Words const& say = is_dutch ? dutch : english;
  // Measures and models have a page and a command of their own.
  constexpr std::size_t longest_list = 8;
  if (!key.values.empty() && key.values.size() <= longest_list && key.holds("text")) {
    std::vector<std::string> words;
    for (std::string const& value : key.values) words.push_back(code(value));
    if (key.open) return join(words, ", ") + ", " + std::string(say.also);
    std::string const last = words.back();
    words.pop_back();
    return words.empty() ? last : join(words, ", ") + fmt::format(" {} ", say.one_of) + last;
  }
  std::vector<std::string> types;
  for (std::string const& type : key.types) types.emplace_back(type_name(type, is_dutch));
  std::string out = join(types, fmt::format(" {} ", say.one_of));
  if (key.most)
    out += fmt::format(" {} {} {}", say.least, shortest(*key.least),
                       fmt::format("{} {}", say.from_to, shortest(*key.most)));
  else if (key.least)
    out += fmt::format(" {} {}", key.above_least ? say.above : say.least, shortest(*key.least));
  return out;
}

std::string meaning_text(StudyKey const& key, Language language) {
  std::string out = key.meaning(language);
  if (key.see.empty()) return out;
  std::string const name = key.see.substr(0, key.see.find('#'));
  return out +
         fmt::format(", {} [{}]({})", language == Language::nl ? "zie" : "see", name.empty() ? "below" : name, key.see);
}

std::string default_text(StudyKey const& key, Language language) {
  if (key.required()) return language == Language::nl ? "**nodig**" : "**required**";
  if (key.default_json()) return code(key.otherwise);
  return language == Language::nl ? "" : key.default_words();
}

std::string row_text(StudyKey const& key, Language language) {
  std::string const name = is_chosen_name(key.key) ? "*" + key.key.substr(1, key.key.size() - 2) + "*" : code(key.key);
  return fmt::format("| {} | {} | {} | {} |\n", name, cell(type_text(key, language)), cell(meaning_text(key, language)),
                     cell(default_text(key, language)));
}

}  // namespace

std::string study_markdown(DataFolders const& data, Language language) {
  std::vector<StudyKey> const keys = study_keys(data);
  std::vector<std::string> tables;
  for (StudyKey const& key : keys)
    if (!key.table.empty() && std::find(tables.begin(), tables.end(), key.table) == tables.end())
      tables.push_back(key.table);
  std::string out;
  for (std::string const& table : tables) {
    out += fmt::format("{}### `[{}]`\n\n", out.empty() ? "" : "\n", table);
    std::string const first = table.substr(0, table.find('.'));
    bool const whole = table == first || table == first + ".<key>";
    for (StudyKey const& key : keys)
      if (whole && key.table.empty() && key.key == first) out += meaning_text(key, language) + "\n\n";
    out += fmt::format("{}\n|---|---|---|---|\n", (language == Language::nl ? dutch : english).head);
    for (StudyKey const& key : keys)
      if (key.table == table) out += row_text(key, language);
  }
  return out;
}

}  // namespace terrein
