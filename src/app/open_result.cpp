#include <algorithm>

#include "explain_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Up to five ids that share the longest beginning with `id`.
std::vector<std::string> ids_like(std::string const& id, std::vector<std::string> const& ids) {
  constexpr std::size_t most = 5;
  std::size_t longest = 0;
  std::vector<std::string> out;
  for (std::string const& one : ids) {
    auto const end = std::mismatch(id.begin(), id.end(), one.begin(), one.end()).first;
    auto const shared = static_cast<std::size_t>(end - id.begin());
    if (shared < longest) continue;
    if (shared > longest) out.clear();
    longest = shared;
    if (out.size() < most) out.push_back(one);
  }
  return out;
}

std::vector<std::string> words_for_manual(DataFolders const& data) {
  std::vector<std::string> out;
  for (Language const language : {Language::nl, Language::en})
    out.push_back(Labels(data.datasets / "labels.csv", language).get("term", "manual"));
  return out;
}

}  // namespace

OpenResult::OpenResult(std::filesystem::path const& path_of_file, std::optional<Language> language,
                       DataFolders const& data)
    : path(path_of_file),
      file(path),
      facts(result_facts(file, path, language)),
      labels(data.datasets / "labels.csv", facts.language),
      manual_words(words_for_manual(data)) {
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
  auto const it = places_.find(id);
  if (it == places_.end()) throw_unknown(id);
  return it->second;
}

void OpenResult::throw_unknown(std::string const& id) const {
  std::string const name = path.filename().string(), &wanted = facts.id_column;
  if (!column(facts.layer, wanted))
    throw_error(ErrorKind::usage,
                "'{}' is not among the excluded of '{}', and layer '{}' has no column '{}' to look for it. Add '{}' to "
                "[output] columns and run again.",
                id, name, facts.layer, wanted, wanted);
  std::vector<std::string> ids;
  for (auto const& [known, place] : places_) ids.push_back(known);
  std::sort(ids.begin(), ids.end(), [](std::string const& a, std::string const& b) { return id_less(a, b); });
  throw_error(ErrorKind::usage, "'{}' holds no candidate '{}' (column '{}'). Ids that begin alike: {}.", name, id,
              wanted, ids.empty() ? std::string("none, it holds no candidate at all") : join(ids_like(id, ids), ", "));
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

std::vector<std::string> CandidateRow::list(std::string const& name) const {
  AnyColumn const* column = find(name);
  std::vector<std::string> out;
  if (column == nullptr) return out;
  for (std::string const& field : split(text_at(*column, 0).value_or(std::string()), ';'))
    if (!trim(field).empty()) out.emplace_back(trim(field));
  return out;
}

}  // namespace terrein
