// The table of all keys (datasets/study-keys.csv) against the reader of study files, and docs/study-file.md against the
// table.
#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "app/study_parts.hpp"
#include "every_key.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/app/study_schema.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;

namespace {

/// The name that the table of keys has for a place in a file: "layers.p1.graph" is "layers.<key>.graph"; empty where it
/// has none.
std::string name_in_table(std::vector<StudyKey> const& keys, std::string const& table) {
  auto const words = split(table, '.');
  for (StudyKey const& key : keys) {
    auto const pattern = split(key.table, '.');
    if (std::equal(
            words.begin(), words.end(), pattern.begin(), pattern.end(),
            [](std::string const& word, std::string const& name) { return word == name || is_chosen_name(name); }))
      return key.table;
  }
  return "";
}

StudyKey const* find_key(std::vector<StudyKey> const& keys, std::string const& table, std::string const& key) {
  std::string const name = table.empty() ? "" : name_in_table(keys, table);
  if (name.empty() && !table.empty()) return nullptr;
  StudyKey const* any = nullptr;
  for (StudyKey const& one : keys) {
    if (one.table != name) continue;
    if (one.key == key) return &one;
    if (is_chosen_name(one.key)) any = &one;
  }
  return any;
}

/// "layers.<key>.graph, connect, text": one line per key and type; a whole number is a number to the reader.
std::string line_of(std::string const& table, std::string const& key, std::string const& type) {
  return table + ", " + key + ", " + (type == "integer" ? "number" : type);
}

/// What the reader asked for that stands in the table, and what does not. Tables of tables ("layers") are asked for
/// names of people.
std::set<std::string> lines_asked(std::vector<StudyKey> const& keys, std::set<AskedKey> const& asked) {
  std::set<std::string> out;
  for (AskedKey const& one : asked) {
    bool const names_tables = !name_in_table(keys, one.table + "." + one.key).empty() && one.type == "table" &&
                              find_key(keys, one.table, one.key) == nullptr;
    if (names_tables) continue;
    StudyKey const* key = find_key(keys, one.table, one.key);
    out.insert(key == nullptr ? line_of(one.table, one.key, one.type) : line_of(key->table, key->key, one.type));
  }
  return out;
}

std::set<std::string> lines_of_table(std::vector<StudyKey> const& keys) {
  std::set<std::string> out;
  for (StudyKey const& key : keys)
    for (std::string const& type : key.types) out.insert(line_of(key.table, key.key, type));
  return out;
}

std::vector<std::string> missing(std::set<std::string> const& wanted, std::set<std::string> const& there) {
  std::vector<std::string> out;
  std::set_difference(wanted.begin(), wanted.end(), there.begin(), there.end(), std::back_inserter(out));
  return out;
}

/// The study that uses every key, and where it uses them.
class EveryKey {
 public:
  EveryKey() : file_(test::write_every_key(dir_.path())), keys_(study_keys(data_folders())) {
    for (TomlValue const& value : TomlFile(file_, {}).values()) {
      auto path = value.path;
      std::string const last = path.back();
      path.pop_back();
      std::string const table = join(path, ".");
      if (StudyKey const* key = find_key(keys_, table, last))
        used_.emplace(key->table + "." + key->key, table + "." + last);
      else
        unknown_.push_back(table + "." + last);
    }
  }
  [[nodiscard]] std::filesystem::path const& file() const { return file_; }
  [[nodiscard]] std::vector<StudyKey> const& keys() const { return keys_; }
  [[nodiscard]] std::vector<std::string> const& unknown() const { return unknown_; }
  /// Where the study uses a key: "layers.p1.band"; empty where it does not.
  [[nodiscard]] std::string place(StudyKey const& key) const {
    auto const found = used_.find(key.table + "." + key.key);
    return found == used_.end() ? "" : found->second;
  }
  /// The lines of the fault with a value that speak of the key or of its table.
  [[nodiscard]] std::string fault(StudyKey const& key, std::string const& value) const {
    std::string const place = this->place(key), table = place.substr(0, place.rfind('.'));
    auto const thrown = test::error_of([&] { (void)load_study(file_, {place + "=" + value}, data_folders()); });
    std::istringstream lines(thrown.text);
    std::string out;
    for (std::string line; std::getline(lines, line);)
      if (line.find(" " + place + ": ") != std::string::npos || line.find(" " + table + ": ") != std::string::npos ||
          (key.key == "kind" && line.find(" " + table + ".points: ") != std::string::npos))  // both are read as one
        out += line + "\n";
    return out;
  }

