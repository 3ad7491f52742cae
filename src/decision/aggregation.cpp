#include "terrein/decision/aggregation.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "decision/combine.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

constexpr std::array method_names{
    std::pair{Method::weighted_sum, std::string_view("weighted_sum")},
    std::pair{Method::power_mean, std::string_view("power_mean")},
    std::pair{Method::owa, std::string_view("owa")},
    std::pair{Method::topsis, std::string_view("topsis")},
    std::pair{Method::vikor, std::string_view("vikor")},
    std::pair{Method::promethee, std::string_view("promethee")},
};

void require_fitting_normalisation(Aggregation const& of) {
  bool const free = of.method == Method::topsis;
  bool const linear = of.normalisation == Normalisation::fixed ||
                      (of.method == Method::vikor && of.normalisation == Normalisation::minmax);
  if (free || linear) return;
  if (of.method == Method::vikor)
    throw_error(
        ErrorKind::config,
        "VIKOR with the normalisation '{}' would be that with 'minmax', as it is linear between the best and the "
        "worst; use 'fixed' or 'minmax'.",
        to_string(of.normalisation));
  throw_error(ErrorKind::config,
              "The method '{}' has no normalisation '{}'; it takes the values of the value functions ('fixed').",
              to_string(of.method), to_string(of.normalisation));
}

VetoResult result_of(Values const& values, std::size_t row, double below) {
  bool const known = values.value.is_known(row);
  double const least = known ? values.value.values[row] : values.low[row];
  double const most = known ? values.value.values[row] : values.high[row];
  if (most < below) return VetoResult::vetoed;
  return least < below ? VetoResult::unknown : VetoResult::none;
}

}  // namespace

std::string_view to_string(Method method) {
  for (auto const& [known, name] : method_names)
    if (known == method) return name;
  return {};
}

std::optional<Method> aggregation_method(std::string_view text) {
  for (auto const& [method, name] : method_names)
    if (name == text) return method;
  return std::nullopt;
}

std::vector<std::string> known_methods() {
  std::vector<std::string> out;
  for (auto const& [method, name] : method_names) out.emplace_back(name);
  return out;
}

std::string_view to_string(VetoResult result) {
  switch (result) {
    case VetoResult::none:
      return "none";
    case VetoResult::vetoed:
      return "vetoed";
    case VetoResult::unknown:
      return "unknown";
  }
  return {};
}

void require_valid(Aggregation const& of, std::size_t criteria) {
  require_fitting_normalisation(of);
  if (!(of.compensation <= 1))
    throw_error(ErrorKind::config, "The compensation is '{}'; it must be 1 (full) or less, such as 0, -1 or -inf.",
                shortest(of.compensation));
  if (!(of.orness >= 0 && of.orness <= 1))
    throw_error(ErrorKind::config, "The orness is '{}'; it must lie from 0 (the worst value) to 1 (the best).",
                shortest(of.orness));
  if (!(of.v >= 0 && of.v <= 1))
    throw_error(ErrorKind::config, "v of VIKOR is '{}'; it must lie from 0 (the worst criterion) to 1 (all together).",
                shortest(of.v));
  if (of.method == Method::promethee && !of.preferences.empty() && of.preferences.size() != criteria)
    throw_error(ErrorKind::config, "{} preferences were given for {} criteria; give one for each, or none.",
                of.preferences.size(), criteria);
  for (Preference const& preference : of.preferences) require_valid(preference);
  for (Veto const& veto : of.vetoes)
    if (veto.criterion >= criteria || !std::isfinite(veto.below))
      throw_error(ErrorKind::config, "A veto below '{}' on criterion {} of {} is none.", shortest(veto.below),
                  veto.criterion + 1, criteria);
}

Scores aggregate(std::vector<Values const*> const& values, std::vector<double> const& weights,
                 Aggregation const& aggregation, unsigned workers) {
  require_valid(aggregation, values.size());
  require_fit(values, weights);
  bool const plain = aggregation.method == Method::weighted_sum ||
                     (aggregation.method == Method::power_mean && aggregation.compensation == 1);
  if (plain) return weighted_sum(values, weights, workers);
  if (aggregation.method == Method::promethee) {
    auto const flows = flow_values(values, weights, aggregation, workers);
    std::vector<Values const*> columns;
    for (Values const& column : flows) columns.push_back(&column);
    return weighted_sum(columns, weights, workers);
  }
  std::vector<Member> members;
  for (std::size_t i = 0; i < values.size(); ++i) members.push_back({values[i], weights[i], nullptr, 1, 1});
  Scores out = combine(members, aggregation, workers);
  widen(out, workers);
  return out;
}

VetoOutcome vetoes_of(std::vector<Values const*> const& values, std::vector<Veto> const& vetoes, unsigned workers) {
  Aggregation settings;
  settings.vetoes = vetoes;
  require_valid(settings, values.size());
  std::size_t const rows = values.empty() ? 0 : values.front()->value.size();
  VetoOutcome out{std::vector<VetoResult>(rows, VetoResult::none), std::vector<std::int32_t>(rows, -1)};
  parallel_chunks(rows, workers, 8192, [&](unsigned, std::size_t begin, std::size_t end) {
    for (Veto const& veto : vetoes)
      for (std::size_t row = begin; row < end; ++row) {
        VetoResult const result = result_of(*values[veto.criterion], row, veto.below);
        bool const worse = result == VetoResult::vetoed ? out.result[row] != VetoResult::vetoed
                                                        : result == VetoResult::unknown && out.by[row] < 0;
        if (!worse) continue;
        out.result[row] = result;
        out.by[row] = static_cast<std::int32_t>(veto.criterion);
      }
  });
  return out;
}

}  // namespace terrein
