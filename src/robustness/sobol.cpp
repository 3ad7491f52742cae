#include "terrein/robustness/sobol.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/robustness/random.hpp"

namespace terrein {
namespace {

constexpr std::size_t points_of_chunk = 16;  ///< whose sums are added up apart, so that no order of workers shows

/// Points of a Sobol sequence in twice as many dimensions as there are inputs, shifted by a random vector of its own
/// (Cranley & Patterson 1976), which keeps them between 0 and 1 and makes every seed another sample.
std::vector<double> shifted_points(std::size_t dimensions, std::size_t points, std::uint64_t seed) {
  std::vector<double> shift;
  RandomStream random(seed, Purpose::shift, 0);
  for (std::size_t d = 0; d < dimensions; ++d) shift.push_back(random.uniform());
  boost::random::sobol sequence(dimensions);
  std::vector<double> out;
  out.reserve(points * dimensions);
  for (std::size_t i = 0; i < points; ++i)
    for (std::size_t d = 0; d < dimensions; ++d) {
      double const x = std::ldexp(static_cast<double>(sequence() >> 11U), -53) + shift[d];
      out.push_back(std::clamp(x - std::floor(x), 0x1p-53, 1 - 0x1p-53));
    }
  return out;
}

/// Sums over some points, per output.
struct Sums {
  std::vector<double> a, squares;    ///< of the outputs at both points, less those of the pivot
  std::vector<double> first, total;  ///< [output][input]

  Sums(std::size_t inputs, std::size_t outputs)
      : a(outputs, 0), squares(outputs, 0), first(outputs * inputs, 0), total(outputs * inputs, 0) {}
  void add(Sums const& other) {
    auto const sum = [](std::vector<double>& to, std::vector<double> const& from) {
      for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
    };
    sum(a, other.a);
    sum(squares, other.squares);
    sum(first, other.first);
    sum(total, other.total);
  }
};

/// Evaluates one pair of points and all mixtures of them.
class Evaluation {
 public:
  Evaluation(std::size_t inputs, std::size_t outputs, std::vector<double> const& pivot, UnitFunction const& function)
      : inputs_(inputs),
        outputs_(outputs),
        pivot_(pivot),
        function_(function),
        at_a_(outputs),
        at_b_(outputs),
        mixed_(outputs),
        point_(inputs) {}

  void add(double const* a, double const* b, Sums& sums) {
    evaluate(a, at_a_);
    evaluate(b, at_b_);
    for (std::size_t o = 0; o < outputs_; ++o) {
      sums.a[o] += at_a_[o] + at_b_[o];
      sums.squares[o] += at_a_[o] * at_a_[o] + at_b_[o] * at_b_[o];
    }
    for (std::size_t i = 0; i < inputs_; ++i) {
      std::copy(a, a + inputs_, point_.begin());
      point_[i] = b[i];
      evaluate(point_.data(), mixed_);
      for (std::size_t o = 0; o < outputs_; ++o) {
        sums.first[o * inputs_ + i] += at_b_[o] * (mixed_[o] - at_a_[o]);
        sums.total[o * inputs_ + i] += (at_a_[o] - mixed_[o]) * (at_a_[o] - mixed_[o]);
      }
    }
  }

 private:
  /// Less the pivot: what all outputs have in common only adds to the error.
  void evaluate(double const* point, std::vector<double>& out) {
    function_(point, out.data());
    for (std::size_t o = 0; o < outputs_; ++o) out[o] -= pivot_[o];
  }

  std::size_t inputs_, outputs_;
  std::vector<double> const& pivot_;
  UnitFunction const& function_;
  std::vector<double> at_a_, at_b_, mixed_, point_;
};

SobolIndices indices_of(Sums const& sums, std::size_t o, std::size_t inputs, std::size_t points) {
  SobolIndices out;
  double const n = static_cast<double>(points), mean = sums.a[o] / (2 * n);
  out.variance = std::max(0.0, sums.squares[o] / (2 * n) - mean * mean);
  for (std::size_t i = 0; i < inputs; ++i) {
    bool const varies = out.variance > 1e-18;
    out.first.push_back(varies ? std::optional(sums.first[o * inputs + i] / n / out.variance) : std::nullopt);
    out.total.push_back(varies ? std::optional(sums.total[o * inputs + i] / (2 * n) / out.variance) : std::nullopt);
  }
  return out;
}

}  // namespace

std::vector<SobolIndices> sobol_indices(std::size_t inputs, std::size_t outputs, std::size_t points, std::uint64_t seed,
                                        unsigned workers, UnitFunction const& function) {
  if (points == 0 || (points & (points - 1)) != 0)
    throw_error(ErrorKind::config, "{} points of a Sobol sequence are asked for; their number is a power of two.",
                points);
  std::size_t const dimensions = 2 * inputs;
  std::vector<double> const sample = shifted_points(dimensions, points, seed);
  std::vector<double> pivot(outputs);
  std::vector<double> const middle(inputs, 0.5);
  function(middle.data(), pivot.data());
  std::size_t const chunks = (points + points_of_chunk - 1) / points_of_chunk;
  std::vector<Sums> sums(chunks, Sums(inputs, outputs));
  parallel_chunks(points, workers, points_of_chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    Evaluation evaluation(inputs, outputs, pivot, function);
    for (std::size_t i = begin; i < end; ++i) {
      double const* const both = sample.data() + i * dimensions;
      evaluation.add(both, both + inputs, sums[begin / points_of_chunk]);
    }
  });
  for (std::size_t i = 1; i < chunks; ++i) sums.front().add(sums[i]);
  std::vector<SobolIndices> out;
  for (std::size_t o = 0; o < outputs; ++o) out.push_back(indices_of(sums.front(), o, inputs, points));
  return out;
}

}  // namespace terrein
