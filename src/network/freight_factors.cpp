#include "terrein/network/freight_factors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <tuple>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// A quantity that a row of a kind may give.
struct Known {
  std::string_view kind, quantity, unit;
};
constexpr std::array known_quantities{
    Known{"truck", "euro_per_trip", "euro/trip"},
    Known{"truck", "t_per_trip", "t/trip"},
    Known{"truck", "km_in_trip", "km"},
    Known{"truck", "euro_per_tkm", "euro/tkm"},
    Known{"truck", "euro_per_th", "euro/th"},
    Known{"truck", "g_per_tkm", "g/tkm"},
    Known{"leg", "euro_per_tkm", "euro/tkm"},
    Known{"leg", "euro_per_th", "euro/th"},
    Known{"leg", "g_per_tkm", "g/tkm"},
    Known{"transfer", "euro_per_move", "euro/move"},
    Known{"transfer", "t_per_move", "t/move"},
    Known{"transfer", "euro_per_t", "euro/t"},
    Known{"transfer", "hours", "h"},
    Known{"transfer", "kg_per_t", "kg/t"},
};

/// Reads and checks the rows of a table.
class FactorRows {
 public:
  explicit FactorRows(CsvTable const& table) : table_(table) {
    for (std::size_t i = 0; i < table.rows.size(); ++i) rows_.push_back(row(i));
  }
  [[nodiscard]] std::vector<FactorRow> const& rows() const { return rows_; }

 private:
  [[nodiscard]] std::string const& cell(std::size_t i, char const* column) const {
    return table_.rows[i][table_.column(column)];
  }

  template <class... Parts>
  [[noreturn]] void refuse(std::size_t i, fmt::format_string<Parts...> text, Parts&&... parts) const {
    throw_error(ErrorKind::config, "{} line {}: {}", table_.file, table_.line[i],
                fmt::format(text, std::forward<Parts>(parts)...));
  }

  [[nodiscard]] double number(std::size_t i, char const* column) const {
    auto const value = parse_number(cell(i, column));
    if (!value || !std::isfinite(*value) || *value < 0)
      refuse(i, "{} '{}' is no number of 0 or more.", column, cell(i, column));
    return *value;
  }

  void check_word(std::size_t i, char const* column, std::vector<std::string> const& words) const {
    std::string const& word = cell(i, column);
    if (std::find(words.begin(), words.end(), word) == words.end())
      refuse(i, "{} '{}' is not one of {}.", column, word, join(words, ", "));
  }

  [[nodiscard]] FactorRow row(std::size_t i) const {
    FactorRow out{cell(i, "set"),   cell(i, "kind"),     cell(i, "mode"),   cell(i, "vehicle"),
                  cell(i, "goods"), cell(i, "quantity"), cell(i, "unit"),   {},
                  cell(i, "basis"), cell(i, "year"),     cell(i, "source"), cell(i, "mark"),
                  cell(i, "note"),  table_.line[i]};
    check_word(i, "kind", {"truck", "leg", "transfer"});
    check_word(i, "mode",
               out.kind == "truck" ? std::vector<std::string>{"road"} : std::vector<std::string>{"barge", "rail"});
    check_word(i, "goods", {"container", "bulk", "any"});
    check_word(i, "mark", {"verified", "unverified", "judgement"});
    auto const known = std::find_if(known_quantities.begin(), known_quantities.end(), [&out](Known const& one) {
      return one.kind == out.kind && one.quantity == out.quantity;
    });
    if (known == known_quantities.end()) refuse(i, "a row of kind '{}' has no quantity '{}'.", out.kind, out.quantity);
    if (out.unit != known->unit) refuse(i, "{} is given in '{}', not in '{}'.", out.quantity, known->unit, out.unit);
    check_vehicle(i, out);
    out.figure = {number(i, "value"), number(i, "low"), number(i, "high")};
    if (!(out.figure.low <= out.figure.value && out.figure.value <= out.figure.high))
      refuse(i, "the value {} does not lie between low {} and high {}.", out.figure.value, out.figure.low,
             out.figure.high);
    if (out.quantity.starts_with("t_per_") && !(out.figure.low > 0)) refuse(i, "{} must be above 0.", out.quantity);
    return out;
  }

