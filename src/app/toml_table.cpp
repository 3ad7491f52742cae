#include "toml_table.hpp"

#define TOML_HEADER_ONLY 1
// One of its assertions stands before the error message for the same fault: a wrong study must end in the message.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <sstream>

#include "terrein/core/error.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"
#include "toml_text.hpp"

namespace terrein {

void Problems::throw_if_any() const {
  if (!texts_.empty()) throw Error(ErrorKind::config, join(texts_, "\n"));
}

struct TomlFile::Impl {
  std::string name;
  toml::table root;
};

namespace {

void set_key(toml::table& root, std::string const& key, std::string const& value) {
  auto const path = split(key, '.');
  toml::table* table = &root;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (toml::node* next = table->get(path[i]); next == nullptr) table->insert(path[i], toml::table{});
    toml::node* next = table->get(path[i]);
    if (!next->is_table())
      throw_error(ErrorKind::config, "--set {}={}: '{}' holds a value, so it has no keys below it.", key,
                  without_passwords(value), path[i]);
    table = next->as_table();
  }
  try {
    toml::table const parsed = toml::parse("v = " + value);
    table->insert_or_assign(path.back(), *parsed.get("v"));
  } catch (toml::parse_error const&) {  // not TOML: the user means text without quotes
    table->insert_or_assign(path.back(), value);
  }
}

/// Hides passwords in every connection text and URL below a node.
void hide_passwords(toml::node& node) {
  if (toml::table* const table = node.as_table()) {
    for (auto&& [key, value] : *table) hide_passwords(value);
  } else if (toml::array* const array = node.as_array()) {
    for (toml::node& value : *array) hide_passwords(value);
  } else if (auto* const text = node.as_string()) {
    if (is_database(text->get()) || text->get().find("://") != std::string::npos)
      *text = without_passwords(text->get());
  }
}

/// Keys in the order of the file; those set on the command line come last.
std::vector<std::string> keys_in_order(toml::table const& table) {
  struct Found {
    std::uint64_t place;  // line and column
    std::string key;
  };
  std::vector<Found> found;
  for (auto const& [key, value] : table) {
    auto const at = key.source().begin;
    found.push_back(
        {at.line == 0 ? ~std::uint64_t{0} : std::uint64_t{at.line} << 32U | at.column, std::string(key.str())});
  }
  std::stable_sort(found.begin(), found.end(), [](Found const& a, Found const& b) { return a.place < b.place; });
  std::vector<std::string> out;
  for (Found& one : found) out.push_back(std::move(one.key));
  return out;
}

std::string value_text(toml::node const& node) {
  std::string out;
  if (auto const* text = node.as_string()) return toml_quoted(text->get());
  if (auto const* table = node.as_table()) {
    for (std::string const& key : keys_in_order(*table))
      out += (out.empty() ? "" : ", ") + toml_key(key) + " = " + value_text(*table->get(key));
    return "{" + out + "}";
  }
  if (auto const* array = node.as_array()) {
    for (toml::node const& one : *array) out += (out.empty() ? "" : ", ") + value_text(one);
    return "[" + out + "]";
  }
  if (auto const* number = node.as_floating_point(); number != nullptr && number->get() - number->get() == 0) {
    out = shortest(number->get());
    return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
  }
  std::ostringstream stream;
  node.visit([&stream](auto const& value) {
    if constexpr (toml::is_value<decltype(value)>) stream << value.get();
  });
  return node.is_boolean() ? (*node.value<bool>() ? "true" : "false") : stream.str();
}

/// A table as TOML text in the order of the file: layers, criteria and columns come in it.
void append_table(toml::table const& table, std::string const& name, std::string& out) {
  auto const keys = keys_in_order(table);
  for (std::string const& key : keys)
    if (toml::node const& node = *table.get(key); !node.is_table())
      out += toml_key(key) + " = " + value_text(node) + "\n";
  for (std::string const& key : keys)
    if (toml::node const& node = *table.get(key); node.is_table()) {
      std::string const inner = name.empty() ? toml_key(key) : name + "." + toml_key(key);
      out += "\n[" + inner + "]\n";
      append_table(*node.as_table(), inner, out);
    }
}

/// Adds the values below a table, which has `path`.
void add_values(toml::table const& table, std::vector<std::string>& path, std::vector<TomlValue>& out) {
  for (auto&& [key, node] : table) {
    path.emplace_back(key.str());
    if (toml::table const* const below = node.as_table()) {
      add_values(*below, path, out);
    } else {
      std::ostringstream json;
      node.visit([&json](auto const& value) { json << toml::json_formatter{value}; });
      out.push_back({path, json.str(), node.source().begin.line});
    }
    path.pop_back();
  }
}

toml::table const* as_table(void const* node) { return static_cast<toml::table const*>(node); }

/// "2026-01-31", a day that exists.
bool is_date(std::string const& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  auto const number = [&text](std::size_t at, std::size_t digits) {
    int value = 0;
    auto const [end, code] = std::from_chars(text.data() + at, text.data() + at + digits, value);
    return code == std::errc{} && end == text.data() + at + digits ? value : -1;
  };
  int const year = number(0, 4), month = number(5, 2), day = number(8, 2);
  return year > 0 && month > 0 && day > 0 &&
         std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

std::string type_name(toml::node const& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

std::string text_of(std::filesystem::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw_error(ErrorKind::config, "Study file '{}' cannot be opened. Give the path of a .toml file.", file.string());
  std::ostringstream text;
  text << stream.rdbuf();
  if (stream.bad() || std::filesystem::is_directory(file))
    throw_error(ErrorKind::config, "Study file '{}' cannot be read.", file.string());
  return text.str();
}

}  // namespace

TomlFile::TomlFile(std::filesystem::path const& file, std::vector<std::pair<std::string, std::string>> const& overrides)
    : TomlFile(text_of(file), file.string(), overrides) {}

TomlFile::TomlFile(std::string const& text, std::string const& name,
                   std::vector<std::pair<std::string, std::string>> const& overrides)
    : impl_(std::make_unique<Impl>()) {
  impl_->name = name;
  if (std::string const fault = fault_outside_quotes(text); !fault.empty())
    throw_error(ErrorKind::config, "{}:{}", name, fault);
  try {
    impl_->root = toml::parse(text, name);
  } catch (toml::parse_error const& error) {
    throw_error(ErrorKind::config, "{}:{}: not valid TOML: {}.", name, error.source().begin.line, error.description());
  }
  for (auto const& [key, value] : overrides) set_key(impl_->root, key, value);
}

TomlFile::~TomlFile() = default;

std::string TomlFile::settings() const {
  toml::table root = impl_->root;
  root.erase("variables");
  if (toml::table* output = root["output"].as_table())
    for (char const* key : {"file", "postgis", "postgis_schema"}) output->erase(key);
  hide_passwords(root);
  std::string out;
  append_table(root, "", out);
  return out;
}

std::string TomlFile::settings_below(std::string const& name) const {
  toml::table root = impl_->root;
  hide_passwords(root);
  std::string out = "\n[" + name + "]\n";
  append_table(root, name, out);
  return out;
}

std::vector<TomlValue> TomlFile::values() const {
  std::vector<TomlValue> out;
  std::vector<std::string> path;
  add_values(impl_->root, path, out);
  auto const place = [](TomlValue const& value) { return value.line - 1; };  // 0 becomes the largest
  std::stable_sort(out.begin(), out.end(), [&](TomlValue const& a, TomlValue const& b) { return place(a) < place(b); });
  return out;
}

TomlTable::TomlTable(TomlFile const& file, Problems& problems)
    : file_(&file),
      problems_(&problems),
      node_(&file.impl().root),
      asked_(std::make_shared<std::set<std::string, std::less<>>>()) {}

TomlTable::TomlTable(TomlTable const& parent, void const* node, std::string name)
    : file_(parent.file_),
      problems_(parent.problems_),
      node_(node),
      name_(std::move(name)),
      asked_(std::make_shared<std::set<std::string, std::less<>>>()) {}

void const* TomlTable::find(std::string_view key, std::initializer_list<char const*> types) {
  asked_->emplace(key);
  if (file_->asked() != nullptr)
    for (char const* type : types) file_->asked()->insert({name_, std::string(key), type});
  return node_ == nullptr ? nullptr : as_table(node_)->get(key);
}

bool TomlTable::has(std::string_view key) const { return node_ != nullptr && as_table(node_)->contains(key); }

bool TomlTable::has_table(std::string_view key) const { return has(key) && as_table(node_)->get(key)->is_table(); }

std::string TomlTable::place(std::string_view key) const {
  std::string dotted = name_;
  if (!key.empty()) dotted += (dotted.empty() ? "" : ".") + std::string(key);
  toml::node const* node = nullptr;
  if (node_ != nullptr) node = key.empty() || !has(key) ? as_table(node_) : as_table(node_)->get(key);
  auto const line = node == nullptr ? 0U : node->source().begin.line;
  if (line == 0) return file_->impl().name + ": " + dotted;  // set on the command line, or absent
  return file_->impl().name + ":" + std::to_string(line) + ": " + dotted;
}

void TomlTable::problem(std::string_view key, std::string const& text) { problems_->add(place(key) + ": " + text); }

std::optional<std::string> TomlTable::text(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"text"}));
  if (node == nullptr) return std::nullopt;
  if (auto const value = node->value_exact<std::string>()) return value;
  problem(key, "expected text in quotes, found " + type_name(*node) + ".");
  return std::nullopt;
}

