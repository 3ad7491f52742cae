#include "terrein/app/rescore.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "manifest.hpp"
#include "model_scoring.hpp"
#include "read_weights.hpp"
#include "result_tables.hpp"
#include "robustness_tables.hpp"
#include "stored_ranking.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/scoring.hpp"
#include "terrein/io/edit_package.hpp"
#include "terrein/io/output_set.hpp"
#include "weight_set_columns.hpp"
#include "weight_set_json.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

/// Scores of one model, in the scale of a result.
struct NewScores {
  Column<double> score, low, high, completeness;
  Column<std::int64_t> rank;
  std::vector<SubScores> groups;
};

NewScores scores_of(StoredCandidates const& candidates, StoredRanking const& anew) {
  Scores const& scores = anew.scores;
  NewScores out;
  for (std::size_t row = 0; row < candidates.size(); ++row) {
    auto const score = scores.score.at(row);
    out.score.push(score ? std::optional(100 * *score) : std::nullopt);
    out.low.push(100 * scores.low[row]);
    out.high.push(100 * scores.high[row]);
    out.completeness.push(scores.completeness[row]);
    auto const place = anew.rank.at(row);
    out.rank.push(place ? std::optional(static_cast<std::int64_t>(*place)) : std::nullopt);
  }
  out.groups = anew.groups;
  for (SubScores& group : out.groups)
    for (double& value : group.scores.score.values) value *= 100;
  return out;
}

/// One edit per table: its rows of the new columns.
void add_edits(StoredCandidates const& candidates, std::string const& model, NewScores const& scores,
               PackageEdits& edits) {
  Row first = 0;
  for (StoredCandidates::Part const& part : candidates.parts()) {
    std::vector<Row> rows(part.fids.size());
    std::iota(rows.begin(), rows.end(), first);
    first += static_cast<Row>(rows.size());
    Table columns(rows.size());
    auto const add = [&](std::string const& suffix, AnyColumn column) {
      AnyColumn own = take(column, rows);
      std::visit([&](auto& one) { one.name = candidates.column(part.table, model + suffix); }, own);
      columns.add(std::move(own));
    };
    add("_score", scores.score);
    add("_low", scores.low);
    add("_high", scores.high);
    add("_completeness", scores.completeness);
    add("_rank", scores.rank);
    for (SubScores const& group : scores.groups) add("_s_" + group.key, group.scores.score);
    edits.columns.push_back({part.table, part.fids, std::move(columns)});
  }
}

/// What is said of how sure the rankings are, where the result says it: columns of the models that are weighed anew,
/// and all rows of the tables.
class RobustnessAnew {
 public:
  RobustnessAnew(ResultFile const& file, StoredCandidates const& candidates, Labels const& labels, unsigned workers)
      : candidates_(candidates),
        labels_(labels),
        workers_(workers),
        spec_(stored_robustness_spec(file)),
        tables_(candidates.ids(), spec_.value_or(RobustnessSpec{})) {}
  [[nodiscard]] bool asked() const noexcept { return spec_.has_value(); }

  void add(StoredModel const& model, StoredRanking const& ranking, bool weighed_anew, PackageEdits& edits) {
    WeightSpace space = weight_space(*spec_, model.config, model.shares);
    ModelRobustness found = robustness_of(ranking.problem, std::move(space), *spec_, spec_->top, workers_);
    found.facts = worth_knowing(ranking.problem, spec_->top, stored_doubts(candidates_, model),
                                model.config.min_completeness, ranking.standing);
    std::vector<RuleSpec const*> rules;
    for (StoredRule const& one : model.rules) rules.push_back(&one.rule);
    tables_.add({model.config, model.shares, ranking.rank, rules, weights_note(model.config, labels_), found});
    if (weighed_anew) add_columns(model.config.key, found, edits);
  }

  void finish(PackageEdits& edits) {
    for (auto& [name, rows] : tables_.take()) edits.rows.push_back({name, std::move(rows)});
  }

