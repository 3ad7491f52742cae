#include "report/template.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "terrein/core/csv.hpp"
#include "terrein/core/data_file.hpp"
#include "terrein/core/error.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

std::string fill_template(std::string text, std::map<std::string, std::string> const& values) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t open = text.find("{{"); open != std::string::npos; open = text.find("{{", from)) {
    bool const raw = text.compare(open, 3, "{{{") == 0;
    std::size_t const brackets = raw ? 3 : 2;
    std::size_t const close = text.find(raw ? "}}}" : "}}", open + brackets);
    if (close == std::string::npos)
      throw_error(ErrorKind::internal, "a style template has '{}' without an end", text.substr(open, 20));
    std::string const name = text.substr(open + brackets, close - open - brackets);
    auto const found = values.find(name);
    if (found == values.end())
      throw_error(ErrorKind::internal, "a style template asks for '{}', which is not known", name);
    out.append(text, from, open - from).append(raw ? found->second : xml_escape(found->second));
    from = close + brackets;
  }
  return out.append(text, from);
}

namespace report {

std::string base64(std::string_view bytes) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::array<unsigned, 3> byte{};
    std::size_t const n = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < n; ++k) byte.at(k) = static_cast<unsigned char>(bytes[i + k]);
    unsigned const word = byte[0] << 16U | byte[1] << 8U | byte[2];
    for (std::size_t k = 0; k < 4; ++k) out += k <= n ? digits[(word >> (18U - 6U * k)) & 63U] : '=';
  }
  return out;
}

std::string column_ref(std::string_view column) {
  std::string out = "\"";
  for (char const c : column) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

std::string text_literal(std::string_view text) {
  std::string out = "'";
  for (char const c : text) out.append(c == '\'' || c == '\\' ? 2 : 1, c);
  return out + '\'';
}

Values template_values(std::filesystem::path const& styles, Labels const& labels) {
  Values values;
  CsvTable const palette = read_csv(styles / "palette.csv");
  std::size_t const name = palette.column("key"), colour = palette.column("colour");
  for (auto const& row : palette.rows) values[row[name]] = row[colour];
  for (auto const& [key, text] : labels.all("legend")) values["legend_" + key] = text;
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(styles)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (auto const& file : files) {
    std::string const stem = file.stem().string();
    if (stem.starts_with("icon_")) values[stem] = base64(read_data_file(file));
    if (stem.starts_with("part_")) values[stem] = fill_template(read_data_file(file), values);
  }
  return values;
}

std::string fill_file(std::filesystem::path const& styles, std::string const& file, Values const& values) {
  return fill_template(read_data_file(styles / file), values);
}

}  // namespace report
}  // namespace terrein
