// What is planted in the bundled study for freight and access: values computed from the layers with other programs, or
// by hand (datasets/demo/README.md).
#include <filesystem>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace {

constexpr char const* sections = R"(
[criteria.try_gates]
measure = "gates"
roads = "roads"
[criteria.try_how]
measure = "gate_class"
roads = "roads"
[criteria.try_s]
measure = "network_time"
layer = "freight_terminals"
classes = ["barge"]
roads = "roads"
[criteria.try_m]
measure = "network_distance"
layer = "freight_terminals"
classes = ["barge"]
roads = "roads"
[criteria.try_gates_m]
measure = "network_distance"
layer = "freight_terminals"
classes = ["barge"]
roads = "roads"
join = "gates"
[criteria.try_village]
measure = "network_passage"
layer = "ramps"
roads = "roads"
zones = "zoning"
zone_classes = ["housing"]

[chains.try]
destinations = "ports"
roads = "roads"
terminals = "freight_terminals"
shown = 0
[chains.try.barge]
network = "canals"
quays = "quays"
[chains.try.rail]
network = "train_lines"
)";

struct Chain {
  char const* column;
  char const* measure;
  char const* by;
  char const* to;
};
constexpr Chain chains[] = {{"quay_sea", "chain_cost", "own_quay", "ZEE"}, {"barge_sea", "chain_cost", "barge", "ZEE"},
                            {"barge_co2", "chain_co2", "barge", "ZEE"},    {"rail_sea", "chain_cost", "rail", "ZEE"},
                            {"rail_east", "chain_cost", "rail", "OOST"},   {"road_sea", "chain_cost", "road", "ZEE"}};

class DemoWithFreight {
 public:
  DemoWithFreight() {
    std::filesystem::path const bundled = std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets/demo";
    std::filesystem::copy_file(bundled / "kanaalveld.gpkg", dir_.path() / "kanaalveld.gpkg");
    for (char const* folder : {"weights", "scenarios"}) std::filesystem::copy(bundled / folder, dir_.path() / folder);
    std::string study = read_file(bundled / "study.toml") + sections;
    for (Chain const& one : chains)
      study += std::string("[criteria.try_") + one.column + "]\nmeasure = \"" + one.measure +
               "\"\nchains = \"try\"\nby = [\"" + one.by + "\"]\nto = [\"" + one.to + "\"]\n";
    write_file(dir_.path() / "study.toml", study);
    result_ = run(std::string(TERREIN_PROGRAM) + " run " + (dir_.path() / "study.toml").string() +
                  " --set output.file=" + file().string());
  }
  [[nodiscard]] std::filesystem::path file() const { return dir_.path() / "result.gpkg"; }
  [[nodiscard]] RunResult const& result() const { return result_; }

 private:
  TempDir dir_;
  RunResult result_;
};

DemoWithFreight const& with_freight() {
  static DemoWithFreight const one;
  return one;
}

/// Column `try_<name>` of the candidate.
class Values {
 public:
  Values(Database const& db, std::string capakey) : db_(db), capakey_(std::move(capakey)) {}
  [[nodiscard]] std::string text(std::string const& column) const {
    return db_.one("SELECT " + column + " FROM candidates WHERE capakey = '" + capakey_ + "'");
  }
  [[nodiscard]] double number(std::string const& name) const { return std::stod(text("val_try_" + name)); }
  [[nodiscard]] std::string how() const { return text("val_try_how"); }
  [[nodiscard]] std::string by(std::string const& name) const { return text("by_try_" + name); }

 private:
  Database const& db_;
  std::string capakey_;
};

}  // namespace

