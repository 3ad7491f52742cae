#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <string>

#include "support/support.hpp"

namespace terrein::test {

/// Every entry of a folder, with the folder itself: name → kind, time of last change to the nanosecond, and bytes.
inline std::map<std::string, std::string> folder_state(std::filesystem::path const& folder) {
  std::map<std::string, std::string> out;
  auto const state_of = [](std::filesystem::path const& path) {
    struct stat info {};
    if (lstat(path.c_str(), &info) != 0) return std::string("gone");
    std::string text = std::to_string(info.st_mode) + " " + std::to_string(info.st_mtim.tv_sec) + "." +
                       std::to_string(info.st_mtim.tv_nsec);
    return S_ISREG(info.st_mode) ? text + " " + read_file(path) : text;
  };
  out["."] = state_of(folder);
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
    out[entry.path().lexically_relative(folder).string()] = state_of(entry.path());
  return out;
}

}  // namespace terrein::test
