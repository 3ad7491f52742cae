#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "network_words.hpp"
#include "terrein/app/check_networks.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_told = 5;  ///< findings of one code, for people

char const* name_of(Connect connect) {
  switch (connect) {
    case Connect::node_ids:
      return "node_ids";
    case Connect::vertices:
      return "vertices";
    case Connect::ends:
      return "ends";
  }
  return "";
}

std::string parts_line(NetworkReport::Parts const& parts, std::string const& what, bool nl) {
  return fmt::format("  {}: {} ({} {:.1f} % {}, {:.1f} % {})\n", what, parts.count, nl ? "het grootste" : "the largest",
                     100 * parts.share_nodes, nl ? "van de knopen" : "of the nodes", 100 * parts.share_length,
                     nl ? "van de lengte" : "of the length");
}

std::string finding_line(NetworkFinding const& finding) {
  std::string out = "      '" + finding.id + "'";
  if (std::isfinite(finding.x)) out += fmt::format(" ({:.2f} {:.2f})", finding.x, finding.y);
  std::string const detail = network_detail(finding);
  return out + (detail.empty() ? "" : ": " + detail) + "\n";
}

std::string findings_text(NetworkReport const& report, Language language) {
  std::string out;
  auto const counts = report.counts();
  for (std::string_view const code : network_codes()) {
    auto const count = counts.find(code);
    if (count == counts.end()) continue;
    out += fmt::format("  {} {}\n", count->second, network_words(code, language));
    auto at = std::find_if(report.findings.begin(), report.findings.end(),
                           [code](NetworkFinding const& one) { return one.code == code; });
    for (std::size_t told = 0; told < std::min(most_told, count->second); ++told, ++at) out += finding_line(*at);
    if (count->second > most_told)
      out += fmt::format("      {} {}\n", language == Language::nl ? "en nog" : "and more:", count->second - most_told);
  }
  return out;
}

std::string network_text(CheckedNetwork const& network, Language language) {
  bool const nl = language == Language::nl;
  NetworkReport const& report = network.report;
  std::string out = fmt::format("\n{}  {}", network.key, network.source);
  if (!network.crs.empty()) out += ", " + network.crs;
  out += fmt::format(", connect = {}\n", name_of(network.connect));
  out += fmt::format("  {}/{} {}, {} {}, {} {}, {:.3f} km\n", report.lines, report.rows, nl ? "lijnen" : "lines",
                     report.nodes, nl ? "knopen" : "nodes", report.arcs, nl ? "verbindingen" : "arcs",
                     report.length_m / 1000);
  out += parts_line(report.joined, nl ? "delen die niet aan elkaar vastzitten" : "parts that no line joins", nl);
  out +=
      parts_line(report.mutual, nl ? "delen waarbinnen men overal komt" : "parts within which all can be reached", nl);
  if (report.snapped_most_m > 0)
    out += fmt::format("  {}: {:.4f} m\n",
                       nl ? "verste afstand van een einde tot zijn knoop" : "furthest end from its node",
                       report.snapped_most_m);
  if (!network.by_limits)
    out += nl ? "  de studie noemt geen grenzen (limits): niets is gesloten voor een te zwaar of te groot voertuig\n"
              : "  the study names no limits: nothing is closed to a vehicle that is too heavy or too large\n";
  return out + findings_text(report, language);
}

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json finding_json(NetworkFinding const& finding) {
  Json out{{"code", finding.code}, {"id", finding.id}};
  out["other"] = finding.other.empty() ? Json(nullptr) : Json(finding.other);
  out["x"] = number_or_null(finding.x);
  out["y"] = number_or_null(finding.y);
  out["value"] = number_or_null(finding.value);
  return out;
}

Json parts_json(NetworkReport::Parts const& parts) {
  return {{"count", parts.count},
          {"largest_share_of_nodes", parts.share_nodes},
          {"largest_share_of_length", parts.share_length}};
}

Json network_json(CheckedNetwork const& network) {
  NetworkReport const& report = network.report;
  Json out{{"layer", network.key},
           {"source", network.source},
           {"crs", network.crs},
           {"connect", name_of(network.connect)},
           {"tolerance_m", network.tolerance_m},
           {"limits", network.by_limits},
           {"rows", report.rows},
           {"lines", report.lines},
           {"nodes", report.nodes},
           {"arcs", report.arcs},
           {"length_m", report.length_m},
           {"joined_parts", parts_json(report.joined)},
           {"mutual_parts", parts_json(report.mutual)},
           {"snapped_most_m", report.snapped_most_m}};
  out["counts"] = Json::object();
  auto const counts = report.counts();
  for (std::string_view const code : network_codes()) {
    auto const count = counts.find(code);
    out["counts"][std::string(code)] = count == counts.end() ? 0 : count->second;
  }
  out["findings"] = Json::array();
  for (NetworkFinding const& finding : report.findings) out["findings"].push_back(finding_json(finding));
  return out;
}

}  // namespace

std::string to_text(NetworksCheck const& check) {
  bool const nl = check.language == Language::nl;
  std::string out = fmt::format("{}: {}\n", check.study, check.title.empty() ? "?" : check.title);
  for (CheckedNetwork const& network : check.networks) out += network_text(network, check.language);
  if (!check.faults.empty()) out += nl ? "\nfouten in de gegevens\n" : "\nfaults of the data\n";
  for (CheckFault const& fault : check.faults) out += "  " + fault.text + "\n";
  return out;
}

std::string to_json(NetworksCheck const& check) {
  Json out{{"study", check.study}, {"title", check.title}, {"usable", check.exit_code() == 0}};
  out["faults"] = out["networks"] = Json::array();
  for (CheckFault const& fault : check.faults) out["faults"].push_back({{"layer", fault.layer}, {"text", fault.text}});
  for (CheckedNetwork const& network : check.networks) out["networks"].push_back(network_json(network));
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
