#include <fmt/core.h>

#include <algorithm>

#include "explain_words.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t width = 100;

/// Characters as a terminal counts them: UTF-8 sequences once.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string const& text, std::size_t columns, bool right = false) {
  std::size_t const size = length_of(text);
  std::string const blank(size < columns ? columns - size : 0, ' ');
  return right ? blank + text : text + blank;
}

/// Words, a unit with the number before it.
std::vector<std::string> words_of(std::string const& text) {
  static std::vector<std::string> const units{"%", "m", "m²", "ha", "km", "min", "procentpunt"};
  std::vector<std::string> out;
  for (std::string const& word : split(text, ' ')) {
    if (word.empty()) continue;
    std::string const bare = word.substr(0, word.find_last_not_of(".,;:)") + 1);
    if (!out.empty() && std::find(units.begin(), units.end(), bare) != units.end())
      out.back() += " " + word;
    else
      out.push_back(word);
  }
  return out;
}

/// Lines of at most `width` characters: the first after `first`, the others after as many blanks.
std::string wrapped(std::string const& first, std::string const& text) {
  std::string out, line = first;
  std::string const indent(length_of(first), ' ');
  bool fresh = true;
  for (std::string const& word : words_of(text)) {
    if (!fresh && length_of(line) + 1 + length_of(word) > width) {
      out += line + '\n';
      line = indent;
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
  }
  return out + line + '\n';
}

/// Writes the explanation from top to bottom.
class TextWriter {
 public:
  TextWriter(Explanation const& explanation, Labels const& labels) : of_(explanation), words_(explanation, labels) {}

  std::string write() {
    head();
    for (ExplainedModel const& model : of_.models) write(model);
    if (of_.models.empty() || of_.models.front().key.empty()) measures();
    manual();
    sources();
    foot();
    return out_;
  }

 private:
  void head() {
    std::string const title = of_.id + (of_.title.empty() ? "" : " · " + of_.title);
    out_ += title + "\n" + std::string(std::min(width, length_of(title)), '=') + "\n";
    line(words_.hectares(of_.area_m2) + " · " +
         fmt::format(fmt::runtime(words_.pick("een van {} kandidaten", "one of {} candidates")), of_.candidates) +
         " · " + of_.file);
    line(words_.excluded());
  }

  void write(ExplainedModel const& model) {
    if (!model.key.empty()) {
      std::string const outcome = model.outcome ? words_.outcome(*model.outcome) : words_.left_out();
      std::string const title = model.label + ": " + outcome;
      out_ += "\n" + title + "\n" + std::string(std::min(width, length_of(title)), '-') + "\n";
      line(words_.because(model));
      line(words_.score(model));
      line(words_.method(model));
      line(words_.vetoes(model));
      line(words_.position(model));
      line(words_.pick("Gewichten: ", "Weights: ") + model.weights_note + ".");
    }
    list(words_.pick("Wat moet gebeuren", "What must be done"), model.duties, "  - ");
    list(words_.pick("Wat onbekend is, en wat het kan veranderen", "What is unknown, and what it could change"),
         words_.unknowns(model), "  ? ");
    rules(model);
    cuts(model);
    criteria(model);
  }

  void rules(ExplainedModel const& model) {
    bool first = true;
    for (ExplainedRule const& one : Words::by_weight(model, false)) {
      if (first) out_ += "\n  " + words_.pick("Regels", "Rules") + "\n";
      first = false;
      ExplainedMeasure const& measure = words_.measure_of(one.rule.criterion);
      out_ += wrapped("  " + sign(one) + " ", one.label + ": " + words_.result(one));
      std::string facts = measure.label + " " + words_.measured(measure) + "; " +
                          words_.pick("geldt bij ", "applies when ") + words_.test(one.rule.test, measure);
      if (std::string const margin = words_.margin(one, measure); !margin.empty()) facts += "; " + margin;
      detail(facts + ".");
      optional(words_.site_level(one));
      detail(words_.pick("Grond: ", "Ground: ") + words_.grounds(one.rule));
      detail(words_.pick("Bron: ", "Source: ") + words_.source(measure));
    }
  }

  void cuts(ExplainedModel const& model) {
    bool first = true;
    for (ExplainedRule const& one : Words::by_weight(model, true)) {
      if (first) out_ += "\n  " + words_.pick("Uitsnijdingen", "Cuts") + "\n";
      first = false;
      std::string text = one.label + ": " + words_.taken(one);
      if (one.buffer_m > 0) text += words_.pick(", strook van ", ", strip of ") + words_.exact(one.buffer_m) + " m";
      out_ += wrapped("  " + sign(one) + " ", text);
      detail(words_.pick("Grond: ", "Ground: ") + words_.grounds(one.rule));
      std::string source = words_.layer(one.layer);
      if (!one.by.empty()) source += words_.pick("; meest door ", "; most by ") + one.by;
      detail(words_.pick("Bron: ", "Source: ") + source);
    }
    if (first) return;
    std::string const left = model.net_m2 ? words_.hectares(*model.net_m2) : words_.pick("onbekend", "unknown");
    line("  = " + words_.pick("Netto over na alle uitsnijdingen: ", "Net land left by all cuts: ") + left +
         words_.pick(" van ", " of ") + words_.hectares(of_.area_m2));
  }

  void criteria(ExplainedModel const& model) {
    if (model.criteria.empty()) return;
    constexpr std::size_t name = 43, cell = 15, value = 7, share = 8;
    std::string const title = model.additive ? words_.pick("Criteria: punten", "Criteria: points")
                                             : words_.pick("Criteria: waarden", "Criteria: values");
    out_ += "\n  " + padded(title, name) + padded(words_.pick("meting", "measured"), cell, true) +
            padded(words_.pick("waarde", "value"), value + 1, true) +
            padded(words_.pick("gewicht", "weight"), share + 1, true) +
            (model.additive ? padded(words_.pick("punten", "points"), cell + 1, true) : "") + "\n";
    for (ExplainedCriterion const& one : model.criteria) {
      ExplainedMeasure const& measure = words_.measure_of(one.measure);
      std::string const shown = measure.known() ? words_.measured(measure) : words_.pick("onbekend", "unknown");
      std::string const level = one.value ? words_.fixed(*one.value, 2) : "?";
      std::string const points = one.shown && (one.points || !one.value) ? words_.points(one) : "–";
      bool const fits = length_of(measure.label) < name;
      if (!fits) out_ += wrapped("  ", measure.label);
      out_ += "  " + padded(fits ? measure.label : std::string(), name) + padded(shown, cell, true) +
              padded(level, value + 1, true) + padded(words_.percent(one.weight_share, 1), share + 1, true) +
              (model.additive ? padded(points, cell + 1, true) : "") + "\n";
      if (!one.shown || !measure.shown) detail(words_.left_out());
      optional(words_.bounds(measure));
      optional(words_.unclear(one));
      std::string text = words_.pick("Waarde: ", "Value: ") + words_.function(one.function, measure) + ".";
      if (one.better_than) text += " " + words_.compared(one);
      detail(text);
      std::string why = one.why;
      if (!one.mark.empty()) why += (why.empty() ? "" : " · ") + words_.mark(one.mark);
      if (!why.empty()) detail(words_.pick("Waarom: ", "Why: ") + why);
      detail(words_.pick("Bron: ", "Source: ") + words_.source(measure));
    }
    if (!model.score || !model.additive) return;
    out_ += "  " + padded(words_.pick("Som", "Sum"), name + cell + value + share + 3) +
            padded(words_.fixed(*model.score, 1) + words_.pick(" van ", " of ") + "100", cell, true) + "\n";
  }

  void measures() {
    out_ += "\n  " + words_.pick("Gemeten", "Measured") + "\n";
    for (auto const& [key, measure] : of_.measures) {
      out_ += wrapped("  - ", measure.label + ": " + words_.measured(measure));
      detail(words_.pick("Bron: ", "Source: ") + words_.source(measure));
    }
  }

  void manual() {
    std::vector<std::string> lines;
    for (ManualValue const& one : of_.manual) lines.push_back(words_.manual_line(one));
    list(words_.pick("Met de hand ingevuld", "Filled in by hand"), lines, "  * ");
  }

  void sources() {
    std::vector<std::string> lines;
    for (ExplainedLayer const& one : of_.layers) lines.push_back(words_.source_line(one));
    list(words_.pick("Bronnen", "Sources"), lines, "  - ");
  }

  void foot() {
    out_ += "\n";
    line(words_.left_out_note());
    for (std::string const& text : of_.warnings) line("! " + text);
    line(words_.closing());
  }

  [[nodiscard]] static std::string sign(ExplainedRule const& rule) {
    if (!rule.result) return "·";
    switch (*rule.result) {
      case RuleResult::fail:
        return "✗";
      case RuleResult::condition:
        return "!";
      case RuleResult::unknown:
        return "?";
      case RuleResult::pass:
        return rule.cut_share.value_or(0) > 0 ? "−" : "✓";
    }
    return " ";
  }

  void line(std::string const& text) {
    if (text.empty()) return;
    std::string const indent = text.substr(0, text.find_first_not_of(' '));
    out_ += wrapped(indent, text);
  }

  void detail(std::string const& text) { out_ += wrapped("      ", text); }
  void optional(std::string const& text) {
    if (!text.empty()) detail(text);
  }

  void list(std::string const& title, std::vector<std::string> const& lines, std::string const& mark) {
    if (lines.empty()) return;
    out_ += "\n  " + title + "\n";
    for (std::string const& text : lines) out_ += wrapped(mark, text);
  }

  Explanation const& of_;
  Words words_;
  std::string out_;
};

}  // namespace

std::string to_text(Explanation const& explanation, Labels const& labels) {
  return TextWriter(explanation, labels).write();
}

}  // namespace terrein
