#include <algorithm>

#include "explain_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr char const* excluded = "excluded";

[[noreturn]] void throw_unknown(ResultFile const& file, ResultFacts const& facts, std::filesystem::path const& path,
                                std::string const& id) {
  std::vector<std::string> ids;
  bool hidden = false;
  for (std::string const& table : {facts.layer, std::string(excluded)}) {
    if (!file.has_table(table)) continue;
    auto const column = facts.column(file, table, facts.id_column);
    hidden = hidden || !column;
    if (!column) continue;
    Table const all = file.read(table, {*column});
    for (std::size_t row = 0; row < all.rows(); ++row) ids.push_back(cell(all, *column, row));
  }
  std::sort(ids.begin(), ids.end(), [](std::string const& a, std::string const& b) { return id_less(a, b); });
  std::string const why =
      hidden ? " The column '" + facts.id_column + "' of '" + facts.layer +
                   "' was left out by [output] columns, so that only excluded candidates can be found; add it and run "
                   "the study again."
             : "";
  throw_error(ErrorKind::usage, "'{}' has no candidate '{}'.{}{}", path.string(), id, suggestion(id, ids, 5), why);
}

}  // namespace

CandidateRow::CandidateRow(ResultFile const& file, ResultFacts const& facts, std::filesystem::path const& path,
                           std::string const& id)
    : file_(file), facts_(facts) {
  for (std::string const& table : {facts.layer, std::string(excluded)}) {
    if (!file.has_table(table)) continue;
    auto const column = facts.column(file, table, facts.id_column);
    if (!column) continue;
    Table found = file.read_where(table, *column, id);
    if (found.rows() == 0) continue;
    table_ = table;
    row_ = std::move(found);
    return;
  }
  throw_unknown(file, facts, path, id);
}

std::int64_t CandidateRow::fid() const { return static_cast<std::int64_t>(number(row_, "fid", 0).value_or(0)); }

AnyColumn const* CandidateRow::find(std::string const& full) const {
  auto const name = facts_.column(file_, table_, full);
  return name ? row_.find(*name) : nullptr;
}

AnyColumn const* CandidateRow::need(std::string const& full) {
  AnyColumn const* out = find(full);
  if (out == nullptr && std::find(left_out.begin(), left_out.end(), full) == left_out.end()) left_out.push_back(full);
  return out;
}

std::string CandidateRow::text(std::string const& full) const {
  AnyColumn const* column = find(full);
  return column == nullptr ? std::string() : text_at(*column, 0).value_or(std::string());
}

std::vector<std::string> CandidateRow::manual() const {
  AnyColumn const* column = row_.find("manual");  // is there whatever columns were chosen
  std::vector<std::string> out;
  if (column == nullptr) return out;
  for (std::string const& field : split(text_at(*column, 0).value_or(std::string()), ';'))
    if (!trim(field).empty()) out.emplace_back(trim(field));
  return out;
}

}  // namespace terrein
