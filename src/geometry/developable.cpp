#include "terrein/geometry/developable.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "geometry/offsets.hpp"
#include "geometry/overlay_piece.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

using geos::Geom;
using overlay::Candidate;
using overlay::Cover;

constexpr double slack_m = 0.001;        // of a width, for boundaries that are meant to be so far apart
constexpr double noise_width_m = 0.001;  // land lost along a boundary that is thinner than this is rounding
constexpr double sharpest = 2;  // radii from its centre to the tip of a corner of 60 degrees, which is kept whole
constexpr int pieces_per_quarter = 16;

/// Land with its connected parts, before specks are taken off.
struct Pieces {
  std::vector<Geom> land;
  Geom lost;  ///< too narrow; null for nothing
};

/// What centres that hang together reach within their part.
struct Reach {
  Geom discs, corners;           ///< within half the width; with corners up to their tip
  std::vector<Geom> given_back;  ///< corners that no disc fills
};

/// The account of one site.
struct Account {
  double area = 0, excluded = 0, speck = 0, too_small = 0, too_narrow = 0, largest = 0;
  std::uint32_t parts = 0;
  Geom land;  ///< null for none
};

class SiteCutter {
 public:
  SiteCutter(Candidate& site, DevelopableOptions const& options)
      : site_(site), context_(site.context()), options_(options) {}

  /// `excluded`: all that the cuts take of the site.
  Account account(overlay::Piece const& excluded) {
    account_.excluded = excluded.area;
    if (excluded.whole) {
      note_whole_patch();
    } else {
      sort_patches(excluded);
      Geom const free = patches_.empty() ? copy(site_.shape()) : minus(site_.shape(), joined(patches_).get());
      for (GEOSGeometry const* const part : geos::polygons_of(context_, free.get())) add_part(part);
    }
    if (!counting_.empty()) account_.land = counting_.size() == 1 ? std::move(counting_.front()) : united(counting_);
    return std::move(account_);
  }

 private:
  void note_whole_patch() {
    for (GEOSGeometry const* const part : geos::polygons_of(context_, site_.shape()))
      if (is_speck(part)) account_.speck += clean_area(part);
  }
  void sort_patches(overlay::Piece const& excluded) {
    if (!excluded.shape) return;
    for (GEOSGeometry const* const patch : geos::polygons_of(context_, excluded.shape.get())) {
      bool const speck = is_speck(patch);
      (speck ? specks_ : patches_).push_back(patch);
      if (speck) account_.speck += clean_area(patch);
    }
    if (!specks_.empty()) all_specks_ = joined(specks_);
  }
  [[nodiscard]] bool is_speck(GEOSGeometry const* patch) {
    if (geos::area(context_, patch) < options_.speck_m2) return true;
    return options_.speck_width_m > 0 && !holds_disc(patch, (options_.speck_width_m + slack_m) / 2);
  }
  /// GEOS's buffers are a hundredth off at most, which settles most.
  [[nodiscard]] bool holds_disc(GEOSGeometry const* shape, double radius) {
    if (!is_empty(buffer(shape, -1.02 * radius, GEOSBUF_JOIN_ROUND))) return true;
    if (is_empty(buffer(shape, -0.98 * radius, GEOSBUF_JOIN_ROUND))) return false;
    return !is_empty(checked(geos::centres_of_discs(context_, shape, radius)));
  }
  bool is_empty(Geom const& shape) { return GEOSisEmpty_r(context_.get(), shape.get()) != 0; }

  void add_part(GEOSGeometry const* part) {
    if (clean_area(part) == 0) return;
    Pieces const pieces = opened(part);
    if (pieces.lost) account_.too_narrow += clean_area(without_specks(pieces.lost.get()).get());
    for (Geom const& piece : pieces.land) {
      Geom net = without_specks(piece.get());
      double const area = clean_area(net.get());
      if (area == 0) continue;
      if (area < options_.part_m2) {
        account_.too_small += area;
        continue;
      }
      account_.area += area;
      account_.largest = std::max(account_.largest, area);
      ++account_.parts;
      counting_.push_back(std::move(net));
    }
  }

