// A synthetic province against values agreed between independent programs.
#include "support/catch.hpp"
#include "support/site_verifier.hpp"
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
}
