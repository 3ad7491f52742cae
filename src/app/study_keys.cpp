#include "terrein/app/study_keys.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "study_parts.hpp"
#include "terrein/core/csv.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::array<std::string_view, 8> known_types{"text",    "texts",   "number", "integer",
                                                      "numbers", "boolean", "date",   "table"};

/// One row of the table while it is read.
class KeyRow {
 public:
  KeyRow(CsvTable const& csv, std::size_t row, DataFolders const& data) : csv_(csv), row_(row), data_(data) {}

  [[nodiscard]] StudyKey read() const {
    StudyKey out;
    out.table = cell("table");
    out.key = cell("key");
    out.types = split(cell("type"), '|');
    for (std::string const& type : out.types)
      if (std::find(known_types.begin(), known_types.end(), type) == known_types.end())
        fail("unknown type '" + type + "'." + suggestion(type, {known_types.begin(), known_types.end()}));
    bool const of_numbers = out.holds("number") || out.holds("integer");
    if (of_numbers && !cell("values").empty())
      read_range(out);
    else
      read_values(out);
    out.otherwise = cell("default");
    out.meaning_en = cell("meaning_en");
    out.meaning_nl = cell("meaning_nl");
    out.see = cell("see");
    return out;
  }

 private:
  [[nodiscard]] std::string const& cell(std::string_view column) const { return csv_.rows[row_][csv_.column(column)]; }

  [[noreturn]] void fail(std::string const& text) const {
    throw_error(ErrorKind::config, "{}:{}: {}", csv_.file, csv_.line[row_], text);
  }

  [[nodiscard]] double number(std::string const& text) const {
    if (auto const value = parse_number(text)) return *value;
    fail("'" + text + "' is no number; a range is >0, >=0 or 0..1.");
  }

  void read_range(StudyKey& out) const {
    std::string const& text = cell("values");
    if (auto const dots = text.find(".."); dots != std::string::npos) {
      out.least = number(text.substr(0, dots));
      out.most = number(text.substr(dots + 2));
      return;
    }
    out.above_least = !text.starts_with(">=");
    out.least = number(text.substr(out.above_least ? 1 : 2));
  }

  /// "@measures" and "@models" stand for what there is, "<layer>" for what the study names.
  void read_values(StudyKey& out) const {
    for (std::string const& word : split(cell("values"), '|')) {
      if (word == "@measures") {
        for (CriterionKind const& kind : criterion_kinds()) out.values.emplace_back(kind.name);
      } else if (word == "@models") {
        for (std::string const& name : shipped_models(data_)) out.values.push_back(name);
      } else if (is_chosen_name(word)) {
        out.open = true;
      } else {
        out.values.push_back(word);
      }
    }
  }

  CsvTable const& csv_;
  std::size_t row_;
  DataFolders const& data_;
};

}  // namespace

bool StudyKey::holds(std::string_view type) const { return std::find(types.begin(), types.end(), type) != types.end(); }

std::string StudyKey::default_words() const {
  bool const words = otherwise.starts_with("(") && otherwise.ends_with(")");
  return words ? otherwise.substr(1, otherwise.size() - 2) : "";
}

std::optional<std::string> StudyKey::default_json() const {
  if (otherwise.empty() || !default_words().empty()) return std::nullopt;
  bool const literal = holds("boolean") || holds("number") || holds("integer");
  return literal ? otherwise : nlohmann::json(otherwise).dump();
}

bool is_chosen_name(std::string_view key) { return key.starts_with("<"); }

std::vector<StudyKey> study_keys(DataFolders const& data) {
  CsvTable const csv = read_csv(data.datasets / "study-keys.csv");
  std::vector<StudyKey> out;
  for (std::size_t row = 0; row < csv.rows.size(); ++row) out.push_back(KeyRow(csv, row, data).read());
  return out;
}

}  // namespace terrein
