#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "additions.hpp"
#include "layers.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/app/study.hpp"

namespace terrein {

/// What the coordinates of a run are worth.
struct CrsFacts {
  double area_ratio = 1;                 ///< planar / ellipsoidal area at the middle of the candidates
  std::optional<TransformInfo> geojson;  ///< how coordinates leave as longitude and latitude; none without GeoJSON
};

/// What the manifest says of weights that nobody adopted.
inline constexpr char const* starting_weights = "startgewichten, niet bestuurlijk vastgesteld";

/// What the run did, as JSON that depends only on inputs and settings: kept inside the GeoPackage.
std::string inner_manifest(Study const& study, StudyLayers const& layers, Additions const& additions,
                           CrsFacts const& facts, std::size_t candidates, Issues const& issues,
                           DataFolders const& data);
/// The same with timings, workers, absolute paths and hashes of the outputs: the file beside the GeoPackage. `database`
/// may be null.
std::string outer_manifest(std::string const& inner, Study const& study, RunOptions const& options, Stats const& stats,
                           std::vector<std::pair<std::filesystem::path, std::filesystem::path>> const& outputs,
                           PostgisResult const* database);
/// Time stamp of a run: that which the study repeats, else SOURCE_DATE_EPOCH, else the study's date, else 1970-01-01.
/// "2026-01-31T12:00:00.000Z"
std::string run_time(Study const& study);

}  // namespace terrein
