#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/source_info.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein info gewestplan.gpkg\n"
    "  terrein info levering.zip --layer Wegsegment --json\n"
    "  terrein info punten.csv --set crs=EPSG:31370\n"
    "  terrein info percelen.shp --profile grb_adp --quick\n";

}  // namespace

void add_info(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    InfoOptions options;
    int workers = 0;
    bool json = false;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* info = add_command(
      program,
      {"info", "Say what a source is, which profile fits it and why, and what is wrong with it", examples, ""});
  info->add_option("source", command->options.path, "File, folder, archive or connection text")->required();
  info->add_option("--layer", command->options.layer, "Only this layer");
  info->add_option("--profile", command->options.profile, "Read it with this profile, whatever fits");
  info->add_option("--set", command->options.settings, "What a study would say of the layer, such as crs=EPSG:31370")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  info->add_flag("--quick", command->options.quick, "Only what the source states; its rows are not read");
  info->add_flag("--json", command->json, "One JSON object on standard output");
  add_workers_option(*info, command->workers);
  info->callback([&chosen, command] {
    chosen = [command] {
      command->options.workers = effective_workers(command->workers);
      SourceInfo const answer = source_info(command->options, data_folders());
      std::cout << (command->json ? to_json(answer) : to_text(answer));
      return answer.usable() ? 0 : 3;
    };
  });
}

}  // namespace terrein::cli
