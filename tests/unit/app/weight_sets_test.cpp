// Files of weights: every form against weights worked by hand, every fault told at its key.
#include "app/weight_sets.hpp"

#include <algorithm>
#include <fstream>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using test::write_file;

namespace {

/// A model with weights 50, 30 and 20.
ModelConfig model_abc() {
  ModelConfig out;
  out.key = "m";
  for (auto const& [criterion, weight] : {std::pair{"a", 50.0}, {"b", 30.0}, {"net_c_m", 20.0}}) {
    ModelCriterion one;
    one.criterion = criterion;
    one.weight = weight;
    out.criteria.push_back(one);
  }
  return out;
}

struct Read {
  std::optional<GivenWeights> given;
  std::vector<std::string> problems;
};

Read read(std::string const& text, DataWeightsAllowed data = DataWeightsAllowed::no) {
  TomlFile const file("name = \"Raad\"\ndate = 2026-05-04\n[models.m]\n" + text, "raad.toml", {});
  Problems problems;
  TomlTable root(file, problems);
  WeightsHead const head = read_weights_head(root, "raad", true);
  Read out;
  out.given = read_weight_set(root.table("models").table("m"), file, head, model_abc(), data);
  root.finish();
  out.problems = problems.texts();
  return out;
}

void check_near(std::vector<double> const& found, std::vector<double> const& wanted) {
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(found[i] == Approx(wanted[i]).margin(1e-12));
}

void check_set(std::string const& text, Elicitation how, std::vector<double> const& shares,
               std::vector<double> const& written) {
  INFO(text);
  Read const found = read(text);
  CHECK(found.problems == std::vector<std::string>{});
  REQUIRE(found.given);
  CHECK(found.given->set.how == how);
  check_near(found.given->set.weights, shares);
  check_near(found.given->written, written);
}

/// The problems of a text, joined; one that gives weights all the same is a fault of the test.
std::string faults(std::string const& text, DataWeightsAllowed data = DataWeightsAllowed::no) {
  Read const found = read(text, data);
  CHECK_FALSE(found.problems.empty());
  return join(found.problems, "\n");
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every form of weights gives what hand arithmetic gives", "[app][unit]") {
  // Named ones take the place of those of the model, on its scale: 50, 10, 20 of 80.
  check_set("weights = { b = 10 }", Elicitation::direct, {0.625, 0.125, 0.25}, {50, 10, 20});
  check_set("weights = { b = 10 }\nwithout = [\"net_c_m\"]", Elicitation::direct, {5.0 / 6, 1.0 / 6, 0}, {50, 10, 0});
  check_set("weights = { b = 10 }\nwithout = \"*\"", Elicitation::direct, {0, 1, 0}, {0, 10, 0});
  // Rank order centroid of three: 11/18, 5/18, 2/18; equals share the mean of their ranks.
  check_set("ranking = [\"b\", \"a\", \"net_c_m\"]", Elicitation::rank_order, {5.0 / 18, 11.0 / 18, 2.0 / 18},
            {500.0 / 18, 1100.0 / 18, 200.0 / 18});
  check_set("ranking = [\"a\", [\"b\", \"net_c_m\"]]\nby = \"rank_order\"", Elicitation::rank_order,
            {11.0 / 18, 3.5 / 18, 3.5 / 18}, {1100.0 / 18, 350.0 / 18, 350.0 / 18});
  check_set("ranking = [\"a\", \"b\", \"net_c_m\"]\nby = \"rank_sum\"", Elicitation::rank_sum, {0.5, 1.0 / 3, 1.0 / 6},
            {50, 100.0 / 3, 100.0 / 6});
  check_set("ranking = [\"a\", \"b\", \"net_c_m\"]\nby = \"rank_reciprocal\"", Elicitation::rank_reciprocal,
            {6.0 / 11, 3.0 / 11, 2.0 / 11}, {600.0 / 11, 300.0 / 11, 200.0 / 11});
  check_set("swing = { a = 100, b = 60, net_c_m = 40 }", Elicitation::swing, {0.5, 0.3, 0.2}, {50, 30, 20});
  // a is twice b, b three times c: 6, 3, 1, whichever way it is written and by either method.
  for (char const* by : {"eigenvector", "geometric_mean"}) {
    std::string const pairs = "pairs = [[\"a\", \"b\", 2], [\"net_c_m\", \"b\", \"1/3\"]]\nby = \"" + std::string(by);
    check_set(pairs + "\"",
              by == std::string("eigenvector") ? Elicitation::ahp_eigenvector : Elicitation::ahp_geometric_mean,
              {0.6, 0.3, 0.1}, {60, 30, 10});
  }
  // Judgements that agree: a is 2 b and 4 c, b is 2 c.
  check_set("best = \"a\"\nworst = \"net_c_m\"\nto_best = { b = 2, net_c_m = 4 }\nto_worst = { b = 2 }",
            Elicitation::best_worst, {4.0 / 7, 2.0 / 7, 1.0 / 7}, {400.0 / 7, 200.0 / 7, 100.0 / 7});
  check_set("best = \"a\"\nworst = \"net_c_m\"\nto_best = { b = 2 }\nto_worst = { a = 4, b = 2 }",
            Elicitation::best_worst, {4.0 / 7, 2.0 / 7, 1.0 / 7}, {400.0 / 7, 200.0 / 7, 100.0 / 7});
}

TEST_CASE("a criterion that the study named after its model is called by its own name too", "[app][unit]") {
  check_set("ranking = [\"net_c\"]\nwithout = \"*\"", Elicitation::rank_order, {0, 0, 1}, {0, 0, 100});
  check_set("weights = { net_c = 5 }\nwithout = [\"a\"]", Elicitation::direct, {0, 6.0 / 7, 1.0 / 7}, {0, 30, 5});
  check_set("swing = { a = 1, b = 1 }\nwithout = [\"net_c\"]", Elicitation::swing, {0.5, 0.5, 0}, {50, 50, 0});
}

TEST_CASE("intervals of swing points become the ranges of weights", "[app][unit]") {
  Read const found = read("swing = { a = 100, b = [60, 80], net_c_m = 20 }");
  REQUIRE(found.given);
  check_near(found.given->set.weights, {100.0 / 190, 70.0 / 190, 20.0 / 190});
  check_near(found.given->set.low, {100.0 / 200, 60.0 / 180, 20.0 / 200});
  check_near(found.given->set.high, {100.0 / 180, 80.0 / 200, 20.0 / 180});
  ModelConfig model = model_abc();
  model.adopted_by = "x";
  take_weights(*found.given, model);
  CHECK(model.adopted_by.empty());
  CHECK(model.criteria[1].weight == Approx(7000.0 / 190));
  CHECK(model.scoring.weight_ranges.at("b")[0] == Approx(6000.0 / 180));
  CHECK(model.scoring.weight_ranges.at("b")[1] == Approx(8000.0 / 200));
  CHECK(read("swing = { a = 100, b = 60, net_c_m = 20 }").given->set.low.empty());
}

TEST_CASE("judgements that contradict each other are taken, and said to", "[app][unit]") {
  // Around a, b, c: 2 · 3 against 1, a factor of 6.
  Read const found = read("pairs = [[\"a\", \"b\", 2], [\"b\", \"net_c_m\", 3], [\"a\", \"net_c_m\", 1]]");
  REQUIRE(found.given);
  REQUIRE(found.given->set.consistency);
  CHECK(*found.given->set.consistency->ratio > 0.1);
  for (char const* criterion : {"'a'", "'b'", "'net_c_m'"})
    CHECK(has(found.given->set.consistency->words.nl, criterion));
  Read const bwm = read("best = \"a\"\nworst = \"net_c_m\"\nto_best = { b = 3, net_c_m = 4 }\nto_worst = { b = 3 }");
  REQUIRE(bwm.given);
  // |3 · 3 - 4| / (16 - 4)
  CHECK(*bwm.given->set.consistency->ratio == Approx(5.0 / 12));
}

TEST_CASE("who adopted a set stands at its head, or with the model", "[app][unit]") {
  auto const adopted = [](std::string const& head, std::string const& own) {
    TomlFile const file("name = \"x\"\ndate = 2026-01-01\n" + head + "[models.m]\nweights = { a = 1 }\n" + own, "f",
                        {});
    Problems problems;
    TomlTable root(file, problems);
    WeightsHead const of_all = read_weights_head(root, "f", true);
    auto const given =
        read_weight_set(root.table("models").table("m"), file, of_all, model_abc(), DataWeightsAllowed::no);
    return (given ? given->set.adopted_by + " " + given->set.adopted_on : "-") + join(problems.texts(), "");
  };
  std::string const council = "adopted_by = \"Raad\"\nadopted_on = 2026-02-03\n";
  CHECK(adopted("", "") == " ");
  CHECK(adopted(council, "") == "Raad 2026-02-03");
  CHECK(adopted("", council) == "Raad 2026-02-03");
  CHECK(adopted(council, "adopted_by = \"College\"\nadopted_on = 2026-03-04\n") == "College 2026-03-04");
  CHECK(has(adopted("adopted_by = \"Raad\"\n", ""), "`adopted_by` and `adopted_on` go together"));
}

TEST_CASE("weights from data are for stakeholders only, and wait for the data", "[app][unit]") {
  CHECK(has(faults("from_data = \"entropy\""), "describe the data, not policy"));
  CHECK(has(faults("from_data = \"pca\"", DataWeightsAllowed::yes), "'pca' is neither entropy nor critic"));
  Read const found = read("from_data = \"critic\"\nwithout = [\"b\"]", DataWeightsAllowed::yes);
  CHECK(found.problems.empty());
  REQUIRE(found.given);
  CHECK(found.given->set.how == Elicitation::critic);
  CHECK(found.given->set.weights == std::vector<double>{1, 0, 1});
  CHECK(found.given->written.empty());
}

TEST_CASE("faults of a set of weights name the key and what to do", "[app][unit]") {
  for (auto const& [text, part] : std::initializer_list<std::pair<char const*, char const*>>{
           {"", "gives no weights"},
           {"weights = { a = 1 }\nswing = { a = 1 }", "choose between weights and swing"},
           {"weights = { d = 1 }", "no criterion 'd'"},
           {"weights = { a = -1 }", "weight '-1'"},
           {"weights = { a = \"x\" }", "expected a number, found text"},
           {"weights = 3", "expected a table"},
           {"weights = { a = 0, b = 0, net_c_m = 0 }", "the sum must be a number above 0"},
           {"weights = { a = 1 }\nby = \"rank_sum\"", "unknown key"},
           {"weights = { a = 1 }\nwithout = [\"a\"]", "is left out by `without`"},
           {"weights = { a = 1 }\nwithout = [\"q\"]", "no criterion 'q'"},
           {"weights = {}\nwithout = \"*\"", "leaves out every criterion"},
           {"ranking = []", "expected a list of criteria"},
           {"ranking = \"a\"", "expected a list of criteria"},
           {"ranking = [\"a\", 3]", "found 3"},
           {"ranking = [\"a\", \"b\"]", "says nothing of net_c_m"},
           {"ranking = [\"a\", \"b\", \"a\", \"net_c_m\"]", "twice"},
           {"ranking = [\"a\", [], \"b\", \"net_c_m\"]", "place 2"},
           {"ranking = [\"a\", \"b\", \"net_c_m\"]\nby = \"roc\"", "not one of rank_order, rank_sum, rank_reciprocal"},
           {"swing = { a = 1, b = [2, 1], net_c_m = 1 }", "write the smaller number first"},
           {"swing = { a = 1, b = [1], net_c_m = 1 }", "expected points"},
           {"swing = { a = 1, b = inf, net_c_m = 1 }", "expected points"},
           {"swing = { a = 0, b = 0, net_c_m = 0 }", "no points at all"},
           {"swing = { a = 1 }", "says nothing of b, net_c_m"},
           {"pairs = [[\"a\", \"b\"]]", "found [\"a\",\"b\"]"},
           {"pairs = [[\"a\", \"b\", \"1/0\"]]", "how many times as important"},
           {"pairs = [[\"a\", \"b\", \"veel\"]]", "how many times as important"},
           {"pairs = [[\"a\", \"b\", -2], [\"b\", \"net_c_m\", 1]]", "-2"},
           {"pairs = [[\"a\", \"b\", 2]]", "says nothing of net_c_m"},
           {"pairs = [[\"a\", \"b\", 2], [\"b\", \"a\", 2], [\"a\", \"net_c_m\", 1]]", "'a'"},
           {"pairs = 1", "expected a list of judgements"},
           {"pairs = [[\"a\", \"b\", 2], [\"b\", \"net_c_m\", 1]]\nby = \"ahp\"", "not one of eigenvector"},
           {"best = \"a\"", "`worst`"},
           {"to_best = { b = 2 }", "is missing"},
           {"best = \"a\"\nworst = \"a\"\nto_best = { b = 2, net_c_m = 2 }\nto_worst = { b = 2, net_c_m = 2 }",
            "choose two different ones"},
           {"best = \"a\"\nworst = \"b\"\nto_best = { b = 2 }\nto_worst = { net_c_m = 2 }", "says nothing of net_c_m"},
           {"best = \"a\"\nworst = \"b\"\nto_best = { b = 2, net_c_m = 1 }\nto_worst = { a = 3, net_c_m = 2 }",
            "as 2 and as 3"},
           {"from_data = 1", "expected text"},
           {"weights = { a = 1 }\nlabel = \"x\"", "label: unknown key"}}) {
    INFO(text);
    std::string const told = faults(text);
    INFO(told);
    CHECK(has(told, part));
    CHECK(has(told, "raad.toml"));
  }
  // What can be told at once is told at once, each at its key.
  std::string const all = faults("swing = { x = 1, b = \"veel\", a = 2 }\nadopted_by = \"Raad\"\nkleur = 1");
  for (char const* part : {"models.m.swing.x: ", "models.m.swing.b: ", "adopted_on", "models.m.kleur: unknown key"})
    CHECK(has(all, part));
}

namespace {

/// A study over a layer that is not opened, with a file of weights.
class WeightsStudy {
 public:
  explicit WeightsStudy(std::string const& weights) {
    write_file(dir_.path() / "raad.toml", weights);
    write_file(dir_.path() / "study.toml", R"([candidates]
layer = "p"
[layers.p]
source = "p.gpkg"
[criteria.a]
measure = "gross_area"
[criteria.b]
measure = "inscribed_diameter"
[models.m]
[models.m.values.a]
points = "0:0|1:1"
[models.m.values.b]
points = "0:0|1:1"
[models.rules_only]
[output]
file = "r.gpkg"
)");
  }
  [[nodiscard]] Study load(std::vector<std::string> const& set) const {
    return load_study(dir_.path() / "study.toml", set, data_folders());
  }
  [[nodiscard]] std::string fault(std::vector<std::string> const& set) const {
    return test::error_of([&] { static_cast<void>(load(set)); }).text;
  }
  [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_.path() / name; }