 private:
  test::TempDir dir_;
  std::filesystem::path file_;
  std::vector<StudyKey> keys_;
  std::map<std::string, std::string> used_;
  std::vector<std::string> unknown_;
};

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// The words of "'zz' is not one of a, b, c." and "'zz' is neither a nor b."
std::set<std::string> words_of(std::string const& fault) {
  std::set<std::string> out;
  if (auto const at = fault.find("is not one of "); at != std::string::npos) {
    std::string const list = fault.substr(at + 14, fault.find(".\n", at) - at - 14);
    for (std::string const& word : split(list, ',')) out.emplace(trim(word));
  }
  auto const at = fault.find("is neither "), nor = fault.find(" nor ");
  if (at == std::string::npos || nor == std::string::npos) return out;
  return {fault.substr(at + 11, nor - at - 11), fault.substr(nor + 5, fault.find(".\n", nor) - nor - 5)};
}

}  // namespace

TEST_CASE("the reader asks for the keys of the table and for no others, as the types that it says", "[app][docs]") {
  EveryKey const study;
  TomlFile toml(study.file(), {});
  std::set<AskedKey> asked;
  toml.log_asked(asked);
  Problems problems;
  (void)read_study(toml, study.file(), data_folders(), true, problems);
  CHECK(problems.texts() == std::vector<std::string>{});
  auto const reader = lines_asked(study.keys(), asked), table = lines_of_table(study.keys());
  CHECK(reader.size() > 160);
  CHECK(missing(reader, table) == std::vector<std::string>{});
  CHECK(missing(table, reader) == std::vector<std::string>{});
}

TEST_CASE("a study may use every key of the table at once", "[app][docs]") {
  EveryKey const study;
  CHECK(study.unknown() == std::vector<std::string>{});
  for (StudyKey const& key : study.keys()) {
    INFO(key.table << " " << key.key);
    CHECK((key.types == std::vector<std::string>{"table"} || !study.place(key).empty()));
    CHECK(!key.meaning_en.empty());
    CHECK(!key.meaning_nl.empty());
  }
}

TEST_CASE("the reader takes the words that the table allows for a key, and no others", "[app][docs]") {
  EveryKey const study;
  int lists = 0;
  for (StudyKey const& key : study.keys()) {
    if (key.values.empty()) continue;
    INFO(key.table << " " << key.key);
    for (std::string const& value : key.values) CHECK_FALSE(has(study.fault(key, value), "'" + value + "'"));
    if (key.open) continue;
    ++lists;
    std::string const fault = study.fault(key, "zz");
    INFO(fault);
    CHECK(has(fault, "'zz'"));
    auto const told = words_of(fault);
    if (!told.empty()) CHECK(told == std::set<std::string>(key.values.begin(), key.values.end()));
  }
  CHECK(lists == 41);
}

TEST_CASE("the reader takes the numbers that the table allows for a key, and no others", "[app][docs]") {
  EveryKey const study;
  int ranges = 0;
  for (StudyKey const& key : study.keys()) {
    if (!key.least) continue;
    ++ranges;
    INFO(key.table << " " << key.key);
    CHECK(study.fault(key, shortest(*key.least - 1)) != "");
    CHECK((study.fault(key, shortest(*key.least)) != "") == key.above_least);
    if (key.most) CHECK(study.fault(key, shortest(*key.most)) == "");
    if (key.most) CHECK(study.fault(key, shortest(*key.most + 1)) != "");
    if (key.holds("integer")) CHECK(study.fault(key, shortest(*key.least + 0.5)) != "");
  }
  CHECK(ranges == 119);
}

