#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

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
  RoadLines(Layer const& roads, GraphOptions const& options, Issues& issues);
  [[nodiscard]] std::vector<Line> const& lines() const noexcept { return lines_; }
  [[nodiscard]] std::vector<double> const& x() const noexcept { return x_; }
  [[nodiscard]] std::vector<double> const& y() const noexcept { return y_; }

 private:
  /// What makes two ends the same node: a number or the code of a text, or the bits of a coordinate.
  struct Key {
    std::uint64_t a, b;
    friend bool operator==(Key const&, Key const&) = default;
  };
  struct KeyHash {
    std::size_t operator()(Key const& key) const noexcept;
  };
  class Joined;
  struct Travel {
    double metres_per_second;
    Direction direction;
    Row row;
  };

  [[nodiscard]] AnyColumn const* field(std::string const& name, std::string_view purpose) const;
  [[nodiscard]] bool usable(Row row, Issues& issues) const;
  [[nodiscard]] std::optional<double> speed_kmh(Row row) const;
  [[nodiscard]] Direction direction(Row row) const;
  [[nodiscard]] std::optional<Key> id_key(AnyColumn const& column, Row row);
  [[nodiscard]] static Key place_key(double x, double y);
  std::uint32_t node(Key const& key, double x, double y);
  void add(std::uint32_t from, std::uint32_t to, double length_m, Travel const& travel);
  void add_between_ids(Row row, Travel const& travel, Issues& issues);
  void add_between_ends(Row row, Travel const& travel);
  void add_segments(Row row, Travel const& travel);
  void join_near_nodes();
  void renumber(Joined& joined);

  Layer const& roads_;
  GraphOptions const& options_;
  AnyColumn const* from_ = nullptr;
  AnyColumn const* to_ = nullptr;
  AnyColumn const* speed_ = nullptr;
  AnyColumn const* class_ = nullptr;
  AnyColumn const* oneway_ = nullptr;
  std::unordered_map<Key, std::uint32_t, KeyHash> node_of_;
  std::unordered_map<std::string, std::uint64_t> code_of_;
  std::vector<double> x_, y_;
  std::vector<Line> lines_;
};

}  // namespace terrein
