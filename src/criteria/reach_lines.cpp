#include "criteria/reach_lines.hpp"

#include <algorithm>
#include <cmath>

namespace terrein {
namespace {

/// The line of a stretch, by metres from its start; gaps between its paths have no length.
class StretchLine {
 public:
  StretchLine(GeometryColumn const& network, NetworkEdge const& edge) : shapes_(network) {
    for (std::uint32_t path = shapes_.first_path(edge.row); path < shapes_.end_path(edge.row); ++path) {
      std::uint32_t const begin = std::max(edge.begin, shapes_.path_begin[path]);
      std::uint32_t const end = std::min(edge.end, shapes_.path_begin[path + 1]);
      for (std::uint32_t vertex = begin; vertex + 1 < end; ++vertex) {
        double const length = std::hypot(x(vertex + 1) - x(vertex), y(vertex + 1) - y(vertex));
        if (!(length > 0)) continue;
        pieces_.push_back({vertex, metres_, metres_ + length, vertex == begin});
        metres_ += length;
      }
    }
  }
  [[nodiscard]] double metres() const noexcept { return metres_; }

  void add_part(double begin, double end, GeometryBuilder& out) const {
    bool open = false;
    auto const close = [&] {
      if (!open) return;
      out.end_path();
      out.end_part();
      open = false;
    };
    for (Piece const& piece : pieces_) {
      if (piece.end <= begin || piece.begin >= end) continue;
      if (piece.starts_path) close();
      if (!open) add_vertex(piece, std::max(begin, piece.begin), out);
      open = true;
      add_vertex(piece, std::min(end, piece.end), out);
    }
    close();
    out.end_row(GeometryKind::line);
  }
  [[nodiscard]] Point at(double metres) const {
    auto const after = std::upper_bound(pieces_.begin(), pieces_.end(), metres,
                                        [](double wanted, Piece const& piece) { return wanted < piece.end; });
    return place(after == pieces_.end() ? pieces_.back() : *after, metres);
  }

 private:
  struct Piece {
    std::uint32_t vertex;
    double begin, end;
    bool starts_path;
  };
  [[nodiscard]] double x(std::uint32_t vertex) const { return shapes_.xy[2 * std::size_t{vertex}]; }
  [[nodiscard]] double y(std::uint32_t vertex) const { return shapes_.xy[2 * std::size_t{vertex} + 1]; }
  [[nodiscard]] Point place(Piece const& piece, double metres) const {
    if (metres <= piece.begin) return {x(piece.vertex), y(piece.vertex)};
    if (metres >= piece.end) return {x(piece.vertex + 1), y(piece.vertex + 1)};
    double const t = (metres - piece.begin) / (piece.end - piece.begin);
    return {x(piece.vertex) + t * (x(piece.vertex + 1) - x(piece.vertex)),
            y(piece.vertex) + t * (y(piece.vertex + 1) - y(piece.vertex))};
  }
  void add_vertex(Piece const& piece, double metres, GeometryBuilder& out) const {
    Point const point = place(piece, metres);
    out.vertex(point.x, point.y);
  }

  GeometryColumn const& shapes_;
  std::vector<Piece> pieces_;
  double metres_ = 0;
};

/// Puts places along a stretch.
class Sampler {
 public:
  Sampler(StretchLine const& line, double spacing, std::vector<OwnedPoint>& out)
      : line_(line), spacing_(spacing), out_(out) {}

  /// From `first` metres on every `spacing`, up to and with `last`; backwards where `last` comes before.
  void walk(double first, double last, std::uint32_t owner) {
    double const sign = last < first ? -1 : 1, length = std::abs(last - first);
    auto const steps = static_cast<std::size_t>(std::floor(length / spacing_));
    for (std::size_t i = 0; i <= steps; ++i) add(first + sign * spacing_ * static_cast<double>(i), owner);
    if (static_cast<double>(steps) * spacing_ < length) add(last, owner);
  }

 private:
  void add(double metres, std::uint32_t owner) {
    Point const point = line_.at(metres);
    out_.push_back({point.x, point.y, owner});
  }
  StretchLine const& line_;
  double spacing_;
  std::vector<OwnedPoint>& out_;
};

}  // namespace

ReachedLines lines_of(GeometryColumn const& network, std::span<NetworkEdge const> edges,
                      std::span<ReachedPart const> parts) {
  ReachedLines out;
  GeometryBuilder builder(out.lines);
  for (ReachedPart const& part : parts) {
    StretchLine const line(network, edges[part.edge]);
    double const begin = part.begin * line.metres(), end = part.end * line.metres();
    line.add_part(begin, end, builder);
    out.owner.push_back(part.source);
    out.metres.push_back(end - begin);
  }
  return out;
}

std::vector<OwnedPoint> points_along(GeometryColumn const& network, std::span<NetworkEdge const> edges,
                                     StretchReach const& reach, std::span<ReachedPart const> parts, double spacing_m) {
  constexpr double beside_node_m = 1;
  std::vector<OwnedPoint> out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ReachedPart const& part = parts[i];
    NetworkEdge const& edge = edges[part.edge];
    StretchLine const line(network, edge);
    if (!(line.metres() > 0)) continue;
    auto const metres = [&](ReachedPart const& one) { return (one.end - one.begin) * line.metres(); };
    // How far from its end the first place lies: as far as on the other side of a border.
    auto const step_from = [&](ReachedPart const* other, bool at_node, std::uint32_t node) {
      if (other != nullptr) return std::min({spacing_m, metres(part), metres(*other)}) / 2;
      bool const foreign = at_node && reach.source_of_node(node) != part.source;
      return foreign ? std::min(beside_node_m, metres(part) / 2) : 0.0;
    };
    bool const after = i > 0 && parts[i - 1].edge == part.edge && parts[i - 1].end == part.begin;
    bool const before = i + 1 < parts.size() && parts[i + 1].edge == part.edge && parts[i + 1].begin == part.end;
    double const begin =
        part.begin * line.metres() + step_from(after ? &parts[i - 1] : nullptr, part.begin == 0, edge.from);
    double const end = part.end * line.metres() - step_from(before ? &parts[i + 1] : nullptr, part.end == 1, edge.to);
    Sampler sampler(line, spacing_m, out);
    if (before)
      sampler.walk(end, begin, part.source);
    else
      sampler.walk(begin, end, part.source);
  }
  return out;
}

}  // namespace terrein
