#include <algorithm>
#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

std::vector<TargetSpec> read_targets(TomlTable& root, Study const& study) {
  std::vector<TargetSpec> out;
  std::vector<std::string> scored;
  for (ModelConfig const& model : study.models)
    if (!model.criteria.empty()) scored.push_back(model.key);
  TomlTable targets = root.table("targets");
  for (std::string const& key : targets.keys()) {
    check_key(targets, key);
    TomlTable table = targets.table(key);
    TargetSpec one;
    one.key = key;
    std::string const label = table.text_or("label", "");
    one.label_nl = table.text_or("label_nl", label);
    one.label_en = table.text_or("label_en", label);
    one.like = table.text_or("like", "");
    if (one.like.empty()) table.problem("like", "is missing: the id of a candidate whose like is looked for.");
    one.model = table.text_or("model", scored.empty() ? "" : scored.front());
    if (std::find(scored.begin(), scored.end(), one.model) == scored.end())
      table.problem("model",
                    "the study has no model '" + one.model + "' with criteria." + suggestion(one.model, scored));
    double const n = table.number("n").value_or(static_cast<double>(one.n));
    if (!(n >= 1) || n > 10000 || n != std::floor(n))
      table.problem("n", "must be a whole number from 1 to 10000.");
    else
      one.n = static_cast<std::size_t>(n);
    table.finish();
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein
