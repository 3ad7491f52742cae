#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "init_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/area_of_use.hpp"

namespace terrein {
namespace {

constexpr double most_accurate_needed_m = 0.5;  ///< the default of `max_crs_error_m`

bool is_metric(Crs const& crs) { return crs.known() && crs.projected && std::abs(crs.metres_per_unit - 1) < 1e-12; }

Crs crs_or_unknown(std::string const& definition) {
  try {
    return definition.empty() ? Crs{} : crs_from(definition);
  } catch (Error const&) {
    return {};  // told when the study is tried
  }
}

/// A box in another CRS, by points along its sides; empty when one of them cannot be brought over.
Box moved(Box const& box, Crs const& from, Crs const& to) {
  constexpr int steps = 8;
  std::vector<double> xy;
  for (int i = 0; i <= steps; ++i)
    for (int j = 0; j <= steps; ++j)
      if (i == 0 || j == 0 || i == steps || j == steps) {
        xy.push_back(box.min_x + box.width() * i / steps);
        xy.push_back(box.min_y + box.height() * j / steps);
      }
  try {
    Transform(from, to, box).apply(xy);
  } catch (Error const&) {
    return {};
  }
  Box out;
  for (std::size_t k = 0; k < xy.size(); k += 2) {
    if (!std::isfinite(xy[k]) || !std::isfinite(xy[k + 1])) return {};
    out.extend(xy[k], xy[k + 1]);
  }
  return out;
}

/// Hectares in it are hectares on the ground: as `crs_facts` asks.
bool keeps_areas(Crs const& crs, Point centre) {
  constexpr double most_off = 0.005;
  return std::abs(areal_scale(crs, centre) - 1) <= most_off;
}

bool may_compute(Crs const& crs, Box const& box) {
  return is_metric(crs) && !box.empty() && AreaOfUse(crs).holds(box.centre()) && keeps_areas(crs, box.centre());
}

/// The CRS in metres that layers of the folder are in, the most frequent first.
std::vector<std::string> metric_codes(FolderContents const& folder) {
  std::map<std::string, int> used;
  for (FoundLayer const& found : folder.layers)
    if (is_metric(stated_crs(found))) ++used[found.source.crs];
  std::vector<std::pair<int, std::string>> by_count;
  for (auto const& [code, count] : used) by_count.emplace_back(-count, code);
  std::sort(by_count.begin(), by_count.end());
  std::vector<std::string> out;
  for (auto const& [count, code] : by_count) out.push_back(code);
  return out;
}

/// The zone of UTM around a place on the datums there are, and for what is wider than a zone the projection of Europe.
std::vector<std::string> universal_codes(Box const& lon_lat) {
  constexpr double zone_width = 6;
  Point const centre = lon_lat.centre();
  int const zone = std::clamp(static_cast<int>(std::floor((centre.x + 180) / zone_width)) + 1, 1, 60);
  bool const north = centre.y >= 0;
  std::vector<std::string> out;
  bool const europe = centre.x > -16 && centre.x < 40 && centre.y > 32 && centre.y < 72;
  if (europe && lon_lat.width() > zone_width) out.emplace_back("EPSG:3035");
  if (north && zone <= 23) out.push_back(fmt::format("EPSG:{}", 26900 + zone));                // NAD83
  if (north && zone >= 28 && zone <= 38) out.push_back(fmt::format("EPSG:{}", 25800 + zone));  // ETRS89
  out.push_back(fmt::format("EPSG:{}", (north ? 32600 : 32700) + zone));                       // WGS 84
  return out;
}

/// The grid of the country when the folder uses it, then what the folder uses, then the grid of the country, then UTM.
std::vector<std::string> suitable(FolderContents const& folder, Box const& lon_lat) {
  Point const centre = lon_lat.centre();
  std::vector<std::string> national;
  if (centre.x > 2.5 && centre.x < 6.4 && centre.y > 49.5 && centre.y < 51.51) national.emplace_back("EPSG:31370");
  if (centre.x > 3.2 && centre.x < 7.22 && centre.y > 50.75 && centre.y < 53.7) national.emplace_back("EPSG:28992");
  std::vector<std::string> const used = metric_codes(folder);
  std::vector<std::string> out;
  for (std::string const& code : national)
    if (std::find(used.begin(), used.end(), code) != used.end()) out.push_back(code);
  for (auto const& more : {used, national, universal_codes(lon_lat)}) out.insert(out.end(), more.begin(), more.end());
  return out;
}

std::string why_not_own(Crs const& own, Say const& say) {
  if (!own.projected) return say("de kandidaten staan in graden (", "the candidates are in degrees (") + own.name + ")";
  if (!is_metric(own))
    return fmt::format("{}{} ({:.6g} m)",
                       say("de kandidaten staan niet in meter: ", "the candidates are not in metres: "), own.name,
                       own.metres_per_unit);
  return say("hectaren in dat van de kandidaten zijn er geen op de grond: ",
             "hectares in that of the candidates are none on the ground: ") +
         own.name;
}

}  // namespace

Crs stated_crs(FoundLayer const& found) { return crs_or_unknown(found.source.crs); }

Box box_in(FoundLayer const& found, Crs const& crs) {
  Crs const own = stated_crs(found);
  if (!own.known() || !crs.known() || found.source.extent.empty()) return {};
  return same_crs(own, crs) ? found.source.extent : moved(found.source.extent, own, crs);
}

double accuracy_m(FoundLayer const& found, Crs const& crs) {
  Crs const own = stated_crs(found);
  if (!own.known() || !crs.known() || found.source.extent.empty() || same_crs(own, crs)) return 0;
  try {
    return std::max(0.0, Transform(own, crs, found.source.extent).info().accuracy_m);
  } catch (Error const&) {
    return 0;  // told when the study is tried
  }
}

CrsChoice choose_crs(FoundLayer const& candidates, FolderContents const& folder, std::string const& asked,
                     Say const& say) {
  if (!asked.empty()) {
    (void)crs_from(asked);  // an unknown one is a fault of the command
    return {asked, say("gevraagd met --crs", "asked for with --crs")};
  }
  Crs const own = stated_crs(candidates);
  Box const& box = candidates.source.extent;
  if (!own.known()) return {};
  if (is_metric(own) && (box.empty() || keeps_areas(own, box.centre())))
    return {own.authority, say("dat van de kandidaten: ", "that of the candidates: ") + own.name};
  Box const lon_lat = box_in(candidates, crs_from("EPSG:4326"));
  if (lon_lat.empty()) return {};
  CrsChoice best;
  double least = std::numeric_limits<double>::infinity();
  for (std::string const& code : suitable(folder, lon_lat)) {
    Crs const crs = crs_or_unknown(code);
    Box const there = box_in(candidates, crs);
    if (!may_compute(crs, there)) continue;
    double const error = accuracy_m(candidates, crs);
    if (error >= least) continue;
    least = error;
    best = {code, why_not_own(own, say) + say("; daarom ", "; so ") + crs.name +
                      (error > 0 ? fmt::format("{} {:g} m", say(", tot op", ", to within"), error) : "")};
    if (error <= most_accurate_needed_m) break;
  }
  return best;
}

}  // namespace terrein
