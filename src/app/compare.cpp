#include "terrein/app/compare.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "compare_tables.hpp"
#include "result_tables.hpp"
#include "result_view.hpp"
#include "study_differences.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/clock.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/io/output_set.hpp"
#include "whatif.hpp"

namespace terrein {
namespace {

/// Refuses results whose shapes lie in different coordinates: their scores could be compared, their land could not.
Crs common_crs(ComparedResult const& before, ComparedResult const& after) {
  Crs const old = crs_from(before.crs()), now = crs_from(after.crs());
  auto const name = [](Crs const& crs) { return crs.authority.empty() ? crs.name : crs.authority; };
  if (!same_crs(old, now))
    throw_error(ErrorKind::input,
                "'{}' is in {} and '{}' in {}: results are compared in one CRS. Run one of the studies again with the "
                "`crs` of the other.",
                before.path.string(), name(old), after.path.string(), name(now));
  return now;
}

std::vector<std::string> keys_of(ComparedResult const& result) {
  std::vector<std::string> out;
  for (StoredModel const& one : result.facts.models)
    if (!one.config.key.empty()) out.push_back(one.config.key);
  return out;
}

/// Models of both results, in the order of the new one; those asked for, each once, when any is.
std::vector<std::string> common_models(ComparedResult const& before, ComparedResult const& after,
                                       std::vector<std::string> const& wanted) {
  std::vector<std::string> common;
  for (std::string const& key : keys_of(after))
    if (before.find(key) != nullptr) common.push_back(key);
  if (common.empty()) {
    auto const listed = [](std::vector<std::string> const& keys) { return keys.empty() ? "none" : join(keys, ", "); };
    throw_error(ErrorKind::input, "The results have no model in common: '{}' has {}, '{}' has {}.",
                before.path.string(), listed(keys_of(before)), after.path.string(), listed(keys_of(after)));
  }
  std::vector<std::string> out;
  for (std::string const& key : wanted) {
    if (std::find(common.begin(), common.end(), key) == common.end())
      throw_error(ErrorKind::usage, "--model '{}' is not a model of both results.{}", key, suggestion(key, common));
    if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
  }
  return out.empty() ? common : out;
}

/// Reads, compares and writes.
class Comparer {
 public:
  Comparer(CompareOptions const& options, DataFolders const& data)
      : options_(options),
        data_(data),
        after_(options.after, options.language),
        before_(options.before, after_.facts.language),
        labels_(data.datasets / "labels.csv", after_.facts.language),
        crs_(common_crs(before_, after_)) {}

  Comparison run() {
    std::vector<std::string> const keys = common_models(before_, after_, options_.models);
    out_.language = labels_.language();
    out_.before = options_.before;
    out_.after = options_.after;
    out_.output = options_.output;
    out_.top = options_.top;
    for (auto const& [result, title, time] : {std::tuple{&before_, &out_.title_before, &out_.time_before},
                                              std::tuple{&after_, &out_.title_after, &out_.time_after}}) {
      *title = result->facts.title;
      *time = result->facts.time;
    }
    match();
    for (std::string const& key : keys) compare_model(key);
    for (auto const& [from, other, to] :
         {std::tuple{&before_, &after_, &out_.only_before}, std::tuple{&after_, &before_, &out_.only_after}})
      for (std::string const& key : keys_of(*from))
        if (other->find(key) == nullptr) to->push_back(model_label(from->find(key)->config, labels_));
    out_.differences = study_differences(before_, after_, keys, labels_);
    out_.exclusions = exclusion_changes(before_, after_, keys);
    if (!options_.output.empty()) write();
    return std::move(out_);
  }

 private:
  void match() {
    out_.pairs = matched_rows(before_.candidates.ids(), after_.candidates.ids());
    bool any = false;
    for (MatchedRows const& pair : out_.pairs) {
      any = any || (pair.before != no_row && pair.after != no_row);
      out_.ids.push_back(pair.after == no_row ? before_.candidates.ids()[pair.before]
                                              : after_.candidates.ids()[pair.after]);
    }
    if (!any)
      throw_error(ErrorKind::input,
                  "'{}' and '{}' have no candidate in common (columns '{}' and '{}'): they are matched by id.",
                  before_.path.string(), after_.path.string(), before_.facts.id_column, after_.facts.id_column);
  }

