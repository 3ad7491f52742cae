#include "settings_book.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

void SettingsBook::add(Setting setting) {
  if (place_.emplace(setting.path, settings_.size()).second) settings_.push_back(std::move(setting));
}

bool SettingsBook::has_below(Path const& table) const {
  auto const next = place_.upper_bound(table);
  return next != place_.end() && next->first.size() > table.size() &&
         std::equal(table.begin(), table.end(), next->first.begin());
}

std::string written_rule(SettingsBook const& book, std::string const& model, std::string const& rule) {
  std::string const suffix = "_" + model;
  if (!rule.ends_with(suffix)) return rule;
  std::string const stem = rule.substr(0, rule.size() - suffix.size());
  return book.has({"models", model, "effects", stem}) ? stem : rule;
}

void SettingsOf::add(std::string const& key, std::string json, std::string words) {
  Setting setting{table_, std::move(json), std::move(words), origin_, 0};
  setting.path.push_back(key);
  book_.add(std::move(setting));
}

void SettingsOf::text(std::string const& key, std::string_view value) {
  if (!value.empty()) add(key, nlohmann::json(without_passwords(value)).dump(), "");
}

void SettingsOf::texts(std::string const& key, std::vector<std::string> const& values) {
  if (!values.empty()) add(key, nlohmann::json(values).dump(), "");
}

void SettingsOf::number(std::string const& key, double value) { add(key, shortest(value), ""); }

void SettingsOf::flag(std::string const& key, bool value) { add(key, value ? "true" : "false", ""); }

void SettingsOf::words(std::string const& key, std::string const& text) { add(key, "", text); }

SettingsOf SettingsOf::below(std::string const& key) const {
  SettingsBook::Path table = table_;
  table.push_back(key);
  return {book_, std::move(table), origin_};
}

KeyTable::KeyTable(std::vector<StudyKey> keys) : keys_(std::move(keys)) {
  for (StudyKey const& key : keys_) {
    patterns_.push_back(key.table.empty() ? SettingsBook::Path{} : split(key.table, '.'));
    patterns_.back().push_back(key.key);
  }
}

std::size_t KeyTable::row_of(SettingsBook::Path const& path) const {
  auto const fits = [&path](SettingsBook::Path const& pattern) {
    return std::equal(
        path.begin(), path.end(), pattern.begin(), pattern.end(),
        [](std::string const& word, std::string const& name) { return word == name || is_chosen_name(name); });
  };
  return static_cast<std::size_t>(std::find_if(patterns_.begin(), patterns_.end(), fits) - patterns_.begin());
}

std::size_t KeyTable::first_row(std::size_t row) const {
  if (row >= keys_.size()) return row;
  auto const same = [&](StudyKey const& key) { return key.table == keys_[row].table; };
  return static_cast<std::size_t>(std::find_if(keys_.begin(), keys_.end(), same) - keys_.begin());
}

}  // namespace terrein
