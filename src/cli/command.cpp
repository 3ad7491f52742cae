#include "command.hpp"

#include "commands.hpp"

namespace terrein::cli {
namespace {

/// The usual help, after the examples.
class ExamplesFirst : public CLI::Formatter {
 public:
  explicit ExamplesFirst(std::string examples) : examples_(std::move(examples)) {}

  [[nodiscard]] std::string const& examples() const noexcept { return examples_; }

  std::string make_help(CLI::App const* app, std::string name, CLI::AppFormatMode mode) const override {
    return "examples:\n" + examples_ + "\n" + CLI::Formatter::make_help(app, name, mode);
  }

 private:
  std::string examples_;
};

}  // namespace

CLI::App* add_command(CLI::App& program, CommandText const& text) {
  CLI::App* command = program.add_subcommand(text.name, text.summary);
  command->formatter(std::make_shared<ExamplesFirst>(text.examples));
  command->footer(text.notes.empty() ? exit_codes : text.notes + "\n" + exit_codes);
  return command;
}

std::string examples_of(CLI::App const& command) {
  auto const* formatter = dynamic_cast<ExamplesFirst const*>(command.get_formatter().get());
  return formatter == nullptr ? std::string{} : formatter->examples();
}

void add_workers_option(CLI::App& command, int& workers) {
  command.add_option("--workers", workers, "Threads: 0 = all cores, negative leaves that many free")
      ->capture_default_str();
}

void add_language_option(CLI::App& command, Language& language) {
  command
      .add_option_function<std::string>(
          "--language", [&language](std::string const& text) { language = text == "nl" ? Language::nl : Language::en; },
          "Language of the answer; en where it is not given")
      ->check(CLI::IsMember({"nl", "en"}));
}

void add_verbosity_options(CLI::App& command, int& verbosity, std::string const& more) {
  command.add_flag_callback(
      "-q,--quiet", [&verbosity] { verbosity = -1; }, "Print errors only");
  command.add_flag_function(
      "-v,--verbose", [&verbosity](std::int64_t times) { verbosity = times > 1 ? 2 : 1; }, "Print " + more + " too");
}

}  // namespace terrein::cli
