#include <algorithm>

#include "explain_parts.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_neighbours = 300;
constexpr double least_margin_m = 60;

/// Adds the shapes of a table within a box, but for one row.
void add_neighbours(OpenResult const& result, std::string const& table, Box const& box, std::optional<std::int64_t> own,
                    std::string const& model, ExplainedMap& out) {
  std::vector<std::int64_t> fids = result.file.fids_within(table, box, most_neighbours);
  if (own) std::erase(fids, *own);
  GeometryColumn const shapes = result.file.shapes(table, fids);
  auto const id = result.column(table, result.facts.id_column);
  auto const outcome = result.column(table, model + "_outcome");
  std::vector<std::string> wanted;
  for (auto const& column : {id, outcome})
    if (column) wanted.push_back(*column);
  GeometryBuilder builder(out.shapes);
  for (std::size_t i = 0; i < fids.size(); ++i) {
    if (!shapes.has_shape(i) || !shapes.all_finite(i)) continue;
    MapShape about;
    if (!wanted.empty()) {
      Table const row = result.file.read_where(table, "fid", std::to_string(fids[i]), wanted);
      if (id && row.rows() > 0) about.id = cell(row, *id, 0);
      if (outcome && row.rows() > 0) about.outcome = cell(row, *outcome, 0);
    }
    builder.copy_row(shapes, i);
    out.about.push_back(std::move(about));
  }
}

}  // namespace

ExplainedMap map_of(OpenResult const& result, CandidateRow const& candidate, std::string const& model) {
  ExplainedMap out;
  std::string const& own_table = candidate.table();
  std::int64_t const own_fid = candidate.fid();
  out.shapes = result.file.shapes(own_table, {own_fid});
  out.about.push_back({candidate.text(result.facts.id_column), candidate.text(model + "_outcome")});
  if (!out.shapes.has_shape(0) || !out.shapes.all_finite(0)) return out;
  Box const own = out.shapes.box[0];
  Box const box = own.grown(std::max(least_margin_m, 0.6 * std::max(own.width(), own.height())));
  for (std::string const& table : result.tables())
    add_neighbours(result, table, box, table == own_table ? std::optional(own_fid) : std::nullopt, model, out);
  return out;
}

}  // namespace terrein
