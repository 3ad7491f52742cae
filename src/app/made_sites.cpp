#include <algorithm>
#include <map>
#include <set>

#include "candidate_table.hpp"
#include "made_layers.hpp"
#include "named_columns.hpp"
#include "site_duties.hpp"
#include "site_layer.hpp"
#include "site_words.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/site_shape.hpp"
#include "whatif.hpp"

namespace terrein {
namespace {

constexpr double m2_per_ha = 1e4;

std::optional<std::string_view> text(std::string const& value) {
  return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
}

/// Writes what is known of sites, a row per entry.
class SiteRows {
 public:
  SiteRows(MadeFrom const& from, SiteLayer const& sites) : from_(from), sites_(sites), best_(best_of_all(sites)) {}

  /// All columns, so that a layer without rows has them too.
  static void declare(NamedColumns& to, bool alternatives) {
    for (char const* name : {"site_id", "assembly", "label"}) to.texts(name);
    to.counts("number");
    if (alternatives) {
      to.texts("of_site");
      to.texts("alternative");
      to.numbers("common_share");
    }
    to.texts("target_area");
    for (char const* name : {"gross_ha", "parcels_ha", "public_ha", "developable_ha", "too_small_ha"}) to.numbers(name);
    to.counts("parts");
    for (char const* name : {"net_ha", "net_low_ha", "net_high_ha", "value", "bound", "gap"}) to.numbers(name);
    to.texts("bound_kind");
  }

  void add(std::size_t i, NamedColumns& to) const {
    SiteLayer::Entry const& entry = sites_.entries[i];
    AssemblySpec const& spec = *entry.assembly->spec;
    to.texts("site_id").push(sites_.sites.layer.id[i]);
    to.texts("assembly").push(spec.key);
    to.texts("label").push(from_.labels.pick(spec.label_nl, spec.label_en));
    to.counts("number").push(static_cast<std::int64_t>(entry.site->number));
    if (!entry.site->of.empty()) add_alternative(entry, to);
    add_areas(i, to);
    add_value(*entry.site, to);
    add_owners(entry, to);
    add_links(entry, to);
    add_shape(i, spec, to);
    add_parcels(entry, to);
    to.texts("level").push(sites_.level[i]);
    to.texts("kind").push(sites_.kind[i]);
    to.texts("pareto").push(is_best(i) ? "yes" : "no");
  }

 private:
  /// What Pareto looks at, each so that higher is better: score of the model, owners, price of crossings, and criteria.
  using Objectives = std::vector<std::optional<double>>;

  /// At least as good in all, better in one; what is not known of either is better in neither.
  static bool beats(Objectives const& a, Objectives const& b) {
    bool better = false;
    for (std::size_t k = 0; k < a.size(); ++k) {
      if (!a[k] || !b[k]) return false;
      if (*a[k] < *b[k]) return false;
      better |= *a[k] > *b[k];
    }
    return better;
  }

  static Objectives objectives(SiteLayer const& sites, std::size_t i) {
    SiteLayer::Entry const& entry = sites.entries[i];
    AssemblySpec const& spec = *entry.assembly->spec;
    std::set<std::uint32_t> owners;
    for (std::uint32_t const piece : entry.site->found.pieces)
      if (entry.assembly->land.pieces[piece].candidate != no_row)
        owners.insert(entry.assembly->land.graph.pieces[piece].owner);
    double links = 0;
    for (LandContact const* contact : links_of(entry)) links -= contact->price;
    Objectives out{std::nullopt, -static_cast<double>(owners.size()), links};
    for (ModelResult const& model : sites.judgement.models)
      if (model.model->key == spec.model) out[0] = model.scores.score.at(i);
    for (std::string const& key : spec.pareto) {
      auto const value = measure_of(sites.judgement.measures, key).value.at(i);
      bool const less = better_of(*sites.study->find_criterion(key)) == Better::less;
      out.push_back(value ? std::optional(less ? -*value : *value) : std::nullopt);
    }
    return out;
  }
  static std::vector<Objectives> best_of_all(SiteLayer const& sites) {
    std::vector<Objectives> out;
    for (std::size_t i = 0; i < sites.entries.size(); ++i) out.push_back(objectives(sites, i));
    return out;
  }
  /// Among the sites and alternatives of one set.
  [[nodiscard]] bool is_best(std::size_t i) const {
    for (std::size_t k = 0; k < best_.size(); ++k)
      if (sites_.entries[k].assembly == sites_.entries[i].assembly && beats(best_[k], best_[i])) return false;
    return true;
  }

  void add_alternative(SiteLayer::Entry const& entry, NamedColumns& to) const {
    to.texts("of_site").push(entry.site->of);
    to.texts("alternative").push(entry.site->why);
    to.numbers("common_share").push(entry.site->common_share);
  }

