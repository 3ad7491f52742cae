#include "terrein/app/sensitivity.hpp"

#include <cmath>
#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein sensitivity result.gpkg\n"
    "  terrein sensitivity result.gpkg --model business_park --top 10 --weights any --draws 10000\n"
    "  terrein sensitivity result.gpkg --json | jq '.models[0].investigate_first[0]'\n";

constexpr char const* notes =
    "Weights are drawn, and missing values and factors of freight within what is possible: how often does each "
    "candidate\n"
    "stay among the best k?\n"
    "How far may each weight move before the top k changes? What do the scores depend on, and which missing value is\n"
    "worth looking for first? Nothing is measured anew and nothing is written; a run with [robustness] writes the "
    "same\n"
    "into its result.";

struct Command {
  SensitivityOptions options;
  std::string result, weights = "around", missing = "drawn", factors = "drawn", language;
  int workers = 0;
  bool json = false;
};

/// What CLI11 cannot check.
SensitivityOptions checked(Command& command) {
  SensitivityOptions& options = command.options;
  options.result = command.result;
  options.workers = effective_workers(command.workers);
  if (!command.language.empty()) options.language = command.language == "en" ? Language::en : Language::nl;
  options.spec.weights = *weight_kind(command.weights);
  options.spec.missing = command.missing == "drawn" ? Missing::drawn : Missing::left_out;
  if (command.factors == "central") options.spec.factor_draws = 0;
  std::size_t const points = options.spec.points;
  if ((points & (points - 1)) != 0)
    throw_error(ErrorKind::usage, "--points {}: expected 0 or a power of two, such as 512.", points);
  if (!(options.spec.concentration > 0) || std::isinf(options.spec.concentration))
    throw_error(ErrorKind::usage, "--concentration: expected a number above 0.");
  return options;
}

}  // namespace

void add_sensitivity(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<Command>();
  RobustnessSpec& spec = command->options.spec;
  CLI::App* app =
      add_command(program, {"sensitivity", "How sure a ranking is, and what would change it", examples, notes});
  app->add_option("result", command->result, "GeoPackage that 'terrein run' wrote")->required();
  app->add_option("--model", command->options.models, "Only these models");
  app->add_option("--top", spec.top, "The k of \"in the top k\"")->check(CLI::Range(1, 1000000000));
  app->add_option("--draws", spec.draws, "How often weights, missing values and factors are drawn")
      ->check(CLI::Range(1, 1000000));
  app->add_option("--seed", spec.seed, "Number that draws follow from; factors of freight are those that the run drew");
  app->add_option("--weights", command->weights, "Which weights are thought possible")
      ->check(CLI::IsMember({"around", "any", "order", "fixed"}));
  app->add_option("--concentration", spec.concentration, "How close weights 'around' stay to those of the model");
  app->add_option("--missing", command->missing, "Whether missing values are drawn, or left out as in the score")
      ->check(CLI::IsMember({"drawn", "left_out"}));
  app->add_option("--factors", command->factors,
                  "Whether factors of freight count as the run drew them, or by their central values")
      ->check(CLI::IsMember({"drawn", "central"}));
  app->add_option("--points", spec.points, "Points of the sample for what scores depend on; 0 = none");
  app->add_option("--shown", command->options.shown, "Candidates and missing values that are listed");
  app->add_flag("--json", command->json, "One JSON object on standard output");
  app->add_option("--language", command->language, "nl or en; else that of the study")
      ->check(CLI::IsMember({"nl", "en"}));
  add_workers_option(*app, command->workers);
  app->callback([&chosen, command] {
    chosen = [command] {
      SensitivityReport const report = sensitivity(checked(*command), data_folders());
      std::cout << (command->json ? to_json(report) : printable(to_text(report)));
      return 0;
    };
  });
}

}  // namespace terrein::cli
