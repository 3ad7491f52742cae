// Texts that claim to be a profile: read, or refused with a list of faults; never anything else.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace terrein;
  static std::filesystem::path const folder = [] {
    auto out = std::filesystem::temp_directory_path() / ("terrein-fuzz-profile-" + std::to_string(getpid()));
    std::filesystem::create_directories(out);
    return out;
  }();
  std::ofstream(folder / "it.toml", std::ios::binary)
      .write(reinterpret_cast<char const*>(data), static_cast<std::streamsize>(size));
  try {
    Profiles const profiles = load_profiles({folder});
    if (profiles.size() != 1 || profiles.begin()->first != "it") std::abort();
    SourceLayer layer;
    layer.name = "zones";
    layer.fields.resize(1);
    layer.fields[0].name = "use";
    static_cast<void>(match_profiles(layer, "zones.gpkg", profiles));
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::config) throw;  // a profile that cannot be read is a fault of the profile
  }
  return 0;
}
