#include "terrein/prepare/class_table.hpp"

#include <algorithm>
#include <unordered_map>

#include "terrein/core/plain_text.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The table with its keys as they are compared.
std::map<std::string, std::string> compared(std::map<std::string, std::string> const& keys, bool as_text) {
  if (!as_text) return keys;
  std::map<std::string, std::string> out;
  for (auto const& [key, name] : keys) out.emplace(plain_text(key), name);
  return out;
}

/// Codes such as "0100" lose their zeros where a source keeps them as numbers.
std::string padded(std::string text, std::size_t width) {
  auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < width && std::all_of(text.begin(), text.end(), is_digit)) text.insert(0, width - text.size(), '0');
  return text;
}

/// Looks single values up.
class Lookup {
 public:
  explicit Lookup(ClassTable const& table)
      : table_(table),
        values_(compared(table.values, table.as_text)),
        begins_(compared(table.begins, table.as_text)),
        ends_(compared(table.ends, table.as_text)),
        contains_(compared(table.contains, table.as_text)) {}

  /// The class of a value; nothing when nothing fits.
  [[nodiscard]] std::optional<std::string> find(std::string_view value) const {
    if (table_.identity) return std::string(value);
    std::string text = table_.as_text ? plain_text(value) : std::string(value);
    if (table_.strip_article) text = std::string(without_article(text));
    if (table_.pad > 0) text = padded(std::move(text), table_.pad);
    if (table_.digits > 0) text = text.substr(0, table_.digits);
    if (auto const it = values_.find(text); it != values_.end()) return it->second;
    auto const fits = [&text](auto const& keys, auto const& test) -> std::string const* {
      std::pair<std::string const, std::string> const* longest = nullptr;
      for (auto const& entry : keys)
        if (test(std::string_view(text), entry.first) &&
            (longest == nullptr || entry.first.size() > longest->first.size()))
          longest = &entry;
      return longest == nullptr ? nullptr : &longest->second;
    };
    if (auto const* name = fits(begins_, [](auto t, auto const& key) { return t.starts_with(key); })) return *name;
    if (auto const* name = fits(ends_, [](auto t, auto const& key) { return t.ends_with(key); })) return *name;
    if (auto const* name =
            fits(contains_, [](auto t, auto const& key) { return t.find(key) != std::string_view::npos; }))
      return *name;
    return std::nullopt;
  }

 private:
  ClassTable const& table_;
  std::map<std::string, std::string> values_, begins_, ends_, contains_;
};

/// What one whole value of the attribute comes to; computed once per distinct value.
struct Answer {
  std::optional<std::string> classes;  ///< null = not known
  std::vector<std::string> unlisted;
  bool mended = false;
};

Answer answer(ClassTable const& table, Lookup const& lookup, std::string const& value) {
  Answer out;
  auto const words = table.separator == '\0' ? std::vector<std::string>{value} : split(value, table.separator);
  std::vector<std::string> classes;
  for (std::string const& word : words) {
    std::string const one(trim(word));
    if (one.empty() || table.nulls.contains(one)) continue;
    out.mended = out.mended || (table.as_text && mended_encoding(one));
    if (auto found = lookup.find(one)) {
      classes.push_back(std::move(*found));
      continue;
    }
    out.unlisted.push_back(one);
    if (!table.otherwise.empty()) classes.push_back(table.otherwise);
  }
  if (classes.empty()) return out;
  if (!out.unlisted.empty() && table.otherwise.empty()) classes.emplace_back();
  out.classes = join(classes, std::string(1, table.separator));
  return out;
}

void merge_fallback(ClassMapping& own, ClassMapping other) {
  TextColumn merged(own.class_of.name);
  for (std::size_t row = 0; row < own.class_of.size(); ++row)
    merged.push(own.class_of.is_known(row) ? own.class_of.at(row) : other.class_of.at(row));
  // A value that nothing lists is no loss where the other attribute gave a class.
  auto const answered = [](TextColumn const& classes) {
    return [&classes](UnlistedValue const& value) {
      return std::all_of(value.examples.begin(), value.examples.end(),
                         [&classes](Row row) { return classes.is_known(row); });
    };
  };
  std::erase_if(own.unlisted, answered(other.class_of));
  std::erase_if(other.unlisted, answered(own.class_of));
  own.class_of = std::move(merged);
  own.unlisted.insert(own.unlisted.end(), other.unlisted.begin(), other.unlisted.end());
}

}  // namespace

ClassMapping map_classes(ClassTable const& table, Table const& attributes) {
  constexpr std::size_t most_examples = 5;
  ClassMapping out;
  out.class_of.name = "class";
  if (!table.all.empty()) {
    for (std::size_t row = 0; row < attributes.rows(); ++row) out.class_of.push(table.all);
    return out;
  }
  AnyColumn const& source = *attributes.find(table.field);
  Lookup const lookup(table);
  std::unordered_map<std::string, Answer> answers;
  std::map<std::string, UnlistedValue> unlisted;
  for (std::size_t row = 0; row < attributes.rows(); ++row) {
    auto const value = text_at(source, row);
    if (!value || trim(*value).empty()) {
      out.class_of.push(std::nullopt);
      continue;
    }
    auto const [it, is_new] = answers.try_emplace(*value);
    if (is_new) it->second = answer(table, lookup, *value);
    Answer const& found = it->second;
    for (std::string const& word : found.unlisted) {
      UnlistedValue& one = unlisted[word];
      ++one.count;
      if (one.examples.size() < most_examples) one.examples.push_back(static_cast<Row>(row));
    }
    if (found.mended && out.mended++ == 0) {
      out.mended_from = *value;
      out.mended_to = mended_encoding(*value).value_or(*value);
    }
    out.class_of.push(found.classes);
  }
  for (auto& [value, one] : unlisted) {
    one.field = name_of(source);
    one.value = value;
    out.unlisted.push_back(std::move(one));
  }
  if (!table.fallback.empty()) merge_fallback(out, map_classes(table.fallback.front(), attributes));
  return out;
}

}  // namespace terrein
