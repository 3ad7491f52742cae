#include <algorithm>
#include <map>
#include <utility>

#include "geometry/geos.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

/// New shapes of the rows of one group, and of rows that are added to them.
struct Made {
  std::vector<Row> row;                   // of the layer, row k has shape k of `own`
  std::vector<std::vector<Row>> made_of;  // shape k of `added`
  GeometryColumn own, added;
  bool failed = false;
};

constexpr double dust_m2 = 1e-6;  // a square millimetre: rounding of the overlay

/// Appends the polygons of a shape as a row, without dust.
void append(geos::Context const& context, GEOSGeometry const* shape, GeometryColumn& out) {
  std::vector<geos::Geom> kept;
  int const parts = GEOSGetNumGeometries_r(context.get(), shape);
  for (int i = 0; i < parts; ++i) {
    GEOSGeometry const* const part = GEOSGetGeometryN_r(context.get(), shape, i);
    if (geos::area(context, part) > dust_m2) kept.push_back(geos::own(context, GEOSGeom_clone_r(context.get(), part)));
  }
  geos::Geom const all = geos::collect(context, kept);
  geos::from_geos(context, all.get(), GeometryKind::polygon, out);
}

/// The layer with the new shapes of the rows that changed, and the added rows behind.
SharedOut put_together(GeometryColumn const& column, std::vector<Made>& all) {
  std::map<Row, std::pair<std::size_t, std::size_t>> place;  // row → (chunk, position)
  SharedOut out;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t k = 0; k < all[i].row.size(); ++k) {
      if (all[i].failed)
        out.failed.push_back(all[i].row[k]);
      else
        place[all[i].row[k]] = {i, k};
    }
  GeometryBuilder builder(out.geometry);
  for (Row row = 0; row < column.size(); ++row) {
    auto const it = place.find(row);
    if (it == place.end()) {
      builder.copy_row(column, row);
      continue;
    }
    builder.copy_row(all[it->second.first].own, it->second.second);
    if (area(out.geometry, row) < area(column, row)) out.changed.push_back(row);
  }
  for (Made& made : all) {
    if (made.failed) continue;
    for (std::size_t k = 0; k < made.made_of.size(); ++k) {
      builder.copy_row(made.added, k);
      out.made_of.push_back(std::move(made.made_of[k]));
    }
  }
  std::sort(out.failed.begin(), out.failed.end());
  return out;
}

/// A row without the land of those before it.
Made cut_down(geos::Context const& context, GeometryColumn const& column, Row row, std::vector<Row> const& before) {
  Made out;
  out.row.push_back(row);
  geos::Geom shape = geos::to_geos(context, column, row);
  for (Row const other : before) {
    geos::Geom const cut = shape ? geos::to_geos(context, column, other) : geos::own(context, nullptr);
    shape = cut ? geos::difference(context, shape.get(), cut.get()) : geos::own(context, nullptr);
    if (shape) shape = geos::polygons_only(context, std::move(shape));
  }
  out.failed = !shape;
  if (shape) append(context, shape.get(), out.own);
  return out;
}

/// Rows that hang together by common land, each set by id; sets by their smallest id.
std::vector<std::vector<Row>> groups_of(std::span<Overlap const> common, std::vector<std::uint32_t> const& rank) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> beside;  // by rank
  std::map<std::uint32_t, Row> row_of;
  for (Overlap const& one : common) {
    beside[rank[one.a]].push_back(rank[one.b]);
    beside[rank[one.b]].push_back(rank[one.a]);
    row_of[rank[one.a]] = one.a;
    row_of[rank[one.b]] = one.b;
  }
  std::vector<std::vector<Row>> out;
  std::map<std::uint32_t, bool> seen;
  for (auto const& entry : beside) {
    if (seen[entry.first]) continue;
    std::vector<std::uint32_t> group, open{entry.first};
    seen[entry.first] = true;
    while (!open.empty()) {
      group.push_back(open.back());
      open.pop_back();
      for (std::uint32_t const next : beside[group.back()])
        if (!std::exchange(seen[next], true)) open.push_back(next);
    }
    std::sort(group.begin(), group.end());
    std::vector<Row>& rows = out.emplace_back();
    for (std::uint32_t const r : group) rows.push_back(row_of[r]);
  }
  return out;
}

/// Land of a set of rows.
struct Share {
  std::vector<Row> of;  // by id
  geos::Geom shape;
  Box box;
};

