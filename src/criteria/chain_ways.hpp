#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "criteria/selection.hpp"
#include "criteria/workbench.hpp"
#include "terrein/criteria/chains.hpp"

namespace terrein {

/// The chains of a study over its lines that are possibly or surely open: everything but the candidate.
class ChainWays {
 public:
  /// Throws `Error{config}` for layers that are not in the study or no networks, `Error{input}` for weights that are no
  /// numbers.
  ChainWays(ChainSpec const& chains, Workbench& bench, Lines lines);

  /// Reckons with other factors from here on.
  void use(FreightFactors const& factors);

  [[nodiscard]] ChainTables const& tables() const noexcept { return tables_; }
  [[nodiscard]] std::size_t terminals() const noexcept { return tables_.terminals; }
  [[nodiscard]] std::size_t destinations() const noexcept { return tables_.destinations; }
  [[nodiscard]] Row terminal_row(std::uint32_t number) const {
    return number == no_row ? no_row : terminal_rows_[number];
  }
  [[nodiscard]] Row destination_row(std::size_t number) const { return destination_rows_[number]; }
  [[nodiscard]] Row own_row(Mode mode, std::uint32_t number) const {
    return number == no_row ? no_row : own_[mode == Mode::rail].rows[number];
  }
  /// How much counts per destination; 0 where that is not known.
  [[nodiscard]] std::vector<double> const& weights() const noexcept { return weights_; }

  /// The ways by truck of one candidate after the other. For one worker.
  class Reader {
   public:
    explicit Reader(ChainWays const& all);
    [[nodiscard]] CandidateWays of(std::size_t candidate);

   private:
    ChainWays const& all_;
    std::vector<Way> ways_;
  };

  /// Whether its joins to the roads are known.
  [[nodiscard]] bool can_say(std::size_t candidate) const;
  /// Whether it is known which quay and siding are its own.
  [[nodiscard]] bool knows_own(std::size_t candidate) const;
  /// How far a terminal that the layer does not hold is at least; infinite when none can matter.
  [[nodiscard]] double hidden_terminal_m(std::size_t candidate) const;

  // For drawing.
  [[nodiscard]] RoadGraph const& road_graph() const noexcept { return *graph_; }
  [[nodiscard]] Joins const& candidate_joins() const noexcept { return candidates_->leave; }
  /// Of terminals, then destinations.
  [[nodiscard]] Attachment const& places() const noexcept { return places_; }
  [[nodiscard]] Gates const& place_gates() const noexcept { return place_gates_; }
  [[nodiscard]] NetworkGates const* gates() const noexcept { return gates_; }  ///< null where they join at centroids
  /// Of the modes of the tables, in their order.
  [[nodiscard]] MainSearch const& search(std::size_t mode) const { return searches_[mode]; }

 private:
  struct Own {
    std::vector<Row> rows;            // by number
    std::vector<std::uint32_t> near;  // per candidate the number of its own one, no_row for none
    std::vector<std::uint8_t> doubt;  // per candidate: it may have one
  };
  void find_places(Workbench& bench);
  void join_roads(Workbench& bench, Lines lines);
  void search_roads(unsigned workers);
  void find_own(Workbench& bench, Mode mode);
  void add_mode(Workbench& bench, Mode mode, Lines lines);
  [[nodiscard]] std::vector<std::uint32_t> terminals_of(Workbench& bench, MainLayerSpec const& main) const;
  [[nodiscard]] std::vector<Way> post_ways(std::vector<std::uint32_t> const& terminals) const;

  ChainSpec const& spec_;
  CriterionSpec messages_;  // names the chains where a layer is at fault
  ChainTables tables_;
  std::vector<Row> terminal_rows_, destination_rows_;
  std::vector<double> weights_;
  RoadGraph const* graph_ = nullptr;
  Attachment const* candidates_ = nullptr;
  NetworkGates const* gates_ = nullptr;  // where they join at gates, as the next two
  Gates place_gates_;                    // of terminals, then destinations
  GateNetwork met_;
  Attachment places_;
  std::vector<Way> labels_;  // per node: to all terminals, then to all destinations
  Own own_[2];               // quays, sidings
  std::vector<std::unique_ptr<MainNetwork const>> networks_;
  std::vector<MainSearch> searches_;
  CoverageCheck const *roads_ = nullptr, *terminals_ = nullptr;
  bool terminals_in_doubt_ = false;
  GeometryColumn const& shapes_;
};

}  // namespace terrein
