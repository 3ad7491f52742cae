#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"

namespace terrein {

struct InitOptions {
  std::filesystem::path from;                        ///< folder with the downloaded files
  std::filesystem::path output = "study.toml";       ///< the study that is written
  std::vector<std::string> models{"business_park"};  ///< shipped models
  Language language = Language::nl;                  ///< of the comments, and of the study
  std::string crs;                                   ///< of the computation; empty = chosen after the candidates
  bool overwrite = false;                            ///< replaces a study that exists
  unsigned workers = 1;
};

/// A layer of the study that was written.
struct InitLayer {
  std::string role, key, source, layer, profile, date;
  std::string coverage;  ///< "extent" or as the profile says
  double covers = -1;    ///< share of the extent of the candidates; -1 = not known
  long long rows = -1;
  std::string why;  ///< by what it was recognised
};

/// A layer that the models ask for and the folder does not have.
struct InitMissing {
  std::string role, label;
  std::vector<std::string> get;   ///< which data set, and where
  std::vector<std::string> lost;  ///< criteria with their points, and rules
};

/// A file or layer that the study does not use.
struct InitUnused {
  std::string source, why;
};

struct InitReport {
  std::filesystem::path study;
  Language language = Language::nl;
  std::string crs, crs_why;
  std::vector<InitLayer> layers;
  std::vector<InitMissing> missing;
  std::vector<std::string> choices;  ///< what a person should look at; each stands in the study as a comment too
  std::vector<std::string> to_fill;  ///< what must be filled in before the study runs
  std::vector<InitUnused> unused;
};

/// Looks at every source below a folder (hidden files and results of terrein left out), recognises layers by profile or
/// by name, chooses one for each role that the models ask for, and writes a study with comments. The study is tried
/// before it appears: layers that cannot be read as they are stand in it as comments with the reason. Throws
/// `Error{config}` for a study that exists, an unknown model or CRS, `Error{input}` for a folder that cannot be read,
/// `Error{output}` when the study cannot be written.
[[nodiscard]] InitReport init_study(InitOptions const& options, DataFolders const& data);

/// For people, in the language of the study: the layers, what is missing, what to choose.
[[nodiscard]] std::string to_text(InitReport const& report);
/// For programs; one object.
[[nodiscard]] std::string to_json(InitReport const& report);

}  // namespace terrein
