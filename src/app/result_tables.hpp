#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "additions.hpp"
#include "judge.hpp"
#include "layers.hpp"
#include "made_layers.hpp"
#include "terrein/app/study.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/project.hpp"

namespace terrein {

/// The layers and tables of a result, styled and labelled. The shapes they point at are kept in `shapes`.
struct ResultContent {
  GeoPackage package;
  std::vector<std::unique_ptr<GeometryColumn>> shapes;
  std::vector<ProjectModel> models;
  std::string id_column;
  std::map<std::string, std::vector<std::string>> ids;  ///< feature ids by layer name, whatever columns were chosen
  std::string source_line;
};

/// `made` are layers beside those of the candidates and of the sources.
ResultContent result_content(Study const& study, StudyLayers const& layers, Additions const& additions,
                             MeasuringLayer const& candidates, Judgement const& judgement, std::vector<MadeLayer> made,
                             Issues const& issues, DataFolders const& data, Labels const& labels);

/// "startgewichten, niet bestuurlijk vastgesteld" until the model names who adopted its weights and when, or a file of
/// weights; names the criteria whose values are relative to the candidates.
std::string weights_note(ModelConfig const& model, Labels const& labels);
/// "vastgesteld door de raad (2026-05-04)", "niet bestuurlijk vastgesteld"
std::string adoption_note(WeightSet const& set, Labels const& labels);
/// "gewichten 'Gemeenteraad' van 2026-05-04: volgorde van belang (…); vastgesteld door de raad (2026-05-04)", with the
/// consistency of the judgements where there is one.
std::string weight_set_note(WeightSet const& set, Labels const& labels);
std::string model_label(ModelConfig const& model, Labels const& labels);
/// "Vrachtrijtijd tot hoofdweg (min)" of a criterion.
std::string criterion_label(CriterionSpec const& spec, Labels const& labels);

}  // namespace terrein
