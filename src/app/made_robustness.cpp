#include <fmt/core.h>

#include <algorithm>

#include "made_layers.hpp"
#include "named_columns.hpp"
#include "result_tables.hpp"
#include "robustness.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t listed_pairs = 20;   ///< of the best candidates that are held against each other
constexpr std::size_t listed_facts = 200;  ///< per model

/// Tables about one model after the other; rows that end are pushed to all columns of a table.
class RobustnessTables {
 public:
  explicit RobustnessTables(MadeFrom const& from) : from_(from), ids_(from.inputs.candidates->layer.id) {
    for (ModelResult const& model : from.judgement.models)
      if (model.robustness != nullptr && !left_out(model)) add(model, *model.robustness);
  }

  std::vector<MadeLayer> make() {
    std::vector<MadeLayer> out;
    out.push_back(layer("robustness", summary_, summaries_));
    out.back().codes = {{"weights_drawn", "weight_kind"}};
    out.push_back(layer("weight_stability", weights_, weight_rows_));
    out.push_back(layer("rank_shares", ranks_, rank_rows_));
    out.push_back(layer("central_weights", central_, central_rows_));
    out.push_back(layer("pairwise", pairs_, pair_rows_));
    out.push_back(layer("investigate_first", facts_, fact_rows_));
    out.back().description = from_.labels.get("term", "investigate_first_help");
    out.back().codes = {{"decides", "fact_kind"}};
    return out;
  }

 private:
  static MadeLayer layer(char const* name, NamedColumns& columns, std::size_t rows) {
    MadeLayer out;
    out.name = name;
    out.table = columns.table(rows);
    return out;
  }
  [[nodiscard]] bool left_out(ModelResult const& model) const {
    auto const& list = from_.study.output.leave_out;
    return std::find(list.begin(), list.end(), model.model->key) != list.end();
  }
  [[nodiscard]] std::optional<std::string_view> id(Row row) const {
    return row == no_row ? std::nullopt : std::optional<std::string_view>(ids_[row]);
  }

  void add(ModelResult const& model, ModelRobustness const& found) {
    add_summary(model, found);
    add_weights(model, found);
    add_ranks(model, found);
    add_pairs(model, found);
    add_facts(model, found);
  }

  void add_summary(ModelResult const& model, ModelRobustness const& found) {
    RobustnessSpec const& spec = from_.study.robustness;
    Acceptability const& all = found.acceptability;
    std::int64_t ranked = 0, certain = 0, possible = 0;
    for (std::size_t row = 0; row < all.in_top.size(); ++row) {
      if (!all.in_top.is_known(row)) continue;
      ++ranked;
      certain += all.in_top.values[row] >= 0.95 ? 1 : 0;
      possible += all.in_top.values[row] >= 0.05 ? 1 : 0;
    }
    summary_.texts("model").push(model.model->key);
    summary_.counts("top_k").push(static_cast<std::int64_t>(found.top));
    summary_.counts("ranked_n").push(ranked);
    summary_.counts("certain_n").push(certain);
    summary_.counts("possible_n").push(possible);
    summary_.numbers("same_top_share")
        .push(all.listed.empty() ? std::nullopt
                                 : std::optional(static_cast<double>(all.same_top) / static_cast<double>(all.draws)));
    summary_.counts("draws").push(static_cast<std::int64_t>(all.draws));
    summary_.texts("seed").push(std::to_string(spec.seed));
    summary_.texts("weights_drawn").push(to_string(found.space.kind));
    summary_.numbers("concentration")
        .push(found.space.kind == WeightKind::around ? std::optional(spec.concentration) : std::nullopt);
    summary_.texts("missing_drawn").push(spec.missing == Missing::drawn ? "yes" : "no");
    summary_.texts("weights_note").push(weights_note(*model.model, from_.labels));
    ++summaries_;
  }

  void add_weights(ModelResult const& model, ModelRobustness const& found) {
    std::size_t const criteria = found.stability.size();
    for (std::size_t j = 0; j <= criteria; ++j) {
      bool const missing = j == criteria;  // all missing values together are one more input
      if (missing && !found.variance) break;
      StabilityInterval const* one = missing ? nullptr : &found.stability[j];
      auto const share = [one](double StabilityInterval::*part) {
        return one == nullptr ? std::nullopt : std::optional(100 * (one->*part));
      };
      auto const swap = [this, one](std::optional<Swap> StabilityInterval::*side, Row Swap::*who) {
        return one == nullptr || !(one->*side) ? std::nullopt : id((*(one->*side)).*who);
      };
      weights_.texts("model").push(model.model->key);
      weights_.texts("criterion").push(missing ? std::string("missing_values") : model.model->criteria[j].criterion);
      weights_.numbers("weight_pct").push(share(&StabilityInterval::weight));
      weights_.numbers("low_pct").push(share(&StabilityInterval::low));
      weights_.numbers("high_pct").push(share(&StabilityInterval::high));
      weights_.texts("falls_below").push(swap(&StabilityInterval::below, &Swap::falls));
      weights_.texts("rises_below").push(swap(&StabilityInterval::below, &Swap::rises));
      weights_.texts("falls_above").push(swap(&StabilityInterval::above, &Swap::falls));
      weights_.texts("rises_above").push(swap(&StabilityInterval::above, &Swap::rises));
      auto const index = [&](SobolIndices const* all, auto part) {
        return all == nullptr ? std::optional<double>() : (all->*part)[j];
      };
      SobolIndices const* scores = found.variance ? &found.variance->all_scores : nullptr;
      SobolIndices const* top = found.variance ? &found.variance->all_in_top : nullptr;
      weights_.numbers("score_first").push(index(scores, &SobolIndices::first));
      weights_.numbers("score_total").push(index(scores, &SobolIndices::total));
      weights_.numbers("top_first").push(index(top, &SobolIndices::first));
      weights_.numbers("top_total").push(index(top, &SobolIndices::total));
      ++weight_rows_;
    }
  }

