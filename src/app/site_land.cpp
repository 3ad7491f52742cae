#include "site_land.hpp"

#include <algorithm>
#include <tuple>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/nearest.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

constexpr double m2_per_ha = 1e4;
constexpr double mostly = 0.5;     ///< share of a parcel that makes it part of something
constexpr double same_land = 0.1;  ///< share of the smaller of two parcels above which they lie on the same land

/// Makes the land of one set of sites.
class LandMaker {
 public:
  LandMaker(AssemblySpec const& spec, MadeFrom const& from)
      : spec_(spec),
        from_(from),
        candidates_(from.inputs.candidates->layer),
        model_(*std::find_if(from.judgement.models.begin(), from.judgement.models.end(),
                             [&](ModelResult const& one) { return one.model->key == spec.model; })) {}

  SiteLand run() {
    out_.state.assign(candidates_.size(), LandState::offered);
    out_.piece_of.assign(candidates_.size(), SiteLand::no_piece);
    refuse_by_id();
    refuse_by_model();
    for (BarrierSpec const& one : spec_.not_offered) refuse_mostly_in(one, LandState::not_offered);
    if (!spec_.grow.empty()) refuse_mostly_in({spec_.grow, spec_.grow_classes}, LandState::in_park);
    refuse_outside_zones();
    std::vector<Row> rows = best_rows();
    refuse_same_land(rows);
    for (Row const row : rows) add_piece(row);
    measure_pieces();
    add_parks();
    std::vector<LandPiece> pieces;
    for (PieceFacts const& facts : out_.pieces) pieces.push_back(piece_of(facts));
    set_owners(pieces);
    set_zones(pieces);
    out_.contacts = timed(from_, "contacts of parcels", [this] { return land_contacts(spec_, from_, out_.pieces); });
    std::vector<LandLink> links;
    for (LandContact const& one : out_.contacts)
      links.push_back({one.a, one.b, one.price, one.length_m / 1000, spec_.size_of(one.strip_ha, one.strip_ha)});
    out_.graph = land_graph(std::move(pieces), std::move(links));
    find_must();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::vector<Row> rows_of(std::vector<std::string> const& ids, char const* key) const {
    std::vector<Row> out;
    for (std::string const& id : ids) {
      auto const at = std::find(candidates_.id.begin(), candidates_.id.end(), id);
      if (at == candidates_.id.end())
        throw_error(ErrorKind::config, "[assembly.{}] {}: no candidate has the id '{}'.{}", spec_.key, key, id,
                    suggestion(id, candidates_.id));
      out.push_back(static_cast<Row>(at - candidates_.id.begin()));
    }
    return out;
  }

  void refuse(Row row, LandState state) {
    if (out_.state[row] == LandState::offered) out_.state[row] = state;
  }

  void refuse_by_id() {
    for (Row const row : rows_of(spec_.never, "never")) refuse(row, LandState::never);
  }

  [[nodiscard]] double size_ha(Row row) const {
    double const gross = area(candidates_.geometry, row) / m2_per_ha;
    return spec_.size_of(gross, developable_ha(row, gross));
  }
  [[nodiscard]] double developable_ha(Row row, double gross) const {
    if (model_.net_m2.size() == 0) return gross;
    return model_.net_m2.is_known(row) ? model_.net_m2.values[row] / m2_per_ha : 0;
  }

  void refuse_by_model() {
    for (Row row = 0; row < candidates_.size(); ++row) {
      Outcome const outcome = model_.outcome[row];
      if (std::find(spec_.outcomes.begin(), spec_.outcomes.end(), outcome) == spec_.outcomes.end())
        refuse(row, LandState::outcome);
      auto const score = model_.scores.score.at(row);
      if (!score || model_.scores.completeness[row] < model_.model->min_completeness - 1e-12)
        refuse(row, LandState::no_score);
      else if (100 * *score < spec_.min_score)
        refuse(row, LandState::low_score);
      if (candidates_.geometry.kind[row] != GeometryKind::polygon || !(size_ha(row) > 0))
        refuse(row, LandState::no_land);
    }
  }

  /// Area of candidates in the rows of a layer, in m².
  [[nodiscard]] std::vector<double> area_in(BarrierSpec const& rows) const {
    Layer const& cover = from_.inputs.find(rows.layer)->layer;
    auto const chosen = rows_that_count(spec_, rows, from_.inputs);
    std::vector<std::uint32_t> group(cover.size(), no_row);
    for (Row row = 0; row < cover.size(); ++row)
      if (chosen[row] != 0) group[row] = 0;
    return cover_areas(candidates_.geometry, cover, group, 1, from_.inputs.workers).area.front();
  }

  void refuse_mostly_in(BarrierSpec const& rows, LandState state) {
    auto const inside = area_in(rows);
    for (Row row = 0; row < candidates_.size(); ++row)
      if (inside[row] > mostly * area(candidates_.geometry, row)) refuse(row, state);
  }

  /// By score, then by id.
  [[nodiscard]] std::vector<Row> best_rows() {
    std::vector<Row> rows;
    for (Row row = 0; row < candidates_.size(); ++row)
      if (out_.state[row] == LandState::offered) rows.push_back(row);
    auto const& score = model_.scores.score.values;
    std::sort(rows.begin(), rows.end(), [&](Row a, Row b) {
      return score[a] != score[b] ? score[a] > score[b] : candidates_.id_rank[a] < candidates_.id_rank[b];
    });
    std::vector<Row> out;
    for (Row const row : rows) {
      bool const must = std::find(spec_.must.begin(), spec_.must.end(), candidates_.id[row]) != spec_.must.end();
      if (out.size() < spec_.most_parcels || must)
        out.push_back(row);
      else
        refuse(row, LandState::not_best);
    }
    return out;
  }

  /// Land cannot be bought twice: of parcels on the same land the first stays.
  void refuse_same_land(std::vector<Row>& rows) {
    Layer const land = take(candidates_, rows);
    Contacts const touch = contacts(land, spec_.tolerance_m, from_.inputs.workers);
    std::vector<std::uint8_t> gone(rows.size(), 0);
    for (Crowd const& crowd : touch.crowds) {
      Row const first = *std::min_element(crowd.begin(), crowd.end());
      for (Row const row : crowd) gone[row] = row != first ? 1 : 0;
    }
    auto common = overlaps(land, touch.meeting, from_.inputs.workers);
    std::sort(common.begin(), common.end(), [](Overlap const& x, Overlap const& y) {
      return std::pair(std::min(x.a, x.b), std::max(x.a, x.b)) < std::pair(std::min(y.a, y.b), std::max(y.a, y.b));
    });
    for (Overlap const& one : common)
      if (one.share > same_land && gone[std::min(one.a, one.b)] == 0) gone[std::max(one.a, one.b)] = 1;
    std::vector<Row> left;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (gone[i] != 0)
        refuse(rows[i], LandState::overlaps);
      else
        left.push_back(rows[i]);
    }
    rows = std::move(left);
  }

