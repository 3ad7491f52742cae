#include "terrein/app/init_study.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "init_parts.hpp"
#include "terrein/core/clock.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/osm.hpp"
#include "terrein/io/output_set.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;

/// What can be said before any file is looked at.
void check_options(InitOptions const& options, DataFolders const& data) {
  std::error_code absent;
  if (!fs::is_directory(options.from, absent))
    throw_error(ErrorKind::input, "--from '{}' is no folder. Name the folder with the downloaded files.",
                options.from.string());
  if (!options.overwrite && fs::exists(options.output, absent))
    throw_error(ErrorKind::config, "'{}' exists and is kept as it is. Name another with --output, or give --overwrite.",
                options.output.string());
  std::vector<std::string> const known = shipped_models(data);
  for (std::string const& model : options.models)
    if (std::find(known.begin(), known.end(), model) == known.end())
      throw_error(ErrorKind::config, "There is no model '{}'.{}", model, suggestion(model, known));
  if (!options.crs.empty()) (void)crs_from(options.crs);
}

std::string today() {
  constexpr std::size_t date_length = 10;
  return time_from_environment().value_or(time_now()).substr(0, date_length);
}

void write_text(fs::path const& path, std::string const& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw_error(ErrorKind::output, "'{}' could not be written.", path.string());
}

/// Share of the extent of the candidates that a layer's extent covers; -1 when that is not known.
double covered(FoundLayer const& found, FoundLayer const& candidates, Crs const& crs) {
  Box const a = box_in(found, crs), b = box_in(candidates, crs);
  if (a.empty() || b.empty() || !(b.width() > 0 && b.height() > 0)) return -1;
  double const x = std::min(a.max_x, b.max_x) - std::max(a.min_x, b.min_x);
  double const y = std::min(a.max_y, b.max_y) - std::max(a.min_y, b.min_y);
  return x <= 0 || y <= 0 ? 0 : x * y / (b.width() * b.height());
}

InitLayer row_of(DraftLayer const& layer, Draft const& draft, Crs const& crs, Say const& say) {
  InitLayer out;
  out.role = layer.role->key;
  out.key = layer.key;
  out.why = layer.claim.why;
  out.coverage = layer.claim.profile ? layer.claim.profile->defaults.coverage : "extent";
  if (layer.claim.found == nullptr) {
    out.coverage = "members";
    out.source = layer.combine.empty() ? say("volgt uit ", "follows from ") + layer.slip_roads_of
                                       : say("samengesteld", "combined");
    return out;
  }
  FoundLayer const& found = *layer.claim.found;
  out.source = found.written;
  out.layer = found.only ? "" : found.source.name;
  out.profile = layer.claim.profile ? layer.claim.profile->key : "";
  out.date = found.date;
  out.rows = found.source.rows;
  FoundLayer const* candidates = draft.layers.front().claim.found;
  if (candidates != nullptr) out.covers = covered(found, *candidates, crs);
  return out;
}

/// Layers that say nothing of part of the candidates, in one sentence.
std::string narrow_layers(std::vector<InitLayer> const& layers, Say const& say) {
  constexpr double nearly_all = 0.95;
  std::vector<std::string> words;
  for (InitLayer const& layer : layers)
    if (layer.coverage == "extent" && layer.role != "parcels" && layer.covers >= 0 && layer.covers < nearly_all)
      words.push_back(fmt::format("{} {:.0f} %", layer.key, 100 * layer.covers));
  if (words.empty()) return {};
  return say("dekking: buiten de omhullende van een laag is 'geen object' onbekend; zeg coverage = \"everywhere\" als "
             "ze "
             "daar volledig is. Van de kandidaten ligt binnen: ",
             "coverage: beyond the extent of a layer 'no feature' is unknown; say coverage = \"everywhere\" when it is "
             "complete there. Of the candidates lie within: ") +
         join(words, ", ");
}

bool is_of(DraftLayer const& layer, std::string const& written) {
  auto const of = [&](Claim const& claim) { return claim.found != nullptr && claim.found->written == written; };
  return of(layer.claim) || std::any_of(layer.others.begin(), layer.others.end(), of) ||
         std::any_of(layer.tried.begin(), layer.tried.end(), [&](auto const& tried) { return of(tried.first); });
}

