#include <fmt/core.h>

#include <cmath>
#include <map>

#include "criteria/bound_facts.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The rows of one plot and year together.
struct OfYear {
  double tonnes = 0;
  bool complete = true;  ///< no row without tonnes
};
/// Rows without year come before all that have one.
using ByYear = std::map<std::optional<std::int64_t>, OfYear>;

PlotUse latest(ByYear const& years) {
  auto const& [year, of] = *years.rbegin();
  PlotUse out;
  out.year = year;
  if (of.complete) out.tonnes = of.tonnes;
  if (of.tonnes > 0)
    out.used = Answer::yes;
  else if (of.complete)
    out.used = Answer::no;
  return out;
}

class Reader {
 public:
  Reader(BoundLandSpec const& spec, Inputs const& inputs, Issues& issues)
      : use_(spec.use), layer_(inputs.layers->at(spec.use.layer).layer), issues_(issues) {
    CriterionSpec criterion = spec_of(spec, {spec.use.layer, {}});
    criterion.field = use_.tonnes;
    tonnes_ = numbers_of(criterion, layer_);
    criterion.field = use_.id;
    ids_ = &field_of(criterion, layer_);
    criterion.field = use_.year;
    if (!use_.year.empty()) years_ = numbers_of(criterion, layer_);
    auto const& ids = inputs.candidates->layer.id;
    for (std::size_t row = 0; row < ids.size(); ++row) row_of_[ids[row]] = row;
    if (MeasuringLayer const* whole = inputs.find(inputs.candidate_layer))
      for (std::string const& id : whole->layer.id) row_of_.try_emplace(id, no_row);  // no candidate of this run
  }

  std::map<std::size_t, ByYear> read() {
    std::map<std::size_t, ByYear> out;
    for (Row row = 0; row < layer_.size(); ++row) {
      std::optional<std::size_t> const of = plot(row);
      if (!of) continue;
      std::optional<std::int64_t> year;
      if (auto const number = use_.year.empty() ? std::nullopt : years_.at(row)) year = std::llround(*number);
      if (use_.since && year && *year < *use_.since) continue;
      OfYear& sum = out[*of][year];
      auto const tonnes = tonnes_.at(row);
      if (tonnes && *tonnes < 0)
        tell(row, "negative_tonnes", fmt::format("{:g} tonnes cannot be; they are unknown.", *tonnes));
      if (tonnes && *tonnes >= 0)
        sum.tonnes += *tonnes;
      else
        sum.complete = false;
    }
    return out;
  }

 private:
  /// The candidate of a row; nothing, and an issue, where there is none.
  std::optional<std::size_t> plot(Row row) {
    auto const id = text_of(*ids_, row);
    auto const found = id ? row_of_.find(std::string(trim(*id))) : row_of_.end();
    if (found == row_of_.end()) {
      tell(row, "unknown_plot", id ? fmt::format("There is no candidate '{}'.", *id) : "The row names no candidate.");
      return std::nullopt;
    }
    return found->second == no_row ? std::nullopt : std::optional(found->second);
  }

  void tell(Row row, std::string code, std::string text) {
    Issue issue;
    issue.layer = layer_.name;
    issue.feature_id = layer_.id[row];
    issue.stage = "measure";
    issue.code = std::move(code);
    issue.text = std::move(text);
    issues_.add(std::move(issue));
  }

  UseTable const& use_;
  Layer const& layer_;
  Issues& issues_;
  Column<double> tonnes_, years_;
  AnyColumn const* ids_ = nullptr;
  std::map<std::string, std::size_t> row_of_;
};

}  // namespace

std::vector<PlotUse> plot_uses(BoundLandSpec const& spec, Inputs const& inputs, Issues& issues) {
  std::vector<PlotUse> out(inputs.candidates->layer.size());
  if (spec.use.layer.empty()) return out;
  for (auto const& [row, years] : Reader(spec, inputs, issues).read()) out[row] = latest(years);
  return out;
}

}  // namespace terrein
