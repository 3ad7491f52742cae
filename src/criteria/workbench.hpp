#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "criteria/class_areas.hpp"
#include "criteria/coverage_check.hpp"
#include "criteria/network_gates.hpp"
#include "criteria/raster_cells.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/nearest.hpp"
#include "terrein/geometry/overlay.hpp"
#include "terrein/network/access.hpp"
#include "terrein/network/freight_factors.hpp"

namespace terrein {

class ChainWays;

/// Lines of a network that the vehicle may perhaps not pass: open, or left out.
enum class Lines { possible, sure };

/// What the criteria of one run share: areas of the candidates, the coverage of every layer, overlays, road searches.
/// Each is made on first use. Used by one thread, which hands rows to workers through `each`.
class Workbench {
 public:
  /// `specs` are all criteria of the run: those on one layer are overlaid in one go.
  Workbench(Inputs const& inputs, std::span<CriterionSpec const> specs);
  ~Workbench();

  [[nodiscard]] Inputs const& inputs() const noexcept { return inputs_; }
  [[nodiscard]] unsigned workers() const noexcept { return inputs_.workers; }
  [[nodiscard]] MeasuringLayer const& candidates() const noexcept { return *inputs_.candidates; }
  [[nodiscard]] GeometryColumn const& shapes() const noexcept { return candidates().layer.geometry; }
  [[nodiscard]] std::size_t rows() const noexcept { return area_.size(); }
  /// Of a candidate; 0 = nothing can be measured.
  [[nodiscard]] double area(std::size_t row) const noexcept { return area_[row]; }

  /// Convex hulls of the candidates with area, measured once for all criteria that ask.
  [[nodiscard]] std::vector<HullMeasures> const& hulls();

  /// A layer of the study that is known to be there.
  [[nodiscard]] MeasuringLayer const& layer(std::string const& key) const { return inputs_.layers->at(key); }
  [[nodiscard]] CoverageCheck const& coverage(std::string const& key);
  [[nodiscard]] CoverageCheck const& coverage(Coverage const& wanted);
  /// Areas under the classes of the criterion's layer; each criterion takes them once.
  [[nodiscard]] ClassAreas class_areas(CriterionSpec const& spec);
  /// The cells of the criterion's raster under the candidates, from one walk for all criteria on it.
  [[nodiscard]] RasterCells const& raster_cells(CriterionSpec const& spec);
  [[nodiscard]] CentroidSearch const& centroid_search(std::string const& roads);
  /// The same over the lines that are surely open; null where all are.
  [[nodiscard]] CentroidSearch const* sure_search(std::string const& roads);
  /// Times to the rows a criterion chooses: those of all criteria on the same roads are searched side by side when the
  /// first asks. Each criterion takes its own once.
  [[nodiscard]] CentroidTimes centroid_times(CriterionSpec const& spec);
  /// Where the candidates meet the network `spec.roads`.
  [[nodiscard]] NetworkGates const& network_gates(CriterionSpec const& spec);
  /// The graph of a network. Precondition of `sure`: it has lines that are in doubt.
  [[nodiscard]] RoadGraph const& graph(std::string const& roads, Lines lines) const;
  [[nodiscard]] bool has_doubtful_lines(std::string const& roads) const;
  /// The roads for searches by one kind of cost.
  [[nodiscard]] AccessNetwork const& access_network(std::string const& roads, TravelCost cost, Lines lines);
  /// The roads with the candidates and the features of a layer joined at their gates, and searches over it.
  struct GateWays {
    GateNetwork met;
    std::map<TravelCost, AccessNetwork> by_cost = {};
  };
  [[nodiscard]] GateWays const& gate_ways(CriterionSpec const& spec, TravelCost cost, Lines lines);
  /// The chains of the study, over its lines that are possibly or surely open. Throws `Error{config}` for a key that is
  /// none.
  [[nodiscard]] ChainWays const& chain_ways(CriterionSpec const& spec, Lines lines);
  /// Whether any network of the chains has lines that are in doubt.
  [[nodiscard]] bool has_doubtful_lines(ChainSpec const& chains) const;
  [[nodiscard]] ChainSpec const& chains(CriterionSpec const& spec) const;
  /// Reckons all chains with other factors from here on, by key; those not named keep what they have.
  void use_factors(std::map<std::string, FreightFactors> const& factors);
  /// Where the candidates join the roads.
  [[nodiscard]] Attachment const& candidates_at(std::string const& roads, double access_kmh);
  /// The layer that neighbours are sought in, which holds the candidates, and the row of a candidate in it.
  [[nodiscard]] Layer const& whole() const noexcept { return *whole_; }
  [[nodiscard]] MeasuringLayer const& whole_source() const {
    return inputs_.candidate_layer.empty() ? candidates() : layer(inputs_.candidate_layer);
  }
  [[nodiscard]] std::size_t row_in_whole(std::size_t row) const;
  /// Of all rows of `whole`.
  [[nodiscard]] Adjacency const& adjacency(double min_shared_m, double tolerance_m);
  /// What is kept under `key`, made by `make` the first time.
  [[nodiscard]] Measure const& kept(std::string const& key, std::function<Measure()> const& make);

