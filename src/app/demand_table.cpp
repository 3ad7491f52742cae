#include "demand_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/prepare/join.hpp"

namespace terrein {
namespace {

/// Why a row does not count.
struct Fault {
  std::string code, text;
};

/// Reads rows of the table.
class TableReader {
 public:
  TableReader(DemandSpec const& spec, MadeFrom const& from, Subregions const& regions)
      : spec_(spec),
        from_(from),
        regions_(regions),
        layer_(from.layers.layers.at(spec.table).layer),
        config_(*from.study.find_layer(spec.table)) {
    for (auto const& [name, column] : spec.columns) columns_[name] = layer_.attributes.find(column);
    if (columns_.at("subregion") == nullptr) missing("subregion", "the name of the subregion of each row");
    bool const any = has("demand_ha") || has("jobs_change") || has("latent_ha") || has("yearly_ha");
    if (!any) missing("demand_ha", "hectares, or in their place those of jobs_change, park_share and m2_per_job");
  }

  DemandTable read() {
    DemandTable out;
    for (Row row = 0; row < layer_.size(); ++row) {
      try {
        out.rows.push_back(read_row(row));
      } catch (Fault const& fault) {
        ++out.left_out;
        if (!fault.code.empty()) tell(row, fault);
      }
    }
    return out;
  }

 private:
  [[nodiscard]] bool has(char const* name) const { return columns_.at(name) != nullptr; }

  [[noreturn]] void missing(std::string const& name, std::string const& what) const {
    throw_error(ErrorKind::input,
                "Layer '{}', the table of [demand], has no column '{}': {}. It has {}. Name the columns in "
                "[demand.columns].",
                spec_.table, spec_.columns.at(name), what, join(layer_.attributes.names(), ", "));
  }

  [[nodiscard]] std::string text(char const* name, Row row) const {
    AnyColumn const* const column = columns_.at(name);
    return column == nullptr ? std::string{} : std::string(trim(text_at(*column, row).value_or("")));
  }

  /// A number from `least` to `most`; nothing where the cell is blank.
  [[nodiscard]] std::optional<double> number(char const* name, Row row, double least = 0,
                                             double most = std::numeric_limits<double>::max()) const {
    std::string const written = text(name, row);
    if (written.empty()) return std::nullopt;
    auto const value = number_at(*columns_.at(name), row);
    std::string const& column = spec_.columns.at(name);
    if (!value || !std::isfinite(*value))
      throw Fault{"demand_number", fmt::format("'{}' holds '{}', which is no plain number.", column, written)};
    if (*value < least || *value > most)
      throw Fault{"demand_number", most <= 1 ? fmt::format("'{}' is {}; a share is from 0 to 1.", column, written)
                                             : fmt::format("'{}' is {}, and cannot be negative.", column, written)};
    return value;
  }
  [[nodiscard]] std::optional<double> share(char const* name, Row row) const { return number(name, row, 0, 1); }

  [[nodiscard]] std::optional<Ranged> ranged(char const* name, char const* low, char const* high, Row row,
                                             double least = 0) const {
    auto const value = number(name, row, least), from = number(low, row, least), to = number(high, row, least);
    if (!value) {
      if (!from && !to) return std::nullopt;
      throw Fault{"demand_number", fmt::format("'{}' is blank beside its least or most.", spec_.columns.at(name))};
    }
    Ranged const out{from.value_or(*value), *value, to.value_or(*value)};
    if (out.low > out.value || out.high < out.value)
      throw Fault{"demand_number", fmt::format("'{}' is {}, which is not from {} to {}.", spec_.columns.at(name),
                                               out.value, out.low, out.high)};
    return out;
  }

  [[nodiscard]] std::string subregion(Row row) const {
    std::string const written = text("subregion", row), out = regions_.named(written);
    if (!out.empty()) return out;
    // The join has told of a key that no subregion has.
    auto const& join = config_.join;
    bool const is_told = join && join->layer == spec_.subregions && !layer_.geometry.has_shape(row) &&
                         lower(join->key) == lower(spec_.columns.at("subregion"));
    if (is_told) throw Fault{};
    throw Fault{"unknown_subregion", written.empty()
                                         ? "It names no subregion."
                                         : fmt::format("Layer '{}' has no subregion '{}'.", spec_.subregions, written)};
  }

  [[nodiscard]] ParkKind kind(Row row) const {
    std::string const word = lower(text("kind", row));
    if (word == "regionaal" || word == "regional") return ParkKind::regional;
    if (word == "lokaal" || word == "local") return ParkKind::local;
    if (word.empty() || word == "any" || word == "alle") return ParkKind::any;
    throw Fault{"demand_kind", fmt::format("The kind '{}' is not one of regionaal, lokaal, any.", word)};
  }

