#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "terrein/criteria/criterion.hpp"

namespace terrein {

/// Per candidate: area under polygons of the classes asked for, the row with the largest part, and the area under
/// polygons that may be of the classes (empty = there are none).
struct ClassAreas {
  std::vector<double> area;
  std::vector<Row> by;
  std::vector<double> unlabelled;
  bool any_shapeless = false;  ///< a polygon without usable shape may lie anywhere
  Reason why_unknown;          ///< when all have no usable shape
};

/// Areas under several class filters of one layer, from as few overlays as their overlaps allow.
class LayerAreas {
 public:
  /// `specs` are the area criteria on the layer.
  LayerAreas(std::vector<CriterionSpec const*> const& specs, Inputs const& inputs,
             std::span<std::uint32_t const> nearby);
  /// Areas for one of the specs; the last one to ask for a filter gets them without a copy.
  [[nodiscard]] ClassAreas take(CriterionSpec const& spec);

 private:
  using Filter = std::vector<std::string>;  // sorted, each class once; empty = all rows
  using Rows = std::vector<std::uint8_t>;   // byte per row of the layer
  /// Sets that have no row in common, so that one overlay serves them all.
  struct Pass {
    std::vector<std::size_t> sets;
    std::vector<std::uint32_t> group;  // per row of the layer
    [[nodiscard]] bool fits(Rows const& rows) const;
    void put(Rows const& rows, std::size_t set);
  };
  /// Areas under one set of rows.
  struct Areas {
    std::vector<double> area;
    std::vector<Row> by;
    std::size_t users = 0;  // criteria that have not taken it yet
  };
  /// The sets of a filter.
  struct Entry {
    std::size_t chosen = 0;
    std::optional<std::size_t> unlabelled;
    bool any_shapeless = false;
    Reason why_unknown;
  };
  [[nodiscard]] static Filter filter_of(CriterionSpec const& spec);
  void overlay(Pass const& pass, std::string const& layer, Inputs const& inputs, std::span<std::uint32_t const> nearby);

  std::map<Filter, Entry> entries_;
  std::vector<Areas> sets_;
};

}  // namespace terrein
