#include "terrein/geometry/facing.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "geometry/crowds.hpp"
#include "geometry/facing_views.hpp"
#include "geometry/parallel_sort.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 256, most_kinds = 32;

/// A pair as one of its rows sees it.
struct SeenPair {
  Facing facing;
  bool from_b = false;
};

struct Found {
  std::vector<SeenPair> seen;
  std::vector<RowPair> touching;
};

class PairOrder {
 public:
  explicit PairOrder(Layer const& layer) : rank_(layer.id_rank) {}
  [[nodiscard]] RowPair ordered(Row a, Row b) const { return rank_[a] < rank_[b] ? RowPair{a, b} : RowPair{b, a}; }
  [[nodiscard]] std::uint64_t key(Row a, Row b) const { return std::uint64_t{rank_[a]} << 32U | rank_[b]; }
  [[nodiscard]] std::uint64_t key(RowPair const& pair) const { return key(pair.a, pair.b); }

 private:
  std::vector<std::uint32_t> const& rank_;
};

void keep(FacingView const& view, PairOrder const& order, double least_m, Found& out) {
  Facing seen = view.seen;
  double const length = seen.length_m();
  RowPair const pair = order.ordered(seen.a, seen.b);
  if (length <= same_place_m || length < least_m) {
    if (view.touches) out.touching.push_back(pair);
    return;
  }
  bool const from_b = pair.b == seen.a;
  if (from_b) {
    std::swap(seen.a, seen.b);
    std::swap(seen.from, seen.to);
  }
  out.seen.push_back({std::move(seen), from_b});
}

/// The chosen rows that are looked at, those together that lie together.
std::vector<Row> rows_to_look_from(FacingScene const& scene) {
  std::vector<Row> out;
  for (Row const row : scene.boxes.order())
    if (scene.is_chosen(row)) out.push_back(row);
  return out;
}

/// Of the two views of a pair the longer, that of the smaller id where they are the same.
std::vector<Facing> longer_views(std::vector<Found>& found, PairOrder const& order, unsigned workers) {
  struct Place {
    std::uint64_t key;
    SeenPair* seen;
  };
  std::vector<Place> places;
  for (Found& part : found)
    for (SeenPair& seen : part.seen) places.push_back({order.key(seen.facing.a, seen.facing.b), &seen});
  parallel_sort(places, workers, [](Place const& a, Place const& b) {
    return a.key != b.key ? a.key < b.key : a.seen->from_b < b.seen->from_b;
  });
  std::vector<Facing> out;
  std::uint64_t last = 0;
  for (Place const& place : places) {
    Facing& facing = place.seen->facing;
    if (out.empty() || place.key != last)
      out.push_back(std::move(facing));
    else if (facing.length_m() > out.back().length_m() + same_place_m)
      out.back() = std::move(facing);
    last = place.key;
  }
  return out;
}

/// Rows that touch and do not face each other, each pair once.
std::vector<RowPair> only_touching(std::vector<Found> const& found, std::vector<Facing> const& facing,
                                   PairOrder const& order) {
  std::vector<RowPair> all, out;
  for (Found const& part : found) all.insert(all.end(), part.touching.begin(), part.touching.end());
  std::sort(all.begin(), all.end(), [&](auto const& a, auto const& b) { return order.key(a) < order.key(b); });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  auto next = facing.begin();
  for (RowPair const& pair : all) {
    while (next != facing.end() && order.key(next->a, next->b) < order.key(pair)) ++next;
    if (next == facing.end() || order.key(next->a, next->b) != order.key(pair)) out.push_back(pair);
  }
  return out;
}

}  // namespace

double Facing::length_m() const noexcept {
  double sum = barred_m;
  for (FacingPart const& part : parts) sum += part.length_m;
  return sum;
}

Facings facings(Layer const& layer, std::span<std::uint8_t const> chosen, FacingOptions const& options) {
  if (options.kinds.size() > most_kinds)
    throw Error(ErrorKind::internal, "More than 32 kinds of things to cross cannot be told apart.");
  PackedBoxes const boxes(boxes_without_followers(layer.geometry, crowds_of(layer, crowd_above)), options.workers);
  EdgeRuns const runs(layer.geometry, options.workers);
  FacingScene const scene{layer, chosen, options, boxes, runs};
  auto const rows = rows_to_look_from(scene);
  PairOrder const order(layer);
  std::vector<Found> found((rows.size() + chunk - 1) / chunk);
  std::vector<std::unique_ptr<FacingViewer>> viewers(std::max(1U, options.workers));
  parallel_chunks(rows.size(), options.workers, chunk, [&](unsigned worker, std::size_t begin, std::size_t end) {
    if (!viewers[worker]) viewers[worker] = std::make_unique<FacingViewer>(scene);
    for (std::size_t i = begin; i < end; ++i)
      for (FacingView const& view : viewers[worker]->look(rows[i]))
        keep(view, order, options.least_m, found[begin / chunk]);
  });
  Facings out;
  out.facing = longer_views(found, order, options.workers);
  out.touching = only_touching(found, out.facing, order);
  return out;
}

}  // namespace terrein