  void add_areas(std::size_t i, NamedColumns& to) const {
    AssemblySpec const& spec = *sites_.entries[i].assembly->spec;
    double const gross = area(sites_.sites.layer.geometry, i) / m2_per_ha, developable = sites_.developable_ha[i];
    to.texts("target_area").push(to_string(spec.target));
    to.numbers("gross_ha").push(gross);
    to.numbers("parcels_ha").push(sites_.parcels_ha[i]);
    to.numbers("public_ha").push(std::max(0.0, gross - sites_.parcels_ha[i]));
    to.numbers("developable_ha").push(developable);
    to.numbers("too_small_ha").push(sites_.too_small_ha[i]);
    to.counts("parts").push(sites_.parts[i]);
    to.numbers("net_ha").push(spec.net_factor * developable);
    to.numbers("net_low_ha").push(spec.net_low * developable);
    to.numbers("net_high_ha").push(spec.net_high * developable);
  }

  static void add_value(AssembledSite const& site, NamedColumns& to) {
    to.numbers("value").push(site.found.value);
    to.numbers("bound").push(site.found.bound);
    to.numbers("gap").push(site.found.gap());
    to.texts("bound_kind").push(to_string(site.found.bound_kind));
  }

  void add_owners(SiteLayer::Entry const& entry, NamedColumns& to) const {
    SiteLand const& land = entry.assembly->land;
    AssemblySpec const& spec = *entry.assembly->spec;
    std::map<std::uint32_t, double> ha_of;
    std::map<std::uint32_t, bool> is_private;
    double all = 0;
    std::int64_t parcels = 0;
    bool all_known = land.owners_known;
    for (std::uint32_t const piece : entry.site->found.pieces) {
      PieceFacts const& facts = land.pieces[piece];
      if (facts.candidate == no_row) continue;
      ++parcels;
      all_known &= !facts.owner.empty();
      std::uint32_t const owner = land.graph.pieces[piece].owner;
      ha_of[owner] += facts.gross_ha;
      all += facts.gross_ha;
      auto const& bodies = spec.public_owners;
      is_private[owner] = !facts.owner.empty() && std::find(bodies.begin(), bodies.end(), facts.owner) == bodies.end();
    }
    double largest = 0, of_private = 0;
    for (auto const& [owner, ha] : ha_of) {
      largest = std::max(largest, ha / all);
      if (is_private[owner]) of_private = std::max(of_private, ha / all);
    }
    to.counts("parcels").push(parcels);
    to.counts("owners").push(static_cast<std::int64_t>(ha_of.size()));
    to.texts("owners_basis").push(all_known ? "owners" : land.owners_known ? "partly" : "parcels");
    to.numbers("largest_owner").push(land.owners_known ? std::optional(largest) : std::nullopt);
    constexpr double most = 0.5;  // of one private owner: may claim to build it himself
    to.texts("self_realisation")
        .push(of_private > most ? std::optional<std::string_view>("yes")
              : all_known       ? std::optional<std::string_view>("no")
                                : std::nullopt);
  }

  void add_links(SiteLayer::Entry const& entry, NamedColumns& to) const {
    std::int64_t crossings = 0;
    std::set<std::string> kinds;
    for (LandContact const* contact : links_of(entry)) {
      if (contact->crosses.empty()) continue;
      ++crossings;
      for (std::string const& kind : split(contact->crosses, ';')) kinds.emplace(trim(kind));
    }
    to.counts("crossings").push(crossings);
    to.texts("crossed").push(text(join({kinds.begin(), kinds.end()}, "; ")));
  }

  void add_shape(std::size_t i, AssemblySpec const& spec, NamedColumns& to) const {
    GeometryColumn const& shapes = sites_.sites.layer.geometry;
    SiteShape const shape = site_shape(shapes, i);
    to.numbers("width_m").push(2 * largest_inscribed_circle(shapes, i).radius);
    to.numbers("compactness").push(compactness(area(shapes, i), length(shapes, i)));
    to.numbers("hull_share").push(shape.hull_share);
    to.numbers("circle_share").push(shape.circle_share);
    to.texts("shape_as")
        .push(!spec.shape.any()  ? std::nullopt
              : spec.shape_ranks ? std::optional<std::string_view>("rank")
                                 : "limit");
    bool const asked = spec.shape.hall_length_m > 0 && spec.shape.hall_width_m > 0;
    auto& hall = to.texts("hall_fits");
    if (!asked)
      hall.push(std::nullopt);
    else
      hall.push(fits_hall(shapes, i, spec.shape.hall_length_m, spec.shape.hall_width_m) ? "yes" : "no");
  }

  void add_parcels(SiteLayer::Entry const& entry, NamedColumns& to) const {
    SiteFacts const& facts = entry.site->facts;
    auto const push = [&](std::optional<std::uint32_t> piece, std::optional<double> change, std::string const& name,
                          std::string const& of_change) {
      to.texts(name).push(piece ? text(id_of(entry, *piece)) : std::nullopt);
      to.numbers(of_change).push(change);
    };
    std::optional<std::uint32_t> weakest;
    if (facts.weakest) weakest = facts.members[*facts.weakest].piece;
    push(weakest, facts.weakest ? facts.members[*facts.weakest].loss : std::nullopt, "weakest", "weakest_loss");
    auto const piece = [](auto const& one) { return one ? std::optional(one->piece) : std::nullopt; };
    auto const change = [](auto const& one) { return one ? std::optional(one->change) : std::nullopt; };
    push(piece(facts.one_more), change(facts.one_more), "one_more", "one_more_change");
    push(piece(facts.one_less), change(facts.one_less), "one_less", "one_less_change");
    std::vector<std::string> all;
    for (std::uint32_t const member : entry.site->found.pieces)
      if (entry.assembly->land.pieces[member].candidate != no_row) all.push_back(id_of(entry, member));
    std::sort(all.begin(), all.end());
    to.texts("parcel_ids").push(join(all, "; "));
  }

