#include "terrein/criteria/bound_land.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "criteria/bound_facts.hpp"
#include "criteria/selection.hpp"

namespace terrein {
namespace {

constexpr double slack_m = 0.01;  // fronts are found to the millimetre

/// Whether a front can be served by vessels of a class, or by trains.
Suited suited(BoundLandSpec const& spec, Front const& front, Cemt of) {
  if (front.length_m < spec.min_frontage_m - slack_m || front.depth_m < spec.min_depth_m - slack_m) return Suited::no;
  if (spec.mode == BoundMode::rail || of >= spec.min_cemt) return Suited::suitable;
  return of >= spec.small_cemt ? Suited::small : Suited::no;
}

class Measurer {
 public:
  Measurer(BoundLandSpec const& spec, Inputs const& inputs, BoundNetwork const& network, Issues& issues)
      : spec_(spec), inputs_(inputs), network_(network), bench_(inputs, {}), issues_(issues) {}

  BoundLand measure() {
    destined_ = covered(spec_, spec_.destined, spec_.destined_share, inputs_);
    if (spec_.free.asked()) free_ = covered(spec_, spec_.free, spec_.free_share, inputs_);
    uses_ = plot_uses(spec_, inputs_, issues_);
    fronts_ = plot_fronts(spec_, bench_);
    if (spec_.quays.asked()) quays_ = nearby(spec_, spec_.quays, spec_.quay_m, spec_.shared_quay_m, bench_);
    if (spec_.shared_quays.asked()) shared_ = nearby(spec_, spec_.shared_quays, spec_.shared_quay_m, 0, bench_);
    look_across();
    BoundLand out;
    for (Row row = 0; row < bench_.rows(); ++row) add(row, out);
    add_parks(out);
    add_sections(out);
    return out;
  }

 private:
  /// Classes of the waterways before all fronts, asked for in one go.
  void look_across() {
    std::vector<BankPlace> places;
    for (PlotFronts const& fronts : fronts_) {
      first_place_.push_back(places.size());
      for (auto const* some : {&fronts.sure, &fronts.possible})
        for (Front const& front : *some) places.push_back({front.at, front.row});
    }
    opposite_ = opposite(spec_, bench_, network_, places);
  }

  struct Best {
    Suited suited = Suited::no;
    Front const* front = nullptr;
    Opposite const* opposite = nullptr;
  };
  /// The front that serves best; of equal ones the longest, then the first.
  [[nodiscard]] Best best(std::vector<Front> const& fronts, std::size_t place, bool least) const {
    Best out;
    auto const key = [](Best const& one) {
      return std::tuple{one.suited, one.front == nullptr ? -1 : one.front->length_m};
    };
    for (std::size_t i = 0; i < fronts.size(); ++i) {
      Opposite const& across = opposite_[place + i];
      Best const one{suited(spec_, fronts[i], least ? across.cemt.low : across.cemt.high), &fronts[i], &across};
      if (key(one) > key(out)) out = one;
    }
    return out;
  }

  void add(Row row, BoundLand& out) const {
    BoundPlot plot;
    plot.row = row;
    plot.area_m2 = bench_.area(row);
    plot.destined = destined_[row];
    plot.used = uses_[row].used;
    plot.tonnes = uses_[row].tonnes;
    plot.year = uses_[row].year;
    if (!free_.empty()) plot.free = plot.used == Answer::yes ? Answer::no : free_[row];
    settle_front(row, plot);
    settle_quays(row, plot);
    plot.group = bound_class(plot.destined, plot.used, plot.ruled_out);
    if (plot.destined == Answer::no && plot.used != Answer::yes && plot.suited_low == Suited::no) return;
    for (Front const& front : fronts_[row].sure)
      out.fronts.push_back({out.plots.size(), front.length_m, front.depth_m, front.row, front.line});
    out.plots.push_back(plot);
  }

  void settle_front(Row row, BoundPlot& plot) const {
    PlotFronts const& fronts = fronts_[row];
    bool const two = !fronts.known;
    std::size_t const place = first_place_[row];
    Best const low = best(fronts.sure, place, true);
    Best const high = two ? best(fronts.possible, place + fronts.sure.size(), false) : best(fronts.sure, place, false);
    plot.suited_low = low.suited;
    plot.suited_high = fronts.anything ? Suited::suitable : std::max(low.suited, high.suited);
    Best const& shown = low.front != nullptr ? low : high;
    if (shown.front != nullptr) {
      plot.bank = shown.front->row;
      plot.cemt = shown.opposite->cemt;
      plot.basis = shown.opposite->basis;
      settle_line(*shown.opposite, plot);
    }
    if (!fronts.known) return;
    double all = 0;
    for (Front const& front : fronts.sure) all += front.length_m;
    plot.frontage_total_m = all;
    plot.frontage_m = low.front == nullptr ? 0 : low.front->length_m;
    if (low.front != nullptr) plot.depth_m = low.front->depth_m;
    plot.buildings_share = fronts.built_share;
  }