/// Sources of which no layer has a role in the models.
void add_idle_sources(FolderContents const& folder, Say const& say, Draft& draft) {
  std::set<std::string> told;
  for (InitUnused const& one : draft.unused) told.insert(one.source.substr(0, one.source.find(" (")));
  for (FoundLayer const& found : folder.layers) {
    if (!told.insert(found.written).second) continue;
    if (std::any_of(draft.layers.begin(), draft.layers.end(),
                    [&](DraftLayer const& layer) { return is_of(layer, found.written); }))
      continue;
    bool const known = !found.matches.empty();
    draft.unused.push_back(
        {found.written,
         known ? say("heeft geen rol in de modellen: ", "has no role in the models: ") +
                     say(found.matches.front().profile->title_nl, found.matches.front().profile->title_en)
               : say("geen profiel en geen naam zegt wat het is", "no profile and no name says what it is")});
  }
}

InitReport report_of(Draft& draft, InitOptions const& options, Say const& say) {
  InitReport out;
  out.study = options.output;
  out.language = options.language;
  out.crs = draft.crs;
  out.crs_why = draft.crs_why;
  FoundLayer const* candidates = draft.layers.front().claim.found;
  Crs crs;
  if (!draft.crs.empty())
    crs = crs_from(draft.crs);
  else if (candidates != nullptr)
    crs = stated_crs(*candidates);
  for (DraftLayer const& layer : draft.layers)
    if (draft.is_used(layer.key) && (layer.key != "parcels" || candidates != nullptr))
      out.layers.push_back(row_of(layer, draft, crs, say));
  out.missing = draft.missing;
  for (DraftLayer const& layer : draft.layers)
    for (std::string const& note : layer.notes) out.choices.push_back(layer.key + ": " + note);
  out.choices.insert(out.choices.end(), draft.choices.begin(), draft.choices.end());
  if (std::string narrow = narrow_layers(out.layers, say); !narrow.empty()) out.choices.push_back(std::move(narrow));
  out.to_fill = draft.to_fill;
  out.unused = draft.unused;
  return out;
}

}  // namespace

InitReport init_study(InitOptions const& options, DataFolders const& data) {
  check_options(options, data);
  use_osm_config(data.datasets / "osm" / "osmconf.ini");
  fs::path const study_folder = fs::absolute(options.output).parent_path();
  Say const say(options.language);
  InitWorld world{load_roles(data),
                  {},
                  needs_of(options.models, data, say),
                  load_profiles(profile_folders(study_folder, data)),
                  say};
  world.folder = look_into(options, world.profiles, say);
  if (world.folder.layers.empty())
    throw_error(ErrorKind::input, "--from '{}' holds no layer that can be read.{}", options.from.string(),
                world.folder.unused.empty()
                    ? std::string{}
                    : " '" + world.folder.unused.front().source + "': " + world.folder.unused.front().why);
  Draft draft;
  draft.title = fs::absolute(options.from).lexically_normal().filename().string();
  if (draft.title.empty())
    draft.title = fs::absolute(options.from).lexically_normal().parent_path().filename().string();
  if (!is_utf8(draft.title)) draft.title = printable(draft.title);
  draft.folder = options.from.string();
  draft.date = today();
  draft_study(world, options, draft);
  OutputSet outputs(options.overwrite);
  fs::path const temporary = outputs.add(options.output);
  Labels const labels(data.datasets / "labels.csv", options.language);
  constexpr int most_rounds = 12;  // each but the last takes a source out
  for (int round = 0; round < most_rounds; ++round) {
    write_text(temporary, study_text(draft, options, say));
    if (try_draft(temporary, data, options.workers, say, draft)) break;
  }
  draft.missing = missing_layers(draft, world, labels);
  add_idle_sources(world.folder, say, draft);
  write_text(temporary, study_text(draft, options, say));
  outputs.commit();
  return report_of(draft, options, say);
}

}  // namespace terrein
