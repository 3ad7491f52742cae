#include "html.hpp"
#include "terrein/app/counterfactual.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

std::string to_html(Counterfactual const& report, Labels const& labels) {
  std::string out = "<section>\n" + element("h2", "", labels.get("term", "what_would_do")) + "\n";
  bool in_list = false;
  // The text tells models at its margin, sentences further in, and what belongs to a sentence further in still.
  for (std::string const& line : split(to_text(report, labels), '\n')) {
    bool const item = line.starts_with("    ");
    if (item != in_list) out += item ? "<ul>\n" : "</ul>\n";
    in_list = item;
    if (line.empty()) continue;
    out += element(item ? "li" : line.front() == ' ' ? "p" : "h3", "", trim(line)) + "\n";
  }
  return out + (in_list ? "</ul>\n" : "") + "</section>\n";
}

std::string with_section(std::string page, std::string const& section) {
  auto const foot = page.rfind("<footer>");
  return page.insert(foot == std::string::npos ? page.size() : foot, section);
}

}  // namespace terrein
