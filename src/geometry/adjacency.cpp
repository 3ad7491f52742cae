#include <algorithm>
#include <span>

#include "geometry/crowds.hpp"
#include "geometry/edge_runs.hpp"
#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/nearest.hpp"

namespace terrein {

namespace {

constexpr double least_shared_m = 1e-6;  // below this only rounding at corners is left
constexpr std::size_t chunk = 512, together = 8;

struct Segment {
  Point a, b;
  Box box;
};

struct Pair {
  Row low = no_row, high = no_row;  // by id rank
  double shared = 0;
};

// Finds the pairs whose smaller id is one of a few rows that lie together, which look for their neighbours in one go.
// One per worker: it keeps its buffers.
class PairFinder {
 public:
  PairFinder(Layer const& layer, EdgeRuns const& runs, PackedBoxes const& boxes, double min_shared, double tolerance)
      : layer_(layer), runs_(runs), boxes_(boxes), min_shared_(min_shared), tolerance_(tolerance) {}

  void find(std::span<Row const> rows, std::vector<Pair>& pairs) {
    auto const& box = layer_.geometry.box;
    Box all;
    for (Row const row : rows) all.extend(box[row]);
    around_.clear();
    boxes_.query(all.grown(with_slack(tolerance_)), [&](std::uint32_t place) {
      Row const other = boxes_.order()[place];
      around_.push_back({box[other], other, layer_.id_rank[other]});
    });
    for (Row const row : rows) find(row, pairs);
  }

  // What two rows share, the one with the smaller id first; 0 where that is too little to count.
  double counted(Row row, Row other) {
    segments_near(row, layer_.geometry.box[row], of_row_);
    double const length = shared(row, other);
    return counts(length) ? length : 0;
  }

 private:
  struct Neighbour {
    Box box;
    Row row;
    std::uint32_t rank;
  };

  void find(Row row, std::vector<Pair>& pairs) {
    Box const& box = layer_.geometry.box[row];
    Box const reach = box.grown(with_slack(tolerance_));
    std::uint32_t const rank = layer_.id_rank[row];
    of_row_.clear();
    for (Neighbour const& other : around_) {
      if (other.rank <= rank || !reach.meets(other.box)) continue;
      if (of_row_.empty()) segments_near(row, box, of_row_);
      double const length = shared(row, other.row);
      if (counts(length)) pairs.push_back({row, other.row, length});
    }
  }

  [[nodiscard]] bool counts(double length) const { return length > least_shared_m && length >= min_shared_; }

  // The segments of a boundary, in order, that come near a box.
  void segments_near(Row row, Box const& box, std::vector<Segment>& out) const {
    GeometryColumn const& shapes = layer_.geometry;
    out.clear();
    for (std::uint32_t path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
      double const* const xy = shapes.path(path).data();
      runs_.visit(path, box, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
          Point const a = vertex_at(xy, i), b = vertex_at(xy, i + 1);
          if (Box const around = box_of(a, b); around.meets(box)) out.push_back({a, b, around});
        }
      });
    }
  }

  double shared(Row row, Row other) {
    double const reach = with_slack(tolerance_);
    segments_near(other, layer_.geometry.box[row].grown(reach), of_other_);
    if (of_other_.empty()) return 0;
    constexpr std::size_t few = 256;             // edges of the row: above, whole runs of them are passed over
    constexpr std::size_t all_with_all = 16384;  // above, an index is cheaper than comparing every pair
    bool const indexed = std::min(of_row_.size(), few) * of_other_.size() > all_with_all;
    PackedBoxes const index = indexed ? index_of(of_other_) : PackedBoxes();
    Box const near_other = layer_.geometry.box[other].grown(reach);
    bool const all = of_row_.size() <= few;
    if (!all) segments_near(row, near_other, of_row_near_);
    double sum = 0;
    for (Segment const& s : all ? of_row_ : of_row_near_) {
      if (!s.box.meets(near_other)) continue;
      Box const box = s.box.grown(reach);
      parts_.clear();
      bool whole = false;
      if (indexed) {
        index.query(box, [&](std::uint32_t place) { whole = whole || add_part(s, of_other_[index.order()[place]]); });
      } else {
        for (std::size_t i = 0; i < of_other_.size() && !whole; ++i)
          if (box.meets(of_other_[i].box)) whole = add_part(s, of_other_[i]);
      }
      if (whole) sum += distance(s.a, s.b);
      if (!whole && !parts_.empty()) sum += union_length(parts_) * distance(s.a, s.b);
    }
    return sum;
  }

  // Whether the other segment has the same ends, so that all of this one is shared: `part_along` would give [0, 1].
  // Else the part that is shared is noted.
  bool add_part(Segment const& s, Segment const& q) {
    if ((s.a == q.b && s.b == q.a) || (s.a == q.a && s.b == q.b)) return true;
    Interval const part = part_along(s.a, s.b, q.a, q.b, tolerance_);
    if (!part.empty()) parts_.push_back(part);
    return false;
  }