TEST_CASE("the reader refuses a table without the keys that the table of keys calls required", "[app][docs]") {
  EveryKey const study;
  int required = 0;
  for (StudyKey const& key : study.keys()) {
    if (!key.required() || key.table.empty()) continue;
    ++required;
    std::string const place = study.place(key);
    std::string const value = key.holds("texts") ? "[]" : "\"\"";
    INFO(place);
    CHECK(test::error_of([&] { (void)load_study(study.file(), {place + "=" + value}, data_folders()); }).text != "");
  }
  CHECK(required == 55);
}

TEST_CASE("the defaults of the table are what the reader takes", "[app][docs]") {
  auto const keys = study_keys(data_folders());
  Study const study;
  LayerConfig const layer;
  GraphOptions const graph;
  ChainSpec const chains;
  BoundLandSpec const bound;
  AssemblySpec const sites;
  CriterionSpec const criterion;
  FabricOptions const& fabric = layer.fabric_limits;
  auto const word = [](auto const& text) { return "\"" + std::string(text) + "\""; };
  std::map<std::string, std::string> taken{
      {"study.max_crs_error_m", shortest(study.max_crs_error_m)},
      {"study.curve_tolerance_m", shortest(study.curve_tolerance_m)},
      {"study.border_m2", shortest(study.borders.least_m2)},
      {"study.duplicates", word(to_string(study.duplicates))},
      {"study.overlaps", word(to_string(study.overlaps))},
      {"study.allow_approximate", study.allow_approximate ? "true" : "false"},
      {"study.language", study.language == Language::nl ? "\"nl\"" : "\"en\""},
      {"layers.<key>.band", std::to_string(RasterConfig{}.band)},
      {"layers.<key>.coverage", word(layer.coverage)},
      {"layers.<key>.swap_axes", layer.swap_axes ? "true" : "false"},
      {"layers.<key>.graph.tolerance_m", shortest(graph.tolerance_m)},
      {"layers.<key>.graph.default_speed_kmh", shortest(graph.default_speed_kmh)},
      {"layers.<key>.graph.vehicle.weight_t", shortest(graph.vehicle.weight_t)},
      {"layers.<key>.graph.vehicle.height_m", shortest(graph.vehicle.height_m)},
      {"layers.<key>.graph.vehicle.width_m", shortest(graph.vehicle.width_m)},
      {"layers.<key>.graph.vehicle.length_m", shortest(graph.vehicle.length_m)},
      {"layers.<key>.graph.vehicle.axle_t", shortest(graph.vehicle.axle_t)},
      {"layers.<key>.gates.tolerance_m", shortest(GateRules{}.tolerance_m)},
      {"chains.<key>.join", "\"centroid\""},
      {"chains.<key>.access_kmh", shortest(chains.access_kmh)},
      {"chains.<key>.goods", word(to_string(chains.goods))},
      {"chains.<key>.shown", std::to_string(chains.shown)},
      {"chains.<key>.barge.access_m", shortest(MainLayerSpec{}.access_m)},
      {"chains.<key>.barge.quay_m", shortest(MainLayerSpec{}.own_m)},
      {"chains.<key>.rail.access_m", shortest(MainLayerSpec{}.access_m)},
      {"chains.<key>.rail.train_m", shortest(chains.train_m)},
      {"chains.<key>.rail.siding_m", shortest(MainLayerSpec{}.own_m)},
      {"assembly.<key>.net_factor", shortest(sites.net_factor)},
      {"assembly.<key>.area", word(to_string(sites.target))},
      {"assembly.<key>.min_score", shortest(sites.min_score)},
      {"assembly.<key>.most_parcels", std::to_string(sites.most_parcels)},
      {"assembly.<key>.reach_m", shortest(sites.reach_m)},
      {"assembly.<key>.count", std::to_string(sites.count)},
      {"assembly.<key>.apart_m", shortest(sites.apart_m)},
      {"assembly.<key>.most_loss", shortest(sites.most_loss)},
      {"assembly.<key>.speck_m2", shortest(sites.speck_m2)},
      {"assembly.<key>.speck_width_m", shortest(sites.speck_width_m)},
      {"assembly.<key>.part_m2", shortest(sites.part_m2)},
      {"assembly.<key>.part_width_m", shortest(sites.part_width_m)},
      {"assembly.<key>.sensitive.within_m", shortest(sites.sensitive_m)},
      {"assembly.<key>.contacts.tolerance_m", shortest(sites.tolerance_m)},
      {"assembly.<key>.contacts.least_m", shortest(sites.least_contact_m)},
      {"assembly.<key>.contacts.gap_m", shortest(sites.gap_m)},
      {"assembly.<key>.contacts.bridge_m", shortest(sites.bridge_m)},
      {"assembly.<key>.contacts.open", sites.open_allowed ? "true" : "false"},
      {"assembly.<key>.contacts.open_price", shortest(sites.open_price)},
      {"assembly.<key>.contacts.crossings.<name>.price", shortest(CrossingSpec{}.price)},
      {"assembly.<key>.contacts.crossings.<name>.allowed", CrossingSpec{}.allowed ? "true" : "false"},
      {"assembly.<key>.prices.owner", shortest(sites.owner_price)},
      {"assembly.<key>.prices.excess", shortest(sites.excess_price)},
      {"assembly.<key>.prices.outline", shortest(sites.outline_price)},
      {"assembly.<key>.prices.sensitive", shortest(sites.sensitive_price)},
      {"assembly.<key>.prices.open_space", shortest(sites.open_space_price)},
      {"assembly.<key>.shape.width_m", shortest(sites.shape.width_m)},
      {"assembly.<key>.shape.compactness", shortest(sites.shape.compactness)},
      {"assembly.<key>.shape.hull_share", shortest(sites.shape.hull_share)},
      {"assembly.<key>.shape.as", sites.shape_ranks ? "\"rank\"" : "\"limit\""},
      {"assembly.<key>.alternatives.count", std::to_string(sites.alternatives)},
      {"assembly.<key>.alternatives.most_overlap", shortest(sites.most_overlap)},
      {"assembly.<key>.alternatives.most_loss", shortest(sites.alternative_loss)},
      {"assembly.<key>.search.exact_parcels", std::to_string(sites.exact_parcels)},
      {"assembly.<key>.search.branch_nodes", std::to_string(sites.branch_nodes)},
      {"assembly.<key>.search.all_branch_nodes", std::to_string(sites.all_branch_nodes)},
      {"assembly.<key>.search.bounded_seeds", std::to_string(sites.bounded_seeds)},
      {"assembly.<key>.search.improved_seeds", std::to_string(sites.improved_seeds)},
      {"bound_land.<key>.tolerance_m", shortest(bound.tolerance_m)},
      {"bound_land.<key>.min_depth_m", shortest(bound.min_depth_m)},
      {"bound_land.<key>.depth_share", shortest(bound.depth_share)},
      {"bound_land.<key>.min_cemt", word(to_string(bound.min_cemt))},
      {"bound_land.<key>.small_cemt", word(to_string(bound.small_cemt))},
      {"bound_land.<key>.network_m", shortest(bound.network_m)},
      {"bound_land.<key>.destined.share", shortest(bound.destined_share)},
      {"bound_land.<key>.banks.section_m", shortest(bound.section_m)},
      {"bound_land.<key>.quays.within_m", shortest(bound.quay_m)},
      {"bound_land.<key>.shared_quays.within_m", shortest(bound.shared_quay_m)},
      {"bound_land.<key>.buildings.within_m", shortest(bound.building_m)},
      {"bound_land.<key>.buildings.share", shortest(bound.building_share)},
      {"bound_land.<key>.use.id", word(bound.use.id)},
      {"bound_land.<key>.use.tonnes", word(bound.use.tonnes)},
      {"bound_land.<key>.free.share", shortest(bound.free_share)},
      {"bound_land.<key>.mode", "\"water\""},
      {"layers.<key>.fabric.overlap_m2", shortest(fabric.overlap_m2)},
      {"layers.<key>.fabric.tolerance_m", shortest(fabric.tolerance_m)},
      {"layers.<key>.fabric.sliver_width_m", shortest(fabric.sliver_width_m)},
      {"layers.<key>.fabric.tiny_m2", shortest(fabric.tiny_m2)},
      {"layers.<key>.fabric.gap_width_m", shortest(fabric.gap_width_m)},
      {"layers.<key>.fabric.list_most", std::to_string(fabric.list_most)},
      {"criteria.<key>.tolerance_m", shortest(criterion.tolerance_m)},
      {"criteria.<key>.min_shared_m", shortest(criterion.min_shared_m)},
      {"criteria.<key>.access_kmh", shortest(criterion.access_kmh)},
      {"criteria.<key>.nth", std::to_string(criterion.access.nth)},
      {"criteria.<key>.join", word(to_string(criterion.access.join))},
      {"criteria.<key>.direction", word(to_string(criterion.access.direction))},
      {"criteria.<key>.decay.per", shortest(Decay{}.unit)},
      {"criteria.<key>.dwellings_within_m", shortest(criterion.passage.within_m)},
      {"criteria.<key>.dwellings_per_100_m", shortest(criterion.passage.per_100_m)},
      {"criteria.<key>.per", shortest(criterion.per)},
      {"criteria.<key>.cuts.<name>.buffer_m", shortest(CutSpec{}.buffer_m)},
      {"reach.<key>.kind", "\"isochrones\""},
      {"reach.<key>.join", word(to_string(ReachSpec{}.join))},
      {"reach.<key>.direction", word(to_string(ReachSpec{}.direction))},
      {"reach.<key>.access_kmh", shortest(ReachSpec{}.access_kmh)},
      {"reach.<key>.width_m", shortest(ReachSpec{}.width_m)},
      {"rules.<key>.buffer_m", shortest(CutSpec{}.buffer_m)},
      {"rules.<key>.effect", word(to_string(RuleSpec{}.effect))},
      {"rules.<key>.ground", word(to_string(RuleSpec{}.ground))},
      {"models.<key>.min_completeness", shortest(ModelConfig{}.min_completeness)},
      {"models.<key>.method", word(to_string(Aggregation{}.method))},
      {"models.<key>.compensation", shortest(Aggregation{}.compensation)},
      {"models.<key>.orness", shortest(Aggregation{}.orness)},
      {"models.<key>.normalisation", word(to_string(Aggregation{}.normalisation))},
      {"models.<key>.vikor_v", shortest(Aggregation{}.v)},
      {"models.<key>.preferences.<criterion>.kind", word(to_string(Preference{}.kind))},
      {"trials.near_misses", std::to_string(study.trials.near_misses)},
      {"models.<key>.values.<criterion>.kind", word(to_string(ValueFunction{}.kind))},
      {"targets.<key>.n", std::to_string(TargetSpec{}.n)},
      {"robustness.draws", std::to_string(study.robustness.draws)},
      {"robustness.seed", std::to_string(study.robustness.seed)},
      {"robustness.top", std::to_string(study.robustness.top)},
      {"robustness.top_sites", std::to_string(study.robustness.top_sites)},
      {"robustness.factor_draws", std::to_string(study.robustness.factor_draws)},
      {"robustness.points", std::to_string(study.robustness.points)},
      {"robustness.concentration", shortest(study.robustness.concentration)},
      {"robustness.weights", word(to_string(study.robustness.weights))},
      {"robustness.missing", "\"drawn\""},
      {"stakeholders.<key>.share", shortest(StakeholderSpec{}.share)},
      {"output.layer", word(study.output.layer)},
      {"output.project", study.output.project ? "true" : "false"},
      {"output.audience", word(to_string(study.output.audience))},
      {"output.postgis_schema", "\"terrein\""},  // what follows stands in the reader alone
      {"study.date", "\"1970-01-01\""},
      {"layers.<key>.kind", "\"vector\""},
      {"layers.<key>.graph.connect", "\"ends\""},
      {"layers.<key>.graph.lengths", "\"planar\""},
      {"criteria.<key>.level", "\"parcel\""},
      {"rules.<key>.level", "\"parcel\""},
      {"rules.<key>.mark", "\"judgement\""},
      {"models.<key>.values.<criterion>.outside", "\"clip\""},
      {"models.<key>.values.<criterion>.mark", "\"own choice\""},
  };
  for (std::string const& name : demand_columns()) taken["demand.columns." + name] = word(name);
  for (char const* step : {"offered", "zoned", "activatable", "brownfields"})
    taken["demand.supply." + std::string(step) + ".net_factor"] = shortest(SupplySpec{}.net_factor);
  std::map<std::string, std::string> table;
  for (StudyKey const& key : keys)
    if (auto const json = key.default_json()) table[key.table + "." + key.key] = *json;
  CHECK(table == taken);
}

