#include "io/source_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace fs = std::filesystem;

bool is_connection(std::string const& path) {
  auto const colon = path.find(':');
  bool const prefix = colon != std::string::npos && colon >= 2 && path.find('/') > colon;
  return prefix || path.starts_with("/vsi") || path.starts_with("<") || path.starts_with("{");
}

namespace {

/// Addresses, and GDAL's file systems on other machines, wherever in the path they stand.
void check_local(Origin const& origin) {
  std::string const path = lower(origin.path);
  static constexpr std::string_view local[] = {"/vsizip/", "/vsitar/", "/vsigzip/"};
  bool remote = path.starts_with("http://") || path.starts_with("https://") || path.starts_with("ftp://");
  for (auto at = path.find("/vsi"); at != std::string::npos; at = path.find("/vsi", at + 1))
    remote = remote || std::none_of(std::begin(local), std::end(local),
                                    [&](std::string_view one) { return path.compare(at, one.size(), one) == 0; });
  if (remote)
    throw_error(ErrorKind::input,
                "{} lies on the network or in no file: terrein reads files of this machine only, so that a run can be "
                "repeated. Download it, and name the file.",
                origin.text());
}

/// A file that is there, or may be there, but not for this user.
void check_rights(fs::path const& path, Origin const& origin) {
  std::error_code fault, ignored;
  bool const folder = fs::is_directory(path, ignored);
  bool const hidden = !fs::exists(path, fault) && fault == std::errc::permission_denied;
  if (!hidden && (!fs::exists(path, ignored) || access(path.c_str(), folder ? R_OK | X_OK : R_OK) == 0)) return;
  throw_error(ErrorKind::input,
              "{} cannot be read: permission denied ('{}'). Ask for the right to read it, and to look into its folder.",
              origin.text(), path.string());
}

[[noreturn]] void throw_absent(Origin const& origin) {
  fs::path const path(origin.path);
  check_rights(path, origin);
  std::error_code ignored;  // a folder that may not be listed gives no suggestions
  if (fs::is_symlink(fs::symlink_status(path, ignored)))
    throw_error(ErrorKind::input, "{} cannot be read: it is a symbolic link that leads nowhere. Name the file itself.",
                origin.text());
  std::vector<std::string> near;
  fs::path const folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
  for (auto const& entry : fs::directory_iterator(folder, ignored)) near.push_back(entry.path().filename().string());
  std::sort(near.begin(), near.end());
  std::vector<std::string> const names = nearest_words(path.filename().string(), near);
  throw_error(ErrorKind::input,
              "{} cannot be read: there is no such file ('{}').{} Paths are taken from the folder of "
              "the study file.",
              origin.text(), origin.path,
              names.empty() ? std::string{} : " Did you mean '" + join(names, "' or '") + "'?");
}

bool is_ordinary(fs::path const& path) {
  std::error_code ignored;  // a link to nowhere is not opened either
  auto const kind = fs::status(path, ignored).type();
  return kind == fs::file_type::regular || kind == fs::file_type::directory || kind == fs::file_type::not_found ||
         kind == fs::file_type::none;
}

void check_ordinary(fs::path const& path, Origin const& origin) {
  if (is_ordinary(path)) return;
  throw_error(
      ErrorKind::input,
      "{} cannot be read: '{}' is a pipe, a device or a socket, no file. Save what it gives in a file, and name "
      "that.",
      origin.text(), path.string());
}

/// What drivers open unasked: the files of a folder, and those whose names begin like the source's own.
void check_company(fs::path const& path, Origin const& origin) {
  bool const folder = fs::is_directory(path);
  fs::path const place = folder ? path : path.parent_path().empty() ? fs::path(".") : path.parent_path();
  std::string const stem = path.stem().string();
  std::error_code ignored;  // a folder that may not be listed can still hold a file that may be read
  for (auto const& entry : fs::directory_iterator(place, ignored))
    if (folder || entry.path().filename().string().starts_with(stem)) check_ordinary(entry.path(), origin);
}

void check_size_and_packing(fs::path const& path, Origin const& origin) {
  std::error_code ignored;  // rights were looked at
  if (!fs::is_regular_file(path, ignored)) return;
  if (fs::file_size(path, ignored) == 0)
    throw_error(ErrorKind::input, "{} cannot be read: the file is empty (0 bytes). Get it again.", origin.text());
  static constexpr std::string_view packed[] = {".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar"};
  std::string const name = lower(path.filename().string());
  if (std::any_of(std::begin(packed), std::end(packed), [&](auto ending) { return name.ends_with(ending); }))
    throw_error(ErrorKind::input, "{} is packed in a way that terrein does not read. Unpack it, and name the file.",
                origin.text());
}

}  // namespace

void check_exists(Origin const& origin) {
  std::error_code ignored;  // what may not be looked at is told when it is opened
  if (!is_connection(origin.path) && !fs::exists(origin.path, ignored)) throw_absent(origin);
}

void check_source_file(Origin const& origin) {
  check_local(origin);
  fs::path const path(origin.path);
  std::error_code absent;
  bool const exists = fs::exists(path, absent);
  if (!exists && is_connection(origin.path)) return;
  if (!exists) throw_absent(origin);
  check_ordinary(path, origin);
  check_rights(path, origin);
  check_size_and_packing(path, origin);
  check_company(path, origin);
}

}  // namespace terrein