  /// Calls work(row) for every candidate with area, by chunks of 512 rows.
  void each(std::function<void(std::size_t row)> const& work) const;
  /// The same in an order in which candidates that follow each other are near each other: start() is called for every
  /// chunk, and what it gives, which may remember the candidate before, is called with the rows of the chunk.
  template <class Start>
  void each_nearby(Start const& start) const {
    each_chunk_nearby([&](std::span<std::uint32_t const> chunk) {
      auto work = start();
      for (std::uint32_t const row : chunk)
        if (area_[row] > 0) work(row);
    });
  }
  /// A measure of numbers of which nothing is known yet.
  [[nodiscard]] Measure numbers(std::string by_layer = {}) const;

 private:
  /// Rows with a shape, those that follow each other lying side by side.
  [[nodiscard]] std::span<std::uint32_t const> nearby() const;
  void each_chunk_nearby(std::function<void(std::span<std::uint32_t const> rows)> const& work) const;

  Inputs const& inputs_;
  std::span<CriterionSpec const> specs_;
  Layer const* whole_;
  std::vector<double> area_;
  std::vector<HullMeasures> hulls_;
  std::vector<std::unique_ptr<CoverageCheck>> checks_;
  std::map<std::string, CoverageCheck const*> check_of_;
  std::map<std::string, LayerAreas> areas_of_;
  std::map<std::string, RasterCells> cells_of_;
  std::map<std::string, CentroidSearch> searches_;
  std::map<std::string, CentroidSearch> sure_searches_;
  std::map<CriterionSpec const*, CentroidTimes> times_of_;
  std::map<std::string, NetworkGates> gates_;
  std::map<std::tuple<std::string, TravelCost, Lines>, AccessNetwork> networks_;
  std::map<std::tuple<std::string, std::string, double, Lines>, GateWays> gate_ways_;
  std::map<std::pair<std::string, double>, Attachment> attachments_;
  std::map<std::pair<std::string, Lines>, std::unique_ptr<ChainWays>> chain_ways_;
  std::map<std::string, FreightFactors> factors_;  // that take the place of those of the chains
  std::map<std::pair<double, double>, Adjacency> adjacencies_;
  std::map<std::string, Measure> kept_;
  mutable std::vector<std::uint32_t> nearby_;  // made when first asked for
};

/// Whether `Workbench::centroid_times` gives what the criterion asks for: the time to the nearest.
[[nodiscard]] bool is_plain_time(CriterionSpec const& spec);

/// The part of a candidate below which something unknown does not matter.
inline constexpr double negligible_share = 1e-6;

/// Notes what is known of a share or an area: the value when the bounds are at most `slack` apart, else the bounds.
void settle(Measure& measure, std::size_t row, double low, double high, double slack);
void bound(Measure& measure, std::size_t row, std::optional<double> low, std::optional<double> high);

}  // namespace terrein
