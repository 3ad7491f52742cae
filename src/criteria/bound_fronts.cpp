#include <algorithm>

#include "criteria/bound_facts.hpp"
#include "criteria/selection.hpp"

namespace terrein {
namespace {

constexpr double same_m = 0.01;

/// The rows of several layers that surely count, and those that may.
struct Rows {
  Selection selection;
  Layer const* layer = nullptr;
  CoverageCheck const* coverage = nullptr;

  Rows(BoundLandSpec const& spec, RowsOf const& rows, Workbench& bench)
      : selection(select(spec_of(spec, rows), bench.inputs(), rows.layer, rows.classes)),
        layer(&bench.layer(rows.layer).layer),
        coverage(&bench.coverage(rows.layer)) {}

  [[nodiscard]] bool in_doubt() const { return selection.any_unlabelled; }
  /// Rows that are not seen may lie within so many metres of a candidate.
  [[nodiscard]] bool hidden(std::size_t row, double metres) const {
    return selection.any_shapeless || selection.any_approximate || coverage->outside_m2(row) > 0 ||
           coverage->reach(row, metres) < metres;
  }
};

Barriers barriers_of(std::vector<Rows> const& all, bool maybe) {
  std::vector<Barriers::From> out;
  for (Rows const& rows : all) out.push_back({rows.layer, maybe ? either(rows.selection) : rows.selection.chosen});
  return Barriers(std::move(out));
}

double total(std::vector<Front> const& fronts) {
  double out = 0;
  for (Front const& front : fronts) out += front.length_m;
  return out;
}

bool same(std::vector<Front> const& a, std::vector<Front> const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](Front const& x, Front const& y) {
    return std::abs(x.length_m - y.length_m) <= same_m && x.row == y.row;
  });
}

class Finder {
 public:
  Finder(BoundLandSpec const& spec, Workbench& bench) : spec_(spec), bench_(bench), banks_(spec, spec.banks, bench) {
    // Waterways drawn as axes have no bank.
    if (spec.mode == BoundMode::water) require_polygons(spec_of(spec, spec.banks), bench.layer(spec.banks.layer));
    for (RowsOf const& rows : spec.blockers) blockers_.emplace_back(spec, rows, bench);
    if (spec.buildings.asked()) buildings_.emplace_back(spec, spec.buildings, bench);
  }

  std::vector<PlotFronts> all() {
    Barriers const barring = barriers_of(blockers_, false), maybe_barring = barriers_of(blockers_, true);
    Barriers const built = barriers_of(buildings_, false), maybe_built = barriers_of(buildings_, true);
    FrontOptions options{spec_.tolerance_m, spec_.min_frontage_m, spec_.depth_share,
                         spec_.building_m,  &maybe_barring,       &built,
                         &maybe_built};
    FrontIndex const sure(*banks_.layer, banks_.selection.chosen, options, bench_.workers());
    options.blockers = &barring;
    std::optional<FrontIndex> possible;
    if (banks_.in_doubt() ||
        std::any_of(blockers_.begin(), blockers_.end(), [](Rows const& r) { return r.in_doubt(); }))
      possible.emplace(*banks_.layer, either(banks_.selection), options, bench_.workers());
    std::vector<PlotFronts> out(bench_.rows());
    bench_.each([&](std::size_t row) { out[row] = of(row, sure, possible ? &*possible : nullptr); });
    for (std::size_t row = 0; row < out.size(); ++row)
      if (!(bench_.area(row) > 0)) out[row] = {{}, {}, false, true, Answer::unknown, {}};
    return out;
  }

 private:
  [[nodiscard]] PlotFronts of(std::size_t row, FrontIndex const& sure, FrontIndex const* possible) const {
    PlotFronts out;
    out.sure = FrontSearch(sure).find(bench_.shapes(), row);
    bool const maybe_barred = std::any_of(blockers_.begin(), blockers_.end(),
                                          [&](Rows const& rows) { return rows.hidden(row, spec_.tolerance_m); });
    out.anything = banks_.hidden(row, spec_.tolerance_m);
    if (possible != nullptr) out.possible = FrontSearch(*possible).find(bench_.shapes(), row);
    if (possible == nullptr) out.possible = out.sure;
    if (maybe_barred) out.sure.clear();
    out.known = !out.anything && same(out.sure, out.possible);
    if (out.known) out.possible.clear();
    settle_buildings(row, out);
    return out;
  }

  void settle_buildings(std::size_t row, PlotFronts& out) const {
    if (buildings_.empty()) return;
    double const length = total(out.sure);
    if (out.known && !(length > 0)) return;
    double low = 0, high = 0;
    for (Front const& front : out.sure) {
      low += front.built_m / length;
      high += front.maybe_built_m / length;
    }
    if (!out.known) low = 0;
    if (!out.known || buildings_.front().hidden(row, spec_.tolerance_m + spec_.building_m)) high = 1;
    if (high - low <= negligible_share) out.built_share = low;
    if (low > spec_.building_share)
      out.built = Answer::yes;
    else if (high > spec_.building_share)
      out.built = Answer::unknown;
  }

  BoundLandSpec const& spec_;
  Workbench& bench_;
  Rows banks_;
  std::vector<Rows> blockers_, buildings_;
};

}  // namespace

std::vector<PlotFronts> plot_fronts(BoundLandSpec const& spec, Workbench& bench) { return Finder(spec, bench).all(); }

}  // namespace terrein
