#include "terrein/app/changes.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "mixed_values.hpp"
#include "rule_shifts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/agreement.hpp"

namespace terrein {
namespace {

template <class View>
View const* find(std::vector<View> const& all, std::string const& key) {
  auto const it = std::find_if(all.begin(), all.end(), [&](View const& one) { return one.key == key; });
  return it == all.end() ? nullptr : &*it;
}

std::unordered_map<std::string_view, Row> rows_by_id(std::vector<std::string> const& ids) {
  std::unordered_map<std::string_view, Row> out;
  out.reserve(ids.size());
  for (std::size_t row = 0; row < ids.size(); ++row)
    if (!out.emplace(ids[row], static_cast<Row>(row)).second)
      throw_error(ErrorKind::input,
                  "The candidate '{}' occurs twice in one result, so that candidates cannot be compared by their ids.",
                  ids[row]);
  return out;
}

/// Compares the candidates of one model, a row pair at a time.
class ModelComparison {
 public:
  ModelComparison(ResultView const& before, ResultView const& after, std::vector<MatchedRows> const& pairs,
                  ChangeOptions const& options)
      : before_(before.model), after_(after.model), pairs_(pairs), options_(options), rules_(before, after) {
    out_.key = after_.key;
    out_.label = after_.label;
    out_.additive = before_.additive && after_.additive;
    out_.rules = rules_.names();
    for (CriterionView const& one : after_.criteria) out_.criteria.push_back({one.key, one.label});
    for (CriterionView const& one : before_.criteria)
      if (find(after_.criteria, one.key) == nullptr) out_.criteria.push_back({one.key, one.label});
    for (NamedKey const& name : out_.criteria) {
      CriterionView const *old = find(before_.criteria, name.key), *now = find(after_.criteria, name.key);
      weights_.push_back({old == nullptr ? std::nullopt : std::optional(old->weight),
                          now == nullptr ? std::nullopt : std::optional(now->weight)});
      values_.emplace_back(old, now, before.measure_of, after.measure_of);
    }
  }

  ModelChanges run() {
    std::vector<CandidateShift> shifts(pairs_.size());
    bool const scored = !before_.criteria.empty() && !after_.criteria.empty() && out_.additive;
    constexpr std::size_t chunk = 1024;
    parallel_chunks(pairs_.size(), options_.workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
      std::optional<ScoreAttribution> attribution;
      if (scored) attribution.emplace(weights_);
      for (std::size_t i = begin; i < end; ++i) shifts[i] = shift_of(i, attribution);
    });
    for (CandidateShift& one : shifts) {
      count(one);
      if (is_changed(one)) out_.changed.push_back(std::move(one));
    }
    for (double& one : out_.mean_size) one /= std::max<double>(1, static_cast<double>(out_.scored_both));
    Agreement const agreed = agreement_of_ranked();
    out_.kendall = agreed.kendall;
    out_.spearman = agreed.spearman;
    return std::move(out_);
  }

 private:
  static std::optional<double> number_at(Column<double> const& column, Row row) {
    return row < column.size() ? column.at(row) : std::nullopt;  // without criteria there are no rows
  }
  static std::optional<std::int64_t> rank_at(ModelView const& model, Row row) {
    auto const rank = number_at(model.rank, row);
    return rank ? std::optional(static_cast<std::int64_t>(*rank)) : std::nullopt;
  }
  [[nodiscard]] bool is_top(std::optional<std::int64_t> const& rank) const { return rank && *rank <= options_.top; }
  static bool in_both(CandidateShift const& one) { return one.outcome_before && one.outcome_after; }
  static bool score_differs(CandidateShift const& one) {
    auto const change = one.score_change();
    return change ? std::abs(*change) > score_tolerance : one.score_before.has_value() != one.score_after.has_value();
  }
  static bool is_changed(CandidateShift const& one) {
    return score_differs(one) || one.rank_before != one.rank_after || one.outcome_changed();
  }

  CandidateShift shift_of(std::size_t index, std::optional<ScoreAttribution>& attribution) const {
    MatchedRows const& pair = pairs_[index];
    CandidateShift out;
    out.pair = index;
    if (pair.before != no_row) {
      out.score_before = number_at(before_.score, pair.before);
      out.rank_before = rank_at(before_, pair.before);
      out.outcome_before = before_.outcome[pair.before];
    }
    if (pair.after != no_row) {
      out.score_after = number_at(after_.score, pair.after);
      out.rank_after = rank_at(after_, pair.after);
      out.outcome_after = after_.outcome[pair.after];
    }
    out.in_top_before = is_top(out.rank_before);
    out.in_top_after = is_top(out.rank_after);
    if (!in_both(out) || !is_changed(out)) return out;
    out.rules = rules_.of(pair);
    if (auto const change = out.score_change(); change && attribution)
      add_parts(pair, *change, *attribution, out);
    else if (change && std::abs(*change) > score_tolerance)
      out.unexplained = *change;
    return out;
  }

