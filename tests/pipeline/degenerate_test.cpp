// The reference job on loads that no one draws: boundaries of 100,000 vertices, one polygon over everything, thousands
// of features on one place, and layers without any. All values are known by hand.
#include <cmath>
#include <numbers>

#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

constexpr double x0 = 100000, y0 = 200000;
constexpr int crowd = 10000;

std::string at(double x, double y) { return fmt::format("[{},{}]", x0 + x, y0 + y); }
std::string feature(std::string const& type, std::string const& coordinates, std::string const& properties = "") {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}
std::string box(double left, double bottom, double right, double top, std::string const& properties = "") {
  return feature("Polygon",
                 "[[" + at(left, bottom) + "," + at(right, bottom) + "," + at(right, top) + "," + at(left, top) + "," +
                     at(left, bottom) + "]]",
                 properties);
}
std::string point(double x, double y, std::string const& properties = "") {
  return feature("Point", at(x, y), properties);
}
std::string times(int count, std::string const& one) {
  std::string out = one;
  for (int i = 1; i < count; ++i) out += "," + one;
  return out;
}
/// A square of 1,000 m with a vertex every 1/32 m: 128,000 of them, with no rounding anywhere.
std::string long_boundary(double left, double bottom, std::string const& properties) {
  std::string ring;
  auto const side = [&](double x, double y, double dx, double dy) {
    for (int i = 0; i < 32000; ++i) ring += at(x + dx * i / 32, y + dy * i / 32) + ",";
  };
  side(left, bottom, 1, 0);
  side(left + 1000, bottom, 0, 1);
  side(left + 1000, bottom + 1000, -1, 0);
  side(left, bottom + 1000, 0, -1);
  return feature("Polygon", "[[" + ring + at(left, bottom) + "]]", properties);
}
std::string key(int i) { return fmt::format(R"("capakey":"P{}")", i); }

/// bench/province.toml with a file per layer.
class Job {
 public:
  explicit Job(std::map<std::string, std::string> const& features) {
    std::string text = read_file(std::filesystem::path(TERREIN_SOURCE_DIR) / "bench/province.toml");
    for (char const* layer : {"parcels", "zoning", "flood", "nature", "rail", "waterways", "terminals", "junctions",
                              "contamination_points", "roads"}) {
      auto const given = features.find(layer);
      write_file(path(std::string(layer) + ".geojson"),
                 SmallWorld::collection(given == features.end() ? "" : given->second));
      std::string const head = std::string("[layers.") + layer + "]\nsource = \"";
      auto const from = text.find(head);
      REQUIRE(from != std::string::npos);
      text.replace(from + head.size(), std::string("${input}").size(), std::string(layer) + ".geojson");
    }
    write_file(path("study.toml"), text);
  }
  [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_.path() / name; }
  [[nodiscard]] RunResult run_once(std::string const& workers, std::string const& file) const {
    return run(std::string(TERREIN_PROGRAM) + " run " + path("study.toml").string() + " --no-cache --workers " +
               workers + " --set output=" + path(file).string());
  }
  /// The result of one, two and seven workers, of which the bytes are compared.
  [[nodiscard]] std::filesystem::path run_all() const {
    std::string first;
    for (char const* workers : {"2", "1", "7"}) {
      auto const file = path(std::string("w") + workers + ".gpkg");
      RunResult const done = run_once(workers, file.filename());
      INFO(done.err << done.out);
      REQUIRE(done.exit_code == 0);
      if (first.empty()) first = read_file(file);
      CHECK((read_file(file) == first));
    }
    return path("w2.gpkg");
  }

 private:
  TempDir dir_;
};

/// The roads, what lies far away, and the 10,000 terminals at one of their ends.
std::map<std::string, std::string> surroundings() {
  return {
      {"nature", box(50000, 0, 50100, 100)},
      {"waterways", feature("LineString", "[" + at(50000, -5000) + "," + at(50000, 5000) + "]")},
      {"rail", feature("LineString", "[" + at(2000, -5000) + "," + at(2000, 5000) + "]")},
      {"terminals", times(crowd, point(3000, 50, R"("mode":"rail")"))},
      {"junctions", point(-100, 500)},
      {"contamination_points", times(crowd, point(500, 500))},
      {"roads", feature("LineString", "[" + at(500, 500) + "," + at(3000, 50) + "]",
                        R"("from_node":1,"to_node":2,"speed":36,"oneway":0)")},
  };
}

}  // namespace

