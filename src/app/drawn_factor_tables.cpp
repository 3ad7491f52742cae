#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "drawn_factors.hpp"
#include "named_columns.hpp"
#include "result_facts.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

constexpr char const *of_value = "value", *of_low = "low", *of_high = "high";

}  // namespace

std::string draw_column(std::size_t draw) { return fmt::format("draw_{}", draw + 1); }

Table factor_draws_table(DrawnFactors const& drawn) {
  NamedColumns columns;
  for (char const* name : {"factor_set", "factor_kind", "mode", "vehicle", "goods", "quantity", "unit"})
    columns.texts(name);
  for (char const* name : {"value", "low", "high"}) columns.numbers(name);
  for (std::size_t draw = 0; draw < drawn.draws; ++draw) columns.numbers(draw_column(draw));
  for (DrawnFactor const& factor : drawn.factors) {
    FactorRow const& row = factor.row;
    for (auto const& [name, text] : {std::pair{"factor_set", &row.set},
                                     {"factor_kind", &row.kind},
                                     {"mode", &row.mode},
                                     {"vehicle", &row.vehicle},
                                     {"goods", &row.goods},
                                     {"quantity", &row.quantity},
                                     {"unit", &row.unit}})
      columns.texts(name).push(text->empty() ? std::nullopt : std::optional<std::string_view>(*text));
    columns.numbers("value").push(row.figure.value);
    columns.numbers("low").push(row.figure.low);
    columns.numbers("high").push(row.figure.high);
    for (std::size_t draw = 0; draw < drawn.draws; ++draw)
      columns.numbers(draw_column(draw)).push(factor.figures[draw]);
  }
  return columns.table(drawn.factors.size());
}

Table drawn_measures_table(DrawnFactors const& drawn, std::vector<std::string> const& ids) {
  std::vector<Column<double>> draws;
  for (std::size_t draw = 0; draw < drawn.draws; ++draw) draws.emplace_back(draw_column(draw), 0);
  TextColumn id("id"), criterion("criterion"), what("figure");
  for (auto const& of_criterion : drawn.measures) {
    DrawnMeasure const& measure = of_criterion.second;
    for (std::size_t i = 0; i < measure.rows.size(); ++i) {
      auto const begin = static_cast<std::ptrdiff_t>(i * drawn.draws),
                 end = begin + static_cast<std::ptrdiff_t>(drawn.draws);
      bool const known =
          std::equal(measure.low.begin() + begin, measure.low.begin() + end, measure.high.begin() + begin);
      auto const add = [&](char const* name, std::vector<double> const& figures) {
        id.push(ids[measure.rows[i]]);
        criterion.push(of_criterion.first);
        what.push(name);
        for (std::size_t draw = 0; draw < drawn.draws; ++draw) {
          double const figure = figures[i * drawn.draws + draw];
          draws[draw].push(std::isfinite(figure) ? std::optional(figure) : std::nullopt);
        }
      };
      if (known) {
        add(of_value, measure.low);
      } else {
        add(of_low, measure.low);
        add(of_high, measure.high);
      }
    }
  }
  Table out(id.size());
  for (TextColumn* column : {&id, &criterion, &what}) out.add(std::move(*column));
  for (Column<double>& column : draws) out.add(std::move(column));
  return out;
}

std::optional<DrawnFactors> read_drawn_measures(Table const& table, std::vector<std::string> const& ids) {
  DrawnFactors out;
  std::vector<Column<double> const*> draws;
  for (AnyColumn const& column : table.columns())
    if (name_of(column) == draw_column(draws.size())) draws.push_back(&std::get<Column<double>>(column));
  out.draws = draws.size();
  if (draws.empty() || table.rows() == 0) return std::nullopt;
  std::unordered_map<std::string, Row> row_of;
  for (Row row = 0; row < ids.size(); ++row) row_of.emplace(ids[row], row);
  constexpr double none = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < table.rows(); ++i) {
    auto const row = row_of.find(cell(table, "id", i));
    if (row == row_of.end())
      throw_error(ErrorKind::input,
                  "Table 'drawn_measures' names the candidate '{}', which no layer of the result has. Run the study "
                  "again.",
                  cell(table, "id", i));
    DrawnMeasure& measure = out.measures[cell(table, "criterion", i)];
    if (measure.rows.empty() || measure.rows.back() != row->second) {
      measure.rows.push_back(row->second);
      measure.low.resize(measure.low.size() + draws.size(), -none);
      measure.high.resize(measure.high.size() + draws.size(), none);
    }
    std::string const what = cell(table, "figure", i);
    std::size_t const begin = (measure.rows.size() - 1) * draws.size();
    for (std::size_t draw = 0; draw < draws.size(); ++draw) {
      if (!draws[draw]->is_known(i)) continue;
      double const figure = draws[draw]->values[i];
      if (what != of_high) measure.low[begin + draw] = figure;
      if (what != of_low) measure.high[begin + draw] = figure;
    }
  }
  return out;
}

}  // namespace terrein
