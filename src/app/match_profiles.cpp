#include <fmt/core.h>

#include <algorithm>

#include "terrein/app/profile.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Names with * for any text and ? for one character.
bool fits(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    for (std::size_t skip = 0; skip <= text.size(); ++skip)
      if (fits(text.substr(skip), pattern.substr(1))) return true;
    return false;
  }
  return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
         fits(text.substr(1), pattern.substr(1));
}

/// Without the namespace of a service: "lu:lu_gwp_gv".
std::string bare(std::string name) {
  if (auto const colon = name.rfind(':'); colon != std::string::npos) name.erase(0, colon + 1);
  return lower(name);
}

bool fits_shape(std::string const& source, std::string const& profile) {
  return source == profile || source == "mixed" || (source == "table" && profile == "point");
}

ProfileMatch match(SourceLayer const& layer, std::vector<std::string> const& names,
                   std::shared_ptr<Profile const> const& profile) {
  ProfileMatch out{profile, false, 0, {}, {}};
  std::string by;
  for (std::string const& pattern : profile->layers)
    for (std::string const& name : names)
      if (by.empty() && fits(name, bare(pattern))) by = name;
  out.by_name = !by.empty();
  std::vector<std::string> found;
  for (std::string const& wanted : profile->fields) {
    if (std::string const field = layer.first_field(wanted); !field.empty())
      found.push_back(field);
    else
      out.absent.push_back(join(split(wanted, '|'), " or "));
  }
  for (std::string const& unwanted : profile->without)
    if (layer.has_field(unwanted)) out.absent.push_back("no " + unwanted);
  out.fields = found.size();
  if (out.by_name) out.why = fmt::format("the name '{}'", by);
  if (!found.empty()) out.why += (out.why.empty() ? "" : ", ") + std::string("the attributes ") + join(found, ", ");
  return out;
}

}  // namespace

std::vector<ProfileMatch> match_profiles(SourceLayer const& layer, std::string const& path, Profiles const& profiles) {
  std::vector<std::string> const names{bare(layer.name), bare(std::filesystem::path(path).stem().string())};
  std::vector<ProfileMatch> out;
  for (auto const& [key, profile] : profiles) {
    if (!fits_shape(layer.shape, profile->shape)) continue;
    ProfileMatch found = match(layer, names, profile);
    // A name alone says nothing when the attributes that give it meaning are absent.
    if (!found.absent.empty() || (!found.by_name && (found.fields == 0 || profile->needs_name))) continue;
    out.push_back(std::move(found));
  }
  std::stable_sort(out.begin(), out.end(), [](ProfileMatch const& a, ProfileMatch const& b) {
    if (a.by_name != b.by_name) return a.by_name;
    return a.fields > b.fields;
  });
  return out;
}

}  // namespace terrein
