#include "terrein/report/labels.hpp"

#include <fstream>
#include <set>

#include "sample.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("a label is given in the user's language, and an unknown key as itself") {
  CHECK(dutch().get("rule_result", "condition") == "voorwaarde");
  CHECK(english().get("rule_result", "condition") == "condition");
  CHECK(dutch().get("model", "eigen_model") == "eigen_model");
  CHECK(dutch().pick("ja", "yes") == "ja");
  CHECK(english().pick("ja", "yes") == "yes");
}

TEST_CASE("the words the outcome columns hold have a label in both languages") {
  for (std::string const outcome : {"voldoet", "onder voorwaarden", "voldoet niet", "onbekend"}) {
    CHECK(dutch().get("outcome", outcome) == outcome);
    CHECK(english().get("outcome", outcome) != outcome);
  }
}

TEST_CASE("a study adds labels of its own criteria") {
  Labels labels = dutch();
  CHECK_FALSE(labels.has("criterion", "noise"));
  labels.set("criterion", "noise", "Geluid");
  CHECK(labels.get("criterion", "noise") == "Geluid");
  CHECK(labels.all("severity").size() == 3);
}

TEST_CASE("quoted cells of the label table keep commas, quotes and line ends") {
  TempDir const dir;
  write_file(dir.path() / "l.csv", "# note\nkind,key,nl,en\r\na,b,\"x, \"\"y\"\"\nz\",w\n\n");
  CHECK(Labels(dir.path() / "l.csv", Language::nl).get("a", "b") == "x, \"y\"\nz");
  CHECK(Labels(dir.path() / "l.csv", Language::en).get("a", "b") == "w");
}

TEST_CASE("a label table that cannot be used is a configuration error that says why") {
  TempDir const dir;
  auto const path = dir.path() / "l.csv";
  auto const fault = [&](std::string const& text) {
    write_file(path, text);
    return error_of([&] { Labels const labels(path, Language::nl); });
  };
  CHECK(fault("kind,key,nl\na,b,c\n").text.find("'en'") != std::string::npos);
  CHECK(fault("kind,key,nl,en\na,b,c\n").text.find(":2:") != std::string::npos);
  CHECK(fault("kind,key,nl,en\na,b,c,d\na,b,e,f\n").text.find("twice") != std::string::npos);
  CHECK(fault("kind,key,nl,en\na,b,c\n").kind == ErrorKind::config);
  CHECK(error_of([&] { Labels const labels(dir.path() / "none.csv", Language::nl); }).kind == ErrorKind::config);
}

TEST_CASE("every Dutch word of the shared list is in the label table") {
  auto const path = shared("domain/labels.csv");
  if (path.empty()) return;
  std::ifstream file(path);
  std::string line;
  Labels const labels = dutch();
  std::getline(file, line);
  while (std::getline(file, line)) {
    auto const first = line.find(','), second = line.find(',', first + 1);
    INFO(line);
    CHECK(labels.has(line.substr(0, first), line.substr(first + 1, second - first - 1)));
  }
}
