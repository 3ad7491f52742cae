#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "init_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {
namespace {

/// Names of attributes that number parcels, the surest first.
constexpr std::array<std::string_view, 16> key_names{
    "capakey", "parcel_id", "perceel_id", "perceelnummer",  "perceelnr",     "idu",       "parcelid", "apn",
    "gispin",  "pin",       "parcel_key", "ref_identifier", "identificatie", "inspireid", "lokaalid", "code"};

/// Layers of land that is no parcel: never taken for one while anything else is there.
std::vector<std::string> const& no_parcels() {
  static std::vector<std::string> const words{
      "coverage",       "municipality", "municipalities", "gemeente",  "gemeenten", "provincie",
      "province",       "gewest",       "vervoerregio",   "igs",       "sectoren",  "sectors",
      "arrondissement", "area",         "gebied",         "perimetre", "buildings", "building",
      "gebouwen",       "gebouw",       "batiment",       "pand",      "etj",       "boundary"};
  return words;
}

bool is_key_name(std::string const& field) {
  std::string const name = lower(field);
  return std::any_of(key_names.begin(), key_names.end(),
                     [&](std::string_view key) { return name == key || (key == "pin" && name.ends_with("pin")); });
}

/// Only keys that nothing but a parcel has.
bool numbers_parcels(FoundLayer const& found) {
  bool const key = std::any_of(found.source.fields.begin(), found.source.fields.end(), [](SourceField const& field) {
    auto const* const last = std::find(key_names.begin(), key_names.end(), "identificatie");
    std::string const name = lower(field.name);
    return std::find(key_names.begin(), last, name) != last || name.ends_with("pin");
  });
  return key || (found.source.has_field("section") && found.source.has_field("numero"));
}

bool has_role(FoundLayer const& found) {
  return !found.matches.empty() && found.matches.front().profile->role != "none";
}

/// How much a layer looks like the land to be judged.
struct Likeness {
  FoundLayer const* found = nullptr;
  double score = 0;
  bool evident = false;  ///< a profile, its name or its attributes say that these are parcels
};

Likeness likeness(Role const& role, std::vector<Role> const& roles, FoundLayer const& found) {
  constexpr double per_tenfold = 10;  // of rows: 342 parcels go before a sample of 13
  Likeness out{&found, per_tenfold * std::log10(static_cast<double>(std::max(1LL, found.source.rows))), false};
  for (ProfileMatch const& match : found.matches)
    if (match.profile->role == "parcels") return {&found, out.score + (match.by_name ? 210 : 200), true};
  auto const names = names_of(found);
  auto const called = [&](std::vector<std::string> const& words) {
    return std::any_of(names.begin(), names.end(), [&](std::string const& name) { return holds_word(name, words); });
  };
  bool const numbered = numbers_parcels(found), land_of_others = called(no_parcels());
  out.evident = (called(role.names) || numbered) && !land_of_others;
  out.score += (called(role.names) ? 100 : 0) + (numbered ? 80 : 0) - (land_of_others ? 80 : 0);
  if (!found.matches.empty() && found.matches.front().profile->role == "landuse") {
    out.score += 20;
    return out;
  }
  bool const another = std::any_of(roles.begin(), roles.end(),
                                   [&](Role const& other) { return other.key != "parcels" && called(other.names); });
  out.score -= (another && !called(role.names) ? 5 : 0) + (has_role(found) ? 30 : 0);
  return out;
}

bool is_another_layer(std::vector<Role> const& roles, FoundLayer const& found) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](Role const& role) { return role.key != "parcels" && lower(found.source.name) == role.key; });
}

/// What is known of an attribute as an id.
struct IdField {
  std::string name;
  std::size_t nulls = 0, repeats = 0, rows = 0;
  bool key_name = false;
  [[nodiscard]] bool unique() const { return nulls == 0 && repeats == 0; }
  /// A twentieth at most is empty or repeated: faults, not another meaning.
  [[nodiscard]] bool nearly_unique() const { return (nulls + repeats) * 20 <= rows; }
};

IdField id_field(AnyColumn const& column, std::size_t rows) {
  IdField out{name_of(column), 0, 0, rows, is_key_name(name_of(column))};
  std::set<std::string> seen;
  for (std::size_t row = 0; row < rows; ++row) {
    auto const text = text_at(column, row);
    if (!text || trim(*text).empty())
      ++out.nulls;
    else if (!seen.insert(*text).second)
      ++out.repeats;
  }
  return out;
}

/// A name that says "number of the row in somebody's database": an id, but one that changes with the next delivery.
bool is_row_number(std::string const& name) {
  std::string const plain = lower(name);
  return plain == "objectid" || plain == "fid" || plain == "ogc_fid" || plain == "gid" || plain == "oidn" ||
         plain == "uidn";
}

