#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "raster_info.hpp"
#include "terrein/app/source_info.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

std::string mark_text(std::string const& mark) { return mark == "partly" ? "partly verified" : mark; }

std::string head(LayerInfo const& layer) {
  SourceLayer const& source = layer.source;
  std::string out = fmt::format("layer {}: ", source.name);
  out += source.rows < 0 ? "rows not stated" : fmt::format("{} rows", source.rows);
  out += source.shape == "table" ? ", a table without shapes" : ", " + source.shape;
  if (source.shape == "table") return out + "\n";
  out += source.crs.empty() ? ", no CRS stated" : ", " + source.crs;
  if (!layer.crs_name.empty() && layer.crs_name != source.crs) out += " (" + layer.crs_name + ")";
  if (!source.extent.empty()) out += "\n  extent: " + box_text(source.extent);
  return out + "\n";
}

std::string fields_text(LayerInfo const& layer) {
  std::vector<std::string> words;
  for (SourceField const& field : layer.source.fields) words.push_back(field.name + " (" + field.type + ")");
  return words.empty() ? "" : "  attributes: " + join(words, ", ") + "\n";
}

/// The attributes about persons that the source has.
std::vector<std::string> personal_columns(LayerInfo const& layer) {
  std::vector<std::string> out;
  if (!layer.profile) return out;
  for (std::string const& one : layer.profile->defaults.personal)
    if (std::string const name = layer.source.first_field(one);
        !name.empty() && std::find(out.begin(), out.end(), name) == out.end())
      out.push_back(name);
  return out;
}

std::string profile_text(LayerInfo const& layer) {
  if (layer.ambiguous) {
    std::string out = "  several profiles fit equally well; name one with --profile:\n";
    for (ProfileMatch const& match : layer.matches)
      out += fmt::format("    {}: {} ({})\n", match.profile->key, match.profile->title_nl, match.why);
    return out;
  }
  if (!layer.profile) return "  no profile fits; a study says itself what its attributes mean\n";
  Profile const& profile = *layer.profile;
  std::string why = "named by you";
  for (ProfileMatch const& match : layer.matches)
    if (match.profile == layer.profile) why = match.why;
  std::string out = fmt::format("  profile {}, version {}: {} (role {}), by {}\n", profile.key, profile.version,
                                profile.title_nl, profile.role, why);
  out += fmt::format("    {}{}; {}; {}\n", profile.publisher,
                     profile.facts_date.empty() ? "" : ", facts of " + profile.facts_date, mark_text(profile.mark),
                     profile.tried_on.empty() ? "never tried on real rows" : "tried on " + profile.tried_on);
  std::vector<std::string> const personal = personal_columns(layer);
  if (!personal.empty()) out += "    about persons, left out of results for others: " + join(personal, ", ") + "\n";
  if (!profile.absent_en.empty()) out += "    no feature here means: " + profile.absent_en + "\n";
  for (std::string const& note : profile.notes_en) out += "    note: " + note + "\n";
  return out;
}

std::string classes_text(LayerInfo const& layer) {
  std::vector<std::string> words;
  for (auto const& [name, count] : layer.classes) words.push_back(fmt::format("{} {}", name, count));
  if (layer.without_class > 0) words.push_back(fmt::format("not known {}", layer.without_class));
  std::string out = words.empty() ? "" : "  classes: " + join(words, ", ") + "\n";
  for (UnlistedClass const& value : layer.unlisted)
    out += fmt::format("  no class for {} '{}': {} rows (for instance {})\n", value.field, value.value, value.count,
                       join(value.examples, ", "));
  return out;
}

std::string rows_text(LayerInfo const& layer) {
  if (!layer.fault.empty()) return "  cannot be used as it is: " + layer.fault + "\n";
  if (!layer.read) return "";
  PrepareReport const& prepared = layer.prepared;
  std::string out = fmt::format("  {} rows read, {} kept; {} repaired, {} beyond repair, {} without shape\n",
                                layer.rows_read, layer.rows_kept, prepared.repaired, prepared.quarantined,
                                prepared.null_geometry + prepared.empty_geometry);
  for (IssueGroup const& group : layer.issues)
    out += fmt::format("  {} {} ({}): {}\n", to_string(group.severity), group.code, group.count, group.first);
  return out;
}

/// What to write in a study.
std::string study_text(SourceInfo const& info, LayerInfo const& layer) {
  if (!layer.profile && info.settings.empty()) return "";
  bool const has_role = layer.profile && layer.profile->role != "none";
  std::string const role = has_role ? layer.profile->role : "my_layer";
  std::string out = fmt::format("  in a study:\n    [layers.{}]\n    source = \"{}\"\n", role, info.path);
  if (info.layers.size() > 1) out += fmt::format("    layer = \"{}\"\n", layer.source.name);
  if (layer.profile) out += fmt::format("    profile = \"{}\"\n", layer.profile->key);
  return out + settings_text(info);
}

