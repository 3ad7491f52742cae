#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "compare_tables.hpp"
#include "terrein/app/compare.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_listed = 10;  ///< candidates in a list
constexpr std::size_t most_movers = 5;   ///< that rose or fell most
constexpr std::size_t most_causes = 3;   ///< named of one candidate
constexpr double shown_ha = 0.005;       ///< land that rounds to nothing is not told

class TextWriter {
 public:
  TextWriter(Comparison const& comparison, Labels const& labels) : from_(comparison), labels_(labels) {}

  std::string write() {
    add_head();
    for (ModelChanges const& model : from_.models) add_model(model);
    add_differences();
    if (!from_.output.empty()) out_ += "\n" + from_.output.string() + "\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] char const* pick(char const* nl, char const* en) const {
    return from_.language == Language::nl ? nl : en;
  }
  [[nodiscard]] std::string number(double value, int decimals = 1) const {
    return number_text(value, decimals, from_.language);
  }
  [[nodiscard]] std::string with_sign(double value, int decimals = 1) const {
    return signed_text(value, decimals, from_.language);
  }
  void line(std::string const& text) { out_ += text + "\n"; }

  void add_head() {
    line(fmt::format("{}: {} ({}, {})", pick("voor", "before"), from_.before.string(), from_.title_before,
                     from_.time_before.substr(0, 10)));
    line(fmt::format("{}: {} ({}, {})", pick("na", "after"), from_.after.string(), from_.title_after,
                     from_.time_after.substr(0, 10)));
    ModelChanges const& any = from_.models.front();
    line(fmt::format(
        fmt::runtime(pick("{} kandidaten in beide, {} nieuw, {} weg", "{} candidates in both, {} new, {} gone")),
        any.both, any.added, any.gone));
    if (!from_.only_before.empty())
      line(pick("modellen alleen voor: ", "models only before: ") + join(from_.only_before, ", "));
    if (!from_.only_after.empty())
      line(pick("modellen alleen na: ", "models only after: ") + join(from_.only_after, ", "));
  }

  void add_model(ModelChanges const& model) {
    line("\n" + model.label);
    if (model.changed.empty()) return line(pick("  niets veranderd", "  nothing changed"));
    line(fmt::format(
        fmt::runtime(pick("  {} stijgen, {} dalen, {} krijgen een rang, {} verliezen hun rang; {} met een andere "
                          "score, {} met een andere uitkomst",
                          "  {} rise, {} fall, {} get a rank, {} lose theirs; {} with another score, {} with "
                          "another outcome")),
        model.up, model.down, model.got_rank, model.lost_rank, model.score_changed, model.outcome_changed));
    add_agreement(model);
    add_causes(model);
    add_top(model);
    add_movers(model);
    add_land(model);
  }

  void add_agreement(ModelChanges const& model) {
    if (!model.spearman || !model.kendall) return;
    line(fmt::format(
        fmt::runtime(pick("  overeenkomst van de rangschikkingen: Kendall {}, Spearman {} (1 = dezelfde); {} van de "
                          "beste {} blijven erbij",
                          "  agreement of the rankings: Kendall {}, Spearman {} (1 = the same); {} of the best {} "
                          "stay")),
        number(*model.kendall, 3), number(*model.spearman, 3), model.top_both, model.top_before));
  }

  void add_causes(ModelChanges const& model) {
    std::vector<std::string> parts;
    for (Cause const cause : all_causes) {
      auto const i = static_cast<std::size_t>(cause);
      if (model.mean_size[i] > 0) parts.push_back(fmt::format("{} {}", word(cause), number(model.mean_size[i], 2)));
    }
    if (!parts.empty())
      line(pick("  punten per kandidaat, gemiddelde grootte: ", "  points per candidate, mean size: ") +
           join(parts, ", "));
    if (!model.additive)
      line(pick("  de score is geen gewogen som, en haar verschillen hebben geen oorzaken per criterium",
                "  the score is no weighted sum, and its differences have no causes by criterion"));
    else if (model.unexplained > 0)
      line(
          fmt::format(fmt::runtime(pick(
                          "  let op: van {} kandidaten verklaren de waarden in de bestanden de score niet; een bestand "
                          "is na de berekening gewijzigd",
                          "  note: for {} candidates the values in the files do not account for the score; a file "
                          "was changed after its run")),
                      model.unexplained));
  }

