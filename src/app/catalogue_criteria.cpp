#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "terrein/app/catalogue.hpp"
#include "terrein/criteria/criterion.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

std::string unit_text(CriterionKind const& kind, bool dutch) {
  if (!kind.unit.empty()) return std::string(kind.unit);
  if (kind.on_raster) return dutch ? "eenheid van het raster" : "unit of the raster";
  return dutch ? "eenheid van het veld" : "unit of the field";
}

std::string_view better_text(Better better, bool dutch) {
  switch (better) {
    case Better::more:
      return dutch ? "meer is beter" : "more is better";
    case Better::less:
      return dutch ? "minder is beter" : "less is better";
    case Better::neither:
      break;
  }
  return dutch ? "geen vaste richting" : "no usual direction";
}

std::string_view layer_text(CriterionKind const& kind, bool dutch) {
  if (!kind.needs_layer) return dutch ? "zonder laag" : "no layer needed";
  if (kind.on_raster) return dutch ? "heeft een raster nodig" : "needs a raster";
  return dutch ? "heeft een laag nodig" : "needs a layer";
}

Json better_json(Better better) {
  if (better == Better::neither) return nullptr;
  return better == Better::more ? "more" : "less";
}

Json layer_json(CriterionKind const& kind) {
  if (!kind.needs_layer) return nullptr;
  return kind.on_raster ? "raster" : "vector";
}

}  // namespace

std::string criteria_text(Language language) {
  bool const dutch = language == Language::nl;
  std::string out;
  for (CriterionKind const& kind : criterion_kinds())
    out += fmt::format("{}: {}, {}, {}\n  {}\n", kind.name, unit_text(kind, dutch), better_text(kind.better, dutch),
                       layer_text(kind, dutch), dutch ? kind.meaning_nl : kind.meaning);
  return out;
}

std::string criteria_json() {
  Json all = Json::array();
  for (CriterionKind const& kind : criterion_kinds()) {
    Json one{{"name", kind.name}};
    one["unit"] = kind.unit.empty() ? Json(nullptr) : Json(kind.unit);
    one["better"] = better_json(kind.better);
    one["gives_class"] = kind.is_class;
    one["layer"] = layer_json(kind);
    one["meaning_en"] = kind.meaning;
    one["meaning_nl"] = kind.meaning_nl;
    all.push_back(one);
  }
  return Json{{"criteria", all}}.dump(1) + "\n";
}

}  // namespace terrein
