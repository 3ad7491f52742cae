#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "terrein/app/check_study.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

/// The words of one language.
class Words {
 public:
  explicit Words(Language language) : nl_(language == Language::nl) {}
  [[nodiscard]] char const* operator()(char const* nl, char const* en) const { return nl_ ? nl : en; }
  [[nodiscard]] std::string percent(double share) const { return fmt::format("{:.1f} %", 100 * share); }

 private:
  bool nl_;
};

std::string padded(std::string const& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string layer_line(CheckedLayer const& layer, std::size_t width, Words const& say) {
  std::string out = "  " + padded(layer.key, width) + "  " + layer.source;
  if (!layer.source_layer.empty() && layer.source_layer != layer.key) out += " (" + layer.source_layer + ")";
  if (!layer.usable) return out + say(": niet bruikbaar\n", ": cannot be used\n");
  out += fmt::format(": {}/{} {}", layer.rows_kept, layer.rows_read, say("rijen", "rows"));
  if (!layer.crs.empty()) out += ", " + layer.crs;
  if (!layer.transformation.empty()) out += ", " + layer.transformation;
  if (!layer.profile.empty()) out += say(", profiel ", ", profile ") + layer.profile;
  out += say(", dekking ", ", coverage ") + layer.coverage;
  if (!layer.date.empty()) out += ", " + layer.date;
  if (layer.repaired > 0) out += fmt::format(", {} {}", layer.repaired, say("hersteld", "repaired"));
  if (layer.beyond_repair > 0)
    out += fmt::format(", {} {}", layer.beyond_repair, say("niet te herstellen", "beyond repair"));
  if (layer.without_shape > 0) out += fmt::format(", {} {}", layer.without_shape, say("zonder vorm", "without shape"));
  return out + "\n";
}

std::string layers_text(CheckResult const& check, Words const& say) {
  if (check.layers.empty()) return {};
  std::size_t width = 0;
  for (CheckedLayer const& layer : check.layers) width = std::max(width, layer.key.size());
  std::string out = say("\nlagen (rijen die tellen / gelezen)\n", "\nlayers (rows that count / read)\n");
  for (CheckedLayer const& layer : check.layers) out += layer_line(layer, width, say);
  return out;
}

std::string models_text(CheckResult const& check, Words const& say) {
  std::string out;
  for (PlannedModel const& model : check.models) {
    out += fmt::format("\nmodel {}: {} ({})\n", model.key, model.label, model.weights_note);
    for (PlannedPart const& part : model.parts) {
      out += part.rule ? fmt::format("  {} {}", say("regel", "rule"), part.key)
                       : fmt::format("  {:>6}  {}", say.percent(part.share), part.key);
      out += fmt::format(" = {}: {}", part.label, part.what);
      if (!part.layer.empty()) out += fmt::format(", {} {}", say("laag", "layer"), part.layer);
      out += "\n";
    }
  }
  return out;
}

std::string gap_line(CheckGap const& gap, CheckResult const& check, Words const& say) {
  std::string const what = gap.rule ? fmt::format("{} {}", say("regel", "rule"), gap.key) : fmt::format("{}", gap.key);
  std::string out = fmt::format("  {} {} ({})", gap.model, what, gap.label);
  if (!gap.rule) out += ", " + say.percent(gap.share);
  if (check.candidates > 0)
    out += gap.candidates == check.candidates ? say(": bij alle kandidaten", ": for all candidates")
                                              : fmt::format(": {} {} {} {}", say("bij", "for"), gap.candidates,
                                                            say("van de", "of the"), check.candidates);
  return out + (gap.why.empty() ? "" : std::string(say(", want ", ", because ")) + gap.why) + "\n";
}

std::string gaps_text(CheckResult const& check, Words const& say) {
  if (check.gaps.empty()) return {};
  std::string out = say("\nblijft onbekend\n", "\nstays unknown\n");
  for (CheckGap const& gap : check.gaps) out += gap_line(gap, check, say);
  return out;
}

std::string issues_text(CheckResult const& check, Words const& say) {
  if (check.issues.empty()) return {};
  std::string out = say("\naandachtspunten\n", "\nissues\n");
  for (CheckIssue const& issue : check.issues) {
    out += fmt::format("  {} {} {} ({})", to_string(issue.severity), issue.layer, issue.code, issue.count);
    out += issue.texts.size() == 1 ? ": " + issue.texts.front() + "\n" : "\n";
    if (issue.texts.size() > 1)
      for (std::string const& text : issue.texts) out += "    " + text + "\n";
  }
  return out;
}

std::string outputs_text(CheckResult const& check, Words const& say) {
  if (check.outputs.empty()) return {};
  std::string out = say("\neen run schrijft\n", "\na run writes\n");
  for (PlannedFile const& file : check.outputs)
    out += "  " + file.path.string() +
           (file.exists ? say(" (bestaat al: alleen met --overwrite)", " (exists: only with --overwrite)") : "") + "\n";
  if (!check.database.empty()) out += "  " + check.database + "\n";
  return out;
}

std::string faults_text(CheckResult const& check, Words const& say) {
  std::string out;
  if (!check.study_faults.empty()) out += say("\nfouten in de studie\n", "\nfaults of the study\n");
  for (std::string const& text : check.study_faults) out += "  " + text + "\n";
  if (!check.faults.empty()) out += say("\nfouten in de gegevens\n", "\nfaults of the data\n");
  for (CheckFault const& fault : check.faults) out += "  " + fault.text + "\n";
  std::size_t const all = check.study_faults.size() + check.faults.size();
  if (all == 0) return say("\nbruikbaar\n", "\nusable\n");
  return out + fmt::format("\n{} {}\n", all,
                           all == 1
                               ? say("fout: zo loopt de studie niet", "fault: the study does not run like this")
                               : say("fouten: zo loopt de studie niet", "faults: the study does not run like this"));
}

Json layer_json(CheckedLayer const& layer) {
  return {{"layer", layer.key},
          {"usable", layer.usable},
          {"source", layer.source},
          {"source_layer", layer.source_layer},
          {"profile", layer.profile.empty() ? Json(nullptr) : Json(layer.profile)},
          {"crs", layer.crs},
          {"transformation", layer.transformation},
          {"coverage", layer.coverage},
          {"date", layer.date.empty() ? Json(nullptr) : Json(layer.date)},
          {"rows_read", layer.rows_read},
          {"rows_kept", layer.rows_kept},
          {"repaired", layer.repaired},
          {"beyond_repair", layer.beyond_repair},
          {"without_shape", layer.without_shape}};
}

Json model_json(PlannedModel const& model) {
  Json out{{"model", model.key}, {"label", model.label}, {"weights", model.weights_note}};
  out["criteria"] = out["rules"] = Json::array();
  for (PlannedPart const& part : model.parts) {
    Json one{{"key", part.key}, {"label", part.label}, {part.rule ? "test" : "measure", part.what}};
    one["layer"] = part.layer;
    if (!part.rule) one["share"] = part.share;
    out[part.rule ? "rules" : "criteria"].push_back(std::move(one));
  }
  return out;
}

std::string kind_name(ErrorKind kind) {
  switch (exit_code(kind)) {
    case 2:
      return "study";
    case 3:
      return "input";
    default:
      return "run";
  }
}

}  // namespace

