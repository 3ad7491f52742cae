// Which profile fits a source.
#include <set>

#include "profile_rows.hpp"
#include "profile_support.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Profiles that fit one source equally well because nothing in it tells them apart, with the reason. A source under
/// its published name has none.
std::map<std::string, std::string> const confused_by_name{};

/// The same for a source that lost its name: only its attributes speak.
std::map<std::string, std::pair<std::set<std::string>, std::string>> const confused_without_name{};

std::vector<ProfileMatch> matches(std::filesystem::path const& file) {
  SourceDescription const source = describe_source(file.string(), file.string());
  return match_profiles(source.layers.at(0), file.string(), shipped_profiles());
}

/// The profiles that stand first, side by side.
std::set<std::string> best(std::vector<ProfileMatch> const& found) {
  std::set<std::string> out;
  for (ProfileMatch const& one : found)
    if (one.by_name == found.front().by_name && one.fields == found.front().fields) out.insert(one.profile->key);
  return out;
}

}  // namespace
