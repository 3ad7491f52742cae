#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "terrein/core/table.hpp"

namespace terrein {

/// How the values of an attribute become classes of terrein's vocabulary. Values are looked up exactly first, then by
/// how they begin, end, and what they contain (the longest text of each that fits); what nothing fits is `otherwise`,
/// or asked of `fallback`, or unknown.
struct ClassTable {
  std::string field;                          ///< attribute; empty = the layer has no classes
  char separator = '\0';                      ///< a row may have several values; 0 = one
  bool identity = false;                      ///< values are classes already
  std::map<std::string, std::string> values;  ///< whole value, class
  std::map<std::string, std::string> begins, ends, contains;
  std::set<std::string> nulls;       ///< codes for "not known"
  std::string otherwise;             ///< class of values that nothing fits; empty = unknown
  bool as_text = false;              ///< values and keys are compared as `plain_text`
  bool strip_article = false;        ///< "art. 5: woongebied" counts as "woongebied" (with `as_text`)
  std::size_t pad = 0;               ///< whole numbers get zeros in front up to so many digits: 100 counts as "0100"
  std::size_t digits = 0;            ///< only so many first characters of the value count; 0 = all
  std::string all;                   ///< class of every row, whatever its value: the layer as a whole is one class
  std::vector<ClassTable> fallback;  ///< at most one: another attribute, for rows without a class so far

  [[nodiscard]] bool exists() const noexcept { return !field.empty() || !all.empty(); }
};

/// A value that the table does not list.
struct UnlistedValue {
  std::string field, value;
  std::size_t count = 0;
  std::vector<Row> examples;  ///< the first rows that have it, at most five
};

struct ClassMapping {
  TextColumn class_of;  ///< null = not known. Of several classes those that are listed are kept, with an
                        ///< empty word for the rest ("rail;")
  std::vector<UnlistedValue> unlisted;  ///< by field and value; with `otherwise` they have that class
  std::size_t mended = 0;               ///< rows whose text was encoded twice and put right to be compared
  std::string mended_from, mended_to;   ///< the first of them
};

/// Classes of all rows. Null and blank values, and those in `nulls`, are not known. Precondition: the table has the
/// fields.
[[nodiscard]] ClassMapping map_classes(ClassTable const& table, Table const& attributes);

}  // namespace terrein
