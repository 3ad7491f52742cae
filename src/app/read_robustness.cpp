#include <algorithm>
#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// A whole number from `least` to `most`.
std::size_t count(TomlTable& table, std::string_view key, std::size_t otherwise, double least, double most) {
  auto const number = table.number(key);
  if (!number) return otherwise;
  if (*number != std::floor(*number) || *number < least || *number > most) {
    table.problem(key, "must be a whole number from " + shortest(least) + " to " + shortest(most) + ".");
    return otherwise;
  }
  return static_cast<std::size_t>(*number);
}

}  // namespace

RobustnessSpec read_robustness(TomlTable& root) {
  RobustnessSpec out;
  TomlTable table = root.table("robustness");
  out.asked = table.exists();
  out.draws = count(table, "draws", out.draws, 1, 1e6);
  out.top = count(table, "top", out.top, 1, 1e9);
  out.top_sites = count(table, "top_sites", out.top_sites, 1, 1e9);
  out.seed = count(table, "seed", 1, 0, 9007199254740992.0);
  out.points = count(table, "points", out.points, 0, 65536);
  if ((out.points & (out.points - 1)) != 0) table.problem("points", "must be 0 or a power of two, such as 512.");
  out.factor_draws = std::min(out.draws, count(table, "factor_draws", out.factor_draws, 0, 1000));
  std::string const weights = table.text_or("weights", "around");
  if (auto const kind = weight_kind(weights); kind && *kind != WeightKind::ranges)
    out.weights = *kind;
  else
    table.problem("weights", "'" + weights + "' is not one of around, any, order, fixed.");
  out.concentration = table.number("concentration").value_or(out.concentration);
  if (!(out.concentration > 0) || std::isinf(out.concentration))
    table.problem("concentration", "must be above 0: the greater, the closer the weights stay to those of the model.");
  std::string const missing = table.text_or("missing", "drawn");
  if (missing == "left_out")
    out.missing = Missing::left_out;
  else if (missing != "drawn")
    table.problem("missing", "'" + missing + "' is neither drawn nor left_out.");
  for (std::string const& word : table.texts("methods")) {
    if (auto const method = aggregation_method(word))
      out.methods.push_back(*method);
    else
      table.problem("methods", "'" + word + "' is no method of aggregation." + suggestion(word, known_methods()));
  }
  table.finish();
  return out;
}

void read_weight_ranges(TomlTable& model, ModelConfig& out) {
  TomlTable table = model.table("weight_ranges");
  double sum = 0, least = 0, most = 0;
  for (ModelCriterion const& one : out.criteria) sum += one.weight;
  for (std::string const& key : table.keys()) {
    std::vector<double> const range = table.numbers(key);
    bool const known = std::any_of(out.criteria.begin(), out.criteria.end(),
                                   [&](ModelCriterion const& one) { return one.criterion == key; });
    if (!known)
      table.problem(key, "the model has no criterion '" + key + "' with a value function.");
    else if (range.size() != 2 || !(range[0] >= 0) || !(range[1] >= range[0]) || !(range[1] <= sum))
      table.problem(key, "must be two weights, the least first, from 0 up to the sum of all weights.");
    else
      out.scoring.weight_ranges[key] = {range[0], range[1]};
  }
  if (out.scoring.weight_ranges.empty()) return;
  for (ModelCriterion const& one : out.criteria) {
    auto const range = out.scoring.weight_ranges.find(one.criterion);
    least += range == out.scoring.weight_ranges.end() ? one.weight : range->second[0];
    most += range == out.scoring.weight_ranges.end() ? one.weight : range->second[1];
  }
  if (least > sum * (1 + 1e-9) || most < sum * (1 - 1e-9))
    table.problem("", "no weights fit: with what has no range, the least weights sum to " + shortest(least) +
                          " and the greatest to " + shortest(most) + ", the weights themselves to " + shortest(sum) +
                          ".");
}

}  // namespace terrein
