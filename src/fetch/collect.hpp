#pragma once

#include <functional>
#include <string>

#include "fetch/part_folder.hpp"
#include "fetch/service.hpp"

namespace terrein {

/// All rows of a layer, proven to be whole.
struct Collected {
  RowSet rows;
  std::size_t pages = 0, pages_kept = 0;
  std::optional<long long> first_count, second_count;
  std::string first_time, last_time;  ///< the server's own time stamps
  std::string proof;                  ///< why nothing can be missing
};

/// Reads page after page to the end, from the ones that `parts` has kept on. Throws `Error{input}` when ids repeat, a
/// page or the whole has another number of rows than stated, the count changes under way, or nothing proves the end.
[[nodiscard]] Collected collect(Service const& service, Client const& client, FetchRequest const& request,
                                PartFolder& parts);

/// True when the user vouches for a service that states no number of rows but has linked page to page.
[[nodiscard]] bool trusts_links(CountRule rule, Progress const& progress);

/// A number of rows at which servers like to cut: 50, 100, 200, 250, 500, 1000 …
[[nodiscard]] bool is_usual_cap(std::size_t rows);

}  // namespace terrein