  void check_vehicle(std::size_t i, FactorRow const& row) const {
    if (row.vehicle.empty()) return;
    bool const vessel = row.kind == "leg" && row.mode == "barge" && cemt_of(row.vehicle) != Cemt::unknown;
    bool const train =
        row.kind == "leg" && row.mode == "rail" && (row.vehicle == "electric" || row.vehicle == "diesel");
    if (!vessel && !train)
      refuse(i, "vehicle '{}' is neither a CEMT class of a leg by barge nor electric or diesel of a leg by rail.",
             row.vehicle);
  }

  CsvTable const& table_;
  std::vector<FactorRow> rows_;
};

/// The rows that count for some goods.
std::vector<FactorRow> chosen_rows(std::vector<FactorRow> const& rows, std::vector<std::string> const& sets,
                                   Goods goods, std::string const& file) {
  auto const place = [&sets](FactorRow const& row) {
    return std::find(sets.begin(), sets.end(), row.set) - sets.begin();
  };
  auto const fits = [&](FactorRow const& row) { return row.goods == "any" || row.goods == to_string(goods); };
  std::map<std::tuple<std::string, std::string, std::string>, std::ptrdiff_t> last;
  for (FactorRow const& row : rows) {
    if (!fits(row) || place(row) == std::ssize(sets)) continue;
    auto& known = last.try_emplace({row.kind, row.mode, row.quantity}, place(row)).first->second;
    known = std::max(known, place(row));
  }
  std::map<std::tuple<std::string, std::string, std::string, std::string>, FactorRow const*> of;
  for (FactorRow const& row : rows) {
    if (!fits(row) || place(row) == std::ssize(sets) || last.at({row.kind, row.mode, row.quantity}) != place(row))
      continue;
    auto& known = of[{row.kind, row.mode, row.vehicle, row.quantity}];
    if (known != nullptr && known->goods == row.goods)
      throw_error(ErrorKind::config, "{} line {}: line {} gives the same factor of set '{}'; leave one out.", file,
                  row.line, known->line, row.set);
    if (known == nullptr || known->goods == "any") known = &row;
  }
  std::vector<FactorRow> out;
  for (FactorRow const& row : rows)
    if (auto const found = of.find({row.kind, row.mode, row.vehicle, row.quantity});
        found != of.end() && found->second == &row)
      out.push_back(row);
  return out;
}

/// Looks factors up in the rows that count.
class Lookup {
 public:
  Lookup(std::vector<FactorRow> const& rows, std::string const& file) : rows_(rows), file_(file) {}

  [[nodiscard]] std::optional<Figure> find(std::string_view kind, std::string_view mode, std::string_view quantity,
                                           std::string_view vehicle = {}) const {
    for (FactorRow const& row : rows_)
      if (row.kind == kind && row.mode == mode && row.quantity == quantity && row.vehicle == vehicle) return row.figure;
    return std::nullopt;
  }
  [[nodiscard]] Figure need(std::string_view kind, std::string_view mode, std::string_view quantity) const {
    if (auto const found = find(kind, mode, quantity)) return *found;
    throw_error(ErrorKind::config, "{}: no row of the sets says {} of kind '{}', mode '{}'.", file_, quantity, kind,
                mode);
  }
  [[nodiscard]] Figure or_nothing(std::string_view kind, std::string_view mode, std::string_view quantity) const {
    return find(kind, mode, quantity).value_or(Figure{});
  }
  /// A price per `amount` of goods, per tonne; nothing without the price.
  [[nodiscard]] Figure per_tonne(std::string_view kind, std::string_view mode, std::string_view price,
                                 std::string_view tonnes) const {
    auto const euro = find(kind, mode, price);
    return euro ? *euro / need(kind, mode, tonnes) : Figure{};
  }