std::string to_text(CheckResult const& check) {
  Words const say(check.language);
  std::string out = fmt::format("{}: {}\n", check.study, check.title.empty() ? "?" : check.title);
  if (!check.crs_name.empty())
    out += fmt::format("{} {}{}\n", say("rekent in", "computes in"), check.crs_name,
                       check.crs.empty() ? "" : " (" + check.crs + ")");
  if (check.candidates > 0) out += fmt::format("{} {}\n", check.candidates, say("kandidaten", "candidates"));
  return out + layers_text(check, say) + models_text(check, say) + outputs_text(check, say) + gaps_text(check, say) +
         issues_text(check, say) + faults_text(check, say);
}

std::string to_json(CheckResult const& check) {
  Json out{{"study", check.study}, {"title", check.title}, {"usable", check.exit_code() == 0}};
  out["crs"] = check.crs;
  out["candidates"] = check.candidates;
  out["study_faults"] = check.study_faults;
  for (char const* list : {"faults", "layers", "models", "unknown", "issues", "outputs"}) out[list] = Json::array();
  for (CheckFault const& fault : check.faults)
    out["faults"].push_back({{"layer", fault.layer}, {"kind", kind_name(fault.kind)}, {"text", fault.text}});
  for (CheckedLayer const& layer : check.layers) out["layers"].push_back(layer_json(layer));
  for (PlannedModel const& model : check.models) out["models"].push_back(model_json(model));
  for (CheckGap const& gap : check.gaps)
    out["unknown"].push_back({{"model", gap.model},
                              {gap.rule ? "rule" : "criterion", gap.key},
                              {"label", gap.label},
                              {"share", gap.share},
                              {"candidates", gap.candidates},
                              {"why", gap.why}});
  for (CheckIssue const& issue : check.issues)
    out["issues"].push_back({{"layer", issue.layer},
                             {"code", issue.code},
                             {"severity", to_string(issue.severity)},
                             {"count", issue.count},
                             {"texts", issue.texts}});
  for (PlannedFile const& file : check.outputs)
    out["outputs"].push_back({{"path", file.path.string()}, {"exists", file.exists}});
  if (!check.database.empty()) out["database"] = check.database;
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
