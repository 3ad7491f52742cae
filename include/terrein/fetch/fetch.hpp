#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein {

/// What to make of the number of rows that a service states.
enum class CountRule {
  check,   ///< it must be met exactly, and a round number without an empty page behind it is no proof
  ignore,  ///< it is known to be wrong (a cap): pages are read until an empty one
  trust,   ///< it is known to be right although it is a round number
};

struct FetchRequest {
  std::string source;            ///< "WFS:https://…", "OAPIF:https://…" or "ARCGIS:https://…/MapServer/3"
  std::string layer;             ///< as the service names it, or what stands behind the colon of that name
  std::filesystem::path output;  ///< the GeoPackage
  std::optional<Box> box;        ///< rows that meet it, in the CRS of the snapshot; nothing = all
  std::string crs;               ///< ask the service to transform; empty = the layer's own
  std::string id_field;          ///< tells rows apart and orders them; empty = found
  std::size_t page_size = 0;     ///< 0 = what the service allows, at most 1000
  CountRule count = CountRule::check;
  std::string date;  ///< ISO date of the snapshot; empty = SOURCE_DATE_EPOCH, else now
  bool overwrite = false;
  double timeout_s = 120;
  int retries = 3;
  std::function<void(std::string const&)> note;  ///< what is going on, line by line; may be empty
};

struct FetchSummary {
  std::string service, layer, crs, order;
  std::size_t rows = 0, pages = 0, pages_kept = 0;  ///< pages kept from an earlier fetch that broke off
  std::optional<long long> count;                   ///< as the service states it
  std::string time, content_sha256;
  std::vector<std::filesystem::path> outputs;
};

/// Reads a layer of a service page by page to its proven end and writes a snapshot: a GeoPackage with the layer and a
/// layer `coverage`, and beside it "<output>.fetch.json". The same content and date give the same bytes. Pages that
/// arrived are kept in the hidden folder ".<output>.part" until the snapshot is whole; the same request goes on from
/// them. Throws `Error{input}` when the answers are not whole, contradict themselves or change under way,
/// `Error{network}` when the service fails, `Error{usage}` for a request that makes no sense, `Error{output}`.
[[nodiscard]] FetchSummary fetch_snapshot(FetchRequest const& request);

}  // namespace terrein
