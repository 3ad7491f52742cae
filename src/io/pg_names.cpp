#include <algorithm>
#include <numeric>

#include "io/pg_tables.hpp"
#include "terrein/core/text.hpp"
#include "terrein/core/xml_text.hpp"

namespace terrein::pg {
namespace {

constexpr std::size_t longest_name = 63;  // bytes; PostgreSQL cuts what is longer, without an error

std::string cut(std::string name, std::size_t most) {
  if (name.size() <= most) return name;
  name.resize(most);
  while (!is_utf8(name)) name.pop_back();
  return name;
}

void replace_all(std::string& text, std::string const& from, std::string const& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::vector<std::string> fitting_names(std::vector<std::string> const& wanted, std::vector<std::string> const& taken) {
  std::vector<std::string> used = taken, out;
  auto const is_free = [&used](std::string const& name) {
    return !name.empty() && std::find(used.begin(), used.end(), name) == used.end();
  };
  for (std::string const& name : wanted)  // names that fit go first, so that no shortened one takes their place
    if (name.size() <= longest_name && is_free(name)) used.push_back(name);
  std::vector<std::string> given = taken;
  for (std::string const& name : wanted) {
    std::string one = name;
    bool const fits =
        name.size() <= longest_name && !name.empty() && std::find(given.begin(), given.end(), name) == given.end();
    for (int n = 2; !fits && (n == 2 || !is_free(one)); ++n) {
      std::string const ending = "_" + std::to_string(n);
      one = cut(name, longest_name - ending.size()) + ending;
    }
    used.push_back(one);
    given.push_back(one);
    out.push_back(one);
  }
  return out;
}

std::vector<std::string> column_names(Table const& table) {
  return fitting_names(table.names(),
                       {"fid", geometry_column, "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid"});
}

std::string renamed_columns(std::string qml, OutputLayer const& layer, std::vector<std::string> const& columns) {
  auto const names = layer.table.names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == columns[i]) continue;
    replace_all(qml, "\"" + xml_escape(names[i]) + "\"", "\"" + xml_escape(columns[i]) + "\"");
    replace_all(qml, "&quot;" + xml_escape(names[i]) + "&quot;", "&quot;" + xml_escape(columns[i]) + "&quot;");
  }
  return qml;
}

}  // namespace terrein::pg