  [[nodiscard]] std::string id_of(SiteLayer::Entry const& entry, std::uint32_t piece) const {
    return piece_id(*entry.assembly, piece, from_);
  }

  MadeFrom const& from_;
  SiteLayer const& sites_;
  std::vector<Objectives> best_;
};

/// A layer of some entries: what is known of them as sites, then all that is known of them as candidates.
MadeLayer site_layer(std::string const& name, MadeFrom const& from, SiteLayer const& sites,
                     std::vector<std::size_t> const& rows) {
  MadeLayer out;
  out.name = name;
  out.shape = ShapeType::polygon;
  out.codes = {{"bound_kind", "bound_kind"},
               {"owners_basis", "owners_basis"},
               {"target_area", "target_area"},
               {"level", "site_level"},
               {"alternative", "site_alternative"},
               {"pareto", "yes_no"},
               {"self_realisation", "yes_no"},
               {"hall_fits", "yes_no"},
               {"shape_as", "shape_as"}};
  NamedColumns columns;
  SiteRows::declare(columns, name == "site_alternatives");
  SiteRows const writer(from, sites);
  GeometryBuilder shapes(out.shapes);
  std::vector<Row> wanted;
  for (std::size_t const i : rows) {
    writer.add(i, columns);
    shapes.copy_row(sites.sites.layer.geometry, i);
    wanted.push_back(static_cast<Row>(i));
  }
  CandidateTable all = candidate_table(*sites.study, from.layers, sites.sites, sites.judgement, from.labels);
  out.table = columns.table(rows.size());
  Table const chosen = take(all.table, wanted);
  for (AnyColumn const& column : chosen.columns()) {
    std::string const& column_name = name_of(column);
    if (column_name == all.id_column || out.table.find(column_name) != nullptr) continue;
    out.notes[column_name] = all.notes.at(column_name);
    out.table.add(column);
  }
  return out;
}

/// Why each parcel belongs to a site, and why its neighbours do not.
MadeLayer parcels_layer(MadeFrom const& from, SiteLayer const& sites) {
  MadeLayer out;
  out.name = "site_parcels";
  out.shape = ShapeType::polygon;
  out.codes = {{"role", "site_role"}};
  NamedColumns to;
  GeometryBuilder shapes(out.shapes);
  Layer const& candidates = from.inputs.candidates->layer;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < sites.entries.size(); ++i) {
    SiteLayer::Entry const& entry = sites.entries[i];
    for (SiteParcel const& parcel : parcels_of(sites, i, from)) {
      ++rows;
      shapes.copy_row(candidates.geometry, parcel.candidate);
      to.texts("site_id").push(sites.sites.layer.id[i]);
      to.texts("assembly").push(entry.assembly->spec->key);
      to.texts("candidate").push(candidates.id[parcel.candidate]);
      to.texts("role").push(parcel.role);
      to.texts("reason").push(parcel.reason);
      to.numbers("score").push(parcel.score);
      to.numbers("area_ha").push(area(candidates.geometry, parcel.candidate) / m2_per_ha);
      to.numbers("loss").push(parcel.loss);
      to.numbers("change").push(parcel.change);
    }
  }
  if (rows == 0)
    for (char const* name : {"site_id", "assembly", "candidate", "role", "reason"}) to.texts(name);
  out.table = to.table(rows);
  return out;
}

}  // namespace

std::vector<PlannedLayer> plan_sites(Study const& study) {
  if (study.assembly.empty()) return {};
  return {{"sites", ShapeType::polygon},
          {"site_alternatives", ShapeType::polygon},
          {"site_parcels", ShapeType::polygon},
          {"site_duties", ShapeType::none}};
}

std::vector<MadeLayer> make_sites(MadeFrom const& from) {
  std::vector<Assembly> const assemblies = assemble(from);
  auto const sites = timed(from, "measures of sites", [&] { return measure_sites(assemblies, from); });
  std::vector<std::size_t> own, alternatives;
  for (std::size_t i = 0; i < sites->entries.size(); ++i)
    (sites->entries[i].site->of.empty() ? own : alternatives).push_back(i);
  std::vector<MadeLayer> out;
  out.push_back(site_layer("sites", from, *sites, own));
  out.push_back(site_layer("site_alternatives", from, *sites, alternatives));
  out.push_back(parcels_layer(from, *sites));
  out.push_back(site_duties(*sites, out.front(), own, from));
  return out;
}

}  // namespace terrein
