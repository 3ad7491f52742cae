#include <algorithm>
#include <array>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/outranking.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

constexpr std::array kind_names{
    std::pair{PreferenceKind::usual, std::string_view("usual")},
    std::pair{PreferenceKind::u_shape, std::string_view("u-shape")},
    std::pair{PreferenceKind::v_shape, std::string_view("v-shape")},
    std::pair{PreferenceKind::level, std::string_view("level")},
    std::pair{PreferenceKind::linear, std::string_view("linear")},
    std::pair{PreferenceKind::gaussian, std::string_view("gaussian")},
};

using Words = std::pair<std::string_view, std::string_view>;
constexpr std::array kind_words{
    std::pair{PreferenceKind::usual, Words{"gewoon", "usual"}},
    std::pair{PreferenceKind::u_shape, Words{"U-vormig", "U-shaped"}},
    std::pair{PreferenceKind::v_shape, Words{"V-vormig", "V-shaped"}},
    std::pair{PreferenceKind::level, Words{"getrapt", "level"}},
    std::pair{PreferenceKind::linear, Words{"lineair", "linear"}},
    std::pair{PreferenceKind::gaussian, Words{"gaussisch", "gaussian"}},
};

/// Numbers in ascending order, with what preferences over them are summed from.
class SortedColumn {
 public:
  SortedColumn(std::vector<double> column, Preference const& preference)
      : numbers_(std::move(column)), preference_(preference), sums_(numbers_.size() + 1, 0) {
    std::sort(numbers_.begin(), numbers_.end());
    for (std::size_t i = 0; i < numbers_.size(); ++i) sums_[i + 1] = sums_[i] + numbers_[i];
  }
  /// Σ preference(x - number).
  [[nodiscard]] double over(double x) const {
    return sum([x](double number) { return x - number; }, [&](double lead) { return below(x, lead); }, x, 1);
  }
  /// Σ preference(number - x).
  [[nodiscard]] double under(double x) const {
    return sum([x](double number) { return number - x; }, [&](double lead) { return above(x, lead); }, x, -1);
  }

 private:
  struct Span {
    std::size_t begin, end;
    [[nodiscard]] double count() const { return static_cast<double>(end - begin); }
  };
  /// Numbers that x leads by more than `lead`.
  [[nodiscard]] Span below(double x, double lead) const {
    auto const end = std::partition_point(numbers_.begin(), numbers_.end(), [&](double n) { return x - n > lead; });
    return {0, static_cast<std::size_t>(end - numbers_.begin())};
  }
  /// Numbers that lead x by more than `lead`.
  [[nodiscard]] Span above(double x, double lead) const {
    auto const begin = std::partition_point(numbers_.begin(), numbers_.end(), [&](double n) { return n - x <= lead; });
    return {static_cast<std::size_t>(begin - numbers_.begin()), numbers_.size()};
  }

  /// `sign` is 1 where x leads and -1 where it is led.
  template <class Lead, class Leading>
  [[nodiscard]] double sum(Lead const& lead_of, Leading const& leading, double x, double sign) const {
    switch (preference_.kind) {
      case PreferenceKind::usual:
        return leading(0).count();
      case PreferenceKind::u_shape:
        return leading(preference_.q).count();
      case PreferenceKind::level:
        return (leading(preference_.q).count() + leading(preference_.p).count()) / 2;
      case PreferenceKind::v_shape:
        return ramp(leading(0), leading(preference_.p), x, sign, 0);
      case PreferenceKind::linear:
        return ramp(leading(preference_.q), leading(preference_.p), x, sign, preference_.q);
      case PreferenceKind::gaussian:
        break;
    }
    Span const led = leading(0);
    double out = 0;
    for (std::size_t i = led.begin; i < led.end; ++i) out += preference_(lead_of(numbers_[i]));
    return out;
  }
  /// 1 for all in `full`; for the others in `some` the way from q to p.
  [[nodiscard]] double ramp(Span some, Span full, double x, double sign, double q) const {
    Span const rising = sign > 0 ? Span{full.end, some.end} : Span{some.begin, full.begin};
    double const total = sums_[rising.end] - sums_[rising.begin];
    double const leads = sign * (rising.count() * x - total) - rising.count() * q;
    return full.count() + std::clamp(leads / (preference_.p - q), 0.0, rising.count());
  }

  std::vector<double> numbers_;
  Preference preference_;
  std::vector<double> sums_;  ///< of the first so many numbers
};

Flows flows_over(std::vector<double> const& numbers, std::vector<double> const& column, double others,
                 Preference const& preference) {
  require_valid(preference);
  if (preference.kind == PreferenceKind::gaussian && column.size() > most_pairwise_candidates)
    throw_error(ErrorKind::config,
                "The gaussian preference compares candidates two by two, which is done for {} at most; there are {}. "
                "Use 'linear' or another preference, or fewer candidates.",
                most_pairwise_candidates, column.size());
  Flows out{std::vector<double>(numbers.size(), 0), std::vector<double>(numbers.size(), 0)};
  if (!(others > 0)) return out;
  SortedColumn const sorted(column, preference);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    out.plus[i] = sorted.over(numbers[i]) / others;
    out.minus[i] = sorted.under(numbers[i]) / others;
  }
  return out;
}

