#include "terrein/decision/criteria_tree.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "decision/combine.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

double usable_weight(double weight, std::string const& group) {
  if (!(weight >= 0) || std::isinf(weight))
    throw_error(ErrorKind::config, "Group '{}' has the weight '{}'; weights are finite numbers from 0 up.", group,
                shortest(weight));
  return weight;
}

double weight_of(CriteriaGroup const& group, std::vector<double> const& weights);

/// Weights of the members of a group: criteria first, then groups.
std::vector<double> member_weights(CriteriaGroup const& group, std::vector<double> const& weights) {
  std::vector<double> out;
  for (std::size_t const criterion : group.criteria) out.push_back(usable_weight(weights[criterion], group.key));
  for (CriteriaGroup const& child : group.groups) out.push_back(weight_of(child, weights));
  return out;
}

double total(std::vector<double> const& weights) {
  double sum = 0;
  for (double const weight : weights) sum += weight;
  return sum;
}

double weight_of(CriteriaGroup const& group, std::vector<double> const& weights) {
  double const below = usable_weight(total(member_weights(group, weights)), group.key);
  if (!group.weight) return below;
  if (usable_weight(*group.weight, group.key) > 0 && !(below > 0))
    throw_error(ErrorKind::config, "Group '{}' has the weight '{}', and its members have none.", group.key,
                shortest(*group.weight));
  return *group.weight;
}

/// Looks at the places of all criteria and at the keys and settings of all groups.
class TreeCheck {
 public:
  explicit TreeCheck(std::size_t criteria) : placed_(criteria, 0) {}

  void look_at(CriteriaGroup const& group) {
    if (group.criteria.empty() && group.groups.empty())
      throw_error(ErrorKind::config, "Group '{}' has no members.", group.key);
    if (!keys_.insert(group.key).second)
      throw_error(ErrorKind::config, "Two groups are called '{}'; give every group its own key.", group.key);
    if (group.compensation && !(*group.compensation <= 1))
      throw_error(ErrorKind::config, "Group '{}' has the compensation '{}'; it must be 1 (full) or less.", group.key,
                  shortest(*group.compensation));
    for (std::size_t const criterion : group.criteria) {
      if (criterion >= placed_.size())
        throw_error(ErrorKind::config, "Group '{}' names criterion {} of {}.", group.key, criterion + 1,
                    placed_.size());
      if (placed_[criterion]++ != 0)
        throw_error(ErrorKind::config, "Criterion {} stands in the tree twice, the second time in group '{}'.",
                    criterion + 1, group.key);
    }
    for (CriteriaGroup const& child : group.groups) look_at(child);
  }
  void require_all() const {
    auto const missing = std::find(placed_.begin(), placed_.end(), 0);
    if (missing != placed_.end())
      throw_error(ErrorKind::config, "Criterion {} is in no group of the tree.", missing - placed_.begin() + 1);
  }

 private:
  std::vector<int> placed_;
  std::set<std::string> keys_;
};

void require_tree(CriteriaGroup const& tree, std::size_t criteria) {
  TreeCheck check(criteria);
  check.look_at(tree);
  check.require_all();
}

Scores no_scores(std::size_t rows) {
  return {Column<double>("score", rows), std::vector<double>(rows, 0), std::vector<double>(rows, 1),
          std::vector<double>(rows, 0)};
}

/// Scores of a group with those of its groups below it. Ranges are as they were combined, so that the group around it
/// starts from them.
struct ScoredGroup {
  Scores scores;
  std::vector<SubScores> below;
};

class TreeScoring {
 public:
  TreeScoring(std::vector<Values const*> const& values, std::vector<double> const& weights,
              Aggregation const& aggregation, unsigned workers)
      : values_(values), weights_(weights), aggregation_(aggregation), workers_(workers) {}

