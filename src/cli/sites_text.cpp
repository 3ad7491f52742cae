#include "sites_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace terrein::cli {
namespace {

std::string decimal(double value, int digits, Language language) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (language == Language::nl) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string site_line(SiteSummary const& site, Language language) {
  bool const nl = language == Language::nl;
  auto const ha = [language](double value) { return decimal(value, 1, language); };
  std::string out =
      fmt::format(fmt::runtime(nl ? "{:4}. {}  {} ha bruto · {} ontwikkelbaar · {} netto · {} percelen"
                                  : "{:4}. {}  {} ha gross · {} developable · {} net · {} parcels"),
                  site.number, site.id, ha(site.gross_ha), ha(site.developable_ha), ha(site.net_ha), site.parcels);
  if (site.owners_known) out += fmt::format(fmt::runtime(nl ? " · {} eigenaars" : " · {} owners"), site.owners);
  out += "\n        ";
  out += fmt::format(fmt::runtime(nl ? "waarde {}" : "value {}"), decimal(site.value, 2, language));
  if (site.proven)
    out += nl ? ", bewezen de beste" : ", proven the best";
  else
    out += fmt::format(fmt::runtime(nl ? ", hoogstens {} % onder de beste" : ", at most {} % below the best"),
                       decimal(std::ceil(1000 * site.gap) / 10, 1, language));
  if (!site.weakest.empty()) out += (nl ? "; zwakste schakel " : "; weakest link ") + site.weakest;
  return out + "\n";
}

}  // namespace

std::string sites_text(RunSummary const& summary, Language language) {
  std::string out, last;
  for (SiteSummary const& site : summary.sites) {
    if (site.assembly != last) out += "\n" + site.assembly + "\n";
    last = site.assembly;
    out += site_line(site, language);
  }
  for (std::string const& text : summary.missing_sites) out += (last.empty() ? "\n" : "") + text + "\n";
  return out;
}

}  // namespace terrein::cli