  [[nodiscard]] LegFactors leg(std::string_view kind, std::string_view mode) const {
    return {need(kind, mode, "euro_per_tkm"), or_nothing(kind, mode, "euro_per_th"), need(kind, mode, "g_per_tkm")};
  }
  /// What is told of a vehicle, over what is told of all.
  [[nodiscard]] LegFactors leg_of(std::string_view mode, std::string_view vehicle, LegFactors const& of_all) const {
    return {find("leg", mode, "euro_per_tkm", vehicle).value_or(of_all.euro_per_tkm),
            find("leg", mode, "euro_per_th", vehicle).value_or(of_all.euro_per_th),
            find("leg", mode, "g_per_tkm", vehicle).value_or(of_all.g_per_tkm)};
  }
  [[nodiscard]] ModeFactors mode(std::string_view name) const {
    ModeFactors out;
    out.leg = leg("leg", name);
    out.transfer = {
        or_nothing("transfer", name, "euro_per_t") + per_tonne("transfer", name, "euro_per_move", "t_per_move"),
        or_nothing("transfer", name, "hours"), or_nothing("transfer", name, "kg_per_t")};
    for (FactorRow const& row : rows_)
      if (row.kind == "leg" && row.mode == name && cemt_of(row.vehicle) != Cemt::unknown)
        out.vessels[cemt_of(row.vehicle)] = leg_of(name, row.vehicle, out.leg);
    out.electric = leg_of(name, "electric", out.leg);
    out.diesel = leg_of(name, "diesel", out.leg);
    return out;
  }

 private:
  std::vector<FactorRow> const& rows_;
  std::string const& file_;
};

std::string basis_of(std::vector<FactorRow> const& rows) {
  std::set<std::string> seen;
  for (FactorRow const& row : rows)
    if (!row.basis.empty()) seen.insert(row.basis);
  return join(std::vector<std::string>(seen.begin(), seen.end()), "; ");
}

/// The factors that the rows which count make up. `file` is named where a factor is missing.
FreightFactors made_of(std::vector<FactorRow> rows, std::string const& file) {
  FreightFactors out;
  out.used = std::move(rows);
  Lookup const factors(out.used, file);
  out.truck.leg = factors.leg("truck", "road");
  out.truck.euro_per_trip_t = factors.per_tonne("truck", "road", "euro_per_trip", "t_per_trip");
  out.truck.km_in_trip = factors.or_nothing("truck", "road", "km_in_trip").value;
  out.barge = factors.mode("barge");
  out.rail = factors.mode("rail");
  out.basis = basis_of(out.used);
  return out;
}

}  // namespace

std::string_view to_string(Mode mode) {
  switch (mode) {
    case Mode::road:
      return "road";
    case Mode::barge:
      return "barge";
    case Mode::rail:
      return "rail";
  }
  return {};
}

std::string_view to_string(Goods goods) { return goods == Goods::bulk ? "bulk" : "container"; }

LegFactors const& ModeFactors::of_vessel(Cemt largest) const {
  auto const above = largest == Cemt::unknown ? vessels.begin() : vessels.upper_bound(largest);
  return above == vessels.begin() ? leg : std::prev(above)->second;
}

FreightFactors read_freight_factors(CsvTable const& table, std::vector<std::string> const& sets, Goods goods) {
  FactorRows const all(table);
  std::vector<std::string> known;
  for (FactorRow const& row : all.rows())
    if (std::find(known.begin(), known.end(), row.set) == known.end()) known.push_back(row.set);
  for (std::string const& set : sets)
    if (std::find(known.begin(), known.end(), set) == known.end())
      throw_error(ErrorKind::config, "{} has no set of factors '{}'.{}", table.file, set, suggestion(set, known));
  return made_of(chosen_rows(all.rows(), sets, goods, table.file), table.file);
}

FreightFactors with_figures(FreightFactors const& factors, std::vector<double> const& figures) {
  if (figures.size() != factors.used.size())
    throw_error(ErrorKind::internal, "{} figures are given for {} factors.", figures.size(), factors.used.size());
  std::vector<FactorRow> rows = factors.used;
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].figure = Figure(figures[i]);
  return made_of(std::move(rows), "The table of factors");
}

}  // namespace terrein
