#include <algorithm>

#include "study_parts.hpp"
#include "terrein/core/csv.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// One row of a defaults table, cells by name.
class DefaultsRow {
 public:
  DefaultsRow(CsvTable const& table, std::size_t row) : table_(table), row_(row) {}
  [[nodiscard]] std::string get(std::string_view column) const {
    return std::string(trim(table_.rows[row_][table_.column(column)]));
  }
  [[nodiscard]] std::vector<std::string> list(std::string_view column) const { return split(get(column), '|'); }
  [[noreturn]] void fail(std::string const& text) const {
    throw_error(ErrorKind::config, "{}:{}: {}: {}", table_.file, table_.line[row_], get("key"), text);
  }
  [[nodiscard]] double number(std::string const& text, std::string_view what) const {
    if (auto const value = parse_number(text)) return *value;
    fail(fmt::format("{} '{}' is not a number.", what, text));
  }

 private:
  CsvTable const& table_;
  std::size_t row_;
};

std::map<std::string, std::string> params_of(DefaultsRow const& row) {
  std::map<std::string, std::string> out;
  for (std::string const& one : row.list("params")) {
    auto const equals = one.find('=');
    if (equals == std::string::npos) row.fail("parameter '" + one + "' is not of the form name=value.");
    out[one.substr(0, equals)] = one.substr(equals + 1);
  }
  return out;
}

CriterionSpec criterion_of(DefaultsRow const& row) {
  CriterionSpec spec;
  spec.key = row.get("key");
  spec.shipped = true;
  spec.measure = row.get("measure");
  if (find_criterion_kind(spec.measure) == nullptr) row.fail("there is no measure '" + spec.measure + "'.");
  spec.layer = row.get("layer");
  spec.classes = row.list("classes");
  spec.field = row.get("field");
  spec.unit = row.get("unit");
  spec.of_site = row.get("level") == "site";
  spec.label_nl = row.get("label_nl");
  spec.label_en = row.get("label_en");
  for (auto const& [name, value] : params_of(row)) {
    if (name == "radius_m")
      spec.radius_m = row.number(value, name);
    else if (name == "distance_m")
      spec.distance_m = row.number(value, name);
    else if (name == "tolerance_m")
      spec.tolerance_m = row.number(value, name);
    else if (name == "min_shared_m")
      spec.min_shared_m = row.number(value, name);
    else if (name == "access_kmh")
      spec.access_kmh = row.number(value, name);
    else if (name == "per")
      spec.per = row.number(value, name);
    else if (name == "roads")
      spec.roads = value;
    else
      row.fail("unknown parameter '" + name + "'.");
  }
  return spec;
}

RuleSpec rule_of(DefaultsRow const& row, std::map<std::string, CutSpec>& cuts) {
  RuleSpec rule;
  rule.key = row.get("key");
  rule.criterion = row.get("criterion");
  rule.of_site = row.get("level") == "site";
  if (auto const effect = rule_effect(row.get("effect")))
    rule.effect = *effect;
  else
    row.fail("unknown effect '" + row.get("effect") + "'.");
  if (auto const found = ground(row.get("ground")))
    rule.ground = *found;
  else
    row.fail("unknown ground '" + row.get("ground") + "'.");
  if (rule.effect == RuleEffect::cut) {
    CutSpec cut{row.get("layer"), row.list("classes"), 0, true};
    for (auto const& [name, value] : params_of(row)) {
      if (name != "buffer_m") row.fail("unknown parameter '" + name + "'.");
      cut.buffer_m = row.number(value, name);
    }
    cuts[rule.key] = cut;
    rule.test = whole_land_cut();
  } else {
    rule.test = parse_rule_test(row.get("when"));
  }
  rule.reference = row.get("reference");
  rule.date = row.get("date");
  rule.duty = row.get("duty");
  rule.mark = row.get("mark");
  rule.label_nl = row.get("label_nl");
  rule.label_en = row.get("label_en");
  return rule;
}

}  // namespace

RuleTest whole_land_cut() {
  // Shares come from areas in double precision: all of a parcel is cut when no more than rounding remains.
  constexpr double whole = 1 - 1e-9;
  return {RuleTest::Op::at_least, whole, {}};
}

ModelDefaults load_model_defaults(std::filesystem::path const& csv) {
  ModelDefaults out;
  CsvTable const table = read_csv(csv);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    DefaultsRow const row(table, i);
    try {
      if (row.get("entry") == "criterion") {
        out.criteria.push_back(criterion_of(row));
        if (row.get("weight").empty()) continue;
        out.scored.push_back({row.get("key"), row.number(row.get("weight"), "weight"),
                              parse_value_function(row.get("kind"), row.get("points")), row.get("label_nl"),
                              row.get("label_en"), row.get("why"), row.get("mark")});
      } else if (row.get("entry") == "rule") {
        out.rules.push_back(rule_of(row, out.cuts));
      } else {
        row.fail("entry '" + row.get("entry") + "' is neither criterion nor rule.");
      }
    } catch (Error const& error) {
      std::string const text = error.what();
      if (text.starts_with(table.file)) throw;
      row.fail(text);
    }
  }
  return out;
}

std::vector<std::string> shipped_models(DataFolders const& data) {
  std::vector<std::string> out;
  for (auto const& entry : std::filesystem::directory_iterator(data.datasets / "defaults"))
    if (entry.path().extension() == ".csv") out.push_back(entry.path().stem().string());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace terrein
