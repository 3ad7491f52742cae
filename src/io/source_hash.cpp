#include <algorithm>

#include "io/archive.hpp"
#include "io/source.hpp"
#include "terrein/core/current_work.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace fs = std::filesystem;

std::string hash_of_files(fs::path const& folder, std::vector<fs::path> files) {
  std::sort(files.begin(), files.end());
  std::string text;
  for (fs::path const& file : files) {
    text += file.generic_string();
    text += '\0';
    text += sha256_of_file(folder / file) + '\n';
  }
  return sha256(text);
}

namespace {

/// Files of one data set in many files share its stem: roads.shp, roads.dbf, roads.shp.xml …
std::string hash_of_siblings(fs::path const& path) {
  fs::path const folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
  std::string const stem = path.stem().string() + ".";
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with(stem) && entry.is_regular_file())
      files.push_back(entry.path().filename());
  return hash_of_files(folder, std::move(files));
}

std::string hash_of_folder(fs::path const& folder) {
  std::vector<fs::path> files;
  for (auto const& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder));
  return hash_of_files(folder, std::move(files));
}

/// The archive in "/vsizip/data/roads.zip/roads.shp" or "/vsizip/{data/roads.zip}/roads.shp"; empty when none is a
/// file.
fs::path archive_of(std::string path) {
  if (!path.starts_with("/vsi")) return {};
  auto const slash = path.find('/', 1);
  if (slash == std::string::npos) return {};
  path.erase(0, slash + 1);
  std::erase_if(path, [](char c) { return c == '{' || c == '}'; });
  for (fs::path part = path; !part.empty() && part != part.parent_path(); part = part.parent_path())
    if (fs::is_regular_file(part)) return part;
  return {};
}

}  // namespace

std::string source_hash(std::string const& path, std::string const& driver) {
  std::error_code ignored;  // a connection text is no path
  if (fs::is_directory(path, ignored)) return hash_of_folder(path);
  if (fs::is_regular_file(path, ignored)) {
    if (is_archive(path)) return sha256_of_file(path);
    if (driver == "ESRI Shapefile" || driver == "MapInfo File") return hash_of_siblings(path);
    fs::path const file(path);
    if (fs::path const log = path + "-wal"; fs::exists(log) && fs::file_size(log) > 0)
      return hash_of_files(file.parent_path(), {file.filename(), log.filename()});
    return sha256_of_file(path);
  }
  fs::path const archive = archive_of(path);
  return archive.empty() ? std::string{} : sha256_of_file(archive);
}

namespace {

/// As `source_hash`, with every fault told by a sentence: it may be met by another thread than that of the reader.
std::string hash_in_words(std::string const& path, std::string const& driver) {
  CurrentWork const work("hashing '" + printable(path) + "'");
  try {
    return source_hash(path, driver);
  } catch (fs::filesystem_error const& error) {
    throw_error(ErrorKind::input, "'{}' cannot be read: {}.", path, error.what());
  }
}

}  // namespace

std::shared_future<std::string> SourceHashes::hash(std::string const& path, std::string const& driver) {
  std::lock_guard const lock{mutex_};
  auto& found = found_[{path, driver}];
  if (!found.valid()) found = std::async(policy_, hash_in_words, path, driver).share();
  return found;
}

std::string SourceHashes::of(std::string const& path, std::string const& driver) { return hash(path, driver).get(); }

}  // namespace terrein
