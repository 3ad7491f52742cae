#include "assemble.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "judge_parts.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/developable.hpp"
#include "terrein/geometry/site_outline.hpp"
#include "terrein/geometry/site_shape.hpp"

namespace terrein {
namespace {

/// Only some pieces of a graph, in its order.
LandGraph part_of(LandGraph const& graph, std::vector<std::uint32_t> const& pieces) {
  std::vector<std::uint32_t> place(graph.size(), SiteLand::no_piece);
  std::vector<LandPiece> kept;
  for (std::uint32_t const piece : pieces) {
    place[piece] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(graph.pieces[piece]);
  }
  std::vector<LandLink> links;
  for (std::uint32_t const piece : pieces)
    for (std::uint32_t i = graph.first[piece]; i < graph.first[piece + 1]; ++i)
      if (std::uint32_t const other = place[graph.neighbour[i]]; other != SiteLand::no_piece && place[piece] < other)
        links.push_back({place[piece], other, graph.price[i], graph.shared[i], graph.strip[i]});
  return land_graph(std::move(kept), std::move(links));
}

/// Finds the sites of one set.
class Assembler {
 public:
  Assembler(AssemblySpec const& spec, MadeFrom const& from) : spec_(spec), from_(from) {
    out_.spec = &spec;
    out_.land = timed(from, "land of sites", [&] { return site_land(spec, from); });
    test_.emplace(spec, from, out_.land);
    taken_.assign(out_.land.graph.size(), 0);
  }

  Assembly run() {
    if (out_.land.must_not_offered.empty())
      timed(from_, "search of sites", [&] { find_sites(); });
    else
      out_.none = must_not_offered();
    timed(from_, "alternatives to sites", [&] { find_alternatives(); });
    SiteProblem const whole = whole_problem();
    for (AssembledSite& site : out_.sites) site.facts = site_facts(whole, site.found, taken_);
    std::vector<std::uint8_t> const none(out_.land.graph.size(), 0);
    for (AssembledSite& site : out_.alternatives) site.facts = site_facts(whole, site.found, none);
    if (!out_.none.empty())
      from_.issues.add({.layer = from_.study.candidates,
                        .stage = "assemble",
                        .code = out_.sites.empty() ? "no_site" : "fewer_sites",
                        .text = "[assembly." + spec_.key + "] " + out_.none});
    return std::move(out_);
  }

 private:
  [[nodiscard]] SiteProblem problem(LandGraph const& graph) const {
    SiteProblem out;
    out.graph = &graph;
    out.target = {spec_.least_ha,
                  spec_.most_ha,
                  spec_.reach_m,
                  spec_.excess_price,
                  spec_.outline_price,
                  spec_.owner_price,
                  spec_.most_owners.value_or(std::numeric_limits<std::size_t>::max())};
    out.limits = {spec_.exact_parcels, spec_.branch_nodes, spec_.all_branch_nodes, spec_.bounded_seeds,
                  spec_.improved_seeds};
    out.workers = from_.inputs.workers;
    return out;
  }

  [[nodiscard]] SiteProblem whole_problem() const {
    SiteProblem out = problem(out_.land.graph);
    out.must = out_.land.must;
    out.roots = out_.land.parks;
    if (!out.roots.empty() && spec_.most_owners) ++out.target.most_owners;  // the park is a piece with an owner, too
    out.check = [this](auto const& pieces) { return test_->check(pieces); };
    return out;
  }

  void find_sites() {
    SiteSearch search(whole_problem());
    std::size_t const most = out_.land.must.empty() ? spec_.count : 1;
    double total = 0;
    while (out_.sites.size() < most && !(spec_.total_ha && total >= *spec_.total_ha)) {
      check_stop();
      SiteAnswer answer = search.next();
      if (!answer.site) {
        out_.none = why_none(answer.none);
        break;
      }
      double const best = out_.sites.empty() ? answer.site->value : out_.sites.front().found.value;
      if (answer.site->value < (1 - spec_.most_loss) * best) {
        out_.none = fmt::format("The next site would be worth {:.2f}, more than {:.0f} % less than the best.",
                                answer.site->value, 100 * spec_.most_loss);
        break;
      }
      for (std::uint32_t const piece : answer.site->pieces) total += out_.land.graph.pieces[piece].size;
      auto const gone = taken_by(*answer.site);
      for (std::uint32_t const piece : gone) taken_[piece] = 1;
      search.close(gone);
      AssembledSite site;
      site.found = std::move(*answer.site);
      site.id = id_of(site.found);
      out_.sites.push_back(std::move(site));
    }
    order_by_value();
    if (spec_.shape_ranks) order_by_shape();
    for (std::size_t i = 0; i < out_.sites.size(); ++i) out_.sites[i].number = i + 1;
  }

