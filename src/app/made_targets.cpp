#include <algorithm>

#include "made_layers.hpp"
#include "named_columns.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/similarity.hpp"

namespace terrein {
namespace {

/// Candidates most like a given one, best first, with what sets them apart.
class TargetLayers {
 public:
  explicit TargetLayers(MadeFrom const& from)
      : from_(from), candidates_(from.inputs.candidates->layer), builder_(shapes_) {
    for (char const* name : {"target", "like", "model", "id"}) sites_.texts(name);  // also of a table without rows
    for (char const* name : {"target", "id", "criterion"}) differences_.texts(name);
    for (TargetSpec const& target : from.study.targets) add(target);
  }

  std::vector<MadeLayer> make() {
    std::vector<MadeLayer> out(2);
    out[0].name = "similar_sites";
    out[0].shape = ShapeType::polygon;
    out[0].shapes = std::move(shapes_);
    out[0].table = sites_.table(rows_);
    out[0].codes = {{"outcome", "outcome"}};
    out[1].name = "similar_differences";
    out[1].table = differences_.table(difference_rows_);
    return out;
  }

 private:
  [[nodiscard]] ModelResult const& model_of(TargetSpec const& target) const {
    return *std::find_if(from_.judgement.models.begin(), from_.judgement.models.end(),
                         [&target](ModelResult const& one) { return one.model->key == target.model; });
  }

  /// No row, and an issue, where none has its id: it may lie outside the part that is looked at.
  [[nodiscard]] Row row_of(TargetSpec const& target) const {
    auto const at = std::find(candidates_.id.begin(), candidates_.id.end(), target.like);
    if (at != candidates_.id.end()) return static_cast<Row>(at - candidates_.id.begin());
    from_.issues.add({.layer = from_.study.candidates,
                      .feature_id = target.like,
                      .stage = "targets",
                      .code = "no_target",
                      .text = "[targets." + target.key +
                              "] like: no candidate has this id, so that nothing can be like it." +
                              suggestion(target.like, candidates_.id)});
    return no_row;
  }

  void add(TargetSpec const& target) {
    ModelResult const& model = model_of(target);
    Row const like = row_of(target);
    if (like == no_row) return;
    std::vector<Values const*> values;
    for (Values const& one : model.values) values.push_back(&one);
    Distances const found = distances_from(values, model.weights, like);
    std::vector<Row> rows;
    for (Row row = 0; row < candidates_.size(); ++row)
      if (row != like && model.outcome[row] != Outcome::fails && found.distance.is_known(row) &&
          found.shared[row] >= model.model->min_completeness)
        rows.push_back(row);
    auto const nearer = [&](Row a, Row b) {
      double const near = found.distance.values[a], far = found.distance.values[b];
      return near != far ? near < far : candidates_.id_rank[a] < candidates_.id_rank[b];
    };
    std::size_t const n = std::min(target.n, rows.size());
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(n), rows.end(), nearer);
    rows.resize(n);
    for (std::size_t i = 0; i < n; ++i) add_site(target, model, found, i + 1, rows[i]);
    for (Row const row : rows) add_differences(target, model, like, row);
  }

  void add_site(TargetSpec const& target, ModelResult const& model, Distances const& found, std::size_t place,
                Row row) {
    sites_.texts("target").push(target.key);
    sites_.texts("like").push(target.like);
    sites_.texts("model").push(target.model);
    sites_.texts("id").push(candidates_.id[row]);
    sites_.counts("place").push(static_cast<std::int64_t>(place));
    sites_.numbers("alike_pct").push(100 * (1 - found.distance.values[row]));
    sites_.numbers("shared_pct").push(100 * found.shared[row]);
    sites_.texts("outcome").push(to_string(model.outcome[row]));
    auto const score = model.scores.score.at(row);
    sites_.numbers("score").push(score ? std::optional(100 * *score) : std::nullopt);
    auto const rank = model.rank.at(row);
    sites_.counts("rank").push(rank ? std::optional(static_cast<std::int64_t>(*rank)) : std::nullopt);
    builder_.copy_row(candidates_.geometry, row);
    ++rows_;
  }

  /// Per criterion: both values, and the points that the difference is of the distance. Unknown ones have none.
  void add_differences(TargetSpec const& target, ModelResult const& model, Row like, Row row) {
    for (std::size_t j = 0; j < model.values.size(); ++j) {
      auto const own = model.values[j].value.at(row), theirs = model.values[j].value.at(like);
      differences_.texts("target").push(target.key);
      differences_.texts("id").push(candidates_.id[row]);
      differences_.texts("criterion").push(model.model->criteria[j].criterion);
      differences_.numbers("weight_pct").push(100 * model.weights[j]);
      differences_.numbers("value").push(own);
      differences_.numbers("value_like").push(theirs);
      differences_.numbers("difference").push(own && theirs ? std::optional(*own - *theirs) : std::nullopt);
      ++difference_rows_;
    }
  }

  MadeFrom const& from_;
  Layer const& candidates_;
  GeometryColumn shapes_;
  GeometryBuilder builder_;
  NamedColumns sites_, differences_;
  std::size_t rows_ = 0, difference_rows_ = 0;
};

}  // namespace

std::vector<PlannedLayer> plan_targets(Study const& study) {
  if (study.targets.empty()) return {};
  return {{"similar_sites", ShapeType::polygon}, {"similar_differences", ShapeType::none}};
}

std::vector<MadeLayer> make_targets(MadeFrom const& from) { return TargetLayers(from).make(); }

}  // namespace terrein