TEST_CASE("planted cases of freight and access come out as computed elsewhere", "[pipeline][demo]") {
  DemoWithFreight const& demo = with_freight();
  INFO(demo.result().err << demo.result().out);
  REQUIRE(demo.result().exit_code == 0);
  Database const db(demo.file());

  SECTION("no parcel is served across the canal") {
    Values const works(db, "98101A0088/00B000");
    CHECK(works.number("gates") == 2);
    CHECK(works.by("gates") == "142");  // Kanaalstraat, on its own bank
    CHECK(works.number("m") == Approx(3399.6).margin(0.1));
    CHECK(works.number("gates_m") < 700);
    Values const barred(db, "98101A0087/00B000");
    CHECK(barred.number("gates") == 0);
    CHECK(barred.how() == "barred");
    CHECK(barred.text("val_try_gates_m") == "NULL");
    Values const north(db, "98102D0191/00A000");
    CHECK(north.number("gates") == 2);
    CHECK(north.by("gates") == "27");  // Stationssteenweg, though Fabrieksstraat is nearer
  }
  SECTION("nearer is not sooner") {
    Values const field(db, "98101A0102/00A000");
    CHECK(field.number("s") == Approx(325.7).margin(0.1));
    CHECK(field.by("s") == "KANAALVELD");
    CHECK(field.number("m") == Approx(1968.9).margin(0.1));
    CHECK(field.by("m") == "WEST");
    // The quay of Kanaalveld, the only exact one of `terminals`: 3366 m in this time; the shortest way takes 8.74 min.
    CHECK(std::stod(Values(db, "98101B0246/00A000").text("val_barge_min")) == Approx(5.587).margin(0.001));
  }
  SECTION("the fastest way avoids the village, or goes through it") {
    CHECK(Values(db, "98101A0198/00_000").number("village") == Approx(143.8).margin(0.1));  // the shortest: 528 m
    CHECK(Values(db, "98101A0166/00_000").number("village") == Approx(949.6).margin(0.1));
  }
  SECTION("land bound to water") {
    for (auto const& [capakey, expected] : {std::pair{"98102E0132/00B000", "effectief"},
                                            {"98102E0133/00A000", "effectief"},
                                            {"98102E0129/00A000", "in naam"},
                                            {"98102E0134/00A000", "vermoedelijk in naam"},
                                            {"98101D0152/00_000", "vermoedelijk in naam"},
                                            {"98101A0088/00B000", "vermoedelijk in naam"},
                                            {"98102E0115/00B000", "onbekend"}}) {
      INFO(capakey);
      CHECK(db.one(std::string("SELECT bound_class FROM water_bound WHERE candidate = '") + capakey + "'") == expected);
    }
    // The three plots on offer are suitable; the areas are those of the parcels.
    CHECK(db.number("SELECT shortage_ha FROM water_bound_sums WHERE kind = 'total'") ==
          Approx(25 - 17.6554).margin(0.001));
    CHECK(db.one("SELECT reasons FROM water_bound WHERE candidate = '98102E0134/00A000'").find("67 %") !=
          std::string::npos);
  }
  SECTION("what is told of terminals stands beside the chains") {
    std::string const of =
        " FROM chains WHERE candidate = '98102E0115/00B000' AND destination = 'OOST' AND chain_kind = ";
    CHECK(db.one("SELECT terminal || ' ' || CAST(terminal_capacity AS INTEGER) || ' ' || terminal_hours" + of +
                 "'rail'") == "SPOOR 30000 Mo-Sa 05:00-22:00");
    CHECK(db.one("SELECT to_terminal || ' ' || CAST(to_terminal_capacity AS INTEGER) || ' ' || to_terminal_hours" + of +
                 "'rail'") == "OOSTSPOOR 50000 Mo-Su 00:00-24:00");
    CHECK(db.number("SELECT train_m" + of + "'rail'") == 650);        // 650 m of track here, 750 m there
    CHECK(db.one("SELECT train_m" + of + "'own_siding'") == "NULL");  // of the siding nobody tells
    CHECK(db.one("SELECT train_m" + of + "'barge'") == "NULL");
  }
  SECTION("chains by hand") {
    CHECK(Values(db, "98102E0115/00B000").number("quay_sea") == Approx(2.45).margin(0.01));
    Values const field(db, "98101A0102/00A000");
    CHECK(field.number("barge_sea") == Approx(14.8814).margin(0.0001));
    CHECK(field.by("barge_sea") == "WEST");
    CHECK(field.by("barge_co2") == "KANAALVELD");  // the long way of class IV
    CHECK(field.number("rail_sea") == Approx(16.6440).margin(0.0001));
    CHECK(field.number("rail_east") == Approx(27.6922).margin(0.0001));
    CHECK(field.number("road_sea") == Approx(19.4034).margin(0.0002));
  }
}

TEST_CASE("The manual of chains tells the numbers of the bundled study") {
  Database const db(with_freight().file());
  std::string const page = read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/chains.md");
  auto const rows = db.rows(
      "SELECT chain_kind, printf('%.2f', cost_euro_t) AS euro, printf('%.2f–%.2f', cost_low, cost_high) AS range, "
      "printf('%.2f', time_h) AS hours, printf('%.2f', co2_kg_t) AS kg, printf('%.1f', coalesce(main_km, truck_km)) AS "
      "km "
      "FROM chains WHERE chains = 'container' AND candidate = '98102E0115/00B000' AND destination = 'ZEE'");
  REQUIRE(rows.size() == 5);
  for (auto const& row : rows) {
    std::string const kind = "| `" + *row.at("chain_kind") + "` | ";
    auto const from = page.find(kind + (kind == "| `road` | "    ? "111"
                                        : kind == "| `barge` | " ? "2.7"
                                        : kind == "| `rail` | "  ? "1.2"
                                                                 : ""));
    INFO(kind);
    REQUIRE(from != std::string::npos);
    std::string const line = page.substr(from, page.find('\n', from) - from);
    CHECK(line.ends_with(
        fmt::format(" | {} | {} | {} | {} |", *row.at("euro"), *row.at("range"), *row.at("hours"), *row.at("kg"))));
    CHECK(line.find(*row.at("km") + " km") != std::string::npos);
  }
  auto const saved = db.rows(
      "SELECT printf('%.2f', val_euro_saved) AS euro, printf('%.2f', val_co2_saved) AS kg FROM "
      "candidates WHERE capakey = '98102E0115/00B000'");
  REQUIRE(saved.size() == 1);
  CHECK(page.find("= " + *saved[0].at("euro") + " €/t") != std::string::npos);
  CHECK(page.find(*saved[0].at("kg") + " kg/t") != std::string::npos);
}