TEST_CASE("long boundaries and a polygon over everything give what they give by hand", "[pipeline]") {
  auto layers = surroundings();
  layers["contamination_points"] = point(500, 500);
  // A square of 1 km², and a strip of 10 by 100 m along its eastern side, whose boundary has no corner there.
  layers["parcels"] = long_boundary(0, 0, key(1)) + "," + box(1000, 0, 1010, 100, key(2));
  layers["zoning"] =
      box(-10000, -10000, 10000, 10000, R"("code":"0100")") + "," + long_boundary(500, 0, R"("code":"0180")");
  layers["flood"] = box(0, 0, 250, 1000);
  Database const db(Job(layers).run_all());
  auto const value = [&](std::string const& column, std::string const& parcel) {
    INFO(column << " of " << parcel);
    return db.number("SELECT " + column + " FROM result WHERE capakey = '" + parcel + "'");
  };
  CHECK(value("area", "P1") == 1e6);
  CHECK(value("perimeter", "P1") == 4000);
  CHECK(value("compactness", "P1") == Approx(std::numbers::pi / 4).epsilon(1e-12));
  CHECK(value("convexity", "P1") == Approx(1).epsilon(1e-12));
  CHECK(value("min_width", "P1") == 1000);
  CHECK(value("min_width", "P2") == 10);
  for (char const* parcel : {"P1", "P2"}) {
    CHECK(value("z_0100", parcel) == 1);
    CHECK(value("z_0200", parcel) == 0);
    CHECK(value("nature", parcel) == 0);  // far away
    CHECK(value("n_adj", parcel) == 1);
    CHECK(value("adj_len", parcel) == Approx(100).epsilon(1e-12));
    CHECK(value("n_contam", parcel) == 1);  // in the square, and √(500² + 400²) m from the strip
  }
  CHECK(value("z_0180", "P1") == Approx(0.5).epsilon(1e-12));
  CHECK(value("z_0180", "P2") == 1);
  CHECK(value("flood", "P1") == Approx(0.25).epsilon(1e-12));
  CHECK(value("flood", "P2") == 0);
  CHECK(value("d_water", "P1") == 49000);
  CHECK(value("d_rail", "P1") == 1000);
  CHECK(value("d_rail", "P2") == 990);
  CHECK(value("d_terminal", "P1") == 2000);
  CHECK(value("d_terminal", "P2") == 1990);
  CHECK(value("d_junction", "P1") == 100);
  CHECK(value("d_junction", "P2") == Approx(std::hypot(1100, 400)).epsilon(1e-12));
  // From the middle of the square the road itself at 10 m/s; from the strip first to it, at 20 km/h.
  double const road = std::hypot(2500, 450) / 10;
  CHECK(value("t_rail", "P1") == Approx(road).epsilon(1e-12));
  CHECK(value("t_rail", "P2") == Approx(road + std::hypot(505, 450) / (20 / 3.6)).epsilon(1e-12));
  CHECK(db.number("SELECT count(*) FROM result WHERE t_barge IS NULL AND t_sea IS NULL") == 2);
}

TEST_CASE("a layer of the reference job without features is told, and nothing is written", "[pipeline]") {
  for (char const* layer : {"parcels", "zoning", "nature", "rail", "terminals", "contamination_points", "roads"}) {
    auto layers = surroundings();
    layers["parcels"] = box(0, 0, 100, 100, key(1));
    layers["zoning"] = layers["flood"] = box(0, 0, 50, 100, R"("code":"0100")");
    layers.erase(layer);
    Job const job(layers);
    RunResult const done = job.run_once("2", "empty.gpkg");
    CHECK(done.exit_code == 3);
    CHECK(done.err.find("Layer '" + std::string(layer) + "'") != std::string::npos);
    CHECK(done.err.find("has no rows") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(job.path("empty.gpkg")));
  }
}

TEST_CASE("ten thousand features of each layer on one place are measured as one, but counted all", "[pipeline]") {
  auto layers = surroundings();
  layers["parcels"] = box(0, 0, 100, 50, key(1)) + "," + box(100, 0, 200, 50, key(2));
  layers["zoning"] = times(crowd, box(-10, -10, 50, 60, R"("code":"0100")"));
  layers["flood"] = times(crowd, box(150, -10, 1000, 60));
  Database const db(Job(layers).run_all());
  auto const value = [&](std::string const& column, char const* parcel) {
    return db.number("SELECT " + column + " FROM result WHERE capakey = '" + parcel + "'");
  };
  CHECK(value("z_0100", "P1") == Approx(0.5).epsilon(1e-12));
  CHECK(value("z_0100", "P2") == 0);
  CHECK(value("flood", "P1") == 0);
  CHECK(value("flood", "P2") == Approx(0.5).epsilon(1e-12));
  for (char const* parcel : {"P1", "P2"}) CHECK(value("n_contam", parcel) == crowd);
  CHECK(value("d_terminal", "P1") == 2900);
  // From the middle of the parcel at 20 km/h to the start of the road, then 10 m/s to the terminals.
  double const road = std::hypot(2500, 450) / 10;
  CHECK(value("t_rail", "P1") == Approx(road + std::hypot(450, 475) / (20 / 3.6)).epsilon(1e-12));
}

TEST_CASE("a crowd of parcels on one place is measured as each of them", "[pipeline]") {
  auto layers = surroundings();
  layers["terminals"] = point(3000, 50, R"("mode":"rail")");
  layers["contamination_points"] = point(500, 500);
  int const parcels = crowd;
  for (int i = 0; i < parcels; ++i) layers["parcels"] += (i > 0 ? "," : "") + box(0, 0, 100, 50, key(i));
  layers["zoning"] = box(-10, -10, 50, 60, R"("code":"0100")");
  layers["flood"] = box(-10000, -10000, 10000, 10000);
  Database const db(Job(layers).run_all());
  auto const rows = db.rows(
      "SELECT DISTINCT area, perimeter, z_0100, flood, d_rail, n_contam, n_adj, adj_len, min_width FROM result");
  REQUIRE(rows.size() == 1);
  auto const value = [&](std::string const& column) { return std::stod(rows[0].at(column).value_or("nan")); };
  CHECK(db.number("SELECT count(*) FROM result") == parcels);
  CHECK(value("area") == 5000);
  CHECK(value("perimeter") == 300);
  CHECK(value("min_width") == 50);
  CHECK(value("z_0100") == Approx(0.5).epsilon(1e-12));
  CHECK(value("flood") == 1);
  CHECK(value("d_rail") == 1900);
  CHECK(value("n_contam") == 1);
  CHECK(value("n_adj") == parcels - 1);
  CHECK(value("adj_len") == Approx(300.0 * (parcels - 1)).epsilon(1e-12));
  CHECK(db.number("SELECT count(*) FROM issues WHERE layer = 'parcels'") == 1);  // one for all of them
}
