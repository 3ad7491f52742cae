#include <algorithm>

#include "report/field_xml.hpp"
#include "report/style_parts.hpp"
#include "report/template.hpp"
#include "terrein/core/error.hpp"
#include "terrein/report/fields.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

namespace {

using namespace report;

constexpr char const* best_ranks = "10";           ///< labelled at every scale
constexpr char const* rank_only_scale = "10000";   ///< the best have their rank alone at smaller scales than 1 : this
constexpr char const* every_label_scale = "5000";  ///< every candidate has its label at larger scales than 1 : this

/// The model's name as labels or the aliases of its columns ("Brownfield: score") have it.
std::string model_label(std::string const& model, OutputLayer const& layer, Labels const& labels) {
  std::string const alias = alias_of(layer, model + "_score");
  auto const colon = alias.find(": ");
  return labels.has("model", model) || colon == std::string::npos ? labels.get("model", model) : alias.substr(0, colon);
}

/// Reference to a column of the model, or `absent` when the user did not want that column in the result.
std::string model_ref(OutputLayer const& layer, std::string const& model, char const* part,
                      std::string const& absent = "NULL") {
  std::string const column = model + '_' + part;
  return layer.table.find(column) == nullptr ? absent : column_ref(column);
}

void need_score(OutputLayer const& layer, std::string const& model) {
  if (layer.table.find(model + "_score") == nullptr)
    throw_error(ErrorKind::internal, "layer '{}' has no column '{}_score', which the style of model '{}' needs",
                layer.name, model, model);
}

/// " (handmatig)" where the criterion is among those that the column `manual` names.
std::string manual_mark(std::string const& criterion, Labels const& labels) {
  return " || CASE WHEN strpos('; ' || coalesce(" + column_ref("manual") + ", '') || ';', " +
         text_literal("; " + criterion + ";") + ") > 0 THEN " +
         text_literal(" (" + labels.get("term", "manual") + ")") + " ELSE '' END";
}

/// One row per criterion of the model: a bar of its value and what was measured.
std::string tip_values(std::filesystem::path const& styles, std::string const& model, OutputLayer const& layer,
                       Labels const& labels) {
  std::string rows;
  for (auto const& column : layer.table.names()) {
    if (!column.starts_with(model + "_v_")) continue;
    std::string const key = column.substr(model.size() + 3);
    AnyColumn const* const measured = layer.table.find("val_" + key);
    std::string const measured_label = alias_of(layer, "val_" + key);
    std::string shown = "''";
    if (measured != nullptr) {
      std::string const ref = column_ref("val_" + key);
      shown = std::holds_alternative<TextColumn>(*measured) ? "coalesce(" + ref + ", '')"
                                                            : "coalesce(to_string(round(" + ref + ", 2)), '')";
      if (layer.table.find("manual") != nullptr) shown += manual_mark(key, labels);
    }
    rows += fill_file(styles, "each_tip_value.html",
                      {{"label", measured_label.empty() ? criterion_label(key, labels) : measured_label},
                       {"value", column_ref(column)},
                       {"no_data", text_literal(labels.get("tip", "no_score"))},
                       {"measured", shown}});
  }
  if (rows.empty()) return rows;
  return fill_file(styles, "tip_values.html", {{"tip_values", labels.get("tip", "values")}, {"rows", rows}});
}

std::string candidates_tip(std::filesystem::path const& styles, std::string const& model, OutputLayer const& layer,
                           Labels const& labels) {
  Values values{{"heading", heading_expression(layer.table)},
                {"model", model_label(model, layer, labels)},
                {"no_score", text_literal(labels.get("tip", "no_score"))},
                {"no_rank", text_literal(labels.get("tip", "no_rank"))},
                {"values", tip_values(styles, model, layer, labels)}};
  for (auto const& [key, text] : labels.all("tip")) values["tip_" + key] = text;
  for (char const* const part : {"score", "low", "high", "rank", "completeness", "duties"})
    values[part] = model_ref(layer, model, part);
  std::vector<std::pair<std::string, std::string>> outcome;
  for (auto const& [code, text] : labels.all("outcome")) outcome.emplace_back(code, text);
  bool const judged = layer.table.find(model + "_outcome") != nullptr;
  values["outcome_label"] = judged ? label_case(model + "_outcome", outcome) : "''";
  return fill_file(styles, "tip_candidates.html", values);
}

/// Labels of a model: the best parcels at every scale ("3" on a map of the whole, "nr. 3 · 71" closer by), the others
/// only where each parcel is large on the screen; nothing for a parcel without a rank.
std::string rank_labeling(std::filesystem::path const& styles, Values values, std::string const& model,
                          OutputLayer const& layer, Labels const& labels) {
  std::string const rank = model_ref(layer, model, "rank");
  std::string const best = "coalesce(" + rank + " <= " + best_ranks + ", false)";
  std::string const full = text_literal(labels.get("tip", "rank_prefix")) + " || " + rank + " || ' · ' || round(" +
                           model_ref(layer, model, "score") + ")";
  values["best"] = best;
  Labeling labeling{.expression = "CASE WHEN " + best + " AND @map_scale > " + rank_only_scale + " THEN to_string(" +
                                  rank + ") WHEN " + best + " OR @map_scale <= " + every_label_scale + " THEN " + full +
                                  " END"};
  labeling.weight = "75";
  labeling.smallest_scale = "1000000";
  labeling.obstacle = "0";  // else thousands of candidates would push the labels of the ten best away
  labeling.properties = fill_file(styles, "labeling_best.xml", values);
  return labeling_xml(styles, values, labeling);
}

std::string model_qml(std::filesystem::path const& styles, std::string const& file, std::string const& model,
                      OutputLayer const& layer, Labels const& labels) {
  need_score(layer, model);
  Values values = template_values(styles, labels);
  std::string const outcome = model_ref(layer, model, "outcome");
  values["score"] = model_ref(layer, model, "score");
  values["rank"] = model_ref(layer, model, "rank", "0");  // without ranks nothing is "to be investigated first"
  values["completeness"] = model_ref(layer, model, "completeness");
  values["in_top"] = model_ref(layer, model, "p_top_k");
  values["outcome"] = outcome;
  values["shown"] = "coalesce(" + outcome + ", '') <> 'voldoet niet'";
  values["fails"] = outcome + " = 'voldoet niet'";
  values["fields"] = fields_xml(layer, labels);
  values["map_tip"] = candidates_tip(styles, model, layer, labels);
  values["labeling"] = rank_labeling(styles, values, model, layer, labels);
  return fill_file(styles, file, values);
}

}  // namespace

