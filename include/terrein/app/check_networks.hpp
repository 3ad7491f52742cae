#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrein/app/check_study.hpp"
#include "terrein/app/study.hpp"
#include "terrein/network/inspect.hpp"

namespace terrein {

struct CheckedNetwork {
  std::string key, source, crs;
  Connect connect = Connect::ends;
  double tolerance_m = 0;
  bool by_limits = false;  ///< the study names limits
  NetworkReport report;
};

/// The networks of a study: layers with `graph`.
struct NetworksCheck {
  std::string study, title;
  Language language = Language::nl;
  std::vector<CheckFault> faults;        ///< of layers that cannot be read, and those without any line
  std::vector<CheckedNetwork> networks;  ///< in the order of the study

  /// 0 every network can be used · 2 the study is at fault · 3 a network cannot be used
  [[nodiscard]] int exit_code() const;
};

/// Reads the networks of a study, and nothing else of it, as a run does, and looks at how their lines join. Of
/// `options` count workers, issues (every finding as a place of the layer), overwrite and progress. Nothing is written
/// but the issues. Throws `Error{config}` for a faulty study and one without networks, `Error{output}` when the issues
/// cannot be written.
[[nodiscard]] NetworksCheck check_networks(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                                           CheckOptions const& options, DataFolders const& data);

/// For people, in the language of the study; of each kind of finding the first five.
[[nodiscard]] std::string to_text(NetworksCheck const& check);
/// For programs; one object with every finding.
[[nodiscard]] std::string to_json(NetworksCheck const& check);

}  // namespace terrein
