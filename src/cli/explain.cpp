#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/explain.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein explain result.gpkg 44021A0123/00C000\n"
    "  terrein explain result.gpkg 44021A0123/00C000 --model brownfield\n"
    "  terrein explain result.gpkg 44021A0123/00C000 --json\n";

}  // namespace

void add_explain(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    ExplainOptions options;
    std::string language;
    bool json = false;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* explain = add_command(
      program, {"explain", "Say why a candidate scores as it does and why it fails, from the result alone", examples,
                "Points = weight share x value x 100 / completeness; together they are the score."});
  explain->add_option("result", command->options.result, "GeoPackage that terrein run wrote")->required();
  explain->add_option("id", command->options.id, "Candidate, passing or excluded")->required();
  explain->add_option("--model", command->options.models, "Only this model; may be repeated");
  explain->add_option("--language", command->language, "nl or en instead of the language of the study")
      ->check(CLI::IsMember({"nl", "en"}));
  explain->add_flag("--json", command->json, "One JSON object on standard output");
  explain->callback([&chosen, command] {
    chosen = [command] {
      if (!command->language.empty())
        command->options.language = command->language == "en" ? Language::en : Language::nl;
      DataFolders const data = data_folders();
      Explanation const answer = terrein::explain(command->options, data);
      std::cout << (command->json ? to_json(answer) : printable(to_text(answer, data)));
      return 0;
    };
  });
}

}  // namespace terrein::cli
