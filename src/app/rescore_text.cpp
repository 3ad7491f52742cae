#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "terrein/app/rescore.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

std::string to_text(RescoreReport const& report) {
  auto const pick = [&](char const* dutch, char const* english) {
    return report.language == Language::nl ? dutch : english;
  };
  std::string out;
  for (RescoredModel const& model : report.models) {
    out += fmt::format("{}: {} {}, {} {}\n", model.label, model.ranked,
                       pick("kandidaten met een rang", "candidates with a rank"), model.moved,
                       pick("op een andere plaats dan voorheen", "in another place than before"));
    out += fmt::format("  {} {}\n", pick("beste nu:", "best now:"), join(model.best, ", "));
    out += fmt::format("  {} {}\n", pick("voorheen:", "before:  "), join(model.best_before, ", "));
  }
  return out + report.output.string() + "\n";
}

std::string to_json(RescoreReport const& report) {
  nlohmann::ordered_json out{{"output", report.output.string()}, {"models", nlohmann::ordered_json::array()}};
  for (RescoredModel const& model : report.models)
    out["models"].push_back({{"model", model.key},
                             {"label", model.label},
                             {"ranked", model.ranked},
                             {"moved", model.moved},
                             {"best", model.best},
                             {"best_before", model.best_before}});
  return out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
