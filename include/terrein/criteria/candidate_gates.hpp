#pragma once

#include <string>
#include <vector>

#include "terrein/criteria/inputs.hpp"
#include "terrein/geometry/box.hpp"

namespace terrein {

/// A straight way between the boundary of a candidate and a line of a network, no longer than the tolerance.
struct CandidateGate {
  enum class Kind : std::uint8_t {
    gate,      ///< traffic can take it
    possible,  ///< it can if what is not known stands not in the way: the class of a barrier, whether a line is open,
               ///< what lies outside the coverage of a barrier
    barred,    ///< of a candidate without any gate: the nearest line, and what lies between
  };
  Row candidate = no_row;
  Row line = no_row;  ///< of the network's layer
  Kind kind = Kind::gate;
  double metres = 0;
  Point at, on;               ///< on the boundary of the candidate, and on the line
  std::uint32_t barrier = 0;  ///< which of the network's `GateRules::barriers` bars it
  Row barrier_row = no_row;   ///< of that layer; no_row where nothing does
};

/// All gates of the candidates on a network, by candidate and then by the order of its lines; the same that the
/// measures "gates" and "gate_class" count. Candidates too far from every line have none. Throws `Error{config}` when
/// the layer is no network, or has no rules for gates.
[[nodiscard]] std::vector<CandidateGate> candidate_gates(std::string const& network, Inputs const& inputs);

}  // namespace terrein
