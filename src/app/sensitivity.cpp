#include "terrein/app/sensitivity.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "model_scoring.hpp"
#include "result_tables.hpp"
#include "robustness.hpp"
#include "stored_ranking.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_facts = 200;

/// What one model of a result is asked.
class ModelInquiry {
 public:
  ModelInquiry(StoredCandidates const& candidates, StoredModel const& model, ResultFacts const& facts,
               SensitivityOptions const& options, DrawnFactors const* drawn, Labels const& labels)
      : candidates_(candidates),
        ids_(candidates.ids()),
        model_(model),
        facts_(facts),
        spec_(options.spec),
        labels_(labels),
        ranking_(stored_ranking(candidates, model, drawn, options.workers)),
        found_(robustness_of(ranking_->problem, weight_space(spec_, model.config, model.shares), spec_, spec_.top,
                             options.workers)) {}

  [[nodiscard]] ModelSensitivity answer() const {
    ModelSensitivity out;
    Acceptability const& all = found_.acceptability;
    out.key = model_.config.key;
    out.label = model_label(model_.config, labels_);
    out.weights_note = weights_note(model_.config, labels_);
    out.top = found_.top;
    out.draws = all.draws;
    out.weights_drawn = labels_.get("weight_kind", std::string(to_string(found_.space.kind)));
    out.same_top = static_cast<double>(all.same_top) / static_cast<double>(all.draws);
    for (std::size_t row = 0; row < all.in_top.size(); ++row) {
      if (!all.in_top.is_known(row)) continue;
      ++out.ranked;
      out.certain += all.in_top.values[row] >= 0.95 ? 1U : 0U;
      out.possible += all.in_top.values[row] >= 0.05 ? 1U : 0U;
    }
    for (std::size_t j = 0; j < found_.stability.size(); ++j) out.weights.push_back(weight(j));
    out.factor_draws = found_.factor_draws;
    out.central_factors = out.factor_draws == 0 && is_about_chains();
    if (found_.variance) out.weights.push_back(together("missing_values", found_.stability.size()));
    if (found_.variance && out.factor_draws > 0)
      out.weights.push_back(together("factors", found_.stability.size() + 1));
    for (std::size_t i = 0; i < all.listed.size(); ++i) out.best.push_back(candidate(i));
    out.facts = facts();
    return out;
  }

 private:
  [[nodiscard]] std::string label_of(std::string const& criterion) const {
    auto const measure = facts_.measures.find(criterion);
    return measure == facts_.measures.end() || measure->second.label.empty() ? criterion : measure->second.label;
  }

  /// Whether a criterion of the model is about chains of freight.
  [[nodiscard]] bool is_about_chains() const {
    auto const& criteria = model_.config.criteria;
    return std::any_of(criteria.begin(), criteria.end(), [this](ModelCriterion const& one) {
      auto const measure = facts_.measures.find(one.criterion);
      auto const* kind = measure == facts_.measures.end() ? nullptr : find_criterion_kind(measure->second.measure);
      return kind != nullptr && kind->on_chains();
    });
  }

  [[nodiscard]] WeightSensitivity weight(std::size_t j) const {
    StabilityInterval const& one = found_.stability[j];
    WeightSensitivity out;
    out.criterion = model_.config.criteria[j].criterion;
    out.label = label_of(out.criterion);
    out.weight_pct = 100 * one.weight;
    out.low_pct = 100 * one.low;
    out.high_pct = 100 * one.high;
    if (one.below) {
      out.falls_below = ids_[one.below->falls];
      out.rises_below = ids_[one.below->rises];
    }
    if (one.above) {
      out.falls_above = ids_[one.above->falls];
      out.rises_above = ids_[one.above->rises];
    }
    set_indices(j, out);
    return out;
  }

  /// An input that is no weight.
  [[nodiscard]] WeightSensitivity together(char const* term, std::size_t input) const {
    WeightSensitivity out;
    out.label = labels_.get("term", term);
    set_indices(input, out);
    return out;
  }

  void set_indices(std::size_t input, WeightSensitivity& out) const {
    if (!found_.variance) return;
    out.score_first = found_.variance->all_scores.first[input];
    out.score_total = found_.variance->all_scores.total[input];
    out.top_first = found_.variance->all_in_top.first[input];
    out.top_total = found_.variance->all_in_top.total[input];
  }

