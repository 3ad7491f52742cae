#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "terrein/geometry/barriers.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

class SegmentTree;

/// A straight way from the boundary of a shape to a line.
struct Connection {
  std::uint32_t line = 0;  ///< its number
  double share = 0;        ///< of the length of the line that lies before `to`
  double metres = 0;       ///< length of the way
  Point from, to;          ///< on the boundary, on the line
};

/// Lines that shapes are to be connected to, behind an index. Made once, read by all workers.
class ConnectionIndex {
 public:
  /// A path of a line; the paths of one line follow each other and count as one length.
  struct Path {
    std::span<double const> xy;  ///< x, y pairs; must outlive the index
    std::uint32_t line = 0;
  };
  /// Connections are no longer than `tolerance_m`. `barriers` may be null, else must outlive the index.
  ConnectionIndex(std::span<Path const> paths, double tolerance_m, Barriers const* barriers, unsigned workers = 1);
  ConnectionIndex(ConnectionIndex&&) noexcept;
  ~ConnectionIndex();

 private:
  friend class ConnectionSearch;
  double tolerance_;
  Barriers const* barriers_;
  std::unique_ptr<SegmentTree const> segments_;  // row = number of the line
  std::vector<double> begin_m_;                  // length of the line before a segment, by its number
  std::vector<double> length_m_;                 // of the line of a segment, by its number
};

/// Finds the connections of one shape after the other. For one worker; the index must outlive it.
class ConnectionSearch {
 public:
  explicit ConnectionSearch(ConnectionIndex const& index);
  ConnectionSearch(ConnectionSearch&&) noexcept;
  ~ConnectionSearch();

  struct Found {
    std::vector<Connection> open;  ///< at most one per line, by number of the line
    Connection blocked;            ///< where none is open: the shortest to a line, which `barrier` bars
    Barriers::Crossed barrier;     ///< nothing where no line is within the tolerance
  };
  /// Per line the shortest connection that crosses no barrier. Where barriers are near, the ways that are tried start
  /// or end at vertices, at the places nearest to each other, and on long edges at places no more than the tolerance
  /// apart: a way that only squeezes through between those is not found. Of equally long ways that which meets the line
  /// first. Rows without shape have none. Valid until the next call.
  [[nodiscard]] Found const& find(GeometryColumn const& shapes, std::size_t row);

 private:
  class Finder;
  std::unique_ptr<Finder> finder_;
};

}  // namespace terrein
