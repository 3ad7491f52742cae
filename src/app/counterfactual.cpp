#include "terrein/app/counterfactual.hpp"

#include <algorithm>
#include <cmath>

#include "explain_parts.hpp"
#include "model_scoring.hpp"
#include "result_tables.hpp"
#include "robustness.hpp"
#include "stored_ranking.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/reach_value.hpp"

namespace terrein {
namespace {

/// One row of a measure.
Measure one_row(Measure const& measure, Row row) {
  Measure out;
  out.key = measure.key;
  out.unit = measure.unit;
  out.is_class = measure.is_class;
  out.separator = measure.separator;
  if (measure.is_class) {
    out.text.push(measure.text.at(row));
    return out;
  }
  out.value.push(measure.value.at(row));
  out.low = out.high = BoundColumn("", 1);
  if (auto const low = measure.low.at(row)) out.low.set(0, *low);
  if (auto const high = measure.high.at(row)) out.high.set(0, *high);
  return out;
}

/// One candidate in one model: what would have to be otherwise.
class Inquiry {
 public:
  Inquiry(StoredRanking const& ranking, ResultFacts const& facts, CounterfactualOptions const& options)
      : ranking_(ranking), facts_(facts), options_(options), model_(*ranking.model) {}

  /// Changes after which `reached(score, rank)` holds of a row; `wanted` is a score that is enough.
  template <class Reached>
  std::vector<EnoughChange> of_measures(Row row, double wanted, Reached const& reached) const {
    std::vector<std::pair<double, EnoughChange>> found;  // by how much more the value is
    for (std::size_t j = 0; j < ranking_.values.size(); ++j) {
      Column<double> const& value = ranking_.values[j].value;
      double const weight = model_.shares[j];
      if (weight == 0 || !value.is_known(row)) continue;
      double const known = ranking_.scores.completeness[row];
      double const needed = value.values[row] + (wanted - ranking_.scores.score.values[row]) * known / weight;
      auto const after = with_value(j, row, needed);
      if (!after) continue;
      EnoughChange change = described(j, row, *after);
      if (fails_with(*after, model_.config.criteria[j].criterion)) continue;
      Values const new_value = evaluate(model_.config.criteria[j].function, *after);
      double const score = rescored(row, j, new_value);
      change.score = 100 * score;
      change.rank = rank_of(score, row);
      if (reached(score, change.rank)) found.emplace_back(new_value.value.values[0] - value.values[row], change);
    }
    std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    std::vector<EnoughChange> out;
    for (auto& [more, change] : found) out.push_back(std::move(change));
    return out;
  }

  template <class Reached>
  std::vector<EnoughChange> of_weights(Row row, std::vector<WeightMove> const& moves, Reached const& reached) const {
    std::vector<EnoughChange> out;
    for (WeightMove const& move : moves) {
      std::vector<double> weights = model_.shares;
      double const rest = 1 - weights[move.criterion], others = static_cast<double>(weights.size() - 1);
      for (std::size_t j = 0; j < weights.size(); ++j) {
        if (j == move.criterion)
          weights[j] = move.to;
        else
          weights[j] = rest > 1e-12 ? weights[j] * (1 - move.to) / rest : (1 - move.to) / others;
      }
      Scores const scores = weighted_sum(ranking_.problem.values, weights, options_.workers);
      Column<double> const rank = ranks(scores.score, ranking_.ranked, RankKind::competition, options_.workers);
      if (!reached(scores, rank)) continue;
      EnoughChange change = named(move.criterion);
      change.of_weight = true;
      change.from = 100 * move.from;
      change.to = 100 * move.to;
      change.unit = "%";
      change.score = 100 * scores.score.values[row];
      change.rank = static_cast<std::int64_t>(rank.values[row]);
      out.push_back(std::move(change));
    }
    return out;
  }

  std::vector<EnoughChange> into_top(Row row) const {
    auto const k = static_cast<std::int64_t>(options_.top);
    std::vector<Row> const best = best_rows(ranking_.problem, options_.top + 1);
    if (ranking_.ranked[row] == 0 || best.size() < options_.top) return {};
    std::vector<EnoughChange> out = of_measures(row, ranking_.scores.score.values[best[options_.top - 1]],
                                                [k](double, std::int64_t rank) { return rank <= k; });
    auto const weights = of_weights(row, moves_into_top(ranking_.problem, row, options_.top, options_.workers),
                                    [&](Scores const&, Column<double> const& rank) {
                                      return rank.values[row] <= static_cast<double>(options_.top);
                                    });
    out.insert(out.end(), weights.begin(), weights.end());
    return out;
  }