  void compare_model(std::string const& key) {
    ModelView const old = before_.view(*before_.find(key), labels_), now = after_.view(*after_.find(key), labels_);
    out_.models.push_back(compare_models({old, before_.measures()}, {now, after_.measures()}, out_.pairs,
                                         {options_.top, options_.workers}));
    add_flows(out_.models.back());
  }

  /// The shapes of candidates as the new result has them, else as the old one had.
  [[nodiscard]] GeometryColumn shapes(std::vector<std::size_t> const& pairs) const {
    std::vector<Row> old, now;
    for (std::size_t const i : pairs)
      if (MatchedRows const& pair = out_.pairs[i]; pair.after != no_row)
        now.push_back(pair.after);
      else
        old.push_back(pair.before);
    GeometryColumn const of_old = before_.shapes(old), of_now = after_.shapes(now);
    GeometryColumn out;
    GeometryBuilder builder(out);
    std::size_t next_old = 0, next_now = 0;
    for (std::size_t const i : pairs)
      if (out_.pairs[i].after != no_row)
        builder.copy_row(of_now, next_now++);
      else
        builder.copy_row(of_old, next_old++);
    return out;
  }

  void add_flows(ModelChanges const& model) {
    std::vector<std::size_t> pairs;
    std::vector<CandidateShift const*> shifts;
    for (CandidateShift const& one : model.changed)
      if (one.outcome_changed()) {
        pairs.push_back(one.pair);
        shifts.push_back(&one);
      }
    std::vector<std::int64_t> const land = land_mm2(shapes(pairs));
    std::map<std::pair<std::optional<Outcome>, std::optional<Outcome>>, std::pair<std::size_t, std::int64_t>> sums;
    for (std::size_t i = 0; i < shifts.size(); ++i) {
      auto& [n, mm2] = sums[{shifts[i]->outcome_before, shifts[i]->outcome_after}];
      ++n;
      mm2 += land[i];
    }
    constexpr double mm2_per_ha = 1e10;
    for (auto const& [way, sum] : sums)
      out_.flows.push_back({model.key, way.first, way.second, sum.first, static_cast<double>(sum.second) / mm2_per_ha});
  }

  void write() const {
    for (auto const* input : {&options_.before, &options_.after}) {
      std::error_code absent;  // a file that does not exist is no input
      if (std::filesystem::equivalent(options_.output, *input, absent))
        throw_error(ErrorKind::usage, "--output '{}' is one of the results, which are only read. Choose another name.",
                    options_.output.string());
    }
    std::vector<std::size_t> pairs;
    for (ChangedRow const& row : changed_rows(out_.models))
      pairs.push_back(out_.models[row.model].changed[row.candidate].pair);
    GeometryColumn const all = shapes(pairs);
    GeoPackage package;
    package.layers = change_layers(out_, all, crs_, data_.styles, labels_);
    package.domains = change_domains(labels_);
    package.manifest = manifest();
    package.manifest_kind = "compare";
    package.time = time_from_environment().value_or(out_.time_after);
    OutputSet files(options_.overwrite);
    write_geopackage(files.add(options_.output).string(), package, options_.workers);
    files.commit();
  }

  [[nodiscard]] std::string manifest() const {
    nlohmann::ordered_json out{{"manifest_version", 1}, {"terrein", version()}, {"top", out_.top}};
    for (auto const& [key, result] : {std::pair{"before", &before_}, std::pair{"after", &after_}})
      out[key] = {{"file", result->path.filename().string()},
                  {"sha256", sha256_of_file(result->path)},
                  {"title", result->facts.title},
                  {"time", result->facts.time},
                  {"terrein", result->facts.version}};
    for (ModelChanges const& model : out_.models) out["models"].push_back(model.key);
    return out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }

  CompareOptions const& options_;
  DataFolders const& data_;
  ComparedResult const after_, before_;
  Labels const labels_;
  Crs const crs_;
  Comparison out_;
};

}  // namespace

Comparison compare_results(CompareOptions const& options, DataFolders const& data) {
  return Comparer(options, data).run();
}

}  // namespace terrein
