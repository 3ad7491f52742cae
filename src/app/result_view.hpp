#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "result_facts.hpp"
#include "stored_scores.hpp"
#include "terrein/app/changes.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// A result that is compared with another.
class ComparedResult {
 public:
  ComparedResult(std::filesystem::path const& path, std::optional<Language> language);

  /// The model of the result; null where it has none with this key.
  [[nodiscard]] StoredModel const* find(std::string const& model) const;
  /// Scores, values and outcomes of a model by row. Throws `Error{input}` for a column that was left out.
  [[nodiscard]] ModelView view(StoredModel const& model, Labels const& labels) const;
  [[nodiscard]] MeasureOf measures() const;
  /// Shapes of candidates, in the order of `rows`.
  [[nodiscard]] GeometryColumn shapes(std::vector<Row> const& rows) const;
  /// Definition of the CRS of the candidates.
  [[nodiscard]] std::string crs() const { return file.crs(facts.layer); }

  std::filesystem::path const path;
  ResultFile const file;
  ResultFacts const facts;
  StoredCandidates const candidates;
};

}  // namespace terrein
