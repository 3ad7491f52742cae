#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace terrein {

enum class Severity { note, warning, error };
[[nodiscard]] std::string_view to_string(Severity severity);

/// A fault of one row (or of a layer as a whole), shown to the planner as a row of the layer `issues`.
struct Issue {
  std::string layer{};       ///< name of the layer in the study
  std::string feature_id{};  ///< source feature id; empty for an issue of the layer
  std::string stage{};       ///< read, repair, reproject, measure …
  std::string code{};        ///< stable word: ring_self_intersection, null_geometry, duplicate_id, unmatched_class …
  Severity severity = Severity::warning;
  double x = std::numeric_limits<double>::quiet_NaN();  ///< place in the CRS of the layer it was found in, or NaN
  double y = std::numeric_limits<double>::quiet_NaN();
  std::string text{};       ///< one sentence for a person
  bool source_crs = false;  ///< x, y are in the layer's own CRS, not yet in the study's
  std::string method{};     ///< how a shape was repaired; empty for other issues
  double area_before_m2 = std::numeric_limits<double>::quiet_NaN();  ///< of a repaired shape, or NaN
  double area_after_m2 = std::numeric_limits<double>::quiet_NaN();

  [[nodiscard]] bool has_place() const noexcept { return std::isfinite(x) && std::isfinite(y); }
};

/// Everything that was wrong with rows, in the order of layers and rows. Not thread-safe: workers collect per chunk
/// and append in chunk order.
class Issues {
 public:
  void add(Issue issue) { rows_.push_back(std::move(issue)); }
  void append(Issues other);
  [[nodiscard]] std::vector<Issue> const& rows() const noexcept { return rows_; }
  [[nodiscard]] std::vector<Issue>& rows() noexcept { return rows_; }
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  /// Counts per (layer, code), sorted.
  struct Count {
    std::string layer, code;
    std::size_t count;
  };
  [[nodiscard]] std::vector<Count> counts() const;

 private:
  std::vector<Issue> rows_;
};

}  // namespace terrein
