#pragma once

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

// Looks at the sites of a result as a surveyor would, with OGR and GEOS alone: nothing of how they were found.
namespace terrein::test {

struct SiteRules {
  std::string id = "id";  ///< column of the candidates
  double least_ha = 0, most_ha = 0;
  double bridge_m = 20;
  std::vector<std::string> must = {}, never = {};
};

class SiteVerifier {
 public:
  SiteVerifier(std::filesystem::path const& result, SiteRules rules) : rules_(std::move(rules)) {
    GDALAllRegister();
    data_.reset(GDALDataset::Open(result.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!data_) throw std::runtime_error("cannot open " + result.string());
    read_parcels("candidates", false);
    read_parcels("excluded", true);
    read_members();
  }

  /// Everything that is wrong with layer `sites` or `site_alternatives`; nothing when all is well.
  [[nodiscard]] std::vector<std::string> faults(std::string const& layer) {
    faults_.clear();
    std::map<std::string, std::string> site_of;  // by parcel
    count_ = 0;
    for (auto const& feature : *data_->GetLayerByName(layer.c_str())) {
      ++count_;
      site_ = feature->GetFieldAsString("site_id");
      check_area(*feature);
      check_members(*feature);
      check_bound(*feature);
      if (layer != "sites") continue;
      for (std::string const& id : members_of_[site_])
        if (!site_of.emplace(id, site_).second) fault("shares parcel " + id + " with site " + site_of[id]);
    }
    return faults_;
  }
  [[nodiscard]] int count() const { return count_; }

 private:
  using Shape = std::unique_ptr<OGRGeometry>;

  void fault(std::string const& text) { faults_.push_back(site_ + " " + text); }

  void read_parcels(char const* layer, bool excluded) {
    OGRLayer* const table = data_->GetLayerByName(layer);
    if (table == nullptr) return;
    for (auto const& feature : *table) {
      std::string const id = feature->GetFieldAsString(rules_.id.c_str());
      if (excluded) excluded_.insert(id);
      if (feature->GetGeometryRef() != nullptr && !feature->GetGeometryRef()->IsEmpty())
        parcels_[id].reset(feature->GetGeometryRef()->clone());
    }
  }

  void read_members() {
    for (auto const& feature : *data_->GetLayerByName("site_parcels")) {
      std::string const role = feature->GetFieldAsString("role");
      if (role != "seed" && role != "member") continue;
      members_of_[feature->GetFieldAsString("site_id")].push_back(feature->GetFieldAsString("candidate"));
    }
  }

  void check_area(OGRFeature const& site) {
    OGRGeometry const* const shape = site.GetGeometryRef();
    if (shape == nullptr || shape->IsEmpty()) return fault("has no shape");
    if (!shape->IsValid()) fault("is not valid");
    double const hectares = OGR_G_Area(OGRGeometry::ToHandle(const_cast<OGRGeometry*>(shape))) / 1e4;
    if (hectares < rules_.least_ha - 1e-6 || hectares > rules_.most_ha + 1e-6)
      fault("has " + std::to_string(hectares) + " ha");
    if (std::abs(hectares - site.GetFieldAsDouble("gross_ha")) > 1e-6 * hectares) fault("says another gross area");
    if (site.GetFieldAsDouble("developable_ha") > hectares + 1e-6) fault("has more developable land than land");
    if (site.GetFieldAsDouble("net_ha") > site.GetFieldAsDouble("developable_ha") + 1e-9) fault("has more net land");
  }

  void check_members(OGRFeature const& site) {
    auto const& members = members_of_[site_];
    OGRGeometry const* const shape = site.GetGeometryRef();
    if (members.empty() || shape == nullptr) return fault("has no parcels");
    if (std::set<std::string>(members.begin(), members.end()).size() != members.size()) fault("names a parcel twice");
    for (std::string const& id : rules_.must)
      if (std::find(members.begin(), members.end(), id) == members.end()) fault("lacks " + id);
    Shape const grown(shape->Buffer(0.01));
    std::vector<OGRGeometry const*> shapes;
    OGRMultiPolygon own;
    for (std::string const& id : members) {
      if (excluded_.contains(id)) fault("holds excluded parcel " + id);
      if (std::find(rules_.never.begin(), rules_.never.end(), id) != rules_.never.end()) fault("holds " + id);
      if (!parcels_.contains(id)) {
        fault("holds parcel " + id + ", which is no parcel with a shape");
        continue;
      }
      shapes.push_back(parcels_[id].get());
      Shape const multi(OGRGeometryFactory::forceToMultiPolygon(shapes.back()->clone()));
      for (auto const* part : *multi->toMultiPolygon()) own.addGeometry(part);
      if (!grown->Contains(shapes.back())) fault("does not cover its parcel " + id);
    }
    check_together(shapes);
    check_foreign(*shape, own, members);
  }

  /// Every two parts of the set lie somewhere no further apart than the widest strip.
  void check_together(std::vector<OGRGeometry const*> const& shapes) {
    std::vector<std::size_t> queue{0};
    std::set<std::size_t> seen{0};
    for (std::size_t k = 0; k < queue.size(); ++k)
      for (std::size_t i = 0; i < shapes.size(); ++i)
        if (!seen.contains(i) && shapes[queue[k]]->Distance(shapes[i]) <= rules_.bridge_m + 0.01) {
          seen.insert(i);
          queue.push_back(i);
        }
    if (seen.size() != shapes.size()) fault("does not hang together");
  }

  /// No land of others, but for what a parcel of its own has in common with them.
  void check_foreign(OGRGeometry const& shape, OGRMultiPolygon const& own, std::vector<std::string> const& members) {
    OGREnvelope around;
    shape.getEnvelope(&around);
    Shape const mine(own.UnionCascaded());
    for (auto const& [id, parcel] : parcels_) {
      OGREnvelope box;
      parcel->getEnvelope(&box);
      if (!box.Intersects(around) || std::find(members.begin(), members.end(), id) != members.end()) continue;
      double const m2 = common_m2(shape, *parcel) - common_m2(*mine, *parcel);
      if (m2 > 1) fault("holds " + std::to_string(m2) + " m2 of parcel " + id);
    }
  }

  static double common_m2(OGRGeometry const& a, OGRGeometry const& b) {
    Shape const common(a.Intersection(&b));
    bool const land = common && common->getDimension() == 2;
    return land ? OGR_G_Area(OGRGeometry::ToHandle(common.get())) : 0;
  }

  void check_bound(OGRFeature const& site) {
    double const value = site.GetFieldAsDouble("value"), bound = site.GetFieldAsDouble("bound");
    if (value > bound + 1e-9) fault("is worth more than its bound");
    if (bound > 0 && std::abs(site.GetFieldAsDouble("gap") - std::max(0.0, (bound - value) / bound)) > 1e-9)
      fault("says another gap");
  }

  SiteRules rules_;
  std::unique_ptr<GDALDataset> data_;
  std::map<std::string, Shape> parcels_;
  std::set<std::string> excluded_;
  std::map<std::string, std::vector<std::string>> members_of_;
  std::vector<std::string> faults_;
  std::string site_;
  int count_ = 0;
};

}  // namespace terrein::test