  [[nodiscard]] CandidateSensitivity candidate(std::size_t i) const {
    Acceptability const& all = found_.acceptability;
    Row const row = all.listed[i];
    CandidateSensitivity out;
    out.id = ids_[row];
    if (auto const rank = ranking_->rank.at(row)) out.rank = static_cast<std::int64_t>(*rank);
    out.score = 100 * ranking_->scores.score.values[row];
    out.in_top = all.in_top.values[row];
    out.rank_low = all.rank_low.at(row);
    out.rank_high = all.rank_high.at(row);
    if (auto const edge = found_.edge.at(row)) out.edge_pct = 100 * *edge;
    out.first = all.central[i].share;
    return out;
  }

  [[nodiscard]] std::vector<FactSensitivity> facts() const {
    std::vector<FactSensitivity> out;
    for (MissingFact const& fact : worth_knowing(ranking_->problem, found_.top, stored_doubts(candidates_, model_),
                                                 model_.config.min_completeness, ranking_->standing)) {
      if (out.size() == most_facts) break;
      std::string const& field =
          fact.is_rule ? model_.rules[fact.index].rule.criterion : model_.config.criteria[fact.index].criterion;
      out.push_back({ids_[fact.row], field, label_of(field), fact.is_rule, fact.chosen, fact.chance, fact.gain});
    }
    return out;
  }

  StoredCandidates const& candidates_;
  std::vector<std::string> const& ids_;
  StoredModel const& model_;
  ResultFacts const& facts_;
  RobustnessSpec const& spec_;
  Labels const& labels_;
  std::unique_ptr<StoredRanking const> ranking_;
  ModelRobustness found_;
};

/// The models that are asked about, in the order of the result.
std::vector<StoredModel const*> wanted_models(ResultFacts const& facts, SensitivityOptions const& options) {
  std::vector<std::string> known;
  for (StoredModel const& model : facts.models)
    if (!model.config.criteria.empty()) known.push_back(model.config.key);
  for (std::string const& key : options.models)
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw_error(ErrorKind::usage, "--model '{}': the result has no such model with scores.{}", key,
                  suggestion(key, known));
  std::vector<StoredModel const*> out;
  for (StoredModel const& model : facts.models)
    if (!model.config.criteria.empty() &&
        (options.models.empty() ||
         std::find(options.models.begin(), options.models.end(), model.config.key) != options.models.end()))
      out.push_back(&model);
  if (out.empty())
    throw_error(ErrorKind::usage, "'{}' scores nothing: its study has no model with criteria.",
                options.result.string());
  return out;
}

/// Why a model has no answer.
std::string refusal(StoredModel const& model, Labels const& labels) {
  return fmt::format(fmt::runtime(labels.pick(
                         "Model '{}' scoort niet met een gewogen som maar met: {}. Gewichten worden enkel voor een "
                         "gewogen som getrokken.",
                         "Model '{}' does not score by a weighted sum but by: {}. Weights are drawn for weighted "
                         "sums only.")),
                     model.config.key, method_note(model.config, labels));
}

}  // namespace

SensitivityReport sensitivity(SensitivityOptions const& options, DataFolders const& data) {
  ResultFile const file(options.result);
  ResultFacts const facts = result_facts(file, options.result, options.language);
  Labels const labels(data.datasets / "labels.csv", facts.language);
  auto const models = wanted_models(facts, options);
  StoredCandidates const candidates(file, options.result, facts);
  std::optional<DrawnFactors> const drawn =
      options.spec.factor_draws == 0 ? std::nullopt : stored_draws(file, candidates);
  SensitivityReport out;
  out.language = facts.language;
  out.shown = options.shown;
  for (StoredModel const* model : models)
    if (!is_weighted_sum(model->config)) out.refused.push_back(refusal(*model, labels));
  if (out.refused.size() == models.size()) throw Error(ErrorKind::usage, join(out.refused, " "));
  for (StoredModel const* model : models)
    if (is_weighted_sum(model->config))
      out.models.push_back(
          ModelInquiry(candidates, *model, facts, options, drawn ? &*drawn : nullptr, labels).answer());
  return out;
}

}  // namespace terrein
