#include "io/osm_check.hpp"

#include <fmt/core.h>

#include <cmath>
#include <mutex>

#include "io/nowhere.hpp"
#include "io/source.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/osm.hpp"

namespace terrein {
namespace {

std::mutex config_guard;
std::string config_file;

std::string of(std::size_t part, std::size_t whole, char const* what) {
  return fmt::format("{} of {} {}", part, whole, what);
}

/// "way 12, way 34 …": the first ones.
std::string first_ids(std::vector<std::int64_t> const& ids) {
  constexpr std::size_t most = 5;
  std::vector<std::string> texts;
  for (std::int64_t const id : ids)
    if (texts.size() < most) texts.push_back(std::to_string(id));
  return join(texts, ", ") + (ids.size() > most ? " …" : "");
}

std::string text_of(OsmReferences::Way const& way) {
  return "The file lacks " + of(way.missing, way.nodes, "nodes") +
         " of this way, as cut extracts do; its shape goes straight from one known node to the next.";
}

/// Why an area of a relation is not as it should be, or not there.
std::string text_of(OsmReferences::Relation const& relation) {
  std::vector<std::string> out;
  if (relation.members == 0) out.emplace_back("it has no ways");
  if (relation.missing > 0) out.push_back("the file lacks " + of(relation.missing, relation.members, "members"));
  if (relation.incomplete > 0)
    out.push_back(of(relation.incomplete, relation.members, "members lack nodes in this file"));
  if (out.empty()) out.emplace_back("its ways do not close to rings");
  return join(out, " and ");
}

}  // namespace

void use_osm_config(std::filesystem::path const& file) {
  std::lock_guard const lock(config_guard);
  config_file = file.string();
}

std::string osm_config() {
  std::lock_guard const lock(config_guard);
  if (config_file.empty() || !std::filesystem::is_regular_file(config_file))
    throw_error(ErrorKind::config,
                "The table of OpenStreetMap's tags ('{}') was not found. Set TERREIN_DATA to the folder that holds "
                "'datasets' and 'styles'.",
                config_file.empty() ? "datasets/osm/osmconf.ini" : config_file);
  return config_file;
}

void read_only_layer(GDALDatasetH dataset, std::string const& layer) {
  GDALDatasetReleaseResultSet(
      dataset, GDALDatasetExecuteSQL(dataset, ("SET interest_layers = " + layer).c_str(), nullptr, nullptr));
}

OsmCheck::OsmCheck(OGRLayerH layer) {
  std::string const name = OGR_L_GetName(layer);
  kind_ = name == "points"             ? Kind::points
          : name == "lines"            ? Kind::lines
          : name == "multilinestrings" ? Kind::multilinestrings
          : name == "multipolygons"    ? Kind::multipolygons
                                       : Kind::other_relations;
  osm_id_ = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), "osm_id");
  osm_way_id_ = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), "osm_way_id");
}

std::optional<std::int64_t> OsmCheck::number(OGRFeatureH feature, int field) const {
  if (field < 0 || OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return std::nullopt;
  return OGR_F_GetFieldAsInteger64(feature, field);
}

void OsmCheck::push(OGRFeatureH feature) {
  auto const way = number(feature, osm_way_id_);
  bool const relation = !way && kind_ != Kind::points && kind_ != Kind::lines;
  source_.push_back({relation, way ? *way : number(feature, osm_id_).value_or(0)});
}

std::optional<std::string> OsmCheck::way_id(OGRFeatureH feature) const {
  auto const way = number(feature, osm_way_id_);
  return way ? std::optional("way/" + std::to_string(*way)) : std::nullopt;
}

void OsmCheck::finish(std::string const& path, std::string const& layer_name, std::vector<std::string> const& ids,
                      GeometryColumn const& shapes, Issues& issues, std::vector<Row>& rows) const {
  if (kind_ == Kind::points) return;  // a node refers to nothing
  OsmReferences const file = read_osm_references(path);
  auto const tell = [&](Row row, std::string code, std::string text) {
    Point place{nowhere, nowhere};
    if (row != no_row && !shapes.box[row].empty()) place = shapes.box[row].centre();
    issues.add({layer_name, row == no_row ? "" : ids[row], "read", std::move(code), Severity::warning, place.x, place.y,
                std::move(text), true});
    rows.push_back(row);
  };
  std::set<Source> seen;
  for (Row row = 0; row < source_.size(); ++row) {
    auto const [relation, id] = source_[row];
    seen.insert(source_[row]);
    if (!relation) {
      if (auto const it = file.incomplete_ways.find(id); it != file.incomplete_ways.end())
        tell(row, "osm_incomplete", text_of(it->second));
      continue;
    }
    auto const& relations = kind_ == Kind::multipolygons ? file.areas : file.others;
    auto const it = relations.find(id);
    if (it != relations.end() && it->second.missing + it->second.incomplete > 0)
      tell(row, "osm_incomplete", "The relation is not whole: " + text_of(it->second) + ".");
  }
  if (kind_ == Kind::multipolygons)
    for (auto const& [id, relation] : file.areas)
      if (!seen.contains({true, id}))
        tell(no_row, "osm_missing_relation",
             fmt::format("The area of relation {} is missing: {}.", id, text_of(relation)));
  bool const ways = kind_ == Kind::lines || kind_ == Kind::multipolygons;
  std::vector<std::int64_t> lost;
  for (auto const& [id, way] : file.incomplete_ways)
    if (ways && way.tagged && way.nodes < way.missing + 2 && !seen.contains({false, id})) lost.push_back(id);
  if (!lost.empty())
    tell(no_row, "osm_missing_way",
         fmt::format("{} tagged ways are missing, here or in another layer: the file has fewer than two of their nodes "
                     "({}).",
                     lost.size(), first_ids(lost)));
  if (!file.incomplete_ways.empty())
    tell(no_row, "osm_references",
         fmt::format("Of {} nodes, {} ways and {} relations in the file, {} ways lack nodes, {} references in all: it "
                     "is cut from a larger one.",
                     file.nodes, file.ways, file.relations, file.incomplete_ways.size(), file.missing_references));
}

}  // namespace terrein
