#include "site_layer.hpp"

#include <algorithm>
#include <set>

#include "judge_parts.hpp"
#include "robustness.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/site_outline.hpp"

namespace terrein {
namespace {

constexpr double m2_per_ha = 1e4;

/// Rows of all parcels that a site is made of.
std::vector<Row> member_rows(SiteLayer::Entry const& entry, MadeFrom const& from) {
  std::vector<Row> out;
  for (std::uint32_t const piece : entry.site->found.pieces)
    if (Row const row = entry.assembly->land.pieces[piece].candidate; row != no_row)
      out.push_back(from.inputs.candidate_rows[row]);
  return out;
}

/// The value that all rows have alike, else null.
AnyColumn alike(AnyColumn const& column, std::vector<std::vector<Row>> const& members) {
  std::vector<Row> rows;
  for (auto const& site : members) {
    bool same = !site.empty();
    for (Row const row : site) same = same && text_at(column, row) == text_at(column, site.front());
    rows.push_back(same ? site.front() : no_row);
  }
  return std::visit(
      [&](auto const& typed) -> AnyColumn {
        auto out = std::decay_t<decltype(typed)>();
        out.name = typed.name;
        for (Row const row : rows) {
          if (row == no_row)
            out.push(std::nullopt);
          else
            out.push(typed.at(row));
        }
        return out;
      },
      column);
}

class SiteMeasurer {
 public:
  SiteMeasurer(std::vector<Assembly> const& assemblies, MadeFrom const& from)
      : assemblies_(assemblies), from_(from), parcels_(from.layers.layers.at(from.study.candidates)) {}

  std::unique_ptr<SiteLayer> run() {
    for (Assembly const& one : assemblies_)
      for (AssembledSite const& site : one.sites) out_->entries.push_back({&one, &site});
    for (Assembly const& one : assemblies_)
      for (AssembledSite const& site : one.alternatives) out_->entries.push_back({&one, &site});
    for (SiteLayer::Entry const& entry : out_->entries) members_.push_back(member_rows(entry, from_));
    make_layer();
    judge_sites();
    for (Assembly const& one : assemblies_) measure_land(one);
    for (std::size_t i = 0; i < members_.size(); ++i) {
      AssemblySpec const& spec = *out_->entries[i].assembly->spec;
      out_->level.push_back(said(spec.level, spec.level_layer, i));
      out_->kind.push_back(said(spec.kind, spec.kind_layer, i));
    }
    return std::move(out_);
  }

 private:
  void make_layer() {
    Layer& layer = out_->sites.layer;
    layer.name = "sites";
    layer.crs = parcels_.layer.crs;
    // Sets may bridge strips of different width.
    for (std::size_t i = 0; i < members_.size();) {
      std::size_t end = i;
      Assembly const* const assembly = out_->entries[i].assembly;
      while (end < members_.size() && out_->entries[end].assembly == assembly) ++end;
      append(layer.geometry, site_outlines(parcels_.layer, std::span(members_).subspan(i, end - i),
                                           assembly->spec->bridge_m, from_.inputs.workers));
      i = end;
    }
    std::set<std::string> known;
    for (SiteLayer::Entry const& entry : out_->entries) {
      std::string id = entry.site->id;
      while (!known.insert(id).second) id += "'";  // the same parcels, found by two sets of the study
      layer.id.push_back(std::move(id));
    }
    layer.id_rank = rank_ids(layer.id);
    layer.attributes = Table(members_.size());
    for (AnyColumn const& column : parcels_.layer.attributes.columns()) layer.attributes.add(alike(column, members_));
    if (parcels_.class_of.size() > 0)
      out_->sites.class_of = std::get<TextColumn>(alike(AnyColumn(parcels_.class_of), members_));
    out_->sites.class_separator = parcels_.class_separator;
    out_->sites.coverage = parcels_.coverage;
  }