  /// Parcels of a site, those too near to it, and those of its search zone; of parks the one that grew.
  [[nodiscard]] std::vector<std::uint32_t> taken_by(FoundSite const& site) const {
    LandGraph const& graph = out_.land.graph;
    std::set<std::uint32_t> zones;
    for (std::uint32_t const piece : site.pieces)
      if (graph.pieces[piece].zone != 0) zones.insert(graph.pieces[piece].zone);
    std::vector<std::uint32_t> out;
    for (std::uint32_t piece = 0; piece < graph.size(); ++piece) {
      bool gone =
          std::binary_search(site.pieces.begin(), site.pieces.end(), piece) || zones.contains(graph.pieces[piece].zone);
      if (spec_.apart_m > 0 && out_.land.pieces[piece].candidate != no_row)
        for (std::size_t i = 0; i < site.pieces.size() && !gone; ++i)
          gone = distance(graph.pieces[site.pieces[i]].box, graph.pieces[piece].box) < spec_.apart_m;
      if (gone) out.push_back(piece);
    }
    return out;
  }

  [[nodiscard]] std::string id_of(FoundSite const& site) const {
    std::vector<std::string> ids;
    for (std::uint32_t const piece : site.pieces) {
      PieceFacts const& facts = out_.land.pieces[piece];
      ids.push_back(facts.candidate == no_row ? from_.inputs.find(spec_.grow)->layer.id[facts.park]
                                              : from_.inputs.candidates->layer.id[facts.candidate]);
    }
    return site_id(std::move(ids));
  }

  /// The search of a later site may find a better one than before. Sites are numbered by value; what bounds each is the
  /// bound of the first round whose site has no smaller number: the land that was open then holds all that is left.
  void order_by_value() {
    std::vector<std::size_t> order(out_.sites.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return out_.sites[a].found.value > out_.sites[b].found.value;
    });
    std::vector<AssembledSite> sites;
    std::vector<std::uint8_t> numbered(order.size(), 0);
    for (std::size_t const round : order) {
      auto const first = static_cast<std::size_t>(std::find(numbered.begin(), numbered.end(), 0) - numbered.begin());
      numbered[round] = 1;
      AssembledSite site = out_.sites[round];
      site.found.bound = out_.sites[first].found.bound;
      site.found.bound_kind = out_.sites[first].found.bound_kind;
      sites.push_back(std::move(site));
    }
    out_.sites = std::move(sites);
  }

  /// The most compact first; the value of each stays what it is.
  void order_by_shape() {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < out_.sites.size(); ++i)
      order.emplace_back(-test_->compactness(out_.sites[i].found.pieces), i);
    std::sort(order.begin(), order.end());
    std::vector<AssembledSite> sites;
    for (auto const& [shape, i] : order) sites.push_back(std::move(out_.sites[i]));
    out_.sites = std::move(sites);
  }

  [[nodiscard]] double area_of(std::vector<std::uint32_t> const& pieces) const {
    double out = 0;
    for (std::uint32_t const piece : pieces) out += out_.land.graph.pieces[piece].size;
    return out;
  }
  [[nodiscard]] std::size_t owners_of(std::vector<std::uint32_t> const& pieces) const {
    std::set<std::uint32_t> owners;
    for (std::uint32_t const piece : pieces)
      if (out_.land.pieces[piece].candidate != no_row) owners.insert(out_.land.graph.pieces[piece].owner);
    return owners.size();
  }

  /// On the land around a site: what could be offered beside it, without the land of other sites.
  void find_alternatives() {
    for (AssembledSite const& site : out_.sites) find_alternatives(site);
  }

