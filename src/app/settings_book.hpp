#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/app/effective_settings.hpp"
#include "terrein/app/study_keys.hpp"

namespace terrein {

/// Settings while they are collected: who speaks of a place first is the one who counts.
class SettingsBook {
 public:
  using Path = std::vector<std::string>;

  void add(Setting setting);
  [[nodiscard]] bool has(Path const& path) const { return place_.contains(path); }
  /// Whether there is a setting below a table.
  [[nodiscard]] bool has_below(Path const& table) const;
  [[nodiscard]] std::vector<Setting> const& settings() const noexcept { return settings_; }

 private:
  std::map<Path, std::size_t> place_;
  std::vector<Setting> settings_;
};

/// The study's name of a rule in a model: one whose effect [models.<key>.effects] switches may be named after both.
[[nodiscard]] std::string written_rule(SettingsBook const& book, std::string const& model, std::string const& rule);

/// Adds settings of one table that come from one origin; empty texts and lists are none.
class SettingsOf {
 public:
  SettingsOf(SettingsBook& book, SettingsBook::Path table, std::string origin)
      : book_(book), table_(std::move(table)), origin_(std::move(origin)) {}

  void text(std::string const& key, std::string_view value);
  void texts(std::string const& key, std::vector<std::string> const& values);
  void number(std::string const& key, double value);
  void flag(std::string const& key, bool value);
  void words(std::string const& key, std::string const& text);
  /// A table below this one, of the same origin.
  [[nodiscard]] SettingsOf below(std::string const& key) const;

 private:
  void add(std::string const& key, std::string json, std::string words);
  SettingsBook& book_;
  SettingsBook::Path table_;
  std::string origin_;
};

/// The table of keys, to be searched by places of a study.
class KeyTable {
 public:
  explicit KeyTable(std::vector<StudyKey> keys);
  [[nodiscard]] std::vector<StudyKey> const& keys() const noexcept { return keys_; }
  /// Number of the row that speaks of a place; behind the last for one that the table does not have.
  [[nodiscard]] std::size_t row_of(SettingsBook::Path const& path) const;
  /// The first row of the table that a row belongs to.
  [[nodiscard]] std::size_t first_row(std::size_t row) const;

 private:
  std::vector<StudyKey> keys_;
  std::vector<SettingsBook::Path> patterns_;
};

/// What the profiles of a study's layers and the manifests of its snapshots say.
void add_profile_settings(Study const& study, SettingsBook& book);
/// What shipped models say, and the criteria and rules they bring.
void add_model_settings(Study const& study, DataFolders const& data, SettingsBook& book);
/// Defaults of the tables that a study has.
void add_default_settings(Study const& study, KeyTable const& keys, DataFolders const& data, SettingsBook& book);

}  // namespace terrein
