#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "init_parts.hpp"
#include "terrein/core/csv.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// How sure a claim is: a profile by name, by attributes alone, one of several, a use of a profile for another layer, a
/// name alone.
enum Strength : int { by_name_alone = 1, by_use = 2, by_guess = 3, by_fields = sure_strength, by_profile };

/// "Plu_41175-Zone" becomes "_plu_41175_zone_".
std::string plain_name(std::string const& name) {
  std::string out = "_";
  for (char const c : lower(name))
    out += std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80U ? c : '_';
  return out + "_";
}

bool fits_shape(Role const& role, std::string const& shape) {
  return shape == "mixed" || std::find(role.shapes.begin(), role.shapes.end(), shape) != role.shapes.end();
}

bool is_called(Role const& role, FoundLayer const& found) {
  auto const names = names_of(found);
  return std::any_of(names.begin(), names.end(), [&](std::string const& name) { return holds_word(name, role.names); });
}

/// Where other layers are complete: never one of them.
bool is_coverage(FoundLayer const& found) { return holds_word(found.source.name, {"coverage", "dekking"}); }

/// The name is the key of the vocabulary itself: nothing else is meant.
bool is_exactly(Role const& role, FoundLayer const& found) { return lower(found.source.name) == role.key; }

bool is_exactly_another(Role const& role, std::vector<Role> const& roles, FoundLayer const& found) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](Role const& other) { return other.key != role.key && is_exactly(other, found); });
}

bool equal(ProfileMatch const& a, ProfileMatch const& b) { return a.by_name == b.by_name && a.fields == b.fields; }

/// The best matches of a layer, side by side.
std::vector<ProfileMatch> best_matches(FoundLayer const& found) {
  std::vector<ProfileMatch> out;
  for (ProfileMatch const& match : found.matches)
    if (equal(match, found.matches.front())) out.push_back(match);
  return out;
}

int order_of(Profile const& profile) { return profile.plan ? profile.plan->order : 0; }

/// Profiles with a filter of their own each take their rows of a layer that holds everything of one shape.
bool share_a_layer(std::vector<ProfileMatch> const& matches) {
  return matches.size() > 1 && std::all_of(matches.begin(), matches.end(), [](ProfileMatch const& match) {
           return !match.profile->defaults.where.empty();
         });
}

Claim claim_of(FoundLayer const& found, ProfileMatch const& match, int strength, Say const& say) {
  return {&found, match.profile, "", strength, reason_of(match, say), {}};
}

/// By profile; of several that fit equally well the one for what lies under all others, such as the gewestplan.
std::optional<Claim> by_profiles(Role const& role, std::vector<Role> const& roles, FoundLayer const& found,
                                 Say const& say) {
  if (found.matches.empty()) return std::nullopt;
  std::vector<ProfileMatch> const best = best_matches(found);
  std::vector<ProfileMatch> mine;
  for (ProfileMatch const& match : best)
    if (match.profile->role == role.key) mine.push_back(match);
  if (mine.empty()) return std::nullopt;
  bool const by_name = mine.front().by_name;
  if (!by_name && is_exactly_another(role, roles, found)) return std::nullopt;
  if (best.size() == 1 || share_a_layer(best))
    return claim_of(found, mine.front(), by_name ? by_profile : by_fields, say);
  bool const named = is_called(role, found) || mine.size() == best.size();
  if (!named) return std::nullopt;
  std::stable_sort(mine.begin(), mine.end(), [](ProfileMatch const& a, ProfileMatch const& b) {
    return order_of(*a.profile) > order_of(*b.profile);
  });
  Claim out = claim_of(found, mine.front(), mine.size() == 1 ? by_fields : by_guess, say);
  for (ProfileMatch const& match : mine) out.guesses.push_back(match.profile->key);
  if (mine.size() == 1) out.guesses.clear();
  return out;
}

std::optional<Claim> by_use_of_profile(Role const& role, FoundLayer const& found, Say const& say) {
  for (auto const& [profile, where] : role.uses)
    for (ProfileMatch const& match : found.matches)
      if (match.profile->key == profile) {
        Claim out = claim_of(found, match, by_use, say);
        out.where = where;
        return out;
      }
  return std::nullopt;
}

std::optional<Claim> by_name_of(Role const& role, std::vector<Role> const& roles, FoundLayer const& found,
                                Say const& say) {
  bool const has_profile = !found.matches.empty() && found.matches.front().by_name;
  if (has_profile || found.source.shape == "table" || is_coverage(found) || !is_called(role, found))
    return std::nullopt;
  if (!is_exactly(role, found) && is_exactly_another(role, roles, found)) return std::nullopt;
  Claim out;
  out.found = &found;
  out.strength = by_name_alone;
  out.why = say("de naam '", "the name '") + found.source.name + "'";
  return out;
}

}  // namespace

std::string reason_of(ProfileMatch const& match, Say const& say) {
  std::string out = match.why;  // as `match_profiles` writes it
  for (auto const& [english, dutch] :
       {std::pair<std::string, std::string>{"the name ", "de naam "}, {"the attributes ", "de attributen "}})
    if (auto const at = out.find(english); at != std::string::npos)
      out.replace(at, english.size(), say(dutch, english));
  return out;
}

std::string rows_text(std::size_t rows, Say const& say) {
  return fmt::format("{} {}", rows, rows == 1 ? say("rij", "row") : say("rijen", "rows"));
}

bool holds_word(std::string const& name, std::vector<std::string> const& words) {
  std::string const plain = plain_name(name);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string const& word) { return plain.find("_" + word + "_") != std::string::npos; });
}

std::vector<std::string> names_of(FoundLayer const& found) {
  std::vector<std::string> out{found.source.name};
  if (found.only) out.push_back(std::filesystem::path(found.path).stem().string());
  return out;
}

std::vector<Role> load_roles(DataFolders const& data) {
  CsvTable const table = read_csv(data.datasets / "profiles" / "roles.csv");
  std::vector<Role> out;
  for (std::vector<std::string> const& row : table.rows) {
    auto const cell = [&](char const* name) { return row[table.column(name)]; };
    auto const list = [&](char const* name) {
      return cell(name).empty() ? std::vector<std::string>{} : split(cell(name), '|');
    };
    Role role{cell("role"), list("shapes"), list("names"), list("classes"), {}, cell("hint_nl"), cell("hint_en")};
    if (std::string const uses = cell("uses"); !uses.empty())
      for (std::string const& use : split(uses, ';'))
        role.uses.emplace_back(use.substr(0, use.find('=')), use.substr(use.find('=') + 1));
    out.push_back(std::move(role));
  }
  return out;
}

std::vector<Claim> claims_of(Role const& role, std::vector<Role> const& roles, FolderContents const& folder,
                             Say const& say) {
  std::vector<Claim> out;
  for (FoundLayer const& found : folder.layers) {
    if (found.source.rows == 0) continue;
    if (auto claim = by_profiles(role, roles, found, say)) {
      out.push_back(std::move(*claim));
    } else if (fits_shape(role, found.source.shape)) {
      if (auto use = by_use_of_profile(role, found, say))
        out.push_back(std::move(*use));
      else if (auto named = by_name_of(role, roles, found, say))
        out.push_back(std::move(*named));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](Claim const& a, Claim const& b) {
    if (a.strength != b.strength) return a.strength > b.strength;
    return a.found->source.rows > b.found->source.rows;
  });
  return out;
}

}  // namespace terrein
