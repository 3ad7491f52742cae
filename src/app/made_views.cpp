#include <fmt/core.h>

#include <algorithm>

#include "made_layers.hpp"
#include "named_columns.hpp"
#include "result_tables.hpp"
#include "terrein/core/text.hpp"
#include "views.hpp"
#include "weight_set_columns.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_listed = 5000;  ///< candidates per model, those with the best rank of anybody first
constexpr std::size_t most_agreed = 100;   ///< of the consensus, named in one cell

std::string_view code_of(Acceptance acceptance) {
  return acceptance == Acceptance::not_everyone ? "not_everyone" : to_string(acceptance);
}

std::optional<std::int64_t> whole(Column<double> const& column, std::size_t row) {
  return column.is_known(row) ? std::optional(static_cast<std::int64_t>(column.values[row])) : std::nullopt;
}

/// Models with views that are written.
std::vector<ModelResult const*> models_of(MadeFrom const& from) {
  auto const& left_out = from.study.output.leave_out;
  std::vector<ModelResult const*> out;
  for (ModelResult const& model : from.judgement.models)
    if (model.views != nullptr && std::find(left_out.begin(), left_out.end(), model.model->key) == left_out.end())
      out.push_back(&model);
  return out;
}

/// Candidates that anybody has among the best, in an order that does not depend on that of the rows.
std::vector<Row> listed_rows(ModelViews const& views, std::vector<std::uint32_t> const& id_rank) {
  std::vector<Row> out;
  for (Row row = 0; row < id_rank.size(); ++row)
    if (views.support.top_k_n[row] > 0) out.push_back(row);
  auto const& best = views.conflict.best_rank.values;
  std::sort(out.begin(), out.end(),
            [&](Row a, Row b) { return best[a] != best[b] ? best[a] < best[b] : id_rank[a] < id_rank[b]; });
  if (out.size() > most_listed) out.resize(most_listed);
  return out;
}

MadeLayer views_layer(MadeFrom const& from) {
  MadeLayer out;
  out.name = "stakeholders";
  out.shape = ShapeType::polygon;
  out.codes["acceptance"] = "acceptance";
  Layer const& candidates = from.inputs.candidates->layer;
  GeometryBuilder shapes(out.shapes);
  NamedColumns columns;
  std::size_t rows = 0;
  for (char const* name : {"id", "model"}) columns.texts(name);
  for (ModelResult const* model : models_of(from)) {
    ModelViews const& views = *model->views;
    for (Row const row : listed_rows(views, candidates.id_rank)) {
      shapes.copy_row(candidates.geometry, row);
      columns.texts("id").push(candidates.id[row]);
      columns.texts("model").push(model->model->key);
      columns.texts("acceptance").push(code_of(views.support.acceptance[row]));
      columns.counts("top_k_n").push(std::int64_t{views.support.top_k_n[row]});
      columns.counts("stakeholders_ranked_n").push(std::int64_t{views.support.ranked_n[row]});
      columns.numbers("top_k_share").push(views.support.top_k_share[row]);
      columns.numbers("mean_rank").push(views.consensus.mean_rank.at(row));
      columns.counts("consensus_rank").push(whole(views.consensus.rank, row));
      columns.counts("best_rank").push(whole(views.conflict.best_rank, row));
      columns.counts("worst_rank").push(whole(views.conflict.worst_rank, row));
      columns.counts("rank_spread").push(whole(views.conflict.rank_spread, row));
      columns.counts("rank_now").push(whole(model->rank, row));
      for (StakeholderSpec const& who : from.study.stakeholders) {
        auto const view = std::find_if(views.of.begin(), views.of.end(),
                                       [&](StakeholderView const& one) { return one.who->key == who.key; });
        bool const has = view != views.of.end();
        columns.counts("rank_" + who.key).push(has ? whole(view->rank, row) : std::nullopt);
        auto const score = has ? view->scores.score.at(row) : std::nullopt;
        columns.numbers("score_" + who.key).push(score ? std::optional(100 * *score) : std::nullopt);
      }
      ++rows;
    }
  }
  out.table = columns.table(rows);
  return out;
}

/// Names of the columns of each stakeholder, and whose weights they are.
void describe(MadeFrom const& from, MadeLayer& layer) {
  std::vector<std::string> sentences{fmt::format("k = {}.", from.study.robustness.top)};
  for (StakeholderSpec const& who : from.study.stakeholders) {
    std::string const label = from.labels.pick(who.label_nl, who.label_en);
    for (char const* column : {"rank_", "score_"})
      layer.notes[column + who.key] = {from.labels.get("column", std::string(column) + "of") + ": " + label, "", ""};
    if (who.weights.sets.empty()) continue;
    sentences.push_back(label + ": " + weight_set_note(who.weights.sets.begin()->second, from.labels) + ".");
  }
  layer.description = join(sentences, " ");
}

