#include "terrein/io/xlsx.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/core/xml_text.hpp"
#include "terrein/io/zip.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_rows = 1048576;  // with the header
constexpr std::size_t most_columns = 16384;
constexpr std::size_t longest_sheet_name = 31;
constexpr std::size_t longest_cell = 32767;  // in UTF-16 units
constexpr std::int64_t largest_exact = std::int64_t{1} << 53;

constexpr char const* xml_start = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr char const* main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr char const* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr char const* package = "http://schemas.openxmlformats.org/package/2006";
constexpr char const* media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

struct Sheet {
  std::string name;
  Table const* table;
};

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

/// UTF-16 units of the character that starts with `c`: two above the first plane.
std::size_t units(char c) { return starts_character(c) ? (static_cast<unsigned char>(c) >= 0xf0U ? 2 : 1) : 0; }

std::size_t length(std::string_view text) {
  std::size_t out = 0;
  for (char const c : text) out += units(c);
  return out;
}

/// At most `most` UTF-16 units, whole characters.
std::string_view cut(std::string_view text, std::size_t most) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    used += units(text[i]);
    if (used > most) return text.substr(0, i);
  }
  return text;
}

/// "A", "Z", "AA".
std::string letters(std::size_t column) {
  std::string out;
  for (++column; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

void add_text(std::string& out, std::string const& place, std::string_view text, bool header) {
  std::string const shown =
      length(text) <= longest_cell ? std::string(text) : std::string(cut(text, longest_cell - 1)) + "…";
  out += fmt::format("<c r=\"{}\"{} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", place,
                     header ? " s=\"1\"" : "", xml_escape(shown));
}

void add_number(std::string& out, std::string const& place, std::string const& number) {
  out += fmt::format("<c r=\"{}\"><v>{}</v></c>", place, number);
}

void add_cell(std::string& out, std::string const& place, AnyColumn const& column, std::size_t row) {
  if (auto const* text = std::get_if<TextColumn>(&column)) {
    if (text->is_known(row)) add_text(out, place, text->text(row), false);
  } else if (auto const* whole = std::get_if<Column<std::int64_t>>(&column)) {
    if (!whole->is_known(row)) return;
    std::int64_t const value = whole->values[row];
    if (value > largest_exact || value < -largest_exact)
      add_text(out, place, std::to_string(value), false);
    else
      add_number(out, place, std::to_string(value));
  } else if (auto const& real = std::get<Column<double>>(column);
             real.is_known(row) && std::isfinite(real.values[row])) {
    add_number(out, place, shortest(real.values[row]));
  }
}

/// In characters: room for the name with the button of its filter, and for most texts.
std::size_t width(AnyColumn const& column) {
  constexpr std::size_t button = 4, narrowest = 10, widest = 60;
  std::size_t out = length(name_of(column)) + button;
  if (auto const* text = std::get_if<TextColumn>(&column))
    for (std::string const& word : text->words()) out = std::max(out, length(word) + 2);
  return std::clamp(out, narrowest, widest);
}

std::string sheet_xml(Table const& table) {
  auto const& columns = table.columns();
  std::string out = fmt::format(
      "{}<worksheet xmlns=\"{}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
      "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>",
      xml_start, main_namespace);
  std::vector<std::string> names;
  if (!columns.empty()) out += "<cols>";
  for (std::size_t c = 0; c < columns.size(); ++c) {
    names.push_back(letters(c));
    out += fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1}\" customWidth=\"1\"/>", c + 1, width(columns[c]));
  }
  if (!columns.empty()) out += "</cols>";
  out += "<sheetData><row r=\"1\">";
  for (std::size_t c = 0; c < columns.size(); ++c) add_text(out, names[c] + "1", name_of(columns[c]), true);
  out += "</row>";
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string const number = std::to_string(row + 2);
    out += "<row r=\"" + number + "\">";
    for (std::size_t c = 0; c < columns.size(); ++c) add_cell(out, names[c] + number, columns[c], row);
    out += "</row>";
  }
  out += "</sheetData>";
  if (!columns.empty()) out += fmt::format("<autoFilter ref=\"A1:{}{}\"/>", names.back(), table.rows() + 1);
  return out + "</worksheet>";
}

