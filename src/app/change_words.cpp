#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "compare_tables.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

std::string number_text(double value, int decimals, Language language) {
  std::string out = fmt::format("{:.{}f}", value, decimals);
  if (language == Language::nl) std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

std::string signed_text(double value, int decimals, Language language) {
  std::string const size = number_text(std::abs(value), decimals, language);
  bool const zero = size.find_first_not_of("0,.") == std::string::npos;
  return (zero ? "" : value > 0 ? "+" : "−") + size;
}

std::vector<CriterionPoints> by_size(std::vector<CriterionPoints> parts) {
  std::stable_sort(parts.begin(), parts.end(), [](CriterionPoints const& a, CriterionPoints const& b) {
    return std::abs(a.points) > std::abs(b.points);
  });
  return parts;
}

std::string part_text(ModelChanges const& model, CriterionPoints const& part, Labels const& labels) {
  return labels.get("change_cause", to_string(part.cause)) + " " + model.criteria[part.criterion].label + " " +
         signed_text(part.points, 1, labels.language());
}

std::string rule_text(ModelChanges const& model, RuleShift const& shift, Labels const& labels) {
  auto const result = [&](std::optional<RuleResult> const& one) {
    return one ? labels.get("rule_result", to_string(*one)) : std::string("–");
  };
  return model.rules[shift.rule].label + ": " + result(shift.before) + " → " + result(shift.after) + " (" +
         labels.get("change_reason", to_string(shift.reason)) + ")";
}

std::string main_cause(ModelChanges const& model, CandidateShift const& one, Labels const& labels) {
  if (!one.parts.empty()) return part_text(model, by_size(one.parts).front(), labels);
  return one.rules.empty() ? std::string() : rule_text(model, one.rules.front(), labels);
}

}  // namespace terrein
