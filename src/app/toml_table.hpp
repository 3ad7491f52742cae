#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace terrein {

/// Faults of a study file, collected so that the user sees all of them at once.
class Problems {
 public:
  void add(std::string text) { texts_.push_back(std::move(text)); }
  /// Throws `Error{config}` with one line per fault, if there is any.
  void throw_if_any() const;
  [[nodiscard]] std::vector<std::string> const& texts() const noexcept { return texts_; }

 private:
  std::vector<std::string> texts_;
};

/// A key that a reader asked a table for, and the type it takes there (as in datasets/study-keys.csv; empty = any).
struct AskedKey {
  std::string table;  ///< "layers.parcels.graph"; empty = the file itself
  std::string key, type;
  auto operator<=>(AskedKey const&) const = default;
};

/// A value of a file: every key that holds no table.
struct TomlValue {
  std::vector<std::string> path;  ///< of keys, from the root
  std::string json;               ///< the value as JSON; dates are texts
  std::size_t line = 0;           ///< 0 = set on the command line
};

/// A parsed TOML file with overrides applied; hides the parser from everything else.
class TomlFile {
 public:
  /// Throws `Error{config}` for a file that cannot be read or is no TOML. Overrides are "table.key=value"; the value is
  /// TOML if it reads as such, else text.
  TomlFile(std::filesystem::path const& file, std::vector<std::pair<std::string, std::string>> const& overrides);
  /// The same of a text; `name` stands in messages where the file would.
  TomlFile(std::string const& text, std::string const& name,
           std::vector<std::pair<std::string, std::string>> const& overrides);
  ~TomlFile();
  struct Impl;
  [[nodiscard]] Impl const& impl() const noexcept { return *impl_; }
  /// The whole file as TOML text that reads as the same study, without variables and the targets of [output]: where a
  /// result is put is no property of the result. Keys keep their order, values before tables. Passwords are hidden.
  [[nodiscard]] std::string settings() const;
  /// The same text with all tables below table `name`, after other tables of a file.
  [[nodiscard]] std::string settings_below(std::string const& name) const;
  /// All values, in the order of the file; those of the command line come last.
  [[nodiscard]] std::vector<TomlValue> values() const;
  /// From now on every key that a table of this file is asked for is added to `asked`.
  void log_asked(std::set<AskedKey>& asked) noexcept { asked_ = &asked; }
  [[nodiscard]] std::set<AskedKey>* asked() const noexcept { return asked_; }

 private:
  std::unique_ptr<Impl> impl_;
  std::set<AskedKey>* asked_ = nullptr;
};

/// One table of the file. Every key that is asked for counts as known; `finish` reports the others with a suggestion.
/// Values of the wrong type become problems and read as absent.
class TomlTable {
 public:
  TomlTable(TomlFile const& file, Problems& problems);  // the root
  TomlTable(TomlTable const&) = default;

  [[nodiscard]] bool exists() const noexcept { return node_ != nullptr; }
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] bool has_table(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view key);
  [[nodiscard]] std::string text_or(std::string_view key, std::string_view otherwise);
  [[nodiscard]] std::optional<double> number(std::string_view key);
  [[nodiscard]] std::optional<bool> boolean(std::string_view key);
  [[nodiscard]] std::optional<std::string> date(std::string_view key);  ///< ISO text, of a TOML date or of text
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);   ///< a list of texts, or one text
  [[nodiscard]] std::vector<double> numbers(std::string_view key);
  /// A table below this one; one that does not exist reads as empty.
  [[nodiscard]] TomlTable table(std::string_view key);
  /// Keys in the order of the file.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// Any scalar as text, for tables of free keys.
  [[nodiscard]] std::optional<std::string> any_text(std::string_view key);
  /// Counts a key as asked for, whatever its type.
  void expect(std::string_view key) { static_cast<void>(find(key, {""})); }
  /// Reports keys that nobody asked for.
  void finish();
  /// Adds a problem at a key of this table (or at the table itself for an empty key).
  void problem(std::string_view key, std::string const& text);
  /// "models.business_park"
  [[nodiscard]] std::string const& name() const noexcept { return name_; }

 private:
  TomlTable(TomlTable const& parent, void const* node, std::string name);
  [[nodiscard]] void const* find(std::string_view key, std::initializer_list<char const*> types);
  [[nodiscard]] std::string place(std::string_view key) const;
  TomlFile const* file_;
  Problems* problems_;
  void const* node_ = nullptr;
  std::string name_;
  std::shared_ptr<std::set<std::string, std::less<>>> asked_;
};

}  // namespace terrein
