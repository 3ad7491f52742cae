#include "result_facts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "method_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "weight_set_json.hpp"

namespace terrein {
namespace {

using Json = nlohmann::json;

constexpr int known_manifest = 2;

/// Reads the tables that say what the columns mean.
class FactsReader {
 public:
  FactsReader(ResultFile const& file, std::filesystem::path const& path, std::optional<Language> language)
      : file_(file), path_(path), wanted_(language) {}

  ResultFacts read() {
    read_manifest();
    out_.language = wanted_.value_or(out_.language);
    read_measures();
    read_models();
    read_rules();
    read_layers();
    return std::move(out_);
  }

 private:
  void read_manifest() {
    Json const manifest = Json::parse(file_.manifest(), nullptr, false);
    if (!manifest.is_object()) throw_damaged("its manifest is no JSON");
    int const number = manifest.value("manifest_version", 0);
    if (number > known_manifest)
      throw_error(ErrorKind::input,
                  "'{}' was made by a newer terrein (manifest version {}; this one knows {}). Explain it with the "
                  "terrein that made it.",
                  path_.string(), number, known_manifest);
    try {
      take_manifest(manifest);
    } catch (Json::exception const& error) {
      throw_damaged("its manifest lacks something: " + std::string(error.what()));
    }
  }

  void take_manifest(Json const& manifest) {
    if (manifest.contains("versions")) out_.version = manifest["versions"].value("terrein", "");
    if (!manifest.contains("result") || !file_.has_table("criteria") || !file_.has_table("rules"))
      throw_error(ErrorKind::input,
                  "'{}' was made by an older terrein ({}), which did not keep what an explanation needs. Run the study "
                  "again.",
                  path_.string(), out_.version.empty() ? "version unknown" : out_.version);
    out_.title = manifest.at("title");
    out_.study = manifest.at("study");
    out_.time = manifest.at("time");
    Json const& result = manifest["result"];
    out_.language = result.at("language") == "en" ? Language::en : Language::nl;
    out_.layer = result.at("layer");
    out_.id_column = result.at("id");
    out_.chosen = result.contains("columns");
    if (out_.chosen)
      for (Json const& choice : result["columns"])
        out_.renamed[lower(choice.at("from").get<std::string>())] = choice.at("name");
    std::vector<std::string> const left_out = result.at("left_out");
    if (!result.contains("models")) return;
    for (Json const& model : result["models"]) {
      StoredModel stored;
      stored.config.key = model.at("model");
      stored.config.label_nl = model.at("label_nl");
      stored.config.label_en = model.at("label_en");
      take_adoption(manifest, stored.config);
      if (std::find(left_out.begin(), left_out.end(), stored.config.key) == left_out.end())
        out_.models.push_back(std::move(stored));
    }
    any_model_ = true;
  }

  static void take_adoption(Json const& manifest, ModelConfig& config) {
    for (Json const& model : manifest.at("models")) {
      if (model.at("model") != config.key) continue;
      if (model.at("weights").is_object()) {
        config.adopted_by = model["weights"].at("adopted_by");
        config.adopted_on = model["weights"].at("adopted_on");
      }
      if (model.contains("weight_set")) take_weight_set(model["weight_set"], config);
    }
  }

  [[noreturn]] void throw_damaged(std::string const& what) const {
    throw_error(ErrorKind::input, "'{}' cannot be explained: {}. Run the study again.", path_.string(), what);
  }

  void read_measures() {
    Table const table = file_.read("criteria");
    require(table, "criteria",
            {"key", "unit", "type", "measure", "layers", "by_layer", "classes", "class_separator", "decimals"});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      ExplainedMeasure one;
      one.key = cell(table, "key", row);
      one.label = in_language(table, "label", row);
      one.unit = cell(table, "unit", row);
      one.measure = cell(table, "measure", row);
      one.meaning = in_language(table, "meaning", row);
      one.why_unknown = in_language(table, "unmeasured", row);
      one.is_class = cell(table, "type", row) == "class";
      one.decimals = static_cast<int>(number(table, "decimals", row).value_or(0));
      one.layers = split(cell(table, "layers", row), '|');
      one.by_layer = cell(table, "by_layer", row);
      one.classes = cell(table, "classes", row);
      std::string const separator = cell(table, "class_separator", row);
      out_.separators[one.key] = separator.empty() ? '\0' : separator.front();
      out_.measures.emplace(one.key, std::move(one));
    }
  }