  [[nodiscard]] std::string word(Cause cause) const {
    switch (cause) {
      case Cause::measure:
        return pick("metingen", "measures");
      case Cause::known:
        return pick("wat bekend is", "what is known");
      case Cause::value_function:
        return pick("waardefuncties", "value functions");
      case Cause::weight:
        return pick("gewichten", "weights");
      case Cause::criteria:
        break;
    }
    return pick("criteria erbij of weg", "criteria added or removed");
  }

  /// "98101C0006/00B000: nr. 12 → 3, 78,1 → 83,0 (+4,9):", and below it "ander gewicht van Aandeel HAG +4,9"
  [[nodiscard]] std::string sentence(ModelChanges const& model, CandidateShift const& one) const {
    auto const rank = [](std::optional<std::int64_t> const& place) { return place ? std::to_string(*place) : "–"; };
    auto const score = [this](std::optional<double> const& value) { return value ? number(*value) : "–"; };
    std::string out =
        fmt::format("{}: {}{} → {}, {} → {}", from_.ids[one.pair], labels_.get("tip", "rank_prefix"),
                    rank(one.rank_before), rank(one.rank_after), score(one.score_before), score(one.score_after));
    if (auto const change = one.score_change()) out += " (" + with_sign(*change) + ")";
    if (std::string const why = because(model, one); !why.empty()) out += ":\n        " + why;
    return out;
  }

  [[nodiscard]] std::string because(ModelChanges const& model, CandidateShift const& one) const {
    std::vector<std::string> out;
    if (!one.outcome_before) out.emplace_back(labels_.get("change_presence", "new"));
    if (!one.outcome_after) out.emplace_back(labels_.get("change_presence", "gone"));
    if (one.outcome_before && one.outcome_after && one.outcome_changed())
      for (RuleShift const& shift : one.rules) out.push_back(rule_text(model, shift, labels_));
    auto const parts = by_size(one.parts);
    for (std::size_t i = 0; i < std::min(most_causes, parts.size()); ++i)
      out.push_back(part_text(model, parts[i], labels_));
    double rest = one.unexplained;
    for (std::size_t i = most_causes; i < parts.size(); ++i) rest += parts[i].points;
    if (parts.size() > most_causes || one.unexplained != 0)
      out.push_back(std::string(pick("al het andere ", "all else ")) + with_sign(rest));
    return join(out, "; ");
  }

  void add_list(std::string const& title, ModelChanges const& model, std::vector<CandidateShift const*> const& shifts) {
    if (shifts.empty()) return;
    line("  " + title);
    for (std::size_t i = 0; i < std::min(most_listed, shifts.size()); ++i) line("    " + sentence(model, *shifts[i]));
    if (shifts.size() > most_listed)
      line(fmt::format("    … {} {}", pick("en nog", "and"), shifts.size() - most_listed) + pick("", " more"));
  }

  void add_top(ModelChanges const& model) {
    std::vector<CandidateShift const*> in, out;
    for (CandidateShift const& one : model.changed) {
      if (one.in_top_after && !one.in_top_before) in.push_back(&one);
      if (one.in_top_before && !one.in_top_after) out.push_back(&one);
    }
    std::stable_sort(in.begin(), in.end(),
                     [](auto const* a, auto const* b) { return *a->rank_after < *b->rank_after; });
    std::stable_sort(out.begin(), out.end(),
                     [](auto const* a, auto const* b) { return *a->rank_before < *b->rank_before; });
    add_list(
        fmt::format(fmt::runtime(pick("komen bij de beste {} ({}):", "join the best {} ({}):")), from_.top, in.size()),
        model, in);
    add_list(fmt::format(fmt::runtime(pick("vallen uit de beste {} ({}):", "leave the best {} ({}):")), from_.top,
                         out.size()),
             model, out);
  }

