#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "say.hpp"
#include "study_parts.hpp"
#include "terrein/app/init_study.hpp"
#include "terrein/geometry/crs.hpp"

namespace terrein {

/// A layer of a folder, as its source states it.
struct FoundLayer {
  std::string path;     ///< what is opened
  std::string written;  ///< as the study writes it
  std::string driver, date;
  bool only = true;  ///< no other layer in its source
  SourceLayer source;
  std::vector<ProfileMatch> matches;

  [[nodiscard]] std::string text() const;  ///< "gebieden.gpkg (gemeente)"
};

struct FolderContents {
  std::vector<FoundLayer> layers;  ///< by path, as they stand in their source
  std::vector<InitUnused> unused;
};

/// Every source below a folder. Throws `Error{input}` when the folder cannot be read.
FolderContents look_into(InitOptions const& options, Profiles const& profiles, Say const& say);

/// A layer of the vocabulary, from datasets/profiles/roles.csv.
struct Role {
  std::string key;
  std::vector<std::string> shapes, names, classes;
  std::vector<std::pair<std::string, std::string>> uses;  ///< profile, filter
  std::string hint_nl, hint_en;
};
std::vector<Role> load_roles(DataFolders const& data);

inline constexpr int sure_strength = 4;

/// What a layer of the folder may be in the study.
struct Claim {
  FoundLayer const* found = nullptr;
  std::shared_ptr<Profile const> profile;  ///< may be empty: recognised by its name alone
  std::string where;                       ///< in place of the profile's
  int strength = 0;                        ///< how sure; from `sure_strength` on a profile fits, and no other as well
  std::string why;
  std::vector<std::string> guesses;  ///< profiles that fit equally well
};

/// Why a profile fits, in the language of the study.
std::string reason_of(ProfileMatch const& match, Say const& say);
/// "1 rij", "12 rijen".
std::string rows_text(std::size_t rows, Say const& say);
/// Whether the parts of a name hold a word: "plu_zone_urba" holds "zone_urba".
bool holds_word(std::string const& name, std::vector<std::string> const& words);
/// Name of the layer; of the only layer of a source also that of the file.
std::vector<std::string> names_of(FoundLayer const& found);
/// Everything that may be this layer, the surest first.
std::vector<Claim> claims_of(Role const& role, std::vector<Role> const& roles, FolderContents const& folder,
                             Say const& say);

/// The land that is judged.
struct CandidateChoice {
  Claim claim;                            ///< without layer: the folder has no polygons
  bool guess = false;                     ///< nothing says that these are parcels
  std::vector<FoundLayer const*> others;  ///< that look like parcels too
  std::string id;                         ///< attribute; empty = the number of the row
  bool id_repeats = false;
  std::vector<std::string> notes;  ///< about the id, for people
};
CandidateChoice choose_candidates(std::vector<Role> const& roles, FolderContents const& folder, Say const& say);

/// The CRS of the computation, and why; empty when the candidates state none.
struct CrsChoice {
  std::string code, why;
};
CrsChoice choose_crs(FoundLayer const& candidates, FolderContents const& folder, std::string const& asked,
                     Say const& say);
/// A CRS as a source states it; unknown when PROJ does not know it.
Crs stated_crs(FoundLayer const& found);
/// A box of a source in another CRS; empty when that is not known.
Box box_in(FoundLayer const& found, Crs const& crs);
/// Stated accuracy of the way from a source to a CRS; 0 when none is needed or known.
double accuracy_m(FoundLayer const& found, Crs const& crs);

/// A layer of the study to be written.
struct DraftLayer {
  std::string key;
  Role const* role = nullptr;
  Claim claim;                                    ///< without layer: made of others, or to be filled in
  std::vector<Claim> others;                      ///< less sure, in their order
  std::vector<std::string> lines;                 ///< TOML, after source, layer and profile
  std::vector<std::string> notes;                 ///< choices to make, as sentences: comments before it
  std::vector<std::string> open;                  ///< lines written as comments after it, to choose from
  std::vector<std::vector<std::string>> combine;  ///< keys of drafts, in groups of equal force
  std::string slip_roads_of;
  std::vector<std::pair<Claim, std::string>> tried;  ///< claims that gave way, and why
  std::string refused;                               ///< why it stands in the study as a comment only
};

/// A study in the making.
struct Draft {
  std::string title, crs, crs_why, date, folder;
  double max_crs_error_m = 0;      ///< 0 = the default will do
  bool suffix = false;             ///< repeated ids get a number
  std::vector<DraftLayer> layers;  ///< the candidates first
  std::vector<InitMissing> missing;
  std::vector<std::string> choices, to_fill;
  std::vector<InitUnused> unused;

  [[nodiscard]] DraftLayer* find(std::string const& key);
  [[nodiscard]] bool is_used(std::string const& key) const;  ///< there, and not refused
};

/// What the models ask for: layers by key, with the criteria (and their points) and rules that need them.
using Needs = std::map<std::string, std::vector<std::string>>;
Needs needs_of(std::vector<std::string> const& models, DataFolders const& data, Say const& say);

/// What does not change while a draft is made.
struct InitWorld {
  std::vector<Role> roles;
  FolderContents folder;
  Needs needs;
  Profiles profiles;
  Say say;
};

/// Chooses the candidates, the CRS, and a layer for each role that the models ask for.
void draft_study(InitWorld const& world, InitOptions const& options, Draft& draft);
/// The lines of a layer after its claim.
void fill_layer(DraftLayer& layer, Say const& say);
/// Which attribute holds the class, when its values say so themselves; else lines to choose from.
void draft_classes(DraftLayer& layer, Say const& say);
/// How the lines of a road layer without profile join; false when its attributes do not say so.
bool draft_graph(DraftLayer& layer, Say const& say);
/// The layers that the draft lacks, with what that costs.
std::vector<InitMissing> missing_layers(Draft const& draft, InitWorld const& world, Labels const& labels);

/// The study as text.
std::string study_text(Draft const& draft, InitOptions const& options, Say const& say);
/// A text as TOML writes it.
std::string toml_quoted(std::string const& text);

/// Reads the study as it would be run, over a few candidates; what cannot be used gives way to the next best, or
/// becomes a comment. True when nothing had to change.
bool try_draft(std::filesystem::path const& study, DataFolders const& data, unsigned workers, Say const& say,
               Draft& draft);

}  // namespace terrein
