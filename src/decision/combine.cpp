#include "decision/combine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrein/core/error.hpp"
#include "terrein/decision/ideal_point.hpp"
#include "terrein/decision/means.hpp"

namespace terrein {

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr ValueLimits as_they_are{-unlimited, unlimited}, on_the_scale{0, 1};

using Numbers = std::span<double const>;

double arithmetic(Numbers values, Numbers weights) {
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += weights[i] * values[i];
    weight += weights[i];
  }
  return sum / weight;
}

/// Regrets as shares of what they can be at most; 0 without any weight.
Regret relative_regret(Numbers values, Numbers weights) {
  Regret out = regret(values, weights);
  double sum = 0, most = 0;
  for (double const weight : weights) {
    sum += weight;
    most = std::max(most, weight);
  }
  return most > 0 ? Regret{out.group / sum, out.individual / most} : Regret{};
}

/// Known values of a column, in row order.
std::vector<double> known_values(Values const& values) {
  std::vector<double> out;
  for (std::size_t row = 0; row < values.value.size(); ++row)
    if (values.value.is_known(row)) out.push_back(values.value.values[row]);
  return out;
}

/// A criterion between its worst and best known value, and how long that scale is after normalisation.
struct Stretched {
  Values positions;
  double length = 0, open_length = 1;
};

Stretched stretched(Values const& values, Normalisation normalisation) {
  ColumnScale const scale = column_scale(known_values(values), normalisation);
  Stretched out{values, 0, 1};
  if (!scale.constant) out.length = out.open_length = (scale.most - scale.least) / scale.unit;
  auto const position = [&scale](double x) {
    return std::clamp((x - scale.least) / (scale.most - scale.least), 0.0, 1.0);
  };
  for (std::size_t row = 0; row < values.value.size(); ++row) {
    bool const known = values.value.is_known(row);
    if (known) out.positions.value.set(row, scale.constant ? 1 : position(values.value.values[row]));
    out.positions.low[row] = !scale.constant ? position(values.low[row]) : known ? 1 : 0;
    out.positions.high[row] = !scale.constant ? position(values.high[row]) : 1;
  }
  return out;
}

/// Members on the scales of the candidates; `columns` holds their values.
std::vector<Member> stretched_members(std::vector<Member> const& members, Normalisation normalisation,
                                      std::vector<Stretched>& columns, unsigned workers) {
  columns.resize(members.size());
  parallel_chunks(members.size(), workers, 1, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (members[i].weight > 0) columns[i] = stretched(*members[i].values, normalisation);
  });
  std::vector<Member> out;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members[i].weight > 0)
      out.push_back({&columns[i].positions, members[i].weight, nullptr, columns[i].length, columns[i].open_length});
  return out;
}

Scores topsis_scores(std::vector<Member> const& members, Normalisation normalisation, unsigned workers) {
  if (normalisation == Normalisation::fixed) return by_rows(members, on_the_scale, &closeness, workers);
  std::vector<Stretched> columns;
  return by_rows(stretched_members(members, normalisation, columns, workers), on_the_scale, &closeness, workers);
}

/// The least and most of the known numbers of a column; twice 0 when there are none.
ValueLimits ends_of(Column<double> const& column) {
  ValueLimits out{unlimited, -unlimited};
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.is_known(row)) continue;
    out.low = std::min(out.low, column.values[row]);
    out.high = std::max(out.high, column.values[row]);
  }
  return out.low <= out.high ? out : ValueLimits{0, 0};
}

/// VIKOR whose regrets run between those of the candidates.
Scores vikor_scores_among(std::vector<Member> const& members, double v, unsigned workers) {
  std::vector<Stretched> columns;
  auto const on_scales = stretched_members(members, Normalisation::minmax, columns, workers);
  Scores out = by_rows(
      on_scales, on_the_scale, [](Numbers x, Numbers w) { return relative_regret(x, w).group; }, workers);
  Scores const individual = by_rows(
      on_scales, on_the_scale, [](Numbers x, Numbers w) { return relative_regret(x, w).individual; }, workers);
  ValueLimits const s = ends_of(out.score), r = ends_of(individual.score);
  auto const score = [&](double group, double one) {
    return std::clamp(1 - vikor_index({group, one}, {s.low, r.low}, {s.high, r.high}, v), 0.0, 1.0);
  };
  parallel_chunks(out.low.size(), workers, 8192, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (out.score.is_known(row)) out.score.values[row] = score(out.score.values[row], individual.score.values[row]);
      out.low[row] = score(out.low[row], individual.low[row]);
      out.high[row] = score(out.high[row], individual.high[row]);
    }
  });
  return out;
}

