#include "report/field_xml.hpp"
#include "report/template.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

using namespace report;

std::string changes_qml(std::filesystem::path const& styles, std::string const& model, OutputLayer const& layer,
                        Labels const& labels) {
  Values values = template_values(styles, labels);
  values["model"] = text_literal(model);
  values["rank_prefix"] = text_literal(labels.get("tip", "rank_prefix"));
  values["fields"] = fields_xml(layer, labels);
  return fill_file(styles, "changes.qml", values);
}

}  // namespace terrein