  [[nodiscard]] DemandRow read_row(Row row) const {
    DemandRow out;
    out.subregion = subregion(row);
    out.kind = kind(row);
    out.plot_size = text("plot_size", row);
    out.jobs_change = ranged("jobs_change", "jobs_low", "jobs_high", row, std::numeric_limits<double>::lowest());
    out.park_share = share("park_share", row);
    out.m2_per_job = ranged("m2_per_job", "m2_low", "m2_high", row);
    out.demand_ha = ranged("demand_ha", "demand_low_ha", "demand_high_ha", row);
    out.demography = number("demography", row).value_or(1);
    out.space_trend = number("space_trend", row).value_or(1);
    out.mixed_share = share("mixed_share", row).value_or(0);
    out.water_share = share("water_share", row).value_or(0);
    auto const latent = number("latent_ha", row), years = number("stock_years", row), yearly = number("yearly_ha", row);
    out.latent_ha = latent.value_or(0);
    out.stock_years = years.value_or(0);
    out.yearly_ha = yearly.value_or(0);
    if (years.has_value() != yearly.has_value())
      throw Fault{"demand_incomplete", "An iron stock needs both the years and the yearly take-up."};
    bool const any_jobs = out.jobs_change || out.park_share || out.m2_per_job;
    if (any_jobs && out.demand_ha)
      throw Fault{"demand_twice", "It gives hectares and jobs; only one of both can be the demand."};
    if (any_jobs && !(out.jobs_change && out.park_share && out.m2_per_job))
      throw Fault{"demand_incomplete",
                  "Land for jobs needs the change of jobs, the share on business parks and the m² per job."};
    if (!any_jobs && !out.demand_ha && !latent && !years)
      throw Fault{"demand_incomplete", "It asks for nothing: neither hectares nor jobs, latent demand or stock."};
    check_size(out);
    return out;
  }

  static void check_size(DemandRow const& row) {
    RowDemand const demand = demand_of(row);
    constexpr double most_ha = 1e5;
    for (double const ha : {demand.jobs_ha.low, demand.jobs_ha.high, demand.fixed_ha.high, demand.stock_ha})
      if (!(std::abs(ha) <= most_ha))
        throw Fault{"demand_number", fmt::format("It comes to {:g} ha; look at its units.", ha)};
  }

  void tell(Row row, Fault const& fault) const {
    std::string const sector = text("sector", row);
    from_.issues.add(
        {.layer = spec_.table,
         .feature_id = layer_.id[row],
         .stage = "demand",
         .code = fault.code,
         .severity = Severity::error,
         .text = fault.text + (sector.empty() ? "" : " (" + sector + ")") + " The row does not count as demand."});
  }

  DemandSpec const& spec_;
  MadeFrom const& from_;
  Subregions const& regions_;
  Layer const& layer_;
  LayerConfig const& config_;
  std::map<std::string, AnyColumn const*> columns_;
};

}  // namespace

Subregions::Subregions(DemandSpec const& spec, MadeFrom const& from)
    : layer_(from.layers.layers.at(spec.subregions).layer), by_id_(layer_.size()), name_of_(layer_.size()) {
  auto const& kinds = layer_.geometry.kind;
  if (layer_.size() > 0 && std::find(kinds.begin(), kinds.end(), GeometryKind::polygon) == kinds.end())
    throw_error(ErrorKind::input, "Layer '{}' holds no polygons; the subregions of [demand] are areas.",
                spec.subregions);
  for (Row row = 0; row < layer_.size(); ++row) by_id_[layer_.id_rank[row]] = row;
  AnyColumn const* const names = spec.subregion_field.empty() ? nullptr : layer_.attributes.find(spec.subregion_field);
  for (Row const row : by_id_) {
    std::string const name(trim(names == nullptr ? layer_.id[row] : text_at(*names, row).value_or("")));
    if (name.empty()) continue;
    name_of_[row] = name_.try_emplace(join_key(name), name).first->second;
  }
}

std::string Subregions::named(std::string const& name) const {
  auto const found = name_.find(join_key(name));
  return found == name_.end() ? "" : found->second;
}

std::string Subregions::at(Point place) const {
  for (Row const row : by_id_)
    if (layer_.geometry.kind[row] == GeometryKind::polygon &&
        layer_.geometry.box[row].meets({place.x, place.y, place.x, place.y}) &&
        locate(layer_.geometry, row, place) >= 0)
      return name_of_[row];
  return "";
}

std::vector<std::string> Subregions::names() const {
  std::vector<std::string> out;
  for (auto const& [key, name] : name_) out.push_back(name);
  std::sort(out.begin(), out.end());
  return out;
}

DemandTable read_demand_table(DemandSpec const& spec, MadeFrom const& from, Subregions const& regions) {
  return TableReader(spec, from, regions).read();
}

}  // namespace terrein
