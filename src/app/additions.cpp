#include "additions.hpp"

#include <algorithm>

#include "addition_values.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Whether an own attribute of the candidates gives a criterion its value.
bool feeds(Study const& study, std::string const& attribute, CriterionSpec const& spec) {
  if (!spec.measure.starts_with("own_")) return false;
  LayerConfig const& config = *study.find_layer(study.candidates);
  std::string const read = lower(spec.field.empty() ? config.classes.field : spec.field);
  if (read == attribute) return true;
  return std::any_of(config.renames.begin(), config.renames.end(), [&](FieldRename const& rename) {
    return lower(rename.name) == read && lower(rename.from) == attribute;
  });
}

std::string shown(Measure const& measure, std::size_t row) {
  if (measure.is_class) return std::string(measure.text.text(row));
  if (measure.value.is_known(row)) return shortest(measure.value.values[row]);
  auto const end = [row](BoundColumn const& bound) {
    return bound.is_known(row) ? shortest(bound.values[row]) : std::string();
  };
  std::string const low = end(measure.low), high = end(measure.high);
  return low.empty() && high.empty() ? "" : low + ".." + high;
}

void set_range(Measure& measure, std::size_t row, std::optional<double> low, std::optional<double> high) {
  measure.value.known[row] = 0;
  measure.value.values[row] = 0;
  for (auto const& [column, bound] : {std::pair{&measure.low, low}, {&measure.high, high}}) {
    if (column->size() == 0 && !bound) continue;
    column->make_rows(measure.value.size());
    column->known[row] = 0;
    column->values[row] = 0;
    if (bound) column->set(row, *bound);
  }
}

std::string source_of(Addition const& one) { return one.source.value_or(""); }

std::map<std::string, std::size_t> rows_of(Layer const& layer) {
  std::map<std::string, std::size_t> out;
  for (std::size_t row = 0; row < layer.size(); ++row) out.emplace(layer.id[row], row);
  return out;
}

}  // namespace

bool ManualMarks::has(std::string const& criterion, std::size_t row) const {
  auto const it = of_criterion.find(criterion);
  return it != of_criterion.end() && it->second.contains(row);
}

Additions::Additions(Study const& study) : study_(study) {
  if (study.additions.path.empty()) return;
  FilledRows read = read_filled_rows(study.additions.path, study.additions.written, study.additions.layer);
  rows_ = std::move(read.rows);
  sha256_ = std::move(read.sha256);
  driver_ = std::move(read.driver);
  source_layer_ = std::move(read.source_layer);
  rows_read_ = read.rows_read;
  settle_targets();
  settle_order();
}

/// A criterion by its key, with or without "val_", goes before an attribute of the same name.
void Additions::settle_targets() {
  for (Addition& one : rows_) {
    std::string const name = lower(one.field);
    std::string const bare = name.starts_with("val_") ? name.substr(4) : name;
    for (std::string const& key : {name, bare})
      if (!one.of_criterion && study_.find_criterion(key) != nullptr) {
        one.of_criterion = true;
        one.target = key;
      }
    if (!one.of_criterion) one.target = name;
    if (!one.value && !one.low && !one.high) refuse(one, "bad_value", "has neither a value nor a low or high bound");
    if (!one.source || !one.by)
      tell(one, "addition_without_source", Severity::warning,
           fmt::format("The addition to '{}' does not say {}; it is used.", one.field,
                       !one.source && !one.by ? "where it comes from, nor by whom"
                       : !one.source          ? "where it comes from"
                                              : "by whom"));
    if (one.date && !is_date(*one.date))
      tell(one, "addition_date", Severity::warning,
           fmt::format("The date '{}' of the addition to '{}' is not written as 2026-01-31; it counts as undated.",
                       *one.date, one.field));
  }
}