  void read_models() {
    if (out_.models.empty()) return;
    read_groups();
    Table const table = file_.read("models");
    require(table, "models",
            {"model", "criterion", "weight", "weight_share", "min_completeness", "value_function", "points", "outside",
             "mark", "why"});
    if (table.find("aggregation") != nullptr)
      require(table, "models",
              {"normalisation", "compensation", "orness", "vikor_v", "preference", "veto_below", "in_group"});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      StoredModel* model = find_model(cell(table, "model", row));
      if (model == nullptr) throw_damaged("table 'models' has a model that its manifest does not name");
      ModelCriterion one;
      one.criterion = cell(table, "criterion", row);
      if (!out_.measures.contains(one.criterion))
        throw_damaged("table 'models' names the criterion '" + one.criterion + "', which table 'criteria' lacks");
      one.weight = number(table, "weight", row).value_or(0);
      one.why = cell(table, "why", row);
      one.mark = cell(table, "mark", row);
      one.function = function_of(table, row);
      model->config.min_completeness = number(table, "min_completeness", row).value_or(0);
      model->config.criteria.push_back(std::move(one));
      try {
        read_method_columns(table, row, model->config);
      } catch (Error const& error) {
        throw_damaged(fmt::format("row {} of table 'models': {}", row + 1, error.what()));
      }
      model->shares.push_back(number(table, "weight_share", row).value_or(0));
    }
  }

