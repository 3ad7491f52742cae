#include "stored_scores.hpp"

#include <unordered_map>

#include "explain_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/rules.hpp"

namespace terrein {

StoredCandidates::StoredCandidates(ResultFile const& file, std::filesystem::path const& path, ResultFacts const& facts,
                                   std::string purpose)
    : file_(file), path_(path), facts_(facts), purpose_(std::move(purpose)) {
  for (std::string const& table : {facts.layer, std::string(excluded_table)}) {
    if (!file.has_table(table)) continue;
    std::string const id = column(table, facts.id_column);
    Table const rows = file.read(table, {"fid", id});
    Part part{table, {}};
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      part.fids.push_back(static_cast<std::int64_t>(*number(rows, "fid", row)));
      ids_.push_back(cell(rows, id, row));
    }
    parts_.push_back(std::move(part));
  }
  read_bounds();
}

std::string StoredCandidates::column(std::string const& table, std::string const& full) const {
  auto const out = column_if_there(table, full);
  if (!out)
    throw_error(
        ErrorKind::input,
        "'{}' cannot be {}: its table '{}' has no column '{}', which [output] columns or the audience left out. "
        "Run the study again with all columns.",
        path_.string(), purpose_, table, full);
  return *out;
}

std::optional<std::string> StoredCandidates::column_if_there(std::string const& table, std::string const& full) const {
  return facts_.column(file_, table, full);
}

void StoredCandidates::read_bounds() {
  bounds_ = file_.read("bounds", {"id", "of_column", "least", "most"});
  if (bounds_.rows() == 0) return;
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t row = 0; row < ids_.size(); ++row) row_of.emplace(ids_[row], row);
  for (std::size_t i = 0; i < bounds_.rows(); ++i) {
    auto const it = row_of.find(cell(bounds_, "id", i));
    if (it == row_of.end())
      throw_error(
          ErrorKind::input,
          "'{}' cannot be {}: table 'bounds' names the candidate '{}', which no layer has. Run the study again.",
          path_.string(), purpose_, cell(bounds_, "id", i));
    bounded_rows_.push_back(it->second);
  }
}

template <class Take>
void StoredCandidates::each(std::string const& full, Take const& take) const {
  for (Part const& part : parts_) {
    Table const read = file_.read(part.table, {column(part.table, full)});
    for (std::size_t row = 0; row < read.rows(); ++row) take(read.columns().front(), row);
  }
}

Measure StoredCandidates::measure(std::string const& criterion) const {
  ExplainedMeasure const& facts = facts_.measures.at(criterion);
  std::string const name = "val_" + criterion;
  Measure out;
  out.key = criterion;
  out.unit = facts.unit;
  out.is_class = facts.is_class;
  out.separator = facts_.separators.at(criterion);
  if (out.is_class) {
    out.text = texts(name);
    return out;
  }
  out.value = numbers(name);
  out.low = out.high = BoundColumn("", size());
  for (std::size_t i = 0; i < bounds_.rows(); ++i) {
    if (cell(bounds_, "of_column", i) != name) continue;
    if (auto const least = number(bounds_, "least", i)) out.low.set(bounded_rows_[i], *least);
    if (auto const most = number(bounds_, "most", i)) out.high.set(bounded_rows_[i], *most);
  }
  return out;
}

Measure StoredCandidates::share_cut(RuleSpec const& rule) const {
  Measure out;
  out.key = rule.key;
  out.value = Column<double>("", size());
  out.low = out.high = BoundColumn("", size());
  for (std::size_t i = 0; i < bounds_.rows(); ++i) {
    if (cell(bounds_, "of_column", i) != "m_" + rule.key) continue;
    // Margins of cuts count from the threshold down.
    if (auto const least = number(bounds_, "least", i)) out.high.set(bounded_rows_[i], rule.test.threshold - *least);
    if (auto const most = number(bounds_, "most", i)) out.low.set(bounded_rows_[i], rule.test.threshold - *most);
  }
  return out;
}

std::vector<std::uint8_t> StoredCandidates::standing(std::string const& model) const {
  std::vector<std::uint8_t> out;
  each(model + "_outcome", [&](AnyColumn const& column, std::size_t row) {
    out.push_back(text_at(column, row) != to_string(Outcome::fails) ? 1 : 0);
  });
  return out;
}

std::vector<std::uint8_t> StoredCandidates::unknown_by(std::string const& rule) const {
  std::vector<std::uint8_t> out;
  each("rule_" + rule, [&](AnyColumn const& column, std::size_t row) {
    out.push_back(text_at(column, row) == to_string(RuleResult::unknown) ? 1 : 0);
  });
  return out;
}

std::string StoredCandidates::text_of(std::string const& full, std::size_t row) const {
  for (Part const& part : parts_) {
    if (row >= part.fids.size()) {
      row -= part.fids.size();
      continue;
    }
    std::string const name = column(part.table, full);
    return cell(file_.read_where(part.table, "fid", std::to_string(part.fids[row]), {name}), name, 0);
  }
  return {};
}

std::string StoredCandidates::result_of(std::string const& rule, std::size_t row) const {
  return text_of("rule_" + rule, row);
}

Outcome StoredCandidates::outcome_of(std::string const& model, std::size_t row) const {
  std::string const text = text_of(model + "_outcome", row);
  for (Outcome const one : {Outcome::passes, Outcome::conditional, Outcome::fails})
    if (text == to_string(one)) return one;
  return Outcome::unknown;
}

Column<double> StoredCandidates::value(std::string const& model, std::string const& criterion) const {
  return numbers(model + "_v_" + criterion);
}

Column<double> StoredCandidates::rank(std::string const& model) const { return numbers(model + "_rank"); }

TextColumn StoredCandidates::texts(std::string const& full) const {
  TextColumn out;
  each(full, [&](AnyColumn const& column, std::size_t row) {
    auto const text = text_at(column, row);
    out.push(text ? std::optional<std::string_view>(*text) : std::nullopt);
  });
  return out;
}

Column<double> StoredCandidates::numbers(std::string const& full) const {
  Column<double> out;
  each(full, [&](AnyColumn const& column, std::size_t row) { out.push(number_at(column, row)); });
  return out;
}

}  // namespace terrein
