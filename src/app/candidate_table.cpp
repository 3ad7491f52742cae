#include "candidate_table.hpp"

#include <algorithm>

#include "approximate_marks.hpp"
#include "model_scoring.hpp"
#include "personal.hpp"
#include "result_tables.hpp"
#include "robustness.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/meaning.hpp"

namespace terrein {
namespace {

/// Builds the columns of the candidates, in the order in which a planner reads them.
class CandidateTableBuilder {
 public:
  CandidateTableBuilder(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates,
                        Judgement const& judgement, Labels const& labels)
      : study_(study),
        layers_(layers),
        candidates_(candidates),
        judgement_(judgement),
        labels_(labels),
        rows_(candidates.layer.size()) {
    out_.table = Table(rows_);
  }

  CandidateTable build() {
    add_id();
    add_own();
    add_borders();
    add_manual();
    add_approximate();
    for (std::size_t i = 0; i < study_.criteria.size(); ++i) add_measure(study_.criteria[i], judgement_.measures[i]);
    for (RuleSpec const& rule : study_.rules)
      if (auto const it = judgement_.rules.find(rule.key); it != judgement_.rules.end()) add_rule(rule, it->second);
    for (ModelResult const& model : judgement_.models)
      if (!left_out(model.model->key)) add_model(model);
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool left_out(std::string const& key) const {
    auto const& list = study_.output.leave_out;
    return std::find(list.begin(), list.end(), key) != list.end();
  }

  /// Whether a layer of the result shows the column; notes the name of one that none does.
  bool is_used(std::string const& name) {
    auto const& choices = study_.output.columns;
    bool const all = choices.empty() || std::any_of(judgement_.models.begin(), judgement_.models.end(),
                                                    [&](ModelResult const& m) { return !left_out(m.model->key); });
    bool const used = all || std::any_of(choices.begin(), choices.end(),
                                         [&](ColumnChoice const& choice) { return lower(choice.from) == lower(name); });
    if (!used) out_.unused.push_back(name);
    return used;
  }

  void add(AnyColumn column, FieldNote note) {
    std::string const name = name_of(column);
    out_.table.add(std::move(column));
    out_.notes[name] = std::move(note);
  }

  void add_id() {
    LayerConfig const& config = *study_.find_layer(study_.candidates);
    std::string const name = free_name(config.id.empty() ? "id" : lower(config.id), out_.table);
    out_.id_column = name;
    add(TextColumn(name, candidates_.layer.id), {labels_.get("column", name), "", ""});
  }

  void add_own() {
    LayerConfig const& config = *study_.find_layer(study_.candidates);
    AnyColumn const* id_source = config.id.empty() ? nullptr : candidates_.layer.attributes.find(config.id);
    for (AnyColumn const& column : candidates_.layer.attributes.columns()) {
      std::string const& name = name_of(column);
      if (&column == id_source || is_hidden(study_, config, name)) continue;
      auto const wanted = [&](std::string const& keep) { return lower(keep) == lower(name); };
      if (!study_.output.keep_all && std::none_of(study_.output.keep.begin(), study_.output.keep.end(), wanted))
        continue;
      AnyColumn copy = column;
      std::string const free = free_name(is_reserved(name) ? name + "_src" : name, out_.table);
      std::visit([&](auto& c) { c.name = free; }, copy);
      add(std::move(copy), {labels_.get("column", free), "", ""});
    }
  }

  /// Names that the result gives to its own columns: an earlier result may be the input of a new one.
  [[nodiscard]] bool is_reserved(std::string const& name) const {
    std::string const small = lower(name);
    for (char const* prefix : {"val_", "by_", "rule_", "m_"})
      if (small.starts_with(prefix)) return true;
    return small == "excluded_by" || small == "manual" || small == "approximate" || small == "crosses_border" ||
           std::any_of(study_.models.begin(), study_.models.end(),
                       [&](ModelConfig const& model) { return small.starts_with(lower(model.key) + "_"); });
  }

  /// The areas a candidate lies in where they are several; null where it crosses no border.
  void add_borders() {
    if (study_.borders.layer.empty()) return;
    TextColumn where("crosses_border");
    for (std::string const& id : candidates_.layer.id) {
      auto const mark = layers_.crosses_border.find(id);
      if (mark == layers_.crosses_border.end()) {
        where.push(std::nullopt);
        continue;
      }
      std::vector<std::string> names = mark->second.names;
      if (names.empty()) names.push_back(labels_.get("term", "border_unknown"));
      if (mark->second.outside) names.push_back(labels_.get("term", "outside_borders"));
      where.push(join(names, "; "));
    }
    add(std::move(where), {labels_.get("column", "crosses_border"), labels_.get("term", "crosses_border_help"), ""});
  }

  /// What was set by hand, so that nobody takes it for measured.
  void add_manual() {
    if (study_.additions.path.empty()) return;
    TextColumn manual("manual");
    for (std::size_t row = 0; row < rows_; ++row) {
      auto const fields = judgement_.manual.fields.find(row);
      if (fields == judgement_.manual.fields.end())
        manual.push(std::nullopt);
      else
        manual.push(join(fields->second, "; "));
    }
    add(std::move(manual), {labels_.get("column", "manual"), labels_.get("term", "manual_help"), ""});
  }

  /// What rests on positions that are only approximate, so that nobody takes it for exact.
  void add_approximate() {
    if (auto marks = approximate_marks(study_, layers_, judgement_, rows_))
      add(std::move(*marks), {labels_.get("column", "approximate"), labels_.get("term", "approximate_help"), ""});
  }

  void add_measure(CriterionSpec const& spec, Measure const& measure) {
    std::string const label = criterion_label(spec, labels_);
    std::string const name = "val_" + spec.key;
    if (bool const used = is_used(name); used && measure.is_class) {
      TextColumn text(name);
      for (std::size_t row = 0; row < rows_; ++row) text.push(measure.text.at(row));
      add(std::move(text), {label, meaning(spec), ""});
    } else if (used) {
      Column<double> value = measure.value;
      value.name = name;
      add(std::move(value), {label, meaning(spec), ""});
    }
    add_decided_by("by_" + spec.key, label, measure);
  }

  /// Which feature decided; nothing where no layer does.
  void add_decided_by(std::string const& name, std::string const& label, Measure const& measure) {
    auto const& all_marks = judgement_.manual.of_criterion;
    auto const marks = all_marks.find(measure.key);
    if ((measure.by_layer.empty() && marks == all_marks.end()) || !is_used(name)) return;
    TextColumn by(name);
    Layer const* const source = measure.by_layer.empty() ? nullptr : &layers_.layers.at(measure.by_layer).layer;
    by.reserve(rows_);
    std::vector<std::uint32_t> code(source == nullptr ? 0 : source->size(), TextColumn::null_code);
    for (std::size_t row = 0; row < rows_; ++row) {
      Row const decided = source == nullptr ? no_row : measure.by[row];
      if (marks != all_marks.end() && marks->second.contains(row)) {
        by.push(manual_source(marks->second.at(row), labels_));
      } else if (decided == no_row) {
        by.push(std::nullopt);
      } else if (code[decided] != TextColumn::null_code) {
        by.repeat(code[decided]);
      } else {
        by.push(source->id[decided]);
        code[decided] = by.code(row);
      }
    }
    add(std::move(by), {labels_.get("term", "decided_by") + ": " + label, labels_.get("term", "decided_by_help"), ""});
  }

  [[nodiscard]] std::string meaning(CriterionSpec const& spec) const {
    Reason const meaning = meaning_of(spec);
    return labels_.pick(meaning.nl, meaning.en);
  }

  void add_rule(RuleSpec const& rule, RuleOutcome const& outcome) {
    TextColumn result("rule_" + rule.key);
    for (RuleResult const one : outcome.result) result.push(to_string(one));
    std::string const label = rule_label(rule, labels_);
    std::string const reference =
        join({std::string(to_string(rule.ground)), rule.reference, rule.date, rule.mark}, " · ");
    add(std::move(result), {labels_.get("term", "rule") + ": " + label, reference, "rule_result"});
    Column<double> margin = outcome.margin;
    margin.name = "m_" + rule.key;
    add(std::move(margin), {labels_.get("term", "margin") + ": " + label, labels_.get("term", "margin_help"), ""});
    if (auto const cut = judgement_.cuts.find(rule.key); cut != judgement_.cuts.end())
      add_decided_by("by_" + rule.key, label, cut->second);
  }

  void add_numbers(ModelConfig const& model, std::string const& suffix, Column<double> column) {
    column.name = model.key + "_" + suffix;
    add(std::move(column), {model_label(model, labels_) + ": " + labels_.get("suffix", suffix), "", ""});
  }

  void add_model(ModelResult const& result) {
    ModelConfig const& model = *result.model;
    std::string const label = model_label(model, labels_);
    TextColumn outcome(model.key + "_outcome"), duty(model.key + "_duties");
    Column<double> score("", rows_), low("", rows_), high("", rows_), completeness("", rows_);
    bool const scored = !model.criteria.empty();
    for (std::size_t row = 0; row < rows_; ++row) {
      outcome.push(to_string(result.outcome[row]));
      auto const list = duties(result, row, labels_);
      if (list.empty())
        duty.push(std::nullopt);
      else
        duty.push(join(list, "; "));
      if (!scored) continue;
      if (result.scores.score.is_known(row)) score.set(row, 100 * result.scores.score.values[row]);
      low.set(row, 100 * result.scores.low[row]);
      high.set(row, 100 * result.scores.high[row]);
      completeness.set(row, result.scores.completeness[row]);
    }
    add(std::move(outcome), {label + ": " + labels_.get("suffix", "outcome"), "", "outcome"});
    add(std::move(duty), {label + ": " + labels_.get("suffix", "duties"), "", ""});
    if (result.net_m2.size() > 0) add_numbers(model, "net_m2", result.net_m2);
    if (!scored) return;
    add_numbers(model, "score", std::move(score));
    add_numbers(model, "low", std::move(low));
    add_numbers(model, "high", std::move(high));
    add_numbers(model, "completeness", std::move(completeness));
    Column<std::int64_t> rank(model.key + "_rank", rows_);
    for (std::size_t row = 0; row < rows_; ++row)
      if (result.rank.is_known(row)) rank.set(row, static_cast<std::int64_t>(result.rank.values[row]));
    add(std::move(rank), {label + ": " + labels_.get("suffix", "rank"), "", ""});
    if (!result.vetoes.result.empty()) add_vetoes(model, result.vetoes);
    for (SubScores const& group : result.groups) add_group(model, group);
    if (result.robustness != nullptr) add_robustness(model, *result.robustness);
    for (std::size_t i = 0; i < model.criteria.size(); ++i) add_value(model, i, result.values[i]);
  }

  void add_vetoes(ModelConfig const& model, VetoOutcome const& vetoes) {
    TextColumn column(model.key + "_veto");
    for (VetoResult const one : vetoes.result) column.push(to_string(one));
    add(std::move(column), {model_label(model, labels_) + ": " + labels_.get("suffix", "veto"),
                            labels_.get("suffix_note", "veto"), "veto_result"});
  }

  void add_group(ModelConfig const& model, SubScores const& group) {
    Column<double> column = group.scores.score;
    for (double& value : column.values) value *= 100;
    column.name = model.key + "_s_" + group.key;
    auto const& groups = model.scoring.groups;
    auto const it =
        std::find_if(groups.begin(), groups.end(), [&](ModelGroup const& one) { return one.key == group.key; });
    add(std::move(column),
        {model_label(model, labels_) + ": " + labels_.get("suffix", "s") + " " + group_label(*it, labels_),
         labels_.get("suffix_note", "s"), ""});
  }

  void add_robustness(ModelConfig const& model, ModelRobustness const& found) {
    std::string const top = " (k = " + std::to_string(found.top) + ")";
    auto const add_as = [&](char const* suffix, auto column, std::string const& note) {
      column.name = model.key + "_" + suffix;
      std::string const label = model_label(model, labels_) + ": " + labels_.get("suffix", suffix) + note;
      add(std::move(column), {label, labels_.get("suffix_note", suffix), ""});
    };
    add_as("p_top_k", found.acceptability.in_top, top);
    Column<double> edge = found.edge;  // percentage points
    for (double& value : edge.values) value *= 100;
    add_as("stability", std::move(edge), top);
    add_as("rank_p05", found.acceptability.rank_low, "");
    add_as("rank_p95", found.acceptability.rank_high, "");
  }

  void add_value(ModelConfig const& model, std::size_t i, Values const& values) {
    ModelCriterion const& one = model.criteria[i];
    Column<double> column = values.value;
    column.name = model.key + "_v_" + one.criterion;
    std::string relative;
    if (one.function.kind == ValueKind::minmax) relative = " (" + labels_.get("term", "relative") + ")";
    add(std::move(column), {model_label(model, labels_) + ": " + labels_.get("suffix", "v") + " " +
                                criterion_label(*study_.find_criterion(one.criterion), labels_) + relative,
                            std::string(to_string(one.function.kind)) + " " + to_text(one.function), ""});
  }

  Study const& study_;
  StudyLayers const& layers_;
  MeasuringLayer const& candidates_;
  Judgement const& judgement_;
  Labels const& labels_;
  std::size_t rows_;
  CandidateTable out_;
};

}  // namespace

std::string free_name(std::string const& name, Table const& table) {
  std::string out = name;
  std::string const small = lower(name);
  if (small == "fid" || small == "geom" || small == "ogc_fid") out += "_src";
  auto const taken = [&table](std::string const& word) {
    for (std::string const& other : table.names())
      if (lower(other) == lower(word)) return true;
    return false;
  };
  while (taken(out)) out += "_src";
  return out;
}

std::vector<ColumnChoice> chosen_columns(Study const& study, CandidateTable const& full) {
  std::vector<ColumnChoice> out = study.output.columns;
  if (out.empty()) return out;
  std::erase_if(out, [&](ColumnChoice const& choice) {
    return full.table.find(choice.from) == nullptr && is_left_out_as_personal(study, choice.from);
  });
  if (out.empty()) out.push_back({full.id_column, full.id_column});
  bool const marked = std::any_of(out.begin(), out.end(), [](ColumnChoice const& choice) {
    return lower(choice.from) == "manual" || lower(choice.name) == "manual";
  });
  if (!marked && full.table.find("manual") != nullptr) out.push_back({"manual", "manual"});
  return out;
}

CandidateTable candidate_table(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates,
                               Judgement const& judgement, Labels const& labels) {
  return CandidateTableBuilder(study, layers, candidates, judgement, labels).build();
}

}  // namespace terrein
