#include "terrein/core/issues.hpp"

#include <iterator>
#include <map>
#include <utility>

namespace terrein {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

void Issues::append(Issues other) {
  rows_.insert(rows_.end(), std::make_move_iterator(other.rows_.begin()), std::make_move_iterator(other.rows_.end()));
}

std::vector<Issues::Count> Issues::counts() const {
  std::map<std::pair<std::string, std::string>, std::size_t> sums;
  for (Issue const& issue : rows_) ++sums[{issue.layer, issue.code}];
  std::vector<Count> out;
  for (auto const& [key, count] : sums) out.push_back({key.first, key.second, count});
  return out;
}

}  // namespace terrein
