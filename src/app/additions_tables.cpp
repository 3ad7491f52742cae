#include "additions_tables.hpp"

#include <algorithm>
#include <set>

#include "personal.hpp"
#include "result_tables.hpp"
#include "terrein/report/style.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_rows = 200;

/// A value that is not known, and how much it would help.
struct Wish {
  double help = 0;
  std::uint32_t id_rank = 0;
  std::size_t row = 0, criterion = 0;

  [[nodiscard]] bool operator<(Wish const& other) const {
    if (help != other.help) return help > other.help;
    return id_rank != other.id_rank ? id_rank < other.id_rank : criterion < other.criterion;
  }
};

/// Points that may still change at a row by a criterion that is not known; 100 where a rule waits for it.
double points_open(ModelResult const& result, std::string const& criterion, std::size_t row) {
  double out = 0;
  for (std::size_t i = 0; i < result.model->criteria.size(); ++i)
    if (result.model->criteria[i].criterion == criterion)
      out += 100 * result.weights[i] * (result.values[i].high[row] - result.values[i].low[row]);
  for (std::size_t i = 0; i < result.rules.size(); ++i)
    if (result.rules[i]->criterion == criterion && decides(*result.rules[i]) &&
        result.rule_outcomes[i]->result[row] == RuleResult::unknown)
      return std::max(out, 100.0);
  return out;
}

std::vector<Wish> wishes(Study const& study, MeasuringLayer const& candidates,
                         std::vector<ModelResult const*> const& models, Judgement const& judgement) {
  std::vector<Wish> out;
  for (std::size_t i = 0; i < study.criteria.size(); ++i) {
    Measure const& measure = judgement.measures[i];
    for (std::size_t row = 0; row < candidates.layer.size(); ++row) {
      if (measure.is_known(row)) continue;
      double help = 0;
      for (ModelResult const* model : models)
        if (model->outcome[row] != Outcome::fails)
          help = std::max(help, points_open(*model, measure.key, row) * model->scores.high[row]);
      if (help > 0) out.push_back({help, candidates.layer.id_rank[row], row, i});
    }
  }
  auto const end = out.begin() + static_cast<std::ptrdiff_t>(std::min(out.size(), most_rows));
  std::partial_sort(out.begin(), end, out.end());
  out.erase(end, out.end());
  return out;
}

constexpr char const* texts[] = {"id", "field", "value", "low", "high", "source", "by", "date"};

/// Eight columns of text: what people type is kept as they typed it.
class FormRows {
 public:
  FormRows() {
    for (char const* name : texts) columns_.emplace_back(name);
  }
  void add(Addition const& one) {
    std::optional<std::string> const cells[] = {one.id,   one.field,  one.value, one.low,
                                                one.high, one.source, one.by,    one.date};
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].push(cells[i]);
  }
  void put(OutputLayer& layer, Labels const& labels) {
    layer.table = Table(columns_.front().size());
    for (TextColumn& column : columns_) put(layer, std::move(column), labels);
  }
  static void put(OutputLayer& layer, TextColumn column, Labels const& labels) {
    std::string const key = "addition_" + column.name;
    std::string const label = labels.has("column", key) ? labels.get("column", key) : labels.get("column", column.name);
    layer.fields[column.name] = {label, labels.has("column_note", key) ? labels.get("column_note", key) : std::string(),
                                 ""};
    layer.table.add(std::move(column));
  }

 private:
  std::vector<TextColumn> columns_;
};

/// What the list of the form offers: every criterion, and what people wrote themselves.
std::vector<std::pair<std::string, std::string>> field_list(Study const& study, std::vector<Addition> const& kept,
                                                            Labels const& labels) {
  std::vector<std::pair<std::string, std::string>> out;
  std::set<std::string> codes, taken;
  auto const offer = [&](std::string const& code, std::string label) {
    if (!codes.insert(code).second) return;
    if (!taken.insert(label).second) taken.insert(label += " [" + code + "]");
    out.emplace_back(code, label);
  };
  for (CriterionSpec const& spec : study.criteria) offer(spec.key, criterion_label(spec, labels));
  for (Addition const& one : kept) offer(one.field, one.field);
  return out;
}

void hide_persons(Study const& study, Addition& one) {
  if (study.output.audience == Audience::intern) return;
  one.by.reset();
  if (!is_left_out_as_personal(study, one.field)) return;
  for (auto* text : {&one.value, &one.low, &one.high, &one.was}) text->reset();
}

}  // namespace

OutputLayer additions_form(Study const& study, Additions const& additions, MeasuringLayer const& candidates,
                           std::vector<ModelResult const*> const& models, Judgement const& judgement,
                           std::filesystem::path const& styles, Labels const& labels) {
  OutputLayer out;
  out.name = "additions";
  out.title = labels.get("layer", "additions");
  out.description = labels.get("term", "additions_help");
  std::vector<Addition> const kept = reads_own_form(study) ? additions.rows() : std::vector<Addition>{};
  std::set<std::pair<std::string, std::string>> there;
  FormRows rows;
  for (Addition const& one : kept) {
    there.emplace(one.id, one.target);
    rows.add(one);
  }
  for (Wish const& wish : wishes(study, candidates, models, judgement)) {
    Addition one;
    one.id = candidates.layer.id[wish.row];
    one.field = study.criteria[wish.criterion].key;
    if (!there.contains({one.id, one.field})) rows.add(one);
  }
  rows.put(out, labels);
  out.qml = additions_qml(styles, out, field_list(study, kept, labels), labels);
  out.style_name = labels.get("style", "form");
  return out;
}

OutputLayer additions_used(Study const& study, Additions const& additions, Labels const& labels) {
  OutputLayer out;
  out.name = "additions_used";
  out.title = labels.get("layer", "additions_used");
  FormRows rows;
  TextColumn was("was"), outcome("outcome");
  for (Addition one : additions.rows()) {
    hide_persons(study, one);
    rows.add(one);
    was.push(one.was);
    outcome.push(one.outcome);
  }
  rows.put(out, labels);
  FormRows::put(out, std::move(was), labels);
  FormRows::put(out, std::move(outcome), labels);
  return out;
}

}  // namespace terrein
