#include <algorithm>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The layers of a study by kind, and where a fault is told.
class Checker {
 public:
  Checker(TomlTable& root, Study const& study) : root_(root), study_(study) {}

  void check_criterion(CriterionSpec const& spec) {
    CriterionKind const* kind = find_criterion_kind(spec.measure);
    LayerConfig const* layer = study_.find_layer(spec.layer);
    if (kind == nullptr) return;
    if (kind->on_raster) {
      if (layer != nullptr) check_on_raster(spec, *layer);
    } else if (kind->needs_layer && is_raster(spec.layer)) {
      at(spec, "layer",
         "measure '" + spec.measure + "' is taken against features, but layer '" + spec.layer +
             "' is a raster; take raster_share, raster_mean, raster_max or raster_min.");
    }
    if (is_raster(spec.roads)) at(spec, "roads", "'" + spec.roads + "' is a raster, no road layer.");
    if (is_raster(spec.passage.zones))
      at(spec, "zones", "'" + spec.passage.zones + "' is a raster; name a layer of features.");
    if (is_raster(spec.passage.dwellings))
      at(spec, "dwellings", "'" + spec.passage.dwellings + "' is a raster; name a layer of features.");
    if (is_raster(spec.access.demand))
      at(spec, "demand", "'" + spec.access.demand + "' is a raster; name a layer of features.");
    for (CutSpec const& cut : spec.cuts)
      if (is_raster(cut.layer)) at(spec, "cuts", "'" + cut.layer + "' is a raster; only features can be cut out.");
  }

  void check_cut(std::string const& rule, CutSpec const& cut) {
    if (!is_raster(cut.layer)) return;
    bool const own = root_.table("rules").has(rule);
    (own ? root_.table("rules").table(rule) : root_.table("layers").table(cut.layer))
        .problem(own ? "layer" : "",
                 "rule '" + rule + "' cuts out features, but layer '" + cut.layer + "' is a raster.");
  }

  /// A place where the study names a layer of features.
  void check_features(std::string const& table, std::string_view key, std::string const& layer) {
    if (is_raster(layer)) root_.table(table).problem(key, "'" + layer + "' is a raster; name a layer of features.");
  }

  void check_coverage(LayerConfig const& layer) {
    if (!layer.raster && is_raster(layer.coverage))
      root_.table("layers").table(layer.key).problem(
          "coverage", "'" + layer.coverage + "' is a raster; the area of a coverage is a layer of polygons.");
  }

 private:
  [[nodiscard]] bool is_raster(std::string const& key) const {
    LayerConfig const* layer = study_.find_layer(key);
    return layer != nullptr && layer->raster.has_value();
  }

  /// At the criterion, or at the layer for a criterion of a shipped model.
  void at(CriterionSpec const& spec, std::string_view key, std::string const& text) {
    if (root_.table("criteria").has(spec.key))
      root_.table("criteria").table(spec.key).problem(key, text);
    else
      root_.table("layers").problem(
          spec.layer, "criterion '" + spec.key + "' of a shipped model: " + text + " Give the raster another key.");
  }

  void check_on_raster(CriterionSpec const& spec, LayerConfig const& layer) {
    if (!layer.raster)
      return at(spec, "layer",
                "measure '" + spec.measure + "' is taken against a raster, but layer '" + spec.layer +
                    "' is one of features (if its source is a raster, say kind = \"raster\" there).");
    std::vector<std::string> known;
    for (auto const& [value, name] : layer.raster->classes)
      if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
    for (std::string const& name : spec.classes)
      if (std::find(known.begin(), known.end(), name) == known.end())
        at(spec, "classes",
           "no value of raster '" + spec.layer + "' has the class '" + name + "' in [layers." + spec.layer +
               ".classes]." + suggestion(name, known));
  }

  TomlTable& root_;
  Study const& study_;
};

}  // namespace

void check_rasters(TomlTable& root, Study const& study) {
  auto const is_raster = [](LayerConfig const& layer) { return layer.raster.has_value(); };
  Checker checker(root, study);
  for (CriterionSpec const& spec : study.criteria) checker.check_criterion(spec);
  if (std::none_of(study.layers.begin(), study.layers.end(), is_raster)) return;
  for (auto const& [rule, cut] : study.cuts) checker.check_cut(rule, cut);
  for (LayerConfig const& layer : study.layers) checker.check_coverage(layer);
  checker.check_features("candidates", "layer", study.candidates);
  checker.check_features("area", "layer", study.area.layer);
  for (std::string const& key : study.output.context) checker.check_features("output", "context", key);
}

}  // namespace terrein