  void read_groups() {
    if (!file_.has_table("criteria_groups")) return;
    Table const table = file_.read("criteria_groups");
    require(table, "criteria_groups", {"model", "key", "in_group", "label_nl", "label_en", "weight", "compensation"});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      StoredModel* model = find_model(cell(table, "model", row));
      if (model == nullptr) throw_damaged("table 'criteria_groups' has a model that its manifest does not name");
      try {
        model->config.scoring.groups.push_back(read_group_row(table, row));
      } catch (Error const& error) {
        throw_damaged(fmt::format("row {} of table 'criteria_groups': {}", row + 1, error.what()));
      }
    }
  }

  [[nodiscard]] ValueFunction function_of(Table const& table, std::size_t row) const {
    try {
      ValueFunction out = parse_value_function(cell(table, "value_function", row), cell(table, "points", row));
      out.outside = outside(cell(table, "outside", row)).value_or(Outside::clip);
      return out;
    } catch (Error const& error) {
      throw_damaged(fmt::format("row {} of table 'models' has no value function: {}", row + 1, error.what()));
    }
  }

  void read_rules() {
    Table const table = file_.read("rules");
    require(table, "rules",
            {"model", "key", "effect", "ground", "reference", "date", "mark", "criterion", "test", "duty", "level",
             "layer", "classes", "by_layer", "buffer_m"});
    if (!any_model_) out_.models.emplace_back();
    for (std::size_t row = 0; row < table.rows(); ++row) {
      StoredModel* model = find_model(cell(table, "model", row));
      if (model == nullptr) throw_damaged("table 'rules' has a model that its manifest does not name");
      model->rules.push_back(rule_of(table, row));
    }
  }

  [[nodiscard]] StoredRule rule_of(Table const& table, std::size_t row) const {
    StoredRule out;
    out.rule.key = cell(table, "key", row);
    out.rule.label_nl = cell(table, "label_nl", row);
    out.rule.label_en = cell(table, "label_en", row);
    out.rule.reference = cell(table, "reference", row);
    out.rule.date = cell(table, "date", row);
    out.rule.mark = cell(table, "mark", row);
    out.rule.duty = cell(table, "duty", row);
    out.rule.criterion = cell(table, "criterion", row);
    out.rule.of_site = cell(table, "level", row) == "site";
    out.layer = cell(table, "layer", row);
    out.classes = cell(table, "classes", row);
    out.by_layer = cell(table, "by_layer", row);
    out.buffer_m = number(table, "buffer_m", row).value_or(0);
    auto const effect = rule_effect(cell(table, "effect", row));
    auto const grounds = ground(cell(table, "ground", row));
    bool const cuts = effect == RuleEffect::cut;
    if (!effect || !grounds || (!cuts && !out_.measures.contains(out.rule.criterion)))
      throw_damaged("rule '" + out.rule.key + "' in table 'rules' cannot be read");
    out.rule.effect = *effect;
    out.rule.ground = *grounds;
    try {
      out.rule.test = parse_rule_test(cell(table, "test", row));
    } catch (Error const& error) {
      throw_damaged("rule '" + out.rule.key + "' in table 'rules' has no test: " + error.what());
    }
    return out;
  }

  void read_layers() {
    if (!file_.has_table("sources")) return;
    Table const table = file_.read("sources");
    require(table, "sources", {"layer", "label", "source", "date", "licence", "attribution"});
    for (std::size_t row = 0; row < table.rows(); ++row)
      out_.layers.push_back({cell(table, "layer", row), cell(table, "label", row), cell(table, "source", row),
                             cell(table, "date", row), cell(table, "licence", row), cell(table, "attribution", row)});
  }

  void require(Table const& table, std::string const& name, std::vector<std::string> const& columns) const {
    for (std::string const& column : columns)
      if (table.find(column) == nullptr) throw_damaged(fmt::format("its table '{}' has no column '{}'", name, column));
  }

  [[nodiscard]] std::string in_language(Table const& table, std::string const& stem, std::size_t row) const {
    std::string const column = stem + (out_.language == Language::nl ? "_nl" : "_en");
    if (table.find(column) == nullptr) throw_damaged("a table has no column '" + column + "'");
    return cell(table, column, row);
  }

  StoredModel* find_model(std::string const& key) {
    auto const it = std::find_if(out_.models.begin(), out_.models.end(),
                                 [&](StoredModel const& one) { return one.config.key == key; });
    return it == out_.models.end() ? nullptr : &*it;
  }

  ResultFile const& file_;
  std::filesystem::path const& path_;
  std::optional<Language> wanted_;
  bool any_model_ = false;
  ResultFacts out_;
};

}  // namespace

std::optional<std::string> ResultFacts::column(ResultFile const& file, std::string const& table,
                                               std::string const& full) const {
  std::string name = full;
  if (chosen && table == layer) {
    auto const it = renamed.find(lower(full));
    bool const taken = std::any_of(renamed.begin(), renamed.end(), [&](auto const& one) { return one.second == full; });
    if (it == renamed.end() && taken) return std::nullopt;
    if (it != renamed.end()) name = it->second;  // else one that every result has, whatever was chosen
  }
  auto const columns = file.columns(table);
  if (std::find(columns.begin(), columns.end(), name) == columns.end()) return std::nullopt;
  return name;
}

ResultFacts result_facts(ResultFile const& file, std::filesystem::path const& path, std::optional<Language> language) {
  return FactsReader(file, path, language).read();
}

std::optional<RuleResult> rule_result(std::string_view text) {
  for (RuleResult const one : {RuleResult::pass, RuleResult::condition, RuleResult::fail, RuleResult::unknown})
    if (to_string(one) == text) return one;
  return std::nullopt;
}

std::optional<Outcome> outcome_of(std::string_view text) {
  for (Outcome const one : {Outcome::passes, Outcome::conditional, Outcome::fails, Outcome::unknown})
    if (to_string(one) == text) return one;
  return std::nullopt;
}

std::string cell(Table const& table, std::string const& column, std::size_t row) {
  return text_at(*table.find(column), row).value_or(std::string());
}

std::optional<double> number(Table const& table, std::string const& column, std::size_t row) {
  return number_at(*table.find(column), row);
}

}  // namespace terrein
