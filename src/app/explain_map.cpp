#include <algorithm>

#include "explain_parts.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_neighbours = 300;
constexpr double least_margin_m = 60;

/// Adds the shapes of a table within a box, but for one row.
void add_neighbours(ResultFile const& file, ResultFacts const& facts, std::string const& table, Box const& box,
                    std::optional<std::int64_t> own, std::string const& model, ExplainedMap& out) {
  std::vector<std::int64_t> fids = file.fids_within(table, box, most_neighbours);
  if (own) std::erase(fids, *own);
  GeometryColumn const shapes = file.shapes(table, fids);
  auto const id = facts.column(file, table, facts.id_column);
  auto const outcome = facts.column(file, table, model + "_outcome");
  std::vector<std::string> wanted;
  for (auto const& column : {id, outcome})
    if (column) wanted.push_back(*column);
  GeometryBuilder builder(out.shapes);
  for (std::size_t i = 0; i < fids.size(); ++i) {
    if (!shapes.has_shape(i) || !shapes.all_finite(i)) continue;
    MapShape about;
    if (!wanted.empty()) {
      Table const row = file.read_where(table, "fid", std::to_string(fids[i]), wanted);
      if (id && row.rows() > 0) about.id = cell(row, *id, 0);
      if (outcome && row.rows() > 0) about.outcome = cell(row, *outcome, 0);
    }
    builder.copy_row(shapes, i);
    out.about.push_back(std::move(about));
  }
}

}  // namespace

ExplainedMap map_of(ResultFile const& file, ResultFacts const& facts, CandidateRow const& candidate,
                    std::string const& model) {
  ExplainedMap out;
  out.shapes = file.shapes(candidate.table(), {candidate.fid()});
  out.about.push_back({candidate.text(facts.id_column), candidate.text(model + "_outcome")});
  if (!out.shapes.has_shape(0) || !out.shapes.all_finite(0)) return out;
  Box const own = out.shapes.box[0];
  Box const box = own.grown(std::max(least_margin_m, 0.6 * std::max(own.width(), own.height())));
  for (std::string const& table : {facts.layer, std::string("excluded")}) {
    if (!file.has_table(table)) continue;
    bool const same = table == candidate.table();
    add_neighbours(file, facts, table, box, same ? std::optional(candidate.fid()) : std::nullopt, model, out);
  }
  return out;
}

}  // namespace terrein
