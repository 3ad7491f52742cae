#include "weight_form.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "terrein/core/text.hpp"
#include "terrein/decision/best_worst.hpp"
#include "terrein/decision/pairwise.hpp"

namespace terrein {
namespace {

using Json = nlohmann::json;

bool contains(std::vector<std::string> const& list, std::string const& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The word of the key `by`, one of `known`; nothing, and a problem, for another.
std::optional<std::string> read_by(TomlTable& table, std::vector<std::string> const& known) {
  std::string const by = table.text_or("by", known.front());
  if (contains(known, by)) return by;
  table.problem("by", "'" + by + "' is not one of " + join(known, ", ") + ".");
  return std::nullopt;
}

/// Tells of criteria that a form says nothing about.
bool all_named(std::vector<bool> const& named, FormCriteria const& criteria, TomlTable& table, std::string_view key) {
  std::vector<std::string> absent;
  for (std::size_t i = 0; i < named.size(); ++i)
    if (!named[i]) absent.push_back(criteria.subject.criteria[i]);
  if (absent.empty()) return true;
  table.problem(key, "says nothing of " + join(absent, ", ") +
                         "; name every criterion, or leave out those that do not count: without = [\"" +
                         absent.front() + "\"], without = \"*\" for all that are not named.");
  return false;
}

/// "2", "1/2": nothing for anything else.
std::optional<double> ratio_of(std::string const& text) {
  auto const number = [](std::string_view part) -> std::optional<double> {
    double value = 0;
    part = trim(part);
    auto const [end, code] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (code != std::errc{} || end != part.data() + part.size() || !std::isfinite(value)) return std::nullopt;
    return value;
  };
  auto const slash = text.find('/');
  auto const above = number(std::string_view(text).substr(0, slash));
  if (slash == std::string::npos || !above) return above;
  auto const below = number(std::string_view(text).substr(slash + 1));
  if (!below || *below == 0) return std::nullopt;
  return *above / *below;
}

std::optional<double> ratio_of(Json const& value) {
  if (value.is_number()) return value.get<double>();
  return value.is_string() ? ratio_of(value.get<std::string>()) : std::nullopt;
}

/// One place of a ranking: a criterion, or a list of criteria that are equally important.
std::optional<std::vector<std::size_t>> read_place(Json const& place, FormCriteria const& criteria, TomlTable& table) {
  std::vector<std::size_t> out;
  bool good = true;
  for (Json const& name : place.is_array() ? place : Json::array({place})) {
    if (!name.is_string()) {
      table.problem("ranking", "expected names of criteria, and lists of those that are equally important; found " +
                                   name.dump() + ".");
      return std::nullopt;
    }
    auto const found = place_of(name.get<std::string>(), criteria, table, "ranking");
    if (found)
      out.push_back(*found);
    else
      good = false;
  }
  return good ? std::optional(out) : std::nullopt;
}

/// One judgement ["a", "b", 3]: a is 3 times as important as b.
std::optional<PairJudgement> read_pair(Json const& pair, FormCriteria const& criteria, TomlTable& table) {
  bool const shaped = pair.is_array() && pair.size() == 3 && pair[0].is_string() && pair[1].is_string();
  auto const ratio = shaped ? ratio_of(pair[2]) : std::nullopt;
  if (!ratio) {
    table.problem("pairs",
                  "expected [\"a\", \"b\", 3] or [\"a\", \"b\", \"1/3\"], two criteria and how many times as "
                  "important the first is; found " +
                      pair.dump() + ".");
    return std::nullopt;
  }
  auto const a = place_of(pair[0].get<std::string>(), criteria, table, "pairs");
  auto const b = place_of(pair[1].get<std::string>(), criteria, table, "pairs");
  if (!a || !b) return std::nullopt;
  return PairJudgement{*a, *b, *ratio};
}

/// A table of criteria and numbers; 0 where there is none.
std::vector<double> read_numbers(TomlTable table, FormCriteria const& criteria, std::vector<bool>& named, bool& good) {
  std::vector<double> out(criteria.subject.criteria.size(), 0);
  for (std::string const& name : table.keys()) {
    auto const number = table.number(name);
    auto const place = place_of(name, criteria, table, name);
    good = good && number && place;
    if (!number || !place) continue;
    out[*place] = *number;
    named[*place] = true;
  }
  return out;
}

}  // namespace

NestedValues::NestedValues(TomlFile const& file) {
  for (TomlValue const& value : file.values()) {
    Json json = Json::parse(value.json, nullptr, false);
    if (!json.is_discarded()) values_.emplace(join(value.path, "."), std::move(json));
  }
}

nlohmann::json const* NestedValues::find(TomlTable& table, std::string const& key) const {
  table.expect(key);
  auto const found = values_.find(table.name() + "." + key);
  return found == values_.end() ? nullptr : &found->second;
}

std::optional<std::size_t> place_of(std::string const& name, FormCriteria const& criteria, TomlTable& table,
                                    std::string_view key) {
  // Where models differ in the land that they leave, the study names a criterion after its model.
  for (std::string const& one : {name, name + "_" + criteria.model}) {
    auto const& counting = criteria.subject.criteria;
    auto const it = std::find(counting.begin(), counting.end(), one);
    if (it != counting.end()) return static_cast<std::size_t>(it - counting.begin());
    if (!contains(criteria.all, one)) continue;
    table.problem(key, "criterion '" + name + "' is left out by `without`; name it in one place only.");
    return std::nullopt;
  }
  table.problem(key, "the model has no criterion '" + name + "'." + suggestion(name, criteria.all));
  return std::nullopt;
}

std::optional<FormAnswer> read_ranking(TomlTable& table, NestedValues const& values, FormCriteria const& criteria) {
  auto const by = read_by(table, {"rank_order", "rank_sum", "rank_reciprocal"});
  Json const* const places = values.find(table, "ranking");
  if (places == nullptr || !places->is_array() || places->empty()) {
    table.problem("ranking", "expected a list of criteria, the most important first.");
    return std::nullopt;
  }
  std::vector<std::vector<std::size_t>> groups;
  std::vector<bool> named(criteria.subject.criteria.size(), false);
  bool good = by.has_value();
  for (Json const& place : *places) {
    auto const group = read_place(place, criteria, table);
    good = good && group;
    if (!group) continue;
    for (std::size_t const criterion : *group) named[criterion] = true;
    groups.push_back(*group);
  }
  if (!good || !all_named(named, criteria, table, "ranking")) return std::nullopt;
  FormAnswer out;
  out.how = *elicitation(*by);
  RankRule const rule = *by == "rank_sum"          ? RankRule::sum
                        : *by == "rank_reciprocal" ? RankRule::reciprocal
                                                   : RankRule::centroid;
  out.weights = rank_order_weights(criteria.subject, groups, rule);
  return out;
}

std::optional<FormAnswer> read_swing(TomlTable& table, NestedValues const& values, FormCriteria const& criteria) {
  TomlTable swing = table.table("swing");
  std::vector<SwingPoints> points(criteria.subject.criteria.size());
  std::vector<bool> named(points.size(), false);
  bool good = swing.exists();
  for (std::string const& name : swing.keys()) {
    Json const* const value = values.find(swing, name);
    auto const place = place_of(name, criteria, swing, name);
    bool const one = value != nullptr && value->is_number();
    bool const two = value != nullptr && value->is_array() && value->size() == 2 && (*value)[0].is_number() &&
                     (*value)[1].is_number();
    if (!one && !two) swing.problem(name, "expected points, such as 60, or the least and the most, such as [50, 70].");
    good = good && place && (one || two);
    if (!place || (!one && !two)) continue;
    points[*place] = one ? SwingPoints{value->get<double>(), value->get<double>()}
                         : SwingPoints{(*value)[0].get<double>(), (*value)[1].get<double>()};
    named[*place] = true;
  }
  if (!good || !all_named(named, criteria, table, "swing")) return std::nullopt;
  SwingWeights found = swing_weights(criteria.subject, points);
  FormAnswer out;
  out.how = Elicitation::swing;
  out.weights = std::move(found.weights);
  if (std::any_of(points.begin(), points.end(), [](SwingPoints const& one) { return one.low < one.high; })) {
    out.low = std::move(found.low);
    out.high = std::move(found.high);
  }
  return out;
}

std::optional<FormAnswer> read_pairs(TomlTable& table, NestedValues const& values, FormCriteria const& criteria) {
  auto const by = read_by(table, {"eigenvector", "geometric_mean"});
  Json const* const pairs = values.find(table, "pairs");
  if (pairs == nullptr || !pairs->is_array()) {
    table.problem("pairs", "expected a list of judgements such as [\"a\", \"b\", 3]: a is 3 times as important as b.");
    return std::nullopt;
  }
  std::vector<PairJudgement> judgements;
  std::vector<bool> named(criteria.subject.criteria.size(), false);
  bool good = by.has_value();
  for (Json const& pair : *pairs) {
    auto const one = read_pair(pair, criteria, table);
    good = good && one;
    if (!one) continue;
    named[one->a] = named[one->b] = true;
    judgements.push_back(*one);
  }
  if (named.size() == 1) named[0] = true;  // nothing to compare it with
  if (!good || !all_named(named, criteria, table, "pairs")) return std::nullopt;
  bool const means = *by == "geometric_mean";
  PairwiseWeights const found = pairwise_weights(criteria.subject, judgements,
                                                 means ? PairwiseMethod::geometric_mean : PairwiseMethod::eigenvector);
  FormAnswer out;
  out.how = means ? Elicitation::ahp_geometric_mean : Elicitation::ahp_eigenvector;
  out.weights = found.weights;
  out.consistency = consistency_of(criteria.subject, found);
  return out;
}

std::optional<FormAnswer> read_best_worst(TomlTable& table, FormCriteria const& criteria) {
  std::string const best_name = table.text_or("best", ""), worst_name = table.text_or("worst", "");
  for (char const* key : {"best", "worst"})
    if (!table.has(key))
      table.problem(key, "is missing: the most (`best`) and the least important criterion (`worst`).");
  if (!table.has("best") || !table.has("worst")) return std::nullopt;
  auto const best = place_of(best_name, criteria, table, "best");
  auto const worst = place_of(worst_name, criteria, table, "worst");
  std::size_t const n = criteria.subject.criteria.size();
  std::vector<bool> from_best(n, false), to_worst(n, false);
  bool good = best && worst;
  BestWorst said;
  said.best_to_others = read_numbers(table.table("to_best"), criteria, from_best, good);
  said.others_to_worst = read_numbers(table.table("to_worst"), criteria, to_worst, good);
  if (!good) return std::nullopt;
  said.best = *best;
  said.worst = *worst;
  auto const fill = [](std::vector<double>& numbers, std::vector<bool>& named, std::size_t place, double value) {
    if (!named[place]) numbers[place] = value;
    named[place] = true;
  };
  fill(said.best_to_others, from_best, *best, 1);
  fill(said.others_to_worst, to_worst, *worst, 1);
  // The best against the worst is one judgement, which need not be written twice.
  if (from_best[*worst]) fill(said.others_to_worst, to_worst, *best, said.best_to_others[*worst]);
  if (to_worst[*best]) fill(said.best_to_others, from_best, *worst, said.others_to_worst[*best]);
  bool const all = all_named(from_best, criteria, table, "to_best");
  if (!all_named(to_worst, criteria, table, "to_worst") || !all) return std::nullopt;
  BestWorstWeights const found = best_worst_weights(criteria.subject, said);
  FormAnswer out;
  out.how = Elicitation::best_worst;
  out.weights = found.weights;
  out.consistency = consistency_of(criteria.subject, said, found);
  return out;
}

}  // namespace terrein
