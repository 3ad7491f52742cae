#include <algorithm>

#include "explain_parts.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {
namespace {

constexpr double score_tie = 100 * tie_tolerance;  ///< scores in a result run to 100

/// The candidates with a rank, best first, ties by id. A column that was left out has no values.
class Ranking {
 public:
  Ranking(ResultFile const& file, ResultFacts const& facts, std::string const& model,
          std::vector<ExplainedCriterion> const& criteria) {
    auto const name = [&](std::string const& full) { return facts.column(file, facts.layer, full); };
    auto const rank = name(model + "_rank"), score = name(model + "_score"), id = name(facts.id_column);
    if (!rank) return;
    std::vector<std::string> wanted{*rank};
    for (auto const& column : {score, id})
      if (column) wanted.push_back(*column);
    std::vector<std::optional<std::string>> value_names;
    for (ExplainedCriterion const& one : criteria) {
      value_names.push_back(name(model + "_v_" + one.measure));
      if (value_names.back()) wanted.push_back(*value_names.back());
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    Table const table = file.read(facts.layer, wanted);
    for (std::size_t row = 0; row < table.rows(); ++row) add(table, row, *rank, score, id);
    std::sort(ranked_.begin(), ranked_.end(), [](Entry const& a, Entry const& b) {
      return a.about.rank != b.about.rank ? a.about.rank < b.about.rank : id_less(a.about.id, b.about.id);
    });
    for (auto const& column : value_names) {
      values_.emplace_back();
      for (Entry const& entry : ranked_)
        values_.back().push_back(column ? number(table, *column, entry.row) : std::nullopt);
    }
    known_ = true;
  }

  [[nodiscard]] bool known() const noexcept { return known_; }
  [[nodiscard]] std::size_t size() const noexcept { return ranked_.size(); }
  [[nodiscard]] RankedCandidate const& at(std::size_t i) const { return ranked_[i].about; }
  /// Place in the order; nothing for a candidate without rank.
  [[nodiscard]] std::optional<std::size_t> find(std::string const& id) const {
    for (std::size_t i = 0; i < ranked_.size(); ++i)
      if (ranked_[i].about.id == id) return i;
    return std::nullopt;
  }
  /// Which share of the others has a lower value of a criterion, and which the same; nothing without others.
  void compare(std::size_t i, std::optional<std::size_t> own, ExplainedCriterion& out) const {
    std::size_t others = 0, lower = 0, equal = 0;
    for (std::size_t place = 0; place < ranked_.size(); ++place) {
      auto const& other = values_[i][place];
      if (place == own || !other) continue;
      ++others;
      if (*other < *out.value) ++lower;
      if (*other == *out.value) ++equal;
    }
    if (others == 0) return;
    out.better_than = static_cast<double>(lower) / static_cast<double>(others);
    out.equal_to = static_cast<double>(equal) / static_cast<double>(others);
  }

 private:
  struct Entry {
    RankedCandidate about;
    std::size_t row;
  };

  void add(Table const& table, std::size_t row, std::string const& rank, std::optional<std::string> const& score,
           std::optional<std::string> const& id) {
    auto const place = number(table, rank, row);
    if (!place) return;
    ranked_.push_back({{id ? cell(table, *id, row) : std::string(), static_cast<std::int64_t>(*place),
                        score ? number(table, *score, row).value_or(0) : 0},
                       row});
  }

  std::vector<Entry> ranked_;
  std::vector<std::vector<std::optional<double>>> values_;  ///< by criterion, then in the order of `ranked_`
  bool known_ = false;
};

/// Rank by score alone, and the neighbours it would have, for a candidate without rank.
void place_by_score(Ranking const& ranking, double score, Position& out) {
  std::size_t higher = 0;
  while (higher < ranking.size() && ranking.at(higher).score > score + score_tie) ++higher;
  out.would_be = static_cast<std::int64_t>(higher) + 1;
  if (higher > 0) out.above.push_back(ranking.at(higher - 1));
  if (higher < ranking.size()) out.below.push_back(ranking.at(higher));
}

}  // namespace

void find_position(ResultFile const& file, ResultFacts const& facts, std::string const& id, ExplainedModel& model) {
  Ranking const ranking(file, facts, model.key, model.criteria);
  if (!ranking.known()) return;
  Position& out = model.position;
  out.ranked = ranking.size();
  auto const own = out.rank ? ranking.find(id) : std::nullopt;
  if (own) {
    if (*own > 0) out.above.push_back(ranking.at(*own - 1));
    if (*own + 1 < ranking.size()) out.below.push_back(ranking.at(*own + 1));
  } else if (model.score) {
    place_by_score(ranking, *model.score, out);
  }
  for (std::size_t i = 0; i < model.criteria.size(); ++i)
    if (model.criteria[i].value) ranking.compare(i, own, model.criteria[i]);
  std::size_t const others = ranking.size() - (own ? 1 : 0);
  if (!model.score || others == 0) return;
  std::size_t lower = 0;
  for (std::size_t i = 0; i < ranking.size(); ++i)
    if (ranking.at(i).score < *model.score - score_tie) ++lower;
  out.better_than = static_cast<double>(lower) / static_cast<double>(others);
}

}  // namespace terrein
