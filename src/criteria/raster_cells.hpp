#pragma once

#include <map>
#include <vector>

#include "terrein/criteria/criterion.hpp"

namespace terrein {

/// What the cells of one raster hold under every candidate, for all criteria on it, from one walk over its cells. Each
/// cell counts for the fraction of its area that the candidate covers, in the raster's CRS.
class RasterCells {
 public:
  /// `specs` are the share criteria on the raster; rows with candidate_m2 above 0 are looked at.
  RasterCells(std::vector<CriterionSpec const*> const& specs, MeasuringRaster const& source, Inputs const& inputs,
              std::vector<double> const& candidate_m2);

  /// Parts of the candidate: on cells that have a value; on cells of which the class is not known; on the cells that
  /// the criterion asks for.
  [[nodiscard]] double seen(std::size_t row) const noexcept { return under_[row].seen; }
  [[nodiscard]] double unclassed(std::size_t row) const noexcept { return under_[row].unclassed; }
  [[nodiscard]] double chosen(CriterionSpec const& spec, std::size_t row) const {
    return chosen_.at(key_of(spec))[row];
  }
  /// Of the cells that have a value. Precondition: `seen` is above 0.
  [[nodiscard]] double mean(std::size_t row) const noexcept { return under_[row].mean; }
  /// Of the cells that count; infinite, with the wrong sign, when none does.
  [[nodiscard]] double least(std::size_t row) const noexcept { return under_[row].least; }
  [[nodiscard]] double most(std::size_t row) const noexcept { return under_[row].most; }

 private:
  struct Under {
    double seen = 0, unclassed = 0, mean = 0;
    double least, most;
  };
  /// What is asked for: classes, or values.
  using Key = std::pair<std::vector<std::string>, std::vector<double>>;
  /// One distinct question, with a byte per listed value.
  struct Question {
    std::vector<double>* share;
    std::vector<std::uint8_t> wanted;
  };
  class Walker;

  [[nodiscard]] static Key key_of(CriterionSpec const& spec) { return {spec.classes, spec.values}; }
  void ask(std::vector<CriterionSpec const*> const& specs, std::size_t rows);

  MeasuringRaster const& source_;
  std::vector<double> listed_;  // values that a class table or a criterion names, ascending
  std::map<Key, std::vector<double>> chosen_;
  std::vector<Question> questions_;
  std::vector<Under> under_;
};

}  // namespace terrein
