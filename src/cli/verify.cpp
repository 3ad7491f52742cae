#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "terrein/app/verify_run.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein verify result.gpkg.run.json\n"
    "  terrein verify result.gpkg.run.json --inputs-only --json\n"
    "  terrein verify archief/2026/result.gpkg.run.json --base archief/2026/studie\n";

constexpr char const* notes =
    "Inputs and outputs are compared by hash. Then the run is repeated in a temporary folder: with equal versions and\n"
    "processor the bytes of every output are compared, else the values of the GeoPackage. Nothing is changed.\n"
    "Exit codes of verify: 0 the same · 1 outputs differ, or the run could not be repeated · 3 inputs changed or "
    "missing\n";

}  // namespace

void add_verify(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    VerifyOptions options;
    std::string manifest, base;
    int workers = 0;
    std::string progress = "auto";
    bool json = false;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* verify = add_command(
      program,
      {"verify", "Say whether a result is still what its inputs give: by hash, and by running again", examples, notes});
  verify->add_option("manifest", command->manifest, "The manifest beside the result (.gpkg.run.json)")->required();
  verify->add_flag("--inputs-only", command->options.inputs_only, "Only the inputs; the run is not repeated");
  verify->add_option("--base", command->base, "Folder in which the study and its inputs lie now")->type_name("DIR");
  verify
      ->add_option("--tolerance", command->options.tolerance.relative,
                   "Relative difference of numbers that counts as none, when values are compared")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verify
      ->add_option("--absolute-tolerance", command->options.tolerance.absolute,
                   "Difference that counts as none, in the unit of the column")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verify->add_flag("--json", command->json, "One JSON object on standard output");
  add_workers_option(*verify, command->workers);
  add_progress_option(*verify, command->progress);
  verify->callback([&chosen, command] {
    chosen = [command] {
      command->options.manifest = command->manifest;
      if (!command->base.empty()) command->options.base = command->base;
      command->options.workers = effective_workers(command->workers);
      Teller teller({command->progress, 0});
      command->options.progress = progress_of(teller);
      VerifyReport const report = verify_run(command->options, data_folders());
      std::cout << (command->json ? to_json(report) : printable(without_passwords(to_text(report))));
      return report.exit_code();
    };
  });
}

}  // namespace terrein::cli
