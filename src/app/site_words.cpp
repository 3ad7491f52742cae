#include "site_words.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "terrein/core/text.hpp"
#include "terrein/geometry/nearest.hpp"

namespace terrein {
namespace {

std::string in_two_decimals(double value, Language language) {
  std::string out = fmt::format("{:.2f}", value);
  if (language == Language::nl) std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

/// Says why a parcel belongs to a site, or does not.
class ParcelWords {
 public:
  ParcelWords(SiteLayer const& sites, std::size_t i, MadeFrom const& from) : entry_(sites.entries[i]), from_(from) {
    outline_.layer.crs = sites.sites.layer.crs;
    GeometryBuilder(outline_.layer.geometry).copy_row(sites.sites.layer.geometry, i);
    outline_.layer.id = {entry_.site->id};
    outline_.layer.id_rank = {0};
  }

  std::vector<SiteParcel> run() {
    std::vector<SiteParcel> out;
    for (MemberFacts const& member : entry_.site->facts.members)
      if (facts(member.piece).candidate != no_row) out.push_back(of_member(member));
    std::vector<SiteParcel> beside;
    for (BesideFacts const& one : entry_.site->facts.beside)
      if (facts(one.piece).candidate != no_row) beside.push_back(of_neighbour(one));
    add_not_offered(beside);
    auto const& rank = from_.inputs.candidates->layer.id_rank;
    std::sort(beside.begin(), beside.end(),
              [&](SiteParcel const& a, SiteParcel const& b) { return rank[a.candidate] < rank[b.candidate]; });
    out.insert(out.end(), beside.begin(), beside.end());
    return out;
  }

 private:
  [[nodiscard]] PieceFacts const& facts(std::uint32_t piece) const { return entry_.assembly->land.pieces[piece]; }
  [[nodiscard]] std::string pick(std::string const& nl, std::string const& en) const {
    return from_.labels.pick(nl, en);
  }
  [[nodiscard]] std::string number(double value) const { return in_two_decimals(value, from_.study.language); }

  [[nodiscard]] SiteParcel of_member(MemberFacts const& member) const {
    SiteParcel out;
    out.candidate = facts(member.piece).candidate;
    bool const seed = member.piece == entry_.site->found.seed;
    out.role = seed ? "seed" : "member";
    out.score = 100 * facts(member.piece).score;
    out.loss = member.loss;
    std::vector<std::string> parts;
    if (seed) parts.push_back(pick("beste perceel van de site", "best parcel of the site"));
    if (member.connects) parts.push_back(pick("verbindt andere percelen", "connects other parcels"));
    if (member.fills) parts.push_back(pick("nodig voor de oppervlakte", "needed for the area"));
    if (!member.loss)
      parts.push_back(pick("zonder dit perceel is er hier geen site gevonden", "without it no site was found here"));
    else
      parts.push_back(pick("zonder dit perceel is de site ", "without it the site is worth ") + number(*member.loss) +
                      pick(" ha waard minder", " ha less"));
    out.reason = join(parts, "; ");
    return out;
  }

  /// Candidates that touch the outline but may not be in any site, and say why.
  void add_not_offered(std::vector<SiteParcel>& out) const {
    SiteLand const& land = entry_.assembly->land;
    Layer const& candidates = from_.inputs.candidates->layer;
    double const near = std::max(entry_.assembly->spec->gap_m, entry_.assembly->spec->tolerance_m);
    Box const box = outline_.layer.geometry.box[0].grown(near);
    SegmentIndex const index(outline_.layer);
    for (Row row = 0; row < candidates.size(); ++row) {
      if (land.piece_of[row] != SiteLand::no_piece || !box.meets(candidates.geometry.box[row])) continue;
      if (index.nearest(candidates.geometry, row, near).row == no_row) continue;
      SiteParcel one;
      one.candidate = row;
      one.role = "beside";
      one.reason = from_.labels.get("land_state", std::string(to_string(land.state[row])));
      out.push_back(std::move(one));
    }
  }

  [[nodiscard]] SiteParcel of_neighbour(BesideFacts const& one) const {
    SiteParcel out;
    out.candidate = facts(one.piece).candidate;
    out.role = "beside";
    out.score = 100 * facts(one.piece).score;
    using enum BesideFacts::Why;
    if (one.why == worth_less || one.why == worth_more) out.change = one.change;
    out.reason = from_.labels.get("beside", std::string(to_string(one.why)));
    if (out.change)
      out.reason += " (" + std::string(*out.change < 0 ? "−" : "+") + number(std::abs(*out.change)) + " ha)";
    return out;
  }

  SiteLayer::Entry const& entry_;
  MadeFrom const& from_;
  MeasuringLayer outline_;
};

}  // namespace

std::vector<SiteParcel> parcels_of(SiteLayer const& sites, std::size_t i, MadeFrom const& from) {
  return ParcelWords(sites, i, from).run();
}

/// Prim, from the first piece; equal prices by the pieces.
std::vector<LandContact const*> links_of(SiteLayer::Entry const& entry) {
  auto const& pieces = entry.site->found.pieces;
  std::vector<std::uint32_t> in{pieces.front()};
  std::vector<LandContact const*> out;
  while (in.size() < pieces.size()) {
    LandContact const* best = nullptr;
    std::uint32_t comes = 0;
    for (std::uint32_t const from : in)
      for (std::uint32_t const to : pieces) {
        if (std::find(in.begin(), in.end(), to) != in.end()) continue;
        LandContact const* const contact = entry.assembly->land.contact(from, to);
        if (contact == nullptr || (best != nullptr && contact->price >= best->price)) continue;
        best = contact;
        comes = to;
      }
    if (best == nullptr) break;
    out.push_back(best);
    in.push_back(comes);
  }
  return out;
}

std::string piece_id(Assembly const& assembly, std::uint32_t piece, MadeFrom const& from) {
  PieceFacts const& facts = assembly.land.pieces[piece];
  if (facts.candidate != no_row) return from.inputs.candidates->layer.id[facts.candidate];
  return from.inputs.find(assembly.spec->grow)->layer.id[facts.park];
}

}  // namespace terrein
