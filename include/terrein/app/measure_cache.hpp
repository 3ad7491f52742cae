#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "terrein/criteria/measure_store.hpp"

namespace terrein {

/// Measures of former runs in a folder that only its owner can look into: a file per measure, whose name is the key and
/// which ends with the hash of its bytes. Files that were not asked for the longest go first when there are too many.
/// What cannot be read, written or trusted is as if it were not there; a run never fails because of it.
class MeasureCache : public MeasureStore {
 public:
  /// `folder` is made, with mode 0700. Without the rights to it, or when it is open to others, nothing is kept.
  MeasureCache(std::filesystem::path folder, std::uintmax_t most_bytes);
  MeasureCache(MeasureCache const&) = delete;
  MeasureCache& operator=(MeasureCache const&) = delete;
  ~MeasureCache() override;

  [[nodiscard]] std::string const& identity() const override { return identity_; }
  [[nodiscard]] std::optional<Measure> find(std::string const& key) override;
  void keep(std::string const& key, Measure const& measure) override;
  /// Measures that `find` gave.
  [[nodiscard]] std::size_t found() const noexcept { return found_; }

 private:
  void trim() const;

  std::filesystem::path folder_;
  std::uintmax_t most_bytes_;
  bool usable_;
  std::string identity_;
  std::size_t found_ = 0, kept_ = 0;
};

/// terrein/measures in $XDG_CACHE_HOME, else in ~/.cache; nothing without either.
[[nodiscard]] std::optional<std::filesystem::path> measure_cache_folder();
/// $TERREIN_CACHE_MB in bytes, 2 GB without it. Throws `Error{usage}` for what is no whole number.
[[nodiscard]] std::uintmax_t measure_cache_limit();

struct CacheContent {
  std::size_t files = 0;
  std::uintmax_t bytes = 0;
};
/// What is in a cache folder; nothing when it does not exist.
[[nodiscard]] CacheContent cache_content(std::filesystem::path const& folder);
/// Removes what is in it, and gives what that was. Other files stay. Throws `Error{output}` for one that cannot be
/// removed.
CacheContent clear_cache(std::filesystem::path const& folder);

}  // namespace terrein
