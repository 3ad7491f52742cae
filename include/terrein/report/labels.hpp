#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace terrein {

enum class Language { nl, en };

/// Words users see, from datasets/labels.csv (kind, key, nl, en).
class Labels {
 public:
  Labels(std::filesystem::path const& csv, Language language);
  /// The label of a key, or the key itself when there is none.
  [[nodiscard]] std::string get(std::string_view kind, std::string_view key) const;
  [[nodiscard]] Language language() const noexcept { return language_; }
  /// `nl` or `en`, whichever the user reads.
  [[nodiscard]] std::string pick(std::string const& nl, std::string const& en) const;

 private:
  Language language_;
  std::map<std::pair<std::string, std::string>, std::string> label_;
};

}  // namespace terrein
