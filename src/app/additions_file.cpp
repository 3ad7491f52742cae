// The table of local knowledge as it lies in a file.
#include <algorithm>
#include <filesystem>

#include "additions.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/describe.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {
namespace {

constexpr char const* form_name = "additions";

/// The layer that is meant; nothing when it has no rows.
std::optional<SourceLayer> layer_to_read(SourceDescription const& source, std::string const& wanted) {
  std::string const name = wanted.empty() ? form_name : wanted;
  for (SourceLayer const& layer : source.layers)
    if (lower(layer.name) == lower(name)) return layer;
  return wanted.empty() && source.layers.size() == 1 ? std::optional(source.layers.front()) : std::nullopt;
}

std::optional<std::string> cell(Table const& table, char const* column, std::size_t row) {
  AnyColumn const* values = table.find(column);
  auto text = values == nullptr ? std::nullopt : text_at(*values, row);
  if (!text || trim(*text).empty()) return std::nullopt;
  return std::string(trim(*text));
}

bool is_filled(Addition const& one) { return one.value || one.low || one.high || one.source || one.by || one.date; }

std::vector<Addition> rows_of(Table const& table) {
  std::vector<Addition> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Addition one;
    one.id = cell(table, "id", row).value_or("");
    one.field = cell(table, "field", row).value_or("");
    one.value = cell(table, "value", row);
    one.low = cell(table, "low", row);
    one.high = cell(table, "high", row);
    one.source = cell(table, "source", row);
    one.by = cell(table, "by", row);
    one.date = cell(table, "date", row);
    if (is_filled(one)) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

FilledRows read_filled_rows(std::string const& path, std::string const& written, std::string const& layer) {
  SourceDescription const source = describe_source(path, written, form_name);
  FilledRows out;
  auto const found = layer_to_read(source, layer);
  ReadOptions options;
  options.name = form_name;
  options.path = path;
  options.written = written;
  options.layer = found ? found->name : layer;
  options.shapes = false;
  options.all_fields = true;
  options.fields = {"id", "field"};
  if (found && found->rows == 0) {  // an empty form is no fault
    out.driver = source.driver;
    out.source_layer = found->name;
    return out;
  }
  Issues ignored;  // of shapes and coordinates, which a form has not
  ReadResult read = read_layer(options, ignored);
  out.rows = rows_of(read.layer.attributes);
  out.sha256 = std::move(read.sha256);
  out.driver = std::move(read.driver);
  out.source_layer = std::move(read.source_layer);
  out.rows_read = read.rows_read;
  return out;
}

bool reads_own_form(Study const& study) {
  if (study.additions.path.empty()) return false;
  std::error_code absent;
  return std::filesystem::equivalent(study.additions.path, study.output.file, absent) &&
         (study.additions.layer.empty() || lower(study.additions.layer) == form_name);
}

void check_filled_form(Study const& study) {
  std::string const target = study.output.file.string();
  if (!std::filesystem::exists(study.output.file) || reads_own_form(study)) return;
  std::size_t filled = 0;
  try {
    auto const layers = describe_source(target, target, form_name).layers;
    auto const is_form = [](SourceLayer const& layer) { return layer.name == form_name; };
    if (std::any_of(layers.begin(), layers.end(), is_form))
      filled = read_filled_rows(target, target, form_name).rows.size();
  } catch (Error const& error) {
    throw_error(ErrorKind::output,
                "'{}' would be replaced, but cannot be read to see whether people filled in its form: {} Move it away, "
                "or choose another name for the result.",
                target, error.what());
  }
  if (filled > 0)
    throw_error(ErrorKind::output,
                "'{}' holds {} rows that people filled in (table additions), which a new result would replace. Copy "
                "the file to keep them, or name it in the study: [additions] source = \"{}\".",
                target, filled, study.output.file.filename().string());
}

}  // namespace terrein
