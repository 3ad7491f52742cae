#include "terrein/app/explain.hpp"

#include <algorithm>
#include <cmath>

#include "explain_parts.hpp"
#include "model_scoring.hpp"
#include "result_facts.hpp"
#include "result_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

constexpr double points_tolerance = 1e-6;  ///< beyond the rounding of a sum of points

std::optional<double> number_in(AnyColumn const* column) {
  return column == nullptr ? std::nullopt : number_at(*column, 0);
}

bool is_listed(std::string const& key, std::vector<std::string> const& list) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

/// Explains one candidate.
class Explainer {
 public:
  Explainer(OpenResult const& result, std::string const& id, std::vector<std::string> const& models)
      : result_(result),
        file_(result.file),
        facts_(result.facts),
        labels_(result.labels),
        id_(id),
        chosen_(models),
        row_(result, id) {}

  Explanation run() {
    fill_head();
    read_manual();
    read_bounds();
    for (auto const& [key, measure] : facts_.measures) add_measure(measure);
    for (StoredModel const* model : chosen_models()) out_.models.push_back(explain_model(*model));
    add_layers();
    out_.left_out = row_.left_out;
    return std::move(out_);
  }

 private:
  void fill_head() {
    out_.id = id_;
    out_.table = row_.table();
    out_.excluded = out_.table == excluded_table;
    if (out_.excluded) out_.excluded_by = row_.text("excluded_by");
    out_.title = facts_.title;
    out_.study = facts_.study;
    out_.time = facts_.time;
    out_.version = facts_.version;
    out_.file = result_.path.filename().string();
    out_.language = facts_.language;
    out_.map = map_of(result_, row_, chosen_models().empty() ? "" : chosen_models().front()->config.key);
    out_.area_m2 = area(out_.map.shapes, 0);
    out_.candidates = result_.candidates();
  }

  void read_manual() {
    for (std::string const& field : row_.list("manual")) manual_.push_back(field);
    if (!file_.has_table("additions_used")) return;
    Table const used = file_.read_where("additions_used", "id", id_);
    for (std::size_t row = 0; row < used.rows(); ++row) {
      auto const text = [&](char const* column) {
        return used.find(column) == nullptr ? std::string() : cell(used, column, row);
      };
      std::string field = text("field");
      if (field.starts_with("val_") && facts_.measures.contains(field.substr(4))) field = field.substr(4);
      out_.manual.push_back({field, text("value"), text("low"), text("high"), text("source"), text("by"), text("date"),
                             text("was"), text("outcome")});
      bool const counts = text("outcome") == "used";
      if (counts && !is_listed(field, manual_)) manual_.push_back(field);
    }
    for (std::string const& field : manual_)  // what follows from an attribute that was set
      if (std::none_of(out_.manual.begin(), out_.manual.end(), [&](auto const& one) { return one.field == field; }))
        out_.manual.push_back({field, "", "", "", "", "", "", "", "used"});
  }

  /// `by_…` says so too, where a column with another meaning took the name of `manual`.
  [[nodiscard]] bool is_by_hand(ExplainedMeasure const& measure) const {
    if (is_listed(measure.key, manual_)) return true;
    auto const& words = result_.manual_words;
    return std::any_of(words.begin(), words.end(), [&](std::string const& word) {
      return measure.by == word || measure.by.starts_with(word + ":");
    });
  }

  void read_bounds() {
    if (!file_.has_table("bounds")) return;
    Table const bounds = file_.read_where("bounds", "id", id_);
    for (std::size_t row = 0; row < bounds.rows(); ++row)
      bounds_[cell(bounds, "of_column", row)] = {number(bounds, "least", row), number(bounds, "most", row)};
  }

  void add_measure(ExplainedMeasure measure) {
    std::string const column = "val_" + measure.key;
    AnyColumn const* value = row_.need(column);
    measure.shown = value != nullptr;
    if (value != nullptr && measure.is_class) measure.text = text_at(*value, 0);
    if (!measure.is_class) measure.value = number_in(value);
    if (auto const bounds = bounds_.find(column); measure.shown && bounds != bounds_.end())
      std::tie(measure.low, measure.high) = bounds->second;
    measure.by = decided_by("by_" + measure.key, measure.by_layer);
    measure.manual = is_by_hand(measure);
    measure.approximate = is_listed(measure.key, row_.list("approximate"));
    out_.measures.emplace(measure.key, std::move(measure));
  }

  /// The column is there only where a layer decides.
  std::string decided_by(std::string const& column, std::string const& by_layer) {
    if (!by_layer.empty()) (void)row_.need(column);
    return row_.text(column);
  }

