#pragma once

#include <fmt/core.h>

#include <string>
#include <utility>
#include <vector>

#include "terrein/core/error.hpp"
#include "terrein/decision/weights.hpp"

namespace terrein {

/// Throws `Error{config}` with a sentence that begins with the name of the weight set.
template <class... Args>
[[noreturn]] void refuse_weights(WeightSubject const& subject, fmt::format_string<Args...> text, Args&&... args) {
  throw_error(ErrorKind::config, "Weight set '{}' {}", subject.set, fmt::format(text, std::forward<Args>(args)...));
}

/// Throws `Error{config}` for a set without criteria.
void require_criteria(WeightSubject const& subject);
/// Throws `Error{internal}` unless there is one of `given` per criterion.
void require_one_each(WeightSubject const& subject, std::size_t given, char const* what);
/// The name of a criterion; throws `Error{internal}` for a place that does not exist.
[[nodiscard]] std::string const& criterion_name(WeightSubject const& subject, std::size_t criterion);
/// A number as Dutch writes it: "0.04" becomes "0,04".
[[nodiscard]] std::string with_comma(std::string number);
/// Divides by the sum, which must be a number above 0.
void share_out(std::vector<double>& weights);

}  // namespace terrein
