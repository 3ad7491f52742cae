// docs/criteria.md names every measure, effect of a rule and kind of value function, each with its picture.
#include <filesystem>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/decision/value_function.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

void check_row(std::string const& manual, std::string const& picture, std::string const& name) {
  std::string const file = "images/criteria/" + picture + name + ".svg";
  INFO(name);
  CHECK(manual.find("| ![](" + file + ") | `" + name + "` |") != std::string::npos);
  CHECK(std::filesystem::exists(std::filesystem::path(TERREIN_SOURCE_DIR) / "docs" / file));
}

}  // namespace

TEST_CASE("The manual of criteria has a row and a picture for everything that a study can name") {
  std::string const manual = read_file(std::filesystem::path(TERREIN_SOURCE_DIR) / "docs/criteria.md");
  for (CriterionKind const& kind : criterion_kinds()) check_row(manual, "", std::string(kind.name));
  for (RuleEffect const effect : {RuleEffect::exclude, RuleEffect::condition, RuleEffect::cut, RuleEffect::inform})
    check_row(manual, "rule_", std::string(to_string(effect)));
  using enum ValueKind;
  for (ValueKind const kind : {piecewise, sigmoid, cosine, gaussian, exponential, categorical, minmax})
    check_row(manual, "value_", std::string(to_string(kind)));
  check_row(manual, "value_", "linear");  // the short way to write two points
}
