#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "init_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr double far_m = 50'000;  ///< as `check_distances`

/// Layers that several sources make together.
bool may_combine(std::string const& role) {
  return role == "zoning" || role == "flood" || role == "nature" || role == "heritage";
}

int order_of(Claim const& claim) { return claim.profile && claim.profile->plan ? claim.profile->plan->order : 0; }

/// Drafts layers for one study.
class Drafter {
 public:
  Drafter(InitWorld const& world, Draft& draft) : world_(world), say_(world.say), draft_(draft) {}

  void draft(InitOptions const& options) {
    draft_candidates(options);
    for (Role const& role : world_.roles)
      if (role.key != "parcels" && world_.needs.contains(role.key)) draft_role(role);
    draft_ramps();
    draft_.unused.insert(draft_.unused.end(), world_.folder.unused.begin(), world_.folder.unused.end());
  }

 private:
  void draft_candidates(InitOptions const& options) {
    CandidateChoice const choice = choose_candidates(world_.roles, world_.folder, say_);
    DraftLayer layer;
    layer.key = "parcels";
    layer.role = &world_.roles.front();
    layer.claim = choice.claim;
    if (choice.claim.found == nullptr) {
      draft_.to_fill.push_back(
          say_("[layers.parcels] source: in de map staat geen laag met vlakken; noem het bestand "
               "met de percelen die beoordeeld worden",
               "[layers.parcels] source: the folder has no layer of polygons; name the file with "
               "the parcels to be judged"));
      draft_.crs = options.crs;
      draft_.layers.push_back(std::move(layer));
      return;
    }
    fill_layer(layer, say_);
    if (!choice.id.empty()) layer.lines.push_back("id = " + toml_quoted(choice.id));
    draft_.suffix = choice.id_repeats;
    for (std::string const& note : choice.notes) layer.notes.push_back(note);
    tell_others(choice, layer);
    FoundLayer const& found = *choice.claim.found;
    CrsChoice const crs = choose_crs(found, world_.folder, options.crs, say_);
    draft_.crs = crs.code;
    draft_.crs_why = crs.why;
    study_crs_ = crs.code.empty() ? stated_crs(found) : crs_from(crs.code);
    candidates_ = box_in(found, study_crs_);
    if (!is_known_place(layer)) ask_for_crs(layer);
    draft_.layers.push_back(std::move(layer));
  }

  void tell_others(CandidateChoice const& choice, DraftLayer& layer) {
    if (choice.guess)
      layer.notes.push_back(
          say_("niets zegt dat dit percelen zijn; noem een andere laag als dit niet het land is dat beoordeeld wordt",
               "nothing says that these are parcels; name another layer if this is not the land to be judged"));
    for (FoundLayer const* other : choice.others)
      layer.notes.push_back(say_("ook mogelijk: ", "also possible: ") + other->text());
  }

  static bool is_known_place(DraftLayer const& layer) {
    FoundLayer const& found = *layer.claim.found;
    return found.source.shape == "table" || !found.source.crs.empty() ||
           (layer.claim.profile && !layer.claim.profile->defaults.crs.empty());
  }

  void ask_for_crs(DraftLayer& layer) {
    layer.open.push_back("crs = \"EPSG:31370\"");
    std::string const text =
        fmt::format(fmt::runtime(say_("[layers.{}] crs: {} zegt niet in welk coördinatenstelsel het staat; vul het in",
                                      "[layers.{}] crs: {} does not say in which coordinate system it is; fill it in")),
                    layer.key, layer.claim.found->text());
    draft_.to_fill.push_back(text);
  }

  /// Kilometres from the candidates; 0 when that cannot be told.
  [[nodiscard]] double away_m(FoundLayer const& found) const {
    Box const box = box_in(found, study_crs_);
    return box.empty() || candidates_.empty() ? 0 : distance(box, candidates_);
  }