  void find_alternatives(AssembledSite const& site) {
    if (spec_.alternatives == 0 && !spec_.most_owners) return;
    LandGraph const& graph = out_.land.graph;
    std::vector<std::uint32_t> around;
    Box const& seed = graph.pieces[site.found.seed].box;
    for (std::uint32_t piece = 0; piece < graph.size(); ++piece) {
      bool const own = std::binary_search(site.found.pieces.begin(), site.found.pieces.end(), piece);
      Point const at = graph.pieces[piece].at;
      bool const near = distance(seed, Box{at.x, at.y, at.x, at.y}) <= 2 * spec_.reach_m;
      if (own || (near && taken_[piece] == 0)) around.push_back(piece);
    }
    LandGraph const land = part_of(graph, around);
    auto const here = [&](std::vector<std::uint32_t> const& pieces) {
      std::vector<std::uint32_t> out;
      for (std::uint32_t const piece : pieces)
        if (auto const at = std::lower_bound(around.begin(), around.end(), piece); at != around.end() && *at == piece)
          out.push_back(static_cast<std::uint32_t>(at - around.begin()));
      return out;
    };
    SiteProblem base = problem(land);
    base.must = here(out_.land.must);
    base.roots = here(out_.land.parks);
    base.check = [&](auto const& pieces) { return test_->check(there(around, pieces)); };
    SiteProblem differing = base;
    for (std::size_t n = 0; n < spec_.alternatives; ++n) {
      auto const& last = n == 0 ? site.found.pieces : out_.alternatives.back().found.pieces;
      SharedLimit limit{std::vector<std::uint8_t>(land.size(), 0), spec_.most_overlap * area_of(last)};
      for (std::uint32_t const piece : here(last)) limit.pieces[piece] = 1;
      differing.shared.push_back(std::move(limit));
      if (!add_alternative(site, differing, around, "differs")) break;
    }
    std::size_t const owners = owners_of(site.found.pieces);
    if (spec_.alternatives == 0 || owners < 2) return;
    base.target.most_owners = owners - 1;
    (void)add_alternative(site, base, around, "fewer_owners");
  }

  static std::vector<std::uint32_t> there(std::vector<std::uint32_t> const& around,
                                          std::vector<std::uint32_t> const& pieces) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t const piece : pieces) out.push_back(around[piece]);
    return out;
  }

  bool add_alternative(AssembledSite const& site, SiteProblem const& problem, std::vector<std::uint32_t> const& around,
                       char const* why) {
    auto answer = SiteSearch(problem).next();
    if (!answer.site || answer.site->value < (1 - spec_.alternative_loss) * site.found.value) return false;
    AssembledSite other;
    other.found = std::move(*answer.site);
    other.found.pieces = there(around, other.found.pieces);
    other.found.seed = around[other.found.seed];
    other.id = id_of(other.found);
    bool const known = std::any_of(out_.alternatives.begin(), out_.alternatives.end(),
                                   [&](AssembledSite const& one) { return one.id == other.id && one.of == site.id; });
    if (known) return false;
    other.number = site.number;
    other.of = site.id;
    other.why = why;
    std::vector<std::uint32_t> common;
    std::set_intersection(other.found.pieces.begin(), other.found.pieces.end(), site.found.pieces.begin(),
                          site.found.pieces.end(), std::back_inserter(common));
    other.common_share = area_of(common) / area_of(site.found.pieces);
    out_.alternatives.push_back(std::move(other));
    return true;
  }

  [[nodiscard]] std::string must_not_offered() const {
    return fmt::format("No site: {} must be in it, but may not: {}. Take it out of `must`, or change what excludes it.",
                       join(out_.land.must_not_offered, ", "), reasons(out_.land.must_not_offered));
  }
  [[nodiscard]] std::string reasons(std::vector<std::string> const& ids) const {
    std::vector<std::string> out;
    auto const& all = from_.inputs.candidates->layer.id;
    for (std::string const& id : ids) {
      auto const row = static_cast<std::size_t>(std::find(all.begin(), all.end(), id) - all.begin());
      out.push_back(from_.labels.get("land_state", std::string(to_string(out_.land.state[row]))));
    }
    return join(out, ", ");
  }

  [[nodiscard]] std::string why_none(NoSite const& none) const {
    std::string const range =
        fmt::format("{:g} to {:g} ha ({})", spec_.least_ha, spec_.most_ha, to_string(spec_.target));
    std::string const further = out_.sites.empty() ? "" : "further ";
    if (none.must_apart)
      return fmt::format("The parcels that must be in a site do not hang together within {:g} m of the first of them.",
                         spec_.reach_m);
    std::string out = fmt::format("No {}site of {} {} within {:g} m of any parcel; ", further, range,
                                  none.proven ? "exists" : "was found", spec_.reach_m);
    if (out_.land.pieces.empty()) return out + "no parcel may be in one.";
    return out + fmt::format("the most land that hangs together there is {:.2f} ha.", none.largest);
  }

  AssemblySpec const& spec_;
  MadeFrom const& from_;
  std::optional<SiteTest> test_;
  std::vector<std::uint8_t> taken_;
  Assembly out_;
};

}  // namespace

