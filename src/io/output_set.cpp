#include "terrein/io/output_set.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "io/durable.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

/// This machine, in eight digits: process numbers of others say nothing here.
std::string const& machine() {
  static std::string const digits = [] {
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    return sha256(name.data()).substr(0, 8);
  }();
  return digits;
}

std::string prefix(fs::path const& target, std::string_view word) {
  return "." + target.stem().string() + "." + std::string(word) + "-" + machine() + "-";
}

/// A name in the same folder that no other run uses, hidden, and with the extension that writers look at.
fs::path beside(fs::path const& target, std::string_view word) {
  return target.parent_path() / (prefix(target, word) + std::to_string(getpid()) + target.extension().string());
}

void remove_quietly(fs::path const& path) noexcept {
  std::error_code ignored;  // cleaning up must not hide the fault that made it necessary
  fs::remove(path, ignored);
}

/// Whether `rest` is the process number of a run that is no more, followed by `ending` or that of its journal.
bool is_of_dead_run(std::string const& rest, std::string const& ending) {
  auto const digits = rest.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos || digits > 9) return false;
  std::string const after = rest.substr(digits);
  if (after != ending && after != ending + "-journal") return false;
  return kill(std::stoi(rest.substr(0, digits)), 0) != 0 && errno == ESRCH;
}

/// What killed runs of this machine left beside a target.
void remove_of_dead_runs(fs::path const& target) {
  fs::path const folder = target.parent_path().empty() ? fs::path(".") : target.parent_path();
  std::error_code ignored;  // a folder that cannot be listed is told of when it is written to
  std::vector<fs::path> dead;
  for (auto it = fs::directory_iterator(folder, ignored); it != fs::directory_iterator(); it.increment(ignored)) {
    std::string const name = it->path().filename().string();
    for (std::string const& start : {prefix(target, "part"), prefix(target, "old")})
      if (name.starts_with(start) && is_of_dead_run(name.substr(start.size()), target.extension().string()))
        dead.push_back(it->path());
  }
  for (fs::path const& path : dead) remove_quietly(path);
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
  remove_of_dead_runs(target);
  remove_quietly(temporary);
  announce(temporary);
  files_.push_back({temporary, target, {}});
  return temporary;
}

void OutputSet::announce(fs::path const& temporary) {
  leftovers_.emplace_back(temporary);
  leftovers_.emplace_back(temporary.string() + "-journal");
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

void OutputSet::commit(std::function<void()> const& last) { commit_files(last, true); }

void OutputSet::commit_step() { commit_files({}, false); }

void OutputSet::commit_files(std::function<void()> const& last, bool all_done) {
  for (File const& file : files_) sync_to_disk(file.temporary);
  auto const placing = begin_placing();
  place_all(last);
  if (all_done) end_placing();
  committed_ = true;
}

void OutputSet::place_all(std::function<void()> const& last) {
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
}

}  // namespace terrein