  void add_piece(Row row) {
    PieceFacts facts;
    facts.candidate = row;
    facts.score = model_.scores.score.values[row];
    facts.gross_ha = area(candidates_.geometry, row) / m2_per_ha;
    facts.developable_ha = developable_ha(row, facts.gross_ha);
    out_.piece_of[row] = static_cast<std::uint32_t>(out_.pieces.size());
    out_.pieces.push_back(std::move(facts));
  }

  void measure_pieces() {
    if (!spec_.open_space.layer.empty()) {
      auto const open = area_in(spec_.open_space);
      for (PieceFacts& piece : out_.pieces) piece.open_space_ha = open[piece.candidate] / m2_per_ha;
    }
    if (!spec_.sensitive.layer.empty()) {
      Layer const& layer = from_.inputs.find(spec_.sensitive.layer)->layer;
      auto const chosen = rows_that_count(spec_, spec_.sensitive, from_.inputs);
      SegmentIndex const index(layer, chosen);
      for (PieceFacts& piece : out_.pieces)
        piece.sensitive_m = index.frontage(candidates_.geometry, piece.candidate, spec_.sensitive_m).length;
    }
    AnyColumn const* const owner = spec_.owner_field.empty() ? nullptr : candidates_.attributes.find(spec_.owner_field);
    out_.owners_known = owner != nullptr;
    if (owner != nullptr)
      for (PieceFacts& piece : out_.pieces) piece.owner = text_at(*owner, piece.candidate).value_or("");
  }

  void add_parks() {
    if (spec_.grow.empty()) return;
    Layer const& parks = from_.inputs.find(spec_.grow)->layer;
    auto const chosen = rows_that_count(spec_, {spec_.grow, spec_.grow_classes}, from_.inputs);
    std::vector<Row> rows;
    for (Row row = 0; row < parks.size(); ++row)
      if (chosen[row] != 0 && parks.geometry.kind[row] == GeometryKind::polygon) rows.push_back(row);
    std::sort(rows.begin(), rows.end(), [&](Row a, Row b) { return parks.id_rank[a] < parks.id_rank[b]; });
    for (Row const row : rows) {
      PieceFacts facts;
      facts.park = row;
      out_.parks.push_back(static_cast<std::uint32_t>(out_.pieces.size()));
      out_.pieces.push_back(std::move(facts));
    }
  }

