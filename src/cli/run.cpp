#include <algorithm>
#include <iostream>
#include <sstream>

#include "command.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "sites_text.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein run study.toml\n"
    "  terrein run study.toml --set models.business_park.weights.flood_share=12 --overwrite\n";

struct RunCommand {
  std::string study;
  std::vector<std::string> set;
  bool overwrite = false;
  bool fail_empty = false;
  int workers = 0;
  std::size_t best = 3;
  Telling telling;
  bool no_cache = false;
  std::string audience;
  bool timings = false;
};

std::string decimal(double value, int digits, Language language) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (language == Language::nl) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

void print_model(ModelSummary const& model, Language language, std::ostream& out) {
  bool const nl = language == Language::nl;
  out << fmt::format("\n{} ({})\n", model.label, model.weights_note);
  out << fmt::format(
      fmt::runtime(nl ? "  voldoet {} · onder voorwaarden {} · voldoet niet {} · onbekend {} · gerangschikt {}\n"
                      : "  pass {} · conditional {} · fail {} · unknown {} · ranked {}\n"),
      model.passes, model.conditional, model.fails, model.unknown, model.ranked);
  if (!model.stakeholders.empty()) out << "  " << model.stakeholders << '\n';
  for (std::string const& text : model.not_measured)
    out << (nl ? "  niet gemeten: " : "  not measured: ") << text << '\n';
  for (BestCandidate const& one : model.best) {
    out << fmt::format("{:4.0f}. {}  {}  ({}–{})  {} ha  {}\n", one.rank, one.id, decimal(one.score, 1, language),
                       decimal(one.low, 1, language), decimal(one.high, 1, language), decimal(one.area_ha, 2, language),
                       one.outcome);
    for (std::string const& text : one.strengths) out << "        + " << text << '\n';
    for (std::string const& text : one.weaknesses) out << "        - " << text << '\n';
    if (!one.duties.empty()) out << "        ! " << one.duties << '\n';
  }
}

void print_summary(RunSummary const& summary, Language language, std::ostream& out) {
  bool const nl = language == Language::nl;
  for (ModelSummary const& model : summary.models) print_model(model, language, out);
  out << sites_text(summary, language);
  out << fmt::format(fmt::runtime(nl ? "\n{} rijen gelezen · {} kandidaten" : "\n{} rows read · {} candidates"),
                     summary.rows_read, summary.candidates);
  for (Stats::Stage const& stage : summary.stats.stages())
    out << fmt::format(" · {} {} s", stage.name, decimal(stage.seconds, 2, language));
  out << fmt::format(" · {} MB\n", peak_memory_bytes() >> 20U);
  out << fmt::format(fmt::runtime(nl ? "oppervlakten zijn vlak: {} maal die op de ellipsoïde\n"
                                     : "areas are planar: {} times those on the ellipsoid\n"),
                     decimal(summary.area_ratio, 6, language));
  for (std::string const& text : summary.transformations)
    out << (nl ? "omzetting: " : "transformation: ") << text << '\n';
  for (Issues::Count const& count : summary.issues)
    out << fmt::format("{}: {} {} ({})\n", nl ? "aandachtspunt" : "issue", count.layer, count.code, count.count);
  for (auto const& path : summary.outputs) out << path.string() << '\n';
  if (!summary.database.empty()) out << summary.database << '\n';
}

/// One line per stage and part: a program reads it as well as a person.
void print_timings(Stats const& stats, std::ostream& out) {
  for (Stats::Stage const& stage : stats.stages()) {
    out << fmt::format("{:9.3f} s  {}\n", stage.seconds, stage.name);
    for (Stats::Part const& part : stage.parts)
      out << fmt::format("{:9.3f} s  {}/{}\n", part.seconds, stage.name, part.name);
  }
}

int run_and_print(RunCommand const& command) {
  DataFolders const data = data_folders();
  Study const study = load_study(command.study, command.set, data);
  RunOptions options;
  options.workers = effective_workers(command.workers);
  options.overwrite = command.overwrite;
  options.best = command.best;
  options.audience = audience(command.audience);
  Teller teller(command.telling);
  tell_run(options, teller);
  auto const cache = measure_cache(command.no_cache);
  options.store = cache.get();
  RunSummary const summary = run_study(study, options, data);
  if (cache && options.note) options.note(fmt::format("{} criteria were measured by an earlier run", cache->found()));
  if (command.telling.verbosity >= 0) {
    std::ostringstream text;  // ids, labels and messages come from files: none may give the terminal orders
    print_summary(summary, study.language, text);
    std::cout << printable(text.str());
  }
  if (command.timings) print_timings(summary.stats, std::cerr);
  bool const passed = std::any_of(summary.models.begin(), summary.models.end(),
                                  [](ModelSummary const& model) { return model.passes + model.conditional > 0; });
  return command.fail_empty && !summary.models.empty() && !passed ? 4 : 0;
}

}  // namespace

void add_run(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<RunCommand>();
  CLI::App* run = add_command(
      program, {"run", "Read the layers of a study, measure, score, and write the styled result", examples, ""});
  run->add_option("study", command->study, "Study file (TOML)")->required();
  run->add_option("--set", command->set,
                  "name=value sets a ${variable}; table.key=value overrides any key of the study")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all();
  run->add_flag("--overwrite", command->overwrite, "Replace results that exist");
  run->add_option("--audience", command->audience,
                  "Who will see the result: intern keeps attributes about persons, extern leaves them out "
                  "(default: as the study says, else extern)")
      ->check(CLI::IsMember({"extern", "intern"}));
  run->add_flag("--timings", command->timings, "Tell on standard error how many seconds each stage and its parts took");
  add_workers_option(*run, command->workers);
  run->add_option("--best", command->best, "Best candidates per model to print with their reasons")
      ->capture_default_str();
  run->add_flag("--fail-empty", command->fail_empty, "Exit 4 when no candidate passes in any model");
  add_cache_option(*run, command->no_cache);
  add_progress_option(*run, command->telling.progress);
  add_verbosity_options(*run, command->telling.verbosity, told_of_runs);
  run->callback([&chosen, command] { chosen = [command] { return run_and_print(*command); }; });
}

}  // namespace terrein::cli
