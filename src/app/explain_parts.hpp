#pragma once

#include <map>
#include <string>
#include <vector>

#include "result_facts.hpp"
#include "terrein/app/explain.hpp"
#include "terrein/io/result_file.hpp"

namespace terrein {

/// The row of one candidate in a result, with its columns under the names that the full result gives them.
class CandidateRow {
 public:
  /// Throws `Error{usage}` when no candidate has that id, with the nearest ids.
  CandidateRow(ResultFile const& file, ResultFacts const& facts, std::filesystem::path const& path,
               std::string const& id);
  [[nodiscard]] std::string const& table() const noexcept { return table_; }
  [[nodiscard]] std::int64_t fid() const;
  /// nullptr where [output] columns leaves it out.
  [[nodiscard]] AnyColumn const* find(std::string const& full) const;
  /// The same; notes what was left out in `left_out`.
  AnyColumn const* need(std::string const& full);
  /// Empty for null and for what was left out.
  [[nodiscard]] std::string text(std::string const& full) const;
  /// Fields set by hand, from the column `manual`.
  [[nodiscard]] std::vector<std::string> manual() const;
  std::vector<std::string> left_out;  ///< what `need` did not find

 private:
  ResultFile const& file_;
  ResultFacts const& facts_;
  std::string table_;
  Table row_;
};

/// Rank, neighbours, and how many of the others each value of the candidate beats.
void find_position(ResultFile const& file, ResultFacts const& facts, std::string const& id, ExplainedModel& model);

/// The candidate's outline and those around it, at most some hundreds.
ExplainedMap map_of(ResultFile const& file, ResultFacts const& facts, CandidateRow const& candidate,
                    std::string const& model);

}  // namespace terrein
