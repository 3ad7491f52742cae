#include "terrein/decision/stakeholders.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

__extension__ using Wide = __int128;

constexpr std::size_t rows_of_chunk = 8192;

/// The number of candidates, after a look at everyone.
std::size_t checked_rows(std::vector<Stakeholder> const& stakeholders) {
  if (stakeholders.empty()) throw_error(ErrorKind::config, "There are no stakeholders to compare; name at least one.");
  std::set<std::string> names;
  std::size_t const rows = stakeholders.front().rank->size();
  for (Stakeholder const& one : stakeholders) {
    if (!names.insert(one.name).second)
      throw_error(ErrorKind::config, "Two stakeholders are called '{}'; give each a name of its own.", one.name);
    if (!(one.share > 0) || std::isinf(one.share)) {
      throw_error(ErrorKind::config,
                  "Stakeholder '{}' has the share '{}'; shares are finite numbers above 0, and who has no say is left "
                  "out.",
                  one.name, shortest(one.share));
    }
    if (one.rank->size() != rows || one.score->size() != rows)
      throw_error(ErrorKind::internal, "Stakeholder '{}' has another number of candidates.", one.name);
  }
  return rows;
}

double all_shares(std::vector<Stakeholder> const& stakeholders) {
  double out = 0;
  for (Stakeholder const& one : stakeholders) out += one.share;
  if (std::isinf(out)) throw_error(ErrorKind::config, "The shares of the stakeholders are too great to add up.");
  return out;
}

/// Calls body(row) for every row, side by side.
template <class Body>
void each_row(std::size_t rows, unsigned workers, Body const& body) {
  parallel_chunks(rows, workers, rows_of_chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) body(row);
  });
}

/// 1 for the rows that everyone ranks.
std::vector<std::uint8_t> ranked_by_all(std::vector<Stakeholder> const& stakeholders, std::size_t rows) {
  std::vector<std::uint8_t> out(rows, 1);
  for (Stakeholder const& one : stakeholders)
    for (std::size_t row = 0; row < rows; ++row)
      if (!one.rank->is_known(row)) out[row] = 0;
  return out;
}

/// One stakeholder's ranks anew among the rows `common`, ties with their average.
Column<double> ranks_among(Column<double> rank, std::vector<std::uint8_t> const& common, unsigned workers) {
  for (double& value : rank.values) value = -value;
  return ranks(rank, common, RankKind::average, workers);
}

/// Σ (t³ − t) over the groups of t tied candidates, whose average rank tells groups apart.
double tie_term(Column<double> const& average_rank, std::size_t candidates) {
  std::vector<std::uint32_t> tied(2 * candidates + 1, 0);  // by twice the average rank, which is whole
  for (std::size_t row = 0; row < average_rank.size(); ++row)
    if (average_rank.is_known(row)) ++tied[static_cast<std::size_t>(std::llround(2 * average_rank.values[row]))];
  double out = 0;
  for (double const t : tied) out += t * t * t - t;
  return out;
}

/// Ranks of all stakeholders among common candidates, added up one by one.
class RankSums {
 public:
  RankSums(std::size_t rows, std::size_t candidates) : candidates_(candidates), plain_(rows, 0), by_share_(rows, 0) {}

  void add(Column<double> const& average_rank, double share) {
    ++stakeholders_;
    ties_ += tie_term(average_rank, candidates_);
    for (std::size_t row = 0; row < plain_.size(); ++row) {
      plain_[row] += average_rank.values[row];
      by_share_[row] += share * average_rank.values[row];
    }
  }
  [[nodiscard]] double by_share(std::size_t row) const { return by_share_[row]; }

  /// Kendall's W: 12 S / (p² (n³ − n) − p Σ (t³ − t)), S = squared deviations of the sums of ranks from their mean.
  [[nodiscard]] std::optional<double> agreement(std::vector<std::uint8_t> const& common) const {
    double const p = static_cast<double>(stakeholders_), n = static_cast<double>(candidates_);
    double const possible = p * p * (n * n * n - n) - p * ties_;
    if (stakeholders_ < 2 || candidates_ < 2 || !(possible > 0)) return std::nullopt;
    Wide squares = 0;  // of twice the deviations, which are whole, so that the order of candidates does not matter
    for (std::size_t row = 0; row < plain_.size(); ++row) {
      Wide const deviation = std::llround(2 * plain_[row] - p * (n + 1));
      if (common[row] != 0) squares += deviation * deviation;
    }
    return 3 * static_cast<double>(squares) / possible;
  }

