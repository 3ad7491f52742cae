#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "result_facts.hpp"
#include "terrein/app/explain.hpp"
#include "terrein/io/result_file.hpp"

namespace terrein {

inline constexpr char const* excluded_table = "excluded";

/// The candidates of a model with a rank, best first, ties by id.
struct Ranking {
  struct Entry {
    RankedCandidate about;
    std::size_t row;
  };
  bool known = false;  ///< false: the column with the ranks was left out
  std::vector<Entry> entries;
  std::vector<std::vector<std::optional<double>>> values;  ///< by criterion of the model, then as `entries`
};

/// A result with what explanations of its candidates share.
class OpenResult {
 public:
  OpenResult(std::filesystem::path const& path, std::optional<Language> language, DataFolders const& data);

  struct Place {
    std::size_t table = 0;  ///< in `tables`
    std::int64_t fid = 0;
  };
  /// Throws `Error{usage}` when no candidate has that id, with the nearest ids.
  [[nodiscard]] Place const& find(std::string const& id) const;
  [[nodiscard]] std::size_t candidates() const noexcept { return candidates_; }
  [[nodiscard]] Ranking const& ranking(StoredModel const& model) const;
  /// The tables with candidates that the result has: the main layer, then the excluded ones.
  [[nodiscard]] std::vector<std::string> const& tables() const noexcept { return tables_; }
  /// The column of a table that holds `full`; nothing where it was left out.
  [[nodiscard]] std::optional<std::string> column(std::string const& table, std::string const& full) const {
    return facts.column(file, table, full);
  }

  std::filesystem::path const path;
  ResultFile const file;
  ResultFacts const facts;
  Labels const labels;
  std::vector<std::string> const manual_words;  ///< how `by_…` begins for what was set by hand, in each language

 private:
  [[noreturn]] void throw_unknown(std::string const& id) const;

  std::vector<std::string> tables_;
  std::unordered_map<std::string, Place> places_;
  std::size_t candidates_ = 0;
  mutable std::map<std::string, Ranking> rankings_;  ///< by model, read when first asked for
};

/// The row of one candidate in a result, with its columns under the names that the full result gives them.
class CandidateRow {
 public:
  CandidateRow(OpenResult const& result, std::string const& id);
  [[nodiscard]] std::string const& table() const noexcept { return result_.tables()[place_.table]; }
  [[nodiscard]] std::int64_t fid() const noexcept { return place_.fid; }
  /// nullptr where [output] columns leaves it out.
  [[nodiscard]] AnyColumn const* find(std::string const& full) const;
  /// The same; notes what was left out in `left_out`.
  AnyColumn const* need(std::string const& full);
  /// Empty for null and for what was left out.
  [[nodiscard]] std::string text(std::string const& full) const;
  /// The keys that a column lists with semicolons between, as `manual` and `approximate` do; none without that column.
  [[nodiscard]] std::vector<std::string> list(std::string const& column) const;
  std::vector<std::string> left_out;  ///< what `need` did not find

 private:
  OpenResult const& result_;
  OpenResult::Place place_;
  Table row_;
};

/// Rank, neighbours, and how many of the others each value of the candidate beats.
void find_position(Ranking const& ranking, std::string const& id, ExplainedModel& model);

/// The candidate's outline and those around it, at most some hundreds.
ExplainedMap map_of(OpenResult const& result, CandidateRow const& candidate, std::string const& model);

}  // namespace terrein