  void judge_sites() {
    auto study = std::make_unique<Study>(from_.study);
    study->additions = {};
    for (CriterionSpec& spec : study->criteria)  // demand is that of the candidates, not of sites
      if (spec.measure == "catchment" && spec.access.demand.empty()) spec.access.demand = study->candidates;
    Inputs inputs = from_.inputs;
    inputs.candidates = &out_->sites;
    inputs.candidate_layer.clear();
    inputs.candidate_rows.clear();
    inputs.store = nullptr;
    inputs.progress = {};
    inputs.stats = nullptr;
    Additions none(*study);
    out_->judgement = judge(*study, inputs, none);
    if (study->robustness.asked && !out_->entries.empty())
      judge_robustness(*study, inputs, study->robustness.top_sites, out_->judgement);
    out_->study = std::move(study);
  }

  /// Developable land by the cuts of the model that the set goes by.
  void measure_land(Assembly const& assembly) {
    std::vector<std::size_t> mine;
    GeometryColumn shapes;
    GeometryBuilder builder(shapes);
    for (std::size_t i = 0; i < members_.size(); ++i)
      if (out_->entries[i].assembly == &assembly) {
        mine.push_back(i);
        builder.copy_row(out_->sites.layer.geometry, i);
      }
    AssemblySpec const& spec = *assembly.spec;
    auto const cuts = cuts_of(from_.study, spec.model, from_.inputs);
    Developable const land = developable(
        shapes, cuts, {spec.speck_m2, spec.speck_width_m, spec.part_m2, spec.part_width_m}, from_.inputs.workers);
    for (auto* column : {&out_->developable_ha, &out_->too_small_ha, &out_->speck_ha, &out_->parcels_ha})
      column->resize(members_.size());
    out_->parts.resize(members_.size());
    for (std::size_t k = 0; k < mine.size(); ++k) {
      std::size_t const i = mine[k];
      out_->developable_ha[i] = land.area_m2[k] / m2_per_ha;
      out_->too_small_ha[i] = (land.too_small_m2[k] + land.too_narrow_m2[k]) / m2_per_ha;
      out_->speck_ha[i] = land.speck_m2[k] / m2_per_ha;
      out_->parts[i] = land.parts[k];
      for (Row const row : members_[i]) out_->parcels_ha[i] += area(parcels_.layer.geometry, row) / m2_per_ha;
    }
  }

  /// What the user says, else the class that covers more than half of the site.
  [[nodiscard]] std::optional<std::string> said(std::string const& by_user, BarrierSpec const& plan,
                                                std::size_t i) const {
    if (!by_user.empty()) return by_user;
    if (plan.layer.empty()) return std::nullopt;
    MeasuringLayer const& layer = *from_.inputs.find(plan.layer);
    GeometryColumn shape;
    GeometryBuilder(shape).copy_row(out_->sites.layer.geometry, i);
    double const half = area(shape, 0) / 2;
    for (std::string const& word : layer.class_of.words()) {
      if (!plan.classes.empty() && std::find(plan.classes.begin(), plan.classes.end(), word) == plan.classes.end())
        continue;
      std::vector<std::uint32_t> group(layer.layer.size(), no_row);
      for (Row row = 0; row < group.size(); ++row)
        if (layer.class_of.text(row) == word) group[row] = 0;
      if (cover_areas(shape, layer.layer, group, 1, 1).area[0][0] > half) return word;
    }
    return std::nullopt;
  }

  std::vector<Assembly> const& assemblies_;
  MadeFrom const& from_;
  MeasuringLayer const& parcels_;
  std::vector<std::vector<Row>> members_;  // per entry
  std::unique_ptr<SiteLayer> out_ = std::make_unique<SiteLayer>();
};

}  // namespace

std::unique_ptr<SiteLayer> measure_sites(std::vector<Assembly> const& assemblies, MadeFrom const& from) {
  return SiteMeasurer(assemblies, from).run();
}

}  // namespace terrein
