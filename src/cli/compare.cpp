#include "terrein/app/compare.hpp"

#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein compare voor.gpkg na.gpkg\n"
    "  terrein compare voor.gpkg na.gpkg --model business_park --top 50\n"
    "  terrein compare voor.gpkg na.gpkg --output verschil.gpkg\n"
    "  terrein compare voor.gpkg na.gpkg --json\n";

constexpr char const* notes =
    "The two result files alone are read: no study, no sources. Candidates are matched by id. The points of every\n"
    "candidate add up to the difference of its scores; docs/compare.md says how they are attributed.";

struct Command {
  CompareOptions options;
  std::string before, after, output, language;
  int workers = 0;
  bool json = false;
};

int compare_and_print(Command& command) {
  CompareOptions& options = command.options;
  options.before = command.before;
  options.after = command.after;
  options.output = command.output;
  options.workers = effective_workers(command.workers);
  if (!command.language.empty()) options.language = command.language == "en" ? Language::en : Language::nl;
  DataFolders const data = data_folders();
  Comparison const comparison = compare_results(options, data);
  Labels const labels(data.datasets / "labels.csv", comparison.language);
  std::cout << (command.json ? to_json(comparison) : printable(to_text(comparison, labels)));
  return 0;
}

}  // namespace

void add_compare(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<Command>();
  CompareOptions& options = command->options;
  CLI::App* compare = add_command(
      program, {"compare", "Say who moved between two results, how far, and because of what", examples, notes});
  compare->add_option("before", command->before, "GeoPackage that 'terrein run' wrote: the old result")->required();
  compare->add_option("after", command->after, "The new result")->required();
  compare->add_option("--model", options.models, "Only this model; may be repeated")->allow_extra_args(false);
  compare->add_option("--top", options.top, "How many of the best count as the top")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1000000000}));
  compare->add_option("--output", command->output, "GeoPackage to write, with layer 'changes'")->type_name("FILE");
  compare->add_flag("--overwrite", options.overwrite, "Replace that file");
  compare->add_option("--language", command->language, "nl or en; else that of the new result")
      ->check(CLI::IsMember({"nl", "en"}));
  compare->add_flag("--json", command->json, "One JSON object, see docs/compare.md");
  add_workers_option(*compare, command->workers);
  compare->callback([&chosen, command] { chosen = [command] { return compare_and_print(*command); }; });
}

}  // namespace terrein::cli