  /// Those asked for, in that order, else all.
  [[nodiscard]] std::vector<StoredModel const*> chosen_models() const {
    std::vector<StoredModel const*> out;
    std::vector<std::string> known;
    for (StoredModel const& model : facts_.models) {
      if (chosen_.empty()) out.push_back(&model);
      if (!model.config.key.empty()) known.push_back(model.config.key);
    }
    for (std::string const& key : chosen_) {
      auto const it = std::find_if(facts_.models.begin(), facts_.models.end(),
                                   [&](StoredModel const& model) { return !key.empty() && model.config.key == key; });
      if (it == facts_.models.end())
        throw_error(ErrorKind::usage, "'{}' holds no model '{}'.{}", result_.path.filename().string(), key,
                    known.empty() ? " It has none at all." : suggestion(key, known));
      if (std::find(out.begin(), out.end(), &*it) == out.end()) out.push_back(&*it);
    }
    return out;
  }

  ExplainedModel explain_model(StoredModel const& stored) {
    ModelConfig const& config = stored.config;
    ExplainedModel out;
    out.key = config.key;
    for (StoredRule const& rule : stored.rules) out.rules.push_back(explain_rule(rule));
    if (config.key.empty()) return out;
    out.label = model_label(config, labels_);
    out.weights_note = weights_note(config, labels_);
    out.method = method_note(config, labels_);
    out.additive = is_weighted_sum(config);
    if (AnyColumn const* outcome = row_.need(config.key + "_outcome"))
      out.outcome = outcome_of(text_at(*outcome, 0).value_or(std::string()));
    bool const cuts = std::any_of(out.rules.begin(), out.rules.end(),
                                  [](ExplainedRule const& rule) { return rule.rule.effect == RuleEffect::cut; });
    if (cuts) out.net_m2 = number_in(row_.need(config.key + "_net_m2"));
    add_duties(out);
    add_score(stored, out);
    return out;
  }

  void add_duties(ExplainedModel& out) {
    bool all_shown = true, fails = false;
    for (ExplainedRule const& one : out.rules) {
      all_shown = all_shown && one.result.has_value();
      fails = fails || one.result == RuleResult::fail;
      if (one.result == RuleResult::condition) out.duties.push_back(one.rule.duty.empty() ? one.label : one.rule.duty);
    }
    out.all_cut = out.outcome == Outcome::fails && all_shown && !fails;
    if (all_shown) return;
    out.duties.clear();
    if (std::string const text = row_.text(out.key + "_duties"); !text.empty()) out.duties.push_back(text);
  }

  ExplainedRule explain_rule(StoredRule const& stored) {
    ExplainedRule out;
    out.rule = stored.rule;
    out.label = labels_.pick(stored.rule.label_nl, stored.rule.label_en);
    out.layer = stored.layer;
    out.classes = stored.classes;
    out.buffer_m = stored.buffer_m;
    if (AnyColumn const* result = row_.need("rule_" + stored.rule.key))
      out.result = rule_result(text_at(*result, 0).value_or(std::string()));
    std::string const column = "m_" + stored.rule.key;
    out.margin = number_in(row_.need(column));
    if (stored.rule.effect != RuleEffect::cut) return out;
    out.by_layer = stored.by_layer;
    out.by = decided_by("by_" + stored.rule.key, stored.by_layer);
    auto const taken = [&](std::optional<double> margin) {
      return margin ? std::optional(std::clamp(stored.rule.test.threshold - *margin, 0.0, 1.0)) : std::nullopt;
    };
    out.cut_share = taken(out.margin);
    if (out.cut_share) out.cut_m2 = *out.cut_share * out_.area_m2;
    if (auto const bounds = bounds_.find(column); row_.find(column) != nullptr && bounds != bounds_.end()) {
      out.cut_low = taken(bounds->second.second);
      out.cut_high = taken(bounds->second.first);
    }
    return out;
  }

  void add_score(StoredModel const& stored, ExplainedModel& out) {
    ModelConfig const& config = stored.config;
    out.min_completeness = config.min_completeness;
    if (config.criteria.empty()) return;
    out.score = number_in(row_.need(config.key + "_score"));
    out.low = number_in(row_.need(config.key + "_low"));
    out.high = number_in(row_.need(config.key + "_high"));
    out.completeness = number_in(row_.need(config.key + "_completeness"));
    if (auto const rank = number_in(row_.need(config.key + "_rank")))
      out.position.rank = static_cast<std::int64_t>(*rank);
    for (std::size_t i = 0; i < config.criteria.size(); ++i)
      out.criteria.push_back(explain_criterion(stored, i, out.completeness));
    for (Veto const& veto : config.scoring.aggregation.vetoes) out.criteria[veto.criterion].veto_below = veto.below;
    for (ModelGroup const& group : config.scoring.groups) {
      AnyColumn const* const column = row_.need(config.key + "_s_" + group.key);
      out.groups.push_back({group.key, group_label(group, labels_), column != nullptr, number_in(column)});
    }
    find_position(result_.ranking(stored), id_, out);
    if (out.additive) check_points(out);
  }

