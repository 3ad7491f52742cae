#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/source.hpp"
#include "terrein/geometry/box.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {

/// What the coordinates of one row are.
struct PlaceRead {
  std::optional<Point> place;  ///< nothing, and no code, for a row that leaves them blank
  std::string code, text;      ///< of the issue, when they cannot be used
};

/// Where the rows of a table lie: two number columns, or one with both.
class TablePoints {
 public:
  /// The columns that the study names, else a pair that `recognised_pairs` lists. Nothing when there is neither.
  /// Throws `Error{input}` for a column that is not there, and when several pairs are.
  [[nodiscard]] static std::optional<TablePoints> find(OGRLayerH layer, ReadOptions const& options,
                                                       Origin const& origin);
  /// The CRS that the names of the columns tell; empty when they tell none.
  [[nodiscard]] std::string const& crs() const noexcept { return crs_; }
  /// Whether the study named the columns.
  [[nodiscard]] bool named() const noexcept { return named_; }
  [[nodiscard]] std::string columns_text() const;
  [[nodiscard]] std::vector<int> fields() const;
  /// Degrees are read otherwise than metres, see `parse_coordinate`.
  void set_metres(bool in_metres) noexcept { in_metres_ = in_metres; }
  [[nodiscard]] PlaceRead read(OGRFeatureH feature) const;

 private:
  struct Column {
    int index = -1;
    std::string name;
  };
  [[nodiscard]] PlaceRead read_both(OGRFeatureH feature) const;
  [[nodiscard]] std::optional<double> number(OGRFeatureH feature, Column const& column) const;

  Column x_, y_, both_;
  std::string crs_;
  bool named_ = true, in_metres_ = true;
};

}  // namespace terrein