 private:
  std::size_t candidates_, stakeholders_ = 0;
  std::vector<double> plain_, by_share_;
  double ties_ = 0;
};

void set_conflict(std::vector<Stakeholder> const& stakeholders, std::size_t row, Conflict& out) {
  std::size_t ranked = 0, scored = 0;
  double best = 0, worst = 0, share = 0, mean = 0, squares = 0;
  for (Stakeholder const& one : stakeholders) {
    if (!one.rank->is_known(row)) continue;
    double const rank = one.rank->values[row];
    best = ranked == 0 ? rank : std::min(best, rank);
    worst = ranked++ == 0 ? rank : std::max(worst, rank);
    if (!one.score->is_known(row)) continue;
    ++scored;
    double const deviation = one.score->values[row] - mean;
    share += one.share;
    mean += deviation * one.share / share;
    squares += one.share * deviation * (one.score->values[row] - mean);
  }
  if (ranked == 0) return;
  out.best_rank.set(row, best);
  out.worst_rank.set(row, worst);
  if (ranked > 1) out.rank_spread.set(row, worst - best);
  if (scored > 1) out.score_deviation.set(row, std::sqrt(std::max(0.0, squares) / share));
}

void set_support(std::vector<Stakeholder> const& stakeholders, std::size_t row, std::size_t k, double all,
                 Support& out) {
  double ranked = 0, top = 0;
  for (Stakeholder const& one : stakeholders) {
    if (!one.rank->is_known(row)) continue;
    ++out.ranked_n[row];
    ranked += one.share;
    if (one.rank->values[row] > static_cast<double>(k)) continue;
    ++out.top_k_n[row];
    top += one.share;
  }
  out.ranked_share[row] = ranked / all;
  out.top_k_share[row] = top / all;
  if (out.top_k_n[row] < out.ranked_n[row])
    out.acceptance[row] = Acceptance::not_everyone;
  else if (out.ranked_n[row] == stakeholders.size())
    out.acceptance[row] = Acceptance::everyone;
}

}  // namespace

Consensus consensus(std::vector<Stakeholder> const& stakeholders, unsigned workers) {
  std::size_t const rows = checked_rows(stakeholders);
  double const all = all_shares(stakeholders);
  std::vector<std::uint8_t> const common = ranked_by_all(stakeholders, rows);
  Consensus out{Column<double>("mean_rank", rows), Column<double>("rank", rows), std::nullopt,
                static_cast<std::size_t>(std::count(common.begin(), common.end(), 1))};
  RankSums sums(rows, out.candidates);
  for (Stakeholder const& one : stakeholders) sums.add(ranks_among(*one.rank, common, workers), one.share);
  // Ranked by the mean as a score from 0 to 1, so that ties are told as in any ranking.
  Column<double> score("score", rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (common[row] == 0) continue;
    out.mean_rank.set(row, sums.by_share(row) / all);
    score.set(row, 1 - out.mean_rank.values[row] / static_cast<double>(out.candidates));
  }
  out.rank = ranks(score, common, RankKind::competition, workers);
  out.agreement = sums.agreement(common);
  return out;
}

Conflict conflict(std::vector<Stakeholder> const& stakeholders, unsigned workers) {
  std::size_t const rows = checked_rows(stakeholders);
  Conflict out{Column<double>("best_rank", rows), Column<double>("worst_rank", rows),
               Column<double>("rank_spread", rows), Column<double>("score_deviation", rows)};
  each_row(rows, workers, [&](std::size_t row) { set_conflict(stakeholders, row, out); });
  return out;
}

std::string_view to_string(Acceptance acceptance) {
  switch (acceptance) {
    case Acceptance::everyone:
      return "everyone";
    case Acceptance::not_everyone:
      return "not everyone";
    case Acceptance::unknown:
      return "unknown";
  }
  return "";
}

Support support(std::vector<Stakeholder> const& stakeholders, std::size_t k, unsigned workers) {
  std::size_t const rows = checked_rows(stakeholders);
  if (k == 0) throw_error(ErrorKind::config, "The best 0 candidates accept nothing; give a number from 1 up.");
  double const all = all_shares(stakeholders);
  Support out{std::vector<std::uint32_t>(rows, 0), std::vector<std::uint32_t>(rows, 0), std::vector<double>(rows, 0),
              std::vector<double>(rows, 0), std::vector<Acceptance>(rows, Acceptance::unknown)};
  each_row(rows, workers, [&](std::size_t row) { set_support(stakeholders, row, k, all, out); });
  return out;
}

}  // namespace terrein