  /// Without a width too, as the difference of a site and what was cut to it leaves hairlines along its boundary that
  /// join what lies apart.
  [[nodiscard]] Pieces opened(GEOSGeometry const* part) {
    Pieces out;
    double const radius = std::max(options_.part_width_m - slack_m, slack_m) / 2;
    if (!holds_disc(part, radius)) {
      out.lost = copy(part);
      return out;
    }
    Geom const centres = checked(geos::centres_of_discs(context_, part, radius));
    std::vector<Reach> reaches;
    for (GEOSGeometry const* const some : geos::polygons_of(context_, centres.get()))
      reaches.push_back(reach_of(some, part, radius));
    sort(reaches);
    out.lost = give_corners_back(part, reaches);
    if (reaches.size() > 1) {
      out.land = shared_out(part, reaches);
    } else {
      out.land.push_back(out.lost ? minus(part, out.lost.get()) : copy(part));
    }
    return out;
  }
  /// The land of a part around centres that hang together.
  Reach reach_of(GEOSGeometry const* centres, GEOSGeometry const* part, double radius) {
    Geom const place = checked(geos::own(context_, GEOSPointOnSurface_r(context_.get(), centres)));
    Reach out;
    out.discs = around(place.get(), buffer(centres, radius, GEOSBUF_JOIN_ROUND), part);
    out.corners = around(place.get(), buffer(centres, radius, GEOSBUF_JOIN_MITRE), part);
    return out;
  }
  /// GEOS's buffers may reach a hundredth of the radius too far into bends, which the boundary of the part corrects.
  Geom buffer(GEOSGeometry const* shape, double distance, int join) {
    return checked(geos::own(context_, GEOSBufferWithStyle_r(context_.get(), shape, distance, pieces_per_quarter,
                                                             GEOSBUF_CAP_ROUND, join, sharpest)));
  }
  /// What of the land lies in a part and hangs together with a place.
  Geom around(GEOSGeometry const* place, Geom const& wide, GEOSGeometry const* part) {
    Geom land = polygons(geos::intersection(context_, wide.get(), part));
    for (GEOSGeometry const* const polygon : geos::polygons_of(context_, land.get()))
      if (GEOSIntersects_r(context_.get(), polygon, place) == 1) return copy(polygon);
    return land;
  }
  /// The largest first, among equal ones the most western, then southern.
  void sort(std::vector<Reach>& reaches) {
    auto const key = [&](Reach const& reach) {
      Box const box = geos::box(context_, reach.discs.get());
      return std::array<double, 3>{-geos::area(context_, reach.discs.get()), box.min_x, box.min_y};
    };
    std::sort(reaches.begin(), reaches.end(), [&](Reach const& a, Reach const& b) { return key(a) < key(b); });
  }
  /// Land that no disc reaches goes back to the first reach whose corners hold it whole. Returns the rest, null for
  /// nothing.
  Geom give_corners_back(GEOSGeometry const* part, std::vector<Reach>& reaches) {
    std::vector<Geom> discs;
    for (Reach const& reach : reaches) discs.push_back(copy(reach.discs.get()));
    Geom const reached = united(discs), rest = minus(part, reached.get());
    std::vector<GEOSGeometry const*> lost;
    for (GEOSGeometry const* const piece : geos::polygons_of(context_, rest.get())) {
      auto const owner = std::find_if(reaches.begin(), reaches.end(), [&](Reach const& reach) {
        Geom const beyond = minus(piece, reach.corners.get());
        return is_thin(beyond.get());
      });
      if (owner != reaches.end())
        owner->given_back.push_back(copy(piece));
      else if (!is_thin(piece))
        lost.push_back(piece);
    }
    return lost.empty() ? geos::own(context_, nullptr) : joined(lost);
  }
  /// Whether polygons are no wider on average than rounding makes them; also when there are none.
  bool is_thin(GEOSGeometry const* shape) {
    double length = 0;
    GEOSLength_r(context_.get(), shape, &length);
    return 2 * geos::area(context_, shape) <= noise_width_m * length;
  }
  /// Each takes its discs and corners, but for what one before it has taken.
  std::vector<Geom> shared_out(GEOSGeometry const* part, std::vector<Reach>& reaches) {
    std::vector<Geom> out;
    Geom taken;
    for (Reach& reach : reaches) {
      reach.given_back.push_back(std::move(reach.discs));
      Geom land = united_within(part, reach.given_back);
      out.push_back(taken ? minus(land.get(), taken.get()) : copy(land.get()));
      std::vector<Geom> both;
      both.push_back(std::move(land));
      if (taken) both.push_back(std::move(taken));
      taken = united_within(part, both);
    }
    return out;
  }