std::string TomlTable::text_or(std::string_view key, std::string_view otherwise) {
  return text(key).value_or(std::string(otherwise));
}

std::optional<double> TomlTable::number(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"number"}));
  if (node == nullptr) return std::nullopt;
  if (node->is_number()) {
    double const value = *node->value<double>();
    bool const may_be_infinite = key == "compensation";  // -inf is the minimum
    if (value - value == 0 || may_be_infinite) return value;
    problem(key, "expected a finite number.");
    return std::nullopt;
  }
  problem(key, "expected a number, found " + type_name(*node) + ".");
  return std::nullopt;
}

std::optional<bool> TomlTable::boolean(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"boolean"}));
  if (node == nullptr) return std::nullopt;
  if (auto const value = node->value_exact<bool>()) return value;
  problem(key, "expected true or false, found " + type_name(*node) + ".");
  return std::nullopt;
}

std::optional<std::string> TomlTable::date(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"date"}));
  if (node == nullptr) return std::nullopt;
  if (auto const value = node->value_exact<toml::date>())
    return fmt::format("{:04}-{:02}-{:02}", int{value->year}, unsigned{value->month}, unsigned{value->day});
  if (auto const value = node->value_exact<std::string>(); value && is_date(*value)) return value;
  problem(key, "expected a date like 2026-01-31, found " + type_name(*node) + ".");
  return std::nullopt;
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"texts"}));
  std::vector<std::string> out;
  if (node == nullptr) return out;
  if (auto const one = node->value_exact<std::string>()) return {*one};
  if (auto const* list = node->as_array()) {
    for (toml::node const& item : *list) {
      if (auto const value = item.value_exact<std::string>())
        out.push_back(*value);
      else
        problem(key, "expected a list of texts, found " + type_name(item) + " in it.");
    }
    return out;
  }
  problem(key, "expected a list of texts, found " + type_name(*node) + ".");
  return out;
}