  void settle_line(Opposite const& across, BoundPlot& plot) const {
    if (across.line == no_row) return;
    LineFacts const& facts = *network_.facts;
    if (!facts.electrified.empty()) plot.electrified = facts.electrified[across.line];
    if (!facts.track.empty()) plot.track = facts.track[across.line];
  }

  void settle_quays(Row row, BoundPlot& plot) const {
    RuleOut facts;
    PlotFronts const& fronts = fronts_[row];
    if (!fronts.sure.empty())
      facts.front = Answer::yes;
    else if (fronts.known)
      facts.front = Answer::no;
    if (!quays_.empty()) {
      facts.quay = plot.own_quay = quays_[row].within;
      plot.quay = quays_[row].row;
      plot.quay_m = quays_[row].metres;
    }
    if (!shared_.empty()) {
      facts.shared = plot.shared = shared_[row].within;
      if (plot.shared == Answer::yes) plot.suited_low = Suited::suitable;
      if (plot.shared != Answer::no) plot.suited_high = Suited::suitable;
    }
    if (spec_.buildings.asked()) facts.built = plot.built = fronts.built;
    plot.ruled_out = ruled_out(facts);
  }

  void add_parks(BoundLand& out) const {
    if (spec_.parks.empty()) return;
    Layer const& parks = bench_.layer(spec_.parks).layer;
    std::vector<Row> rows;
    for (BoundPlot const& plot : out.plots) rows.push_back(plot.row);
    std::vector<std::uint32_t> const group(parks.size(), 0);
    auto const areas = cover_areas(take(bench_.shapes(), rows), parks, group, 1, bench_.workers());
    for (std::size_t i = 0; i < rows.size(); ++i) out.plots[i].park = areas.largest[0][i];
  }

  void add_sections(BoundLand& out) const {
    Selection const selection = select(spec_of(spec_, spec_.banks), inputs_, spec_.banks.layer, spec_.banks.classes);
    SegmentIndex const banks(bench_.layer(spec_.banks.layer).layer, selection.chosen);
    for (BoundPlot& plot : out.plots)
      plot.section = plot.bank != no_row ? plot.bank : banks.nearest(bench_.shapes(), plot.row, spec_.section_m).row;
  }

  BoundLandSpec const& spec_;
  Inputs const& inputs_;
  BoundNetwork const& network_;
  Workbench bench_;
  Issues& issues_;
  std::vector<Answer> destined_, free_;
  std::vector<PlotUse> uses_;
  std::vector<PlotFronts> fronts_;
  std::vector<Nearby> quays_, shared_;
  std::vector<std::size_t> first_place_;
  std::vector<Opposite> opposite_;
};

}  // namespace

std::string_view to_string(CemtBasis basis) {
  switch (basis) {
    case CemtBasis::bank:
      return "bank";
    case CemtBasis::stretch:
      return "stretch";
    case CemtBasis::port:
      return "port";
    case CemtBasis::none:
      break;
  }
  return "";
}

std::optional<double> reach_into(BoundLandSpec const& spec, std::string const& key) {
  std::optional<double> out;
  auto const add = [&](std::string const& layer, double reach) {
    if (layer == key) out = std::max(out.value_or(0), reach);
  };
  add(spec.destined.layer, 0);
  add(spec.free.layer, 0);
  add(spec.parks, 0);
  add(spec.banks.layer, std::max(spec.tolerance_m, spec.section_m));
  for (RowsOf const& rows : spec.blockers) add(rows.layer, spec.tolerance_m);
  add(spec.quays.layer, std::max(spec.quay_m, spec.shared_quay_m));
  add(spec.shared_quays.layer, spec.shared_quay_m);
  add(spec.buildings.layer, spec.tolerance_m + spec.building_m);
  for (std::string const& layer : {spec.ports.layer, spec.network, spec.use.layer})
    add(layer, std::numeric_limits<double>::infinity());
  return out;
}

BoundLand measure_bound_land(BoundLandSpec const& spec, Inputs const& inputs, BoundNetwork const& network,
                             Issues& issues) {
  return Measurer(spec, inputs, network, issues).measure();
}

}  // namespace terrein