std::string candidates_qml(std::filesystem::path const& styles, std::string const& model, OutputLayer const& layer,
                           Labels const& labels) {
  if (!model.empty()) return model_qml(styles, "candidates_score.qml", model, layer, labels);
  Values values = template_values(styles, labels);
  std::string const heading = heading_expression(layer.table);
  values["fields"] = fields_xml(layer, labels);
  values["map_tip"] = fill_file(styles, "tip_plain.html", {{"heading", heading}});
  values["labeling"] = labeling_xml(styles, values, {.expression = heading, .smallest_scale = every_label_scale});
  return fill_file(styles, "candidates_plain.qml", values);
}

std::string outcome_qml(std::filesystem::path const& styles, std::string const& model, OutputLayer const& layer,
                        Labels const& labels) {
  return model_qml(styles, "candidates_outcome.qml", model, layer, labels);
}

std::string completeness_qml(std::filesystem::path const& styles, std::string const& model, OutputLayer const& layer,
                             Labels const& labels) {
  return model_qml(styles, "candidates_completeness.qml", model, layer, labels);
}

std::vector<ExtraStyle> extra_candidates_styles(std::filesystem::path const& styles,
                                                std::vector<std::string> const& models, OutputLayer const& layer,
                                                Labels const& labels) {
  std::vector<ExtraStyle> extra;
  auto const add = [&](char const* kind, std::string const& model, std::string qml) {
    std::string const name = labels.get("style", kind) + ": " + model_label(model, layer, labels);
    extra.push_back({name, name, std::move(qml)});
  };
  for (std::size_t i = 1; i < models.size(); ++i)
    add("score", models[i], candidates_qml(styles, models[i], layer, labels));
  for (auto const& model : models) add("outcome", model, outcome_qml(styles, model, layer, labels));
  for (auto const& model : models) add("completeness", model, completeness_qml(styles, model, layer, labels));
  for (auto const& model : models)
    if (layer.table.find(model + "_p_top_k") != nullptr)
      add("robustness", model, model_qml(styles, "candidates_robustness.qml", model, layer, labels));
  return extra;
}

}  // namespace terrein
