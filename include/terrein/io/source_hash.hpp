#pragma once

#include <future>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace terrein {

/// SHA-256 of a source as `read_layer` states it in `ReadResult::sha256`, without reading its rows: of the file; of all
/// files of a shapefile or a folder ("name\0sha\n" by name); of the archive behind /vsizip/. `driver` is the one that
/// read it (`ReadResult::driver`). Empty when there is no file. Throws `Error{input}` when it cannot be read.
[[nodiscard]] std::string source_hash(std::string const& path, std::string const& driver);

/// Hashes of sources, each file read once however many of its layers a run takes. Threads may ask at the same time.
class SourceHashes {
 public:
  /// With several workers a file is hashed by a thread of its own from `begin` on, beside its reading; else when it is
  /// asked for.
  explicit SourceHashes(unsigned workers = 1) : policy_(workers > 1 ? std::launch::async : std::launch::deferred) {}
  /// Says that the hash will be asked for.
  void begin(std::string const& path, std::string const& driver) { static_cast<void>(hash(path, driver)); }
  /// As `source_hash`; all who ask get what the first found.
  [[nodiscard]] std::string of(std::string const& path, std::string const& driver);

 private:
  std::shared_future<std::string> hash(std::string const& path, std::string const& driver);

  std::launch policy_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::shared_future<std::string>> found_;
};

/// The same of a raster (`RasterResult::sha256`), without reading its cells.
[[nodiscard]] std::string raster_source_hash(std::string const& path);

}  // namespace terrein
