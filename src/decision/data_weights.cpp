#include "terrein/decision/data_weights.hpp"

#include <algorithm>
#include <cmath>

#include "decision/weight_words.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

using Numbers = std::vector<double>;

[[noreturn]] void refuse_data(WeightSubject const& subject, std::string const& text) {
  throw_error(ErrorKind::input, "Weight set '{}' cannot follow from the data: {}", subject.set, text);
}

void require_numbers(WeightSubject const& subject, std::string const& name, Column<double> const& column) {
  constexpr double most = 1e150;  // squares of anything greater are no numbers
  for (std::size_t row = 0; row < column.size(); ++row)
    if (column.is_known(row) && !(std::abs(column.values[row]) <= most))
      refuse_data(subject, fmt::format("criterion '{}' has the value {}.", name, shortest(column.values[row])));
}

/// Rows on which all are known, ordered by their values, so that sums do not depend on the order of candidates.
std::vector<std::size_t> complete_rows(std::vector<Column<double> const*> const& columns) {
  std::vector<std::size_t> out;
  for (std::size_t row = 0; row < columns.front()->size(); ++row)
    if (std::all_of(columns.begin(), columns.end(), [row](auto const* column) { return column->is_known(row); }))
      out.push_back(row);
  std::sort(out.begin(), out.end(), [&columns](std::size_t a, std::size_t b) {
    for (auto const* column : columns)
      if (column->values[a] != column->values[b]) return column->values[a] < column->values[b];
    return false;
  });
  return out;
}

/// Per criterion the numbers of the rows on which all are known.
std::vector<Numbers> complete_numbers(WeightSubject const& subject, std::vector<Column<double> const*> const& columns) {
  require_one_each(subject, columns.size(), "columns");
  for (auto const* column : columns)
    if (column->size() != columns.front()->size())
      throw_error(ErrorKind::internal, "The criteria of weight set '{}' have different numbers of rows.", subject.set);
  for (std::size_t i = 0; i < columns.size(); ++i) require_numbers(subject, subject.criteria[i], *columns[i]);
  std::vector<std::size_t> const rows = complete_rows(columns);
  if (rows.size() < 2) refuse_data(subject, "fewer than two candidates have all criteria known.");
  std::vector<Numbers> out(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (std::size_t const row : rows) out[i].push_back(columns[i]->values[row]);
  return out;
}

bool is_constant(Numbers const& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [&](double x) { return x == numbers.front(); });
}

DataWeights shared_out(WeightSubject const& subject, Numbers information, std::size_t rows, char const* fault) {
  if (std::all_of(information.begin(), information.end(), [](double x) { return !(x > 0); }))
    refuse_data(subject, fault);
  DataWeights out{information, std::move(information), rows};
  share_out(out.weights);
  return out;
}

/// 1 − entropy of the shares of numbers from 0 up.
double entropy_information(Numbers const& numbers) {
  double const most = *std::max_element(numbers.begin(), numbers.end());
  double sum = 0, entropy = 0;
  for (double const x : numbers) sum += x / most;
  for (double const x : numbers) {
    double const share = x / most / sum;
    if (share > 0) entropy -= share * std::log(share);
  }
  return std::max(0.0, 1 - entropy / std::log(static_cast<double>(numbers.size())));
}

/// Brought to 0..1.
Numbers scaled(Numbers numbers) {
  auto const [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  double const least = *low, range = *high - *low;
  for (double& x : numbers) x = (x - least) / range;
  return numbers;
}

/// Average ranks; which end comes first does not matter to correlations.
Numbers ranked(Numbers const& numbers) {
  std::vector<std::uint8_t> const all(numbers.size(), 1);
  Column<double> column;
  column.values = numbers;
  column.known = all;
  return ranks(column, all, RankKind::average).values;
}

Numbers centred(Numbers numbers) {
  double mean = 0;
  for (double const x : numbers) mean += x / static_cast<double>(numbers.size());
  for (double& x : numbers) x -= mean;
  return numbers;
}

double product(Numbers const& a, Numbers const& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// 1 − correlation of centred numbers; 0 where rounding alone keeps it from 0.
double conflict_of(Numbers const& a, Numbers const& b) {
  constexpr double rounding = 1e-12;
  double const conflict = 1 - product(a, b) / std::sqrt(product(a, a) * product(b, b));
  return conflict < rounding ? 0 : conflict;
}

}  // namespace

DataWeights entropy_weights(WeightSubject const& subject, std::vector<Column<double> const*> const& columns) {
  std::vector<Numbers> const numbers = complete_numbers(subject, columns);
  Numbers information;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    double const least = *std::min_element(numbers[i].begin(), numbers[i].end());
    if (least < 0) {
      refuse_data(subject, fmt::format("criterion '{}' has the value {}, and entropy is defined from 0 up only.",
                                       subject.criteria[i], shortest(least)));
    }
    information.push_back(is_constant(numbers[i]) ? 0 : entropy_information(numbers[i]));
  }
  return shared_out(subject, std::move(information), numbers.front().size(),
                    "every criterion is the same for all candidates.");
}

DataWeights critic_weights(WeightSubject const& subject, std::vector<Column<double> const*> const& columns,
                           Correlation correlation) {
  std::vector<Numbers> const numbers = complete_numbers(subject, columns);
  std::vector<std::size_t> varying;
  std::vector<Numbers> deviations(numbers.size()), compared(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (is_constant(numbers[i])) continue;
    varying.push_back(i);
    Numbers const values = scaled(numbers[i]);
    deviations[i] = centred(values);
    compared[i] = correlation == Correlation::spearman ? centred(ranked(values)) : deviations[i];
  }
  Numbers information(numbers.size(), 0);
  for (std::size_t const i : varying) {
    double conflict = varying.size() == 1 ? 1 : 0;  // the only one that tells candidates apart
    for (std::size_t const other : varying)
      if (other != i) conflict += conflict_of(compared[i], compared[other]);
    double const variance = product(deviations[i], deviations[i]) / static_cast<double>(numbers[i].size());
    information[i] = std::sqrt(variance) * conflict;
  }
  return shared_out(subject, std::move(information), numbers.front().size(),
                    "no two criteria tell candidates apart in different ways.");
}

}  // namespace terrein
