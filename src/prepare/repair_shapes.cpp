#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "prepare/steps.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/validity.hpp"

namespace terrein::prepare {
namespace {

constexpr std::size_t chunk = 64;
/// A repair that changes less than this share of an area is told as a note, not as a warning.
constexpr double small_change = 1e-3;

/// Repaired rows in chunks, as the workers made them.
struct Repaired {
  std::vector<Repair> repairs;         // one per faulty row
  std::vector<GeometryColumn> shapes;  // one per chunk of faulty rows
};

Repaired repair(GeometryColumn const& column, std::vector<Row> const& faulty, unsigned workers) {
  Repaired out;
  out.repairs.resize(faulty.size());
  out.shapes.resize((faulty.size() + chunk - 1) / chunk);
  parallel_chunks(faulty.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    std::vector<Row> const rows(faulty.begin() + static_cast<std::ptrdiff_t>(begin),
                                faulty.begin() + static_cast<std::ptrdiff_t>(end));
    auto const repairs = make_valid(column, rows, out.shapes[begin / chunk]);
    std::copy(repairs.begin(), repairs.end(), out.repairs.begin() + static_cast<std::ptrdiff_t>(begin));
  });
  return out;
}

void put_back(GeometryColumn& column, std::vector<Row> const& faulty, Repaired const& repaired) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  std::size_t next = 0;
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (next < faulty.size() && faulty[next] == row) {
      builder.copy_row(repaired.shapes[next / chunk], next % chunk);
      ++next;
    } else {
      builder.copy_row(column, row);
    }
  }
  column = std::move(out);
}

/// Square metres in a square of the units; NaN for degrees.
double square_metres(Crs const& crs) {
  return crs.projected ? crs.metres_per_unit * crs.metres_per_unit : std::numeric_limits<double>::quiet_NaN();
}

std::string change_text(Layer const& layer, Repair const& repair) {
  if (repair.area_before == repair.area_after) return "";
  double const change = (repair.area_after - repair.area_before) / std::max(repair.area_before, repair.area_after);
  if (!layer.crs.projected) return fmt::format("; area changed by {:+.2f} %", 100 * change);
  double const square = square_metres(layer.crs);
  return fmt::format("; area {:.2f} m² became {:.2f} m² ({:+.2f} %)", repair.area_before * square,
                     repair.area_after * square, 100 * change);
}

Severity severity_of(Repair const& repair) {
  if (!repair.repaired()) return Severity::error;
  double const largest = std::max(repair.area_before, repair.area_after);
  double const change = std::abs(repair.area_after - repair.area_before);
  return change <= small_change * largest ? Severity::note : Severity::warning;
}

Issue issue_of(Layer const& layer, bool reprojected, Row row, Invalid const& fault, Repair const& repair) {
  std::string text = repair.repaired()
                         ? fmt::format("Not valid ({}), repaired: {}{}.", fault.reason, to_string(repair.method),
                                       change_text(layer, repair))
                         : fmt::format("Not valid ({}) and beyond repair; the shape is not used.", fault.reason);
  Issue out =
      issue_at(layer, row, reprojected ? "reproject" : "repair", fault.code, severity_of(repair), std::move(text));
  out.source_crs = !reprojected;
  out.method = to_string(repair.method);
  out.area_before_m2 = repair.area_before * square_metres(layer.crs);
  out.area_after_m2 = repair.area_after * square_metres(layer.crs);
  out.x = fault.x;
  out.y = fault.y;
  return out;
}

void tell_of_nothing(Layer const& layer, std::size_t row, bool is_null, bool is_told, PrepareReport& report,
                     Issues& issues) {
  ++(is_null ? report.null_geometry : report.empty_geometry);
  if (is_told) return;
  issues.add(issue_at(layer, row, "read", is_null ? "null_geometry" : "empty_geometry", Severity::warning,
                      is_null ? "The feature has no shape." : "The shape of the feature is empty."));
}

}  // namespace

void repair_shapes(Layer& layer, unsigned workers, bool reprojected, PrepareReport& report, Issues& issues) {
  Faults const faults = validity(layer.geometry, workers);
  std::vector<Row> const& faulty = faults.rows();
  Repaired const repaired = repair(layer.geometry, faulty, workers);
  for (std::size_t i = 0; i < faulty.size(); ++i) {
    Repair const& outcome = repaired.repairs[i];
    issues.add(issue_of(layer, reprojected, faulty[i], faults.faults()[i], outcome));
    ++(outcome.repaired() ? report.repaired : report.quarantined);
  }
  if (!faulty.empty()) put_back(layer.geometry, faulty, repaired);
}

void tell_of_shapeless_rows(Layer const& layer, PrepareReport& report, Issues& issues) {
  std::set<std::string> unread;  // their shapes could not be read, and that is told already
  for (Issue const& issue : issues.rows())
    if (issue.layer == layer.name && issue.code == "unreadable_geometry") unread.insert(issue.feature_id);
  for (Row row = 0; row < layer.size(); ++row)
    if (!layer.geometry.has_place(row))
      tell_of_nothing(layer, row, layer.geometry.kind[row] == GeometryKind::null, unread.contains(layer.id[row]),
                      report, issues);
}

}  // namespace terrein::prepare
