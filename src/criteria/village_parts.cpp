#include "criteria/village_parts.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/areas_along.hpp"

namespace terrein {
namespace {

constexpr double stretch_m = 100;

double metres_of(std::span<double const> xy) {
  double out = 0;
  for (std::size_t i = 0; i + 3 < xy.size(); i += 2) out += std::hypot(xy[i + 2] - xy[i], xy[i + 3] - xy[i + 1]);
  return out;
}

/// Equal stretches of a path.
struct Stretches {
  GeometryColumn lines;
  double metres = 0;  ///< of each
};

Stretches stretches_of(std::span<double const> xy) {
  Stretches out;
  double const length = metres_of(xy);
  std::size_t const count = std::max<std::size_t>(1, static_cast<std::size_t>(std::llround(length / stretch_m)));
  out.metres = length / static_cast<double>(count);
  GeometryBuilder builder(out.lines);
  auto const end_line = [&] {
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::line);
  };
  builder.vertex(xy[0], xy[1]);
  double done = 0;
  for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
    double const dx = xy[i + 2] - xy[i], dy = xy[i + 3] - xy[i + 1], step = std::hypot(dx, dy);
    while (out.lines.size() + 1 < count && step > 0) {
      double const at = (static_cast<double>(out.lines.size() + 1) * out.metres - done) / step;
      if (!(at < 1)) break;
      double const x = xy[i] + at * dx, y = xy[i + 1] + at * dy;
      builder.vertex(x, y);
      end_line();
      builder.vertex(x, y);
    }
    builder.vertex(xy[i + 2], xy[i + 3]);
    done += step;
  }
  end_line();
  return out;
}

/// One of both layers that tell of villages.
struct Teller {
  Selection rows;
  CoverageCheck const& coverage;

  Teller(CriterionSpec const& spec, std::string const& key, std::vector<std::string> const& classes, Workbench& bench)
      : rows(select(spec, bench.inputs(), key, classes)), coverage(bench.coverage(key)) {}
  /// Whether all there is within `around` metres of a line is told.
  [[nodiscard]] bool knows(GeometryColumn const& lines, std::size_t row, double around) const {
    return !rows.any_shapeless && coverage.holds(lines, row, around);
  }
};

/// What the zones say of lines.
class Zones {
 public:
  Zones(CriterionSpec const& spec, Workbench& bench)
      : teller_(spec, spec.passage.zones, spec.passage.zone_classes, bench),
        sure_(zones(spec, bench), teller_.rows.chosen, bench.workers()) {
    if (teller_.rows.any_unlabelled) possible_.emplace(zones(spec, bench), either(teller_.rows), bench.workers());
  }
  void add(std::span<double const> xy, Stretches const& stretches, std::vector<LinePart>& sure,
           std::vector<LinePart>& possible) const {
    sure = sure_.parts(xy);
    possible = possible_ ? possible_->parts(xy) : sure;
    for (std::size_t i = 0; i < stretches.lines.size(); ++i)
      if (!teller_.knows(stretches.lines, i, 0)) possible.push_back(part(stretches, i));
  }
  static LinePart part(Stretches const& stretches, std::size_t i) {
    return {static_cast<double>(i) * stretches.metres, static_cast<double>(i + 1) * stretches.metres};
  }

 private:
  static Layer const& zones(CriterionSpec const& spec, Workbench& bench) {
    require_polygons(spec, bench.layer(spec.passage.zones));
    return bench.layer(spec.passage.zones).layer;
  }
  Teller teller_;
  AreasAlong sure_;
  std::optional<AreasAlong> possible_;
};

/// What the dwellings say of lines.
class Dwellings {
 public:
  Dwellings(CriterionSpec const& spec, Workbench& bench)
      : within_(spec.passage.within_m),
        per_100_m_(spec.passage.per_100_m),
        teller_(spec, spec.passage.dwellings, {}, bench),
        index_(bench.layer(spec.passage.dwellings).layer, teller_.rows.chosen) {}
  /// Looks along one path after the other; for one worker.
  class Walk {
   public:
    explicit Walk(Dwellings const& of) : of_(of), search_(of.index_) {}
    void add(Stretches const& stretches, std::vector<LinePart>& sure, std::vector<LinePart>& possible) {
      double const dense = of_.per_100_m_ * std::max(1.0, stretches.metres / stretch_m);
      for (std::size_t i = 0; i < stretches.lines.size(); ++i) {
        auto const count = static_cast<double>(search_.count_within(stretches.lines, i, of_.within_).rows);
        if (count >= dense) sure.push_back(Zones::part(stretches, i));
        if (count >= dense || !of_.teller_.knows(stretches.lines, i, of_.within_))
          possible.push_back(Zones::part(stretches, i));
      }
    }

