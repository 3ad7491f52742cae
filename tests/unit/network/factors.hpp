#pragma once

#include "terrein/network/freight_factors.hpp"

namespace terrein::test {

/// Made-up factors that are easy to add up.
inline FreightFactors some_factors() {
  FreightFactors out;
  out.truck = {{10, 8, 12}, 25, {{0.5, 0.4, 0.75}, {}, {100, 90, 120}}};
  out.barge.transfer = {{3, 2, 4}, {12, 6, 24}, {0.5, 0.25, 1}};
  out.barge.leg = {{0.25, 0.125, 0.5}, {}, {40, 10, 60}};
  out.barge.vessels[Cemt::II] = {{0.25, 0.2, 0.3}, {}, {48, 40, 50}};
  out.barge.vessels[Cemt::IV] = {{0.125, 0.1, 0.2}, {}, {32, 30, 35}};
  out.barge.vessels[Cemt::Vb] = {{0.0625, 0.05, 0.1}, {}, {16, 10, 20}};
  out.rail.transfer = {{4, 3, 5}, {8, 4, 10}, {0.25, 0.1, 0.5}};
  out.rail.leg = {{0.1, 0.05, 0.2}, {}, {20, 10, 30}};
  out.rail.electric = {{0.1, 0.05, 0.2}, {}, {10, 5, 15}};
  return out;
}

}  // namespace terrein::test
