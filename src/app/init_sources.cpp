#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "init_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/fetched_source.hpp"
#include "terrein/io/read_raster.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;

bool ends_with_any(std::string const& name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view one) { return name.ends_with(one); });
}

bool may_be_layer(std::string const& name) {
  return ends_with_any(
      name, {".gpkg", ".shp", ".geojson", ".json", ".fgb", ".gml", ".kml", ".kmz", ".tab",      ".mif",    ".csv",
             ".tsv",  ".psv", ".ods",     ".xlsx", ".zip", ".osm", ".pbf", ".thf", ".topojson", ".sqlite", ".db"});
}

bool is_packed(std::string const& name) {
  return ends_with_any(name, {".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar"});
}

/// Files that belong to others, or that nobody would take for a layer.
bool is_beside_the_point(std::string const& name) {
  return !may_be_layer(name) && !is_packed(name) && !ends_with_any(name, {".tif", ".tiff", ".img", ".asc", ".wkt"});
}

/// What terrein wrote itself: the result, its GeoJSON, and manifests.
bool is_own(fs::path const& path) {
  std::string const name = path.filename().string();
  if (ends_with_any(name, {".run.json", ".fetch.json"})) return true;
  for (fs::path stem = path.stem();; stem = stem.stem()) {
    std::error_code unseen;  // what may not be looked at is told when it is read
    if (fs::exists(path.parent_path() / (stem.string() + ".gpkg.run.json"), unseen)) return true;
    if (stem.stem() == stem) return false;
  }
}

bool is_hidden(fs::path const& path) { return path.filename().string().starts_with("."); }

/// Files, and folders that are one source, by name. Folders that may not be listed are told.
std::vector<fs::path> sources_below(fs::path const& folder, std::vector<InitUnused>& unused, Say const& say) {
  std::vector<fs::path> out;
  std::error_code fault;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, fault);
  if (fault)
    throw_error(ErrorKind::input, "--from '{}' cannot be read: {}. Name the folder with the downloaded files.",
                folder.string(), fault.message());
  for (; it != fs::recursive_directory_iterator(); it.increment(fault)) {
    if (fault) break;
    fs::path const& path = it->path();
    std::error_code ignored;  // a link that leads nowhere is no folder
    bool const is_folder = it->is_directory(ignored);
    if (is_hidden(path)) {
      if (is_folder) it.disable_recursion_pending();
    } else if (is_folder && lower(path.filename().string()).ends_with(".gdb")) {
      it.disable_recursion_pending();
      out.push_back(path);
    } else if (!is_folder && !is_beside_the_point(lower(path.filename().string())) && !is_own(path)) {
      out.push_back(path);
    }
  }
  if (fault)
    unused.push_back({folder.string(), say("niet verder te lezen: ", "cannot be read on: ") + fault.message()});
  std::sort(out.begin(), out.end());
  return out;
}

/// Relative to the study when that is shorter to read, as other machines have the folder elsewhere.
std::string written_path(fs::path const& path, fs::path const& study_folder) {
  fs::path const relative = path.lexically_relative(study_folder);
  return relative.empty() ? path.string() : relative.string();
}

/// Why a path cannot stand in a study; empty when it can.
std::string unwritable(std::string const& written, Say const& say) {
  if (!is_utf8(written))
    return say("de naam is geen UTF-8 en kan niet in een studie staan: hernoem het bestand",
               "its name is no UTF-8 and cannot stand in a study: rename the file");
  if (written.find("${") != std::string::npos)
    return say("de naam bevat ${, wat in een studie een variabele is: hernoem het bestand",
               "its name holds ${, which is a variable in a study: rename the file");
  return {};
}

class Looker {
 public:
  Looker(InitOptions const& options, Profiles const& profiles, Say const& say)
      : study_folder_(fs::absolute(options.output).parent_path().lexically_normal()), profiles_(profiles), say_(say) {}

  void look(fs::path const& path, FolderContents& out) const {
    std::string const written = written_path(path, study_folder_);
    try {
      if (std::string why = unwritable(written, say_); !why.empty()) return out.unused.push_back({written, why});
      if (is_raster_file(path.string()))
        return out.unused.push_back({written, say_("een raster: noem het zelf met kind = \"raster\"",
                                                   "a raster: name it yourself with kind = \"raster\"")});
      std::vector<std::string> const inside = data_sets_in_archive(path.string());
      if (inside.size() < 2) return describe(path, written, "", out);
      for (std::string const& name : inside) describe(path, written, name, out);
    } catch (Error const& error) {
      if (error.kind() == ErrorKind::interrupted) throw;
      out.unused.push_back({written, error.what()});
    }
  }

 private:
  /// `inside` is a data set of an archive with several.
  void describe(fs::path const& path, std::string const& written, std::string const& inside,
                FolderContents& out) const {
    SourceDescription const source = describe_source(path.string(), written, {}, inside);
    auto const fetched = fetched_source(path.string());
    for (SourceLayer const& layer : source.layers) {
      FoundLayer found;
      found.path = path.string();
      found.written = written;
      found.driver = source.driver;
      found.date = fetched ? fetched->date : "";
      found.only = source.layers.size() == 1 && inside.empty();
      found.source = layer;
      if (!inside.empty()) found.source.name = inside;
      found.matches = match_profiles(layer, inside.empty() ? path.string() : inside + ".x", profiles_);
      out.layers.push_back(std::move(found));
    }
  }

  fs::path study_folder_;
  Profiles const& profiles_;
  Say const& say_;
};

}  // namespace

std::string FoundLayer::text() const { return only ? written : written + " (" + source.name + ")"; }

FolderContents look_into(InitOptions const& options, Profiles const& profiles, Say const& say) {
  FolderContents out;
  fs::path const folder = fs::absolute(options.from).lexically_normal();
  Looker const looker(options, profiles, say);
  for (fs::path const& path : sources_below(folder, out.unused, say)) {
    check_stop();
    looker.look(path, out);
  }
  return out;
}

}  // namespace terrein
