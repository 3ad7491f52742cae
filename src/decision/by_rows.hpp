#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

/// What takes part in a score: a criterion, or a group of criteria with a score of its own.
struct Member {
  Values const* values = nullptr;
  double weight = 0;
  std::vector<double> const* completeness = nullptr;  ///< of a group; none = known or not
  double length = 1;                                  ///< of its scale, times the weight; 0 separates nobody
  double open_length = 1;                             ///< the same where the value is missing
};

struct ValueLimits {
  double low, high;
};

/// Widens `low` and `high` to include the score.
void widen(Scores& scores, unsigned workers);

/// Some candidates side by side: columns are read as they lie in memory, rows are combined as they lie here.
class RowBlock {
 public:
  static constexpr std::size_t most_rows = 128;

  RowBlock(std::vector<Member> const& members, ValueLimits limits)
      : members_(members),
        limits_(limits),
        cells_(members.size() * most_rows),
        known_values_(members.size()),
        known_weights_(members.size()),
        all_values_(members.size()),
        all_weights_(members.size()) {}

  template <class Combine>
  void score(std::size_t begin, std::size_t end, Combine& combine, Scores& out) {
    for (std::size_t m = 0; m < members_.size(); ++m) read(m, begin, end);
    for (std::size_t row = begin; row < end; ++row) score_row(row, row - begin, combine, out);
  }

 private:
  struct Cell {
    double value, low, high, known;  ///< known: share of the weight
  };

  void read(std::size_t m, std::size_t begin, std::size_t end) {
    Member const& member = members_[m];
    Values const& values = *member.values;
    auto const limited = [this](double x) { return std::clamp(x, limits_.low, limits_.high); };
    for (std::size_t row = begin; row < end; ++row) {
      bool const is_known = values.value.is_known(row);
      double const share = !is_known ? 0 : member.completeness != nullptr ? (*member.completeness)[row] : 1;
      double const value = is_known ? limited(values.value.values[row]) : 0;
      cells_[(row - begin) * members_.size() + m] = {value, limited(values.low[row]), limited(values.high[row]), share};
    }
  }

  template <class Combine>
  void score_row(std::size_t row, std::size_t at, Combine& combine, Scores& out) {
    Cell const* const cells = cells_.data() + at * members_.size();
    std::size_t known = 0;
    double known_weight = 0, weight = 0;
    bool open = false;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      Member const& member = members_[m];
      weight += member.weight;
      all_weights_[m] = member.weight * (cells[m].known > 0 ? member.length : member.open_length);
      open = open || !(cells[m].known >= 1) || cells[m].low != cells[m].value || cells[m].high != cells[m].value;
      if (!(cells[m].known > 0)) continue;
      known_weight += member.weight * cells[m].known;
      known_values_[known] = cells[m].value;
      known_weights_[known++] = member.weight * cells[m].known * member.length;
    }
    out.completeness[row] = known_weight / weight;
    double score = 0;
    if (known > 0) {
      score = combine(std::span(known_values_).first(known), std::span(known_weights_).first(known));
      out.score.set(row, score);
    }
    out.low[row] = open ? combine_all(&Cell::low, cells, combine) : score;
    out.high[row] = open ? combine_all(&Cell::high, cells, combine) : score;
  }

  template <class Combine>
  double combine_all(double Cell::*end, Cell const* cells, Combine& combine) {
    for (std::size_t m = 0; m < members_.size(); ++m) all_values_[m] = cells[m].*end;
    return combine(std::span<double const>(all_values_), std::span<double const>(all_weights_));
  }

  std::vector<Member> const& members_;
  ValueLimits limits_;
  std::vector<Cell> cells_;
  std::vector<double> known_values_, known_weights_, all_values_, all_weights_;
};

/// Scores of all candidates one by one: combine(values, weights) of the known members, weights times completeness times
/// length, and of all members at their lows and highs. `low` and `high` are not widened. `combine` is copied for every
/// chunk, so that it may keep memory; members without weight are passed over.
template <class Combine>
Scores by_rows(std::vector<Member> members, ValueLimits limits, Combine const& prototype, unsigned workers) {
  std::size_t const rows = members.empty() ? 0 : members.front().values->value.size();
  members.erase(std::remove_if(members.begin(), members.end(), [](Member const& one) { return !(one.weight > 0); }),
                members.end());
  Scores out{Column<double>("score", rows), std::vector<double>(rows), std::vector<double>(rows),
             std::vector<double>(rows)};
  parallel_chunks(rows, workers, 32 * RowBlock::most_rows, [&](unsigned, std::size_t begin, std::size_t end) {
    RowBlock block(members, limits);
    Combine combine = prototype;
    for (std::size_t at = begin; at < end; at += RowBlock::most_rows)
      block.score(at, std::min(end, at + RowBlock::most_rows), combine, out);
  });
  return out;
}

}  // namespace terrein
