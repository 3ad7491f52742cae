#pragma once

#include <memory>
#include <string>
#include <vector>

#include "terrein/core/row_filter.hpp"

namespace terrein {

enum class FilterOp {
  all_of,
  any_of,
  none_of,
  equal,
  unequal,
  less,
  at_most,
  more,
  at_least,
  in,
  between,
  like,
  is_null
};

/// Number or text; a number keeps how it was written.
struct FilterLiteral {
  bool is_number = false;
  double number = 0;
  std::string text;
};

struct RowFilter::Node {
  FilterOp op = FilterOp::all_of;
  std::string field;  ///< of a condition
  std::vector<FilterLiteral> literals;
  bool negated = false;                               ///< not in, not between, not like, is not null
  bool caseless = false;                              ///< ilike
  std::vector<std::shared_ptr<Node const>> children;  ///< of all_of, any_of, none_of (which has one)
};

}  // namespace terrein