Scores vikor_scores(std::vector<Member> const& members, Aggregation const& aggregation, unsigned workers) {
  double const v = aggregation.v;
  if (aggregation.normalisation != Normalisation::fixed) return vikor_scores_among(members, v, workers);
  return by_rows(
      members, on_the_scale,
      [v](Numbers values, Numbers weights) {
        return 1 - vikor_index(relative_regret(values, weights), {0, 0}, {1, 1}, v);
      },
      workers);
}

/// Net flow -1 to 1 → 0 to 1.
double flow_value(Flows const& flows, std::size_t i) { return (1 + (flows.plus[i] - flows.minus[i])) / 2; }

Values flow_column(Values const& values, Preference const& preference) {
  Values out = values;
  std::vector<double> const known = known_values(values);
  std::vector<double> ends;
  for (std::size_t row = 0; row < values.value.size(); ++row)
    if (!values.value.is_known(row)) ends.insert(ends.end(), {values.low[row], values.high[row]});
  Flows const among = criterion_flows(known, preference), beside = criterion_flows(ends, known, preference);
  std::size_t next_known = 0, next_end = 0;
  for (std::size_t row = 0; row < values.value.size(); ++row) {
    if (values.value.is_known(row)) {
      double const value = flow_value(among, next_known++);
      out.value.values[row] = out.low[row] = out.high[row] = value;
      continue;
    }
    out.low[row] = known.empty() ? 0 : flow_value(beside, next_end);
    out.high[row] = known.empty() ? 1 : flow_value(beside, next_end + 1);
    next_end += 2;
  }
  return out;
}

}  // namespace

void require_fit(std::vector<Values const*> const& values, std::vector<double> const& weights) {
  if (values.size() != weights.size())
    throw_error(ErrorKind::internal, "{} weights were given for {} criteria.", weights.size(), values.size());
  for (Values const* column : values)
    if (column->value.size() != values.front()->value.size())
      throw_error(ErrorKind::internal, "The criteria of a model have different numbers of rows.");
  double sum = 0;
  for (double const weight : weights) {
    if (!(weight >= 0)) throw_error(ErrorKind::internal, "A weight of a score is negative.");
    sum += weight;
  }
  bool const rows = !values.empty() && values.front()->value.size() > 0;
  if (rows && !(sum > 0 && std::isfinite(sum))) throw_error(ErrorKind::internal, "The weights of a score sum to zero.");
}

void widen(Scores& scores, unsigned workers) {
  parallel_chunks(scores.low.size(), workers, 8192, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (!scores.score.is_known(row)) continue;
      scores.low[row] = std::min(scores.low[row], scores.score.values[row]);
      scores.high[row] = std::max(scores.high[row], scores.score.values[row]);
    }
  });
}

std::vector<Values> flow_values(std::vector<Values const*> const& values, std::vector<double> const& weights,
                                Aggregation const& aggregation, unsigned workers) {
  std::vector<Values> out(values.size());
  parallel_chunks(values.size(), workers, 1, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      out[i] = weights[i] > 0 ? flow_column(*values[i],
                                            aggregation.preferences.empty() ? Preference{} : aggregation.preferences[i])
                              : *values[i];  // counts for nothing
  });
  return out;
}

Scores combine(std::vector<Member> const& members, Aggregation const& aggregation, unsigned workers) {
  switch (aggregation.method) {
    case Method::weighted_sum:
    case Method::promethee:  // of flows
      break;
    case Method::power_mean:
      if (aggregation.compensation == 1) break;
      return by_rows(
          members, as_they_are,
          [r = aggregation.compensation](Numbers values, Numbers weights) { return power_mean(values, weights, r); },
          workers);
    case Method::owa:
      return by_rows(members, as_they_are, QuantifierMean(quantifier_alpha(aggregation.orness)), workers);
    case Method::topsis:
      return topsis_scores(members, aggregation.normalisation, workers);
    case Method::vikor:
      return vikor_scores(members, aggregation, workers);
  }
  return by_rows(members, as_they_are, &arithmetic, workers);
}

}  // namespace terrein
