#include <algorithm>

#include "explain_parts.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {
namespace {

constexpr double score_tie = 100 * tie_tolerance;  ///< scores in a result run to 100

/// Names of the columns that a ranking reads; nothing for those that were left out.
struct RankingColumns {
  std::optional<std::string> rank, score, id;
  std::vector<std::optional<std::string>> values;

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    auto const add = [&out](std::optional<std::string> const& name) {
      if (name && std::find(out.begin(), out.end(), *name) == out.end()) out.push_back(*name);
    };
    for (auto const* name : {&rank, &score, &id}) add(*name);
    for (auto const& name : values) add(name);
    return out;
  }
};

Ranking read_ranking(Table const& table, RankingColumns const& columns) {
  Ranking out;
  out.known = true;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const rank = number(table, *columns.rank, row);
    if (!rank) continue;
    out.entries.push_back(
        {{columns.id ? cell(table, *columns.id, row) : std::string(), static_cast<std::int64_t>(*rank),
          columns.score ? number(table, *columns.score, row).value_or(0) : 0},
         row});
  }
  std::sort(out.entries.begin(), out.entries.end(), [](Ranking::Entry const& a, Ranking::Entry const& b) {
    return a.about.rank != b.about.rank ? a.about.rank < b.about.rank : id_less(a.about.id, b.about.id);
  });
  for (auto const& column : columns.values) {
    out.values.emplace_back();
    for (Ranking::Entry const& entry : out.entries)
      out.values.back().push_back(column ? number(table, *column, entry.row) : std::nullopt);
  }
  return out;
}

/// Rank by score alone, and the neighbours it would have, for a candidate without rank.
void place_by_score(Ranking const& ranking, double score, Position& out) {
  std::size_t higher = 0;
  while (higher < ranking.entries.size() && ranking.entries[higher].about.score > score + score_tie) ++higher;
  out.would_be = static_cast<std::int64_t>(higher) + 1;
  if (higher > 0) out.above.push_back(ranking.entries[higher - 1].about);
  if (higher < ranking.entries.size()) out.below.push_back(ranking.entries[higher].about);
}

/// Which share of the others has a lower value of a criterion, and which the same; nothing without others.
void compare(std::vector<std::optional<double>> const& values, std::optional<std::size_t> own,
             ExplainedCriterion& out) {
  std::size_t others = 0, lower = 0, equal = 0;
  for (std::size_t place = 0; place < values.size(); ++place) {
    if (place == own || !values[place]) continue;
    ++others;
    if (*values[place] < *out.value) ++lower;
    if (*values[place] == *out.value) ++equal;
  }
  if (others == 0) return;
  out.better_than = static_cast<double>(lower) / static_cast<double>(others);
  out.equal_to = static_cast<double>(equal) / static_cast<double>(others);
}

}  // namespace

Ranking const& OpenResult::ranking(StoredModel const& model) const {
  std::string const& key = model.config.key;
  auto const [it, fresh] = rankings_.try_emplace(key);
  if (!fresh) return it->second;
  RankingColumns columns;
  columns.rank = column(facts.layer, key + "_rank");
  columns.score = column(facts.layer, key + "_score");
  columns.id = column(facts.layer, facts.id_column);
  for (ModelCriterion const& one : model.config.criteria)
    columns.values.push_back(column(facts.layer, key + "_v_" + one.criterion));
  if (columns.rank) it->second = read_ranking(file.read(facts.layer, columns.names()), columns);
  return it->second;
}

void find_position(Ranking const& ranking, std::string const& id, ExplainedModel& model) {
  if (!ranking.known) return;
  Position& out = model.position;
  auto const& entries = ranking.entries;
  out.ranked = entries.size();
  std::optional<std::size_t> own;
  for (std::size_t i = 0; out.rank && !own && i < entries.size(); ++i)
    if (entries[i].about.id == id) own = i;
  if (own) {
    if (*own > 0) out.above.push_back(entries[*own - 1].about);
    if (*own + 1 < entries.size()) out.below.push_back(entries[*own + 1].about);
  } else if (model.score) {
    place_by_score(ranking, *model.score, out);
  }
  for (std::size_t i = 0; i < model.criteria.size(); ++i)
    if (model.criteria[i].value) compare(ranking.values[i], own, model.criteria[i]);
  std::size_t const others = entries.size() - (own ? 1 : 0);
  if (!model.score || others == 0) return;
  std::size_t lower = 0;
  for (Ranking::Entry const& entry : entries)
    if (entry.about.score < *model.score - score_tie) ++lower;
  out.better_than = static_cast<double>(lower) / static_cast<double>(others);
}

}  // namespace terrein
