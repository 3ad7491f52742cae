#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "named_columns.hpp"
#include "robustness.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// A ranking with its robustness, whether a run made it or a result holds it.
struct RobustModel {
  ModelConfig const& config;
  std::vector<double> const& weights;  ///< shares of 1
  Column<double> const& rank;
  std::vector<RuleSpec const*> rules;
  std::optional<std::string> note;  ///< whose weights they are
  ModelRobustness const& found;
};

/// The tables about robustness, filled model after model.
class RobustnessTables {
 public:
  /// `ids` are those of the candidates, and must outlive it.
  RobustnessTables(std::vector<std::string> const& ids, RobustnessSpec const& spec);
  void add(RobustModel const& model);
  /// By name, in the order of `names`. Afterwards it is empty.
  [[nodiscard]] std::vector<std::pair<std::string, Table>> take();
  [[nodiscard]] static std::vector<std::string> names();

 private:
  [[nodiscard]] std::optional<std::string_view> id(Row row) const;
  void add_summary(RobustModel const& model);
  void add_weights(RobustModel const& model);
  void add_weight(RobustModel const& model, std::size_t j);
  void add_together(RobustModel const& model, char const* name, std::size_t input);
  void add_indices(RobustModel const& model, std::size_t input);
  void add_ranks(RobustModel const& model);
  void add_pairs(RobustModel const& model);
  void add_facts(RobustModel const& model);

  std::vector<std::string> const& ids_;
  RobustnessSpec spec_;
  NamedColumns summary_, weights_, ranks_, central_, pairs_, facts_;
  std::size_t summaries_ = 0, weight_rows_ = 0, rank_rows_ = 0, central_rows_ = 0, pair_rows_ = 0, fact_rows_ = 0;
};

}  // namespace terrein
