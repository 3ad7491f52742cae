#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "terrein/decision/weights.hpp"
#include "toml_table.hpp"

namespace terrein {

/// Values of a file that are neither texts nor numbers, such as lists in lists, by table and key.
class NestedValues {
 public:
  explicit NestedValues(TomlFile const& file);
  /// Null where there is no such value; counts the key as asked for.
  [[nodiscard]] nlohmann::json const* find(TomlTable& table, std::string const& key) const;

 private:
  std::map<std::string, nlohmann::json> values_;
};

/// What somebody said of the importance of some criteria, and the weights that follow.
struct FormAnswer {
  std::vector<double> weights;  ///< one per criterion of the subject, sum 1
  std::vector<double> low, high;
  Elicitation how = Elicitation::direct;
  std::optional<Consistency> consistency;
};

/// The criteria that a form is about: `subject` has those that count; `all` those of the model, for faults.
struct FormCriteria {
  WeightSubject subject;
  std::vector<std::string> all;
  std::string model;
};

/// Place of a criterion in the subject. Unknown names, and those left out by `without`, become problems at `key`.
std::optional<std::size_t> place_of(std::string const& name, FormCriteria const& criteria, TomlTable& table,
                                    std::string_view key);

// The forms but direct weights and weights from data. Each gives nothing where it told a problem; a fault of the
// judgements themselves is thrown as `Error{config}`.
std::optional<FormAnswer> read_ranking(TomlTable& table, NestedValues const& values, FormCriteria const& criteria);
std::optional<FormAnswer> read_swing(TomlTable& table, NestedValues const& values, FormCriteria const& criteria);
std::optional<FormAnswer> read_pairs(TomlTable& table, NestedValues const& values, FormCriteria const& criteria);
std::optional<FormAnswer> read_best_worst(TomlTable& table, FormCriteria const& criteria);

}  // namespace terrein
