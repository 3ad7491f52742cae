#include "temporary_folder.hpp"

#include <cstdlib>
#include <string>

#include "terrein/core/error.hpp"

namespace terrein {
namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::error_code fault;
  std::string name = (fs::temp_directory_path(fault) / "terrein-XXXXXX").string();
  if (fault || mkdtemp(name.data()) == nullptr)
    throw_error(
        ErrorKind::output,
        "No folder can be made in the temporary folder of the machine. Set TMPDIR to a folder with free space.");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // cleaning up must not hide the fault that made it necessary
  fs::remove_all(path_, ignored);
}

}  // namespace terrein
