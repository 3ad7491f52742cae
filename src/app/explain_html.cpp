#include <fmt/core.h>

#include <algorithm>

#include "explain_words.hpp"
#include "html.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr char const* style = R"css(
@page { size: A4; margin: 14mm 13mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.4 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1d2329; margin: 0 auto;
  max-width: 190mm; padding: 6mm; background: #fff; }
h1 { font-size: 20pt; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 14pt; margin: 7mm 0 2mm; padding-top: 3mm; border-top: 1.5pt solid #1d2329; }
h3 { font-size: 10.5pt; margin: 4mm 0 1mm; }
p, ul { margin: 1mm 0; } ul { padding-left: 5mm; }
.sub, .note, small { color: #59636e; } small { font-size: 8.5pt; display: block; line-height: 1.3; }
.top { display: flex; gap: 6mm; align-items: flex-start; } .top > div { flex: 1; min-width: 0; }
.map { width: 60mm; height: 60mm; border: .5pt solid #9aa4ae; background: #f7f8f9; flex: none; }
.map text { font-size: 11px; fill: #1d2329; }
.near { stroke: #8b959e; stroke-width: .7; fill-rule: evenodd; fill-opacity: .28; }
.own { stroke: #1d2329; stroke-width: 2.6; fill-rule: evenodd; fill-opacity: .75; }
.scale { fill: none; stroke: #1d2329; } .north { fill: #1d2329; }
path.passes { fill: #2f7d4f; } path.conditional { fill: #d39a2d; } path.fails { fill: #b0452f; } path.unknown { fill: #9aa4ae; }
.badge { display: inline-block; padding: 0 2.2mm; border-radius: 1mm; font-size: 10.5pt; font-weight: 600; color: #fff;
  vertical-align: 1pt; white-space: nowrap; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.badge.passes { background: #2f7d4f; } .badge.conditional { background: #8f6108; } .badge.fails { background: #a33a25; }
.badge.unknown { background: #5c6670; }
h2 .badge { margin-left: 2mm; } .overview { margin-top: 2mm; } .overview td:nth-child(n+3) { text-align: right; white-space: nowrap; }
.overview td { overflow-wrap: break-word; } .overview .badge { font-size: 8.5pt; padding: 0 1.4mm; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; }
th { text-align: left; font-weight: 600; border-bottom: 1pt solid #1d2329; padding: .8mm 1.5mm .8mm 0; vertical-align: bottom; }
td { border-bottom: .5pt solid #d5dade; padding: 1mm 1.5mm 1mm 0; vertical-align: top; overflow-wrap: anywhere; }
tbody { break-inside: avoid; } .d td { padding-top: 0; } .m td { border-bottom: 0; padding-bottom: 0; } thead { display: table-header-group; } h2, h3 { break-after: avoid; }
.n { text-align: right; white-space: nowrap; } .mark { white-space: nowrap; font-weight: 600; }
td.fail { color: #a33a25; } td.condition { color: #8f6108; } td.unknown { color: #5c6670; } td.pass, td.hidden { font-weight: 400; color: #59636e; }
.hand { background: #fff3c4; padding: 0 1mm; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar { width: 30mm; height: 3.2mm; display: block; } .score { width: 100%; height: 4mm; display: block; margin: 1.5mm 0; }
.track { fill: #e3e7ea; } .fill { fill: #2a6f97; } .maybe { fill: #e0a030; fill-opacity: .65; } .here { fill: #1d2329; }
.sum td { border-top: 1pt solid #1d2329; border-bottom: 0; font-weight: 600; }
footer { margin-top: 6mm; border-top: .5pt solid #9aa4ae; padding-top: 2mm; color: #59636e; font-size: 8.5pt; }
@media print { body { padding: 0; max-width: none; } }
@media (max-width: 600px) { .top { display: block; } .map { margin-top: 4mm; } }
)css";

std::string kind_of(std::optional<Outcome> const& outcome) {
  if (outcome == Outcome::passes) return "passes";
  if (outcome == Outcome::conditional) return "conditional";
  return outcome == Outcome::fails ? "fails" : "unknown";
}

std::string kind_of(ExplainedRule const& rule) {
  return rule.result ? std::string(to_string(*rule.result)) : std::string("hidden");
}

class HtmlWriter {
 public:
  HtmlWriter(Explanation const& explanation, Labels const& labels) : of_(explanation), words_(explanation, labels) {}

  std::string write() {
    out_ = "<!DOCTYPE html>\n<html lang=\"" + words_.pick("nl", "en") +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n";
    out_ += element("title", "", of_.id + " · " + of_.title) + "\n<style>" + style + "</style>\n</head>\n<body>\n";
    head();
    for (ExplainedModel const& model : of_.models) write(model);
    if (of_.models.empty() || of_.models.front().key.empty()) measures();
    manual();
    sources();
    foot();
    return out_ + "</body>\n</html>\n";
  }

 private:
  void head() {
    out_ += "<div class=\"top\"><div>\n" + element("h1", "", of_.id) + "\n";
    out_ += element("p", "sub",
                    of_.title + " · " + words_.hectares(of_.area_m2) + " · " +
                        fmt::format(fmt::runtime(words_.pick("een van {} kandidaten", "one of {} candidates")),
                                    of_.candidates)) +
            "\n";
    paragraph("", words_.excluded());
    overview();
    out_ += "</div>\n" + map_svg(of_.map, words_.labels().get("layout", "north")) + "</div>\n";
  }

  void overview() {
    if (of_.models.empty() || of_.models.front().key.empty()) return;
    out_ += "<table class=\"overview\"><tbody>\n";
    for (ExplainedModel const& model : of_.models) {
      out_ += "<tr>" + element("td", "", model.label) + "<td>" + badge(model) + "</td>";
      out_ += element("td", "", model.score ? words_.fixed(*model.score, 1) : "–");
      out_ += element("td", "", words_.rank(model)) + "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  [[nodiscard]] std::string badge(ExplainedModel const& model) const {
    return element("span", "badge " + kind_of(model.outcome),
                   model.outcome ? words_.outcome(*model.outcome) : words_.left_out());
  }

  void write(ExplainedModel const& model) {
    if (!model.key.empty()) {
      out_ += "<h2>" + escaped(model.label) + " " + badge(model) + "</h2>\n";
      paragraph("", words_.because(model));
      if (model.score && model.low && model.high) out_ += score_bar(*model.score, *model.low, *model.high) + "\n";
      paragraph("", words_.score(model));
      paragraph("", words_.method(model));
      paragraph("", words_.vetoes(model));
      paragraph("", words_.position(model));
      paragraph("note", words_.pick("Gewichten: ", "Weights: ") + model.weights_note + ".");
    }
    list(words_.pick("Wat moet gebeuren", "What must be done"), model.duties);
    list(words_.pick("Wat onbekend is, en wat het kan veranderen", "What is unknown, and what it could change"),
         words_.unknowns(model));
    criteria(model);
    rules(model);
    cuts(model);
  }

  void criteria(ExplainedModel const& model) {
    if (model.criteria.empty()) return;
    double most = 0;
    for (ExplainedCriterion const& one : model.criteria)
      most = std::max(most, one.possible.value_or(100 * one.weight_share));
    std::vector<std::pair<std::string, std::string>> columns{{"", words_.pick("criterium", "criterion")},
                                                             {"n", words_.pick("meting", "measured")},
                                                             {"n", words_.pick("waarde 0–1", "value 0–1")},
                                                             {"n", words_.pick("gewicht", "weight")}};
    if (model.additive) {
      columns.emplace_back("n", words_.pick("punten", "points"));
      columns.emplace_back("", "");
    }
    out_ += element("h3", "",
                    model.additive ? words_.pick("Criteria: punten", "Criteria: points")
                                   : words_.pick("Criteria: waarden", "Criteria: values"));
    header(columns);
    for (ExplainedCriterion const& one : model.criteria)
      criterion(one, model.additive ? std::optional(most) : std::nullopt);
    if (model.score && model.additive)
      out_ += "<tbody><tr class=\"sum\"><td colspan=\"4\">" + escaped(words_.pick("Som", "Sum")) + "</td>" +
              element("td", "n", words_.fixed(*model.score, 1) + words_.pick(" van ", " of ") + "100") +
              "<td></td></tr></tbody>\n";
    out_ += "</table>\n";
  }

  /// `most` points of any criterion; nothing where there are no points.
  void criterion(ExplainedCriterion const& one, std::optional<double> most) {
    ExplainedMeasure const& measure = words_.measure_of(one.measure);
    std::string const shown =
        measure.known() || !measure.shown ? words_.measured(measure) : words_.pick("onbekend", "unknown");
    out_ += "<tbody><tr class=\"m\">" + element("td", "", measure.label) + "<td class=\"n\">" +
            marked(shown, measure.manual) + "</td>" +
            element("td", "n", one.value ? words_.fixed(*one.value, 2) : "?") +
            element("td", "n", words_.percent(one.weight_share, 1));
    if (most) out_ += element("td", "n", words_.points(one)) + "<td>" + points_bar(one, *most) + "</td>";
    out_ += "</tr>\n";
    std::string why = one.why;
    if (!one.mark.empty()) why += (why.empty() ? "" : " · ") + words_.mark(one.mark);
    details(most ? 6 : 4, {words_.bounds(measure), words_.unclear(one),
                           words_.function(one.function, measure) + ". " + words_.compared(one), why,
                           words_.pick("Bron: ", "Source: ") + words_.source(measure)});
  }

  /// A second row, over the whole width, that belongs to the one before.
  void details(int columns, std::vector<std::string> const& lines) {
    out_ += fmt::format("<tr class=\"d\"><td colspan=\"{}\">", columns);
    for (std::string const& text : lines)
      if (!text.empty()) out_ += element("small", "", text);
    out_ += "</td></tr></tbody>\n";
  }

  void rules(ExplainedModel const& model) {
    auto const list = Words::by_weight(model, false);
    if (list.empty()) return;
    out_ += element("h3", "", words_.pick("Regels", "Rules"));
    header({{"", words_.pick("regel", "rule")},
            {"", words_.pick("meting", "measured")},
            {"", words_.pick("geldt bij", "applies when")},
            {"", words_.pick("uitslag", "result")}});
    for (ExplainedRule const& one : list) {
      ExplainedMeasure const& measure = words_.measure_of(one.rule.criterion);
      std::string const margin = words_.margin(one, measure);
      out_ += "<tbody><tr class=\"m\">" + element("td", "", one.label) + "<td>" +
              marked(words_.measured(measure), measure.manual) + "</td><td>" +
              escaped(words_.test(one.rule.test, measure) + (margin.empty() ? "" : "; " + margin)) + "</td>" +
              element("td", "mark " + kind_of(one), words_.result(one)) + "</tr>\n";
      details(4, {words_.site_level(one),
                  measure.label == one.label ? "" : words_.pick("Gemeten: ", "Measured: ") + measure.label,
                  words_.pick("Grond: ", "Ground: ") + words_.grounds(one.rule),
                  words_.pick("Bron: ", "Source: ") + words_.source(measure)});
    }
    out_ += "</table>\n";
  }

  void cuts(ExplainedModel const& model) {
    auto const list = Words::by_weight(model, true);
    if (list.empty()) return;
    out_ += element("h3", "", words_.pick("Uitsnijdingen", "Cuts"));
    header({{"", words_.pick("uitgesneden", "cut out")},
            {"n", words_.pick("neemt weg", "takes")},
            {"", words_.pick("uitslag", "result")}});
    for (ExplainedRule const& one : list) {
      std::string source = words_.pick("Bron: ", "Source: ") + words_.layer(one.layer);
      if (!one.by.empty()) source += words_.pick("; meest door ", "; most by ") + one.by;
      std::string label = one.label;
      if (one.buffer_m > 0) label += words_.pick(", strook van ", ", strip of ") + words_.exact(one.buffer_m) + " m";
      out_ += "<tbody><tr class=\"m\">" + element("td", "", label) + element("td", "n", words_.taken(one)) +
              element("td", "mark " + kind_of(one), words_.result(one)) + "</tr>\n";
      details(3, {words_.pick("Grond: ", "Ground: ") + words_.grounds(one.rule), source});
    }
    std::string const left = model.net_m2 ? words_.hectares(*model.net_m2) : words_.pick("onbekend", "unknown");
    out_ += "<tbody><tr class=\"sum\">" +
            element("td", "", words_.pick("Netto over na alle uitsnijdingen", "Net land left by all cuts")) +
            element("td", "n", left + words_.pick(" van ", " of ") + words_.hectares(of_.area_m2)) +
            "<td></td></tr>\n</tbody></table>\n";
  }

  void measures() {
    out_ += element("h3", "", words_.pick("Gemeten", "Measured"));
    header({{"", words_.pick("criterium", "criterion")}, {"n", words_.pick("meting", "measured")}});
    for (auto const& [key, measure] : of_.measures) {
      out_ += "<tbody><tr class=\"m\">" + element("td", "", measure.label) + "<td class=\"n\">" +
              marked(words_.measured(measure), measure.manual) + "</td></tr>\n";
      details(2, {words_.pick("Bron: ", "Source: ") + words_.source(measure)});
    }
    out_ += "</table>\n";
  }

  void manual() {
    std::vector<std::string> lines;
    for (ManualValue const& one : of_.manual) lines.push_back(words_.manual_line(one));
    list(words_.pick("Met de hand ingevuld", "Filled in by hand"), lines);
  }

  void sources() {
    std::vector<std::string> lines;
    for (ExplainedLayer const& one : of_.layers) lines.push_back(words_.source_line(one));
    list(words_.pick("Bronnen", "Sources"), lines);
  }

  void foot() {
    out_ += "<footer>\n";
    paragraph("", words_.left_out_note());
    for (std::string const& text : of_.warnings) paragraph("", text);
    paragraph("", words_.closing());
    out_ += "</footer>\n";
  }

  [[nodiscard]] std::string marked(std::string const& text, bool manual) const {
    if (!manual) return escaped(text);
    return escaped(text) + " " + element("span", "hand", words_.labels().get("term", "manual"));
  }

  void header(std::vector<std::pair<std::string, std::string>> const& columns) {
    out_ += "\n<table><thead><tr>";
    for (auto const& [kind, text] : columns) out_ += element("th", kind, text);
    out_ += "</tr></thead>\n";
  }

  void paragraph(std::string const& kind, std::string const& text) {
    if (!text.empty()) out_ += element("p", kind, text) + "\n";
  }

  void list(std::string const& title, std::vector<std::string> const& lines) {
    if (lines.empty()) return;
    out_ += element("h3", "", title) + "\n<ul>\n";
    for (std::string const& text : lines) out_ += element("li", "", text) + "\n";
    out_ += "</ul>\n";
  }

  Explanation const& of_;
  Words words_;
  std::string out_;
};

}  // namespace

std::string to_html(Explanation const& explanation, Labels const& labels) {
  return HtmlWriter(explanation, labels).write();
}

}  // namespace terrein
