#include "terrein/prepare/join.hpp"

#include <algorithm>
#include <unordered_map>

#include "prepare/steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_examples = 5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// 72033A0610/00A000: division, section, number, bis number, exponent or `_`, power; `-` or `/` before the bis number.
bool is_capakey(std::string_view text) {
  constexpr std::string_view shape = "dddddLdddd/ddEddd";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    char const c = text[i];
    bool const fits = shape[i] == 'd'   ? is_digit(c)
                      : shape[i] == 'L' ? is_capital(c)
                      : shape[i] == 'E' ? is_capital(c) || c == '_'
                                        : c == '/' || c == '-';
    if (!fits) return false;
  }
  return true;
}

std::string key_at(AnyColumn const& column, std::size_t row) { return join_key(text_at(column, row).value_or("")); }

/// Rows by key, those of one key in the order of their ids; blank keys are left out.
std::unordered_map<std::string, std::vector<Row>> rows_by_key(Layer const& layer, AnyColumn const& column) {
  std::vector<Row> order(layer.size());
  for (Row row = 0; row < order.size(); ++row) order[row] = row;
  if (layer.id_rank.size() == order.size())
    std::sort(order.begin(), order.end(), [&](Row a, Row b) { return layer.id_rank[a] < layer.id_rank[b]; });
  std::unordered_map<std::string, std::vector<Row>> out;
  for (Row const row : order)
    if (std::string const key = key_at(column, row); !key.empty()) out[key].push_back(row);
  return out;
}

/// "'a', 'b' …": the first keys of a column.
std::string examples(AnyColumn const& column) {
  std::vector<std::string> out;
  for (std::size_t row = 0; row < size_of(column) && out.size() < most_examples; ++row)
    if (std::string const key = key_at(column, row); !key.empty()) out.push_back("'" + key + "'");
  return out.empty() ? "nothing" : join(out, ", ");
}

[[noreturn]] void throw_no_match(std::string const& what, AnyColumn const& mine, AnyColumn const& theirs) {
  throw_error(
      ErrorKind::input,
      "{} finds none of its keys: '{}' holds {}, '{}' holds {}. Name the attributes whose values are the same on "
      "both sides; spreadsheets often drop the zeros in front.",
      what, name_of(mine), examples(mine), name_of(theirs), examples(theirs));
}

/// The parts of rows as one row, those of the highest dimension.
void append_parts(GeometryBuilder& builder, GeometryColumn const& from, std::vector<Row> const& rows) {
  GeometryKind kind = GeometryKind::empty;
  for (Row const row : rows) kind = std::max(kind, from.kind[row]);
  for (Row const row : rows) {
    if (from.kind[row] != kind) continue;
    for (std::size_t part = from.row_begin[row]; part < from.row_begin[row + 1]; ++part) {
      for (std::size_t path = from.part_begin[part]; path < from.part_begin[part + 1]; ++path) {
        auto const xy = from.path(path);
        for (std::size_t i = 0; i < xy.size(); i += 2) builder.vertex(xy[i], xy[i + 1]);
        builder.end_path();
      }
      builder.end_part();
    }
  }
  builder.end_row(kind);
}

/// The value on which all rows agree; nothing, and `differ`, where they do not.
std::optional<Row> agreed_row(AnyColumn const& column, std::vector<Row> const& rows, bool& differ) {
  for (Row const row : rows)
    if (text_at(column, row) != text_at(column, rows.front())) {
      differ = true;
      return std::nullopt;
    }
  return rows.front();
}

void push_value(AnyColumn& to, AnyColumn const& from, std::optional<Row> row) {
  std::visit(
      [&](auto& column) {
        auto const& source = std::get<std::decay_t<decltype(column)>>(from);
        if (row)
          column.push(source.at(*row));
        else
          column.push(std::nullopt);
      },
      to);
}

AnyColumn empty_like(AnyColumn const& column) { return take(column, {}); }

Issue issue_of(Layer const& layer, std::string code, Severity severity, std::string text) {
  Issue out;
  out.layer = layer.name;
  out.stage = "join";
  out.code = std::move(code);
  out.severity = severity;
  out.text = std::move(text);
  return out;
}