 private:
  void add_columns(std::string const& model, ModelRobustness const& found, PackageEdits& edits) const {
    Column<double> edge = found.edge;
    for (double& value : edge.values) value *= 100;
    Row first = 0;
    for (StoredCandidates::Part const& part : candidates_.parts()) {
      std::vector<Row> rows(part.fids.size());
      std::iota(rows.begin(), rows.end(), first);
      first += static_cast<Row>(rows.size());
      Table columns(rows.size());
      auto const add = [&](char const* suffix, AnyColumn const& column) {
        auto const name = candidates_.column_if_there(part.table, model + suffix);
        if (!name) return;
        AnyColumn own = take(column, rows);
        std::visit([&](auto& one) { one.name = *name; }, own);
        columns.add(std::move(own));
      };
      add("_p_top_k", found.acceptability.in_top);
      add("_stability", edge);
      add("_rank_p05", found.acceptability.rank_low);
      add("_rank_p95", found.acceptability.rank_high);
      edits.columns.push_back({part.table, part.fids, std::move(columns)});
    }
  }

  StoredCandidates const& candidates_;
  Labels const& labels_;
  unsigned workers_;
  std::optional<RobustnessSpec> spec_;
  RobustnessTables tables_;
};

std::vector<std::string> best_ids(StoredCandidates const& candidates, auto const& rank) {
  constexpr std::size_t most = 10;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < candidates.size(); ++row)
    if (rank.is_known(row)) rows.push_back(row);
  auto const better = [&](std::size_t a, std::size_t b) {
    if (rank.values[a] != rank.values[b]) return rank.values[a] < rank.values[b];
    return id_less(candidates.ids()[a], candidates.ids()[b]);
  };
  std::size_t const count = std::min(most, rows.size());
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(), better);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(candidates.ids()[rows[i]]);
  return out;
}

RescoredModel compared(StoredCandidates const& candidates, StoredModel const& model, NewScores const& scores,
                       Labels const& labels) {
  RescoredModel out;
  out.key = model.config.key;
  out.label = model_label(model.config, labels);
  Column<double> const before = candidates.rank(out.key);
  for (std::size_t row = 0; row < candidates.size(); ++row) {
    auto const now = scores.rank.at(row);
    auto const then = before.at(row);
    if (now) ++out.ranked;
    if (now.has_value() != then.has_value() || (now && static_cast<double>(*now) != *then)) ++out.moved;
  }
  out.best = best_ids(candidates, scores.rank);
  out.best_before = best_ids(candidates, before);
  return out;
}

/// The models of the result with those that were weighed anew in their place.
std::vector<StoredModel> replaced(std::vector<StoredModel> models, std::vector<StoredModel> const& anew) {
  for (StoredModel& model : models)
    for (StoredModel const& one : anew)
      if (one.config.key == model.config.key) model = one;
  return models;
}

/// What stands with every layer that rests on the weights, as in a run.
std::string notes_of(std::vector<StoredModel> const& models, Labels const& labels) {
  std::vector<std::string> notes;
  for (StoredModel const& model : models)
    notes.push_back(model_label(model.config, labels) + ": " + weights_note(model.config, labels) + ".");
  return join(notes, " ");
}

/// Table `models` has a row per criterion of every model, in their order.
ColumnEdit weights_edit(ResultFile const& file, std::vector<StoredModel> const& models, Labels const& labels) {
  ColumnEdit out;
  out.table = "models";
  Table const stored = file.read("models", {"fid"});
  auto const there = file.columns("models");
  for (std::size_t row = 0; row < stored.rows(); ++row)
    out.fids.push_back(static_cast<std::int64_t>(*number(stored, "fid", row)));
  Column<double> weight("weight", 0), share("weight_share", 0);
  TextColumn adopted("adopted");
  WeightSetColumns sets;
  for (StoredModel const& model : models)
    for (std::size_t i = 0; i < model.config.criteria.size(); ++i) {
      weight.push(model.config.criteria[i].weight);
      share.push(model.shares[i]);
      adopted.push(weights_note(model.config, labels));
      sets.push(weight_set_of(model.config), labels);
    }
  out.columns = Table(weight.size());
  out.columns.add(std::move(weight));
  out.columns.add(std::move(share));
  out.columns.add(std::move(adopted));
  for (AnyColumn& column : sets.take())
    if (std::find(there.begin(), there.end(), name_of(column)) != there.end())  // older results lack them
      out.columns.add(std::move(column));
  return out;
}