void Additions::settle_order() {
  std::map<std::pair<std::string, std::string>, std::vector<Addition*>> groups;
  for (Addition& one : rows_)
    if (one.outcome.empty()) groups[{one.id, one.target}].push_back(&one);
  auto const date = [](Addition const* one) { return one->date && is_date(*one->date) ? *one->date : std::string(); };
  for (auto& [key, group] : groups) {
    std::stable_sort(group.begin(), group.end(), [&](auto const* a, auto const* b) { return date(a) < date(b); });
    for (std::size_t i = 0; i + 1 < group.size(); ++i) {
      bool const tie = date(group[i]) == date(group.back());
      group[i]->outcome = "superseded";
      tell(*group[i], tie ? "addition_tie" : "addition_superseded", tie ? Severity::warning : Severity::note,
           tie ? fmt::format("Two additions to '{}' have the same date; the last row counts.", group[i]->field)
               : fmt::format("A later addition to '{}' counts instead of this one.", group[i]->field));
    }
  }
}

void Additions::set_attributes(Layer& candidates, bool last) {
  if (rows_.empty()) return;
  auto const row = rows_of(candidates);
  for (Addition& one : rows_) {
    if (!one.outcome.empty()) continue;
    auto const found = row.find(one.id);
    if (found == row.end()) {
      refuse(one, "unknown_id", "names an id that no candidate has");
      continue;
    }
    if (one.of_criterion) continue;
    bool const there = candidates.attributes.find(one.target) != nullptr;
    if (lower(study_.find_layer(study_.candidates)->id) == one.target)
      refuse(one, "unknown_field", "would change an id, which cannot be");
    else if (there || last)
      set_attribute(one, candidates, found->second);
  }
  if (!changed_.empty()) candidates.attributes = with_changes(candidates.attributes, changed_, added_);
  changed_.clear();
  added_.clear();
}

void Additions::set_attribute(Addition& one, Layer const& candidates, std::size_t row) {
  std::vector<CriterionSpec const*> fed;
  for (CriterionSpec const& spec : study_.criteria)
    if (feeds(study_, one.target, spec)) fed.push_back(&spec);
  AnyColumn const* there = candidates.attributes.find(one.target);
  if (there == nullptr && fed.empty()) {
    std::vector<std::string> known = candidates.attributes.names();
    for (CriterionSpec const& spec : study_.criteria) known.push_back(spec.key);
    return refuse(one, "unknown_field",
                  "names neither a criterion nor an attribute that the study uses." + suggestion(one.field, known));
  }
  bool const numbers = std::any_of(fed.begin(), fed.end(), [](auto const* s) { return s->measure == "own_attribute"; });
  bool const texts = there == nullptr ? !numbers : std::holds_alternative<TextColumn>(*there);
  if (!texts || numbers || one.is_range())
    if (std::string const fault = fault_of_numbers(one); !fault.empty()) return refuse(one, "bad_value", fault);
  if (one.is_range() && !numbers) return refuse(one, "bad_value", "bounds belong to a number that a criterion reads");
  if (there == nullptr) {
    std::string const& name = fed.front()->field;
    added_.emplace(one.target, empty_column(name, texts, candidates.size()));
  } else {
    one.was = text_at(*there, row);
  }
  changed_[one.target][row] = one.value && numbers ? as_number(*one.value) : one.value;
  one.outcome = "used";
}

ManualMarks Additions::set_measures(MeasuringLayer const& candidates, std::vector<Measure>& measures) {
  ManualMarks marks;
  if (rows_.empty()) return marks;
  auto const rows = rows_of(candidates.layer);
  for (Addition& one : rows_) {
    bool const used = one.outcome == "used" && !one.of_criterion;
    if (!used && !one.outcome.empty()) continue;
    auto const found = rows.find(one.id);
    if (found == rows.end()) {
      one.was.reset();
      refuse(one, "unknown_id", "names an id that lies outside the study area");
      continue;
    }
    if (one.of_criterion) {
      auto const it = std::find_if(measures.begin(), measures.end(),
                                   [&](Measure const& measure) { return measure.key == one.target; });
      set_measure(one, found->second, *it);
      if (one.outcome == "used") marks.of_criterion[one.target][found->second] = source_of(one);
    } else {
      follow_attribute(one, found->second, measures, marks);
    }
    if (one.outcome == "used") marks.fields[found->second].push_back(one.target);
  }
  for (Measure& measure : measures)
    if (auto const change = changed_.find(measure.key); change != changed_.end())
      measure.text = with_texts(measure.text, change->second);
  changed_.clear();
  for (auto const& [key, sources] : marks.of_criterion)
    for (auto const& [row, source] : sources) marks.fields[row].push_back(key);
  for (auto& [row, fields] : marks.fields) {
    std::sort(fields.begin(), fields.end());
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
  }
  return marks;
}