  /// Changes of the one that scores less.
  std::vector<EnoughChange> overtake(Row behind, Row ahead) const {
    double const edge = ranking_.scores.score.values[ahead];
    std::vector<EnoughChange> out = of_measures(
        behind, edge + 2 * tie_tolerance, [edge](double score, std::int64_t) { return score > edge + tie_tolerance; });
    auto const weights =
        of_weights(behind, moves_past(ranking_.problem, behind, ahead), [&](Scores const& scores, auto const&) {
          return scores.score.values[behind] > scores.score.values[ahead] + tie_tolerance;
        });
    out.insert(out.end(), weights.begin(), weights.end());
    return out;
  }

 private:
  [[nodiscard]] EnoughChange named(std::size_t j) const {
    EnoughChange out;
    out.criterion = model_.config.criteria[j].criterion;
    ExplainedMeasure const& measure = facts_.measures.at(out.criterion);
    out.label = measure.label.empty() ? out.criterion : measure.label;
    out.unit = measure.unit;
    out.decimals = measure.decimals;
    return out;
  }

  EnoughChange described(std::size_t j, Row row, Measure const& after) const {
    EnoughChange out = named(j);
    Measure const& before = ranking_.measures[j];
    if (before.is_class) {
      out.from_class = before.text.text(row);
      out.to_class = after.text.text(0);
    } else {
      out.from = before.value.at(row);
      out.to = after.value.at(0);
    }
    return out;
  }

  /// The measure of a row with the smallest change that is worth `needed` or more; nothing where none is.
  [[nodiscard]] std::optional<Measure> with_value(std::size_t j, Row row, double needed) const {
    ValueFunction const& function = model_.config.criteria[j].function;
    Measure out = one_row(ranking_.measures[j], row);
    if (out.is_class) {
      std::string const* best = nullptr;
      double least = 0;
      for (auto const& [name, range] : function.classes) {
        if (range.low < range.high || range.low < needed || (best != nullptr && range.low >= least)) continue;
        best = &name;
        least = range.low;
      }
      if (best == nullptr) return std::nullopt;
      out.text = TextColumn();
      out.text.push(*best);
      return out;
    }
    if (!out.value.is_known(0)) return std::nullopt;  // without end, such as a distance to nothing
    auto const number = nearest_with_value(function, out.value.values[0], needed);
    if (!number || (*number < 0 && out.value.values[0] >= 0)) return std::nullopt;
    out.value.set(0, *number);
    return out;
  }

  /// Whether a rule on the criterion excludes the candidate with the changed measure.
  [[nodiscard]] bool fails_with(Measure const& after, std::string const& criterion) const {
    return std::any_of(model_.rules.begin(), model_.rules.end(), [&](StoredRule const& one) {
      return one.rule.criterion == criterion && one.rule.effect == RuleEffect::exclude && decides(one.rule) &&
             apply_rule(one.rule, after).result[0] == RuleResult::fail;
    });
  }

  [[nodiscard]] double rescored(Row row, std::size_t changed, Values const& value) const {
    std::vector<Values> own(ranking_.values.size());
    std::vector<Values const*> all;
    for (std::size_t j = 0; j < own.size(); ++j) {
      Values const& from = ranking_.values[j];
      if (j == changed) {
        own[j] = value;
      } else {
        own[j].value.push(from.value.at(row));
        own[j].low = {from.low[row]};
        own[j].high = {from.high[row]};
      }
      all.push_back(&own[j]);
    }
    return weighted_sum(all, model_.shares).score.values[0];
  }

  [[nodiscard]] std::int64_t rank_of(double score, Row row) const {
    std::int64_t better = 0;
    for (Row other = 0; other < ranking_.ranked.size(); ++other)
      better +=
          other != row && ranking_.ranked[other] != 0 && ranking_.scores.score.values[other] > score + tie_tolerance
              ? 1
              : 0;
    return better + 1;
  }

  StoredRanking const& ranking_;
  ResultFacts const& facts_;
  CounterfactualOptions const& options_;
  StoredModel const& model_;
};

/// What the rules that a candidate fails ask.
class RuleNeeds {
 public:
  RuleNeeds(StoredCandidates const& candidates, StoredModel const& model, ResultFacts const& facts,
            Labels const& labels, Row row)
      : candidates_(candidates), model_(model), facts_(facts), labels_(labels), row_(row) {}

  void set(ModelCounterfactual& out) const {
    std::vector<StoredRule const*> failing;
    for (StoredRule const& one : model_.rules)
      if (candidates_.result_of(one.rule.key, row_) == to_string(RuleResult::fail)) failing.push_back(&one);
    for (StoredRule const* one : failing) out.needs.push_back(need(*one));
    out.one_measure = !failing.empty() && one_measure(failing, out.needs);
  }

