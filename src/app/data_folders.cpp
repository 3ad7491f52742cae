#include <cstdlib>

#include "terrein/app/study.hpp"
#include "terrein/core/error.hpp"

namespace terrein {

DataFolders data_folders() {
  namespace fs = std::filesystem;
  std::vector<fs::path> places;
  if (char const* named = std::getenv("TERREIN_DATA"); named != nullptr && *named != '\0') places.emplace_back(named);
  std::error_code missing;
  fs::path const program = fs::read_symlink("/proc/self/exe", missing);
  if (!missing) places.push_back(program.parent_path().parent_path() / "share" / "terrein");
#ifdef TERREIN_SOURCE_DATA
  places.emplace_back(TERREIN_SOURCE_DATA);
#endif
  places.emplace_back(TERREIN_INSTALLED_DATA);  // for programs elsewhere that use the installed library
  for (fs::path const& place : places)
    if (fs::exists(place / "datasets" / "defaults") && fs::exists(place / "styles"))
      return {place / "datasets", place / "styles"};
  throw_error(ErrorKind::config,
              "The tables and styles of terrein were not found in {}. Set TERREIN_DATA to the folder that holds "
              "'datasets' and 'styles'.",
              places.front().string());
}

}  // namespace terrein
