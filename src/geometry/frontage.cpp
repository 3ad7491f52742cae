#include <algorithm>
#include <cmath>

#include "geometry/segment_tree.hpp"
#include "terrein/geometry/nearest.hpp"

namespace terrein {

namespace {

struct RowPart {
  Row row = no_row;
  Interval part;
};

struct RowLength {
  Row row = no_row;
  double length = 0;
};

// The stretches of [0, 1] that sorted, merged parts leave free.
std::vector<Interval> gaps(std::vector<Interval> const& parts) {
  std::vector<Interval> free;
  double from = 0;
  for (Interval const& part : parts) {
    if (part.low > from) free.push_back({from, part.low});
    from = std::max(from, part.high);
  }
  if (from < 1) free.push_back({from, 1});
  return free;
}

// Sum per row in the order of the rows; equal rows keep the order in which they were noted.
std::vector<RowLength> totals(std::vector<RowLength> lengths) {
  std::stable_sort(lengths.begin(), lengths.end(),
                   [](RowLength const& a, RowLength const& b) { return a.row < b.row; });
  std::vector<RowLength> sums;
  for (RowLength const& one : lengths) {
    if (sums.empty() || sums.back().row != one.row) sums.push_back({one.row, 0});
    sums.back().length += one.length;
  }
  return sums;
}

}  // namespace

// The boundary of one candidate, run by run and segment by segment.
class SegmentIndex::Front {
 public:
  Front(SegmentIndex const& index, double distance, Row except) : index_(index), distance_(distance), except_(except) {}

  void add(Run const& run) {
    near_.clear();
    covers_.clear();
    index_.segments_->boxes().query(run.box.grown(with_slack(distance_)), [&](std::uint32_t position) {
      if (index_.segments_->segment(position).row != except_) near_.push_back(position);
    });
    index_.polygons_.query(run.box, covers_);
    std::erase(covers_, except_);
    if (near_.empty() && covers_.empty()) return;
    for (std::uint32_t i = 0; i < run.segments(); ++i) add(run.start(i), run.end(i));
  }

  [[nodiscard]] Frontage result() {
    Frontage front{length_, no_row};
    double longest = 0;
    auto const& rank = index_.layer_.id_rank;
    for (RowLength const& one : totals(std::move(lengths_))) {
      bool const tie = one.length == longest && front.row != no_row && rank[one.row] < rank[front.row];
      if (!(one.length > longest) && !tie) continue;
      longest = one.length;
      front.row = one.row;
    }
    return front;
  }

 private:
  void add(Point a, Point b) {
    find_parts(a, b);
    double const length = terrein::distance(a, b);
    of_all_.clear();
    for (std::size_t k = 0; k < parts_.size();) {
      Row const row = parts_[k].row;
      of_row_.clear();
      for (; k < parts_.size() && parts_[k].row == row; ++k) of_row_.push_back(parts_[k].part);
      double share = union_length(of_row_);
      if (share < 1 && std::binary_search(covers_.begin(), covers_.end(), row)) share = add_covered_gaps(row, a, b);
      if (share > 0) lengths_.push_back({row, share * length});
      of_all_.insert(of_all_.end(), of_row_.begin(), of_row_.end());
    }
    length_ += union_length(of_all_) * length;
  }

  void find_parts(Point a, Point b) {
    parts_.clear();
    Box const reach = box_of(a, b).grown(with_slack(distance_));
    for (std::uint32_t const position : near_) {
      auto const& [c, d, row] = index_.segments_->segment(position);
      if (!reach.meets(box_of(c, d))) continue;
      Interval const part = part_within(a, b, c, d, distance_);
      if (!part.empty()) parts_.push_back({row, part});
    }
    // A polygon may hold a segment that its boundary does not come near: with an empty part it is looked at as well.
    for (Row const cover : covers_) parts_.push_back({cover, {}});
    std::stable_sort(parts_.begin(), parts_.end(), [](RowPart const& x, RowPart const& y) { return x.row < y.row; });
  }

  // The polygon's boundary stays away from a gap, so its middle tells whether all of it lies inside.
  double add_covered_gaps(Row row, Point a, Point b) {
    for (Interval const& gap : gaps(of_row_)) {
      double const t = gap.low + (gap.high - gap.low) / 2;
      if (index_.polygon_holds(row, {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)})) of_row_.push_back(gap);
    }
    return union_length(of_row_);
  }

  SegmentIndex const& index_;
  double distance_;
  Row except_;
  double length_ = 0;
  std::vector<std::uint32_t> near_, covers_;
  std::vector<RowPart> parts_;
  std::vector<RowLength> lengths_;
  std::vector<Interval> of_row_, of_all_;
};

SegmentIndex::Frontage SegmentIndex::frontage(GeometryColumn const& shapes, std::size_t row, double distance,
                                              Row except) const {
  if (shapes.kind[row] != GeometryKind::polygon || !(distance >= 0)) return {};
  Front front(*this, distance, except);
  for (Run const& run : runs_of(shapes, row)) front.add(run);
  return front.result();
}

}  // namespace terrein