std::string manifest_of(ResultFile const& file, std::vector<StoredModel> const& models, RescoreOptions const& options) {
  auto json = nlohmann::ordered_json::parse(file.manifest());
  for (StoredModel const& model : models)
    for (auto& one : json["models"]) {
      if (one["model"] != model.config.key) continue;
      if (model.config.adopted_by.empty())
        one["weights"] = starting_weights;
      else
        one["weights"] = {{"adopted_by", model.config.adopted_by}, {"adopted_on", model.config.adopted_on}};
      one.erase("weight_set");
      if (auto const set = weight_set_json(model.config); !set.is_null()) one["weight_set"] = set;
      for (auto& criterion : one["criteria"])
        for (ModelCriterion const& weighed : model.config.criteria)
          if (criterion["criterion"] == weighed.criterion) criterion["weight"] = weighed.weight;
    }
  json["rescored"] = {{"result", options.result.filename().string()},
                      {"result_sha256", sha256_of_file(options.result)},
                      {"weights", options.weights.filename().string()},
                      {"weights_sha256", sha256_of_file(options.weights)}};
  return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void write_copy(RescoreOptions const& options, PackageEdits const& edits) {
  std::error_code absent;  // a file that does not exist is not the result
  if (std::filesystem::equivalent(options.output, options.result, absent))
    throw_error(ErrorKind::usage, "--output '{}' is the result itself, which is only read. Choose another name.",
                options.output.string());
  OutputSet files(options.overwrite);
  std::filesystem::path const temporary = files.add(options.output);
  std::error_code failed;
  std::filesystem::copy_file(options.result, temporary, failed);
  if (failed)
    throw_error(ErrorKind::output, "'{}' cannot be copied to '{}': {}. Check the free space and your rights.",
                options.result.string(), options.output.string(), failed.message());
  std::filesystem::permissions(temporary, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  edit_package(temporary, edits);
  files.commit();
}

}  // namespace

RescoreReport rescore(RescoreOptions const& options, DataFolders const& data) {
  ResultFile const file(options.result);
  ResultFacts facts = result_facts(file, options.result, std::nullopt);
  read_drawn_ranges(file, facts.models);
  std::vector<StoredModel> const anew = reweighted_models(options.weights, facts.models);
  Labels const labels(data.datasets / "labels.csv", facts.language);
  StoredCandidates const candidates(file, options.result, facts);
  std::vector<StoredModel> const all = replaced(facts.models, anew);
  PackageEdits edits;
  RescoreReport out{facts.language, options.output, {}};
  RobustnessAnew robustness(file, candidates, labels, options.workers);
  std::optional<DrawnFactors> const drawn = stored_draws(file, candidates);
  for (StoredModel const& model : all) {
    bool const weighed_anew = std::any_of(
        anew.begin(), anew.end(), [&model](StoredModel const& one) { return one.config.key == model.config.key; });
    if (model.config.criteria.empty() || (!weighed_anew && !robustness.asked())) continue;
    auto const ranking = stored_ranking(candidates, model, drawn ? &*drawn : nullptr, options.workers);
    if (robustness.asked() && is_weighted_sum(model.config)) robustness.add(model, *ranking, weighed_anew, edits);
    if (!weighed_anew) continue;
    NewScores const scores = scores_of(candidates, *ranking);
    add_edits(candidates, model.config.key, scores, edits);
    out.models.push_back(compared(candidates, model, scores, labels));
  }
  if (robustness.asked()) robustness.finish(edits);
  edits.columns.push_back(weights_edit(file, all, labels));
  edits.notes.emplace_back(notes_of(facts.models, labels), notes_of(all, labels));
  edits.manifest = manifest_of(file, anew, options);
  write_copy(options, edits);
  return out;
}

}  // namespace terrein