  ExplainedCriterion explain_criterion(StoredModel const& stored, std::size_t i,
                                       std::optional<double> const& completeness) {
    ModelCriterion const& one = stored.config.criteria[i];
    ExplainedCriterion out;
    out.measure = one.criterion;
    out.function = one.function;
    out.why = one.why;
    out.mark = one.mark;
    out.weight = one.weight;
    out.weight_share = stored.shares[i];
    AnyColumn const* value = row_.need(stored.config.key + "_v_" + one.criterion);
    out.shown = value != nullptr;
    out.value = number_in(value);
    if (out.value) {
      out.value_low = out.value_high = *out.value;
      if (!completeness || !(*completeness > 0) || !is_weighted_sum(stored.config)) return out;
      out.possible = 100 * out.weight_share / *completeness;
      out.points = 100 * out.weight_share * *out.value / *completeness;
    } else if (out.shown) {
      set_range(one.function, out_.measures.at(one.criterion), out);
    }
    return out;
  }

  /// What an unknown value may be, by the value function of the model on what is known of the measure.
  void set_range(ValueFunction const& function, ExplainedMeasure const& measure, ExplainedCriterion& out) const {
    Measure one;
    one.key = measure.key;
    one.is_class = measure.is_class;
    one.separator = facts_.separators.at(measure.key);
    if (measure.is_class) {
      one.text.push(measure.text);
    } else {
      one.value.push(std::nullopt);
      one.low.push(std::nullopt);
      one.high.push(std::nullopt);
      if (measure.low) one.low.set(0, *measure.low);
      if (measure.high) one.high.set(0, *measure.high);
      if (function.kind == ValueKind::minmax) add_extremes(measure.key, one);
    }
    Values const values = evaluate(function, one);
    out.value_low = values.low[0];
    out.value_high = values.high[0];
  }

  /// The numbers that a relative value function is stretched over.
  void add_extremes(std::string const& key, Measure& one) const {
    for (std::string const& table : result_.tables()) {
      auto const column = result_.column(table, "val_" + key);
      if (!column) continue;
      Table const all = file_.read(table, {*column});
      for (std::size_t row = 0; row < all.rows(); ++row) {
        one.value.push(number(all, *column, row));
        one.low.push(std::nullopt);
        one.high.push(std::nullopt);
      }
    }
  }

  /// Points that do not add up to the score show that somebody changed the file by hand.
  void check_points(ExplainedModel const& model) {
    double sum = 0;
    for (ExplainedCriterion const& one : model.criteria) {
      if (!one.shown) return;
      sum += one.points.value_or(0);
    }
    if (!model.score || !model.completeness || std::abs(sum - *model.score) <= points_tolerance) return;
    auto const shown = [this](double value) {
      std::string text = fmt::format("{:.2f}", value);
      if (facts_.language == Language::nl) std::replace(text.begin(), text.end(), '.', ',');
      return text;
    };
    out_.warnings.push_back(fmt::format(
        fmt::runtime(labels_.pick("{}: de punten tellen op tot {} en de score is {}; het bestand is na de berekening "
                                  "gewijzigd.",
                                  "{}: the points sum to {} and the score is {}; the file was changed after the run.")),
        model.label, shown(sum), shown(*model.score)));
  }

  /// Layers that the explained models look at; all of them for a study without models.
  void add_layers() {
    std::vector<std::string> named;
    auto const add = [&](std::string const& key) {
      ExplainedMeasure const& measure = out_.measures.at(key);
      named.insert(named.end(), measure.layers.begin(), measure.layers.end());
    };
    for (ExplainedModel const& model : out_.models) {
      for (ExplainedRule const& rule : model.rules)
        rule.layer.empty() ? add(rule.rule.criterion) : named.push_back(rule.layer);
      for (ExplainedCriterion const& criterion : model.criteria) add(criterion.measure);
      if (model.key.empty())
        for (auto const& [key, measure] : out_.measures) add(key);
    }
    for (ExplainedLayer const& layer : facts_.layers)
      if (std::find(named.begin(), named.end(), layer.key) != named.end()) out_.layers.push_back(layer);
  }

  OpenResult const& result_;
  ResultFile const& file_;
  ResultFacts const& facts_;
  Labels const& labels_;
  std::string const& id_;
  std::vector<std::string> const& chosen_;
  CandidateRow row_;
  std::vector<std::string> manual_;
  std::map<std::string, std::pair<std::optional<double>, std::optional<double>>> bounds_;
  Explanation out_;
};

}  // namespace

ResultExplainer::ResultExplainer(std::filesystem::path const& file, std::optional<Language> language,
                                 DataFolders const& data)
    : result_(std::make_unique<OpenResult>(file, language, data)) {}

ResultExplainer::~ResultExplainer() = default;

Explanation ResultExplainer::explain(std::string const& id, std::vector<std::string> const& models) const {
  return Explainer(*result_, id, models).run();
}

}  // namespace terrein