/// Names that spreadsheets accept, different without regard to capitals.
std::vector<std::string> sheet_names(std::vector<std::string> const& wanted) {
  std::vector<std::string> out;
  std::set<std::string> used;
  for (std::string name : wanted) {
    for (char& c : name)
      if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) c = '_';
    std::string one(cut(name, longest_sheet_name));
    for (int i = 2; !used.insert(lower(one)).second; ++i) {
      std::string const ending = " " + std::to_string(i);
      one = std::string(cut(name, longest_sheet_name - ending.size())) + ending;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Table legend(std::vector<OutputLayer const*> const& layers, std::vector<std::string> const& names) {
  TextColumn sheet("sheet"), column("column"), alias("alias"), description("description");
  for (std::size_t i = 0; i < layers.size(); ++i)
    for (std::string const& name : layers[i]->table.names()) {
      auto const found = layers[i]->fields.find(name);
      FieldNote const note = found == layers[i]->fields.end() ? FieldNote{} : found->second;
      sheet.push(names[i]);
      column.push(name);
      alias.push(note.alias.empty() ? std::nullopt : std::optional<std::string_view>(note.alias));
      description.push(note.description.empty() ? std::nullopt : std::optional<std::string_view>(note.description));
    }
  Table out(sheet.size());
  for (TextColumn* one : {&sheet, &column, &alias, &description}) out.add(std::move(*one));
  return out;
}

/// Everything of the package but the sheets themselves.
std::vector<ZipMember> package_parts(std::vector<Sheet> const& sheets) {
  std::string types, entries, links;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    std::size_t const n = i + 1;
    types += fmt::format("<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"{}worksheet+xml\"/>", n,
                         media_type);
    entries += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", xml_escape(sheets[i].name), n, n);
    links += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/worksheet\" Target=\"worksheets/sheet{}.xml\"/>", n,
                         office, n);
  }
  std::string const relationships = fmt::format("{}<Relationships xmlns=\"{}/relationships\">", xml_start, package);
  return {
      {"[Content_Types].xml",
       fmt::format("{}<Types xmlns=\"{}/content-types\"><Default Extension=\"rels\" "
                   "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
                   "PartName=\"/xl/workbook.xml\" ContentType=\"{}sheet.main+xml\"/><Override "
                   "PartName=\"/xl/styles.xml\" ContentType=\"{}styles+xml\"/>{}</Types>",
                   xml_start, package, media_type, media_type, types)},
      {"_rels/.rels",
       fmt::format(
           "{}<Relationship Id=\"rId1\" Type=\"{}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
           relationships, office)},
      {"xl/workbook.xml", fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>{}</sheets></workbook>",
                                      xml_start, main_namespace, office, entries)},
      {"xl/_rels/workbook.xml.rels",
       fmt::format("{}{}<Relationship Id=\"rId{}\" Type=\"{}/styles\" Target=\"styles.xml\"/></Relationships>",
                   relationships, links, sheets.size() + 1, office)},
      {"xl/styles.xml",
       fmt::format("{}<styleSheet xmlns=\"{}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                   "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill>"
                   "<patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
                   "</fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                   "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
                   "</cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" "
                   "xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
                   "applyFont=\"1\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
                   "builtinId=\"0\"/></cellStyles></styleSheet>",
                   xml_start, main_namespace)}};
}

}  // namespace

void check_xlsx(std::vector<OutputLayer const*> const& layers) {
  for (OutputLayer const* layer : layers) {
    std::size_t const rows = layer->table.rows() + 1, columns = layer->table.columns().size();
    if (rows > most_rows || columns > most_columns)
      throw_error(
          ErrorKind::output,
          "The layer '{}' does not fit on a sheet of an XLSX file: it has {} rows with the header and {} "
          "columns, a sheet holds {} and {}. Leave \"xlsx\" out of [output] tables, or choose fewer candidates.",
          layer->name, rows, columns, most_rows, most_columns);
  }
}

void write_xlsx(std::filesystem::path const& path, std::vector<OutputLayer const*> const& layers) {
  check_xlsx(layers);
  std::vector<std::string> wanted;
  for (OutputLayer const* layer : layers) wanted.push_back(layer->name);
  wanted.emplace_back("legend");
  std::vector<std::string> const names = sheet_names(wanted);
  Table const explained = legend(layers, names);
  std::vector<Sheet> sheets;
  for (std::size_t i = 0; i < layers.size(); ++i) sheets.push_back({names[i], &layers[i]->table});
  sheets.push_back({names.back(), &explained});
  std::vector<ZipMember> members = package_parts(sheets);
  for (std::size_t i = 0; i < sheets.size(); ++i)
    members.push_back({fmt::format("xl/worksheets/sheet{}.xml", i + 1), sheet_xml(*sheets[i].table)});
  write_zip(path, members);
}

}  // namespace terrein
