#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace terrein {

/// The hidden folder beside an output in which pages wait until all are there: ".<output>.part" with the answers as
/// they came and "state.json" with the request, the count before the first page, and the hash of every page.
class PartFolder {
 public:
  /// `request` says what is asked; pages of another request are of no use.
  PartFolder(std::filesystem::path const& output, std::string request);
  /// Number of whole pages of the same request, after the same count; 0 starts anew. `note` says why pages that lay
  /// there are not used; empty when there were none.
  std::size_t resume(std::optional<long long> count, std::string& note);
  /// A page that `resume` counted.
  [[nodiscard]] std::string page(std::size_t index) const;
  /// Keeps a page: it and the new state appear together. Throws `Error{output}`.
  void add(std::string const& body);
  /// Removes the folder and what terrein put in it.
  void remove();

 private:
  [[nodiscard]] std::filesystem::path page_path(std::size_t index) const;
  [[nodiscard]] std::string state() const;

  std::filesystem::path folder_;
  std::string request_;
  std::optional<long long> count_;
  std::vector<std::string> hashes_;
};

}  // namespace terrein
