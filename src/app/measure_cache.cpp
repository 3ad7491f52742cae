#include "terrein/app/measure_cache.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#include "measure_bytes.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;

constexpr char const* suffix = ".measure";
constexpr char const* unfinished = "part-";

/// The program itself counts, not what it calls its version: a build that measures otherwise has other bytes.
std::string identity_of_program() {
  Sha256 hash;
  hash.add(sha256_of_file("/proc/self/exe"));
  for (std::string const& text : versions()) hash.add(text);
  return hash.hex();
}

/// Makes a folder that is its owner's alone; false when it cannot be.
bool make_private(fs::path const& folder) {
  std::error_code failed;
  fs::create_directories(folder.parent_path(), failed);
  if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return false;
  struct stat info {};
  if (lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != geteuid()) return false;
  return (info.st_mode & (S_IRWXG | S_IRWXO)) == 0 || chmod(folder.c_str(), S_IRWXU) == 0;
}

struct Kept {
  fs::path path;
  std::uintmax_t bytes = 0;
  fs::file_time_type used;
};

/// Files of a cache; those that go away meanwhile are left out.
std::vector<Kept> kept_in(fs::path const& folder) {
  std::vector<Kept> out;
  std::error_code failed;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    bool const left_half = it->path().filename().string().starts_with(unfinished);  // by a run that was killed
    if (it->path().extension() != suffix && !left_half) continue;
    std::error_code gone;
    Kept one{it->path(), it->file_size(gone), {}};
    if (!gone) one.used = it->last_write_time(gone);
    if (!gone) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

MeasureCache::MeasureCache(fs::path folder, std::uintmax_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes), usable_(make_private(folder_)) {
  if (usable_) identity_ = identity_of_program();
}

MeasureCache::~MeasureCache() {
  if (kept_ > 0) trim();
}

std::optional<Measure> MeasureCache::find(std::string const& key) {
  if (!usable_) return std::nullopt;
  fs::path const path = folder_ / (key + suffix);
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  std::optional<Measure> out = measure_of_bytes(key, bytes.view());
  std::error_code failed;
  if (out) {
    fs::last_write_time(path, fs::file_time_type::clock::now(), failed);
    ++found_;
  } else {
    fs::remove(path, failed);
  }
  return out;
}

void MeasureCache::keep(std::string const& key, Measure const& measure) {
  if (!usable_) return;
  std::string const bytes = to_bytes(key, measure);
  if (bytes.size() > most_bytes_) return;
  std::string temporary = (folder_ / (std::string(unfinished) + "XXXXXX")).string();
  int const file = mkstemp(temporary.data());  // with mode 0600
  if (file < 0) return;
  bool good = true;
  for (std::size_t at = 0; good && at < bytes.size();) {
    ssize_t const written = write(file, bytes.data() + at, bytes.size() - at);
    good = written > 0;
    if (good) at += static_cast<std::size_t>(written);
  }
  good = close(file) == 0 && good;
  std::error_code failed;
  if (good) fs::rename(temporary, folder_ / (key + suffix), failed);
  if (!good || failed) fs::remove(temporary, failed);
  ++kept_;
}

void MeasureCache::trim() const {
  std::vector<Kept> kept = kept_in(folder_);
  std::uintmax_t bytes = 0;
  for (Kept const& one : kept) bytes += one.bytes;
  std::sort(kept.begin(), kept.end(), [](Kept const& a, Kept const& b) { return a.used < b.used; });
  for (auto one = kept.begin(); bytes > most_bytes_ && one != kept.end(); ++one) {
    std::error_code failed;
    if (fs::remove(one->path, failed)) bytes -= one->bytes;
  }
}

std::optional<fs::path> measure_cache_folder() {
  for (auto const& [variable, below] : {std::pair{"XDG_CACHE_HOME", ""}, {"HOME", ".cache"}})
    if (char const* value = std::getenv(variable); value != nullptr && fs::path(value).is_absolute())
      return fs::path(value) / below / "terrein" / "measures";
  return std::nullopt;
}

std::uintmax_t measure_cache_limit() {
  constexpr std::uintmax_t megabyte = 1000000, usual_mb = 2000;
  char const* const value = std::getenv("TERREIN_CACHE_MB");
  if (value == nullptr || *value == '\0') return usual_mb * megabyte;
  std::string_view const text = value;
  std::uintmax_t out = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size() || out > UINTMAX_MAX / megabyte)
    throw_error(ErrorKind::usage, "TERREIN_CACHE_MB is '{}'; give a whole number of megabytes, 0 for none.",
                printable(std::string(text)));
  return out * megabyte;
}

CacheContent cache_content(fs::path const& folder) {
  CacheContent out;
  for (Kept const& one : kept_in(folder)) {
    ++out.files;
    out.bytes += one.bytes;
  }
  return out;
}

CacheContent clear_cache(fs::path const& folder) {
  CacheContent out;
  for (Kept const& one : kept_in(folder)) {
    std::error_code failed;
    fs::remove(one.path, failed);
    if (failed) throw_error(ErrorKind::output, "'{}' cannot be removed: {}.", one.path.string(), failed.message());
    ++out.files;
    out.bytes += one.bytes;
  }
  return out;
}

}  // namespace terrein
