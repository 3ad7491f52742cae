#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "terrein/criteria/criterion.hpp"

namespace terrein {

/// Per candidate: area under polygons of the classes asked for, the row with the largest part, and the area under
/// polygons whose class is not known (empty = there are none).
struct ClassAreas {
  std::vector<double> area;
  std::vector<Row> by;
  std::vector<double> unlabelled;
};

/// Areas under several class filters of one layer, from as few overlays as their overlaps allow.
class LayerAreas {
 public:
  /// `specs` are the area criteria on the layer.
  LayerAreas(std::vector<CriterionSpec const*> const& specs, Inputs const& inputs);
  /// Areas for one of the specs; the last one to ask for a filter gets them without a copy.
  [[nodiscard]] ClassAreas take(CriterionSpec const& spec);

 private:
  using Filter = std::vector<std::string>;  // sorted, each class once; empty = all rows
  /// Filters that choose different rows, so that one overlay serves them all.
  struct Pass {
    std::vector<Filter> filters;
    std::vector<std::uint32_t> group;  // per row of the layer
    bool unlabelled = false;           // the last group holds the rows without class
    [[nodiscard]] bool fits(std::vector<std::uint8_t> const& rows) const;
    void put(std::vector<std::uint8_t> const& rows, std::uint32_t number);
  };
  [[nodiscard]] static Filter filter_of(CriterionSpec const& spec);
  void overlay(Pass const& pass, std::string const& layer, Inputs const& inputs);

  struct Entry {
    ClassAreas areas;
    std::size_t users = 0;
  };
  std::map<Filter, Entry> entries_;
  std::vector<double> unlabelled_;
};

}  // namespace terrein
