// Which road serves land along water, railways and a motorway, where the map says which side is the right one.
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace fs = std::filesystem;

namespace {

/// A square of 10 m around (x, y), beside something that bars the way.
struct Place {
  char const* name;
  double x, y;
  char const* road;    ///< OSM id of the nearest road on the same side; null where there is none
  char const* street;  ///< its name, if it has one
  char const* across;  ///< OSM id of the nearest road of all, on the other side
};

// Squares 12 m outside a bank or a track, 22 m beside an axis of the motorway, taken at every 60 or 80 m of it. Sides
// were told in Python, over coordinates that ogr2ogr wrote: the straight way from the middle of the square to the
// nearest point of `across` cuts the line of the canal, river, railway or motorway (or a bank of the Oude Schelde, the
// Oude Kanaalarm), that to `road` cuts nothing; and the sides of the nearest piece of axis are those written here
// (canal and rivers as they flow or are drawn: L left, R right). The towns are those of vlaanderen_gebieden.gpkg in
// which square and road lie.
Place const beside[] = {
    // The canal. Noordelijk Eiland (R) lies between it and the Rupel; Wintam lies on the other bank (L).
    {"Noordelijk Eiland before Jozef Van Herbruggenstraat", 145485, 199755, nullptr, nullptr, "23196664"},
    {"Noordelijk Eiland before Frans De Laetstraat", 145787, 199309, nullptr, nullptr, "113560234"},
    {"Nijverheidstraat, canal bank (R)", 148182, 197930, "65180692", "Nijverheidstraat", "100199084"},
    {"Nijverheidstraat, yard on the canal (R)", 148350, 197793, "142600168", nullptr, "100199084"},
    {"Ruisbroek, canal bank (L)", 148372, 197553, "100199084", nullptr, "142600168"},
    // The Rupel. Niel and Schelle lie on its right bank, Bornem on its left.
    {"Niel, bank before Oude Sluisweg of Bornem", 146316, 199452, nullptr, nullptr, "39368093"},
    {"Noordelijk Eiland (Bornem) before Schelle", 145848, 200831, nullptr, nullptr, "24226684"},
    // Old arms.
    {"Oude Sluisweg, Oude Kanaalarm", 146269, 199098, "27229549", "Oude Sluisweg", "18796085"},
    {"Binnendijkstraat, Oude Schelde", 139839, 199651, "31742936", "Binnendijkstraat", "229700102"},
    // An island, in the hole of multipolygon 4037309: its corners lie within the inner ring.
    {"Island in Temse before Tekenaarslaan", 138458, 201586, nullptr, nullptr, "149815105"},
    // The Scheldt bridge, behind the railway that runs beside it.
    {"Buitenland, Scheldebrug", 139681, 201043, "31692928", "Buitenland", "24906755"},
    // Railways.
    {"Puursesteenweg, before Pedro Colomalaan", 142431, 197433, "23127947", "Puursesteenweg", "23127935"},
    {"Lindestraat, before Molenveldweg", 141425, 198346, "28157949", "Lindestraat", "254649007"},
    {"A. Tersagostraat, before Seinhuiskaai", 143660, 196469, "23803172", "A. Tersagostraat", "313577812"},
    {"Frans Cretenlaan, before Provinciale Steenweg", 148002, 201849, "24215676", "Frans Cretenlaan", "306819072"},
    {"Consciencestraat, before Witte Gevelstraat", 147920, 201216, "50556717", "Consciencestraat", "50556716"},
    // Motorway A12, the border of Willebroek (east) and Puurs.
    {"Glooistraat (Willebroek), before Kreweg (Puurs)", 148073, 194726, "240253406", "Glooistraat", "15695484"},
    {"Kreweg (Puurs), before Willebroek", 147986, 194585, "15695484", "Kreweg", "240253453"},
    {"Rijweg (Puurs), before Willebroek", 147909, 194330, "15693543", "Rijweg", "24231751"},
    {"Storystraat (Puurs), before Willebroek", 147620, 193411, "15693539", "Storystraat", "156980522"},
};

void write_squares(fs::path const& file) {
  auto features = nlohmann::json::array();
  for (Place const& one : beside) {
    double const w = one.x - 5, e = one.x + 5, s = one.y - 5, n = one.y + 5;
    features.push_back(
        {{"type", "Feature"},
         {"properties", {{"name", one.name}}},
         {"geometry", {{"type", "Polygon"}, {"coordinates", {{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}}}}}});
  }
  write_file(file,
             nlohmann::json{{"type", "FeatureCollection"},
                            {"crs", {{"type", "name"}, {"properties", {{"name", "urn:ogc:def:crs:EPSG::31370"}}}}},
                            {"features", features}}
                 .dump());
}

/// The result of tests/real/gates.toml with one of its layers as candidates, and a line more on where gates may be.
class Outcome {
 public:
  Outcome(fs::path const& osm, std::string const& places, std::string const& rule = {}) {
    write_squares(dir_.path() / "beside.geojson");
    std::string study = read_file(fs::path(TERREIN_SOURCE_DIR) / "tests/real/gates.toml");
    auto const put = [&study](std::string const& old, std::string const& text) {
      auto const at = study.find(old);
      REQUIRE(at != std::string::npos);
      study.replace(at, old.size(), text);
    };
    put("[candidates]\nlayer = \"named\"", "[candidates]\nlayer = \"" + places + "\"");
    put("[layers.roads.gates]", "[layers.roads.gates]\n" + rule);
    write_file(dir_.path() / "gates.toml", study);
    result = run(std::string(TERREIN_PROGRAM) + " run " + (dir_.path() / "gates.toml").string() +
                 " --set osm=" + osm.string());
  }
  [[nodiscard]] fs::path file() const { return dir_.path() / "gates.gpkg"; }
  /// Class, number of gates, id and name of the road at the nearest; then the road as if nothing barred the way.
  [[nodiscard]] Database::Row of(std::string const& name) const {
    auto const rows = Database(file()).rows(
        "SELECT val_access, val_gates, by_gates, r.name AS street, by_gates_anyhow FROM candidates AS c LEFT JOIN "
        "roads "
        "AS r ON r.osm_id = by_gates WHERE c.name = '" +
        name + "'");
    REQUIRE(rows.size() == 1);
    return rows[0];
  }

