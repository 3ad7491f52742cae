#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "say.hpp"
#include "terrein/app/init_study.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

std::string coverage_text(InitLayer const& layer, Say const& say) {
  if (layer.coverage == "everywhere") return say("overal", "everywhere");
  if (layer.coverage == "members") return "";
  if (layer.role == "parcels") return "";
  if (layer.covers < 0) return say("omhullende", "extent");
  return fmt::format("{} {:.0f} %", say("omhullende", "extent"), 100 * layer.covers);
}

/// Columns side by side; widths count characters, not bytes.
std::string table_text(std::vector<std::vector<std::string>> const& rows) {
  auto const width_of = [](std::string const& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  };
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (auto const& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  std::string out;
  for (auto const& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i)
      line += " " + row[i] + std::string(widths[i] - width_of(row[i]) + 1, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string layers_text(InitReport const& report, Say const& say) {
  std::vector<std::vector<std::string>> rows{{say("rol", "role"), say("bestand", "file"), say("profiel", "profile"),
                                              say("datum", "date"), say("dekking", "coverage")}};
  for (InitLayer const& layer : report.layers)
    rows.push_back({layer.key, layer.source + (layer.layer.empty() ? "" : " (" + layer.layer + ")"),
                    layer.profile.empty() ? "-" : layer.profile,
                    layer.date.empty() ? say("niet vermeld", "not stated") : layer.date, coverage_text(layer, say)});
  return table_text(rows);
}

std::string missing_text(InitReport const& report, Say const& say) {
  if (report.missing.empty()) return {};
  std::string out = say("\nontbreekt\n", "\nmissing\n");
  for (InitMissing const& missing : report.missing) {
    out += fmt::format("  {}: {}\n", missing.role, missing.label);
    for (std::string const& text : missing.get) out += say("    te halen: ", "    to get: ") + text + "\n";
    if (!missing.lost.empty())
      out += say("    blijft onbekend: ", "    stays unknown: ") + join(missing.lost, "; ") + "\n";
  }
  return out;
}

std::string list_text(std::string const& head, std::vector<std::string> const& texts) {
  std::string out = texts.empty() ? "" : "\n" + head + "\n";
  for (std::string const& text : texts) out += "  " + text + "\n";
  return out;
}

}  // namespace

std::string to_text(InitReport const& report) {
  Say const say(report.language);
  std::string out = report.study.string() + "\n";
  if (!report.crs_why.empty()) out += say("rekent in: ", "computes in: ") + report.crs_why + "\n";
  out += "\n" + layers_text(report, say) + missing_text(report, say);
  std::vector<std::string> unused;
  for (InitUnused const& one : report.unused) unused.push_back(one.source + ": " + one.why);
  out += list_text(say("niet gebruikt", "not used"), unused);
  out += list_text(say("te kiezen (staat als commentaar in de studie)", "to choose (stands in the study as comments)"),
                   report.choices);
  out += list_text(say("in te vullen voor de studie loopt", "to fill in before the study runs"), report.to_fill);
  return out + "\nterrein check " + report.study.string() + "\n";
}

std::string to_json(InitReport const& report) {
  Json out{{"study", report.study.string()}, {"crs", report.crs}, {"crs_why", report.crs_why}};
  out["layers"] = out["missing"] = out["unused"] = Json::array();
  for (InitLayer const& layer : report.layers)
    out["layers"].push_back({{"role", layer.role},
                             {"key", layer.key},
                             {"source", layer.source},
                             {"layer", layer.layer},
                             {"profile", layer.profile.empty() ? Json(nullptr) : Json(layer.profile)},
                             {"date", layer.date.empty() ? Json(nullptr) : Json(layer.date)},
                             {"coverage", layer.coverage},
                             {"covers", layer.covers < 0 ? Json(nullptr) : Json(layer.covers)},
                             {"rows", layer.rows < 0 ? Json(nullptr) : Json(layer.rows)},
                             {"why", layer.why}});
  for (InitMissing const& missing : report.missing)
    out["missing"].push_back(
        {{"role", missing.role}, {"label", missing.label}, {"get", missing.get}, {"unknown", missing.lost}});
  for (InitUnused const& one : report.unused) out["unused"].push_back({{"source", one.source}, {"why", one.why}});
  out["choices"] = report.choices;
  out["to_fill"] = report.to_fill;
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
