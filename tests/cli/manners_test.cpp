// Manual pages, completion, progress and colours.
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "small_world.hpp"
#include "support/catch.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

std::string const program = TERREIN_PROGRAM;

std::string help(std::string const& command) { return run(program + " " + command + " --help").out; }

/// The commands that help lists, those of commands too: "run", "config show".
std::vector<std::string> commands(std::string const& above = "") {
  std::vector<std::string> out;
  std::istringstream lines(help(above));
  bool listed = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] != ' ') listed = line == "Subcommands:";
    std::smatch word;
    if (!listed || !std::regex_search(line, word, std::regex("^  ([a-z]+)"))) continue;
    out.push_back(above.empty() ? word[1].str() : above + " " + word[1].str());
    for (std::string const& below : commands(out.back())) out.push_back(below);
  }
  return out;
}

/// The options that help lists, without those that examples and notes show.
std::set<std::string> options_of(std::string const& command) {
  std::set<std::string> out;
  std::istringstream lines(help(command));
  std::regex const option_line("^  (-[a-zA-Z],)?(--[a-z-]+)");
  for (std::string line; std::getline(lines, line);)
    if (std::smatch words; std::regex_search(line, words, option_line)) out.insert(words[2]);
  return out;
}

/// What bash would offer for words, the last of which is being typed.
std::set<std::string> offered(std::string const& words, fs::path const& script) {
  RunResult const result =
      run("bash -c 'source " + script.string() + "; COMP_WORDS=(" + words +
          "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _terrein; printf \"%s\\n\" \"${COMPREPLY[@]}\"'");
  REQUIRE(result.err.empty());
  std::istringstream lines(result.out);
  std::set<std::string> out;
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) out.insert(line);
  return out;
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

std::string dashes_escaped(std::string const& text) { return std::regex_replace(text, std::regex("-"), "\\-"); }

/// Standard error of a run on a terminal of its own.
RunResult on_terminal(SmallWorld const& world, std::string const& before, std::string const& more) {
  std::string const typescript = world.path("terminal").string();
  RunResult out = run("env TERM=xterm " + before + " script -qec '" + program + " run " +
                      world.path("study.toml").string() + " " + more + " >/dev/null' " + typescript);
  out.err = read_file(typescript);
  return out;
}

}  // namespace

TEST_CASE("Every option of every command stands in its manual page and in the completion of three shells") {
  TempDir const dir;
  REQUIRE(run(program + " manual --output " + dir.path().string()).exit_code == 0);
  std::string const zsh = run(program + " completion zsh").out, fish = run(program + " completion fish").out;
  fs::path const script = dir.path() / "bash";
  write_file(script, run(program + " completion bash").out);
  auto const found = commands();
  REQUIRE(found.size() >= 4);
  CHECK(offered("terrein \"\"", script) == [&] {
    std::set<std::string> out;
    for (std::string const& command : found)
      if (command.find(' ') == std::string::npos) out.insert(command);
    return out;
  }());
  std::size_t pages = 1;
  for (std::string const& command : found) {
    INFO(command);
    ++pages;
    std::string const page =
        read_file(dir.path() / ("terrein-" + std::regex_replace(command, std::regex(" "), "-") + ".1"));
    auto const options = options_of(command);
    REQUIRE(options.count("--help") == 1);
    auto const answers = offered("terrein " + command + " --", script);
    for (std::string const& option : options) {
      INFO(option);
      CHECK(has(page, "\\fB" + dashes_escaped(option) + "\\fR"));
      CHECK(answers.count(option) == 1);
      CHECK(has(zsh, "'" + option + ":"));
      CHECK(has(fish, "' " + command + "'\" "));
      CHECK(std::regex_search(fish, std::regex("__terrein_at ' " + command + "'\".* -l " + option.substr(2) + " ")));
    }
  }
  std::size_t written = 0;
  for (auto const& entry : fs::directory_iterator(dir.path())) written += entry.path().extension() == ".1" ? 1U : 0U;
  CHECK(written == pages);  // one of the program, one per command, none of hidden ones
}

TEST_CASE("Completion knows the words that an option takes, and leaves files to the shell") {
  TempDir const dir;
  fs::path const script = dir.path() / "bash";
  write_file(script, run(program + " completion bash").out);
  CHECK(offered("terrein run --progress \"\"", script) == std::set<std::string>{"auto", "json", "none"});
  CHECK(offered("terrein run --progress j", script) == std::set<std::string>{"json"});
  CHECK(offered("terrein ru", script) == std::set<std::string>{"run"});
  CHECK(offered("terrein run stu", script).empty());
  CHECK(offered("terrein fetch --output \"\"", script).empty());
}

