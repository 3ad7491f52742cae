#include <algorithm>

#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/nearest.hpp"

namespace terrein {

namespace {

constexpr double least_shared_m = 1e-6;  // below this only rounding at corners is left

struct Segment {
  Point a, b;
};

// The segments of a boundary, in order, that come near a box.
void segments_near(std::vector<Run> const& runs, Box const& box, std::vector<Segment>& out) {
  out.clear();
  for (Run const& run : runs) {
    if (!run.box.meets(box)) continue;
    for (std::uint32_t i = 0; i < run.segments(); ++i)
      if (box_of(run.start(i), run.end(i)).meets(box)) out.push_back({run.start(i), run.end(i)});
  }
}

struct Pair {
  Row low = no_row, high = no_row;  // by id rank
  double shared = 0;
};

// Finds the pairs whose smaller id is a given row. One per worker: it keeps its buffers.
class PairFinder {
 public:
  PairFinder(Layer const& layer, SpatialIndex const& boxes, double min_shared, double tolerance)
      : layer_(layer), boxes_(boxes), min_shared_(min_shared), tolerance_(tolerance) {}

  void find(Row row, std::vector<Pair>& pairs) {
    GeometryColumn const& shapes = layer_.geometry;
    if (shapes.kind[row] != GeometryKind::polygon) return;
    near_.clear();
    boxes_.query(shapes.box[row].grown(with_slack(tolerance_)), near_);
    auto const runs = runs_of(shapes, row);
    for (Row const other : near_) {
      if (layer_.id_rank[other] <= layer_.id_rank[row]) continue;
      double const length = shared(runs, shapes.box[row], runs_of(shapes, other), shapes.box[other]);
      if (length > least_shared_m && length >= min_shared_) pairs.push_back({row, other, length});
    }
  }

 private:
  double shared(std::vector<Run> const& mine, Box const& my_box, std::vector<Run> const& others, Box const& other_box) {
    double const reach = with_slack(tolerance_);
    segments_near(mine, other_box.grown(reach), of_row_);
    if (of_row_.empty()) return 0;
    segments_near(others, my_box.grown(reach), of_other_);
    if (of_other_.empty()) return 0;
    constexpr std::size_t all_with_all = 16384;  // above, an index is cheaper than comparing every pair
    bool const indexed = of_row_.size() * of_other_.size() > all_with_all;
    SpatialIndex const index = indexed ? index_of(of_other_) : SpatialIndex();
    double sum = 0;
    for (Segment const& s : of_row_) {
      Box const box = box_of(s.a, s.b).grown(reach);
      parts_.clear();
      if (indexed) {
        hits_.clear();
        index.query(box, hits_);
        for (std::uint32_t const hit : hits_) add_part(s, of_other_[hit]);
      } else {
        for (Segment const& q : of_other_)
          if (box.meets(box_of(q.a, q.b))) add_part(s, q);
      }
      if (!parts_.empty()) sum += union_length(parts_) * distance(s.a, s.b);
    }
    return sum;
  }

  void add_part(Segment const& s, Segment const& q) {
    Interval const part = part_along(s.a, s.b, q.a, q.b, tolerance_);
    if (!part.empty()) parts_.push_back(part);
  }

  static SpatialIndex index_of(std::vector<Segment> const& segments) {
    std::vector<Box> boxes;
    boxes.reserve(segments.size());
    for (Segment const& s : segments) boxes.push_back(box_of(s.a, s.b));
    return SpatialIndex(boxes);
  }

  Layer const& layer_;
  SpatialIndex const& boxes_;
  double min_shared_, tolerance_;
  std::vector<Row> near_;
  std::vector<std::uint32_t> hits_;
  std::vector<Segment> of_row_, of_other_;
  std::vector<Interval> parts_;
};

// Every pair is entered twice, from both sides, and the neighbours of a row ascend.
Adjacency compressed(std::size_t rows, std::vector<Pair> const& pairs) {
  struct Entry {
    Row row, neighbour;
    double shared;
  };
  std::vector<Entry> entries;
  entries.reserve(2 * pairs.size());
  for (Pair const& pair : pairs) {
    entries.push_back({pair.low, pair.high, pair.shared});
    entries.push_back({pair.high, pair.low, pair.shared});
  }
  std::sort(entries.begin(), entries.end(),
            [](Entry const& a, Entry const& b) { return a.row != b.row ? a.row < b.row : a.neighbour < b.neighbour; });
  Adjacency out;
  out.first.assign(rows + 1, 0);
  for (Entry const& entry : entries) {
    ++out.first[entry.row + 1];
    out.neighbour.push_back(entry.neighbour);
    out.shared_m.push_back(entry.shared);
  }
  for (std::size_t row = 0; row < rows; ++row) out.first[row + 1] += out.first[row];
  return out;
}

}  // namespace

Adjacency adjacency(Layer const& layer, double min_shared_m, double tolerance_m, unsigned workers) {
  constexpr std::size_t chunk = 512;
  GeometryColumn const& shapes = layer.geometry;
  std::vector<Box> boxes(shapes.size());
  for (std::size_t row = 0; row < shapes.size(); ++row)
    if (shapes.kind[row] == GeometryKind::polygon) boxes[row] = shapes.box[row];
  SpatialIndex const index(boxes);
  std::vector<std::vector<Pair>> found((shapes.size() + chunk - 1) / chunk);
  parallel_chunks(shapes.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    PairFinder finder(layer, index, min_shared_m, tolerance_m);
    for (std::size_t row = begin; row < end; ++row) finder.find(static_cast<Row>(row), found[begin / chunk]);
  });
  std::vector<Pair> pairs;
  for (auto const& chunk_pairs : found) pairs.insert(pairs.end(), chunk_pairs.begin(), chunk_pairs.end());
  return compressed(shapes.size(), pairs);
}

}  // namespace terrein
