// docs/study-file.md against the reader of study files.
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/app/study.hpp"
#include "terrein/app/study_schema.hpp"

using namespace terrein;

namespace {

/// Uses every documented key. Names that a user chooses end in a digit here: what has none is a key.
std::string const every_key = R"([study]
title = "t"
language = "en"
crs = "EPSG:31370"
max_crs_error_m = 1
curve_tolerance_m = 0.02
max_age_days = 9
date = 2026-01-31
duplicates = "first"
overlaps = "split"
borders = "p2"
border_field = "n"
border_m2 = 2
allow_approximate = true
[variables]
v1 = "p"
[area]
box = [0, 0, 1, 1]
polygon = "a.gpkg"
source = "a.gpkg"
layer = "towns"
field = "name"
municipalities = ["Kanaalveld"]
crs = "EPSG:31370"
[candidates]
layer = "p1"
keep = ["*"]
[additions]
source = "a1.csv"
layer = "x"
[layers.p1]
source = "${v1}.gpkg"
layer = "x"
geometry = "x"
where = "a = 1"
id = "k"
class = "c"
class_separator = ";"
coverage = "everywhere"
crs = "EPSG:31370"
swap_axes = true
crs_override = ""
approximate = { field = "q", prefix = "approx" }
personal = ["owner"]
label_nl = "x"
label_en = "x"
licence = "x"
attribution = "x"
date = 2026-01-01
max_age_days = 9
decided = "x"
slip_roads = { field = "c", values = ["1"], main = ["2"] }
fabric = { overlap_m2 = 0.1, tolerance_m = 0.1, sliver_width_m = 1, tiny_m2 = 1, gap_width_m = 1, list_most = 10 }
[layers.p2]
source = "q.gpkg"
[layers.p1.classes]
a1 = "b"
[layers.p1.add.o1]
source = "o.xlsx"
layer = "x"
key = "k"
on = "k"
fields = ["owners_n"]
[layers.t1]
source = "t.csv"
x = "a"
y = "b"
crs = "EPSG:31370"
crs_field = "c"
[layers.t1.crs_values]
a1 = "EPSG:3812"
[layers.t2]
source = "t.csv"
coordinates = "c"
[layers.t3]
source = "t.csv"
join = { layer = "p1", key = "k", on = "k" }
[layers.p1.graph]
connect = "node_ids"
from = "f"
to = "t"
tolerance_m = 0.1
speed = "s"
class = "c"
speeds = { a1 = 3 }
default_speed_kmh = 30
oneway = "o"
[layers.d1]
combine = ["p1"]
[layers.d2]
slip_roads_of = "p1"
[layers.q1]
source = "q1.gpkg"
profile = "own1"
[layers.u1]
source = "u.tif"
kind = "raster"
band = 2
[layers.u1.classes]
1 = "built"
[criteria.c1]
measure = "network_time"
layer = "p1"
classes = ["b"]
field = ""
radius_m = 1
distance_m = 1
tolerance_m = 1
min_shared_m = 1
roads = "p1"
access_kmh = 1
per = 2
unit = "m"
level = "site"
label = "x"
label_nl = "x"
label_en = "x"
[criteria.u1]
measure = "raster_share"
layer = "u1"
values = [1]
[criteria.n1]
measure = "net_area"
[criteria.n1.cuts.b1]
layer = "p1"
classes = ["b"]
buffer_m = 1
[rules.r1]
criterion = "c1"
when = ">1"
effect = "condition"
level = "parcel"
ground = "beleid"
reference = "x"
date = 2026-01-01
duty = "x"
mark = "judgement"
label = "x"
label_nl = "x"
label_en = "x"
[rules.s1]
effect = "cut"
layer = "p1"
classes = ["b"]
buffer_m = 1
[models.m1]
defaults = "none"
label = "x"
label_nl = "x"
label_en = "x"
adopted_by = "x"
adopted_on = 2026-01-01
min_completeness = 0.5
rules = ["r1", "s1"]
without_rules = []
without_criteria = []
[models.m1.weights]
c1 = 1
[models.m1.values.c1]
kind = "piecewise"
points = "0:0|1:1"
outside = "clip"
why = "x"
mark = "x"
[output]
file = "r.gpkg"
postgis = "PG:service=x1"
postgis_schema = "y1"
layer = "l1"
columns = ["val_c1 as c"]
context = ["p1"]
originals = ["p1"]
geojson = ["l1"]
tables = ["xlsx", "csv"]
csv_separator = ";"
csv_decimal = ","
leave_out = []
project = false
audience = "intern"
)";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_of_word(char c) { return c == '_' || (c >= 'a' && c <= 'z') || is_digit(c); }

/// Adds the words of a text; "<name>" and what ends in a digit is chosen by the user.
void add_words(std::string const& text, std::set<std::string>& out) {
  std::string word;
  bool chosen = false;
  for (char const c : text + " ") {
    chosen = (chosen || c == '<') && c != '>';
    if (!chosen && is_of_word(c)) {
      word += c;
    } else if (!word.empty()) {
      if (!is_digit(word.back())) out.insert(word);
      word.clear();
    }
  }
}

