#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "result_facts.hpp"
#include "terrein/core/measure.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/io/result_file.hpp"

namespace terrein {

/// Candidates of a result as its tables keep them: the main layer, then the excluded ones.
class StoredCandidates {
 public:
  /// `purpose` is what a result without some column is no good for, as in "it cannot be scored anew". Throws
  /// `Error{input}` when ids were left out of the result.
  StoredCandidates(ResultFile const& file, std::filesystem::path const& path, ResultFacts const& facts,
                   std::string purpose = "scored anew");

  struct Part {
    std::string table;
    std::vector<std::int64_t> fids;
  };
  [[nodiscard]] std::vector<Part> const& parts() const noexcept { return parts_; }
  [[nodiscard]] std::vector<std::string> const& ids() const noexcept { return ids_; }
  [[nodiscard]] std::size_t size() const noexcept { return ids_.size(); }
  /// The name in a table of what the full result calls `full`. Throws `Error{input}` when it was left out.
  [[nodiscard]] std::string column(std::string const& table, std::string const& full) const;
  /// The same, or nothing.
  [[nodiscard]] std::optional<std::string> column_if_there(std::string const& table, std::string const& full) const;
  /// A criterion as it was measured, with the bounds of what is not known.
  [[nodiscard]] Measure measure(std::string const& criterion) const;
  /// Of a cut, the share that it takes: bounds where it is not known, nothing else.
  [[nodiscard]] Measure share_cut(RuleSpec const& rule) const;
  /// The value of a criterion in a model, null where it is not known.
  [[nodiscard]] Column<double> value(std::string const& model, std::string const& criterion) const;
  /// Which candidates do not fail a model.
  [[nodiscard]] std::vector<std::uint8_t> standing(std::string const& model) const;
  /// Which candidates have a rule whose result is not known.
  [[nodiscard]] std::vector<std::uint8_t> unknown_by(std::string const& rule) const;
  /// The result of a rule for one candidate: a code of `RuleResult`.
  [[nodiscard]] std::string result_of(std::string const& rule, std::size_t row) const;
  /// The outcome of one candidate in a model.
  [[nodiscard]] Outcome outcome_of(std::string const& model, std::size_t row) const;
  /// Ranks in a model; null without rank.
  [[nodiscard]] Column<double> rank(std::string const& model) const;
  /// The rows of a column of numbers, or of texts, that the full result calls `full`.
  [[nodiscard]] Column<double> numbers(std::string const& full) const;
  [[nodiscard]] TextColumn texts(std::string const& full) const;

 private:
  void read_bounds();
  [[nodiscard]] std::string text_of(std::string const& full, std::size_t row) const;
  /// The rows of all parts of one column, in order.
  template <class Take>
  void each(std::string const& full, Take const& take) const;

  ResultFile const& file_;
  std::filesystem::path const& path_;
  ResultFacts const& facts_;
  std::string purpose_;
  std::vector<Part> parts_;
  std::vector<std::string> ids_;
  Table bounds_;
  std::vector<std::size_t> bounded_rows_;  ///< of the candidates, as `bounds_`
};

}  // namespace terrein