std::vector<double> TomlTable::numbers(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"numbers"}));
  std::vector<double> out;
  if (node == nullptr) return out;
  if (auto const* list = node->as_array()) {
    for (toml::node const& item : *list) {
      if (item.is_number())
        out.push_back(*item.value<double>());
      else
        problem(key, "expected a list of numbers, found " + type_name(item) + " in it.");
    }
    return out;
  }
  problem(key, "expected a list of numbers, found " + type_name(*node) + ".");
  return out;
}

TomlTable TomlTable::table(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"table"}));
  std::string name = name_ + (name_.empty() ? "" : ".") + std::string(key);
  if (node != nullptr && !node->is_table()) {
    problem(key, "expected a table, found " + type_name(*node) + ".");
    node = nullptr;
  }
  return {*this, node == nullptr ? nullptr : static_cast<void const*>(node->as_table()), std::move(name)};
}

std::vector<std::string> TomlTable::keys() const {
  return node_ == nullptr ? std::vector<std::string>{} : keys_in_order(*as_table(node_));
}

std::optional<std::string> TomlTable::any_text(std::string_view key) {
  auto const* node = static_cast<toml::node const*>(find(key, {"text", "number", "boolean"}));
  if (node == nullptr) return std::nullopt;
  if (auto const value = node->value_exact<std::string>()) return value;
  if (node->is_integer()) return std::to_string(*node->value<std::int64_t>());
  if (node->is_floating_point()) return shortest(*node->value<double>());
  if (node->is_boolean()) return *node->value<bool>() ? "true" : "false";
  problem(key, "expected text or a number, found " + type_name(*node) + ".");
  return std::nullopt;
}

void TomlTable::finish() {
  if (node_ == nullptr) return;
  std::vector<std::string> const known(asked_->begin(), asked_->end());
  for (std::string const& key : keys())
    if (asked_->find(key) == asked_->end()) problem(key, "unknown key." + suggestion(key, known, 40));
}

}  // namespace terrein
