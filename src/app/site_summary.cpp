#include "site_summary.hpp"

#include <algorithm>

namespace terrein {

std::vector<SiteSummary> summarise_sites(std::vector<MadeLayer> const& made) {
  std::vector<SiteSummary> out;
  auto const layer = std::find_if(made.begin(), made.end(), [](MadeLayer const& one) { return one.name == "sites"; });
  if (layer == made.end()) return out;
  Table const& table = layer->table;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const text = [&](char const* column) { return text_at(*table.find(column), row).value_or(""); };
    auto const number = [&](char const* column) { return number_at(*table.find(column), row).value_or(0); };
    SiteSummary one;
    one.assembly = text("label").empty() ? text("assembly") : text("label");
    one.id = text("site_id");
    one.number = static_cast<std::size_t>(number("number"));
    one.gross_ha = number("gross_ha");
    one.developable_ha = number("developable_ha");
    one.net_ha = number("net_ha");
    one.parcels = static_cast<std::size_t>(number("parcels"));
    one.owners = static_cast<std::size_t>(number("owners"));
    one.owners_known = text("owners_basis") == "owners";
    one.value = number("value");
    one.gap = number("gap");
    one.proven = number("gap") == 0;
    one.weakest = text("weakest");
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::string> missing_sites(Issues const& issues) {
  std::vector<std::string> out;
  for (Issue const& issue : issues.rows())
    if (issue.stage == "assemble") out.push_back(issue.text);
  return out;
}

}  // namespace terrein
