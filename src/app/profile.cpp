#include "terrein/app/profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

void check_word(TomlTable& table, std::string_view key, std::string const& word,
                std::vector<std::string> const& allowed) {
  if (std::find(allowed.begin(), allowed.end(), word) == allowed.end())
    table.problem(key, "'" + word + "' is not one of " + join(allowed, ", ") + ".");
}

void read_head(TomlTable table, Profile& out) {
  out.role = table.text_or("role", "none");
  out.shape = table.text_or("shape", "");
  check_word(table, "shape", out.shape, {"polygon", "line", "point", "table"});
  out.version = table.text_or("version", "1");
  out.title_nl = table.text_or("title_nl", "");
  out.title_en = table.text_or("title_en", "");
  if (out.title_nl.empty()) table.problem("title_nl", "is missing.");
  out.publisher = table.text_or("publisher", "");
  out.source = table.text_or("source", "");
  out.facts_date = table.date("facts_date").value_or("");
  out.mark = table.text_or("mark", "unverified");
  check_word(table, "mark", out.mark, {"verified", "partly", "unverified"});
  out.tried_on = table.text_or("tried_on", "");
  out.notes_nl = table.texts("notes_nl");
  out.notes_en = table.texts("notes_en");
  out.defaults.label_nl = out.title_nl;
  out.defaults.label_en = out.title_en;
  out.defaults.licence = table.text_or("licence", "");
  out.defaults.attribution = table.text_or("attribution", "");
  table.finish();
}

void read_match(TomlTable table, Profile& out) {
  out.layers = table.texts("layers");
  out.fields = table.texts("fields");
  out.without = table.texts("without");
  out.crs = table.texts("crs");
  out.needs_name = table.boolean("needs_name").value_or(false);
  if (out.needs_name && out.layers.empty()) table.problem("needs_name", "needs `layers`, the names.");
  if (out.layers.empty() && out.fields.empty())
    table.problem("", "needs `layers` or `fields`: how is such a source recognised?");
  table.finish();
}

ClassTable read_class_table(TomlTable table, bool is_fallback = false) {
  ClassTable out;
  if (!table.exists()) return out;
  out.field = read_field(table, "field");
  if (out.field.empty()) table.problem("field", "is missing: the attribute that holds the class.");
  std::string const separator = table.text_or("separator", "");
  if (separator.size() > 1) table.problem("separator", "expected one character.");
  if (!separator.empty()) out.separator = separator.front();
  out.as_text = table.boolean("text").value_or(false);
  out.strip_article = table.boolean("strip_article").value_or(false);
  auto const length = [&table](std::string_view key) {
    double const value = table.number(key).value_or(0);
    constexpr double most = 100;
    if (value >= 0 && value <= most && value == std::floor(value)) return static_cast<std::size_t>(value);
    table.problem(key, "expected a whole number from 0 to 100.");
    return std::size_t{0};
  };
  out.pad = length("pad");
  out.digits = length("digits");
  out.all = table.text_or("all", "");
  for (std::string const& code : table.texts("null")) out.nulls.insert(code);
  out.otherwise = table.text_or("otherwise", "");
  read_class_names(table.table("values"), out.values);
  read_class_names(table.table("begins"), out.begins);
  read_class_names(table.table("ends"), out.ends);
  read_class_names(table.table("contains"), out.contains);
  if (TomlTable fallback = table.table("fallback"); fallback.exists() && is_fallback)
    table.problem("fallback", "a fallback has none of its own.");
  else if (fallback.exists())
    out.fallback.push_back(read_class_table(fallback, true));
  out.identity = out.values.empty() && out.begins.empty() && out.ends.empty() && out.contains.empty() &&
                 out.otherwise.empty() && out.all.empty();
  table.finish();
  return out;
}

std::vector<FieldRename> read_renames(TomlTable table) {
  std::vector<FieldRename> out;
  for (std::string const& name : table.keys()) {
    TomlTable one = table.table(name);
    FieldRename rename{name, read_field(one, "from"), one.texts("null"), one.number("factor").value_or(1)};
    static_cast<void>(one.text("unit"));  // for people; the factor brings values to terrein's unit
    if (rename.from.empty()) one.problem("from", "is missing: the attributes that may hold it.");
    one.finish();
    out.push_back(std::move(rename));
  }
  return out;
}

void read_row_choice(TomlTable table, bool keep, std::vector<RowChoice>& out) {
  if (!table.exists()) return;
  RowChoice one{read_field(table, "field"), table.texts("values"), keep, table.boolean("optional").value_or(false)};
  if (one.field.empty() || one.values.empty()) table.problem("", "needs `field` and `values`.");
  table.finish();
  out.push_back(std::move(one));
}

std::optional<PlanFacts> read_plan(TomlTable table) {
  if (!table.exists()) return std::nullopt;
  PlanFacts out;
  out.order = static_cast<int>(table.number("order").value_or(0));
  out.phase = read_field(table, "phase");
  out.date = read_field(table, "date");
  out.in_force = table.texts("in_force");
  out.in_preparation = table.texts("in_preparation");
  out.suspended = table.texts("suspended");
  table.finish();
  return out;
}

void read_part(TomlTable table, Profile& out) {
  read_meaning(table, out.defaults);
  out.absent_nl = table.text_or("absent_nl", "");
  out.absent_en = table.text_or("absent_en", "");
  check_word(table, "coverage", out.defaults.coverage, {"extent", "everywhere"});
  out.defaults.classes = read_class_table(table.table("class"));
  out.defaults.renames = read_renames(table.table("fields"));
  read_row_choice(table.table("keep"), true, out.rows);
  read_row_choice(table.table("drop"), false, out.rows);
  table.finish();
}

std::shared_ptr<Profile const> read_profile(fs::path const& file) {
  TomlFile const toml(file, {});
  Problems problems;
  TomlTable root(toml, problems);
  auto out = std::make_shared<Profile>();
  out->key = file.stem().string();
  out->file = file;
  TomlTable head = root.table("profile");
  if (!head.exists()) root.problem("profile", "is missing.");
  read_head(head, *out);
  read_match(root.table("match"), *out);
  read_part(root.table("read"), *out);
  out->plan = read_plan(root.table("plan"));
  if (out->plan) out->defaults.decided = out->plan->date;
  if (out->plan && out->plan->order > 0) out->defaults.phase = out->plan->phase;
  TomlTable personal = root.table("personal");
  out->defaults.personal = personal.texts("columns");
  personal.finish();
  root.finish();
  problems.throw_if_any();
  return out;
}

}  // namespace

std::vector<fs::path> profile_folders(fs::path const& study_folder, DataFolders const& data) {
  std::vector<fs::path> out;
  if (!study_folder.empty()) out.push_back(study_folder / "profiles");
  if (char const* own = std::getenv("TERREIN_PROFILES"); own != nullptr && *own != '\0') out.emplace_back(own);
  out.push_back(data.datasets / "profiles");
  return out;
}

Profiles load_profiles(std::vector<fs::path> const& folders) {
  Profiles out;
  for (fs::path const& folder : folders) {
    if (!fs::is_directory(folder)) continue;
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (fs::path const& file : files)
      if (!out.contains(file.stem().string())) out.emplace(file.stem().string(), read_profile(file));
  }
  return out;
}

}  // namespace terrein
