#pragma once

#include <memory>

#include "terrein/geometry/crs.hpp"

namespace terrein {

/// Where a CRS may be used, as the register states it, with half a degree around it. Tells coordinates that carry the
/// wrong label: Lambert 2008 read as Lambert 72 lies in the North Sea. Not thread-safe.
class AreaOfUse {
 public:
  explicit AreaOfUse(Crs const& crs);
  AreaOfUse(AreaOfUse&&) noexcept;
  ~AreaOfUse();
  /// False when the register states no area; then everything is held.
  [[nodiscard]] bool known() const noexcept;
  /// Whether a place, in the CRS itself (x = easting or longitude), lies in the area. False for coordinates that are
  /// not finite or that cannot be projected back.
  [[nodiscard]] bool holds(Point place) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace terrein
