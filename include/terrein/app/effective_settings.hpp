#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/app/study.hpp"

namespace terrein {

/// A setting that counts, and who says so.
struct Setting {
  std::vector<std::string> path;  ///< keys from the root: layers, zoning, coverage
  std::string json;               ///< the value as JSON; empty where it depends, and `words` says on what
  std::string words;
  std::string origin;  ///< "default", "--set", "profile gewestplan", "snapshot", "model defaults business_park.csv", or
                       ///< the name of the study file
  std::size_t line = 0;  ///< in the study file; 0 = not from there
};

/// Every setting of a study that counts in a run, in the order of the table of keys: what the file and `overrides` say,
/// what its profiles, snapshots and shipped models add, and the defaults of tables that the study has. Variables are
/// filled in, secrets are hidden. Names of attributes that a profile knows several of are settled where the source is a
/// file that can be looked at; databases are not asked. A default "none" is left out, and so are keys that have no
/// meaning for the kind of layer, measure or rule. Class tables of profiles are told in words. Throws as `load_study`.
[[nodiscard]] std::vector<Setting> effective_settings(std::filesystem::path const& file,
                                                      std::vector<std::string> const& overrides,
                                                      DataFolders const& data);

/// "layers.zoning.coverage": keys that are no bare words stand in quotes.
[[nodiscard]] std::string dotted(std::vector<std::string> const& path);
/// One line each: `layers.zoning.coverage = "everywhere"   # study.toml line 12`. A value that depends stands in
/// brackets.
[[nodiscard]] std::string settings_text(std::vector<Setting> const& settings);
/// One JSON object: `settings` with setting, value (null where it depends), words, origin, line (null = not from the
/// file).
[[nodiscard]] std::string settings_json(std::filesystem::path const& file, std::vector<Setting> const& settings);

}  // namespace terrein
