#include "sample.hpp"
#include "support/catch.hpp"
#include "terrein/io/geopackage.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string const python = "QT_QPA_PLATFORM=offscreen /usr/bin/python3 ";

bool have_qgis() {
  if (run(python + "-c 'import qgis.core'").exit_code == 0) return true;
  WARN("SKIPPED: PyQGIS is not on this machine");
  return false;
}

}  // namespace

TEST_CASE("QGIS opens the written GeoPackage styled and with aliases, and the project with themes and layouts") {
  auto const checks = shared("checks");
  if (checks.empty() || !have_qgis()) return;
  TempDir const dir;
  Sample const sample;
  auto const file = (dir.path() / "result.gpkg").string();
  write_geopackage(file, sample.package);
  write_file(dir.path() / "result.qgs", sample.project());

  auto const valid = run(python + checks.string() + "/gpkg_check.py --strict --srs 31370 --need-style '*' " + file);
  INFO(valid.out << valid.err);
  CHECK(valid.exit_code == 0);

  auto const opened = run(
      python + checks.string() + "/qgis_open.py -q --crs EPSG:31370 --min-classes 4 --style candidates=RuleRenderer " +
      "--style excluded=RuleRenderer --style issues=RuleRenderer --style rail=singleSymbol " +
      "--alias 'candidates.brownfield_rank=Brownfield: rang' --labels candidates,terminals " + file);
  INFO(opened.out << opened.err);
  CHECK(opened.exit_code == 0);

  auto const project =
      run(python + checks.string() + "/qgis_open.py -q --crs EPSG:31370 --theme 'Nieuw bedrijventerrein' " +
          "--theme Brownfield --theme Gegevens/issues --layout 'A3 – Nieuw bedrijventerrein' " +
          "--layout 'A3 – Brownfield' " + (dir.path() / "result.qgs").string());
  INFO(project.out << project.err);
  CHECK(project.exit_code == 0);
}

TEST_CASE("QGIS opens an English result, one without scores, and one with a single candidate and nothing excluded") {
  auto const checks = shared("checks");
  if (checks.empty() || !have_qgis()) return;
  TempDir const dir;
  auto const check = [&](std::string const& name, Sample& sample) {
    INFO(name);
    auto const file = (dir.path() / (name + ".gpkg")).string();
    write_geopackage(file, sample.package);
    auto const valid = run(python + checks.string() + "/gpkg_check.py --strict --srs 31370 --need-style '*' " + file);
    INFO(valid.out << valid.err);
    CHECK(valid.exit_code == 0);
    auto const opened = run(python + checks.string() + "/qgis_open.py -q --crs EPSG:31370 " + file);
    INFO(opened.out << opened.err);
    CHECK(opened.exit_code == 0);
  };
  Sample in_english(english());
  check("english", in_english);

  Sample plain;
  OutputLayer& main = plain.package.layers[0];
  main.table = result_table(8, {});
  main.fields = field_notes(main.table, plain.labels);
  main.qml = candidates_qml(styles, "", main, plain.labels);
  main.extra_styles.clear();
  plain.package.layers.erase(plain.package.layers.begin() + 3, plain.package.layers.end());  // no context
  check("plain", plain);

  Sample one;
  Layer const single = grid_of_parcels(1, 1, 100, 100000, 200000), nothing = layer_of({});
  OutputLayer &candidates = one.package.layers[0], &excluded = one.package.layers[1];
  candidates.geometry = &single.geometry;
  candidates.table = result_table(1, one.models);
  excluded.geometry = &nothing.geometry;
  excluded.table = result_table(0, one.models);
  excluded.fields = field_notes(excluded.table, one.labels);
  excluded.qml = excluded_qml(styles, excluded, one.labels);
  check("one", one);
}

TEST_CASE("themes and layouts draw each model in its own colours") {
  if (!have_qgis()) return;
  TempDir const dir;
  Sample const sample;
  write_geopackage((dir.path() / "result.gpkg").string(), sample.package);
  write_file(dir.path() / "result.qgs", sample.project());
  std::string const call =
      python + (source_dir / "scripts/render_project").string() + " " + (dir.path() / "result.qgs").string() + " ";
  for (std::string const kind : {"--dpi 40 --size 400x300 --no-legend --theme '", "--dpi 30 --layout 'A3 – "}) {
    std::vector<std::string> pictures;
    for (std::string const model : {"Nieuw bedrijventerrein", "Brownfield"}) {
      auto const png = (dir.path() / "map.png").string();
      auto const drawn = run(call + png + " " + kind + model + "'");
      INFO(drawn.err);
      CHECK(drawn.exit_code == 0);
      CHECK(drawn.err.find("ERROR") == std::string::npos);
      pictures.push_back(read_file(png));
      std::filesystem::remove(png);
    }
    CHECK(pictures[0].starts_with("\x89PNG"));
    CHECK(pictures[0] != pictures[1]);
  }
  auto const part =
      run(call + (dir.path() / "part.png").string() + " --dpi 40 --size 400x300 --no-legend --zoom-layer zones");
  INFO(part.err);
  CHECK(part.exit_code == 0);
  CHECK(run(call + (dir.path() / "x.png").string() + " --zoom-layer onbekend").exit_code == 1);
  CHECK(run(call + (dir.path() / "x.png").string() + " --size 400").exit_code == 2);
  auto const unknown = run(call + (dir.path() / "x.png").string() + " --theme Onbekend");
  CHECK(unknown.exit_code == 1);
  CHECK(unknown.err.find("Brownfield") != std::string::npos);
}