/// Keys by the first name of their table: "layers" for [layers.p1.graph].
using Keys = std::map<std::string, std::set<std::string>>;

std::string first_name(std::string const& header) {
  auto const begin = header.find('[') + 1;
  return header.substr(begin, header.find_first_of(".]", begin) - begin);
}

/// The keys a study uses: what stands before an equals sign, and the names in headers.
Keys keys_used(std::string const& study) {
  Keys out;
  std::string table;
  std::istringstream lines(study);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[")) {
      table = first_name(line);
      if (auto const dot = line.find('.'); dot != std::string::npos) add_words(line.substr(dot), out[table]);
      continue;
    }
    add_words(line.substr(0, line.find('=')), out[table]);
    auto at = line.find("{ ");  // an inline table
    while (at != std::string::npos) {
      add_words(line.substr(at + 1, line.find('=', at) - at - 1), out[table]);
      at = line.find(", ", at + 1);
    }
  }
  return out;
}

/// Everything in backticks.
std::string code_of(std::string const& cell) {
  std::string out;
  bool code = false;
  for (char const c : cell) {
    if (c == '`') code = !code;
    out += code && c != '`' ? c : ' ';
  }
  return out;
}

/// The keys of the tables of the page: column 2, under the table in column 1; those of `graph` stand in column 1.
Keys keys_documented(std::string const& page) {
  Keys out;
  std::string table;
  bool graph = false;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ") || line.starts_with("| table ")) continue;
    if (line.starts_with("| `graph` key")) {
      graph = true;
      continue;
    }
    auto const second = line.find('|', 1) + 1;
    std::string const left = line.substr(1, second - 2), right = line.substr(second, line.find('|', second) - second);
    if (graph) {
      add_words(code_of(left), out["layers"]);
      continue;
    }
    if (left.find('[') != std::string::npos) table = first_name(left);
    std::string key = code_of(right);
    if (auto const header = key.find('['); header != std::string::npos) key = key.substr(key.find('>', header) + 1);
    add_words(key, out[table]);
  }
  return out;
}

/// The keys of the table that the schema is made of.
Keys keys_of_table() {
  Keys out;
  for (StudyKey const& key : study_keys(data_folders())) {
    auto const dot = key.table.find('.');
    auto& names = out[key.table.substr(0, dot)];
    if (dot != std::string::npos) add_words(key.table.substr(dot), names);
    add_words(key.key, names);
  }
  return out;
}

std::vector<std::string> missing(Keys const& wanted, Keys there) {
  std::vector<std::string> out;
  for (auto const& [table, keys] : wanted)
    for (std::string const& key : keys)
      if (!there[table].contains(key)) out.push_back(table + "." + key);
  return out;
}

}  // namespace

TEST_CASE("every key in the manual of the study file is read, and every key that is read here stands in it",
          "[app][docs]") {
  test::TempDir const dir;
  test::write_file(dir.path() / "study.toml", every_key);
  test::write_file(dir.path() / "profiles/own1.toml",
                   "[profile]\nshape = \"polygon\"\ntitle_nl = \"x\"\n[match]\nfields = [\"x\"]\n");
  CHECK(test::error_of([&] { (void)load_study(dir.path() / "study.toml", {}, data_folders()); }).text == "");
  Keys const page = keys_documented(test::read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/study-file.md"));
  Keys const used = keys_used(every_key);
  CHECK(page.size() == 10);  // study, variables, area, candidates, additions, layers, criteria, rules, models, output
  CHECK(page.at("criteria").size() > 15);
  CHECK(missing(page, used) == std::vector<std::string>{});
  CHECK(missing(used, page) == std::vector<std::string>{});
}

TEST_CASE("the table of keys holds the keys of the manual, and no others", "[app][docs]") {
  Keys const page = keys_documented(test::read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/study-file.md"));
  Keys const table = keys_of_table();
  CHECK(table.size() == 10);
  CHECK(missing(page, table) == std::vector<std::string>{});
  CHECK(missing(table, page) == std::vector<std::string>{});
}

TEST_CASE("a validator of JSON Schema accepts the study that uses every key", "[app][docs]") {
  test::TempDir const dir;
  test::write_file(dir.path() / "study.toml", every_key);
  test::write_file(dir.path() / "schema.json", study_schema(data_folders()));
  auto const result =
      test::run("/usr/bin/python3 " + std::string(TERREIN_SOURCE_DIR) + "/tests/support/validate_study.py " +
                (dir.path() / "schema.json").string() + " " + (dir.path() / "study.toml").string());
  if (result.exit_code == 77 || result.exit_code == 127) {
    std::cout << "SKIPPED: no JSON Schema validator. " << result.out;
    return;
  }
  CHECK(result.out + result.err == "");
  CHECK(result.exit_code == 0);
}
