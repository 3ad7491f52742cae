#pragma once

#include <map>
#include <string>

#include "judge.hpp"
#include "layers.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein {

/// The table of all candidates with what each column means.
struct CandidateTable {
  Table table;
  std::map<std::string, FieldNote> notes;
  std::string id_column;
  std::vector<std::string> unused;  ///< names of columns not made, because no layer of the result would show them
};
/// Measures, and what decided them, are left `unused` when the study chooses other columns and writes no model:
/// excluded candidates, which only models make, are shown with all columns.
CandidateTable candidate_table(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates,
                               Judgement const& judgement, Labels const& labels);
/// The columns that the study chooses, without those about persons that are not there; what was set by hand cannot be
/// hidden. Empty = all.
std::vector<ColumnChoice> chosen_columns(Study const& study, CandidateTable const& full);
/// Column names that a GeoPackage layer keeps for itself get a suffix.
std::string free_name(std::string const& name, Table const& table);

}  // namespace terrein
