#include "raster_info.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/read_raster.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_cells = 50'000'000;  ///< beyond them only what the file states is told
constexpr std::size_t most_values = 30;

std::string setting(InfoOptions const& options, std::string const& key) {
  for (std::string const& one : options.settings)
    if (one.starts_with(key + "=")) return one.substr(key.size() + 1);
  return {};
}

RasterOptions raster_options(InfoOptions const& options) {
  RasterOptions out;
  out.name = out.written = out.path = options.path;
  out.layer = options.layer;
  out.crs = setting(options, "crs");
  out.crs_override = setting(options, "crs_override");
  if (auto const band = parse_number(setting(options, "band"))) out.band = static_cast<int>(*band);
  bool const quick = options.quick;
  out.area = [quick](Raster const& place) {
    bool const small = std::size_t{place.grid.columns} * place.grid.rows <= most_cells;
    return small && !quick ? place.grid.extent() : Box{};
  };
  return out;
}

void count_values(Raster const& raster, RasterInfo& out) {
  std::map<double, std::size_t> cells;
  for (std::size_t i = 0; i < raster.cells(); ++i) {
    if (!raster.has_value(i)) continue;
    double const value = raster.value(i);
    out.smallest = out.known == 0 ? value : std::min(out.smallest, value);
    out.largest = out.known == 0 ? value : std::max(out.largest, value);
    ++out.known;
    if (cells.size() <= most_values) ++cells[value];
  }
  if (cells.size() <= most_values) out.values.assign(cells.begin(), cells.end());
}

}  // namespace

SourceInfo raster_info(InfoOptions const& options) {
  Issues issues;
  RasterResult const read = read_raster(raster_options(options), issues);
  Raster const& raster = read.raster;
  SourceInfo out;
  out.path = options.path;
  out.driver = read.driver;
  out.sha256 = read.sha256;
  out.settings = options.settings;
  RasterInfo info;
  info.cell_type = read.cell_type;
  info.crs = raster.crs.authority;
  info.crs_name = raster.crs.name;
  info.grid = raster.grid;
  info.nodata = read.nodata;
  info.read = raster.cells() == read.cells_declared;
  if (info.read) count_values(raster, info);
  out.raster = info;
  return out;
}

std::string raster_text(SourceInfo const& info) {
  RasterInfo const& raster = *info.raster;
  Grid const& grid = raster.grid;
  std::string out =
      fmt::format("{}: {}, a raster, sha256 {}\n\n  {} x {} cells of {} x {}, {}, {} ({})\n", info.path, info.driver,
                  info.sha256, grid.columns, grid.rows, shortest(grid.cell_width), shortest(grid.cell_height),
                  raster.cell_type, raster.crs.empty() ? "no code" : raster.crs, raster.crs_name);
  out += "  extent: " + box_text(grid.extent()) + "\n";
  if (raster.nodata) out += "  no value: " + shortest(*raster.nodata) + "\n";
  if (raster.read && raster.known > 0)
    out += fmt::format("  {} of {} cells have a value, {} to {}\n", raster.known, std::size_t{grid.columns} * grid.rows,
                       shortest(raster.smallest), shortest(raster.largest));
  if (raster.read && raster.known == 0) out += "  no cell has a value\n";
  if (!raster.read) out += "  its cells were not read\n";
  for (auto const& [value, cells] : raster.values) out += fmt::format("    {}: {} cells\n", shortest(value), cells);
  out += fmt::format("  in a study:\n    [layers.my_raster]\n    source = \"{}\"\n", info.path);
  if (std::ranges::find(info.settings, "kind=raster") == info.settings.end()) out += "    kind = \"raster\"\n";
  return out + settings_text(info);
}

std::string raster_json(SourceInfo const& info) {
  RasterInfo const& raster = *info.raster;
  Box const box = raster.grid.extent();
  Json out{{"path", info.path}, {"driver", info.driver}, {"sha256", info.sha256}, {"usable", info.usable()}};
  Json& one = out["raster"];
  one = {{"columns", raster.grid.columns},
         {"rows", raster.grid.rows},
         {"cell_width", raster.grid.cell_width},
         {"cell_height", raster.grid.cell_height},
         {"type", raster.cell_type},
         {"crs", raster.crs},
         {"extent", {box.min_x, box.min_y, box.max_x, box.max_y}}};
  one["nodata"] = raster.nodata ? Json(*raster.nodata) : Json(nullptr);
  if (!raster.read) return out.dump(1) + "\n";
  one["cells_with_value"] = raster.known;
  if (raster.known > 0) one["smallest"] = raster.smallest;
  if (raster.known > 0) one["largest"] = raster.largest;
  one["values"] = Json::array();
  for (auto const& [value, cells] : raster.values) one["values"].push_back({{"value", value}, {"cells", cells}});
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
