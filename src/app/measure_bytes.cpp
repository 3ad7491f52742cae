#include "measure_bytes.hpp"

#include <algorithm>
#include <cstring>

#include "terrein/core/hash.hpp"

namespace terrein {
namespace {

constexpr std::string_view form = "terrein measure 1\n";
constexpr std::size_t hash_size = 64;

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void number(std::uint64_t value) { out_.append(reinterpret_cast<char const*>(&value), sizeof value); }
  void text(std::string_view value) {
    number(value.size());
    out_.append(value);
  }
  template <class T>
  void numbers(std::vector<T> const& values) {
    number(values.size());
    out_.append(reinterpret_cast<char const*>(values.data()), values.size() * sizeof(T));
  }
  void column(Column<double> const& column) {
    text(column.name);
    bool const any =
        std::any_of(column.known.begin(), column.known.end(), [](std::uint8_t known) { return known != 0; }) ||
        std::any_of(column.values.begin(), column.values.end(), [](double value) { return value != 0; });
    number(any ? 1 : 0);  // bounds are often all absent
    if (!any) return number(column.size());
    numbers(column.values);
    numbers(column.known);
  }

 private:
  std::string& out_;
};

/// Gives zeros and empty texts from the first byte on that is not there.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  std::uint64_t number() {
    std::uint64_t out = 0;
    std::string_view const bytes = take(sizeof out);
    if (good_) std::memcpy(&out, bytes.data(), sizeof out);
    return out;
  }
  std::string text() { return std::string(take(number())); }
  template <class T>
  std::vector<T> numbers() {
    std::uint64_t const size = number();
    std::string_view const bytes = size > rest_.size() ? fail() : take(size * sizeof(T));
    std::vector<T> out(bytes.size() / sizeof(T));
    if (!out.empty()) std::memcpy(out.data(), bytes.data(), bytes.size());
    return out;
  }
  Column<double> column(std::size_t rows) {
    std::string name = text();
    if (number() == 0) {
      std::uint64_t const size = number();
      if (size != rows && size != 0) fail();
      return {std::move(name), good_ ? size : 0};
    }
    Column<double> out;
    out.name = std::move(name);
    out.values = numbers<double>();
    out.known = numbers<std::uint8_t>();
    if (out.values.size() != out.known.size()) fail();
    return out;
  }

 private:
  std::string_view fail() {
    good_ = false;
    rest_ = {};
    return {};
  }
  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) return fail();
    std::string_view const out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }

  std::string_view rest_;
  bool good_ = true;
};

void write_texts(Writer& to, TextColumn const& texts) {
  to.text(texts.name);
  to.number(texts.words().size());
  for (std::string const& word : texts.words()) to.text(word);
  std::vector<std::uint32_t> codes;
  for (std::size_t row = 0; row < texts.size(); ++row) codes.push_back(texts.code(row));
  to.numbers(codes);
}

std::optional<TextColumn> read_texts(Reader& from) {
  TextColumn out(from.text());
  std::vector<std::string> words;
  for (std::uint64_t left = from.number(); left > 0 && from.good(); --left) words.push_back(from.text());
  std::vector<std::uint32_t> const codes = from.numbers<std::uint32_t>();
  out.reserve(codes.size());
  for (std::uint32_t const code : codes) {
    if (code != TextColumn::null_code && code >= words.size()) return std::nullopt;
    out.push(code == TextColumn::null_code ? std::nullopt : std::optional<std::string_view>(words[code]));
  }
  return out;
}

}  // namespace

std::string to_bytes(std::string_view key, Measure const& measure) {
  std::string out(form);
  Writer to(out);
  to.text(key);
  to.number(measure.size());
  to.text(measure.key);
  to.text(measure.unit);
  to.number(measure.is_class ? 1 : 0);
  to.number(static_cast<unsigned char>(measure.separator));
  to.column(measure.value);
  to.column(measure.low.column());
  to.column(measure.high.column());
  write_texts(to, measure.text);
  to.numbers(measure.by);
  to.text(measure.by_layer);
  to.text(measure.why_unknown.en);
  to.text(measure.why_unknown.nl);
  return out + sha256(out);
}

std::optional<Measure> measure_of_bytes(std::string_view key, std::string_view bytes) {
  if (bytes.size() < form.size() + hash_size || bytes.substr(0, form.size()) != form) return std::nullopt;
  std::string_view const content = bytes.substr(0, bytes.size() - hash_size);
  if (sha256(content) != bytes.substr(content.size())) return std::nullopt;
  Reader from(content.substr(form.size()));
  if (from.text() != key) return std::nullopt;
  Measure out;
  std::uint64_t const rows = from.number();
  out.key = from.text();
  out.unit = from.text();
  out.is_class = from.number() != 0;
  out.separator = static_cast<char>(from.number());
  out.value = from.column(rows);
  out.low = BoundColumn(from.column(rows));
  out.high = BoundColumn(from.column(rows));
  auto texts = read_texts(from);
  if (!texts) return std::nullopt;
  out.text = std::move(*texts);
  out.by = from.numbers<Row>();
  out.by_layer = from.text();
  out.why_unknown.en = from.text();
  out.why_unknown.nl = from.text();
  if (!from.good() || !from.at_end() || out.size() != rows || out.by.size() != rows) return std::nullopt;
  return out;
}

}  // namespace terrein
