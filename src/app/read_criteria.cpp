#include <algorithm>

#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

bool read_level(TomlTable& table) {
  std::string const level = table.text_or("level", "parcel");
  if (level != "parcel" && level != "site") table.problem("level", "'" + level + "' is neither parcel nor site.");
  return level == "site";
}

double positive(TomlTable& table, std::string_view key, double otherwise) {
  double const value = table.number(key).value_or(otherwise);
  if (value <= 0) table.problem(key, "must be above 0.");
  return value;
}

void read_labels(TomlTable& table, std::string& nl, std::string& en) {
  std::string const both = table.text_or("label", "");
  nl = table.text_or("label_nl", both);
  en = table.text_or("label_en", both);
}

std::vector<CutSpec> read_cuts(TomlTable& table) {
  std::vector<CutSpec> out;
  TomlTable cuts = table.table("cuts");
  for (std::string const& key : cuts.keys()) {
    TomlTable cut = cuts.table(key);
    CutSpec spec{cut.text_or("layer", key), cut.texts("classes"), cut.number("buffer_m").value_or(0), false};
    if (spec.buffer_m < 0) cut.problem("buffer_m", "cannot be negative.");
    cut.finish();
    out.push_back(spec);
  }
  return out;
}

/// What a measure cannot do without; a missing number must not silently be zero.
void check_parameters(TomlTable& table, CriterionSpec const& spec) {
  auto const need = [&](std::string_view measures, std::string_view key, std::string const& why) {
    auto const names = split(measures, ' ');
    if (std::find(names.begin(), names.end(), spec.measure) != names.end() && !table.has(key))
      table.problem(key, "is missing: " + why);
  };
  need("count_within sum_within", "radius_m", "the distance from the candidate within which features count.");
  need("perimeter_share", "distance_m", "how far from the layer the boundary may lie.");
  need("sum_within own_attribute in_attribute", "field", "the attribute with the number.");
  if (spec.measure == "raster_share" && spec.classes.empty() == spec.values.empty())
    table.problem("classes", "or `values`, one of both: which cells of the raster count.");
  need("net_area net_share", "cuts", "the layers to take out, cuts.<name> = { layer, classes, buffer_m }.");
}

}  // namespace

CriterionSpec read_criterion(TomlTable table, std::string const& key) {
  CriterionSpec spec;
  spec.key = key;
  spec.measure = table.text_or("measure", "");
  auto const* kind = find_criterion_kind(spec.measure);
  if (kind == nullptr) {
    std::vector<std::string> known;
    for (CriterionKind const& one : criterion_kinds()) known.emplace_back(one.name);
    table.problem("measure", (spec.measure.empty() ? "is missing." : "there is no measure '" + spec.measure + "'.") +
                                 suggestion(spec.measure, known, 40));
  }
  spec.layer = table.text_or("layer", "");
  if (kind != nullptr && kind->needs_layer && spec.layer.empty())
    table.problem("layer", "is missing: measure '" + spec.measure + "' is taken against a layer.");
  spec.classes = table.texts("classes");
  spec.values = table.numbers("values");
  spec.field = table.text_or("field", "");
  spec.radius_m = table.number("radius_m").value_or(0);
  if (spec.radius_m < 0) table.problem("radius_m", "cannot be negative.");
  spec.distance_m = table.number("distance_m").value_or(0);
  if (spec.distance_m < 0) table.problem("distance_m", "cannot be negative.");
  spec.tolerance_m = table.number("tolerance_m").value_or(spec.tolerance_m);
  if (spec.tolerance_m < 0) table.problem("tolerance_m", "cannot be negative.");
  spec.min_shared_m = table.number("min_shared_m").value_or(spec.min_shared_m);
  spec.roads = table.text_or("roads", "");
  spec.access_kmh = positive(table, "access_kmh", spec.access_kmh);
  read_access(table, spec);
  spec.chains = table.text_or("chains", "");
  if (kind != nullptr && kind->on_chains() && spec.chains.empty())
    table.problem("chains", "is missing: name a set of chains of the study, [chains.<key>].");
  spec.by = table.texts("by");
  for (std::string const& word : spec.by)
    if (!chain_kind(word)) table.problem("by", "'" + word + "' is not one of road, barge, rail, own_quay, own_siding.");
  spec.to = table.texts("to");
  spec.per = positive(table, "per", spec.per);
  spec.unit = table.text_or("unit", "");
  if (spec.per != 1 && spec.unit.empty()) table.problem("unit", "is missing: name the unit of the result after `per`.");
  spec.of_site = read_level(table);
  spec.cuts = read_cuts(table);
  read_labels(table, spec.label_nl, spec.label_en);
  check_parameters(table, spec);
  table.finish();
  return spec;
}

RuleSpec read_rule(TomlTable table, std::string const& key, std::map<std::string, CutSpec>& cuts) {
  RuleSpec rule;
  rule.key = key;
  std::string const effect = table.text_or("effect", "exclude");
  if (auto const found = rule_effect(effect))
    rule.effect = *found;
  else
    table.problem("effect", "'" + effect + "' is not one of exclude, condition, cut, inform.");
  std::string const grounds = table.text_or("ground", "eigen keuze");
  if (auto const found = ground(grounds))
    rule.ground = *found;
  else
    table.problem("ground", "'" + grounds + "' is not one of wet, beleid, fysiek, praktijk, eigen keuze.");
  rule.of_site = read_level(table);
  rule.reference = table.text_or("reference", "");
  rule.date = table.date("date").value_or("");
  rule.duty = table.text_or("duty", "");
  rule.mark = table.text_or("mark", "judgement");
  read_labels(table, rule.label_nl, rule.label_en);
  if (rule.effect == RuleEffect::cut) {
    CutSpec cut{table.text_or("layer", ""), table.texts("classes"), table.number("buffer_m").value_or(0), false};
    if (cut.layer.empty()) table.problem("layer", "is missing: a cut names the layer whose land is taken out.");
    if (cut.buffer_m < 0) table.problem("buffer_m", "cannot be negative.");
    cuts[key] = cut;
    rule.test = whole_land_cut();
  } else {
    rule.criterion = table.text_or("criterion", "");
    if (rule.criterion.empty()) table.problem("criterion", "is missing: a rule tests a criterion.");
    try {
      rule.test = parse_rule_test(table.text_or("when", ""));
    } catch (Error const& error) {
      table.problem("when", error.what());
    }
  }
  table.finish();
  return rule;
}

}  // namespace terrein
