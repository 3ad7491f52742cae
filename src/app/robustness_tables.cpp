#include "robustness_tables.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace terrein {
namespace {

constexpr std::size_t listed_pairs = 20;   ///< of the best candidates that are held against each other
constexpr std::size_t listed_facts = 200;  ///< per model

std::optional<std::int64_t> rank_of(RobustModel const& model, Row row) {
  return model.rank.is_known(row) ? std::optional(static_cast<std::int64_t>(model.rank.values[row])) : std::nullopt;
}

}  // namespace

RobustnessTables::RobustnessTables(std::vector<std::string> const& ids, RobustnessSpec const& spec)
    : ids_(ids), spec_(spec) {
  // A table without rows has its columns all the same.
  for (NamedColumns* table : {&summary_, &weights_, &ranks_, &central_, &pairs_}) table->texts("model");
  for (char const* name : {"top_k", "ranked_n", "certain_n", "possible_n"}) summary_.counts(name);
  summary_.numbers("same_top_share");
  summary_.counts("draws");
  for (char const* name : {"seed", "weights_drawn"}) summary_.texts(name);
  weights_.texts("criterion");
  for (char const* name : {"weight_pct", "low_pct", "high_pct"}) weights_.numbers(name);
  for (NamedColumns* table : {&ranks_, &central_, &pairs_}) table->texts("id");
  ranks_.counts("rank_now");
  ranks_.texts("rank");
  ranks_.numbers("share");
  central_.numbers("first_share");
  central_.texts("criterion");
  for (char const* name : {"weight_pct", "central_pct"}) central_.numbers(name);
  pairs_.texts("other");
  for (char const* name : {"wins_share", "loses_share"}) pairs_.numbers(name);
  for (char const* name : {"id", "field", "value", "low", "high", "source", "by", "date", "model"}) facts_.texts(name);
  facts_.counts("rank_now");
  for (char const* name : {"decides", "in_top_now"}) facts_.texts(name);
  for (char const* name : {"chance", "gain_points"}) facts_.numbers(name);
}

std::vector<std::string> RobustnessTables::names() {
  return {"robustness", "weight_stability", "rank_shares", "central_weights", "pairwise", "investigate_first"};
}

void RobustnessTables::add(RobustModel const& model) {
  add_summary(model);
  add_weights(model);
  add_ranks(model);
  add_pairs(model);
  add_facts(model);
}

std::vector<std::pair<std::string, Table>> RobustnessTables::take() {
  std::vector<std::pair<std::string, Table>> out;
  auto const names_of_all = names();
  auto name = names_of_all.begin();
  for (auto [columns, rows] : {std::pair{&summary_, &summaries_},
                               {&weights_, &weight_rows_},
                               {&ranks_, &rank_rows_},
                               {&central_, &central_rows_},
                               {&pairs_, &pair_rows_},
                               {&facts_, &fact_rows_}}) {
    out.emplace_back(*name++, columns->table(*rows));
    *rows = 0;
  }
  return out;
}

std::optional<std::string_view> RobustnessTables::id(Row row) const {
  return row == no_row ? std::nullopt : std::optional<std::string_view>(ids_[row]);
}

void RobustnessTables::add_summary(RobustModel const& model) {
  Acceptability const& all = model.found.acceptability;
  std::int64_t ranked = 0, certain = 0, possible = 0;
  for (std::size_t row = 0; row < all.in_top.size(); ++row) {
    if (!all.in_top.is_known(row)) continue;
    ++ranked;
    certain += all.in_top.values[row] >= 0.95 ? 1 : 0;
    possible += all.in_top.values[row] >= 0.05 ? 1 : 0;
  }
  summary_.texts("model").push(model.config.key);
  summary_.counts("top_k").push(static_cast<std::int64_t>(model.found.top));
  summary_.counts("ranked_n").push(ranked);
  summary_.counts("certain_n").push(certain);
  summary_.counts("possible_n").push(possible);
  summary_.numbers("same_top_share")
      .push(all.listed.empty() ? std::nullopt
                               : std::optional(static_cast<double>(all.same_top) / static_cast<double>(all.draws)));
  summary_.counts("draws").push(static_cast<std::int64_t>(all.draws));
  summary_.texts("seed").push(std::to_string(spec_.seed));
  summary_.texts("weights_drawn").push(to_string(model.found.space.kind));
  summary_.numbers("concentration")
      .push(model.found.space.kind == WeightKind::around ? std::optional(spec_.concentration) : std::nullopt);
  summary_.counts("sample_points").push(static_cast<std::int64_t>(spec_.points));
  summary_.texts("missing_drawn").push(spec_.missing == Missing::drawn ? "yes" : "no");
  summary_.counts("factor_draws").push(static_cast<std::int64_t>(model.found.factor_draws));
  summary_.texts("weights_note").push(model.note);
  ++summaries_;
}

void RobustnessTables::add_weights(RobustModel const& model) {
  std::size_t const criteria = model.found.stability.size();
  for (std::size_t j = 0; j < criteria; ++j) add_weight(model, j);
  if (!model.found.variance) return;
  add_together(model, "missing_values", criteria);
  if (model.found.factor_draws > 0) add_together(model, "factors", criteria + 1);
}

