#include "scenario.hpp"
#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "toml_text.hpp"

namespace terrein {
namespace {

/// The study with some settings otherwise. Layers are those that were settled already.
std::unique_ptr<Study const> changed_study(Study const& study, ScenarioSpec const& scenario, std::size_t settings,
                                           DataFolders const& data) {
  std::string toml = study.settings + "\n[variables]\n";
  for (auto const& [name, value] : study.variables) toml += toml_key(name) + " = " + toml_quoted(value) + "\n";
  std::vector<std::string> overrides{"output.file=" + toml_quoted(study.output.file.string())};
  for (std::size_t i = 0; i < settings; ++i) overrides.push_back(scenario.set[i].first + "=" + scenario.set[i].second);
  try {
    auto out = std::make_unique<Study>(study_of_text(toml, study.file, overrides, data));
    out->layers = study.layers;
    out->scenarios.clear();
    return out;
  } catch (Error const& error) {
    std::string const& file = scenario.file.written;
    throw_error(error.kind(), "Scenario '{}'{}, setting '{}': {}", scenario.key, file.empty() ? "" : " (" + file + ")",
                scenario.set[settings - 1].first, error.what());
  }
}

}  // namespace

std::vector<ScenarioStudies> scenario_studies(Study const& study, DataFolders const& data) {
  std::vector<ScenarioStudies> out;
  for (ScenarioSpec const& scenario : study.scenarios) {
    ScenarioStudies one{&scenario, {}};
    for (std::size_t i = 1; i <= scenario.set.size(); ++i)
      one.after_setting.push_back(changed_study(study, scenario, i, data));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein
