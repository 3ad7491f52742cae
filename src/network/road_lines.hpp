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

/// What a row of the layer is to the network. All but the first two are left out of it.
enum class LineState : std::uint8_t {
  open,
  unknown,       ///< in it; whether the vehicle may pass is not known
  class_closed,  ///< its class has speed 0
  ferry,
  limit,  ///< the vehicle is too heavy or too large
  no_shape,
  no_line,  ///< points or polygons
  not_finite,
  no_length,
  no_node,  ///< without id of a node
};

/// The stretches of road between nodes, in the order of the source rows, and the places of the nodes.
class RoadLines {
 public:
  struct Line {
    std::uint32_t from, to;
    double seconds, length_m;
    Direction direction;
    Row row;                   ///< of the layer
    std::uint32_t begin, end;  ///< its vertices in the layer, those of several paths one after the other
  };
  RoadLines(Layer const& roads, GraphOptions const& options, unsigned workers, Issues& issues);
  [[nodiscard]] std::vector<Line> const& lines() const noexcept { return lines_; }
  [[nodiscard]] std::vector<double> const& x() const noexcept { return x_; }
  [[nodiscard]] std::vector<double> const& y() const noexcept { return y_; }
  /// Per row of the layer.
  [[nodiscard]] std::vector<LineState> const& states() const noexcept { return state_; }
  [[nodiscard]] double stretch() const noexcept { return geodesic_ ? geodesic_->stretch() : 1; }

 private:
  class Joined;
  /// What is known of a row by itself.
  struct Travel {
    double metres_per_second = 0;
    double length_m = 0;  ///< of all its paths
    Direction direction = Direction::both;
    Row row = no_row;
  };

  [[nodiscard]] AnyColumn const* field(std::string const& name, std::string_view purpose) const;
  /// A field with a limit, and what the vehicle needs of it.
  struct Limit {
    LimitKind kind;
    AnyColumn const* column;
    double needed;
  };
  void find_fields();
  [[nodiscard]] LineState travel(Row row, Travel& out) const;
  [[nodiscard]] LineState shape_state(Row row) const;
  [[nodiscard]] LineState limit_state(Row row) const;
  [[nodiscard]] bool is_ferry(Row row) const;
  [[nodiscard]] double edge_m(std::size_t vertex) const;
  [[nodiscard]] double path_m(std::size_t path) const;
  [[nodiscard]] double row_m(Row row) const;
  void tell_of_unusable(Row row, Issues& issues) const;
  [[nodiscard]] std::optional<double> speed_kmh(Row row) const;
  [[nodiscard]] Direction direction(Row row) const;
  [[nodiscard]] std::optional<NodeKey> id_key(AnyColumn const& column, Row row);
  std::uint32_t node(NodeKey const& key, double x, double y);
  void add(std::uint32_t from, std::uint32_t to, double length_m, Travel const& travel, std::uint32_t begin,
           std::uint32_t end);
  void add_row(Travel const& travel, Issues& issues);
  void add_between_ids(Travel const& travel, Issues& issues);
  void add_between_ends(Travel const& travel);
  void add_segments(Travel const& travel);
  void join_near_nodes();
  void join_crowds(Joined& joined) const;
  void renumber(Joined& joined);

  Layer const& roads_;
  GraphOptions const& options_;
  std::optional<GeodesicLengths> geodesic_;
  AnyColumn const* from_ = nullptr;
  AnyColumn const* to_ = nullptr;
  AnyColumn const* speed_ = nullptr;
  AnyColumn const* class_ = nullptr;
  AnyColumn const* oneway_ = nullptr;
  AnyColumn const* ferry_ = nullptr;
  std::vector<Limit> limits_;
  NodeNumbers numbers_;
  std::unordered_map<std::string, std::uint64_t> code_of_;
  std::vector<double> x_, y_;
  std::vector<Line> lines_;
  std::vector<LineState> state_;
};

/// The graph of the lines; `rows`, when asked for, is filled with the row of every arc.
[[nodiscard]] RoadGraph graph_of(RoadLines const& lines, std::vector<Row>* rows = nullptr);

}  // namespace terrein
