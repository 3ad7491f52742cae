// Local knowledge and chosen columns in explanations.
#include "explain_support.hpp"

using namespace terrein::test;

namespace {

/// The small world with additions: what people say of A1, A2 and B1.
void add_knowledge(SmallWorld const& world) {
  write_file(world.path("a.csv"),
             "id,field,value,low,high,source,by,date\n"
             "A1,wet,0,,,veldbezoek,J. Peeters,2026-03-01\n"
             "A1,rail_m,ver,,,veldbezoek,J. Peeters,2026-03-01\n"
             "A2,wet,,0.2,0.4,gesprek,,2026-03-02\n");
  world.edit("study.toml", "[candidates]", "[additions]\nsource = \"a.csv\"\n[candidates]");
}

}  // namespace

TEST_CASE("what was set by hand is told as handmatig, with the value it replaced and what was not used") {
  SmallWorld const world;
  add_knowledge(world);
  run_world(world);
  RunResult const text = explain(world.path("result.gpkg"), "A1");
  INFO(text.out << text.err);
  CHECK(text.err.empty());
  CHECK(has(text.out, "  Met de hand ingevuld\n"));
  // For others than colleagues the result does not hold who filled it in.
  CHECK(has(flat(text.out), "* wet = 0: handmatig, bron: veldbezoek, op 2026-03-01; zonder aanvulling 1."));
  CHECK(has(flat(text.out),
            "* rail_m = ver: handmatig, bron: veldbezoek, op 2026-03-01; niet gebruikt: waarde onbruikbaar."));
  CHECK(has(text.out, "Bron: handmatig, bron: veldbezoek, op 2026-03-01"));
  CHECK(has(text.out, "25,0 van 25,0\n"));  // weight share 1/4, value 1, all known
  auto const json = json_of(world.path("result.gpkg"), "A1");
  CHECK(entry(json["measures"], "key", "wet")["manual"] == true);
  CHECK(entry(json["measures"], "key", "wet")["by"] == "handmatig: veldbezoek");
  CHECK(entry(json["measures"], "key", "rail_m")["manual"] == false);
  auto const wet = entry(json["manual"], "field", "wet"), rail = entry(json["manual"], "field", "rail_m");
  CHECK(wet["was"] == "1");
  CHECK(wet["outcome"] == "used");
  CHECK(wet["by"].is_null());
  CHECK(rail["outcome"] == "bad_value");
  CHECK(entry(json_of(world.path("result.gpkg"), "A3")["measures"], "key", "wet")["manual"] == false);
  CHECK(has(explain(world.path("result.gpkg"), "A1 --html").out, "<span class=\"hand\">handmatig</span>"));
  CHECK(world.terrein("--overwrite --audience intern").exit_code == 0);
  CHECK(has(flat(explain(world.path("result.gpkg"), "A1").out), "bron: veldbezoek, door J. Peeters, op 2026-03-01"));
}

TEST_CASE("bounds set by hand are told as the range of the measure, the value and the points") {
  SmallWorld const world;
  add_knowledge(world);
  run_world(world);
  auto const json = json_of(world.path("result.gpkg"), "A2");
  auto const wet = entry(json["measures"], "key", "wet");
  CHECK(wet["value"].is_null());
  CHECK(wet["low"] == 0.2);
  CHECK(wet["high"] == 0.4);
  auto const value = entry(json["models"][0]["criteria"], "criterion", "wet");
  CHECK(value["value_low"].get<double>() == Approx(0.6).margin(1e-12));  // 0:1|1:0
  CHECK(value["value_high"].get<double>() == Approx(0.8).margin(1e-12));
  CHECK(json["models"][0]["outcome"] == "voldoet");  // not more than half at either bound
  std::string const text = flat(explain(world.path("result.gpkg"), "A2").out);
  INFO(text);
  CHECK(
      has(text, "? wet: onbekend, tussen 20,0 % en 40,0 %; goed voor 15,0 tot 20,0 punten van 100"));  // 25 · 0.6, 0.8
  CHECK(has(text, "* wet [0.2 – 0.4]: handmatig, bron: gesprek, op 2026-03-02; zonder aanvulling 1."));
}

TEST_CASE("the mark of what was set by hand is found under another name, and no other column is taken for it") {
  SmallWorld const world;
  add_knowledge(world);
  world.edit("study.toml", "[output]", "[output]\ncolumns = [\"key\", \"own_score\", \"manual as hand\", \"val_wet\"]");
  run_world(world);
  auto const renamed = json_of(world.path("result.gpkg"), "A2");
  CHECK(renamed["table"] == "candidates");
  CHECK(entry(renamed["measures"], "key", "wet")["manual"] == true);
  world.edit("study.toml", "\"manual as hand\", \"val_wet\"", "\"val_rail_m as manual\", \"val_wet\", \"by_wet\"");
  CHECK(world.terrein("--overwrite").exit_code == 0);
  auto const taken = json_of(world.path("result.gpkg"), "A2");
  CHECK(entry(taken["measures"], "key", "rail_m")["value"] == 200);
  CHECK(entry(taken["measures"], "key", "wet")["manual"] == true);  // by_wet says so
  CHECK(entry(taken["measures"], "key", "rail_m")["manual"] == false);
}

TEST_CASE("what the layer does not hold is said and not guessed; excluded candidates hold everything") {
  SmallWorld const world;
  world.edit("study.toml", "file = \"result.gpkg\"",
             "file = \"result.gpkg\"\nlayer = \"land\"\ncolumns = [\"key\", \"own_outcome\", \"own_completeness\", "
             "\"own_v_rail_m\"]");
  run_world(world);
  auto const told = json_of(world.path("result.gpkg"), "C1");
  CHECK(told["table"] == "land");
  auto const& model = told["models"][0];
  CHECK(model["score"].is_null());
  CHECK(model["rules"][0]["result"].is_null());
  CHECK(entry(told["measures"], "key", "wet")["shown"] == false);
  for (auto const& one : model["criteria"]) CHECK(one["shown"] == (one["criterion"] == "rail_m"));
  RunResult const text = explain(world.path("result.gpkg"), "C1");
  INFO(text.out);
  CHECK(has(flat(text.out), "Niet te tonen, omdat [output] columns van de studie deze kolommen weglaat"));
  CHECK(has(text.out, "Score: niet in het resultaat ([output] columns).\n"));
  CHECK(has(text.out, "dry: niet in het resultaat ([output] columns)\n"));
  CHECK_FALSE(has(explain(world.path("result.gpkg"), "C1 --html").out, "geen rang"));  // it may well have one
  auto const excluded = json_of(world.path("result.gpkg"), "A1");
  CHECK(excluded["left_out"].empty());
  CHECK(excluded["models"][0]["rules"][0]["result"] == "fail");
}
