#pragma once

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

/// Everything the layers are made from.
struct Scene {
  std::vector<Chain> chains;
  Arrangement graph;
  std::vector<Plot> plots;
  std::vector<std::string> capakey;  ///< per plot
  std::vector<std::string> planted;  ///< per plot, name of the planted case or empty
  std::vector<Ring> ring;            ///< per plot, on the map
  Warp warp;
};
[[nodiscard]] Scene make_scene();

/// A building on a plot, on the plan.
struct Building {
  Ring ring;
  std::size_t plot;
  bool dwelling;
};
[[nodiscard]] std::vector<Building> make_buildings(Scene const& scene);

[[nodiscard]] LayerMaker make_parcels(Scene const& scene);
void add_parcel_based(Scene const& scene, std::vector<Building> const& buildings, std::vector<LayerMaker>& out);
void add_painted(Scene const& scene, std::vector<LayerMaker>& out);
void add_networks(Scene const& scene, std::vector<LayerMaker>& out);
void add_places(Scene const& scene, std::vector<LayerMaker>& out);
[[nodiscard]] LayerMaker make_terminals(Scene const& scene);

}  // namespace terrein::demo