Json profile_json(LayerInfo const& layer) {
  if (!layer.profile) return nullptr;
  Profile const& profile = *layer.profile;
  return {{"key", profile.key},
          {"version", profile.version},
          {"role", profile.role},
          {"title_nl", profile.title_nl},
          {"title_en", profile.title_en},
          {"publisher", profile.publisher},
          {"source", profile.source},
          {"facts_date", profile.facts_date},
          {"mark", profile.mark},
          {"tried_on", profile.tried_on},
          {"licence", profile.defaults.licence},
          {"attribution", profile.defaults.attribution},
          {"absent_nl", profile.absent_nl},
          {"absent_en", profile.absent_en},
          {"notes_nl", profile.notes_nl},
          {"notes_en", profile.notes_en}};
}

Json layer_json(LayerInfo const& layer) {
  Json out{{"layer", layer.source.name}, {"shape", layer.source.shape}, {"crs", layer.source.crs}};
  out["rows_declared"] = layer.source.rows < 0 ? Json(nullptr) : Json(layer.source.rows);
  if (Box const& box = layer.source.extent; !box.empty()) out["extent"] = {box.min_x, box.min_y, box.max_x, box.max_y};
  out["fields"] = Json::array();
  for (SourceField const& field : layer.source.fields)
    out["fields"].push_back({{"name", field.name}, {"type", field.type}});
  out["profile"] = profile_json(layer);
  out["personal"] = personal_columns(layer);
  out["ambiguous"] = layer.ambiguous;
  out["matches"] = Json::array();
  for (ProfileMatch const& match : layer.matches)
    out["matches"].push_back({{"profile", match.profile->key}, {"by_name", match.by_name}, {"why", match.why}});
  out["fault"] = layer.fault.empty() ? Json(nullptr) : Json(layer.fault);
  if (!layer.read) return out;
  out["rows_read"] = layer.rows_read;
  out["rows_kept"] = layer.rows_kept;
  out["repaired"] = layer.prepared.repaired;
  out["quarantined"] = layer.prepared.quarantined;
  out["without_shape"] = layer.prepared.null_geometry + layer.prepared.empty_geometry;
  out["classes"] = Json::object();
  for (auto const& [name, count] : layer.classes) out["classes"][name] = count;
  out["without_class"] = layer.without_class;
  out["unlisted"] = Json::array();
  for (UnlistedClass const& value : layer.unlisted)
    out["unlisted"].push_back(
        {{"field", value.field}, {"value", value.value}, {"rows", value.count}, {"examples", value.examples}});
  out["issues"] = Json::array();
  for (IssueGroup const& group : layer.issues)
    out["issues"].push_back({{"code", group.code},
                             {"severity", to_string(group.severity)},
                             {"count", group.count},
                             {"first", group.first}});
  return out;
}

/// "crs_values.ETRS*" as TOML wants it: crs_values."ETRS*".
std::string toml_key(std::string const& key) {
  auto const is_bare = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; };
  std::vector<std::string> parts = split(key, '.');
  for (std::string& part : parts)
    if (!std::all_of(part.begin(), part.end(), is_bare)) part = '"' + part + '"';
  return join(parts, ".");
}

}  // namespace

std::string box_text(Box const& box) {
  bool const degrees = box.min_x >= -360 && box.max_x <= 360 && box.min_y >= -90 && box.max_y <= 90;
  int const decimals = degrees ? 7 : 2;
  return fmt::format("{1:.{0}f} {2:.{0}f} {3:.{0}f} {4:.{0}f}", decimals, box.min_x, box.min_y, box.max_x, box.max_y);
}

std::string settings_text(SourceInfo const& info) {
  std::string out;
  for (std::string const& setting : info.settings) {
    auto const equals = setting.find('=');
    out += fmt::format("    {} = \"{}\"\n", toml_key(setting.substr(0, equals)), setting.substr(equals + 1));
  }
  return out;
}

std::string to_text(SourceInfo const& info) {
  if (info.raster) return raster_text(info);
  std::string out =
      fmt::format("{}: {}, {} layer{}{}\n", info.path, info.driver, info.layers.size(),
                  info.layers.size() == 1 ? "" : "s", info.sha256.empty() ? "" : ", sha256 " + info.sha256);
  out += info.fetched.date.empty()
             ? "date of the data not stated\n"
             : fmt::format("snapshot of {}, fetched on {}\n", info.fetched.url, info.fetched.date);
  for (LayerInfo const& layer : info.layers)
    out += "\n" + head(layer) + fields_text(layer) + profile_text(layer) + rows_text(layer) + classes_text(layer) +
           study_text(info, layer);
  return out;
}

std::string to_json(SourceInfo const& info) {
  if (info.raster) return raster_json(info);
  Json out{{"path", info.path}, {"driver", info.driver}, {"sha256", info.sha256}, {"usable", info.usable()}};
  out["date"] = info.fetched.date.empty() ? Json(nullptr) : Json(info.fetched.date);
  if (!info.fetched.url.empty()) out["fetched_from"] = info.fetched.url;
  out["layers"] = Json::array();
  for (LayerInfo const& layer : info.layers) out["layers"].push_back(layer_json(layer));
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