std::vector<double> column_of(Alternatives const& alternatives, std::size_t criterion, Objective objective) {
  std::vector<double> out;
  for (auto const& row : alternatives) out.push_back(objective == Objective::cost ? -row[criterion] : row[criterion]);
  return out;
}

std::vector<double> checked_weights(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                                    std::vector<double> const& weights, std::vector<Preference> const& preferences) {
  bool fits = objectives.size() == weights.size() && preferences.size() == weights.size();
  for (auto const& row : alternatives) fits = fits && row.size() == weights.size();
  if (!fits) throw_error(ErrorKind::internal, "PROMETHEE was given lists of different lengths.");
  return normalised_weights(weights, "promethee");
}

}  // namespace

double Preference::operator()(double lead) const {
  if (!(lead > 0)) return 0;
  switch (kind) {
    case PreferenceKind::usual:
      return 1;
    case PreferenceKind::u_shape:
      return lead > q ? 1 : 0;
    case PreferenceKind::v_shape:
      return std::min(lead / p, 1.0);
    case PreferenceKind::level:
      return lead > p ? 1 : lead > q ? 0.5 : 0;
    case PreferenceKind::linear:
      return std::clamp((lead - q) / (p - q), 0.0, 1.0);
    case PreferenceKind::gaussian:
      return -std::expm1(-lead * lead / (2 * s * s));
  }
  return 0;
}

std::string_view to_string(PreferenceKind kind) {
  for (auto const& [known, name] : kind_names)
    if (known == kind) return name;
  return {};
}

std::optional<PreferenceKind> preference_kind(std::string_view text) {
  for (auto const& [kind, name] : kind_names)
    if (name == text) return kind;
  return std::nullopt;
}

Bilingual describe(PreferenceKind kind) {
  for (auto const& [known, words] : kind_words)
    if (known == kind) return {std::string(words.first), std::string(words.second)};
  return {};
}

void require_valid(Preference const& of) {
  auto const need = [&of](bool holds, std::string_view what) {
    if (!holds)
      throw_error(ErrorKind::config, "The preference '{}' with q = {}, p = {}, s = {} needs {}.", to_string(of.kind),
                  shortest(of.q), shortest(of.p), shortest(of.s), what);
  };
  need(std::isfinite(of.q) && std::isfinite(of.p) && std::isfinite(of.s), "finite numbers");
  bool const two_steps = of.kind == PreferenceKind::level || of.kind == PreferenceKind::linear;
  if (two_steps || of.kind == PreferenceKind::u_shape) need(of.q >= 0, "q of 0 or more");
  if (two_steps) need(of.p > of.q, "p greater than q");
  if (of.kind == PreferenceKind::v_shape) need(of.p > 0, "p greater than 0");
  if (of.kind == PreferenceKind::gaussian) need(of.s > 0, "s greater than 0");
}

Flows criterion_flows(std::vector<double> const& column, Preference const& preference) {
  return flows_over(column, column, static_cast<double>(column.size()) - 1, preference);
}

Flows criterion_flows(std::vector<double> const& numbers, std::vector<double> const& column,
                      Preference const& preference) {
  return flows_over(numbers, column, static_cast<double>(column.size()), preference);
}

Promethee promethee(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                    std::vector<double> const& weights, std::vector<Preference> const& preferences) {
  auto const shares = checked_weights(alternatives, objectives, weights, preferences);
  std::size_t const rows = alternatives.size();
  Promethee out{std::vector<double>(rows, 0), std::vector<double>(rows, 0), {}};
  for (std::size_t i = 0; i < shares.size(); ++i) {
    Flows const flows = criterion_flows(column_of(alternatives, i, objectives[i]), preferences[i]);
    for (std::size_t row = 0; row < rows; ++row) {
      out.plus[row] += shares[i] * flows.plus[row];
      out.minus[row] += shares[i] * flows.minus[row];
    }
  }
  for (std::size_t row = 0; row < rows; ++row) out.net.push_back(out.plus[row] - out.minus[row]);
  return out;
}

Alternatives preference_indices(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                                std::vector<double> const& weights, std::vector<Preference> const& preferences) {
  auto const shares = checked_weights(alternatives, objectives, weights, preferences);
  for (Preference const& preference : preferences) require_valid(preference);
  Alternatives out(alternatives.size(), std::vector<double>(alternatives.size(), 0));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    auto const column = column_of(alternatives, i, objectives[i]);
    for (std::size_t a = 0; a < column.size(); ++a)
      for (std::size_t b = 0; b < column.size(); ++b) out[a][b] += shares[i] * preferences[i](column[a] - column[b]);
  }
  return out;
}

}  // namespace terrein
