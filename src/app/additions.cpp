#include "additions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// A number with a point or a comma before its decimals.
std::optional<double> number_in(std::string const& text) {
  if (auto const number = parse_number(text)) return number;
  auto const comma = text.find(',');
  if (comma == std::string::npos || text.find(',', comma + 1) != std::string::npos) return std::nullopt;
  std::string pointed = text;
  pointed[comma] = '.';
  return parse_number(pointed);
}

bool is_date(std::string const& text) {
  if (text.size() < 10) return false;
  for (std::size_t i = 0; i < 10; ++i) {
    bool const dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
  }
  return text.size() == 10 || text[10] == 'T' || text[10] == ' ';
}

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

double number_or(std::optional<std::string> const& text, double otherwise) {
  return text ? number_in(*text).value_or(otherwise) : otherwise;
}

/// What is wrong with the numbers of a row, or nothing.
std::string fault_of_numbers(Addition const& one) {
  for (auto const* text : {&one.value, &one.low, &one.high})
    if (*text && !number_in(**text)) return "'" + **text + "' is not a number";
  constexpr double far = std::numeric_limits<double>::infinity();
  double const low = number_or(one.low, -far), high = number_or(one.high, far);
  if (low > high) return "low " + *one.low + " is above high " + *one.high;
  if (!one.value) return {};
  double const value = number_or(one.value, 0);
  if (value < low || value > high) return "value " + *one.value + " lies outside low and high";
  return {};
}

/// What a measure cannot be: a share outside 0..1, a negative length, area, count or time.
std::string fault_of_scale(Addition const& one, CriterionSpec const& spec) {
  static std::set<std::string_view> const never_negative{"share", "ratio", "m", "m2", "n", "s"};
  std::string_view const unit = find_criterion_kind(spec.measure)->unit;
  for (auto const* text : {&one.value, &one.low, &one.high}) {
    if (!*text) continue;
    double const bare = *number_in(**text) * spec.per;
    if (unit == "share" && !(bare >= 0 && bare <= 1 + 1e-12)) return "'" + **text + "' is no share between 0 and 1";
    if (never_negative.contains(unit) && bare < 0) return "'" + **text + "' is below 0";
  }
  return {};
}

/// Classes that value functions and rules of the study know of a criterion; none = any text may be one.
std::vector<std::string> known_classes(Study const& study, std::string const& criterion) {
  std::set<std::string> out;
  for (ModelConfig const& model : study.models)
    for (ModelCriterion const& one : model.criteria)
      if (one.criterion == criterion)
        for (auto const& [word, range] : one.function.classes) out.insert(word);
  for (RuleSpec const& rule : study.rules)
    if (rule.criterion == criterion) out.insert(rule.test.classes.begin(), rule.test.classes.end());
  return {out.begin(), out.end()};
}

std::string shown(Measure const& measure, std::size_t row) {
  if (measure.is_class) return std::string(measure.text.text(row));
  if (measure.value.is_known(row)) return shortest(measure.value.values[row]);
  auto const end = [row](Column<double> const& bound) {
    return row < bound.size() && bound.is_known(row) ? shortest(bound.values[row]) : std::string();
  };
  std::string const low = end(measure.low), high = end(measure.high);
  return low.empty() && high.empty() ? "" : low + ".." + high;
}

TextColumn with_texts(TextColumn const& column, Additions::Changes const& changes) {
  TextColumn out(column.name);
  out.reserve(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) {
    auto const change = changes.find(row);
    if (change == changes.end())
      out.push(column.at(row));
    else
      out.push(change->second);
  }
  return out;
}

void set_range(Measure& measure, std::size_t row, std::optional<double> low, std::optional<double> high) {
  measure.value.known[row] = 0;
  measure.value.values[row] = 0;
  for (auto const& [column, bound] : {std::pair{&measure.low, low}, {&measure.high, high}}) {
    column->known[row] = 0;
    column->values[row] = 0;
    if (bound) column->set(row, *bound);
  }
}

std::optional<double> number_or_none(std::optional<std::string> const& text) {
  return text ? number_in(*text) : std::nullopt;
}

std::string source_of(Addition const& one) { return one.source.value_or(""); }

template <class T>
void set_or_forget(Column<T>& column, std::size_t row, std::optional<double> number) {
  column.known[row] = 0;
  column.values[row] = 0;
  if (number) column.set(row, static_cast<T>(*number));
}

bool is_whole(std::optional<std::string> const& text) {
  constexpr double largest_exact = 9007199254740992.0;
  auto const number = number_or_none(text);
  return !number || (*number == std::floor(*number) && std::abs(*number) <= largest_exact);
}

/// Sets values of an attribute; whole numbers become decimal ones where a value asks for it.
AnyColumn with_values(AnyColumn const& column, Additions::Changes const& changes) {
  if (auto const* text = std::get_if<TextColumn>(&column)) return with_texts(*text, changes);
  bool const whole = std::all_of(changes.begin(), changes.end(), [](auto const& one) { return is_whole(one.second); });
  if (auto const* numbers = std::get_if<Column<std::int64_t>>(&column)) {
    if (whole) {
      Column<std::int64_t> out = *numbers;
      for (auto const& [row, text] : changes) set_or_forget(out, row, number_or_none(text));
      return out;
    }
    Column<double> out(numbers->name, numbers->size());
    for (std::size_t i = 0; i < numbers->size(); ++i)
      if (numbers->is_known(i)) out.set(i, static_cast<double>(numbers->values[i]));
    return with_values(out, changes);
  }
  Column<double> out = std::get<Column<double>>(column);
  for (auto const& [row, text] : changes) set_or_forget(out, row, number_or_none(text));
  return out;
}

/// A column of nulls for what the source lacks.
AnyColumn empty_column(std::string const& name, bool texts, std::size_t rows) {
  if (!texts) return Column<double>(name, rows);
  TextColumn out(name);
  for (std::size_t i = 0; i < rows; ++i) out.push(std::nullopt);
  return out;
}

/// The table with changed values, by name of the column in small letters; what it lacks comes last.
Table with_changes(Table const& table, std::map<std::string, Additions::Changes> const& changes,
                   std::map<std::string, AnyColumn> const& added) {
  Table out(table.rows());
  auto const add = [&](AnyColumn const& column) {
    auto const change = changes.find(lower(name_of(column)));
    out.add(change == changes.end() ? column : with_values(column, change->second));
  };
  for (AnyColumn const& column : table.columns()) add(column);
  for (auto const& [name, column] : added) add(column);
  return out;
}

std::map<std::string, std::size_t> rows_of(Layer const& layer) {
  std::map<std::string, std::size_t> out;
  for (std::size_t row = 0; row < layer.size(); ++row) out.emplace(layer.id[row], row);
  return out;
}

/// Numbers only: a text that a form writes with a comma is a number with a point.
std::string as_number(std::string const& text) { return shortest(*number_in(text)); }

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
