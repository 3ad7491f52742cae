#include <fmt/core.h>

#include <array>
#include <cmath>
#include <map>
#include <set>

#include "random.hpp"
#include "scene.hpp"

namespace terrein::demo {
namespace {

/// Division and section by part of the municipality. 981xx and 982xx are no real divisions.
std::string section_of(Vec p) {
  Ring const study = [] {
    Ring ring{{-500, -500}};
    Line const border = plan_municipal_border();
    ring.push_back({7000, -500});
    ring.push_back({7000, 4300});
    ring.insert(ring.end(), border.rbegin(), border.rend());
    ring.push_back({4760, 6000});
    ring.push_back({-500, 6000});
    return ring;
  }();
  if (!inside(study, p)) return "98201A";
  if (p.y < 900) return p.x < 3000 ? "98101C" : "98102C";
  if (p.y > 3700) return p.x < 3000 ? "98101D" : "98102D";
  if (p.x < 2200) return "98101B";
  return p.x < 3850 ? "98101A" : "98102E";
}

/// Ground numbers of the planted parcels, with their section: nobody else gets them.
std::set<std::string> fixed_grounds() {
  std::set<std::string> out;
  for (Planted const& one : plan_planted()) out.insert(one.capakey.substr(0, 10));
  return out;
}

/// Keys as the cadastre numbers them: a ground number, and letters where it was parted later.
class Numbering {
 public:
  std::string next(Plot const& plot) {
    std::string const section = section_of(centre(plot.ring));
    Counter& counter = counters_[section];
    if (counter.part == counter.parts) {
      counter = {counter.ground + 1, 0, plot.kind == Kind::house ? 1 + random_.below(6) : 1 + random_.below(2)};
      while (fixed_.contains(fmt::format("{}{:04}", section, counter.ground))) ++counter.ground;
    }
    char const letter = counter.parts == 1 ? '_' : static_cast<char>('A' + counter.part);
    ++counter.part;
    return fmt::format("{}{:04}/00{}000", section, counter.ground, letter);
  }

 private:
  struct Counter {
    int ground = 0, part = 0, parts = 0;
  };
  std::map<std::string, Counter> counters_;
  std::set<std::string> const fixed_ = fixed_grounds();
  Random random_{2};
};

struct Owners {
  std::optional<std::int64_t> count;
  std::optional<std::string_view> type;
};

Owners owners_of(Plot const& plot, std::string const& planted, VacantSite const* site, Random& random) {
  int const most = plot.kind == Kind::house ? 3 : plot.kind == Kind::field ? 6 : 2;
  Owners out{1 + random.below(most), random.chance(0.04) ? "publiek" : "privaat"};
  if (random.chance(0.04)) out.count.reset();
  if (random.chance(0.10)) out.type.reset();
  if (planted == "new_park") out = {3, "privaat"};
  if (site != nullptr && site->owners) out = {site->owners, "privaat"};
  if (planted == "factory_good") out.type = "publiek";
  return out;
}

/// Null where nobody looked.
std::optional<double> village_passage(Plot const& plot, double metres) {
  if (plot.kind == Kind::house || area(plot.ring) < 3000) return std::nullopt;
  return metres;
}

Ring bow_tie(Ring const& ring) {
  std::size_t const n = ring.size();
  return {ring[0], ring[n / 2], ring[n / 4], ring[3 * n / 4]};
}

Ring touching_ring(Ring ring) {
  Vec const c = centre(ring);
  Vec const to_middle = c - ring[0];
  auto rounded = [](Vec v) { return Vec{std::round(v.x * 100) / 100, std::round(v.y * 100) / 100}; };
  Vec const q = rounded(ring[0] + to_middle * 0.6 + left_of(to_middle) * 0.15);
  Vec const r = rounded(ring[0] + to_middle * 0.6 - left_of(to_middle) * 0.15);
  std::array<Vec, 3> const pocket{q, r, ring[0]};
  ring.insert(ring.begin() + 1, pocket.begin(), pocket.end());
  return ring;
}

void shape(LayerMaker& layer, Ring const& ring, std::string const& planted) {
  if (planted == "no_shape")
    layer.no_shape();
  else if (planted == "bow_tie")
    layer.polygon(bow_tie(ring));
  else if (planted == "touching_ring")
    layer.polygon(touching_ring(ring));
  else
    layer.polygon(ring);
}

}  // namespace

Scene make_scene() {
  Scene scene;
  scene.chains = plan_chains();
  scene.graph = arrange(scene.chains, 40);
  scene.plots = cut_land(scene.graph, scene.chains);
  std::vector<Planted> const planted = plan_planted();
  Numbering numbering;
  for (Plot const& plot : scene.plots) {
    scene.ring.push_back(scene.warp.ring(plot.ring));
    Planted const* found = nullptr;
    for (Planted const& p : planted) {
      if (inside(plot.ring, p.at)) found = &p;
    }
    scene.planted.push_back(found != nullptr ? found->name : "");
    scene.capakey.push_back(found != nullptr ? found->capakey : numbering.next(plot));
  }
  scene.buildings = make_buildings(scene);
  scene.built.assign(scene.plots.size(), false);
  for (Building const& building : scene.buildings) scene.built[building.plot] = true;
  scene.vacant = vacant_sites(scene);
  return scene;
}

LayerMaker make_parcels(Scene const& scene) {
  LayerMaker out("parcels", "Percelen (fictief)", "Cadastral parcels of a municipality that does not exist.",
                 ShapeType::polygon);
  std::vector<double> const passages = village_passages(scene);
  Random random(3);
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    std::string const& planted = scene.planted[i];
    shape(out, scene.ring[i], planted);
    auto const it = scene.vacant.find(i);
    VacantSite const* site = it == scene.vacant.end() ? nullptr : &it->second;
    Owners const owners = owners_of(scene.plots[i], planted, site, random);
    out.text("capakey", scene.capakey[i])
        .number("oppervl", std::round(area(scene.ring[i]) * 100) / 100)
        .whole("owners_n", owners.count)
        .text("owner_type", owners.type)
        .text("leverage", site == nullptr ? std::nullopt : site->leverage)
        .number("balance_eur_m2", site == nullptr ? std::nullopt : site->balance_eur_m2)
        .number("village_passage_m", village_passage(scene.plots[i], passages[i]));
  }
  return out;
}

}  // namespace terrein::demo
