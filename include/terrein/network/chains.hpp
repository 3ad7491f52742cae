#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "terrein/network/freight_factors.hpp"
#include "terrein/network/main_legs.hpp"
#include "terrein/network/ways.hpp"

namespace terrein {

/// What a chain is best at: euro, hours or CO₂e.
enum class Best : std::uint8_t { cheapest, fastest, cleanest };
inline constexpr std::array all_bests{Best::cheapest, Best::fastest, Best::cleanest};
/// The central value of what counts: euro or kg per tonne, or hours.
[[nodiscard]] double value_of(ChainTotals const& totals, Best best);

/// Chains from a place to a destination differ in what carries the main leg, and in whether a truck brings the goods to
/// it or the place has a quay or siding of its own.
enum class ChainKind : std::uint8_t { road, barge, rail, own_quay, own_siding };
inline constexpr std::array all_chain_kinds{ChainKind::road, ChainKind::barge, ChainKind::rail, ChainKind::own_quay,
                                            ChainKind::own_siding};
[[nodiscard]] std::string_view to_string(ChainKind kind);  ///< "road", "barge", "rail", "own_quay", "own_siding"
[[nodiscard]] std::optional<ChainKind> chain_kind(std::string_view text);
[[nodiscard]] Mode mode_of(ChainKind kind);
[[nodiscard]] bool is_direct(ChainKind kind);

/// What follows after the goods have come to a terminal, quay or siding.
struct Onward {
  std::uint32_t to = no_row;  ///< terminal where a truck takes over; no_row = the destination lies beside the network
  MainLeg main;
  Way post;            ///< by truck, from there to the destination
  ChainTotals totals;  ///< of main leg, truck and all transfers, that at the start included
};

/// The best that can follow, by where the goods come on board, by destination, and by what is to be best.
class OnwardTable {
 public:
  OnwardTable() = default;
  OnwardTable(std::size_t origins, std::size_t destinations);

  /// Keeps `onward` where it is strictly better than what is known.
  void offer(std::size_t origin, std::size_t destination, Onward const& onward);
  /// `unreachable` where nothing follows.
  [[nodiscard]] double value(Best best, std::size_t origin, std::size_t destination) const {
    return value_[static_cast<std::size_t>(best)][origin * destinations_ + destination];
  }
  /// Precondition: there is one.
  [[nodiscard]] Onward const& at(Best best, std::size_t origin, std::size_t destination) const {
    return onward_[static_cast<std::size_t>(best)][origin * destinations_ + destination];
  }
  [[nodiscard]] std::size_t origins() const noexcept { return origins_; }

 private:
  std::size_t origins_ = 0, destinations_ = 0;
  std::array<std::vector<double>, all_bests.size()> value_;
  std::array<std::vector<Onward>, all_bests.size()> onward_;
};

/// A mode and the places where goods can change to it, as numbers of terminals, and the quays or sidings of its own.
struct MainMode {
  Mode mode = Mode::barge;
  std::vector<std::uint32_t> terminals;         ///< numbers, ascending
  OnwardTable from_terminals, from_own_places;  ///< origin i of the first is `terminals[i]`
};

/// What the search for main legs needs: legs between places of one mode.
struct MainSearch {
  MainNetwork const* network = nullptr;
  std::vector<std::uint32_t> terminal_places;     ///< per terminal of the mode its number as a place of the network
  std::vector<std::uint32_t> destination_places;  ///< per destination
  std::vector<std::uint32_t> own_places;          ///< per quay or siding
  /// From each of these, row-major: to all destinations, then to all terminals. See `search_legs`.
  std::vector<MainLegs> legs_of_terminals = {}, legs_of_own_places = {};
};
/// Finds the legs, which know no factors.
void search_legs(MainSearch& search);
/// Fills the tables of a mode, whose legs were searched. `post` are the ways by truck from each of its terminals to
/// each destination, row-major. Where goods change between truck and main leg a transfer is counted; loading at the
/// candidate and unloading at the destination is not, whatever carries them there.
void fill_onward(MainMode& mode, MainSearch const& search, std::span<Way const> post, std::size_t destinations,
                 FreightFactors const& factors);

/// A chain from a candidate to a destination.
struct Chain {
  ChainKind kind = ChainKind::road;
  std::uint32_t from = no_row;  ///< terminal, or the quay or siding of its own; no_row by road
  Way truck;                    ///< to the terminal, or all the way; nothing for direct ones
  std::optional<Onward> onward;
  ChainTotals totals;
};

/// Everything chains are made of but the candidates.
struct ChainTables {
  FreightFactors factors;
  std::size_t terminals = 0, destinations = 0;
  std::vector<MainMode> modes;  ///< those that the study has a network for
};

/// How a candidate reaches what chains are made of.
struct CandidateWays {
  std::span<Way const> to_terminals, to_destinations;    ///< by truck
  std::uint32_t own_quay = no_row, own_siding = no_row;  ///< numbers
};

/// Finds the chains of one candidate after the other. For one worker; the tables must outlive it.
class ChainSearch {
 public:
  explicit ChainSearch(ChainTables const& tables);
  /// Sets the candidate, whose ways must outlive the questions about it.
  void start(CandidateWays const& ways);
  /// Of the best chain of a kind; `unreachable` where there is none.
  [[nodiscard]] double value(Best best, ChainKind kind, std::size_t destination) const;
  /// The best chain of a kind: of equally good ones that by the terminal of the smaller number.
  [[nodiscard]] std::optional<Chain> chain(Best best, ChainKind kind, std::size_t destination) const;

 private:
  struct From {
    double value = unreachable;
    std::uint32_t origin = no_row;
  };
  [[nodiscard]] MainMode const* mode(ChainKind kind) const;
  [[nodiscard]] From from(Best best, MainMode const& mode, bool direct, std::size_t destination) const;

  ChainTables const& tables_;
  CandidateWays ways_;
  std::array<std::vector<double>, all_bests.size()> to_terminal_;  // values of the trucks to the terminals
};

/// The length of the road from which on a chain by water or rail costs less than the road, for its own terminals and
/// its own detour: both grow in step. `road` is the chain by road to the same destination. The range is over all
/// factors at once; its high end is infinite where it may be that the chain never costs less. Nothing where it never
/// does. Source: the linear costs of `break_even_km`.
[[nodiscard]] std::optional<Figure> break_even_km(Chain const& chain, Chain const& road, FreightFactors const& factors);

}  // namespace terrein