  RunResult result;

 private:
  TempDir dir_;
};

std::optional<std::string> text(char const* value) {
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

TEST_CASE("Land along canal, rivers, railways and motorway is served from its own side", "[real]") {
  auto const osm = shared("data/osm/puurs-bornem-willebroek.osm.pbf");
  if (osm.empty()) return;
  Outcome const outcome(osm, "beside");
  INFO(outcome.result.err << outcome.result.out);
  REQUIRE(outcome.result.exit_code == 0);
  for (Place const& place : beside) {
    auto row = outcome.of(place.name);
    INFO(place.name);
    CHECK(row["val_access"] == (place.road == nullptr ? "barred" : "gate"));
    CHECK(row["by_gates"] == text(place.road));
    CHECK(row["street"] == text(place.street));
    CHECK(row["by_gates_anyhow"] == text(place.across));  // the wrong bank, were it not for what lies between
  }
}

TEST_CASE("Named land of the map is served from its own side", "[real]") {
  auto const osm = shared("data/osm/puurs-bornem-willebroek.osm.pbf");
  if (osm.empty()) return;
  Outcome const outcome(osm, "named");
  INFO(outcome.result.err << outcome.result.out);
  REQUIRE(outcome.result.exit_code == 0);
  struct Land {
    char const *name, *road, *street, *anyhow;
  };
  // Told as above. The castle of Marnix lies in a bend of the Oude Schelde, that of Ursel in its moat: within 250 m
  // there are only roads on the other bank. Noordelijk Eiland lies between canal and Rupel, without roads. The shop
  // lies between the railway and Fabiolalaan, the factory between the railway and Pedro Colomalaan, Coeck on the Rupel
  // in Niel, the shipyard on the Scheldt in Rupelmonde. The bridge of Fort Breendonk, a way of its own, ends on the
  // fort's side.
  for (Land const& land :
       {Land{"Kasteel Marnix de Sint Aldegonde", nullptr, nullptr, "31742936"},
        Land{"Kasteel d''Ursel", nullptr, nullptr, "23196694"}, Land{"Noordelijk Eiland", nullptr, nullptr, "24227361"},
        Land{"Aldi", "27223041", "Fabiolalaan", "194534087"},
        Land{"Schulmann Plastics", "23127935", "Pedro Colomalaan", "23127935"},
        Land{"Coeck", "27202234", nullptr, "27202234"},
        Land{"Scheepswerf CNR", "145678003", "Lepelstraat", "145678003"},
        Land{"Fort Breendonk", "4882128", nullptr, "4882128"},
        Land{"Fort van Liezele", "133266986", "Fortbaan", "133266986"}}) {
    auto row = outcome.of(land.name);
    INFO(land.name);
    CHECK(row["val_access"] == (land.road == nullptr ? "barred" : "gate"));
    CHECK(row["by_gates"] == text(land.road));
    CHECK(row["street"] == text(land.street));
    CHECK(row["by_gates_anyhow"] == text(land.anyhow));
  }
  // Moats keep all other roads off. That of Liezele is open over the 5 m between its nodes at (144151, 195260) and
  // (144157, 195258), before the entrance.
  CHECK(outcome.of("Fort Breendonk")["val_gates"] == "1.0");
  CHECK(outcome.of("Fort van Liezele")["val_gates"] == "1.0");
}

TEST_CASE("Roads on bridges have no gates where the study leaves them out", "[real]") {
  auto const osm = shared("data/osm/puurs-bornem-willebroek.osm.pbf");
  if (osm.empty()) return;
  Outcome const outcome(osm, "named", "where = \"bridge is null\"");
  INFO(outcome.result.err << outcome.result.out);
  REQUIRE(outcome.result.exit_code == 0);
  auto fort = outcome.of("Fort Breendonk");
  CHECK(fort["val_access"] == "barred");  // behind its moat, but for the bridge
  CHECK(fort["by_gates_anyhow"] == "4882128");
  CHECK(outcome.of("Fort van Liezele")["by_gates"] == "133266986");
}
