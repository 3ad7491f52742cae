#include "terrein/io/output_set.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "io/durable.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

/// A name in the same folder that no other run uses, hidden, and with the extension that writers look at.
fs::path beside(fs::path const& target, std::string_view word) {
  return target.parent_path() / ("." + target.stem().string() + "." + std::string(word) + "-" +
                                 std::to_string(getpid()) + target.extension().string());
}

void remove_quietly(fs::path const& path) noexcept {
  std::error_code ignored;  // cleaning up must not hide the fault that made it necessary
  fs::remove(path, ignored);
}

/// A database that another program has open keeps a side file; replacing it below that program's feet would mix the
/// old side file with the new database.
void check_not_in_use(fs::path const& target) {
  for (char const* side : {"-wal", "-journal"}) {
    fs::path const beside_it = target.string() + side;
    if (fs::exists(beside_it))
      throw_error(ErrorKind::output,
                  "The result '{}' cannot be replaced: '{}' lies beside it, so another program has it open. Close it "
                  "there (in QGIS: remove the layers), or write to another name.",
                  target.string(), beside_it.filename().string());
  }
}

void check_target(fs::path const& target, bool overwrite) {
  if (target.filename().empty() || fs::is_directory(target))
    throw_error(ErrorKind::output, "The result '{}' cannot be written: it is a folder. Give the name of a file.",
                target.string());
  if (fs::exists(target) && !overwrite)
    throw_error(ErrorKind::output,
                "The result '{}' exists already. Say --overwrite to replace it, or write to another name.",
                target.string());
  check_not_in_use(target);
}

/// Folders of `path` that do not exist yet, the outermost first.
std::vector<fs::path> missing_folders(fs::path path) {
  std::vector<fs::path> out;
  while (!path.empty() && !fs::exists(path)) {
    out.push_back(path);
    path = path.parent_path();
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

OutputSet::~OutputSet() {
  if (committed_) return;
  for (File const& file : files_) {
    remove_quietly(file.temporary);
    remove_quietly(file.temporary.string() + "-journal");
  }
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) remove_quietly(*folder);
}

fs::path OutputSet::add(fs::path const& target) {
  check_target(target, overwrite_);
  for (File const& file : files_)
    if (file.target.lexically_normal() == target.lexically_normal())
      throw_error(ErrorKind::output, "The result '{}' would be written twice in one run. Give each its own name.",
                  target.string());
  auto const missing = missing_folders(target.parent_path());
  std::error_code fault;
  if (!target.parent_path().empty()) fs::create_directories(target.parent_path(), fault);
  if (fault)
    throw_error(ErrorKind::output, "The folder '{}' cannot be made: {}. Check its name and your rights there.",
                target.parent_path().string(), fault.message());
  folders_.insert(folders_.end(), missing.begin(), missing.end());
  fs::path temporary = beside(target, "part");
  remove_quietly(temporary);
  files_.push_back({temporary, target, {}});
  return temporary;
}

void OutputSet::add_text(fs::path const& target, std::string_view text) { write_bytes(add(target), text); }

void OutputSet::place(File& file) const {
  check_target(file.target, overwrite_);
  std::error_code fault;
  if (fs::exists(file.target)) {  // a second name for the old file, so that it can be put back
    fs::path const old = beside(file.target, "old");
    remove_quietly(old);
    fs::create_hard_link(file.target, old, fault);
    if (fault) fs::copy_file(file.target, old, fault);  // a disk without hard links
    if (!fault) file.old = old;
  }
  if (!fault) fs::rename(file.temporary, file.target, fault);
  if (fault)
    throw_error(ErrorKind::output, "The result '{}' cannot be put in its place: {}. Check your rights in that folder.",
                file.target.string(), fault.message());
}

void OutputSet::commit(std::function<void()> const& last) {
  for (File const& file : files_) sync_to_disk(file.temporary);
  std::size_t placed = 0;
  try {
    for (; placed < files_.size(); ++placed) place(files_[placed]);
    if (last) last();
  } catch (...) {
    for (std::size_t i = 0; i < placed; ++i) {
      remove_quietly(files_[i].target);
      std::error_code ignored;
      if (!files_[i].old.empty()) fs::rename(files_[i].old, files_[i].target, ignored);
    }
    if (placed < files_.size() && !files_[placed].old.empty()) remove_quietly(files_[placed].old);
    throw;
  }
  for (File const& file : files_)
    if (!file.old.empty()) remove_quietly(file.old);
  committed_ = true;
}

}  // namespace terrein