  Geom without_specks(GEOSGeometry const* land) { return all_specks_ ? minus(land, all_specks_.get()) : copy(land); }
  double clean_area(GEOSGeometry const* shape) const { return site_.clean(geos::area(context_, shape)); }
  Geom joined(std::vector<GEOSGeometry const*> const& list) { return checked(geos::together(context_, list)); }
  Geom copy(GEOSGeometry const* shape) { return checked(geos::own(context_, GEOSGeom_clone_r(context_.get(), shape))); }
  Geom minus(GEOSGeometry const* a, GEOSGeometry const* b) { return polygons(geos::difference(context_, a, b)); }
  Geom united(std::vector<Geom>& shapes) {
    Geom const all = checked(geos::collect(context_, shapes));
    return polygons(geos::unite(context_, all.get()));
  }
  /// GEOS 3.11 can lose a hole where hundreds of slivers are united around it: land that is more than its pieces is cut
  /// to the part again, which holds them all.
  Geom united_within(GEOSGeometry const* part, std::vector<Geom>& shapes) {
    double most = 0;
    for (Geom const& shape : shapes) most += geos::area(context_, shape.get());
    Geom out = united(shapes);
    constexpr double rounding = 1e-9;
    if (geos::area(context_, out.get()) <= most * (1 + rounding)) return out;
    return polygons(geos::intersection(context_, out.get(), part));
  }
  Geom polygons(Geom shape) { return geos::polygons_only(context_, checked(std::move(shape))); }
  Geom checked(Geom shape) {
    if (!shape) site_.fail("all cuts");
    return shape;
  }

  Candidate& site_;
  geos::Context const& context_;
  DevelopableOptions const& options_;
  Account account_;
  std::vector<GEOSGeometry const*> patches_, specks_;
  Geom all_specks_;
  std::vector<Geom> counting_;  ///< pieces of land that count
};

Developable zeros(std::size_t n) {
  Developable out;
  for (auto* const column : {&out.gross_m2, &out.area_m2, &out.excluded_m2, &out.speck_m2, &out.too_small_m2,
                             &out.too_narrow_m2, &out.largest_part_m2})
    column->assign(n, 0);
  out.parts.assign(n, 0);
  return out;
}

void check(DevelopableOptions const& options) {
  for (double const limit : {options.speck_m2, options.speck_width_m, options.part_m2, options.part_width_m})
    if (!(limit >= 0) || !std::isfinite(limit))
      throw_error(ErrorKind::internal, "Developable land with a limit of {}.", limit);
}

}  // namespace

Developable developable(GeometryColumn const& sites, std::span<Cut const> cuts, DevelopableOptions const& options,
                        unsigned workers) {
  check(options);
  std::vector<Cover> covers;
  for (Cut const& cut : cuts) {
    overlay::check(cut);
    covers.emplace_back(*cut.layer, workers);
  }
  Developable out = zeros(sites.size());
  std::vector<GeometryColumn> land(sites.size());
  // A site takes milliseconds: small chunks keep all workers busy.
  parallel_chunks(sites.size(), workers, 1, [&](unsigned, std::size_t row, std::size_t) {
    geos::Context const context;
    Candidate site(context, sites, row);
    if (site.area() == 0) return GeometryBuilder(land[row]).end_row(GeometryKind::empty);
    std::vector<overlay::Piece> taken;
    for (std::size_t k = 0; k < cuts.size(); ++k)
      for (auto& piece : overlay::pieces_of(site, cuts[k], covers[k])) taken.push_back(std::move(piece));
    Account const account = SiteCutter(site, options).account(overlay::unite(site, taken, "all cuts"));
    if (account.land) GEOSNormalize_r(context.get(), account.land.get());
    geos::from_geos(context, account.land.get(), GeometryKind::polygon, land[row]);
    out.gross_m2[row] = site.area();
    out.area_m2[row] = account.area;
    out.excluded_m2[row] = account.excluded;
    out.speck_m2[row] = account.speck;
    out.too_small_m2[row] = account.too_small;
    out.too_narrow_m2[row] = account.too_narrow;
    out.largest_part_m2[row] = account.largest;
    out.parts[row] = account.parts;
  });
  for (GeometryColumn const& row : land) append(out.geometry, row);
  return out;
}

}  // namespace terrein
