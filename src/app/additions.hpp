#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/core/measure.hpp"
#include "terrein/criteria/inputs.hpp"

namespace terrein {

/// A row of the table of local knowledge, as people wrote it, and what came of it.
struct Addition {
  std::string id, field;
  std::optional<std::string> value, low, high, source, by, date;
  std::optional<std::string> was;  ///< the value without it
  std::string outcome;             ///< used, unknown_id, unknown_field, bad_value, superseded; empty = not settled yet
  std::string target;              ///< key of a criterion, or attribute in small letters
  bool of_criterion = false;

  [[nodiscard]] bool is_range() const noexcept { return !value; }
};

/// What was set by hand, by candidate of the run.
struct ManualMarks {
  std::map<std::string, std::map<std::size_t, std::string>> of_criterion;  ///< who says so, by key and row
  std::map<std::size_t, std::vector<std::string>> fields;                  ///< attributes and criteria, by row

  [[nodiscard]] bool has(std::string const& criterion, std::size_t row) const;
};

/// Local knowledge on its way through a run: read, put into the attributes of the candidates before anything is
/// measured, then into what was measured. Rows of nothing but id and field are an unfilled form and left out. Of
/// several rows for one id and field the latest date counts, of equal dates the last row (issue `addition_tie`). No row
/// is dropped without an issue.
class Additions {
 public:
  using Changes = std::map<std::size_t, std::optional<std::string>>;  ///< new values by row

  /// Reads the table of the study, if it names one. Throws `Error{input}` when it cannot be read or lacks a column.
  explicit Additions(Study const& study);

  /// Sets attributes of the whole candidate layer. Called before its fields get terrein's names, and after (`last`);
  /// attributes that criteria read and the source lacks are added then.
  void set_attributes(Layer& candidates, bool last);
  /// Sets what was measured of the candidates of the run, one measure per criterion of the study.
  [[nodiscard]] ManualMarks set_measures(MeasuringLayer const& candidates, std::vector<Measure>& measures);

  [[nodiscard]] std::vector<Addition> const& rows() const noexcept { return rows_; }
  [[nodiscard]] std::string const& sha256() const noexcept { return sha256_; }
  [[nodiscard]] std::string const& driver() const noexcept { return driver_; }
  [[nodiscard]] std::string const& source_layer() const noexcept { return source_layer_; }
  [[nodiscard]] std::size_t rows_read() const noexcept { return rows_read_; }
  [[nodiscard]] std::size_t count(std::string_view outcome) const;
  /// Gives away what there is to tell.
  [[nodiscard]] Issues take_issues() { return std::move(issues_); }

 private:
  void settle_targets();
  void settle_order();
  void set_attribute(Addition& one, Layer const& candidates, std::size_t row);
  void set_measure(Addition& one, std::size_t row, Measure& measure);
  void follow_attribute(Addition const& one, std::size_t row, std::vector<Measure>& measures, ManualMarks& marks);
  void refuse(Addition& one, std::string const& outcome, std::string const& text);
  void tell(Addition const& one, std::string const& code, Severity severity, std::string const& text);

  Study const& study_;
  std::vector<Addition> rows_;
  Issues issues_;
  std::map<std::string, Changes> changed_;  ///< on their way into a column
  std::map<std::string, AnyColumn> added_;  ///< columns that the source lacks
  std::string sha256_, driver_, source_layer_;
  std::size_t rows_read_ = 0;
};

/// The rows of a table of additions that are filled in; rows of nothing but id and field are left out.
struct FilledRows {
  std::vector<Addition> rows;
  std::string sha256, driver, source_layer;
  std::size_t rows_read = 0;
};
/// `layer` empty = the one called "additions", else the only one. Throws `Error{input}`.
[[nodiscard]] FilledRows read_filled_rows(std::string const& path, std::string const& written,
                                          std::string const& layer);

/// Throws `Error{output}` when the result that would be replaced holds a filled form that the study does not read.
void check_filled_form(Study const& study);
/// Whether the study reads its additions from the result that it replaces.
[[nodiscard]] bool reads_own_form(Study const& study);
/// "handmatig: veldbezoek"
[[nodiscard]] std::string manual_source(std::string const& source, Labels const& labels);

}  // namespace terrein
