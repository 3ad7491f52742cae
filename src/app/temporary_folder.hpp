#pragma once

#include <filesystem>

namespace terrein {

/// A folder of our own in the temporary folder of the machine, removed at the end with all that is in it.
class TemporaryFolder {
 public:
  /// Throws `Error{output}` when none can be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace terrein