   private:
    Dwellings const& of_;
    NearestSearch search_;
  };

 private:
  double within_, per_100_m_;
  Teller teller_;
  SegmentIndex index_;
};

/// The parts of a path, in metres from its start.
struct PathParts {
  std::vector<LinePart> sure, possible;
};

/// A stretch may run over several paths, and a path over several stretches.
class Shares {
 public:
  Shares(GeometryColumn const& lines, std::vector<PathParts> const& paths) : lines_(lines), paths_(paths) {}

  void add(NetworkEdge const& edge, VillageParts& out) {
    pieces_.clear();
    double length = 0;
    for (std::uint32_t path = lines_.first_path(edge.row); path < lines_.end_path(edge.row); ++path) {
      std::uint32_t const first = lines_.path_begin[path];
      std::uint32_t const begin = std::max(edge.begin, first), end = std::min(edge.end, lines_.path_begin[path + 1]);
      if (begin >= end) continue;
      double const before = metres(first, begin + 1), metres_here = metres(begin, end);
      pieces_.push_back({path, before, before + metres_here, length});
      length += metres_here;
    }
    add(length, &PathParts::sure, out.sure);
    add(length, &PathParts::possible, out.possible);
  }

 private:
  struct Piece {
    std::uint32_t path;
    double begin, end;  // in metres along the path
    double at;          // in metres along the stretch
  };
  /// Between vertices `begin` and `end` − 1 of one path.
  [[nodiscard]] double metres(std::uint32_t begin, std::uint32_t end) const {
    return metres_of(std::span(lines_.xy).subspan(2 * std::size_t{begin}, 2 * std::size_t{end - begin}));
  }
  void add(double length, std::vector<LinePart> PathParts::*kind, EdgeParts& out) const {
    for (Piece const& piece : pieces_)
      for (LinePart const& part : paths_[piece.path].*kind) {
        double const begin = std::max(part.begin, piece.begin), end = std::min(part.end, piece.end);
        if (begin < end && length > 0)
          out.add((piece.at + begin - piece.begin) / length, (piece.at + end - piece.begin) / length);
      }
    out.end_edge();
  }

  GeometryColumn const& lines_;
  std::vector<PathParts> const& paths_;
  std::vector<Piece> pieces_;
};

void check(CriterionSpec const& spec) {
  PassageSpec const& passage = spec.passage;
  if (passage.zones.empty() && passage.dwellings.empty())
    throw_error(ErrorKind::config, "Criterion '{}' ({}) must name zones, dwellings or both: what a village is.",
                spec.key, spec.measure);
  for (double const number : {passage.within_m, passage.per_100_m})
    if (!(number > 0) || !std::isfinite(number))
      throw_error(ErrorKind::config,
                  "Criterion '{}' ({}) has dwellings_within_m '{}' and dwellings_per_100_m '{}'; give numbers above "
                  "zero.",
                  spec.key, spec.measure, passage.within_m, passage.per_100_m);
}

/// The parts of every path of the network's layer that has a stretch.
std::vector<PathParts> path_parts(CriterionSpec const& spec, std::span<NetworkEdge const> edges, Workbench& bench) {
  GeometryColumn const& lines = bench.layer(spec.roads).layer.geometry;
  std::optional<Zones> zones;
  std::optional<Dwellings> dwellings;
  if (!spec.passage.zones.empty()) zones.emplace(spec, bench);
  if (!spec.passage.dwellings.empty()) dwellings.emplace(spec, bench);
  std::vector<std::uint8_t> used(lines.size(), 0);
  for (NetworkEdge const& edge : edges) used[edge.row] = 1;
  std::vector<PathParts> out(lines.path_begin.size() - 1);
  parallel_chunks(lines.size(), bench.workers(), 512, [&](unsigned, std::size_t begin, std::size_t end) {
    std::optional<Dwellings::Walk> walk;
    if (dwellings) walk.emplace(*dwellings);
    for (std::size_t row = begin; row < end; ++row)
      for (std::uint32_t path = lines.first_path(row); used[row] != 0 && path < lines.end_path(row); ++path) {
        auto& [sure, possible] = out[path];
        Stretches const stretches = stretches_of(lines.path(path));
        if (zones) zones->add(lines.path(path), stretches, sure, possible);
        if (walk) walk->add(stretches, sure, possible);
        join_parts(sure);
        join_parts(possible);
      }
  });
  return out;
}

}  // namespace

VillageParts village_parts(CriterionSpec const& spec, std::span<NetworkEdge const> edges, Workbench& bench) {
  check(spec);
  auto const paths = path_parts(spec, edges, bench);
  VillageParts out;
  Shares shares(bench.layer(spec.roads).layer.geometry, paths);
  for (NetworkEdge const& edge : edges) shares.add(edge, out);
  return out;
}

}  // namespace terrein
