#pragma once

#include <optional>
#include <string>

namespace terrein {

/// What the manifest beside a snapshot of a service says of it.
struct FetchedSource {
  std::string date;         ///< on which it was fetched, ISO
  std::string url;          ///< without secrets
  std::string table;        ///< the layer in the file that holds the rows
  std::string attribution;  ///< as the service asks for it; may be empty
};
/// Nothing for a source that is no snapshot: no "<path>.fetch.json" beside it, or one that is none of ours.
[[nodiscard]] std::optional<FetchedSource> fetched_source(std::string const& path);

}  // namespace terrein