  /// Those with a rank whose score rose and fell most.
  void add_movers(ModelChanges const& model) {
    std::vector<CandidateShift const*> up, down;
    for (CandidateShift const& one : model.changed)
      if (auto const change = one.score_change();
          change && std::abs(*change) > score_tolerance && (one.rank_before || one.rank_after))
        (*change > 0 ? up : down).push_back(&one);
    auto const larger = [](auto const* a, auto const* b) {
      return std::abs(*a->score_change()) > std::abs(*b->score_change());
    };
    for (auto* list : {&up, &down}) {
      std::stable_sort(list->begin(), list->end(), larger);
      if (list->size() > most_movers) list->resize(most_movers);
    }
    add_list(pick("winnen de meeste punten:", "win most points:"), model, up);
    add_list(pick("verliezen de meeste punten:", "lose most points:"), model, down);
  }

  void add_land(ModelChanges const& model) {
    auto const outcome = [this](std::optional<Outcome> const& one, char const* presence) {
      return one ? labels_.get("outcome", to_string(*one)) : labels_.get("change_presence", presence);
    };
    bool first = true;
    for (OutcomeFlow const& flow : from_.flows) {
      if (flow.model != model.key) continue;
      if (first) line(pick("  land met een andere uitkomst:", "  land with another outcome:"));
      first = false;
      line(fmt::format("    {} → {}: {} ha ({})", outcome(flow.before, "new"), outcome(flow.after, "gone"),
                       number(flow.ha, 2), flow.n));
    }
    first = true;
    for (ExclusionChange const& one : from_.exclusions) {
      double const before = one.before ? one.before->applies_ha : 0, after = one.after ? one.after->applies_ha : 0;
      if (one.model != model.key || !(std::abs(after - before) >= shown_ha)) continue;
      if (first) line(pick("  land waarvoor een regel geldt:", "  land to which a rule applies:"));
      first = false;
      line(fmt::format("    {}: {} → {} ha ({})", one.label, number(before, 2), number(after, 2),
                       with_sign(after - before, 2)));
    }
  }

  void add_differences() {
    line(std::string("\n") + pick("Verschillen tussen de studies", "Differences between the studies"));
    if (from_.differences.empty()) return line(pick("  geen", "  none"));
    for (StudyDifference const& one : from_.differences) {
      auto const shown = [&](std::optional<std::string> const& text) {
        if (!text) return std::string("–");
        return one.kind == "source" ? short_hash(*text) : *text;
      };
      std::string const what = labels_.get("study_difference", one.kind);
      line(fmt::format("  {}{}{}: {} → {}", one.model.empty() ? "" : label_of(one.model) + ": ", what,
                       one.label.empty() ? "" : " " + one.label, shown(one.before), shown(one.after)));
    }
  }

  [[nodiscard]] std::string label_of(std::string const& model) const {
    for (ModelChanges const& one : from_.models)
      if (one.key == model) return one.label;
    return model;
  }

  /// The first eight digits of the hash after the name of a file are enough to see that it is another.
  static std::string short_hash(std::string const& text) {
    constexpr std::size_t hash = 64, shown = 8;
    auto const space = text.rfind(' ');
    return space == std::string::npos || text.size() - space - 1 != hash ? text
                                                                         : text.substr(0, space + 1 + shown) + "…";
  }

  Comparison const& from_;
  Labels const& labels_;
  std::string out_;
};

}  // namespace

std::string to_text(Comparison const& comparison, Labels const& labels) {
  return TextWriter(comparison, labels).write();
}

}  // namespace terrein