  void add_parts(MatchedRows const& pair, double change, ScoreAttribution& attribution, CandidateShift& out) const {
    std::vector<ValuePair> values;
    for (PairedValues const& one : values_) values.push_back(one.at(pair));
    out.parts = attribution.explain(values);
    double left = change;
    for (CriterionPoints const& one : out.parts) left -= one.points;
    if (std::abs(left) > score_tolerance) out.unexplained = left;
  }

  void count(CandidateShift const& one) {
    out_.ranked_before += one.rank_before ? 1U : 0U;
    out_.ranked_after += one.rank_after ? 1U : 0U;
    out_.top_before += one.in_top_before ? 1U : 0U;
    out_.top_after += one.in_top_after ? 1U : 0U;
    out_.top_both += one.in_top_before && one.in_top_after ? 1U : 0U;
    if (!in_both(one)) {
      ++(one.outcome_after ? out_.added : out_.gone);
      return;
    }
    ++out_.both;
    out_.outcome_changed += one.outcome_changed() ? 1U : 0U;
    if (auto const won = one.places_won()) {
      out_.up += *won > 0 ? 1U : 0U;
      out_.down += *won < 0 ? 1U : 0U;
    }
    out_.got_rank += !one.rank_before && one.rank_after ? 1U : 0U;
    out_.lost_rank += one.rank_before && !one.rank_after ? 1U : 0U;
    if (!one.score_change()) return;
    ++out_.scored_both;
    out_.score_changed += score_differs(one) ? 1U : 0U;
    out_.unexplained += one.unexplained != 0 ? 1U : 0U;
    PointsByCause const points = one.by_cause();
    for (std::size_t i = 0; i < points.size(); ++i) {
      out_.sum[i] += points[i];
      out_.mean_size[i] += std::abs(points[i]);
    }
  }

  /// Of the scores of those with a rank in both.
  [[nodiscard]] Agreement agreement_of_ranked() const {
    Column<double> old, now;
    for (MatchedRows const& pair : pairs_) {
      if (pair.before == no_row || pair.after == no_row) continue;
      if (!rank_at(before_, pair.before) || !rank_at(after_, pair.after)) continue;
      old.push(before_.score.at(pair.before));
      now.push(after_.score.at(pair.after));
    }
    std::vector<std::uint8_t> const all(old.size(), 1);
    return agreement(old, now, all, static_cast<std::size_t>(options_.top));
  }

  ModelView const &before_, &after_;
  std::vector<MatchedRows> const& pairs_;
  ChangeOptions const& options_;
  RuleShifts rules_;
  std::vector<WeightPair> weights_;
  std::vector<PairedValues> values_;
  ModelChanges out_;
};

}  // namespace

PointsByCause CandidateShift::by_cause() const {
  PointsByCause out{};
  for (CriterionPoints const& one : parts) out[static_cast<std::size_t>(one.cause)] += one.points;
  return out;
}

std::vector<MatchedRows> matched_rows(std::vector<std::string> const& before, std::vector<std::string> const& after) {
  auto const old = rows_by_id(before), now = rows_by_id(after);
  std::vector<MatchedRows> out;
  for (std::size_t row = 0; row < after.size(); ++row) {
    auto const it = old.find(after[row]);
    out.push_back({it == old.end() ? no_row : it->second, static_cast<Row>(row)});
  }
  for (std::size_t row = 0; row < before.size(); ++row)
    if (!now.contains(before[row])) out.push_back({static_cast<Row>(row), no_row});
  auto const id = [&](MatchedRows const& pair) -> std::string const& {
    return pair.after == no_row ? before[pair.before] : after[pair.after];
  };
  std::sort(out.begin(), out.end(), [&](MatchedRows const& a, MatchedRows const& b) { return id_less(id(a), id(b)); });
  return out;
}

ModelChanges compare_models(ResultView const& before, ResultView const& after, std::vector<MatchedRows> const& pairs,
                            ChangeOptions const& options) {
  return ModelComparison(before, after, pairs, options).run();
}

}  // namespace terrein
