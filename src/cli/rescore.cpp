#include "terrein/app/rescore.hpp"

#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein rescore result.gpkg --weights raad.toml --output result-raad.gpkg\n"
    "  terrein rescore result.gpkg --weights raad.toml --output result-raad.gpkg --overwrite --json\n";

constexpr char const* notes =
    "The weights stand as in a study, for the models whose weights change; others stay:\n"
    "  [models.business_park]\n"
    "  adopted_by = \"Gemeenteraad\"\n"
    "  adopted_on = 2026-05-04\n"
    "  [models.business_park.weights]\n"
    "  flood_share = 20\n"
    "An order of importance, swing points, pairs, or best and worst will do as well: see docs/weights.md.\n"
    "Scores and ranks of the copy are those of a run of the study with these weights. Nothing is measured anew: no\n"
    "study and no sources are read.";

}  // namespace

void add_rescore(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    RescoreOptions options;
    std::string result, weights, output;
    int workers = 0;
    bool json = false;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* rescore =
      add_command(program, {"rescore", "Score and rank a result with other weights, in a copy of it", examples, notes});
  rescore->add_option("result", command->result, "GeoPackage that 'terrein run' wrote")->required();
  rescore->add_option("--weights", command->weights, "TOML file with the new weights")->required()->type_name("FILE");
  rescore->add_option("--output", command->output, "GeoPackage to write")->required()->type_name("FILE");
  rescore->add_flag("--overwrite", command->options.overwrite, "Replace that file");
  rescore->add_flag("--json", command->json, "One JSON object on standard output");
  add_workers_option(*rescore, command->workers);
  rescore->callback([&chosen, command] {
    chosen = [command] {
      RescoreOptions& options = command->options;
      options.result = command->result;
      options.weights = command->weights;
      options.output = command->output;
      options.workers = effective_workers(command->workers);
      RescoreReport const report = terrein::rescore(options, data_folders());
      std::cout << (command->json ? to_json(report) : printable(to_text(report)));
      return 0;
    };
  });
}

}  // namespace terrein::cli