std::string site_id(std::vector<std::string> parcels) {
  std::sort(parcels.begin(), parcels.end());
  Sha256 hash;
  for (std::string const& id : parcels) hash.add(id);
  constexpr std::size_t digits = 10;
  return "S-" + hash.hex().substr(0, digits);
}

SiteTest::SiteTest(AssemblySpec const& spec, MadeFrom const& from, SiteLand const& land)
    : spec_(spec),
      from_(from),
      land_(land),
      parcels_(from.layers.layers.at(from.study.candidates).layer),
      boxes_(parcels_.geometry.box, from.inputs.workers) {
  if (spec.target == AreaKind::gross) return;
  for (Cut& cut : cuts_of(from.study, spec.model, from.inputs)) {
    std::vector<Box> boxes = cut.layer->geometry.box;
    for (Row row = 0; row < boxes.size(); ++row)
      if (!cut.selected.empty() && cut.selected[row] == 0) boxes[row] = {};
    PackedBoxes index(boxes, from.inputs.workers);
    cuts_.push_back({std::move(cut), std::move(index)});
  }
}

/// Only parcels near the site are looked at: an index of all of them for every site would take long.
GeometryColumn SiteTest::outline(std::vector<std::uint32_t> const& pieces) const {
  std::vector<Row> members, rows;
  Box box;
  for (std::uint32_t const piece : pieces) {
    PieceFacts const& facts = land_.pieces[piece];
    if (facts.candidate == no_row) continue;
    members.push_back(from_.inputs.candidate_rows[facts.candidate]);
    box.extend(parcels_.geometry.box[members.back()]);
  }
  boxes_.query(box.grown(spec_.bridge_m), [&](std::uint32_t place) { rows.push_back(boxes_.order()[place]); });
  std::sort(rows.begin(), rows.end());
  std::vector<std::vector<Row>> site(1);
  for (Row const member : members)
    site.front().push_back(static_cast<Row>(std::lower_bound(rows.begin(), rows.end(), member) - rows.begin()));
  return site_outlines(take(parcels_, rows), site, spec_.bridge_m, 1);
}

double SiteTest::size_ha(GeometryColumn const& outline) const {
  constexpr double m2_per_ha = 1e4;
  double const gross = area(outline, 0) / m2_per_ha;
  if (spec_.target == AreaKind::gross) return gross;
  std::vector<Layer> near;
  near.reserve(cuts_.size());
  std::vector<Cut> cuts;
  for (NearCut const& one : cuts_) {
    std::vector<Row> rows;
    one.boxes.query(outline.box[0].grown(one.cut.buffer_m),
                    [&](std::uint32_t place) { rows.push_back(one.boxes.order()[place]); });
    std::sort(rows.begin(), rows.end());
    near.push_back(take(*one.cut.layer, rows));
    cuts.push_back({&near.back(), {}, one.cut.buffer_m});
  }
  DevelopableOptions const options{spec_.speck_m2, spec_.speck_width_m, spec_.part_m2, spec_.part_width_m};
  return spec_.size_of(gross, developable(outline, cuts, options, 1).area_m2.front() / m2_per_ha);
}

bool SiteTest::has_shape(GeometryColumn const& outline) const {
  ShapeLimits const& limits = spec_.shape;
  if (limits.compactness > 0 && terrein::compactness(area(outline, 0), length(outline, 0)) < limits.compactness)
    return false;
  if (limits.hull_share > 0 && site_shape(outline, 0).hull_share < limits.hull_share) return false;
  if (limits.width_m > 0 && 2 * largest_inscribed_circle(outline, 0).radius < limits.width_m) return false;
  return !(limits.hall_length_m > 0 && limits.hall_width_m > 0) ||
         fits_hall(outline, 0, limits.hall_length_m, limits.hall_width_m).has_value();
}

SiteCheck SiteTest::check(std::vector<std::uint32_t> const& pieces) const {
  GeometryColumn const shape = outline(pieces);
  return {spec_.shape_ranks || !spec_.shape.any() || has_shape(shape), size_ha(shape)};
}

double SiteTest::compactness(std::vector<std::uint32_t> const& pieces) const {
  GeometryColumn const shape = outline(pieces);
  return terrein::compactness(area(shape, 0), length(shape, 0));
}

std::vector<Assembly> assemble(MadeFrom const& from) {
  std::vector<Assembly> out;
  for (AssemblySpec const& spec : from.study.assembly) out.push_back(Assembler(spec, from).run());
  return out;
}

}  // namespace terrein