/// Features without a row, and rows whose key no feature has, each once.
void tell_of_rest(Layer const& layer, AddedColumns const& asked, JoinReport const& report,
                  std::vector<std::string> const& strays, std::size_t rows, Issues& issues) {
  if (report.unmatched > 0)
    issues.add(issue_of(layer, "no_row", Severity::note,
                        fmt::format("{} of {} features have no row in '{}'; what it adds is unknown for them.",
                                    report.unmatched, layer.size(), asked.name)));
  if (strays.empty()) return;
  std::vector<std::string> shown(strays.begin(),
                                 strays.begin() + static_cast<std::ptrdiff_t>(std::min(most_examples, strays.size())));
  for (std::string& key : shown) key = "'" + key + "'";
  issues.add(issue_of(layer, "no_match", Severity::warning,
                      fmt::format("{} of {} rows of '{}' name a key that no feature has: {}{}", strays.size(), rows,
                                  asked.name, join(shown, ", "), strays.size() > shown.size() ? " …" : ".")));
}

}  // namespace

std::string join_key(std::string_view text) {
  std::string out(trim(text));
  constexpr std::size_t bis_number = 10;
  if (is_capakey(out)) out[bis_number] = '/';
  return out;
}

JoinReport join_shapes(Layer& table, std::string const& key, Layer const& shapes, std::string const& on,
                       Issues& issues) {
  AnyColumn const& mine = *table.attributes.find(key);
  AnyColumn const& theirs = *shapes.attributes.find(on);
  auto const rows_of = rows_by_key(shapes, theirs);
  JoinReport report;
  GeometryColumn joined;
  GeometryBuilder builder(joined);
  for (Row row = 0; row < table.size(); ++row) {
    std::string const wanted = key_at(mine, row);
    auto const found = rows_of.find(wanted);
    if (found != rows_of.end()) {
      ++report.matched;
      append_parts(builder, shapes.geometry, found->second);
      continue;
    }
    ++report.unmatched;
    builder.end_row(GeometryKind::null);
    Issue issue = issue_of(table, "no_match", Severity::warning,
                           wanted.empty() ? fmt::format("'{}' is blank; the row has no shape.", key)
                                          : fmt::format("No feature of layer '{}' has '{}' as its {}; the row has no "
                                                        "shape.",
                                                        shapes.name, wanted, on));
    issue.feature_id = table.id[row];
    issues.add(std::move(issue));
  }
  if (report.matched == 0)
    throw_no_match(fmt::format("Layer '{}', joined to layer '{}',", table.name, shapes.name), mine, theirs);
  table.geometry = std::move(joined);
  table.crs = shapes.crs;
  return report;
}

JoinReport add_columns(Layer& layer, Layer const& table, AddedColumns const& asked, Issues& issues) {
  AnyColumn const& mine = *layer.attributes.find(asked.on);
  AnyColumn const& theirs = *table.attributes.find(asked.key);
  auto const rows_of = rows_by_key(table, theirs);
  std::vector<AnyColumn const*> sources;
  std::vector<AnyColumn> added;
  for (std::string const& field : asked.fields) {
    if (layer.attributes.find(field) != nullptr)
      throw_error(ErrorKind::input, "Layer '{}' has '{}' already, so that '{}' cannot add it. Rename it in the table.",
                  layer.name, field, asked.name);
    sources.push_back(table.attributes.find(field));
    added.push_back(empty_like(*sources.back()));
  }
  JoinReport report;
  std::vector<std::uint8_t> used(table.size(), 0);
  for (Row row = 0; row < layer.size(); ++row) {
    auto const found = rows_of.find(key_at(mine, row));
    bool const matched = found != rows_of.end();
    ++(matched ? report.matched : report.unmatched);
    if (matched)
      for (Row const one : found->second) used[one] = 1;
    bool differ = false;
    for (std::size_t i = 0; i < added.size(); ++i)
      push_value(added[i], *sources[i], matched ? agreed_row(*sources[i], found->second, differ) : std::nullopt);
    if (differ)
      issues.add(prepare::issue_at(layer, row, "join", "several_rows", Severity::warning,
                                   fmt::format("{} rows of '{}' have this key and say different things; what they "
                                               "differ in is unknown.",
                                               found->second.size(), asked.name)));
  }
  if (report.matched == 0) throw_no_match(fmt::format("Layer '{}' in '{}'", layer.name, asked.name), mine, theirs);
  for (AnyColumn& column : added) layer.attributes.add(std::move(column));
  std::vector<std::string> strays;
  for (Row row = 0; row < table.size(); ++row)
    if (used[row] == 0) strays.push_back(key_at(theirs, row));
  tell_of_rest(layer, asked, report, strays, table.size(), issues);
  return report;
}

}  // namespace terrein
