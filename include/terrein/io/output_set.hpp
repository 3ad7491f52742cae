#pragma once

#include <filesystem>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/io/leftovers.hpp"

namespace terrein {

/// Files that appear whole or not at all: written beside their place under a temporary name, renamed together by
/// `commit` in the order in which they were added (the manifest last). Without `commit`, or when it fails half-way,
/// nothing remains and what was there before is there again. What a run on this machine that was killed left beside a
/// target (hidden files with its process number in their names) is removed when the target is announced.
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
  /// Throws `Error{interrupted}` when a stop was requested before the first file is placed; later ones come too late.
  void commit(std::function<void()> const& last = {});
  /// The same for files that are kept while the work goes on.
  void commit_step();

 private:
  struct File {
    std::filesystem::path temporary, target;
    std::filesystem::path old;  ///< the file that was replaced, until all are in place
  };
  void place(File& file) const;

  void announce(std::filesystem::path const& temporary);
  void commit_files(std::function<void()> const& last, bool all_done);
  void place_all(std::function<void()> const& last);

  std::vector<File> files_;
  std::list<Leftover> leftovers_;
  std::vector<std::filesystem::path> folders_;  ///< that were made, the outermost first
  bool overwrite_;
  bool committed_ = false;
};

}  // namespace terrein
