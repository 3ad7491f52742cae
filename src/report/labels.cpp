#include "terrein/report/labels.hpp"

#include "terrein/core/csv.hpp"
#include "terrein/core/error.hpp"

namespace terrein {

Labels::Labels(std::filesystem::path const& csv, Language language) : language_(language) {
  CsvTable const table = read_csv(csv);
  std::size_t const kind = table.column("kind"), key = table.column("key"), nl = table.column("nl"),
                    en = table.column("en");
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    auto const& row = table.rows[i];
    if (!label_.emplace(std::pair{row[kind], row[key]}, row[language == Language::nl ? nl : en]).second)
      throw_error(ErrorKind::config, "{}:{}: the key '{}' of kind '{}' is there twice; keep one", table.file,
                  table.line[i], row[key], row[kind]);
  }
}

std::string Labels::get(std::string_view kind, std::string_view key) const {
  auto const found = label_.find({std::string(kind), std::string(key)});
  return found == label_.end() ? std::string(key) : found->second;
}

bool Labels::has(std::string_view kind, std::string_view key) const {
  return label_.contains({std::string(kind), std::string(key)});
}

std::map<std::string, std::string> Labels::all(std::string_view kind) const {
  std::map<std::string, std::string> labels;
  for (auto it = label_.lower_bound({std::string(kind), ""}); it != label_.end() && it->first.first == kind; ++it)
    labels.emplace(it->first.second, it->second);
  return labels;
}

void Labels::set(std::string_view kind, std::string_view key, std::string text) {
  label_.insert_or_assign({std::string(kind), std::string(key)}, std::move(text));
}

std::string Labels::pick(std::string const& nl, std::string const& en) const {
  return language_ == Language::nl ? nl : en;
}

}  // namespace terrein
