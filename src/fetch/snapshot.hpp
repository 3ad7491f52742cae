#pragma once

#include "fetch/collect.hpp"
#include "terrein/io/output_set.hpp"

namespace terrein {

/// What a snapshot says about itself.
struct SnapshotFacts {
  std::string url;   ///< without secrets
  std::string time;  ///< of retrieval, or the date asked for
  std::optional<Box> box;
};

/// Writes the GeoPackage and "<output>.fetch.json". Returns the hash of the rows in id order.
std::string write_snapshot(OutputSet& outputs, std::filesystem::path const& output, ServiceFacts const& service,
                           SnapshotFacts const& facts, Collected collected);

}  // namespace terrein