 private:
  [[nodiscard]] RuleNeed need(StoredRule const& one) const {
    RuleNeed out;
    out.rule = one.rule.key;
    out.label = labels_.pick(one.rule.label_nl, one.rule.label_en);
    if (out.label.empty()) out.label = out.rule;
    out.is_cut = one.rule.effect == RuleEffect::cut;
    if (out.is_cut) return out;
    out.test = to_text(one.rule.test);
    ExplainedMeasure const& measure = facts_.measures.at(one.rule.criterion);
    out.measure = measure.label;
    out.unit = measure.unit;
    out.decimals = measure.decimals;
    Measure const now = one_row(candidates_.measure(one.rule.criterion), row_);
    RuleTest const& test = one.rule.test;
    if (measure.is_class) {
      out.class_now = now.text.text(0);
      out.classes = test.classes;
      out.named_pass = test.op == RuleTest::Op::not_in;
      return out;
    }
    out.now = now.value.at(0);
    out.needed = test.threshold;
    out.beyond = test.op == RuleTest::Op::at_least || test.op == RuleTest::Op::at_most;
    return out;
  }

  /// All on one measure, and a number that the strictest of them lets pass is let pass by all.
  [[nodiscard]] bool one_measure(std::vector<StoredRule const*> const& failing,
                                 std::vector<RuleNeed> const& needs) const {
    std::string const& criterion = failing.front()->rule.criterion;
    for (StoredRule const* one : failing)
      if (one->rule.effect == RuleEffect::cut || one->rule.criterion != criterion) return false;
    if (facts_.measures.at(criterion).is_class) return failing.size() == 1;
    Measure after = one_row(candidates_.measure(criterion), row_);
    for (RuleNeed const& need : needs) {
      RuleTest::Op const op = parse_rule_test(need.test).op;
      bool const less = op == RuleTest::Op::greater || op == RuleTest::Op::at_least;
      double const to = !need.beyond ? *need.needed : std::nextafter(*need.needed, less ? -1e300 : 1e300);
      after.value.set(0, to);
      if (std::none_of(failing.begin(), failing.end(), [&after](StoredRule const* one) {
            return apply_rule(one->rule, after).result[0] == RuleResult::fail;
          }))
        return true;
    }
    return false;
  }

  StoredCandidates const& candidates_;
  StoredModel const& model_;
  ResultFacts const& facts_;
  Labels const& labels_;
  Row row_;
};

std::optional<std::int64_t> whole(Column<double> const& rank, Row row) {
  return rank.is_known(row) ? std::optional(static_cast<std::int64_t>(rank.values[row])) : std::nullopt;
}

/// Everything about one candidate, or two, in all models that are asked for.
class Report {
 public:
  Report(CounterfactualOptions const& options, DataFolders const& data)
      : options_(options),
        file_(options.result),
        facts_(result_facts(file_, options.result, options.language)),
        labels_(data.datasets / "labels.csv", facts_.language),
        candidates_(file_, options.result, facts_),
        row_(row_of(options.id)),
        other_(options.against.empty() ? no_row : row_of(options.against)) {
    if (row_ == other_)
      throw_error(ErrorKind::usage, "--against '{}': a candidate is not held against itself.", options.against);
  }

  Counterfactual make() {
    Counterfactual out;
    out.language = facts_.language;
    out.id = options_.id;
    out.against = options_.against;
    for (StoredModel const& model : facts_.models)
      if (!model.config.key.empty() && wanted(model.config.key)) out.models.push_back(of(model));
    return out;
  }

 private:
  [[nodiscard]] Row row_of(std::string const& id) const {
    auto const& ids = candidates_.ids();
    auto const at = std::find(ids.begin(), ids.end(), id);
    if (at == ids.end())
      throw_error(ErrorKind::usage, "'{}' has no candidate '{}'.{}", options_.result.string(), id, suggestion(id, ids));
    return static_cast<Row>(at - ids.begin());
  }
  [[nodiscard]] bool wanted(std::string const& key) const {
    return options_.models.empty() ||
           std::find(options_.models.begin(), options_.models.end(), key) != options_.models.end();
  }