/// An input that is no weight.
void RobustnessTables::add_together(RobustModel const& model, char const* name, std::size_t input) {
  weights_.texts("model").push(model.config.key);
  weights_.texts("criterion").push(name);
  for (char const* column : {"weight_pct", "low_pct", "high_pct", "drawn_low_pct", "drawn_high_pct"})
    weights_.numbers(column).push(std::nullopt);
  for (char const* column : {"falls_below", "rises_below", "falls_above", "rises_above"})
    weights_.texts(column).push(std::nullopt);
  add_indices(model, input);
  ++weight_rows_;
}

void RobustnessTables::add_weight(RobustModel const& model, std::size_t j) {
  StabilityInterval const& one = model.found.stability[j];
  WeightSpace const& space = model.found.space;
  bool const ranges = space.kind == WeightKind::ranges;
  auto const who = [this](std::optional<Swap> const& swap, Row Swap::*row) {
    return swap ? id((*swap).*row) : std::nullopt;
  };
  weights_.texts("model").push(model.config.key);
  weights_.texts("criterion").push(model.config.criteria[j].criterion);
  weights_.numbers("weight_pct").push(100 * one.weight);
  weights_.numbers("low_pct").push(100 * one.low);
  weights_.numbers("high_pct").push(100 * one.high);
  weights_.texts("falls_below").push(who(one.below, &Swap::falls));
  weights_.texts("rises_below").push(who(one.below, &Swap::rises));
  weights_.texts("falls_above").push(who(one.above, &Swap::falls));
  weights_.texts("rises_above").push(who(one.above, &Swap::rises));
  weights_.numbers("drawn_low_pct").push(ranges ? std::optional(100 * space.low[j]) : std::nullopt);
  weights_.numbers("drawn_high_pct").push(ranges ? std::optional(100 * space.high[j]) : std::nullopt);
  add_indices(model, j);
  ++weight_rows_;
}

void RobustnessTables::add_indices(RobustModel const& model, std::size_t input) {
  auto const& variance = model.found.variance;
  auto const add = [&](char const* name, SobolIndices ScoreVariance::*of,
                       std::vector<std::optional<double>> SobolIndices::*part) {
    weights_.numbers(name).push(variance ? (((*variance).*of).*part)[input] : std::nullopt);
  };
  add("score_first", &ScoreVariance::all_scores, &SobolIndices::first);
  add("score_total", &ScoreVariance::all_scores, &SobolIndices::total);
  add("top_first", &ScoreVariance::all_in_top, &SobolIndices::first);
  add("top_total", &ScoreVariance::all_in_top, &SobolIndices::total);
}

void RobustnessTables::add_ranks(RobustModel const& model) {
  Acceptability const& all = model.found.acceptability;
  for (std::size_t i = 0; i < all.listed.size(); ++i) {
    Row const row = all.listed[i];
    auto const& shares = all.rank_share[i];
    for (std::size_t r = 0; r < shares.size(); ++r) {
      if (shares[r] <= 0) continue;
      ranks_.texts("model").push(model.config.key);
      ranks_.texts("id").push(id(row));
      ranks_.counts("rank_now").push(rank_of(model, row));
      // The last place holds all ranks beyond those that are told apart.
      ranks_.texts("rank").push(r + 1 < shares.size() ? std::to_string(r + 1) : fmt::format(">{}", r));
      ranks_.numbers("share").push(shares[r]);
      ++rank_rows_;
    }
    for (std::size_t j = 0; j < all.central[i].weights.size(); ++j) {
      central_.texts("model").push(model.config.key);
      central_.texts("id").push(id(row));
      central_.numbers("first_share").push(all.central[i].share);
      central_.texts("criterion").push(model.config.criteria[j].criterion);
      central_.numbers("weight_pct").push(100 * model.weights[j]);
      central_.numbers("central_pct").push(100 * all.central[i].weights[j]);
      ++central_rows_;
    }
  }
}

void RobustnessTables::add_pairs(RobustModel const& model) {
  Acceptability const& all = model.found.acceptability;
  std::size_t const n = std::min(listed_pairs, all.listed.size());
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b) {
      pairs_.texts("model").push(model.config.key);
      pairs_.texts("id").push(id(all.listed[a]));
      pairs_.texts("other").push(id(all.listed[b]));
      pairs_.numbers("wins_share").push(all.wins[a][b]);
      pairs_.numbers("loses_share").push(all.wins[b][a]);
      ++pair_rows_;
    }
}

/// In the form of the additions: what is found out is written beside what is asked.
void RobustnessTables::add_facts(RobustModel const& model) {
  for (std::size_t i = 0; i < std::min(listed_facts, model.found.facts.size()); ++i) {
    MissingFact const& fact = model.found.facts[i];
    RuleSpec const* const rule = fact.is_rule ? model.rules[fact.index] : nullptr;
    std::string const criterion = rule == nullptr ? model.config.criteria[fact.index].criterion : rule->criterion;
    facts_.texts("id").push(id(fact.row));
    facts_.texts("field").push(criterion.empty() ? rule->key : criterion);
    for (char const* cell : {"value", "low", "high", "source", "by", "date"}) facts_.texts(cell).push(std::nullopt);
    facts_.texts("model").push(model.config.key);
    facts_.counts("rank_now").push(rank_of(model, fact.row));
    facts_.texts("decides").push(rule == nullptr ? "score" : "rule");
    facts_.texts("in_top_now").push(fact.chosen ? "yes" : "no");
    facts_.numbers("chance").push(fact.chance);
    facts_.numbers("gain_points").push(fact.gain);
    ++fact_rows_;
  }
}

}  // namespace terrein
