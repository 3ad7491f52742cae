#include <algorithm>
#include <cmath>
#include <limits>

#include "terrein/core/error.hpp"
#include "terrein/decision/outranking.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

using Graph = std::vector<std::vector<std::uint8_t>>;

double largest_range(Alternatives const& alternatives, std::size_t criteria) {
  double out = 0;
  for (std::size_t i = 0; i < criteria; ++i) {
    double least = alternatives.front()[i], most = least;
    for (auto const& row : alternatives) {
      least = std::min(least, row[i]);
      most = std::max(most, row[i]);
    }
    out = std::max(out, most - least);
  }
  return out;
}

Graph outranking(Electre const& of, double concordance, double discordance) {
  std::size_t const rows = of.concordance.size();
  Graph out(rows, std::vector<std::uint8_t>(rows, 0));
  for (std::size_t a = 0; a < rows; ++a)
    for (std::size_t b = 0; b < rows; ++b)
      if (a != b && of.concordance[a][b] >= concordance - tie_tolerance &&
          of.discordance[a][b] <= discordance + tie_tolerance)
        out[a][b] = 1;
  return out;
}

/// Who reaches whom along the graph.
Graph reach_of(Graph graph) {
  for (std::size_t via = 0; via < graph.size(); ++via)
    for (auto& from : graph)
      if (from[via] != 0)
        for (std::size_t to = 0; to < graph.size(); ++to) from[to] |= graph[via][to];
  return graph;
}

}  // namespace

Electre electre(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                std::vector<double> const& weights) {
  if (objectives.size() != weights.size())
    throw_error(ErrorKind::internal, "{} weights were given for {} criteria.", weights.size(), objectives.size());
  for (auto const& row : alternatives)
    if (row.size() != weights.size())
      throw_error(ErrorKind::internal, "An alternative has {} numbers for {} criteria.", row.size(), weights.size());
  auto const shares = normalised_weights(weights, "electre");
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::size_t const rows = alternatives.size();
  Electre out{Alternatives(rows, std::vector<double>(rows, none)), Alternatives(rows, std::vector<double>(rows, none))};
  if (rows == 0) return out;
  double const range = largest_range(alternatives, weights.size());
  for (std::size_t a = 0; a < rows; ++a)
    for (std::size_t b = 0; b < rows; ++b) {
      if (a == b) continue;
      double agreed = 0, against = 0;
      for (std::size_t i = 0; i < shares.size(); ++i) {
        double const difference = alternatives[b][i] - alternatives[a][i];
        double const lead_of_b = objectives[i] == Objective::cost ? -difference : difference;
        if (!(lead_of_b > 0)) agreed += shares[i];
        against = std::max(against, lead_of_b);
      }
      out.concordance[a][b] = agreed;
      out.discordance[a][b] = range > 0 ? against / range : 0;
    }
  return out;
}

std::vector<std::size_t> electre_kernel(Electre const& of, double concordance, double discordance) {
  Graph const direct = outranking(of, concordance, discordance), reach = reach_of(direct);
  std::size_t const rows = direct.size();
  auto const one_cycle = [&](std::size_t a, std::size_t b) { return a == b || (reach[a][b] != 0 && reach[b][a] != 0); };
  std::vector<std::size_t> order(rows), reached_by(rows, 0);
  for (std::size_t b = 0; b < rows; ++b) {
    order[b] = b;
    for (std::size_t a = 0; a < rows; ++a) reached_by[b] += !one_cycle(a, b) && reach[a][b] != 0 ? 1U : 0U;
  }
  // Whoever outranks another, directly or through others, comes before it; those of a cycle have the same number.
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return reached_by[a] < reached_by[b]; });
  std::vector<std::uint8_t> in(rows, 0);
  for (std::size_t const row : order) {
    bool beaten = false;
    for (std::size_t a = 0; a < rows; ++a)
      for (std::size_t b = 0; b < rows; ++b)
        beaten = beaten || (one_cycle(b, row) && !one_cycle(a, b) && in[a] != 0 && direct[a][b] != 0);
    in[row] = beaten ? 0 : 1;
  }
  std::vector<std::size_t> out;
  for (std::size_t row = 0; row < rows; ++row)
    if (in[row] != 0) out.push_back(row);
  return out;
}

}  // namespace terrein
