#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrein {

/// One way between a place beside a network and the network: a node, and what it takes to get from one to the other.
struct Join {
  std::uint32_t node = 0;
  double seconds = 0;
  double metres = 0;
};

/// Ways between places and a network in one direction: any number of them per place, or none.
struct Joins {
  std::vector<std::uint32_t> first{0};  ///< places + 1 entries
  std::vector<Join> join;

  [[nodiscard]] std::size_t places() const noexcept { return first.size() - 1; }
  [[nodiscard]] std::span<Join const> of(std::size_t place) const {
    return std::span(join).subspan(first[place], first[place + 1] - first[place]);
  }
};

/// How places join a network: where traffic can leave them, and where it can arrive. The two differ where a road is
/// one-way.
struct Attachment {
  Joins leave, arrive;
};

}  // namespace terrein
