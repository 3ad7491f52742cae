#include <fmt/core.h>

#include <algorithm>

#include "json_parts.hpp"
#include "terrein/app/counterfactual.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t shown_changes = 6;  ///< of measures, and as many of weights

class Telling {
 public:
  Telling(Counterfactual const& report, Labels const& labels) : report_(report), labels_(labels) {}

  std::string text() {
    for (ModelCounterfactual const& model : report_.models) {
      if (!out_.empty()) out_ += "\n";
      out_ += fmt::format("{} ({})\n", model.label, model.weights_note);
      if (!model.refused.empty()) line(model.refused);
      if (model.duel) duel(*model.duel);
      needs(model);
      into_top(model);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string pick(char const* dutch, char const* english) const {
    return report_.language == Language::nl ? dutch : english;
  }
  [[nodiscard]] std::string decimal(double value, int digits) const {
    std::string out = fmt::format("{:.{}f}", value, digits);
    if (report_.language == Language::nl) std::replace(out.begin(), out.end(), '.', ',');
    return out;
  }
  [[nodiscard]] std::string with_unit(double value, int digits, std::string const& unit) const {
    if (unit == "share") return decimal(100 * value, std::max(digits - 2, 0)) + " %";
    std::string out = decimal(value, digits);
    return unit.empty() || unit == "n" ? out : out + " " + labels_.get("unit", unit);
  }
  void line(std::string const& text) { out_ += "  " + text + "\n"; }

  /// More decimals where fewer would hide the change.
  static int digits_for(EnoughChange const& change) {
    int digits = change.of_weight ? 1 : change.decimals;
    while (digits < 9 && fmt::format("{:.{}f}", *change.from, digits) == fmt::format("{:.{}f}", *change.to, digits))
      ++digits;
    return digits;
  }

  [[nodiscard]] std::string change_text(EnoughChange const& change) const {
    std::string const after = fmt::format(fmt::runtime(pick("dan score {}, rang {}", "then score {}, rank {}")),
                                          decimal(change.score, 1), change.rank);
    if (!change.to_class.empty())
      return fmt::format(fmt::runtime(pick("{}: {} in plaats van {}; {}", "{}: {} in place of {}; {}")), change.label,
                         change.to_class, change.from_class, after);
    int const digits = digits_for(change);
    std::string const from = with_unit(*change.from, digits, change.unit),
                      to = with_unit(*change.to, digits, change.unit);
    if (change.of_weight)
      return fmt::format(
          fmt::runtime(pick("gewicht van {}: {} in plaats van {}; {}", "weight of {}: {} in place of {}; {}")),
          change.label, to, from, after);
    return fmt::format(fmt::runtime(pick("{}: {} in plaats van {}; {}", "{}: {} in place of {}; {}")), change.label, to,
                       from, after);
  }

  void changes(std::vector<EnoughChange> const& all) {
    std::size_t shown[2] = {0, 0};
    for (EnoughChange const& change : all)
      if (shown[change.of_weight ? 1 : 0]++ < shown_changes) line("  " + change_text(change));
  }

  void needs(ModelCounterfactual const& model) {
    if (model.needs.empty()) return;
    line(model.one_measure
             ? pick("voldoet met één andere maat:", "passes with one other measure:")
             : pick("voldoet pas wanneer dit alles anders is:", "passes only when all of this is otherwise:"));
    for (RuleNeed const& need : model.needs) line("  " + need_text(need));
  }

  [[nodiscard]] std::string need_text(RuleNeed const& need) const {
    if (need.is_cut)
      return fmt::format(fmt::runtime(pick("{}: minder grond die weggesneden wordt", "{}: less land that is cut away")),
                         need.label);
    if (!need.classes.empty())
      return fmt::format(
          fmt::runtime(need.named_pass ? pick("{}: {} moet {} zijn, en is {}", "{}: {} must be {}, and is {}")
                                       : pick("{}: {} mag niet {} zijn, en is {}", "{}: {} must not be {}, and is {}")),
          need.label, need.measure, join(need.classes, pick(" of ", " or ")), need.class_now);
    bool const less = need.test.starts_with(">");
    std::string const how = less          ? need.beyond ? pick("minder dan", "less than") : pick("hoogstens", "at most")
                                     : need.beyond ? pick("meer dan", "more than")
                                          : pick("minstens", "at least");
    int const digits = std::max(need.decimals, 2);
    return fmt::format(fmt::runtime(pick("{}: {} {} {}, en is {}", "{}: {} {} {}, and is {}")), need.label,
                       need.measure, how, with_unit(*need.needed, digits, need.unit),
                       need.now ? with_unit(*need.now, digits, need.unit) : pick("niet bekend", "not known"));
  }

  void into_top(ModelCounterfactual const& model) {
    if (model.in_top) {
      line(fmt::format(fmt::runtime(pick("staat bij de beste {} (rang {})", "is in the top {} (rank {})")), model.top,
                       *model.rank));
      return;
    }
    if (!model.rank || !model.refused.empty()) return;
    if (model.into_top.empty()) {
      line(fmt::format(fmt::runtime(pick("geen enkele maat of gewicht alleen brengt ze bij de beste {}",
                                         "no measure or weight alone brings it into the top {}")),
                       model.top));
      return;
    }
    line(fmt::format(fmt::runtime(pick("komt bij de beste {} met één van deze veranderingen:",
                                       "comes into the top {} with any one of these changes:")),
                     model.top));
    changes(model.into_top);
  }

  [[nodiscard]] std::string measured(std::optional<double> const& value, std::string const& name,
                                     DuelRow const& row) const {
    if (value) return with_unit(*value, row.decimals, row.unit);
    return name.empty() ? "-" : name;
  }

  void duel(Duel const& duel) {
    auto const score = [this](std::optional<double> const& value) { return value ? decimal(*value, 1) : "-"; };
    auto const rank = [](std::optional<std::int64_t> const& value) { return value ? std::to_string(*value) : "-"; };
    auto const place = [&](std::string const& id, Outcome outcome, auto const& own_score, auto const& own_rank) {
      line(fmt::format("{}: {}, score {}, {} {}", id, labels_.get("outcome", std::string(to_string(outcome))),
                       score(own_score), pick("rang", "rank"), rank(own_rank)));
    };
    place(report_.id, duel.outcome, duel.score, duel.rank);
    place(report_.against, duel.other_outcome, duel.other_score, duel.other_rank);
    if (!duel.only.empty())
      line(fmt::format(fmt::runtime(pick("alleen {} wordt uitgesloten door {}", "only {} is excluded by {}")),
                       report_.id, join(duel.only, ", ")));
    if (!duel.only_other.empty())
      line(fmt::format(fmt::runtime(pick("alleen {} wordt uitgesloten door {}", "only {} is excluded by {}")),
                       report_.against, join(duel.only_other, ", ")));
    if (duel.wins)
      line(fmt::format(
          fmt::runtime(pick("wanneer gewichten en ontbrekende gegevens anders uitvallen, scoort {} in {} % van de "
                            "gevallen beter",
                            "when weights and missing values turn out otherwise, {} scores more in {} % of the cases")),
          report_.id, decimal(100 * *duel.wins, 0)));
    points(duel);
    if (duel.behind.empty()) return;
    line(duel.overtake.empty()
             ? fmt::format(fmt::runtime(pick("geen enkele maat of gewicht alleen brengt {} voorbij de andere",
                                             "no measure or weight alone brings {} past the other")),
                           duel.behind)
             : fmt::format(fmt::runtime(pick("{} komt voorbij de andere met één van deze veranderingen:",
                                             "{} passes the other with any one of these changes:")),
                           duel.behind));
    changes(duel.overtake);
  }

  void points(Duel const& duel) {
    if (!duel.score || !duel.other_score) return;
    line(fmt::format("{:>8} {:>8} {:>8}  {:<20} {:<20} {}", pick("deze", "this"), pick("andere", "other"),
                     pick("verschil", "differs"), pick("maat", "measure"), pick("andere maat", "other measure"),
                     pick("punten voor", "points for")));
    double own = 0, theirs = 0;
    for (DuelRow const& row : duel.rows) {
      own += row.points;
      theirs += row.other_points;
      line(fmt::format("{:>8} {:>8} {:>8}  {:<20} {:<20} {}", decimal(row.points, 1), decimal(row.other_points, 1),
                       signed_text(row.points - row.other_points), measured(row.value, row.class_name, row),
                       measured(row.other_value, row.other_class_name, row), row.label));
    }
    line(fmt::format("{:>8} {:>8} {:>8}  {}", decimal(own, 1), decimal(theirs, 1), signed_text(own - theirs),
                     pick("samen", "together")));
  }
  [[nodiscard]] std::string signed_text(double value) const {
    std::string const out = decimal(value, 1);
    return value > 0 ? "+" + out : out;
  }

  Counterfactual const& report_;
  Labels const& labels_;
  std::string out_;
};

using Json = nlohmann::ordered_json;

Json of(EnoughChange const& one) {
  Json out{{"of", one.of_weight ? "weight" : "measure"}, {"criterion", one.criterion}, {"label", one.label}};
  out["unit"] = one.unit;
  out["from"] = one.to_class.empty() ? or_null(one.from) : or_null(one.from_class);
  out["to"] = one.to_class.empty() ? or_null(one.to) : or_null(one.to_class);
  out["score"] = one.score;
  out["rank"] = one.rank;
  return out;
}

Json of(RuleNeed const& one) {
  return {{"rule", one.rule},
          {"label", one.label},
          {"measure", or_null(one.measure)},
          {"unit", or_null(one.unit)},
          {"test", or_null(one.test)},
          {"cut", one.is_cut},
          {"now", one.classes.empty() ? or_null(one.now) : or_null(one.class_now)},
          {"needed", or_null(one.needed)},
          {"beyond", one.beyond}};
}

Json of(DuelRow const& one) {
  return {{"label", one.label},
          {"unit", one.unit},
          {"measure", one.class_name.empty() ? or_null(one.value) : or_null(one.class_name)},
          {"other_measure", one.other_class_name.empty() ? or_null(one.other_value) : or_null(one.other_class_name)},
          {"points", one.points},
          {"other_points", one.other_points}};
}

template <class T>
Json list_of(std::vector<T> const& all) {
  Json out = Json::array();
  for (T const& one : all) out.push_back(of(one));
  return out;
}

Json of(Duel const& duel) {
  return {{"outcome", to_string(duel.outcome)}, {"other_outcome", to_string(duel.other_outcome)},
          {"score", or_null(duel.score)},       {"other_score", or_null(duel.other_score)},
          {"rank", or_null(duel.rank)},         {"other_rank", or_null(duel.other_rank)},
          {"wins_share", or_null(duel.wins)},   {"criteria", list_of(duel.rows)},
          {"only_excluded_by", duel.only},      {"other_only_excluded_by", duel.only_other},
          {"behind", or_null(duel.behind)},     {"overtakes_with", list_of(duel.overtake)}};
}

}  // namespace

std::string to_text(Counterfactual const& report, Labels const& labels) { return Telling(report, labels).text(); }

std::string to_json(Counterfactual const& report) {
  Json models = Json::array();
  for (ModelCounterfactual const& one : report.models) {
    Json model{{"model", one.key},
               {"label", one.label},
               {"outcome", to_string(one.outcome)},
               {"rank", or_null(one.rank)},
               {"top_k", one.top},
               {"in_top", one.in_top},
               {"needs", list_of(one.needs)},
               {"one_measure_is_enough", one.one_measure},
               {"enters_top_with", list_of(one.into_top)},
               {"refused", or_null(one.refused)}};
    if (one.duel) model["against"] = of(*one.duel);
    models.push_back(std::move(model));
  }
  Json const out{{"id", report.id}, {"against", or_null(report.against)}, {"models", std::move(models)}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