  [[nodiscard]] ScoredGroup score(CriteriaGroup const& group) const {
    auto const weights = member_weights(group, weights_);
    std::vector<Member> members;
    for (std::size_t const criterion : group.criteria)
      members.push_back({values_[criterion], weights[members.size()], nullptr, 1, 1});
    ScoredGroup out;
    std::vector<std::unique_ptr<GroupColumn>> columns;  // members point into them
    for (CriteriaGroup const& child : group.groups) {
      columns.push_back(std::make_unique<GroupColumn>(column_of(child, out.below)));
      members.push_back({&columns.back()->values, weights[members.size()], &columns.back()->completeness, 1, 1});
    }
    out.scores = total(weights) > 0 ? combine(members, settings_of(group), workers_)
                                    : no_scores(members.front().values->value.size());
    return out;
  }

 private:
  struct GroupColumn {
    Values values;
    std::vector<double> completeness;
  };

  /// Scores of a group as a column of its own; they and those below it are added to `below`.
  GroupColumn column_of(CriteriaGroup const& group, std::vector<SubScores>& below) const {
    ScoredGroup scored = score(group);
    GroupColumn out{{scored.scores.score, scored.scores.low, scored.scores.high}, scored.scores.completeness};
    widen(scored.scores, workers_);
    below.push_back({group.key, std::move(scored.scores)});
    std::move(scored.below.begin(), scored.below.end(), std::back_inserter(below));
    return out;
  }

  [[nodiscard]] Aggregation settings_of(CriteriaGroup const& group) const {
    if (!group.compensation) return aggregation_;
    Aggregation out;
    out.method = Method::power_mean;
    out.compensation = *group.compensation;
    return out;
  }

  std::vector<Values const*> const& values_;
  std::vector<double> const& weights_;
  Aggregation const& aggregation_;
  unsigned workers_;
};

void add_flat(CriteriaGroup const& group, std::vector<double> const& weights, double share, std::vector<double>& out) {
  auto const members = member_weights(group, weights);
  double const sum = total(members);
  std::size_t next = 0;
  auto const next_share = [&] { return sum > 0 ? share * members[next++] / sum : 0; };
  for (std::size_t const criterion : group.criteria) out[criterion] = next_share();
  for (CriteriaGroup const& child : group.groups) add_flat(child, weights, next_share(), out);
}

}  // namespace

TreeScores aggregate_tree(std::vector<Values const*> const& values, std::vector<double> const& weights,
                          Aggregation const& aggregation, CriteriaGroup const& tree, unsigned workers) {
  require_valid(aggregation, values.size());
  require_fit(values, weights);
  require_tree(tree, values.size());
  if (tree.groups.empty() && !tree.compensation) return {aggregate(values, weights, aggregation, workers), {}};
  if (aggregation.normalisation != Normalisation::fixed)
    throw_error(
        ErrorKind::config,
        "Groups of criteria have scores on a fixed scale; '{}' with the normalisation '{}' cannot join them. Use "
        "'fixed', or no groups.",
        to_string(aggregation.method), to_string(aggregation.normalisation));
  (void)flat_weights(tree, weights);
  std::vector<Values> flows;
  std::vector<Values const*> columns = values;
  if (aggregation.method == Method::promethee) {
    flows = flow_values(values, weights, aggregation, workers);
    for (std::size_t i = 0; i < flows.size(); ++i) columns[i] = &flows[i];
  }
  ScoredGroup scored = TreeScoring(columns, weights, aggregation, workers).score(tree);
  widen(scored.scores, workers);
  return {std::move(scored.scores), std::move(scored.below)};
}

std::vector<double> flat_weights(CriteriaGroup const& tree, std::vector<double> const& weights) {
  require_tree(tree, weights.size());
  if (!(weight_of(tree, weights) > 0))
    throw_error(ErrorKind::config, "The weights of group '{}' sum to '0'; at least one must be greater than 0.",
                tree.key);
  std::vector<double> out(weights.size(), 0);
  add_flat(tree, weights, 1, out);
  return out;
}

}  // namespace terrein
