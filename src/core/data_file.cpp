#include "terrein/core/data_file.hpp"

#include <fstream>
#include <sstream>

#include "terrein/core/error.hpp"

namespace terrein {

std::string read_data_file(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file)
    throw_error(ErrorKind::config, "cannot read '{}': the installation of terrein is incomplete or the folder is wrong",
                path.string());
  return text.str();
}

}  // namespace terrein