  [[nodiscard]] LandPiece piece_of(PieceFacts const& facts) const {
    LandPiece out;
    bool const park = facts.candidate == no_row;
    GeometryColumn const& shapes = park ? from_.inputs.find(spec_.grow)->layer.geometry : candidates_.geometry;
    Row const row = park ? facts.park : facts.candidate;
    out.box = shapes.box[row];
    out.at = centroid(shapes, row);
    out.worth = spec_.owner_price;  // a park costs nothing
    if (park) return out;
    out.size = spec_.size_of(facts.gross_ha, facts.developable_ha);
    out.worth = facts.score * out.size - spec_.open_space_price * facts.open_space_ha -
                spec_.sensitive_price * facts.sensitive_m / 1000;
    out.outline = length(shapes, row) / 1000;
    return out;
  }

  /// A parcel whose owner is not known has one of its own; so has a park, which costs nothing.
  void set_owners(std::vector<LandPiece>& pieces) const {
    std::map<std::string, std::uint32_t> known;
    auto next = static_cast<std::uint32_t>(pieces.size());
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
      std::string const& owner = out_.pieces[i].owner;
      pieces[i].owner = owner.empty() ? i : known.try_emplace(owner, next++).first->second;
    }
  }

  /// Of the zones that hold a place the first by id; 0 = none does.
  [[nodiscard]] std::uint32_t zone_at(Point at) const {
    Layer const& zones = from_.inputs.find(spec_.zones)->layer;
    std::uint32_t out = 0;
    for (Row row = 0; row < zones.size(); ++row) {
      if (!zones.geometry.box[row].meets({at.x, at.y, at.x, at.y}) || locate(zones.geometry, row, at) < 0) continue;
      std::uint32_t const zone = zones.id_rank[row] + 1;
      if (out == 0 || zone < out) out = zone;
    }
    return out;
  }

  void refuse_outside_zones() {
    if (spec_.zones.empty()) return;
    for (Row row = 0; row < candidates_.size(); ++row)
      if (out_.state[row] == LandState::offered && zone_at(centroid(candidates_.geometry, row)) == 0)
        refuse(row, LandState::outside_zones);
  }

  /// A park that grows does so in any zone.
  void set_zones(std::vector<LandPiece>& pieces) const {
    if (spec_.zones.empty()) return;
    for (std::uint32_t i = 0; i < pieces.size(); ++i)
      if (out_.pieces[i].candidate != no_row) pieces[i].zone = zone_at(pieces[i].at);
  }

  void find_must() {
    for (Row const row : rows_of(spec_.must, "must")) {
      if (out_.piece_of[row] == SiteLand::no_piece)
        out_.must_not_offered.push_back(candidates_.id[row]);
      else
        out_.must.push_back(out_.piece_of[row]);
    }
  }

  AssemblySpec const& spec_;
  MadeFrom const& from_;
  Layer const& candidates_;
  ModelResult const& model_;
  SiteLand out_;
};

}  // namespace

std::vector<std::uint8_t> rows_that_count(AssemblySpec const& spec, BarrierSpec const& rows, Inputs const& inputs) {
  MeasuringLayer const& layer = *inputs.find(rows.layer);
  if (!rows.classes.empty() && layer.class_of.size() == 0 && layer.layer.size() > 0)
    throw_error(
        ErrorKind::config,
        "[assembly.{}] names classes of layer '{}', which has none. Say in [layers.{}] which attribute holds its "
        "classes, or leave the classes out.",
        spec.key, rows.layer, rows.layer);
  return cut_rows({rows.layer, rows.classes, 0, false}, inputs);
}

std::string_view to_string(LandState state) {
  switch (state) {
    case LandState::offered:
      return "offered";
    case LandState::never:
      return "never";
    case LandState::not_offered:
      return "not_offered";
    case LandState::in_park:
      return "in_park";
    case LandState::outcome:
      return "outcome";
    case LandState::no_score:
      return "no_score";
    case LandState::low_score:
      return "low_score";
    case LandState::outside_zones:
      return "outside_zones";
    case LandState::no_land:
      return "no_land";
    case LandState::overlaps:
      return "overlaps";
    case LandState::not_best:
      return "not_best";
  }
  return "";
}

LandContact const* SiteLand::contact(std::uint32_t a, std::uint32_t b) const {
  if (a > b) std::swap(a, b);
  auto const at =
      std::lower_bound(contacts.begin(), contacts.end(), std::pair(a, b),
                       [](LandContact const& one, auto const& pair) { return std::pair(one.a, one.b) < pair; });
  return at != contacts.end() && at->a == a && at->b == b ? &*at : nullptr;
}

SiteLand site_land(AssemblySpec const& spec, MadeFrom const& from) { return LandMaker(spec, from).run(); }

}  // namespace terrein
