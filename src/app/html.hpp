#pragma once

#include <string>
#include <string_view>

#include "terrein/app/explain.hpp"

namespace terrein {

/// Text as HTML may hold it, in elements and in quoted attributes: what a terminal must not see is spelt out, too.
[[nodiscard]] std::string escaped(std::string_view text);
/// `<tag class="kind">` text `</tag>` with the text escaped; no class when `kind` is empty.
[[nodiscard]] std::string element(std::string const& tag, std::string const& kind, std::string_view text);

/// The outlines around a candidate as SVG with scale bar and north arrow; empty for a candidate without shape.
[[nodiscard]] std::string map_svg(ExplainedMap const& map, std::string const& north);
/// A bar of 100 units: filled from 0 to `points` of `possible`, or hatched between `low` and `high` where it is
/// unknown; `most` is the length of the longest bar beside it.
[[nodiscard]] std::string points_bar(ExplainedCriterion const& criterion, double most);
/// The score on a scale of 0 to 100 with its range.
[[nodiscard]] std::string score_bar(double score, double low, double high);

}  // namespace terrein
