#include <algorithm>
#include <map>
#include <tuple>

#include "site_land.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/geometry/facing.hpp"
#include "terrein/geometry/nearest.hpp"

namespace terrein {
namespace {

constexpr double m2_per_ha = 1e4;

/// Finds contacts of one study.
class ContactFinder {
 public:
  ContactFinder(AssemblySpec const& spec, MadeFrom const& from, std::vector<PieceFacts> const& pieces)
      : spec_(spec), from_(from), parcels_(from.layers.layers.at(from.study.candidates).layer), pieces_(pieces) {
    for (CrossingSpec const& one : spec.crossings) kinds_.emplace_back(std::vector{rows_of({one.layer, one.classes})});
    std::vector<Barriers::From> barring;
    for (BarrierSpec const& one : spec.barriers) barring.push_back(rows_of(one));
    if (!barring.empty()) barred_.emplace(std::move(barring));
    chosen_.assign(parcels_.size(), 0);
    piece_at_.assign(parcels_.size(), SiteLand::no_piece);
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].candidate == no_row) continue;
      Row const row = from.inputs.candidate_rows[pieces[i].candidate];
      chosen_[row] = 1;
      piece_at_[row] = i;
    }
  }

  std::vector<LandContact> run() {
    add(std::max(spec_.gap_m, spec_.tolerance_m), true);
    if (spec_.bridge_m > std::max(spec_.gap_m, spec_.tolerance_m)) add(spec_.bridge_m, false);
    add_parks();
    std::vector<LandContact> out;
    for (auto& [pair, contact] : found_) out.push_back(std::move(contact));
    return out;
  }

 private:
  [[nodiscard]] Barriers::From rows_of(BarrierSpec const& rows) const {
    return {&from_.inputs.find(rows.layer)->layer, rows_that_count(spec_, rows, from_.inputs)};
  }

  void add(double most_m, bool beside) {
    FacingOptions options;
    options.most_m = most_m;
    options.tolerance_m = spec_.tolerance_m;
    options.least_m = spec_.least_contact_m;
    for (Barriers const& kind : kinds_) options.kinds.push_back(&kind);
    options.barred = barred_ ? &*barred_ : nullptr;
    options.workers = from_.inputs.workers;
    for (Facing const& facing : facings(parcels_, chosen_, options).facing)
      if (auto contact = contact_of(facing, beside)) keep(std::move(*contact));
  }

  void keep(LandContact contact) {
    if (contact.a > contact.b) std::swap(contact.a, contact.b);
    auto const [known, fresh] = found_.try_emplace({contact.a, contact.b}, contact);
    if (!fresh && contact.price < known->second.price) known->second = std::move(contact);
  }

  /// Price of crossing what a mask says; nothing where it is not allowed.
  [[nodiscard]] std::optional<double> price_of(std::uint32_t crosses, bool beside) const {
    if (crosses == 0 && beside) return 0;
    if (crosses == 0) return spec_.open_allowed ? std::optional(spec_.open_price) : std::nullopt;
    double out = 0;
    for (std::size_t i = 0; i < spec_.crossings.size(); ++i) {
      if ((crosses >> i & 1U) == 0) continue;
      if (!spec_.crossings[i].allowed) return std::nullopt;
      out += spec_.crossings[i].price;
    }
    return out;
  }

  [[nodiscard]] std::string names_of(std::uint32_t crosses, bool beside) const {
    if (crosses == 0) return beside ? std::string{} : "open";
    std::vector<std::string> out;
    for (std::size_t i = 0; i < spec_.crossings.size(); ++i)
      if ((crosses >> i & 1U) != 0) out.push_back(spec_.crossings[i].key);
    return join(out, "; ");
  }

  /// The cheapest parts that together are long enough; the dearest of them is what it costs.
  [[nodiscard]] std::optional<LandContact> contact_of(Facing const& facing, bool beside) const {
    std::vector<std::tuple<double, std::uint32_t, FacingPart const*>> parts;
    for (FacingPart const& part : facing.parts)
      if (auto const price = price_of(part.crosses, beside)) parts.emplace_back(*price, part.crosses, &part);
    std::sort(parts.begin(), parts.end());
    LandContact out;
    out.a = piece_at_[facing.a];
    out.b = piece_at_[facing.b];
    for (auto const& [price, crosses, part] : parts) {
      out.length_m += part->length_m;
      out.strip_ha += part->area_m2 / m2_per_ha;
      out.width_m = std::max(out.width_m, part->width_m);
      out.price = price;
      out.crosses = names_of(crosses, beside);
      if (out.length_m >= spec_.least_contact_m) return out;
    }
    return std::nullopt;
  }

  void add_parks() {
    if (spec_.grow.empty()) return;
    Layer const& parks = from_.inputs.find(spec_.grow)->layer;
    std::map<Row, std::uint32_t> piece_of_park;
    for (std::uint32_t i = 0; i < pieces_.size(); ++i)
      if (pieces_[i].park != no_row) piece_of_park[pieces_[i].park] = i;
    std::vector<std::uint8_t> selected(parks.size(), 0);
    for (auto const& [row, piece] : piece_of_park) selected[row] = 1;
    SegmentIndex const index(parks, selected);
    double const near = std::max(spec_.gap_m, spec_.tolerance_m), far = std::max(near, spec_.bridge_m);
    GeometryColumn const& shapes = from_.inputs.candidates->layer.geometry;
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].candidate == no_row) continue;
      for (SegmentIndex::Hit const& hit : index.within(shapes, pieces_[i].candidate, far)) {
        LandContact contact;
        contact.a = i;
        contact.b = piece_of_park.at(hit.row);
        contact.width_m = hit.distance;
        bool const beside = hit.distance <= near;
        auto const price = price_of(0, beside);
        if (!price) continue;
        contact.price = *price;
        contact.crosses = names_of(0, beside);
        keep(std::move(contact));
      }
    }
  }

  AssemblySpec const& spec_;
  MadeFrom const& from_;
  Layer const& parcels_;
  std::vector<PieceFacts> const& pieces_;
  std::vector<Barriers> kinds_;
  std::optional<Barriers> barred_;
  std::vector<std::uint8_t> chosen_;
  std::vector<std::uint32_t> piece_at_;  // per row of all parcels
  std::map<std::pair<std::uint32_t, std::uint32_t>, LandContact> found_;
};

}  // namespace

std::vector<LandContact> land_contacts(AssemblySpec const& spec, MadeFrom const& from,
                                       std::vector<PieceFacts> const& pieces) {
  return ContactFinder(spec, from, pieces).run();
}

}  // namespace terrein
