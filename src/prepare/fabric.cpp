#include "terrein/prepare/fabric.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "prepare/fabric_steps.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace prepare {

Issue fabric_issue(Layer const& layer, std::string code, Severity severity, std::string feature_id, Point place,
                   std::string text) {
  Issue out;
  out.layer = layer.name;
  out.feature_id = std::move(feature_id);
  out.stage = "fabric";
  out.code = std::move(code);
  out.severity = severity;
  out.x = place.x;
  out.y = place.y;
  out.text = std::move(text);
  return out;
}

namespace {

constexpr double stacked_share = 0.99;  // of the smaller parcel

/// One kind of finding: counts all, lists the first.
class Kind {
 public:
  Kind(Layer const& layer, std::string name, Severity severity, FabricOptions const& options)
      : layer_(layer), name_(std::move(name)), severity_(severity), most_(options.list_most) {}

  void add(double area_m2, std::string id, Point place, std::string text, std::size_t times = 1) {
    count(area_m2, times);
    if (++rows_ <= most_) issues_.add(fabric_issue(layer_, name_, severity_, std::move(id), place, std::move(text)));
  }

  /// Counts without a place of its own.
  void count(double area_m2, std::size_t times = 1) {
    count_ += times;
    square_mm_ += std::llround(area_m2 * 1e6);
  }

  void finish(FabricReport& report, Issues& issues) {
    report.counts.push_back({name_, count_, static_cast<double>(square_mm_) / 1e6});
    issues.append(std::move(issues_));
    if (rows_ <= most_) return;
    Point const nowhere{std::nan(""), std::nan("")};
    issues.add(fabric_issue(
        layer_, "fabric_not_listed", Severity::note, "", nowhere,
        fmt::format("Of {} issues '{}' the first {} are listed; the table fabric counts all.", rows_, name_, most_)));
  }

 private:
  Layer const& layer_;
  std::string name_;
  Severity severity_;
  std::size_t most_, rows_ = 0, count_ = 0;
  std::int64_t square_mm_ = 0;
  Issues issues_;
};

void tell_unknown(Layer const& layer, std::string id, Point place, std::string text, Issues& issues) {
  issues.add(fabric_issue(layer, "fabric_unknown", Severity::warning, std::move(id), place, std::move(text)));
}

std::string overlap_text(Layer const& layer, Overlap const& one) {
  std::string const& other = layer.id[one.b];
  if (one.identical) return fmt::format("The same land as '{}': {:.2f} m².", other, one.area);
  return fmt::format("Has {:.2f} m² in common with '{}': {:.2f} % of the smaller one, {:.2f} m wide on average.",
                     one.area, other, 100 * one.share, one.width);
}

std::string beside_text(Layer const& layer, std::vector<Row> const& rows) {
  constexpr std::size_t most = 4;
  std::string out;
  for (std::size_t i = 0; i < rows.size() && i < most; ++i)
    out += fmt::format("{}'{}'", i == 0 ? "" : ", ", layer.id[rows[i]]);
  return rows.size() > most ? fmt::format("{} and {} more", out, rows.size() - most) : out;
}

/// What is told of rows that are so many of one shape that each with each would be too much.
class CrowdTeller {
 public:
  CrowdTeller(Layer const& layer, Contacts const& touch) : layer_(layer), crowds_(touch.crowds) {
    for (std::size_t k = 0; k < crowds_.size(); ++k)
      for (Row const row : crowds_[k]) crowd_of_[row] = k;
    told_.assign(crowds_.size(), 0);
  }

  /// The crowd that a pair of rows belongs to, or null.
  [[nodiscard]] Crowd const* common(Overlap const& one) const {
    Crowd const* const a = of(one.a);
    return a != nullptr && a == of(one.b) ? a : nullptr;
  }

  /// Whether a crowd was not asked about before.
  bool is_new(Crowd const& crowd) {
    return std::exchange(told_[static_cast<std::size_t>(&crowd - crowds_.data())], 1) == 0;
  }

  [[nodiscard]] std::string text(Crowd const& crowd, Overlap const& one) const {
    return fmt::format("One of {} parcels of exactly the same shape, all on the same {:.2f} m²: {}.", crowd.size(),
                       one.area, beside_text(layer_, crowd));
  }

  /// That what is told of a row holds for all of its crowd; nothing for rows outside of crowds.
  [[nodiscard]] std::string stands_for(Overlap const& one) const {
    std::string out;
    for (Row const row : {one.a, one.b})
      if (Crowd const* const crowd = of(row))
        out += fmt::format(" '{}' stands for {} parcels of its shape.", layer_.id[row], crowd->size());
    return out;
  }

 private:
  [[nodiscard]] Crowd const* of(Row row) const {
    auto const it = crowd_of_.find(row);
    return it == crowd_of_.end() ? nullptr : &crowds_[it->second];
  }