/// Tables about one model after the other.
class ViewTables {
 public:
  explicit ViewTables(MadeFrom const& from) : from_(from) {
    for (ModelResult const* model : models_of(from)) {
      add_all(*model);
      for (AgreementRow const& pair : model->views->agreement) add_pair(*model, pair);
      add_weights(*model);
    }
  }
  MadeLayer agreement() {
    MadeLayer out;
    out.name = "stakeholder_agreement";
    out.description = from_.labels.get("term", "stakeholder_agreement_help");
    out.table = agreement_.table(agreement_rows_);
    return out;
  }
  MadeLayer weights() {
    MadeLayer out;
    out.name = "stakeholder_weights";
    out.table = weights_.table(weight_rows_);
    for (AnyColumn& column : sets_.take()) out.table.add(std::move(column));
    return out;
  }

 private:
  /// All together: a row without names.
  void add_all(ModelResult const& model) {
    ModelViews const& views = *model.views;
    auto const& accepted = views.support.acceptance;
    AgreementRow all;
    all.agreement.candidates = views.consensus.candidates;
    push(model, all);
    agreement_.numbers("kendall_w").push(views.consensus.agreement);
    agreement_.counts("all_accept_n").push(std::count(accepted.begin(), accepted.end(), Acceptance::everyone));
    std::string const best = consensus_best(model);
    agreement_.texts("consensus_best").push(best.empty() ? std::nullopt : std::optional<std::string_view>(best));
    agreement_.counts("top_both_n").push(std::nullopt);
    ++agreement_rows_;
  }

  void add_pair(ModelResult const& model, AgreementRow const& pair) {
    push(model, pair);
    agreement_.numbers("kendall_w").push(std::nullopt);
    agreement_.counts("all_accept_n").push(std::nullopt);
    agreement_.texts("consensus_best").push(std::nullopt);
    agreement_.counts("top_both_n").push(static_cast<std::int64_t>(pair.agreement.top_both));
    ++agreement_rows_;
  }

  void push(ModelResult const& model, AgreementRow const& row) {
    auto const name = [](std::string const& text) {
      return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
    };
    agreement_.texts("model").push(model.model->key);
    agreement_.texts("stakeholder").push(name(row.a));
    agreement_.texts("other_stakeholder").push(name(row.b));
    agreement_.counts("top_k").push(static_cast<std::int64_t>(model.views->top));
    agreement_.counts("compared_n").push(static_cast<std::int64_t>(row.agreement.candidates));
    agreement_.numbers("kendall").push(row.agreement.kendall);
    agreement_.numbers("spearman").push(row.agreement.spearman);
    agreement_.numbers("overlap").push(row.agreement.overlap);
  }

  /// Ids of the best k of all together, ties with the last included: "12|45|7".
  [[nodiscard]] std::string consensus_best(ModelResult const& model) const {
    Layer const& candidates = from_.inputs.candidates->layer;
    auto const& rank = model.views->consensus.rank;
    std::vector<Row> rows;
    for (Row row = 0; row < rank.size(); ++row)
      if (rank.is_known(row) && rank.values[row] <= static_cast<double>(model.views->top)) rows.push_back(row);
    std::sort(rows.begin(), rows.end(), [&](Row a, Row b) {
      return rank.values[a] != rank.values[b] ? rank.values[a] < rank.values[b]
                                              : candidates.id_rank[a] < candidates.id_rank[b];
    });
    std::vector<std::string> ids;
    for (Row const row : rows)
      if (ids.size() < most_agreed) ids.push_back(candidates.id[row]);
    return join(ids, "|");
  }

  void add_weights(ModelResult const& model) {
    for (StakeholderView const& one : model.views->of)
      for (std::size_t i = 0; i < one.weights.size(); ++i) {
        weights_.texts("model").push(model.model->key);
        weights_.texts("stakeholder").push(one.who->key);
        weights_.texts("label").push(from_.labels.pick(one.who->label_nl, one.who->label_en));
        weights_.numbers("say").push(one.who->share);
        weights_.texts("criterion").push(model.model->criteria[i].criterion);
        weights_.numbers("weight_pct").push(100 * one.weights[i]);
        weights_.texts("adopted").push(adoption_note(one.set, from_.labels));
        sets_.push(&one.set, from_.labels);
        ++weight_rows_;
      }
  }

  MadeFrom const& from_;
  NamedColumns agreement_, weights_;
  WeightSetColumns sets_;
  std::size_t agreement_rows_ = 0, weight_rows_ = 0;
};

}  // namespace

std::vector<PlannedLayer> plan_views(Study const& study) {
  if (study.stakeholders.empty()) return {};
  return {{"stakeholders", ShapeType::polygon},
          {"stakeholder_agreement", ShapeType::none},
          {"stakeholder_weights", ShapeType::none}};
}

std::vector<MadeLayer> make_views(MadeFrom const& from) {
  std::vector<MadeLayer> out;
  out.push_back(views_layer(from));
  describe(from, out.back());
  ViewTables tables(from);
  out.push_back(tables.agreement());
  out.push_back(tables.weights());
  return out;
}

}  // namespace terrein
