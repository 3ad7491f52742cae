#include "compare_tables.hpp"

#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein {
namespace {

using Whole = Column<std::int64_t>;

void add(OutputLayer& layer, AnyColumn column, Labels const& labels, std::string const& domain = "") {
  std::string const name = name_of(column);
  std::string const kind = labels.has("change_column", name) ? "change_column" : "column";
  layer.fields[name] = {labels.get(kind, name), "", domain};
  layer.table.add(std::move(column));
}

OutputLayer named(std::string const& name, std::size_t rows, Labels const& labels) {
  OutputLayer out;
  out.name = name;
  out.title = labels.get("layer", name);
  out.table = Table(rows);
  return out;
}

std::optional<std::string_view> text_or_null(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

template <class Code>
std::optional<std::string_view> code(std::optional<Code> const& one) {
  return one ? std::optional(to_string(*one)) : std::nullopt;
}

std::string rules_text(ModelChanges const& model, CandidateShift const& one, Labels const& labels) {
  std::vector<std::string> out;
  for (RuleShift const& shift : one.rules) out.push_back(rule_text(model, shift, labels));
  return join(out, "; ");
}

/// Why a candidate is in one result only; empty for others.
std::string_view presence(CandidateShift const& one) {
  if (!one.outcome_before) return "new";
  return one.outcome_after ? "" : "gone";
}

/// Style names are at most 30 bytes.
std::string style_name(std::string title) {
  constexpr std::size_t most = 30;
  if (title.size() > most) title.resize(most);
  while (!is_utf8(title)) title.pop_back();
  return title;
}

void add_styles(OutputLayer& out, Comparison const& comparison, std::filesystem::path const& styles,
                Labels const& labels) {
  for (ModelChanges const& model : comparison.models) {
    std::string qml = changes_qml(styles, model.key, out, labels);
    std::string const title = labels.get("style", "changes") + ": " + model.label;
    if (out.qml.empty()) {
      out.qml = std::move(qml);
      out.style_name = style_name(title);
      out.style_description = title;
    } else {
      out.extra_styles.push_back({title, title, std::move(qml)});
    }
  }
}

OutputLayer changes_layer(Comparison const& comparison, GeometryColumn const& shapes, Crs const& crs,
                          std::filesystem::path const& styles, Labels const& labels) {
  TextColumn id("id"), model("model"), label("label"), present("presence"), outcome_before("outcome_before"),
      outcome_after("outcome_after"), cause("main_cause"), rules("rules_changed");
  Column<double> before("score_before", 0), after("score_after", 0), change("score_change", 0),
      other("points_other", 0);
  std::vector<Column<double>> points;
  for (Cause const one : all_causes) points.emplace_back("points_" + std::string(to_string(one)), 0);
  Whole rank_before("rank_before", 0), rank_after("rank_after", 0), won("rank_change", 0),
      top_before("in_top_before", 0), top_after("in_top_after", 0);
  for (ModelChanges const& changes : comparison.models)
    for (CandidateShift const& one : changes.changed) {
      id.push(comparison.ids[one.pair]);
      model.push(changes.key);
      label.push(changes.label);
      present.push(text_or_null(std::string(presence(one))));
      before.push(one.score_before);
      after.push(one.score_after);
      change.push(one.score_change());
      rank_before.push(one.rank_before);
      rank_after.push(one.rank_after);
      won.push(one.places_won());
      outcome_before.push(code(one.outcome_before));
      outcome_after.push(code(one.outcome_after));
      top_before.push(one.in_top_before ? 1 : 0);
      top_after.push(one.in_top_after ? 1 : 0);
      PointsByCause const sums = one.by_cause();
      for (std::size_t i = 0; i < points.size(); ++i)
        points[i].push(one.score_change() ? std::optional(sums[i]) : std::nullopt);
      other.push(one.score_change() ? std::optional(one.unexplained) : std::nullopt);
      cause.push(text_or_null(main_cause(changes, one, labels)));
      rules.push(text_or_null(rules_text(changes, one, labels)));
    }
  OutputLayer out = named("changes", id.size(), labels);
  out.shape = ShapeType::polygon;
  out.geometry = &shapes;
  out.crs = crs;
  for (TextColumn* column : {&id, &model, &label}) add(out, std::move(*column), labels);
  add(out, std::move(present), labels, "change_presence");
  for (Column<double>* column : {&before, &after, &change}) add(out, std::move(*column), labels);
  for (Whole* column : {&rank_before, &rank_after, &won}) add(out, std::move(*column), labels);
  for (TextColumn* column : {&outcome_before, &outcome_after}) add(out, std::move(*column), labels, "outcome");
  for (Whole* column : {&top_before, &top_after}) add(out, std::move(*column), labels);
  for (Column<double>& column : points) add(out, std::move(column), labels);
  add(out, std::move(other), labels);
  for (TextColumn* column : {&cause, &rules}) add(out, std::move(*column), labels);
  add_styles(out, comparison, styles, labels);
  return out;
}

OutputLayer causes_table(Comparison const& comparison, Labels const& labels) {
  TextColumn id("id"), model("model"), criterion("criterion"), label("label"), cause("cause");
  Column<double> points("points", 0);
  for (ModelChanges const& changes : comparison.models)
    for (CandidateShift const& one : changes.changed) {
      auto const row = [&](std::optional<std::size_t> which, std::string_view why, double size) {
        id.push(comparison.ids[one.pair]);
        model.push(changes.key);
        criterion.push(which ? std::optional<std::string_view>(changes.criteria[*which].key) : std::nullopt);
        label.push(which ? std::optional<std::string_view>(changes.criteria[*which].label) : std::nullopt);
        cause.push(why);
        points.push(size);
      };
      for (CriterionPoints const& part : one.parts) row(part.criterion, to_string(part.cause), part.points);
      if (one.unexplained != 0) row(std::nullopt, "other", one.unexplained);
    }
  OutputLayer out = named("change_causes", id.size(), labels);
  for (TextColumn* column : {&id, &model, &criterion, &label}) add(out, std::move(*column), labels);
  add(out, std::move(cause), labels, "change_cause");
  add(out, std::move(points), labels);
  return out;
}

OutputLayer rules_table(Comparison const& comparison, Labels const& labels) {
  TextColumn id("id"), model("model"), rule("rule"), label("label"), before("result_before"), after("result_after"),
      reason("reason");
  for (ModelChanges const& changes : comparison.models)
    for (CandidateShift const& one : changes.changed)
      for (RuleShift const& shift : one.rules) {
        id.push(comparison.ids[one.pair]);
        model.push(changes.key);
        rule.push(changes.rules[shift.rule].key);
        label.push(changes.rules[shift.rule].label);
        before.push(code(shift.before));
        after.push(code(shift.after));
        reason.push(to_string(shift.reason));
      }
  OutputLayer out = named("change_rules", id.size(), labels);
  for (TextColumn* column : {&id, &model, &rule, &label}) add(out, std::move(*column), labels);
  for (TextColumn* column : {&before, &after}) add(out, std::move(*column), labels, "rule_result");
  add(out, std::move(reason), labels, "change_reason");
  return out;
}

OutputLayer exclusions_table(Comparison const& comparison, Labels const& labels) {
  using Side = ExclusionChange::Side;
  OutputLayer out = named("change_exclusions", comparison.exclusions.size(), labels);
  TextColumn model("model"), rule("rule"), label("label");
  for (ExclusionChange const& one : comparison.exclusions) {
    model.push(one.model);
    rule.push(one.rule);
    label.push(one.label);
  }
  for (TextColumn* column : {&model, &rule, &label}) add(out, std::move(*column), labels);
  auto const add_both = [&](std::string const& name, auto Side::*member) {
    using Number = std::remove_reference_t<decltype(std::declval<Side>().*member)>;
    for (bool const after : {false, true}) {
      Column<Number> column(name + (after ? "_after" : "_before"), 0);
      for (ExclusionChange const& one : comparison.exclusions) {
        auto const& side = after ? one.after : one.before;
        column.push(side ? std::optional((*side).*member) : std::nullopt);
      }
      add(out, std::move(column), labels);
    }
  };
  add_both("applies_n", &Side::applies_n);
  add_both("applies_ha", &Side::applies_ha);
  add_both("only_ha", &Side::only_ha);
  add_both("unknown_ha", &Side::unknown_ha);
  return out;
}

OutputLayer studies_table(Comparison const& comparison, Labels const& labels) {
  TextColumn kind("kind"), model("model"), key("key"), label("label"), before("before"), after("after");
  for (StudyDifference const& one : comparison.differences) {
    kind.push(one.kind);
    model.push(text_or_null(one.model));
    key.push(text_or_null(one.key));
    label.push(text_or_null(one.label));
    before.push(one.before ? std::optional<std::string_view>(*one.before) : std::nullopt);
    after.push(one.after ? std::optional<std::string_view>(*one.after) : std::nullopt);
  }
  OutputLayer out = named("change_studies", kind.size(), labels);
  add(out, std::move(kind), labels, "study_difference");
  for (TextColumn* column : {&model, &key, &label, &before, &after}) add(out, std::move(*column), labels);
  return out;
}

}  // namespace

std::vector<ChangedRow> changed_rows(std::vector<ModelChanges> const& models) {
  std::vector<ChangedRow> out;
  for (std::size_t model = 0; model < models.size(); ++model)
    for (std::size_t i = 0; i < models[model].changed.size(); ++i) out.push_back({model, i});
  return out;
}

std::vector<OutputLayer> change_layers(Comparison const& comparison, GeometryColumn const& shapes, Crs const& crs,
                                       std::filesystem::path const& styles, Labels const& labels) {
  std::vector<OutputLayer> out;
  out.push_back(changes_layer(comparison, shapes, crs, styles, labels));
  out.push_back(causes_table(comparison, labels));
  out.push_back(rules_table(comparison, labels));
  out.push_back(exclusions_table(comparison, labels));
  out.push_back(studies_table(comparison, labels));
  return out;
}

std::vector<Domain> change_domains(Labels const& labels) {
  std::vector<Domain> out;
  for (char const* kind :
       {"outcome", "rule_result", "change_cause", "change_reason", "change_presence", "study_difference"}) {
    auto const words = labels.all(kind);
    out.push_back({kind, {words.begin(), words.end()}});
  }
  return out;
}

}  // namespace terrein
