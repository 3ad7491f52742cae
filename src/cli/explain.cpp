#include "terrein/app/explain.hpp"
#include "terrein/app/counterfactual.hpp"
#include "terrein/app/explain_site.hpp"

#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/output_set.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein explain result.gpkg 44021A0123/00B000\n"
    "  terrein explain result.gpkg 44021A0123/00B000 --model business_park --html --output waarom.html\n"
    "  terrein explain result.gpkg 44021A0123/00B000 --json\n"
    "  terrein explain result.gpkg 44021A0123/00B000 --against 44021A0124/00C000\n"
    "  terrein explain result.gpkg S-6a18c2e374\n"
    "  terrein explain result.gpkg 44021A0123/00B000 --site S-6a18c2e374\n";

constexpr char const* notes =
    "The result file alone is read: no study, no sources. It must be made by this version of terrein.";

struct ExplainCommand {
  std::string file, id, language, output, site, against;
  std::size_t top = 20;
  std::vector<std::string> models;
  bool json = false, html = false, overwrite = false, changes = false;
};

/// What would have to be otherwise, for text after an explanation or as an answer of its own.
Counterfactual changes_of(ExplainCommand const& command, std::optional<Language> language, DataFolders const& data) {
  CounterfactualOptions options;
  options.result = command.file;
  options.id = command.id;
  options.against = command.against;
  options.models = command.models;
  options.top = command.top;
  options.language = language;
  options.workers = effective_workers(0);
  return counterfactual(options, data);
}

/// Text of one kind, or JSON.
std::string answer(ExplainCommand const& command, std::optional<Language> language, DataFolders const& data) {
  if (command.changes || !command.against.empty()) {
    Counterfactual const changes = changes_of(command, language, data);
    Labels const labels(data.datasets / "labels.csv", changes.language);
    return command.json ? to_json(changes) : printable(to_text(changes, labels));
  }
  Explanation const explanation = ResultExplainer(command.file, language, data).explain(command.id, command.models);
  Labels const labels(data.datasets / "labels.csv", explanation.language);
  if (command.json) return to_json(explanation);
  bool const changes = explanation.left_out.empty() && !explanation.models.empty();
  if (command.html) {
    std::string page = to_html(explanation, labels);
    return changes ? with_section(std::move(page), to_html(changes_of(command, language, data), labels)) : page;
  }
  std::string out = to_text(explanation, labels);
  if (changes)
    out += "\n" + labels.get("term", "what_would_do") + "\n" + to_text(changes_of(command, language, data), labels);
  return printable(out);
}

int explain_and_print(ExplainCommand const& command) {
  DataFolders const data = data_folders();
  std::optional<Language> language;
  if (!command.language.empty()) language = command.language == "en" ? Language::en : Language::nl;
  bool const plain = !command.json && !command.html && command.output.empty() && command.models.empty() &&
                     !command.changes && command.against.empty();
  if (!command.site.empty()) {
    std::cout << printable(explain_membership(command.file, command.id, command.site, language, data));
    return 0;
  }
  if (plain && command.id.starts_with("S-"))
    if (auto const text = explain_site(command.file, command.id, language, data)) {
      std::cout << printable(*text);
      return 0;
    }
  std::string const text = answer(command, language, data);
  if (command.output.empty()) {
    std::cout << text;  // JSON and HTML write what a terminal must not see as escapes of their own
    return 0;
  }
  std::error_code absent;  // a file that does not exist is not the result
  if (std::filesystem::equivalent(command.output, command.file, absent))
    throw_error(ErrorKind::usage, "--output '{}' is the result itself, which is only read. Choose another name.",
                command.output);
  OutputSet files(command.overwrite);
  files.add_text(command.output, text);
  files.commit();
  return 0;
}

}  // namespace

void add_explain(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<ExplainCommand>();
  CLI::App* explain = add_command(
      program, {"explain", "Say why, and why not: rules, margins and points of one candidate", examples, notes});
  explain->add_option("result", command->file, "GeoPackage that 'terrein run' wrote")->required();
  explain->add_option("id", command->id, "Id of a candidate, excluded ones included, or of a site")->required();
  explain->add_option("--model", command->models, "Only this model; may be repeated")->allow_extra_args(false);
  explain->add_option("--language", command->language, "nl or en; else that of the study")
      ->check(CLI::IsMember({"nl", "en"}));
  auto* site = explain->add_option("--site", command->site, "Why the candidate is in this site, or why it is not");
  auto* against = explain->add_option("--against", command->against,
                                      "Another candidate: where the two differ, and what would turn them round");
  auto* changes = explain->add_flag("--changes", command->changes,
                                    "Only what would have to be otherwise to pass, or to be in the top k");
  explain->add_option("--top", command->top, "The k of \"in the top k\"")->check(CLI::Range(1, 1000000000));
  auto* json = explain->add_flag("--json", command->json, "One JSON object, see docs/explain.md");
  explain->add_flag("--html", command->html, "A page to show and to print")
      ->excludes(json)
      ->excludes(site)
      ->excludes(against)
      ->excludes(changes);
  json->excludes(site);
  site->excludes(against)->excludes(changes);
  explain->add_option("--output", command->output, "Write to this file instead of standard output");
  explain->add_flag("--overwrite", command->overwrite, "Replace that file");
  explain->callback([&chosen, command] { chosen = [command] { return explain_and_print(*command); }; });
}

}  // namespace terrein::cli