void Additions::set_measure(Addition& one, std::size_t row, Measure& measure) {
  CriterionSpec const& spec = *study_.find_criterion(one.target);
  if (measure.is_class) {
    if (one.is_range()) return refuse(one, "bad_value", "bounds belong to numbers, and this criterion has classes");
    auto const known = known_classes(study_, one.target);
    auto const words = measure.separator == '\0' ? std::vector{*one.value} : split(*one.value, measure.separator);
    for (std::string const& word : words)
      if (!known.empty() && std::find(known.begin(), known.end(), word) == known.end())
        return refuse(one, "bad_value", "no model or rule knows the class '" + word + "'." + suggestion(word, known));
  } else {
    std::string fault = fault_of_numbers(one);
    if (fault.empty()) fault = fault_of_scale(one, spec);
    if (!fault.empty()) return refuse(one, "bad_value", fault);
  }
  if (std::string const before = shown(measure, row); !before.empty()) one.was = before;
  if (measure.is_class) {
    changed_[one.target][row] = one.value;
  } else if (one.is_range()) {
    set_range(measure, row, number_or_none(one.low), number_or_none(one.high));
  } else {
    set_range(measure, row, std::nullopt, std::nullopt);
    measure.value.set(row, *number_in(*one.value));
  }
  if (row < measure.by.size()) measure.by[row] = no_row;
  one.outcome = "used";
}

/// Criteria that read an attribute set by hand are by hand too, unless they have an addition of their own.
void Additions::follow_attribute(Addition const& one, std::size_t row, std::vector<Measure>& measures,
                                 ManualMarks& marks) {
  for (CriterionSpec const& spec : study_.criteria) {
    if (!feeds(study_, one.target, spec)) continue;
    bool const own = std::any_of(rows_.begin(), rows_.end(), [&](Addition const& other) {
      return other.of_criterion && other.id == one.id && other.target == spec.key &&
             (other.outcome.empty() || other.outcome == "used");
    });
    if (own) continue;
    marks.of_criterion[spec.key][row] = source_of(one);
    if (!one.is_range() || spec.measure != "own_attribute") continue;
    auto const it =
        std::find_if(measures.begin(), measures.end(), [&](Measure const& measure) { return measure.key == spec.key; });
    auto const divided = [&spec](std::optional<double> bound) {
      return bound ? std::optional(*bound / spec.per) : bound;
    };
    set_range(*it, row, divided(number_or_none(one.low)), divided(number_or_none(one.high)));
  }
}

std::size_t Additions::count(std::string_view outcome) const {
  return static_cast<std::size_t>(
      std::count_if(rows_.begin(), rows_.end(), [outcome](Addition const& one) { return one.outcome == outcome; }));
}

void Additions::refuse(Addition& one, std::string const& outcome, std::string const& text) {
  one.outcome = outcome;
  tell(one, "addition_" + outcome, Severity::warning,
       fmt::format("The addition to '{}' is not used: it {}{}", one.field,
                   outcome == "bad_value" && !text.starts_with("has") ? "cannot be right, " : "", text) +
           (text.ends_with(".") ? "" : "."));
}

void Additions::tell(Addition const& one, std::string const& code, Severity severity, std::string const& text) {
  issues_.add({.layer = "additions",
               .feature_id = one.id,
               .stage = "additions",
               .code = code,
               .severity = severity,
               .text = text});
}

std::string manual_source(std::string const& source, Labels const& labels) {
  std::string const word = labels.get("term", "manual");
  return source.empty() ? word : word + ": " + source;
}

}  // namespace terrein
