#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace terrein {

/// Files that appear whole or not at all: written beside their place under a temporary name, renamed together by
/// `commit` in the order in which they were added (the manifest last). Without `commit`, or when it fails half-way,
/// nothing remains and what was there before is there again.
class OutputSet {
 public:
  /// Throws `Error{output}` for a target that exists unless `overwrite`.
  explicit OutputSet(bool overwrite) : overwrite_(overwrite) {}
  OutputSet(OutputSet const&) = delete;
  OutputSet& operator=(OutputSet const&) = delete;
  ~OutputSet();
  /// Announces a target and gives the temporary path to write to, with the same extension. The folder is made.
  /// Throws `Error{output}` for a folder, and for a database that another program has open.
  std::filesystem::path add(std::filesystem::path const& target);
  /// Writes a text file.
  void add_text(std::filesystem::path const& target, std::string_view text);
  /// `last` is what else must succeed, called when all files are in their place: when it throws they are as before.
  void commit(std::function<void()> const& last = {});

 private:
  struct File {
    std::filesystem::path temporary, target;
    std::filesystem::path old;  ///< the file that was replaced, until all are in place
  };
  void place(File& file) const;

  std::vector<File> files_;
  std::vector<std::filesystem::path> folders_;  ///< that were made, the outermost first
  bool overwrite_;
  bool committed_ = false;
};

}  // namespace terrein
