#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "network/node_numbers.hpp"
#include "terrein/geometry/geodesic.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

enum class Direction : std::uint8_t { both, along, against };

/// The stretches of road between nodes, in the order of the source rows, and the places of the nodes.
class RoadLines {
 public:
  struct Line {
    std::uint32_t from, to;
    double seconds, length_m;
    Direction direction;
    Row row;  ///< of the layer
  };
  RoadLines(Layer const& roads, GraphOptions const& options, unsigned workers, Issues& issues);
  [[nodiscard]] std::vector<Line> const& lines() const noexcept { return lines_; }
  [[nodiscard]] std::vector<double> const& x() const noexcept { return x_; }
  [[nodiscard]] std::vector<double> const& y() const noexcept { return y_; }
  [[nodiscard]] double stretch() const noexcept { return geodesic_ ? geodesic_->stretch() : 1; }

 private:
  class Joined;
  /// What is known of a row by itself.
  struct Travel {
    double metres_per_second = 0;  ///< 0 = it is left out
    double length_m = 0;           ///< of all its paths
    Direction direction = Direction::both;
    Row row = no_row;
  };

  [[nodiscard]] AnyColumn const* field(std::string const& name, std::string_view purpose) const;
  [[nodiscard]] Travel travel(Row row) const;
  [[nodiscard]] double edge_m(std::size_t vertex) const;
  [[nodiscard]] double path_m(std::size_t path) const;
  [[nodiscard]] double row_m(Row row) const;
  void tell_of_unusable(Row row, Issues& issues) const;
  [[nodiscard]] std::optional<double> speed_kmh(Row row) const;
  [[nodiscard]] Direction direction(Row row) const;
  [[nodiscard]] std::optional<NodeKey> id_key(AnyColumn const& column, Row row);
  std::uint32_t node(NodeKey const& key, double x, double y);
  void add(std::uint32_t from, std::uint32_t to, double length_m, Travel const& travel);
  void add_row(Travel const& travel, Issues& issues);
  void add_between_ids(Travel const& travel, Issues& issues);
  void add_between_ends(Travel const& travel);
  void add_segments(Travel const& travel);
  void join_near_nodes();
  void renumber(Joined& joined);

  Layer const& roads_;
  GraphOptions const& options_;
  std::optional<GeodesicLengths> geodesic_;
  AnyColumn const* from_ = nullptr;
  AnyColumn const* to_ = nullptr;
  AnyColumn const* speed_ = nullptr;
  AnyColumn const* class_ = nullptr;
  AnyColumn const* oneway_ = nullptr;
  NodeNumbers numbers_;
  std::unordered_map<std::string, std::uint64_t> code_of_;
  std::vector<double> x_, y_;
  std::vector<Line> lines_;
};

}  // namespace terrein
