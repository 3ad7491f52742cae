#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "terrein/core/column.hpp"

namespace terrein {

/// What makes two ends the same node: a number or the code of a text, or the bits of a coordinate.
struct NodeKey {
  std::uint64_t a, b;
  friend bool operator==(NodeKey const&, NodeKey const&) = default;
};

/// Numbers keys in the order in which they are first seen. One flat table with open addressing: a network asks for
/// every node several times, and most of the time goes into waiting for memory.
class NodeNumbers {
 public:
  /// The number of a key; `fresh` when it is new.
  std::uint32_t number(NodeKey const& key, bool& fresh) {
    if (2 * (keys_.size() + 1) > slots_.size()) grow();
    std::uint32_t& slot = find(key);
    fresh = slot == no_row;
    if (!fresh) return slot;
    slot = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(key);
    return slot;
  }
  /// The number of a key that was seen, else `no_row`.
  [[nodiscard]] std::uint32_t known(NodeKey const& key) { return slots_.empty() ? no_row : find(key); }

 private:
  static std::uint64_t hash(NodeKey const& key) {
    std::uint64_t h = key.a * 0x9e3779b97f4a7c15U ^ std::rotl(key.b * 0xc2b2ae3d27d4eb4fU, 31);
    h ^= h >> 32U;
    h *= 0xd6e8feb86659fd93U;
    return h ^ h >> 29U;
  }
  /// The slot of a key, or the empty one where it belongs.
  std::uint32_t& find(NodeKey const& key) {
    std::size_t at = hash(key) & (slots_.size() - 1);
    while (slots_[at] != no_row && keys_[slots_[at]] != key) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void grow() {
    constexpr std::size_t least = 1024;
    slots_.assign(std::max(least, 2 * slots_.size()), no_row);
    for (std::uint32_t i = 0; i < keys_.size(); ++i) find(keys_[i]) = i;
  }

  std::vector<NodeKey> keys_;
  std::vector<std::uint32_t> slots_;  ///< a power of two of them, at most half of them taken
};

}  // namespace terrein
