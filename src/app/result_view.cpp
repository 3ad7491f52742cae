#include "result_view.hpp"

#include <algorithm>

#include "model_scoring.hpp"
#include "result_tables.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// Codes of a column of texts; throws for one that is none.
template <class Code, class Parse>
std::vector<Code> codes(TextColumn const& texts, std::filesystem::path const& path, std::string const& name,
                        Parse const& parse) {
  std::vector<std::optional<Code>> of_word;
  for (std::string const& word : texts.words()) of_word.push_back(parse(word));
  std::vector<Code> out;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    auto const code = texts.is_known(row) ? of_word[texts.code(row)] : std::nullopt;
    if (!code)
      throw_error(
          ErrorKind::input,
          "'{}' cannot be compared: '{}' in its column '{}' is no word of a result. Someone changed it; run the "
          "study again.",
          path.string(), texts.text(row), name);
    out.push_back(*code);
  }
  return out;
}

}  // namespace

ComparedResult::ComparedResult(std::filesystem::path const& path_of_file, std::optional<Language> language)
    : path(path_of_file),
      file(path),
      facts(result_facts(file, path, language)),
      candidates(file, path, facts, "compared") {}

StoredModel const* ComparedResult::find(std::string const& model) const {
  auto const it = std::find_if(facts.models.begin(), facts.models.end(), [&](StoredModel const& one) {
    return !one.config.key.empty() && one.config.key == model;
  });
  return it == facts.models.end() ? nullptr : &*it;
}

ModelView ComparedResult::view(StoredModel const& model, Labels const& labels) const {
  std::string const& key = model.config.key;
  ModelView out;
  out.key = key;
  out.label = model_label(model.config, labels);
  std::string const outcome = key + "_outcome";
  out.outcome = codes<Outcome>(candidates.texts(outcome), path, outcome, outcome_of);
  for (StoredRule const& one : model.rules) {
    std::string const column = "rule_" + one.rule.key;
    std::string const label = labels.pick(one.rule.label_nl, one.rule.label_en);
    out.rules.push_back({one.rule, label.empty() ? one.rule.key : label, one.layer, one.classes, one.buffer_m,
                         codes<RuleResult>(candidates.texts(column), path, column, rule_result)});
  }
  out.additive = is_weighted_sum(model.config);
  if (model.config.criteria.empty()) return out;
  out.score = candidates.numbers(key + "_score");
  out.rank = candidates.rank(key);
  for (std::size_t i = 0; i < model.config.criteria.size(); ++i) {
    ModelCriterion const& one = model.config.criteria[i];
    double const weight = model.config.scoring.groups.empty() ? one.weight : model.shares[i];
    out.criteria.push_back({one.criterion, facts.measures.at(one.criterion).label, weight, one.function,
                            candidates.value(key, one.criterion)});
  }
  return out;
}

MeasureOf ComparedResult::measures() const {
  return [this](std::string const& criterion) { return candidates.measure(criterion); };
}

GeometryColumn ComparedResult::shapes(std::vector<Row> const& rows) const {
  // Asked for by table, then put in the order of the rows.
  std::vector<std::size_t> place(rows.size());
  std::vector<GeometryColumn> read;
  std::size_t first = 0;
  std::vector<std::size_t> part_of(rows.size());
  for (StoredCandidates::Part const& part : candidates.parts()) {
    std::vector<std::int64_t> fids;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i] < first || rows[i] >= first + part.fids.size()) continue;
      part_of[i] = read.size();
      place[i] = fids.size();
      fids.push_back(part.fids[rows[i] - first]);
    }
    first += part.fids.size();
    read.push_back(file.shapes(part.table, fids));
  }
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (std::size_t i = 0; i < rows.size(); ++i) builder.copy_row(read[part_of[i]], static_cast<Row>(place[i]));
  return out;
}

}  // namespace terrein