  /// The claims near the candidates, those that meet them first among equals; others are told.
  std::vector<Claim> near_claims(Role const& role) {
    std::vector<Claim> out;
    for (Claim& claim : claims_of(role, world_.roles, world_.folder, say_)) {
      double const away = away_m(*claim.found);
      if (away <= far_m)
        out.push_back(std::move(claim));
      else
        draft_.unused.push_back(
            {claim.found->text(), fmt::format(fmt::runtime(say_("{}: ligt {:.0f} km van de kandidaten",
                                                                "{}: lies {:.0f} km from the candidates")),
                                              role.key, away / 1000)});
    }
    std::stable_sort(out.begin(), out.end(), [&](Claim const& a, Claim const& b) {
      if (a.strength != b.strength) return a.strength > b.strength;
      return away_m(*a.found) == 0 && away_m(*b.found) > 0;
    });
    return out;
  }

  void draft_role(Role const& role) {
    std::vector<Claim> claims = near_claims(role);
    if (claims.empty()) return;
    std::vector<std::vector<Claim>> parts;  // claims in one part are alternatives of each other
    for (Claim const& claim : claims) {
      auto const it = std::find_if(parts.begin(), parts.end(), [&](std::vector<Claim> const& part) {
        bool const parts_of_one = may_combine(role.key) && claim.strength >= sure_strength;
        return part.front().profile == claim.profile && !parts_of_one;
      });
      if (it == parts.end())
        parts.push_back({claim});
      else
        it->push_back(claim);
    }
    std::erase_if(parts, [&](std::vector<Claim> const& part) {
      return &part != &parts.front() && !goes_with(role, parts.front().front(), part.front());
    });
    if (parts.size() > 1) return draft_combined(role, parts);
    add_layer(role, role.key, claims);
  }

  /// Plans need an order of force to be put over each other; other layers add up.
  static bool goes_with(Role const& role, Claim const& first, Claim const& other) {
    if (!may_combine(role.key) || !first.profile || !other.profile || first.found == other.found) return false;
    return role.key != "zoning" || (order_of(first) > 0 && order_of(other) > 0);
  }

  void draft_combined(Role const& role, std::vector<std::vector<Claim>>& parts) {
    DraftLayer whole;
    whole.key = role.key;
    whole.role = &role;
    std::stable_sort(parts.begin(), parts.end(),
                     [](auto const& a, auto const& b) { return order_of(a.front()) < order_of(b.front()); });
    for (std::vector<Claim>& part : parts) {
      std::string const key = free_key(role.key + "_" + part.front().profile->key);
      bool const same = !whole.combine.empty() && order_of(part.front()) == last_order_;
      last_order_ = order_of(part.front());
      if (!same) whole.combine.emplace_back();
      whole.combine.back().push_back(key);
      add_layer(role, key, part);
    }
    draft_.layers.push_back(std::move(whole));
  }

  /// Three files of one profile are zoning_rup, zoning_rup_2 and zoning_rup_3.
  [[nodiscard]] std::string free_key(std::string const& wanted) const {
    std::string out = wanted;
    for (int n = 2; draft_.find(out) != nullptr; ++n) out = fmt::format("{}_{}", wanted, n);
    return out;
  }

  void add_layer(Role const& role, std::string const& key, std::vector<Claim>& claims) {
    DraftLayer layer;
    layer.key = key;
    layer.role = &role;
    layer.claim = claims.front();
    layer.others.assign(std::next(claims.begin()), claims.end());
    fill_layer(layer, say_);
    for (Claim const& other : layer.others) {
      std::string const text = say_("ook mogelijk: ", "also possible: ") + other.found->text() +
                               (other.profile ? ", profile = \"" + other.profile->key + "\"" : "");
      layer.notes.push_back(text);
    }
    if (!layer.claim.guesses.empty())
      layer.notes.push_back(fmt::format(fmt::runtime(say_("verschillende profielen passen even goed: {}; {} is gekozen",
                                                          "several profiles fit equally well: {}; {} is taken")),
                                        join(layer.claim.guesses, ", "), layer.claim.profile->key));
    note_accuracy(layer);
    draft_.layers.push_back(std::move(layer));
  }

  /// The study accepts what its least exact layer needs, and says so.
  void note_accuracy(DraftLayer const& layer) {
    constexpr double accepted_m = 0.5;
    double const error = accuracy_m(*layer.claim.found, study_crs_);
    if (error <= accepted_m || error <= draft_.max_crs_error_m) return;
    draft_.max_crs_error_m = std::ceil(error * 10) / 10;
    draft_.choices.push_back(
        fmt::format(fmt::runtime(say_("max_crs_error_m = {}: de omzetting van {} is niet nauwkeuriger ({})",
                                      "max_crs_error_m = {}: the transformation of {} is no more exact ({})")),
                    draft_.max_crs_error_m, layer.key, layer.claim.found->source.crs));
  }