/// Shares out the land of a group, one row after the other. All shares are disjoint at every step.
class Sharing {
 public:
  Sharing(geos::Context const& context, GeometryColumn const& column, double least_area)
      : context_(context), column_(column), least_area_(least_area) {}

  /// False when GEOS gives up.
  bool add(Row row) {
    geos::Geom rest = geos::to_geos(context_, column_, row);
    std::size_t const before = shares_.size();
    for (std::size_t i = 0; i < before && rest; ++i)
      if (shares_[i].box.meets(column_.box[row]) && !take_common(i, row, rest)) return false;
    if (!rest) return false;
    keep({row}, std::move(rest));
    return true;
  }

  [[nodiscard]] std::vector<Share> const& shares() const { return shares_; }

 private:
  bool take_common(std::size_t i, Row row, geos::Geom& rest) {
    geos::Geom common = geos::intersection(context_, shares_[i].shape.get(), rest.get());
    if (common) common = geos::polygons_only(context_, std::move(common));
    if (!common) return false;
    double const shared = geos::area(context_, common.get());
    if (!(shared > 0)) return true;
    geos::Geom left = geos::difference(context_, rest.get(), shares_[i].shape.get());
    if (!left) return false;
    if (shared > least_area_) {
      geos::Geom reduced = geos::difference(context_, shares_[i].shape.get(), rest.get());
      if (!reduced) return false;
      replace(shares_[i], std::move(reduced));
      bool const is_used_up = shares_[i].of.size() > 1 && shares_[i].box.empty();  // made of others: needs no row
      std::vector<Row> of = is_used_up ? std::exchange(shares_[i].of, {}) : shares_[i].of;
      of.push_back(row);
      keep(std::move(of), std::move(common));
    }
    rest = geos::polygons_only(context_, std::move(left));
    return true;
  }

  void replace(Share& share, geos::Geom shape) const {
    share.shape = geos::polygons_only(context_, std::move(shape));
    share.box = geos::box(context_, share.shape.get());
  }

  void keep(std::vector<Row> of, geos::Geom shape) {
    Share share{std::move(of), geos::own(context_, nullptr), {}};
    replace(share, std::move(shape));
    shares_.push_back(std::move(share));
  }

  geos::Context const& context_;
  GeometryColumn const& column_;
  double least_area_;
  std::vector<Share> shares_;
};

Made split_up(geos::Context const& context, Layer const& layer, std::vector<Row> const& group, double least_area) {
  Made out;
  out.row = group;
  Sharing sharing(context, layer.geometry, least_area);
  for (Row const row : group)
    if (!sharing.add(row)) out.failed = true;
  if (out.failed) return out;
  auto const by_ids = [&](Share const* a, Share const* b) {
    return std::lexicographical_compare(a->of.begin(), a->of.end(), b->of.begin(), b->of.end(),
                                        [&](Row x, Row y) { return layer.id_rank[x] < layer.id_rank[y]; });
  };
  std::vector<Share const*> added;
  for (Share const& share : sharing.shares()) {  // the own share of each row, in the order of the group
    if (share.of.size() == 1)
      append(context, share.shape.get(), out.own);
    else if (geos::area(context, share.shape.get()) > dust_m2)
      added.push_back(&share);
  }
  std::sort(added.begin(), added.end(), by_ids);
  for (Share const* share : added) {
    append(context, share->shape.get(), out.added);
    out.made_of.push_back(share->of);
  }
  return out;
}

}  // namespace

SharedOut first_keeps(Layer const& layer, std::span<Overlap const> common, unsigned workers) {
  std::map<Row, std::vector<Row>> before;
  for (Overlap const& one : common) before[one.b].push_back(one.a);
  std::vector<std::pair<Row, std::vector<Row>>> jobs(before.begin(), before.end());
  std::vector<Made> made(jobs.size());
  parallel_chunks(jobs.size(), workers, 1, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t i = begin; i < end; ++i)
      made[i] = cut_down(context, layer.geometry, jobs[i].first, jobs[i].second);
  });
  return put_together(layer.geometry, made);
}

SharedOut split_common(Layer const& layer, std::span<Overlap const> common, double least_area, unsigned workers) {
  auto const groups = groups_of(common, layer.id_rank);
  std::vector<Made> made(groups.size());
  parallel_chunks(groups.size(), workers, 1, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t i = begin; i < end; ++i) made[i] = split_up(context, layer, groups[i], least_area);
  });
  return put_together(layer.geometry, made);
}

}  // namespace terrein