  ModelCounterfactual of(StoredModel const& model) {
    ModelCounterfactual out;
    out.key = model.config.key;
    out.label = model_label(model.config, labels_);
    out.weights_note = weights_note(model.config, labels_);
    out.top = options_.top;
    out.outcome = candidates_.outcome_of(out.key, row_);
    RuleNeeds(candidates_, model, facts_, labels_, row_).set(out);
    if (model.config.criteria.empty()) return out;
    auto const ranking = stored_ranking(candidates_, model, nullptr, options_.workers);
    Inquiry const inquiry(*ranking, facts_, options_);
    out.rank = whole(ranking->rank, row_);
    out.in_top = out.rank && *out.rank <= static_cast<std::int64_t>(options_.top);
    if (!is_weighted_sum(model.config)) {
      out.refused = labels_.pick("de score is geen gewogen som: welke verandering genoeg zou zijn, wordt niet berekend",
                                 "the score is no weighted sum: which change would be enough is not computed");
      return out;
    }
    if (!out.in_top) out.into_top = inquiry.into_top(row_);
    if (other_ != no_row) out.duel = duel(model, *ranking, inquiry);
    return out;
  }

  Duel duel(StoredModel const& model, StoredRanking const& ranking, Inquiry const& inquiry) {
    Duel out;
    Column<double> const& score = ranking.scores.score;
    auto const points = [&score](Row row) {
      return score.is_known(row) ? std::optional(100 * score.values[row]) : std::nullopt;
    };
    out.rank = whole(ranking.rank, row_);
    out.other_rank = whole(ranking.rank, other_);
    out.score = points(row_);
    out.other_score = points(other_);
    out.outcome = candidates_.outcome_of(model.config.key, row_);
    out.other_outcome = candidates_.outcome_of(model.config.key, other_);
    add_rows(model, ranking, out);
    for (StoredRule const& one : model.rules) {
      std::string const label = labels_.pick(one.rule.label_nl, one.rule.label_en);
      auto const fails = [&](Row row) {
        return candidates_.result_of(one.rule.key, row) == to_string(RuleResult::fail);
      };
      bool const own = fails(row_), theirs = fails(other_);
      if (own != theirs) (own ? out.only : out.only_other).push_back(label.empty() ? one.rule.key : label);
    }
    if (ranking.ranked[row_] == 0 || ranking.ranked[other_] == 0) return out;
    out.wins = wins(ranking, model);
    if (std::abs(score.values[row_] - score.values[other_]) <= tie_tolerance) return out;
    bool const behind = score.values[row_] < score.values[other_];
    out.behind = behind ? options_.id : options_.against;
    out.overtake = behind ? inquiry.overtake(row_, other_) : inquiry.overtake(other_, row_);
    return out;
  }

  void add_rows(StoredModel const& model, StoredRanking const& ranking, Duel& out) const {
    auto const own = contributions(ranking.problem.values, model.shares, row_);
    auto const theirs = contributions(ranking.problem.values, model.shares, other_);
    for (std::size_t j = 0; j < model.config.criteria.size(); ++j) {
      ExplainedMeasure const& facts = facts_.measures.at(model.config.criteria[j].criterion);
      Measure const& measure = ranking.measures[j];
      DuelRow row{facts.label, facts.unit, facts.decimals, {}, {}, {}, {}, own[j], theirs[j]};
      if (measure.is_class) {
        row.class_name = measure.text.text(row_);
        row.other_class_name = measure.text.text(other_);
      } else {
        row.value = measure.value.at(row_);
        row.other_value = measure.value.at(other_);
      }
      out.rows.push_back(std::move(row));
    }
    std::stable_sort(out.rows.begin(), out.rows.end(), [](DuelRow const& a, DuelRow const& b) {
      return std::abs(a.points - a.other_points) > std::abs(b.points - b.other_points);
    });
  }

  /// How often one scores more than the other when weights and missing values are drawn.
  [[nodiscard]] double wins(StoredRanking const& ranking, StoredModel const& model) const {
    RankingProblem two = ranking.problem;
    two.ranked.assign(two.ranked.size(), 0);
    two.ranked[row_] = two.ranked[other_] = 1;
    RobustnessSpec spec;
    AcceptabilityOptions options;
    options.top = 1;
    options.with_range = 0;
    options.workers = options_.workers;
    Acceptability const found =
        acceptability(two, WeightSampler(weight_space(spec, model.config, model.shares), spec.seed), options);
    return found.listed.front() == row_ ? found.wins[0][1] : found.wins[1][0];
  }

  CounterfactualOptions const& options_;
  ResultFile file_;
  ResultFacts facts_;
  Labels labels_;
  StoredCandidates candidates_;
  Row row_, other_;
};

}  // namespace

Counterfactual counterfactual(CounterfactualOptions const& options, DataFolders const& data) {
  return Report(options, data).make();
}

}  // namespace terrein
