#include <algorithm>

#include "explain_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

OpenResult::OpenResult(std::filesystem::path const& path_of_file, std::optional<Language> language,
                       DataFolders const& data)
    : path(path_of_file),
      file(path),
      facts(result_facts(file, path, language)),
      labels(data.datasets / "labels.csv", facts.language) {
  for (std::string const& table : {facts.layer, std::string(excluded_table)}) {
    if (!file.has_table(table)) continue;
    tables_.push_back(table);
    auto const id = column(table, facts.id_column);
    std::vector<std::string> names{"fid"};
    if (id) names.push_back(*id);
    Table const all = file.read(table, names);
    candidates_ += all.rows();
    for (std::size_t row = 0; id && row < all.rows(); ++row)
      places_.try_emplace(cell(all, *id, row),
                          Place{tables_.size() - 1, static_cast<std::int64_t>(*number(all, "fid", row))});
  }
}

OpenResult::Place const& OpenResult::find(std::string const& id) const {
  if (auto const it = places_.find(id); it != places_.end()) return it->second;
  std::vector<std::string> ids;
  for (auto const& [known, place] : places_) ids.push_back(known);
  std::sort(ids.begin(), ids.end(), [](std::string const& a, std::string const& b) { return id_less(a, b); });
  std::string const why =
      column(facts.layer, facts.id_column)
          ? ""
          : " The column '" + facts.id_column + "' of '" + facts.layer +
                "' was left out by [output] columns, so that only excluded candidates can be found; add it and run the "
                "study again.";
  throw_error(ErrorKind::usage, "'{}' has no candidate '{}'.{}{}", path.string(), id, suggestion(id, ids, 5), why);
}

CandidateRow::CandidateRow(OpenResult const& result, std::string const& id) : result_(result), place_(result.find(id)) {
  row_ = result.file.read_where(table(), "fid", std::to_string(place_.fid));
}

AnyColumn const* CandidateRow::find(std::string const& full) const {
  auto const name = result_.column(table(), full);
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
