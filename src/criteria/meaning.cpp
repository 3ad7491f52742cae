#include "terrein/criteria/meaning.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The parameters as a study writes them, with the divisor where there is one.
std::string decay_text(Decay const& decay) {
  std::vector<std::string> points;
  for (auto const& [cost, value] : decay.steps) points.push_back(shortest(cost) + ":" + shortest(value));
  switch (decay.kind) {
    case DecayKind::binary:
    case DecayKind::linear:
      points = {"limit=" + shortest(decay.a)};
      break;
    case DecayKind::exponential:
    case DecayKind::inverse_power:
      points = {"beta=" + shortest(decay.a)};
      break;
    case DecayKind::gaussian:
      points = {"sigma=" + shortest(decay.a)};
      break;
    case DecayKind::logistic:
      points = {"mean=" + shortest(decay.a), "sd=" + shortest(decay.b)};
      break;
    case DecayKind::stepped:
      break;
  }
  std::string const unit = decay.unit == 1 ? "" : " / " + shortest(decay.unit);
  return fmt::format("{} {}{}", to_string(decay.kind), join(points, "|"), unit);
}

/// The settings that make a measure over a network another one than its kind says.
class Particulars {
 public:
  Particulars(CriterionSpec const& spec, CriterionKind const& kind)
      : passage_(spec.passage), access_(spec.access), keys_(split(kind.keys, ' ')) {
    if (takes("nth") && access_.nth != 1)
      add(fmt::format("number {} in order of nearness", access_.nth),
          fmt::format("nummer {} in volgorde van nabijheid", access_.nth));
    if (access_.join == JoinAt::gates)
      add("from the gates of the candidate to the stretch nearest to the feature",
          "van de toegangen van de kandidaat tot het stuk dat het dichtst bij het object ligt");
    if (access_.direction == TravelDirection::from)
      add("from the feature to the candidate", "van het object naar de kandidaat");
    if (access_.direction == TravelDirection::both) add("there and back", "heen en terug");
    if (takes("limit_s")) add_limit();
    if (takes("decay") && access_.decay)
      add("decay " + decay_text(*access_.decay), "afname " + decay_text(*access_.decay));
    if (takes("mu") && access_.mu) add("mu = " + shortest(*access_.mu), "mu = " + shortest(*access_.mu));
    if (takes("demand")) add_demand();
    if (takes("zones")) add_villages();
  }
  [[nodiscard]] Reason sentence() const {
    if (en_.empty()) return {};
    return {" Here: " + join(en_, ", ") + ".", " Hier: " + join(nl_, ", ") + "."};
  }

 private:
  [[nodiscard]] bool takes(char const* key) const { return std::find(keys_.begin(), keys_.end(), key) != keys_.end(); }
  void add(std::string en, std::string nl) {
    en_.push_back(std::move(en));
    nl_.push_back(std::move(nl));
  }
  void add_limit() {
    auto const& limit = access_.limit_s ? access_.limit_s : access_.limit_m;
    if (!limit) return;
    std::string const text = shortest(*limit) + (access_.limit_s ? " s" : " m");
    add("within " + text, "binnen " + text);
  }
  void add_demand() {
    std::string const &field = access_.demand_field, &layer = access_.demand;
    add(layer.empty() ? fmt::format("demand is '{}' of the candidates' layer", field)
                      : fmt::format("demand is '{}' of layer '{}'", field, layer),
        layer.empty() ? fmt::format("vraag is '{}' van de laag van de kandidaten", field)
                      : fmt::format("vraag is '{}' van laag '{}'", field, layer));
  }

  void add_villages() {
    auto const& [zones, classes, dwellings, within_m, per_100_m] = passage_;
    std::string const of = classes.empty() ? "" : " (" + join(classes, ", ") + ")";
    if (!zones.empty())
      add(fmt::format("zones of layer '{}'{}", zones, of), fmt::format("zones van laag '{}'{}", zones, of));
    if (!dwellings.empty())
      add(fmt::format("at least {} rows of layer '{}' per 100 m within {} m", shortest(per_100_m), dwellings,
                      shortest(within_m)),
          fmt::format("minstens {} rijen van laag '{}' per 100 m binnen {} m", shortest(per_100_m), dwellings,
                      shortest(within_m)));
  }

  PassageSpec const& passage_;
  AccessSpec const& access_;
  std::vector<std::string> keys_, en_, nl_;
};

}  // namespace

Reason meaning_of(CriterionSpec const& spec) {
  CriterionKind const* kind = find_criterion_kind(spec.measure);
  if (kind == nullptr) return {};
  Reason out{std::string(kind->meaning), std::string(kind->meaning_nl)};
  if (!kind->on_network()) return out;
  Reason const more = Particulars(spec, *kind).sentence();
  out.en += more.en;
  out.nl += more.nl;
  return out;
}

}  // namespace terrein
