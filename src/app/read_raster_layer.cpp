#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// "1" = "built": cell values and their classes.
std::map<double, std::string> read_values(TomlTable table) {
  std::map<double, std::string> out;
  for (std::string const& key : table.keys()) {
    auto const name = table.text(key);
    auto const value = parse_number(key);
    if (!value)
      table.problem(key, "classes of a raster are named by cell values: write a number in quotes, \"1\" = \"built\".");
    else if (name && !out.emplace(*value, *name).second)
      table.problem(key, "the value " + shortest(*value) + " is listed twice.");
  }
  return out;
}

}  // namespace

bool is_raster(TomlTable& table) {
  std::string const kind = table.text_or("kind", "vector");
  if (kind != "vector" && kind != "raster") table.problem("kind", "'" + kind + "' is neither vector nor raster.");
  return kind == "raster";
}

void read_raster(TomlTable& table, LayerConfig& out) {
  RasterConfig raster;
  double const band = table.number("band").value_or(1);
  if (band < 1 || band > 65535 || band != std::floor(band))
    table.problem("band", "must be a whole number from 1.");
  else
    raster.band = static_cast<int>(band);
  raster.classes = read_values(table.table("classes"));
  out.crs = table.has("crs") ? read_crs(table) : "";
  out.coverage = "cells";
  for (char const* key :
       {"profile", "where", "id", "class", "class_separator", "coverage", "swap_axes", "approximate", "graph", "gates"})
    if (table.has(key)) {
      table.expect(key);
      table.problem(key, "has no meaning for a raster; remove it.");
    }
  out.raster = std::move(raster);
}

}  // namespace terrein