TEST_CASE("Manual pages are faultless to the programs that read them") {
  TempDir const dir;
  REQUIRE(run(program + " manual --date 2026-01-31 --output " + dir.path().string()).exit_code == 0);
  bool judged = false;
  for (std::string const judge : {"mandoc -Tlint -W warning", "groff -man -Tutf8 -Kutf8 -ww -z"}) {
    if (run("command -v " + judge.substr(0, judge.find(' '))).exit_code != 0) continue;
    judged = true;
    for (auto const& entry : fs::directory_iterator(dir.path())) {
      RunResult const result = run(judge + " " + entry.path().string());
      INFO(judge << ": " << result.out << result.err);
      CHECK(result.exit_code == 0);
      CHECK((result.out + result.err).empty());
    }
  }
  if (!judged) std::puts("SKIPPED: manual pages (needs mandoc or groff)");
}

TEST_CASE("--progress=json tells each stage from its beginning to its end, and changes no byte of the result") {
  SmallWorld const world;
  REQUIRE(world.terrein("-q --progress none --workers 1").exit_code == 0);
  std::string const before = read_file(world.path("result.gpkg"));
  RunResult const result = world.terrein("-q --progress=json --overwrite --workers 7");
  REQUIRE(result.exit_code == 0);
  CHECK(read_file(world.path("result.gpkg")) == before);
  std::istringstream lines(result.err);
  std::vector<std::string> stages;
  std::map<std::string, std::pair<double, double>> last;
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    auto const json = nlohmann::json::parse(line);
    std::string const stage = json["stage"];
    if (stages.empty() || stages.back() != stage) stages.push_back(stage);
    CHECK(json["done"] >= last[stage].first);
    last[stage] = {json["done"], json["total"]};
  }
  CHECK(stages == std::vector<std::string>{"read", "prepare", "measure", "write"});
  for (auto const& [stage, done] : last) {
    INFO(stage);
    CHECK(done.first == done.second);
  }
  CHECK(last["read"].second == 3);     // parcels, flood, rail
  CHECK(last["measure"].second == 2);  // wet, rail_m
}

TEST_CASE("Standard error holds nothing when it is no terminal, and -vv versions, stages, time and memory") {
  SmallWorld const world;
  CHECK(world.terrein().err.empty());
  RunResult const result = world.terrein("--overwrite -vv");
  for (std::string const part : {"terrein 0", "GDAL 3", "GEOS 3", "PROJ 9", "parcels: 9 rows", "read: 0.",
                                 "measure: 0.", "write: 0.", " MB at most so far"})
    CHECK(has(result.err, part));
  CHECK_FALSE(has(result.err, "\x1b"));
}

TEST_CASE("A terminal gets a line of progress that is erased, and a red word before an error unless NO_COLOR is set") {
  if (run("command -v script").exit_code != 0) {
    std::puts("SKIPPED: progress on a terminal (needs script)");
    return;
  }
  SmallWorld const world;
  std::string const shown = on_terminal(world, "", "").err;
  CHECK(has(shown, "measure  ["));
  auto const last_line = shown.rfind("write  ");
  REQUIRE(last_line != std::string::npos);
  CHECK(has(shown.substr(last_line), "\r\x1b[K"));
  CHECK_FALSE(has(on_terminal(world, "", "--overwrite --progress none").err, "measure"));
  CHECK_FALSE(has(on_terminal(world, "", "--overwrite -q").err, "measure"));
  CHECK(has(on_terminal(world, "", "").err, "\x1b[31mterrein:\x1b[0m The result"));
  std::string const plain = on_terminal(world, "NO_COLOR=1", "").err;
  CHECK(has(plain, "terrein: The result"));
  CHECK_FALSE(has(plain, "\x1b[31m"));
}

TEST_CASE("The summary tells rows, candidates, seconds per stage, memory, issues and outputs") {
  SmallWorld const world;
  RunResult const result = world.terrein();
  CHECK(has(result.out, "11 rijen gelezen · 9 kandidaten · read 0,"));  // 9 parcels, 1 flood, 1 rail
  CHECK(has(result.out, " MB\n"));
  CHECK(has(result.out, world.path("result.gpkg").string() + "\n"));
}