/// Best first: a key that is unique, a key with a few repeats, any unique text or number called id, row numbers last.
int id_rank(IdField const& field) {
  std::string const plain = lower(field.name);
  bool const called_id = plain.ends_with("id") || plain.starts_with("id") || plain.find("key") != std::string::npos ||
                         plain.find("nr") != std::string::npos || plain.ends_with("no");
  if (field.key_name && field.unique()) return 0;
  if (field.key_name && field.nearly_unique()) return 1;
  if (field.unique() && called_id && !is_row_number(field.name)) return 2;
  if (field.unique() && is_row_number(field.name)) return 3;
  constexpr int unusable = 9;
  return unusable;
}

/// Attributes of the candidates, without their shapes.
std::optional<ReadResult> attributes_of(FoundLayer const& found) {
  ReadOptions options;
  options.name = "parcels";
  options.path = found.path;
  options.written = found.written;
  options.layer = found.source.name;
  options.shapes = false;
  options.all_fields = true;
  try {
    Issues ignored;  // told when the study is tried
    return read_layer(options, ignored);
  } catch (Error const& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    return std::nullopt;
  }
}

void say_repeats(IdField const& field, CandidateChoice& out, Say const& say) {
  out.id_repeats = true;
  out.notes.push_back(fmt::format(
      fmt::runtime(say("id: {} komt bij {} van de {} rijen nog eens voor en is bij {} leeg; die rijen krijgen een "
                       "volgnummer in hun id (duplicates = \"suffix\"). Andere keuzes: first, quarantine, stop.",
                       "id: {} is repeated by {} of {} rows and empty in {}; those rows get a number in their id "
                       "(duplicates = \"suffix\"). Other choices: first, quarantine, stop.")),
      field.name, field.repeats, field.rows, field.nulls));
}

void choose_id(CandidateChoice& out, Say const& say) {
  auto const read = attributes_of(*out.claim.found);
  if (!read) return;
  std::vector<IdField> fields;
  std::string const asked =
      out.claim.profile ? out.claim.found->source.first_field(out.claim.profile->defaults.id) : "";
  for (AnyColumn const& column : read->layer.attributes.columns())
    if (!std::holds_alternative<Column<double>>(column)) fields.push_back(id_field(column, read->layer.size()));
  std::stable_sort(fields.begin(), fields.end(),
                   [](IdField const& a, IdField const& b) { return id_rank(a) < id_rank(b); });
  if (!asked.empty()) {
    auto const it = std::find_if(fields.begin(), fields.end(), [&](IdField const& one) { return one.name == asked; });
    if (it != fields.end() && it->nearly_unique()) {
      if (!it->unique()) say_repeats(*it, out, say);
      return;  // the profile names it
    }
  }
  constexpr int worst_usable = 3;
  if (fields.empty() || id_rank(fields.front()) > worst_usable) {
    out.notes.push_back(
        say("id: geen attribuut is overal ingevuld en uniek; het volgnummer van de rij telt, en dat kan bij een nieuwe "
            "levering anders zijn. Noem zelf een attribuut als dat niet zo is.",
            "id: no attribute is filled in everywhere and unique; the number of the row counts, and may be another in "
            "the next delivery. Name an attribute yourself if you know one."));
    return;
  }
  out.id = fields.front().name;
  if (!fields.front().unique()) return say_repeats(fields.front(), out, say);
  if (!fields.front().key_name)
    out.notes.push_back(
        say("id: " + out.id + " is in alle rijen ingevuld en uniek; kies een ander als dat vaster is.",
            "id: " + out.id + " is filled in and unique in all rows; choose another if it is steadier."));
}

}  // namespace

CandidateChoice choose_candidates(std::vector<Role> const& roles, FolderContents const& folder, Say const& say) {
  Role const& role = *std::find_if(roles.begin(), roles.end(), [](Role const& one) { return one.key == "parcels"; });
  std::vector<Likeness> likely;
  for (FoundLayer const& found : folder.layers) {
    bool const polygons = found.source.shape == "polygon" || found.source.shape == "mixed";
    if (polygons && found.source.rows != 0 && !is_another_layer(roles, found))
      likely.push_back(likeness(role, roles, found));
  }
  std::stable_sort(likely.begin(), likely.end(),
                   [](Likeness const& a, Likeness const& b) { return a.score > b.score; });
  CandidateChoice out;
  if (likely.empty()) return out;
  FoundLayer const& best = *likely.front().found;
  out.claim.found = &best;
  out.guess = !likely.front().evident;
  for (ProfileMatch const& match : best.matches)
    if (!out.claim.profile && match.profile->role == "parcels") {
      out.claim.profile = match.profile;
      out.claim.why = reason_of(match, say);
    }
  if (out.claim.why.empty())
    out.claim.why = out.guess ? say("de laag met de beste kans: niets zegt dat het percelen zijn",
                                    "the likeliest layer: nothing says that these are parcels")
                              : say("naam of attributen van percelen", "name or attributes of parcels");
  for (std::size_t i = 1; i < likely.size(); ++i)
    if (likely[i].evident) out.others.push_back(likely[i].found);
  choose_id(out, say);
  return out;
}

}  // namespace terrein
