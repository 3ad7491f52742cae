#include "terrein/app/init_starter.hpp"

#include "terrein/app/study_schema.hpp"
#include "terrein/core/data_file.hpp"
#include "terrein/io/output_set.hpp"

namespace terrein {

namespace fs = std::filesystem;

std::vector<fs::path> init_starter(fs::path const& folder, Language language, bool overwrite, DataFolders const& data) {
  fs::path const starter = data.datasets / "starter";
  std::string const suffix = language == Language::nl ? "_nl" : "_en";
  std::vector<fs::path> const out{folder / "study.toml", folder / "study.schema.json",
                                  folder / (language == Language::nl ? "LEESMIJ.md" : "README.md")};
  OutputSet files(overwrite);
  files.add_text(out[0], read_data_file(starter / ("study" + suffix + ".toml")));
  files.add_text(out[1], study_schema(data, language));
  files.add_text(out[2], read_data_file(starter / ("readme" + suffix + ".md")));
  files.commit([&] { fs::create_directories(folder / "data"); });
  return out;
}

}  // namespace terrein
