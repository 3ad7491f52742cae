#include <fmt/core.h>

#include <algorithm>

#include "init_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_width = 118;

/// A comment of one sentence, broken at blanks.
std::string comment(std::string const& text, std::string const& first = "# ") {
  std::string out, line = first;
  bool empty = true;
  for (std::string const& word : split(text, ' ')) {
    if (!empty && line.size() + 1 + word.size() > most_width) {
      out += line + "\n";
      line = "#   ";
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return out + line + "\n";
}

/// What terrein read from files is one line, whatever stands in it.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return printable(text);
}

class StudyWriter {
 public:
  StudyWriter(Draft const& draft, InitOptions const& options, Say const& say)
      : draft_(draft), options_(options), say_(say) {}

  std::string write() {
    head();
    for (DraftLayer const& layer : draft_.layers) add_layer(layer);
    for (InitMissing const& missing : draft_.missing) add_missing(missing);
    tail();
    return out_;
  }

 private:
  void note(std::string const& text) { out_ += comment(one_line(text)); }
  void choice(std::string const& text) { out_ += comment(one_line(text), say_("# KIES: ", "# CHOOSE: ")); }
  void line(std::string const& text) { out_ += text + "\n"; }

  void head() {
    note(say_("Studie voorgesteld door `terrein init` uit de bestanden in ",
              "Study drafted by `terrein init` from the files in ") +
         draft_.folder + ".");
    note(say_("Nakijken: terrein check ", "To check: terrein check ") + options_.output.filename().string() +
         say_(" · rekenen: terrein run ", " · to run: terrein run ") + options_.output.filename().string());
    for (std::string const& text : draft_.to_fill) out_ += comment(one_line(text), say_("# VUL IN: ", "# FILL IN: "));
    line("\n[study]");
    line("title = " + toml_quoted(draft_.title));
    line(std::string("language = \"") + say_("nl", "en") + "\"");
    if (!draft_.crs_why.empty()) note(say_("Er wordt gerekend in ", "Computes in ") + draft_.crs_why + ".");
    if (!draft_.crs.empty()) line("crs = " + toml_quoted(draft_.crs));
    line("date = " + draft_.date);
    if (draft_.max_crs_error_m > 0) {
      choice(say_(
          "de omzetting van een laag is niet nauwkeuriger dan dit, in meter; met een rooster van PROJ kan het beter",
          "the transformation of a layer is no more exact than this, in metres; a grid of PROJ may do better"));
      line(fmt::format("max_crs_error_m = {}", shortest(draft_.max_crs_error_m)));
    }
    if (draft_.suffix) line("duplicates = \"suffix\"");
    line("\n[candidates]");
    line("layer = \"parcels\"");
    note(say_("keep = [\"*\"]   houdt ook de eigen attributen van de kandidaten in het resultaat",
              "keep = [\"*\"]   keeps the candidates' own attributes in the result too"));
  }

  [[nodiscard]] std::string head_of(DraftLayer const& layer) const {
    Claim const& claim = layer.claim;
    if (claim.found == nullptr) return {};
    std::string out = claim.profile ? say_(claim.profile->title_nl, claim.profile->title_en) : claim.found->source.name;
    if (claim.found->source.rows >= 0) out += fmt::format(", {} {}", claim.found->source.rows, say_("rijen", "rows"));
    if (!claim.found->source.crs.empty()) out += ", " + claim.found->source.crs;
    return out + say_("; herkend aan ", "; recognised by ") + claim.why + ".";
  }

  /// Keys of members that are used; groups without any fall away.
  [[nodiscard]] std::vector<std::string> groups_of(DraftLayer const& layer) const {
    std::vector<std::string> out;
    for (std::vector<std::string> group : layer.combine) {
      std::erase_if(group, [&](std::string const& key) { return !draft_.is_used(key); });
      if (!group.empty()) out.push_back(toml_quoted(join(group, "|")));
    }
    return out;
  }

  void add_layer(DraftLayer const& layer) {
    out_ += "\n";
    if (std::string const text = head_of(layer); !text.empty()) note(text);
    if (layer.claim.profile && !layer.claim.profile->absent_nl.empty())
      note(say_("Geen object betekent: ", "No feature means: ") +
           say_(layer.claim.profile->absent_nl, layer.claim.profile->absent_en));
    if (!layer.refused.empty()) choice(say_("niet gebruikt: ", "not used: ") + layer.refused);
    for (std::string const& text : layer.notes) choice(text);
    std::string const mark = draft_.is_used(layer.key) ? "" : "# ";
    line(mark + "[layers." + layer.key + "]");
    if (!layer.combine.empty()) line(mark + "combine = [" + join(groups_of(layer), ", ") + "]");
    if (!layer.slip_roads_of.empty()) line(mark + "slip_roads_of = " + toml_quoted(layer.slip_roads_of));
    if (layer.combine.empty() && layer.slip_roads_of.empty()) add_source(layer, mark);
    for (std::string const& text : layer.lines) line(mark + text);
    for (std::string const& text : layer.open) line("# " + one_line(text));
  }

  void add_source(DraftLayer const& layer, std::string const& mark) {
    Claim const& claim = layer.claim;
    if (claim.found == nullptr) {
      line("source = \"\"   " + say_("# VUL IN: het bestand met de percelen", "# FILL IN: the file with the parcels"));
      line("# id = \"\"");
      return;
    }
    line(mark + "source = " + toml_quoted(claim.found->written));
    if (!claim.found->only) line(mark + "layer = " + toml_quoted(claim.found->source.name));
    if (claim.profile) line(mark + "profile = " + toml_quoted(claim.profile->key));
    if (claim.found->date.empty())
      line(say_("# date = 2026-01-31   # staat van de gegevens; het bestand zegt ze niet",
                "# date = 2026-01-31   # state of the data; the file does not say it"));
    if ((!claim.profile || claim.profile->defaults.coverage == "extent") && layer.key != "parcels")
      line(say_(
          "# coverage = \"everywhere\"   # als de laag ook buiten haar objecten volledig is; nu binnen haar omhullende",
          "# coverage = \"everywhere\"   # when the layer is complete beyond its features; now within its extent"));
  }

  void add_missing(InitMissing const& missing) {
    out_ += "\n";
    note(say_("Ontbreekt: ", "Missing: ") + missing.label + " (" + missing.role + ").");
    for (std::string const& text : missing.get) note(say_("  te halen: ", "  to get: ") + text);
    if (!missing.lost.empty()) note(say_("  blijft onbekend: ", "  stays unknown: ") + join(missing.lost, "; "));
    bool const drafted = std::any_of(draft_.layers.begin(), draft_.layers.end(),
                                     [&](DraftLayer const& layer) { return layer.role->key == missing.role; });
    if (drafted) return;
    line("# [layers." + missing.role + "]");
    line("# source = \"\"");
  }

  void tail() {
    out_ += "\n";
    for (std::string const& model : options_.models) {
      line("[models." + model + "]");
      note(say_("min_completeness = 0.7   onder dit aandeel van bekende gewichten krijgt een kandidaat geen rang",
                "min_completeness = 0.7   below this share of known weights a candidate gets no rank"));
      out_ += "\n";
    }
    line("[output]");
    line("file = " + toml_quoted(say_("resultaat.gpkg", "result.gpkg")));
    std::vector<std::string> context;
    for (char const* key : {"terminals", "quays", "stations", "rail", "sidings", "waterways", "cycle_highways", "ramps",
                            "roads", "business_zones"})
      if (draft_.is_used(key)) context.push_back(toml_quoted(key));
    if (!context.empty()) line("context = [" + join(context, ", ") + "]");
  }

  Draft const& draft_;
  InitOptions const& options_;
  Say const& say_;
  std::string out_;
};

/// Profiles of a role, those that are delivered in the CRS of the study first.
std::vector<Profile const*> sources_of(Role const& role, Profiles const& profiles, std::string const& crs) {
  std::vector<Profile const*> out;
  for (auto const& [key, profile] : profiles)
    if (profile->role == role.key) out.push_back(profile.get());
  std::stable_partition(out.begin(), out.end(), [&](Profile const* profile) {
    return std::find(profile->crs.begin(), profile->crs.end(), crs) != profile->crs.end();
  });
  return out;
}

}  // namespace

std::string toml_quoted(std::string const& text) {
  std::string out = "\"";
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (byte < 0x20U || byte == 0x7FU)
      out += fmt::format("\\u{:04X}", byte);
    else
      out += c;
  }
  return out + '"';
}

std::string study_text(Draft const& draft, InitOptions const& options, Say const& say) {
  return StudyWriter(draft, options, say).write();
}

std::vector<InitMissing> missing_layers(Draft const& draft, InitWorld const& world, Labels const& labels) {
  constexpr std::size_t most_sources = 4;
  std::vector<InitMissing> out;
  for (Role const& role : world.roles) {
    auto const need = world.needs.find(role.key);
    if (need == world.needs.end() || draft.is_used(role.key)) continue;
    InitMissing one{role.key, labels.get("layer", role.key), {}, need->second};
    if (!role.hint_nl.empty()) one.get.push_back(world.say(role.hint_nl, role.hint_en));
    for (Profile const* profile : sources_of(role, world.profiles, draft.crs))
      if (one.get.size() < most_sources)
        one.get.push_back(fmt::format("{}: {} ({} {})", world.say(profile->title_nl, profile->title_en),
                                      profile->source, world.say("profiel", "profile"), profile->key));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein
