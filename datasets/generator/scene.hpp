#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fabric.hpp"
#include "plan.hpp"
#include "terrein/io/geopackage.hpp"
#include "warp.hpp"

namespace terrein::demo {

/// A layer of the demonstration file while it is made. Attributes go in cell by cell, in the order of the columns.
class LayerMaker {
 public:
  LayerMaker(std::string name, std::string title, std::string description, ShapeType shape);

  /// For layers that are not fictional.
  void licence(std::string text) { layer_.licence = std::move(text); }
  void point(Vec p);
  void line(Line const& line);
  void polygon(Ring const& shell, std::vector<Ring> const& holes = {});
  void no_shape();

  LayerMaker& text(std::string const& column, std::optional<std::string_view> value);
  LayerMaker& whole(std::string const& column, std::optional<std::int64_t> value);
  LayerMaker& number(std::string const& column, std::optional<double> value);

  [[nodiscard]] std::string const& name() const { return layer_.name; }
  [[nodiscard]] std::size_t rows() const { return geometry_->size(); }
  /// The finished layer; it refers to shapes of this object.
  [[nodiscard]] OutputLayer finish(Crs const& crs) const;

 private:
  template <class C>
  C& column(std::string const& name);

  OutputLayer layer_;
  std::unique_ptr<GeometryColumn> geometry_;
  std::vector<AnyColumn> columns_;
};

/// A building on a plot, on the plan.
struct Building {
  Ring ring;
  std::size_t plot;
  bool dwelling;
};

/// A vacant or hardly used site and what its owner's agency knows of it.
struct VacantSite {
  std::string_view name;
  double unused_share = 0;
  std::optional<std::string_view> leverage;
  std::optional<double> balance_eur_m2;
  std::optional<std::int64_t> owners;
  std::optional<int> soil;  ///< number of the soil statement
};

/// Everything the layers are made from.
struct Scene {
  std::vector<Chain> chains;
  Arrangement graph;
  std::vector<Plot> plots;
  std::vector<std::string> capakey;  ///< per plot
  std::vector<std::string> planted;  ///< per plot, name of the planted case or empty
  std::vector<Ring> ring;            ///< per plot, on the map
  std::vector<Building> buildings;
  std::vector<bool> built;                   ///< per plot
  std::map<std::size_t, VacantSite> vacant;  ///< by plot
  Warp warp;
};
[[nodiscard]] Scene make_scene();

[[nodiscard]] std::vector<Building> make_buildings(Scene const& scene);

/// Vacant works: the planted factories and a few plots elsewhere.
[[nodiscard]] std::map<std::size_t, VacantSite> vacant_sites(Scene const& scene);
/// Per plot, metres of village or hamlet on the fastest way of a truck to a slip road.
[[nodiscard]] std::vector<double> village_passages(Scene const& scene);

struct RoadClass {
  char const* name;
  int speed_kmh;  ///< of a truck
};
[[nodiscard]] RoadClass road_class(Chain const& chain);
/// Whether a truck may use it, the motorway apart.
[[nodiscard]] bool drives(Way way);

[[nodiscard]] LayerMaker make_parcels(Scene const& scene);
void add_parcel_based(Scene const& scene, std::vector<LayerMaker>& out);
void add_painted(Scene const& scene, std::vector<LayerMaker>& out);
void add_networks(Scene const& scene, std::vector<LayerMaker>& out);
void add_places(Scene const& scene, std::vector<LayerMaker>& out);
[[nodiscard]] LayerMaker make_terminals(Scene const& scene);

}  // namespace terrein::demo
