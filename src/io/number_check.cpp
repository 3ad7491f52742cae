#include "io/number_check.hpp"

#include <filesystem>
#include <fstream>
#include <functional>

#include "terrein/core/text.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

std::string quoted(std::string const& name) {
  std::string out = "\"";
  for (char const c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

/// One row per feature that has a text in one of the fields: its id, then per field the text or null.
std::string database_query(OGRLayerH layer, std::vector<int> const& fields) {
  std::vector<std::string> columns{quoted(OGR_L_GetFIDColumn(layer)) + " + 0 AS row_"}, conditions;
  for (int const field : fields) {
    std::string const name = quoted(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(layer), field)));
    std::string const is_text = "typeof(" + name + ") IN ('text', 'blob')";
    columns.push_back("CASE WHEN " + is_text + " THEN CAST(" + name + " AS TEXT) END AS c" + std::to_string(field));
    conditions.push_back(is_text);
  }
  return "SELECT " + join(columns, ", ") + " FROM " + quoted(OGR_L_GetName(layer)) + " WHERE " +
         join(conditions, " OR ");
}

MisplacedTexts texts_in_database(GDALDatasetH dataset, OGRLayerH layer, std::vector<int> const& fields) {
  MisplacedTexts out;
  if (gdal::text_of(OGR_L_GetFIDColumn(layer)).empty()) return out;  // a view: its rows cannot be told apart
  gdal::CplErrorScope const quiet;
  OGRLayerH const result = GDALDatasetExecuteSQL(dataset, database_query(layer, fields).c_str(), nullptr, nullptr);
  if (result == nullptr) return out;
  while (gdal::Feature const feature{OGR_L_GetNextFeature(result)})
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (int const column = static_cast<int>(i) + 1; OGR_F_IsFieldSetAndNotNull(feature.get(), column) != 0)
        out[{fields[i], OGR_F_GetFieldAsInteger64(feature.get(), 0)}] = OGR_F_GetFieldAsString(feature.get(), column);
  GDALDatasetReleaseResultSet(dataset, result);
  return out;
}

fs::path dbf_of(fs::path path) {
  for (char const* extension : {".dbf", ".DBF"})
    if (fs::exists(path.replace_extension(extension))) return path;
  return {};
}

struct DbfField {
  std::size_t begin, width;
  bool number;
};

struct Dbf {
  std::size_t header_bytes = 0, row_bytes = 0;
  std::vector<DbfField> fields;
};

unsigned byte_of(char c) { return static_cast<unsigned char>(c); }

/// dBASE III: bytes 8-11 of the header give its length and the length of a row; 32 bytes per field follow.
Dbf read_dbf_header(std::istream& file) {
  Dbf dbf;
  char head[32] = {};
  if (!file.read(head, sizeof head)) return dbf;
  dbf.header_bytes = byte_of(head[8]) | byte_of(head[9]) << 8U;
  dbf.row_bytes = byte_of(head[10]) | byte_of(head[11]) << 8U;
  char field[32] = {};
  constexpr char end_of_fields = '\r';
  for (std::size_t begin = 1; file.read(field, sizeof field) && field[0] != end_of_fields;) {
    dbf.fields.push_back({begin, byte_of(field[16]), field[11] == 'N' || field[11] == 'F'});
    begin += dbf.fields.back().width;
  }
  file.clear();
  return dbf;
}

/// Calls visit(row, bytes) for each row of the .dbf beside a shapefile.
void for_each_dbf_row(std::string const& shapefile,
                      std::function<void(Dbf const&, std::int64_t, std::string_view)> const& visit) {
  fs::path const path = dbf_of(shapefile);
  if (path.empty()) return;
  std::ifstream file(path, std::ios::binary);
  Dbf const dbf = read_dbf_header(file);
  if (dbf.row_bytes == 0) return;
  file.seekg(static_cast<std::streamoff>(dbf.header_bytes));
  std::string row(dbf.row_bytes, '\0');
  for (std::int64_t i = 0; file.read(row.data(), static_cast<std::streamsize>(row.size())); ++i) visit(dbf, i, row);
}

/// Blank, "****" and "?" mean null in number fields.
bool is_null_in_dbf(std::string_view text) {
  return text.empty() || text.front() == '*' || text.front() == '?' || text.front() == '\0';
}

MisplacedTexts texts_in_dbf(std::string const& shapefile, std::vector<int> const& fields, int field_count) {
  MisplacedTexts out;
  for_each_dbf_row(shapefile, [&](Dbf const& dbf, std::int64_t id, std::string_view row) {
    if (dbf.fields.size() != static_cast<std::size_t>(field_count)) return;  // not the table that GDAL shows
    for (int const index : fields) {
      DbfField const& field = dbf.fields[static_cast<std::size_t>(index)];
      if (!field.number || field.begin + field.width > row.size()) continue;
      std::string_view const text = trim(row.substr(field.begin, field.width));
      if (!is_null_in_dbf(text) && !parse_number(text)) out[{index, id}] = std::string(text);
    }
  });
  return out;
}

}  // namespace

MisplacedTexts misplaced_texts(Source const& source, OGRLayerH layer, std::string const& path,
                               std::vector<int> const& number_fields) {
  if (number_fields.empty()) return {};
  if (source.driver == "GPKG" || source.driver == "SQLite")
    return texts_in_database(source.dataset.get(), layer, number_fields);
  if (source.driver == "ESRI Shapefile" && fs::is_regular_file(path))
    return texts_in_dbf(path, number_fields, OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer)));
  return {};
}

std::size_t deleted_rows(std::string const& shapefile) {
  std::size_t count = 0;
  for_each_dbf_row(shapefile, [&count](Dbf const&, std::int64_t, std::string_view row) { count += row[0] == '*'; });
  return count;
}

}  // namespace terrein
