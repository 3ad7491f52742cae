#pragma once

#include "made_layers.hpp"
#include "terrein/criteria/chains.hpp"

namespace terrein {

/// What the layers of a study tell of the places that chains pass: shown beside the chains, it changes no price.
class ChainPlaces {
 public:
  explicit ChainPlaces(StudyLayers const& layers) : layers_(layers) {}
  void push(ChainSpec const& spec, ChainRow const& row);
  void add_to(Table& table) &&;

 private:
  [[nodiscard]] AnyColumn const* attribute(std::string const& layer, std::string const& field) const;
  [[nodiscard]] std::optional<double> number(std::string const& layer, std::string const& field, Row row) const;
  void push_terminal(ChainSpec const& spec, Row row, Column<double>& capacity, TextColumn& hours);
  [[nodiscard]] std::optional<double> train(ChainSpec const& spec, ChainRow const& row) const;
  [[nodiscard]] std::optional<std::string> approximate(ChainSpec const& spec, ChainRow const& row) const;

  StudyLayers const& layers_;
  Column<double> capacity_{"terminal_capacity", 0}, to_capacity_{"to_terminal_capacity", 0}, train_{"train_m", 0};
  TextColumn hours_{"terminal_hours"}, to_hours_{"to_terminal_hours"}, approximate_{"approximate"};
};

}  // namespace terrein