  Layer const& layer_;
  std::vector<Crowd> const& crowds_;
  std::unordered_map<Row, std::size_t> crowd_of_;
  std::vector<std::uint8_t> told_;
};

/// Overlaps above the tolerance; tells of all of them.
std::vector<Overlap> find_overlaps(Layer const& layer, Contacts const& touch, FabricOptions const& options,
                                   FabricReport& report, Issues& issues) {
  CrowdTeller crowds(layer, touch);
  auto const severity = options.policy == CommonLand::quarantine ? Severity::error : Severity::warning;
  Kind overlap(layer, "overlap", severity, options), stacked(layer, "stacked", severity, options),
      identical(layer, "identical", severity, options);
  std::vector<Overlap> out;
  for (Overlap& one : overlaps(layer, touch.meeting, options.workers, options.overlap_m2)) {
    if (!one.failure.empty())
      tell_unknown(layer, layer.id[one.a], one.place,
                   fmt::format("What it has in common with '{}' cannot be computed: {}.", layer.id[one.b], one.failure),
                   issues);
    if (!(one.area > options.overlap_m2)) continue;
    Kind& kind = one.identical ? identical : one.share > stacked_share ? stacked : overlap;
    Crowd const* const crowd = crowds.common(one);
    if (crowd != nullptr && !crowds.is_new(*crowd))
      kind.count(one.area);
    else
      kind.add(one.area, layer.id[one.a], one.place,
               crowd != nullptr ? crowds.text(*crowd, one) : overlap_text(layer, one) + crowds.stands_for(one));
    out.push_back(std::move(one));
  }
  for (Kind* kind : {&overlap, &stacked, &identical}) kind->finish(report, issues);
  return out;
}

void find_gaps(Layer const& layer, Contacts const& touch, FabricOptions const& options, FabricReport& report,
               Issues& issues) {
  Kind gap(layer, "gap", Severity::note, options);
  for (EnclosedVoid const& one :
       enclosed_voids(layer, touch, options.tolerance_m, options.overlap_m2, options.gap_width_m, options.workers))
    gap.add(one.area, "", one.place,
            fmt::format("{:.2f} m² that belong to no parcel, {:.2f} m wide on average, between {}.", one.area,
                        one.width, beside_text(layer, one.beside)));
  gap.finish(report, issues);
}

/// Per parcel the places where a corner of another lies on its boundary, each once.
void find_junctions(Layer const& layer, Contacts const& touch, FabricOptions const& options, FabricReport& report,
                    Issues& issues) {
  Kind junction(layer, "t_junction", Severity::note, options);
  auto const& all = touch.missing;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    std::vector<Point> places;
    for (; end < all.size() && all[end].row == all[begin].row; ++end) places.push_back(all[end].at);
    auto const less = [](Point p, Point q) { return std::tie(p.x, p.y) < std::tie(q.x, q.y); };
    std::sort(places.begin(), places.end(), less);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    bool const one = places.size() == 1;
    junction.add(0, layer.id[all[begin].row], places.front(),
                 fmt::format("{} of other parcels lie{} on its boundary where it has no vertex.",
                             one ? "A corner" : fmt::format("{} corners", places.size()), one ? "s" : ""),
                 places.size());
  }
  junction.finish(report, issues);
}

/// A point to show for a parcel: inside it where its centre is, else its first vertex.
Point place_of(GeometryColumn const& column, Row row) {
  Point const centre = centroid(column, row);
  if (locate(column, row, centre) > 0) return centre;
  auto const path = column.path(column.first_path(row));
  return {path[0], path[1]};
}

/// What a parcel is measured by to find what is odd about it.
struct Girth {
  double area = 0, width = 0;  // the mean width
  std::size_t parts = 0;

  Girth(GeometryColumn const& column, Row row)
      : area(terrein::area(column, row)), parts(column.row_begin[row + 1] - column.row_begin[row]) {
    double const around = length(column, row);
    width = around > 0 ? 2 * area / around : 0;
  }
  [[nodiscard]] bool is_odd(FabricOptions const& options) const {
    return area < options.tiny_m2 || width < options.sliver_width_m || parts > 1;
  }
};

/// In the order of their ids.
std::vector<Row> odd_parcels(Layer const& layer, FabricOptions const& options) {
  std::vector<std::uint8_t> odd(layer.size(), 0);
  parallel_chunks(layer.size(), options.workers, 4096, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      if (layer.geometry.kind[row] == GeometryKind::polygon)
        odd[row] = Girth(layer.geometry, static_cast<Row>(row)).is_odd(options) ? 1 : 0;
  });
  std::vector<Row> out;
  for (Row row = 0; row < layer.size(); ++row)
    if (odd[row] != 0) out.push_back(row);
  std::sort(out.begin(), out.end(), [&](Row a, Row b) { return layer.id_rank[a] < layer.id_rank[b]; });
  return out;
}

/// What is odd about single parcels.
void find_odd_parcels(Layer const& layer, FabricOptions const& options, FabricReport& report, Issues& issues) {
  Kind sliver(layer, "sliver", Severity::note, options), tiny(layer, "tiny", Severity::note, options),
      multipart(layer, "multipart", Severity::note, options);
  GeometryColumn const& column = layer.geometry;
  for (Row const row : odd_parcels(layer, options)) {
    Girth const girth(column, row);
    std::string const& id = layer.id[row];
    if (girth.area < options.tiny_m2)
      tiny.add(girth.area, id, place_of(column, row), fmt::format("Has {:.3f} m².", girth.area));
    else if (girth.width < options.sliver_width_m)
      sliver.add(girth.area, id, place_of(column, row),
                 fmt::format("Is {:.2f} m wide on average, with {:.2f} m².", girth.width, girth.area));
    if (girth.parts > 1)
      multipart.add(girth.area, id, place_of(column, row), fmt::format("Consists of {} parts.", girth.parts));
  }
  for (Kind* kind : {&sliver, &tiny, &multipart}) kind->finish(report, issues);
}

}  // namespace
}  // namespace prepare

FabricReport check_fabric(Layer& layer, FabricOptions const& options, Issues& issues) {
  FabricReport report;
  report.policy = options.policy;
  Contacts const touch = contacts(layer, options.tolerance_m, options.workers);
  auto const common = prepare::find_overlaps(layer, touch, options, report, issues);
  prepare::find_gaps(layer, touch, options, report, issues);
  prepare::find_junctions(layer, touch, options, report, issues);
  prepare::find_odd_parcels(layer, options, report, issues);
  prepare::settle_common_land(layer, common, options, report, issues);
  return report;
}

}  // namespace terrein
