// A synthetic province against values agreed between independent programs.
#include "support/catch.hpp"
#include "support/site_verifier.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace {

/// The reference job on a generated province, or nothing (after saying so) where the generator is not on this machine.
class ReferenceJob {
 public:
  explicit ReferenceJob(std::string const& parcels) : compare_(shared("bench/compare.py")) {
    auto const source = shared("bench/make_province.cpp");
    if (source.empty() || compare_.empty()) return;
    present_ = true;
    RunResult const built = run("g++ -O2 -std=c++17 " + source.string() + " -o " + at("make_province") +
                                " $(gdal-config --cflags) -lgdal && " + at("make_province") + " --parcels " + parcels +
                                " --seed 1 " + at("province.gpkg"));
    INFO(built.err);
    REQUIRE(built.exit_code == 0);
    RunResult const made =
        run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR +
            "/bench/province.toml --set input=" + at("province.gpkg") + " --set output=" + at("result.gpkg"));
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
  }
  [[nodiscard]] bool present() const { return present_; }
  /// Exit code 0 and no absent column.
  void check(std::string const& how, std::string const& expected) const {
    RunResult const compared = run("python3 " + compare_.string() + " " + how + " " +
                                   shared("bench/expected/" + expected).string() + " " + at("result.gpkg"));
    INFO(compared.out << compared.err);
    CHECK(compared.exit_code == 0);
    CHECK(compared.out.find("ABSENT") == std::string::npos);
    CHECK(compared.out.find("agree") != std::string::npos);
  }

  /// What is said of how sure its ranking is fits together, and one worker says it as two do.
  void check_robustness() const {
    std::string const made = std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR +
                             "/bench/sites.toml --set robustness.draws=200 --set input=" + at("province.gpkg") +
                             " --set output=" + at("sure.gpkg");
    RunResult const result = run(made);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    Database const db(at("sure.gpkg"));
    std::string const model = db.one("SELECT model FROM robustness LIMIT 1");
    std::string const from = " FROM (SELECT " + model + "_p_top_k AS p, " + model + "_rank AS rank, " + model +
                             "_rank_p05 AS low, " + model + "_rank_p95 AS high FROM candidates)";
    CHECK(db.one("SELECT count(*) > 100" + from + " WHERE rank IS NOT NULL") == "1");
    CHECK(db.one("SELECT count(*)" + from + " WHERE (p IS NULL) <> (rank IS NULL)") == "0");
    CHECK(db.one("SELECT sum(p) BETWEEN 20 - 1e-9 AND 40" + from) == "1");
    CHECK(db.one("SELECT count(*)" + from + " WHERE low > high OR (p = 1 AND high > 20) OR (p = 0 AND low <= 20)") ==
          "0");
    CHECK(db.one("SELECT count(low) = min(count(rank), 50000)" + from) == "1");
    std::string const told = std::string(TERREIN_PROGRAM) + " sensitivity --json --draws 200 " + at("sure.gpkg");
    CHECK(run(told + " --workers 1").out == run(told + " --workers 2").out);
  }

  /// Sites of its 20 best places, and another beside each, keep what they promise.
  void check_sites() const {
    RunResult const made =
        run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR +
            "/bench/sites.toml --set assembly.sites.alternatives.count=1 --set input=" + at("province.gpkg") +
            " --set output=" + at("sites.gpkg"));
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    SiteVerifier verifier(at("sites.gpkg"), {.id = "capakey", .least_ha = 20, .most_ha = 30});
    for (char const* layer : {"sites", "site_alternatives"}) {
      auto const faults = verifier.faults(layer);
      for (std::string const& fault : faults) UNSCOPED_INFO(fault);
      CHECK(faults.empty());
      CHECK(verifier.count() >= 20);
    }
  }

 private:
  [[nodiscard]] std::string at(std::string const& name) const { return (dir_.path() / name).string(); }
  std::filesystem::path compare_;
  TempDir dir_;
  bool present_ = false;
};

}  // namespace

TEST_CASE("10,000 parcels agree with the agreed values on every column of every parcel", "[real]") {
  ReferenceJob const job("10000");
  if (job.present()) job.check("diff", "n10000_seed1.csv.gz");
}

TEST_CASE("100,000 parcels agree with the agreed statistics of every column, and sites on them hold", "[real][slow]") {
  ReferenceJob const job("100000");
  if (!job.present()) return;
  job.check("check", "n100000_seed1.json");
  job.check_sites();
  job.check_robustness();
}
