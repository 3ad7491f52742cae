#pragma once

#include <optional>
#include <string>

#include "terrein/core/measure.hpp"

namespace terrein {

/// Keeps measures from one run to the next. A key stands for everything that a measure depends on: the shapes, ids,
/// classes, coverage and attributes that it looks at as they are in memory, the settings of the criterion, and the
/// `identity` of what computes. What has another key is never given.
class MeasureStore {
 public:
  virtual ~MeasureStore() = default;
  /// Of program and libraries: others may compute something else.
  [[nodiscard]] virtual std::string const& identity() const = 0;
  /// Nothing when there is none, or what there is cannot be trusted.
  [[nodiscard]] virtual std::optional<Measure> find(std::string const& key) = 0;
  /// May do nothing, for want of room or rights.
  virtual void keep(std::string const& key, Measure const& measure) = 0;
};

}  // namespace terrein