 private:
  test::TempDir dir_;
};

char const* const good_weights =
    "name = \"Raad\"\nlabel_en = \"Council\"\ndate = 2026-05-04\nadopted_by = \"Gemeenteraad\"\nadopted_on = "
    "2026-05-04\n[models.m]\nweights = { a = 1, b = 3 }\n";

}  // namespace

TEST_CASE("a study takes the weights of a model from a file, and those who have a say theirs", "[app][unit]") {
  WeightsStudy const files(good_weights);
  Study const study = files.load({"models.m.weights_file=raad.toml", "stakeholders.x.weights=${what}.toml", "what=raad",
                                  "stakeholders.x.share=2", "stakeholders.x.label_nl=Iks"});
  ModelConfig const& model = study.models[0];
  CHECK(model.criteria[0].weight == 1);
  CHECK(model.criteria[1].weight == 3);
  CHECK(model.adopted_by == "Gemeenteraad");
  CHECK(model.adopted_on == "2026-05-04");
  REQUIRE(weight_set_of(model) != nullptr);
  CHECK(weight_set_of(model)->label_en == "Council");
  CHECK(weight_set_of(study.models[1]) == nullptr);
  CHECK(model.scoring.weights_file.sha256 == sha256_of_file(files.path("raad.toml")));
  REQUIRE(study.stakeholders.size() == 1);
  StakeholderSpec const& one = study.stakeholders[0];
  CHECK(one.share == 2);
  CHECK(one.label_nl == "Iks");
  CHECK(one.label_en == "Council");
  CHECK(one.weights.sets.at("m").weights == std::vector<double>{0.25, 0.75});
  auto const all = weights_files(study);
  REQUIRE(all.size() == 2);
  CHECK(all[0].first == "models.m.weights_file");
  CHECK(all[1].first == "stakeholders.x.weights");
}

TEST_CASE("faults of files of weights are faults of the study, told with the others", "[app][unit]") {
  std::string const file = "models.m.weights_file=raad.toml";
  auto const with = [](std::string const& weights, std::vector<std::string> const& set) {
    return WeightsStudy(weights).fault(set);
  };
  CHECK(has(with(good_weights, {"models.m.weights_file=nergens.toml"}), "nergens.toml' cannot be opened"));
  CHECK(has(with(good_weights, {"models.m.weights_file=."}), "cannot be opened"));
  CHECK(has(with("x = [", {file}), "not valid TOML"));
  CHECK(has(with(good_weights, {file, "models.m.weights.a=1"}), "stands in the file of weights as well"));
  CHECK(has(with(good_weights, {file, "models.m.adopted_by=x", "models.m.adopted_on=2026-01-01"}),
            "models.m.adopted_by: stands in the file"));
  CHECK(has(with(good_weights, {"models.rules_only.weights_file=raad.toml"}), "has no weights for model 'rules_only'"));
  CHECK(has(with("name = \"x\"\ndate = 2026-01-01\n[models.rules_only]\nweights = { a = 1 }\n",
                 {"models.rules_only.weights_file=raad.toml"}),
            "scores nothing"));
  CHECK(has(with("name = \"x\"\ndate = 2026-01-01\n[models.n]\nweights = { a = 1 }\n", {file}), "no model 'n'"));
  CHECK(has(with("name = \"x\"\ndate = 2026-01-01\n", {file}), "The study has m, rules_only"));
  CHECK(has(with(good_weights, {"stakeholders.spread.weights=raad.toml"}), "rank_spread"));
  CHECK(has(with(good_weights, {"stakeholders.x.label=x"}), "stakeholders.x.weights: is missing"));
  CHECK(has(with(good_weights, {"stakeholders.x.weights=raad.toml", "stakeholders.x.share=0"}), "must be above 0"));
  std::string const all = with("colour = 1\n[models.m]\nranking = [\"a\"]\n",
                               {file, "study.language=fr", "stakeholders.x.weights=raad.toml"});
  for (char const* part : {"name: is missing", "date: is missing", "colour: unknown key", "models.m.ranking",
                           "says nothing of b", "neither nl nor en"}) {
    INFO(all << "\nlacks " << part);
    CHECK(has(all, part));
  }
}