  static PackedBoxes index_of(std::vector<Segment> const& segments) {
    std::vector<Box> boxes;
    boxes.reserve(segments.size());
    for (Segment const& s : segments) boxes.push_back(s.box);
    return PackedBoxes(boxes);
  }

  Layer const& layer_;
  EdgeRuns const& runs_;
  PackedBoxes const& boxes_;
  double min_shared_, tolerance_;
  std::vector<Neighbour> around_;
  std::vector<Segment> of_row_, of_row_near_, of_other_;
  std::vector<Interval> parts_;
};

// Every pair is entered twice, from both sides, and the neighbours of a row ascend.
Adjacency compressed(std::size_t rows, std::vector<std::vector<Pair>> const& found, unsigned workers) {
  struct Entry {
    Row neighbour;
    double shared;
  };
  Adjacency out;
  out.first.assign(rows + 1, 0);
  for (auto const& pairs : found)
    for (Pair const& pair : pairs) ++out.first[pair.low + 1], ++out.first[pair.high + 1];
  for (std::size_t row = 0; row < rows; ++row) out.first[row + 1] += out.first[row];
  std::vector<Entry> entries(out.first.back());
  std::vector<std::uint32_t> next(out.first.begin(), out.first.end() - 1);
  for (auto const& pairs : found)
    for (Pair const& pair : pairs) {
      entries[next[pair.low]++] = {pair.high, pair.shared};
      entries[next[pair.high]++] = {pair.low, pair.shared};
    }
  out.neighbour.resize(entries.size());
  out.shared_m.resize(entries.size());
  parallel_chunks(rows, workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      auto const at = [&](std::uint32_t i) { return entries.begin() + static_cast<std::ptrdiff_t>(i); };
      std::sort(at(out.first[row]), at(out.first[row + 1]),
                [](Entry const& a, Entry const& b) { return a.neighbour < b.neighbour; });
      for (std::uint32_t i = out.first[row]; i < out.first[row + 1]; ++i) {
        out.neighbour[i] = entries[i].neighbour;
        out.shared_m[i] = entries[i].shared;
      }
    }
  });
  return out;
}

/// The neighbours of all rows of crowds, of which only the first were compared; `own_m` is what two rows of each crowd
/// share, 0 where that does not count.
Adjacency with_followers(Adjacency const& found, std::vector<Crowd> const& crowds, std::vector<double> const& own_m) {
  std::size_t const rows = found.first.size() - 1;
  std::vector<std::uint32_t> crowd_of(rows, no_row);
  for (std::uint32_t k = 0; k < crowds.size(); ++k)
    for (Row const row : crowds[k]) crowd_of[row] = k;
  Adjacency out;
  out.first.push_back(0);
  auto const add = [&](Row neighbour, double shared, std::size_t times) {
    out.neighbour.push_back(neighbour);
    out.shared_m.push_back(shared);
    out.times.push_back(static_cast<std::uint32_t>(times));
  };
  for (Row row = 0; row < rows; ++row) {
    Crowd const* const own = crowd_of[row] == no_row ? nullptr : &crowds[crowd_of[row]];
    Row const like = own == nullptr ? row : own->front();
    Row const fellow = own == nullptr || own_m[crowd_of[row]] == 0 ? no_row : (*own)[row == like ? 1 : 0];
    auto const add_fellows = [&] { add(fellow, own_m[crowd_of[row]], own->size() - 1); };
    bool waits = fellow != no_row;
    for (std::uint32_t i = found.first[like]; i < found.first[like + 1]; ++i) {
      Row const other = found.neighbour[i];
      if (waits && fellow < other) add_fellows(), waits = false;
      add(other, found.shared_m[i], crowd_of[other] == no_row ? 1 : crowds[crowd_of[other]].size());
    }
    if (waits) add_fellows();
    out.first.push_back(static_cast<std::uint32_t>(out.neighbour.size()));
  }
  return out;
}

}  // namespace

Adjacency adjacency(Layer const& layer, double min_shared_m, double tolerance_m, unsigned workers, std::size_t above) {
  GeometryColumn const& shapes = layer.geometry;
  auto const crowds = crowds_of(layer, above);
  PackedBoxes const index(boxes_without_followers(shapes, crowds), workers);
  EdgeRuns const runs(shapes, workers);
  std::span<Row const> const nearby(index.order());
  std::vector<std::vector<Pair>> found((nearby.size() + chunk - 1) / chunk);
  parallel_chunks(nearby.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    PairFinder finder(layer, runs, index, min_shared_m, tolerance_m);
    for (std::size_t i = begin; i < end; i += together)
      finder.find(nearby.subspan(i, std::min(together, end - i)), found[begin / chunk]);
  });
  Adjacency out = compressed(shapes.size(), found, workers);
  if (crowds.empty()) return out;
  PairFinder finder(layer, runs, index, min_shared_m, tolerance_m);
  std::vector<double> own_m;
  for (Crowd const& crowd : crowds) own_m.push_back(finder.counted(crowd[0], crowd[1]));
  return with_followers(out, crowds, own_m);
}

}  // namespace terrein
