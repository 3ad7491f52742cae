#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/io/describe.hpp"

namespace terrein {

/// Rows that count, or do not, by the value of one attribute. Sources spell the attribute and its codes differently, so
/// that `with_profiles` writes the filter of the layer once it has seen the source.
struct RowChoice {
  std::string field;                ///< alternatives, "STATUS|status"
  std::vector<std::string> values;  ///< codes and labels; for an attribute of numbers those that are numbers
  bool keep = true;                 ///< false: these rows do not count; rows without a value stay
  bool optional = false;            ///< a source without the attribute counts as a whole
};

/// What a layer of plans says about which plan is in force. Codes that no list names mean: not known.
struct PlanFacts {
  int order = 0;            ///< where plans overlap the smaller one counts; 0 = the layer has no such order
  std::string phase, date;  ///< attributes, alternatives as "a|b"
  std::vector<std::string> in_force, in_preparation, suspended;  ///< values of `phase`
};

/// What one real layer means in terrein's vocabulary: datasets/profiles/<key>.toml, or a user's own.
struct Profile {
  std::string key;
  std::filesystem::path file;
  std::string role;   ///< key of the layer in terrein's vocabulary, or "none"
  std::string shape;  ///< polygon, line, point or table
  std::string version, title_nl, title_en, publisher, source, facts_date;
  std::string mark;      ///< verified, partly or unverified
  std::string tried_on;  ///< real rows it was tried on; empty = never
  std::vector<std::string> notes_nl, notes_en;
  std::vector<std::string> layers;   ///< names of layers or files, with * and ?
  std::vector<std::string> fields;   ///< attributes that must be there; "a|b" = one of them
  std::vector<std::string> without;  ///< attributes that rule it out
  bool needs_name = false;           ///< its attributes are too common to recognise it without the name
  std::vector<std::string> crs;      ///< expected codes
  std::string absent_nl, absent_en;  ///< what "no feature here" means
  std::vector<RowChoice> rows;       ///< besides `defaults.where`; a study that writes its own `where` replaces both
  std::optional<PlanFacts> plan;
  LayerConfig defaults;  ///< what a study takes over
};

using Profiles = std::map<std::string, std::shared_ptr<Profile const>>;

/// Reads all profiles of the folders; of two with the same key the one of the earlier folder counts. Folders that do
/// not exist are left out. Throws `Error{config}` with all faults of a file.
[[nodiscard]] Profiles load_profiles(std::vector<std::filesystem::path> const& folders);
/// The folders in their order: `profiles` beside the study (empty = none), $TERREIN_PROFILES, the shipped ones.
[[nodiscard]] std::vector<std::filesystem::path> profile_folders(std::filesystem::path const& study_folder,
                                                                 DataFolders const& data);

/// How a profile fits a layer.
struct ProfileMatch {
  std::shared_ptr<Profile const> profile;
  bool by_name = false;             ///< the name of the layer or file is one it knows
  std::size_t fields = 0;           ///< attributes found of those it asks for
  std::vector<std::string> absent;  ///< attributes it asks for that are not there
  std::string why;                  ///< one sentence
};
/// Profiles that fit (all attributes there, none that rules it out, the shape right), the best first: by name before by
/// attributes only, more attributes before fewer, then by key. Profiles that fit equally well stand side by side:
/// nothing is guessed.
[[nodiscard]] std::vector<ProfileMatch> match_profiles(SourceLayer const& layer, std::string const& path,
                                                       Profiles const& profiles);

/// The study with the attributes of its profiles settled against the real sources. Throws `Error{input}` when a source
/// has none of the attributes that a profile needs.
[[nodiscard]] Study with_profiles(Study study);

}  // namespace terrein