  /// Ramps follow from roads that know their slip roads.
  void draft_ramps() {
    if (!world_.needs.contains("ramps") || draft_.find("ramps") != nullptr) return;
    DraftLayer const* roads = draft_.find("roads");
    if (roads == nullptr || !roads->claim.profile || !roads->claim.profile->defaults.slip_roads) return;
    DraftLayer layer;
    layer.key = "ramps";
    layer.role =
        &*std::find_if(world_.roles.begin(), world_.roles.end(), [](Role const& one) { return one.key == "ramps"; });
    layer.slip_roads_of = "roads";
    draft_.layers.push_back(std::move(layer));
  }

  InitWorld const& world_;
  Say const& say_;
  Draft& draft_;
  Crs study_crs_;
  Box candidates_;  ///< in the study's CRS
  int last_order_ = 0;
};

}  // namespace

DraftLayer* Draft::find(std::string const& key) {
  auto const it = std::find_if(layers.begin(), layers.end(), [&](DraftLayer const& one) { return one.key == key; });
  return it == layers.end() ? nullptr : &*it;
}

bool Draft::is_used(std::string const& key) const {
  auto const it = std::find_if(layers.begin(), layers.end(), [&](DraftLayer const& one) { return one.key == key; });
  if (it == layers.end() || !it->refused.empty()) return false;
  if (!it->slip_roads_of.empty()) return is_used(it->slip_roads_of);
  return it->combine.empty() || std::any_of(it->combine.begin(), it->combine.end(), [&](auto const& group) {
           return std::any_of(group.begin(), group.end(), [&](std::string const& member) { return is_used(member); });
         });
}

void draft_study(InitWorld const& world, InitOptions const& options, Draft& draft) {
  Drafter(world, draft).draft(options);
}

void fill_layer(DraftLayer& layer, Say const& say) {
  layer.lines.clear();
  if (!layer.claim.where.empty()) layer.lines.push_back("where = " + toml_quoted(layer.claim.where));
  if (layer.key == "parcels" || layer.claim.profile) return;
  if (!layer.role->classes.empty()) draft_classes(layer, say);
  if (layer.role->key == "roads" && !draft_graph(layer, say))
    layer.refused = say("niets zegt hoe de lijnen op elkaar aansluiten; kies een graph",
                        "nothing says how its lines join; choose a graph");
}

Needs needs_of(std::vector<std::string> const& models, DataFolders const& data, Say const& say) {
  Needs out;
  auto const add = [&out](std::string const& layer, std::string const& text) {
    auto& texts = out[layer];
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  };
  for (std::string const& model : models) {
    ModelDefaults const defaults = load_model_defaults(data.datasets / "defaults" / (model + ".csv"));
    for (CriterionSpec const& spec : defaults.criteria) {
      auto const scored = std::find_if(defaults.scored.begin(), defaults.scored.end(),
                                       [&](ModelCriterion const& one) { return one.criterion == spec.key; });
      std::string text = say(spec.label_nl, spec.label_en);
      if (scored != defaults.scored.end())
        text += fmt::format(" ({:g} {}, {})", scored->weight, say("punten", "points"), model);
      std::vector<std::string> rules;
      for (RuleSpec const& rule : defaults.rules)
        if (rule.criterion == spec.key) rules.push_back(say("regel ", "rule ") + say(rule.label_nl, rule.label_en));
      for (std::string const& layer : {spec.layer, spec.roads}) {
        if (layer.empty()) continue;
        if (scored != defaults.scored.end()) add(layer, text);
        for (std::string const& rule : rules) add(layer, rule);
      }
    }
    for (RuleSpec const& rule : defaults.rules)
      if (rule.effect == RuleEffect::cut)
        add(defaults.cuts.at(rule.key).layer, say("regel ", "rule ") + say(rule.label_nl, rule.label_en));
  }
  return out;
}

}  // namespace terrein