TEST_CASE("the manual of the study file shows the table of keys", "[app][docs]") {
  std::string const page = test::read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/study-file.md");
  std::string const begin = "<!-- made by `terrein schema --markdown` -->\n", end = "<!-- end -->\n";
  auto const from = page.find(begin) + begin.size();
  REQUIRE(page.find(begin) != std::string::npos);
  REQUIRE(page.find(end) != std::string::npos);
  // scripts/update-manual writes it
  CHECK(page.substr(from, page.find(end) - from) == study_markdown(data_folders(), Language::en));
}

TEST_CASE("a validator of JSON Schema accepts the study that uses every key", "[app][docs]") {
  EveryKey const study;
  auto const schema = study.file().parent_path() / "schema.json";
  test::write_file(schema, study_schema(data_folders(), Language::nl));
  auto const result = test::run("/usr/bin/python3 " + std::string(TERREIN_SOURCE_DIR) +
                                "/tests/support/validate_study.py " + schema.string() + " " + study.file().string());
  if (result.exit_code == 77 || result.exit_code == 127) {
    std::cout << "SKIPPED: no JSON Schema validator. " << result.out;
    return;
  }
  CHECK(result.out + result.err == "");
  CHECK(result.exit_code == 0);
}

TEST_CASE("every page that the table of keys names has the heading it names", "[app][docs]") {
  std::set<std::string> pages;
  for (StudyKey const& key : study_keys(data_folders())) pages.insert(key.see);
  pages.erase("");
  CHECK(pages.size() > 8);
  for (std::string const& one : pages) {
    INFO(one);
    auto const hash = one.find('#');
    std::string const name = hash == 0 ? "study-file.md" : one.substr(0, hash);
    std::istringstream page(test::read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/" + name));
    bool found = hash == std::string::npos;
    for (std::string line; std::getline(page, line);) {  // "## Layers made of others" is #layers-made-of-others
      if (!line.starts_with("#")) continue;
      std::string heading = lower(trim(line.substr(line.find_first_not_of('#'))));
      std::replace(heading.begin(), heading.end(), ' ', '-');
      std::erase_if(heading, [](char c) { return c == '?' || c == ',' || c == '`' || c == ':'; });
      found = found || heading == one.substr(hash + 1);
    }
    CHECK(found);
  }
}