  void add_ranks(ModelResult const& model, ModelRobustness const& found) {
    Acceptability const& all = found.acceptability;
    for (std::size_t i = 0; i < all.listed.size(); ++i) {
      Row const row = all.listed[i];
      auto const& shares = all.rank_share[i];
      for (std::size_t r = 0; r < shares.size(); ++r) {
        if (shares[r] <= 0) continue;
        ranks_.texts("model").push(model.model->key);
        ranks_.texts("id").push(id(row));
        ranks_.counts("rank_now").push(rank_of(model, row));
        // The last place holds all ranks beyond those that are told apart.
        ranks_.texts("rank").push(r + 1 < shares.size() ? std::to_string(r + 1) : fmt::format(">{}", r));
        ranks_.numbers("share").push(shares[r]);
        ++rank_rows_;
      }
      for (std::size_t j = 0; j < all.central[i].weights.size(); ++j) {
        central_.texts("model").push(model.model->key);
        central_.texts("id").push(id(row));
        central_.numbers("first_share").push(all.central[i].share);
        central_.texts("criterion").push(model.model->criteria[j].criterion);
        central_.numbers("weight_pct").push(100 * model.weights[j]);
        central_.numbers("central_pct").push(100 * all.central[i].weights[j]);
        ++central_rows_;
      }
    }
  }

  static std::optional<std::int64_t> rank_of(ModelResult const& model, Row row) {
    return model.rank.is_known(row) ? std::optional(static_cast<std::int64_t>(model.rank.values[row])) : std::nullopt;
  }

  void add_pairs(ModelResult const& model, ModelRobustness const& found) {
    Acceptability const& all = found.acceptability;
    std::size_t const n = std::min(listed_pairs, all.listed.size());
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = a + 1; b < n; ++b) {
        pairs_.texts("model").push(model.model->key);
        pairs_.texts("id").push(id(all.listed[a]));
        pairs_.texts("other").push(id(all.listed[b]));
        pairs_.numbers("wins_share").push(all.wins[a][b]);
        pairs_.numbers("loses_share").push(all.wins[b][a]);
        ++pair_rows_;
      }
  }

  /// In the form of the additions: what is found out is written beside what is asked.
  void add_facts(ModelResult const& model, ModelRobustness const& found) {
    for (std::size_t i = 0; i < std::min(listed_facts, found.facts.size()); ++i) {
      MissingFact const& fact = found.facts[i];
      RuleSpec const* const rule = fact.is_rule ? model.rules[fact.index] : nullptr;
      std::string const criterion = rule == nullptr ? model.model->criteria[fact.index].criterion : rule->criterion;
      facts_.texts("id").push(id(fact.row));
      facts_.texts("field").push(criterion.empty() ? rule->key : criterion);
      for (char const* cell : {"value", "low", "high", "source", "by", "date"}) facts_.texts(cell).push(std::nullopt);
      facts_.texts("model").push(model.model->key);
      facts_.counts("rank_now").push(rank_of(model, fact.row));
      facts_.texts("decides").push(rule == nullptr ? "score" : "rule");
      facts_.texts("in_top_now").push(fact.chosen ? "yes" : "no");
      facts_.numbers("chance").push(fact.chance);
      facts_.numbers("gain_points").push(fact.gain);
      ++fact_rows_;
    }
  }

  MadeFrom const& from_;
  std::vector<std::string> const& ids_;
  NamedColumns summary_, weights_, ranks_, central_, pairs_, facts_;
  std::size_t summaries_ = 0, weight_rows_ = 0, rank_rows_ = 0, central_rows_ = 0, pair_rows_ = 0, fact_rows_ = 0;
};

}  // namespace

std::vector<PlannedLayer> plan_robustness(Study const& study) {
  if (!study.robustness.asked) return {};
  std::vector<PlannedLayer> out;
  for (char const* name :
       {"robustness", "weight_stability", "rank_shares", "central_weights", "pairwise", "investigate_first"})
    out.push_back({name, ShapeType::none});
  return out;
}

std::vector<MadeLayer> make_robustness(MadeFrom const& from) { return RobustnessTables(from).make(); }

}  // namespace terrein
