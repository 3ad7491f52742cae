#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"

namespace terrein {

/// One key of the study file, a row of datasets/study-keys.csv.
struct StudyKey {
  std::string table;                  ///< "layers.<key>.graph"; names in <> are chosen by the user; empty = the file
  std::string key;                    ///< may be "<name>" too
  std::vector<std::string> types;     ///< text, texts, number, integer, numbers, boolean, date, table
  std::vector<std::string> values;    ///< of texts: those allowed; empty = any
  bool open = false;                  ///< others than `values` are allowed too
  std::optional<double> least, most;  ///< of numbers, allowed themselves
  bool above_least = false;           ///< but for `least`, which is not
  std::string otherwise;              ///< what counts without the key: a value, or words in brackets
  std::string meaning_en, meaning_nl;
  std::string see;  ///< page of docs/ that says more: "sources.md#tables"; may be empty

  /// The table cannot be read without it.
  [[nodiscard]] bool required() const { return otherwise == "(required)"; }
  [[nodiscard]] bool holds(std::string_view type) const;
  [[nodiscard]] std::string const& meaning(Language language) const {
    return language == Language::nl ? meaning_nl : meaning_en;
  }
  /// The default as JSON text; nothing where there is none, or where it depends.
  [[nodiscard]] std::optional<std::string> default_json() const;
  /// The default in words ("that of the candidates"); empty where it is a value or none.
  [[nodiscard]] std::string default_words() const;
};

/// Whether a key of the table ("<name>") stands for any that a user chooses.
[[nodiscard]] bool is_chosen_name(std::string_view key);

/// All keys that a study may have, in the order of the table. Measures and shipped models stand in `values` by name.
/// Throws `Error{config}` naming the line for an unknown type or a range that is none.
[[nodiscard]] std::vector<StudyKey> study_keys(DataFolders const& data);

}  // namespace terrein
