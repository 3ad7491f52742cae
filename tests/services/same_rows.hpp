#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "service_world.hpp"
#include "support/catch.hpp"

namespace terrein::test {

using Names = std::vector<std::string>;
inline Names const whole{"snapshot.gpkg", "snapshot.gpkg.fetch.json"};

inline bool says(RunResult const& result, std::string const& text) {
  return result.err.find(text) != std::string::npos;
}

/// Every row of what is served stands in the snapshot, with the same values and the very same coordinates. `time` is
/// what the service writes behind a date; where it turns rings round, the coordinates are compared in sorted order.
inline void check_same_rows(ServiceWorld const& world, std::string const& layer = "plots", std::string const& time = "",
                            bool turned = false) {
  auto const points = [turned](ReadRow const& row) {
    std::vector<std::pair<double, double>> out;
    for (std::size_t i = 0; i < row.xy.size(); i += 2) out.emplace_back(row.xy[i], row.xy[i + 1]);
    if (turned) std::sort(out.begin(), out.end());
    return out;
  };
  auto const served = rows_of(world.path("world.gpkg"), "plots", "oidn");
  auto const got = rows_of(world.path("out/snapshot.gpkg"), layer, "oidn");
  REQUIRE(served.size() == 301);
  REQUIRE(got.size() == served.size());
  for (auto const& [id, row] : served) {
    INFO(id);
    ReadRow const& other = got.at(id);
    CHECK(points(other) == points(row));
    CHECK(other.area == Approx(row.area));  // holes stay holes
    for (char const* field : {"oidn", "code", "naam", "opp"}) CHECK(other.values.at(field) == row.values.at(field));
    std::string date = row.values.at("datum");  // a date field there, an ISO text here
    std::replace(date.begin(), date.end(), '/', '-');
    CHECK(other.values.at("datum") == date + time);
  }
}

}  // namespace terrein::test
