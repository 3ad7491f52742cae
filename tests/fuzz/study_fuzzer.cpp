// Texts that claim to be a study: read, or refused with a list of faults; never anything else.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "terrein/app/study.hpp"
#include "terrein/core/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace terrein;
  static std::filesystem::path const file = std::filesystem::temp_directory_path() / "terrein-fuzz-study.toml";
  static DataFolders const folders = data_folders();
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<char const*>(data), static_cast<std::streamsize>(size));
  try {
    static_cast<void>(load_study(file, {}, folders));
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::config) throw;  // a study that cannot be read is a fault of the study
  }
  return 0;
}
