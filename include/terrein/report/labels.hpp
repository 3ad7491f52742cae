#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace terrein {

enum class Language { nl, en };

/// Words users see, from datasets/labels.csv (kind, key, nl, en).
class Labels {
 public:
  /// Throws `Error{config}` when the file cannot be read, lacks a column, or gives a key twice.
  Labels(std::filesystem::path const& csv, Language language);
  /// The label of a key, or the key itself when there is none.
  [[nodiscard]] std::string get(std::string_view kind, std::string_view key) const;
  [[nodiscard]] bool has(std::string_view kind, std::string_view key) const;
  /// All labels of a kind by key.
  [[nodiscard]] std::map<std::string, std::string> all(std::string_view kind) const;
  /// Adds or replaces a label: names of the study's own criteria ("criterion"), rules ("rule"), models ("model").
  void set(std::string_view kind, std::string_view key, std::string text);
  [[nodiscard]] Language language() const noexcept { return language_; }
  /// `nl` or `en`, whichever the user reads.
  [[nodiscard]] std::string pick(std::string const& nl, std::string const& en) const;

 private:
  Language language_;
  std::map<std::pair<std::string, std::string>, std::string> label_;
};

}  // namespace terrein
