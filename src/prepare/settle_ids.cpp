#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "prepare/steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein::prepare {
namespace {

constexpr std::size_t most_named = 5;  // ids in a message

/// Rows without an id, and rows that repeat the id of an earlier row.
struct Faults {
  std::vector<Row> without, repeats;
  [[nodiscard]] bool none() const { return without.empty() && repeats.empty(); }
};

/// Repeated ids have ranks one after the other, in the order of their rows.
Faults find_faults(Layer const& layer, std::vector<std::uint8_t> const& id_known) {
  Faults out;
  std::vector<Row> by_rank(layer.size());
  for (Row row = 0; row < layer.size(); ++row) {
    by_rank[layer.id_rank[row]] = row;
    if (id_known[row] == 0) out.without.push_back(row);
  }
  Row before = no_row;
  for (Row const row : by_rank) {
    if (id_known[row] == 0) continue;
    if (before != no_row && layer.id[before] == layer.id[row]) out.repeats.push_back(row);
    before = row;
  }
  std::sort(out.repeats.begin(), out.repeats.end());
  return out;
}

/// "'A', 'B', 'C' …": the first repeated ids, each once.
std::string first_ids(Layer const& layer, std::vector<Row> const& rows) {
  std::vector<std::string> names;
  std::unordered_set<std::string_view> seen;
  for (Row const row : rows)
    if (seen.insert(layer.id[row]).second && names.size() < most_named) names.push_back("'" + layer.id[row] + "'");
  return join(names, ", ") + (seen.size() > names.size() ? " …" : "");
}

/// "3, 7, 12 …": counted from 1, as tables show rows.
std::string first_rows(std::vector<Row> const& rows) {
  std::vector<std::string> names;
  for (Row const row : rows)
    if (names.size() < most_named) names.push_back(std::to_string(row + 1));
  return join(names, ", ") + (rows.size() > names.size() ? " …" : "");
}

[[noreturn]] void stop(Layer const& layer, Faults const& faults) {
  std::vector<std::string> what;
  if (!faults.repeats.empty())
    what.push_back(fmt::format("{} row(s) repeat an id of an earlier row: {}", faults.repeats.size(),
                               first_ids(layer, faults.repeats)));
  if (!faults.without.empty())
    what.push_back(fmt::format("{} row(s) have no id: row {}", faults.without.size(), first_rows(faults.without)));
  throw_error(ErrorKind::input,
              "Layer '{}': {}. Results are told apart by their ids. Name another id field in the study, or set "
              "duplicates to 'suffix', 'first' or 'quarantine'.",
              layer.name, join(what, "; "));
}

/// Ids that are given out, so that made-up ones never meet real ones.
class Names {
 public:
  explicit Names(Layer const& layer, std::vector<std::uint8_t> const& id_known) {
    for (Row row = 0; row < layer.size(); ++row)
      if (id_known[row] != 0) taken_.insert(layer.id[row]);
  }
  /// "id#2" for the second row with an id, "id#3" for the third, skipping what exists.
  std::string repeated(std::string const& id) {
    for (unsigned& number = ++count_.try_emplace(id, 1U).first->second;; ++number)
      if (auto const name = id + "#" + std::to_string(number); taken_.insert(name).second) return name;
  }
  /// "row:17" for a row without id.
  std::string missing(Row row) {
    std::string const name = "row:" + std::to_string(row + 1);
    return taken_.insert(name).second ? name : repeated(name);
  }

 private:
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, unsigned> count_;
};

/// One issue per fault, in row order; ids are changed on the way.
void rename(Layer& layer, std::vector<std::uint8_t> const& id_known, Faults const& faults, Duplicates policy,
            Issues& issues) {
  Names names(layer, id_known);
  bool const quarantine = policy == Duplicates::quarantine;
  Severity const severity = quarantine ? Severity::error : Severity::warning;
  std::string const consequence = quarantine ? "; its shape is not used" : "";
  auto without = faults.without.begin(), repeat = faults.repeats.begin();
  while (without != faults.without.end() || repeat != faults.repeats.end()) {
    bool const is_repeat = without == faults.without.end() || (repeat != faults.repeats.end() && *repeat < *without);
    Row const row = is_repeat ? *repeat++ : *without++;
    std::string const before = layer.id[row];
    if (is_repeat && policy == Duplicates::first) {
      issues.add(issue_at(layer, row, "id", "duplicate_id", severity,
                          fmt::format("Row {} repeats the id '{}' and is left out.", row + 1, before)));
      continue;
    }
    layer.id[row] = is_repeat ? names.repeated(before) : names.missing(row);
    std::string const text =
        is_repeat ? fmt::format("Row {} repeats the id '{}' and is called '{}'{}.", row + 1, before, layer.id[row],
                                consequence)
                  : fmt::format("Row {} has no id and is called '{}'{}.", row + 1, layer.id[row], consequence);
    issues.add(issue_at(layer, row, "id", is_repeat ? "duplicate_id" : "null_id", severity, text));
  }
}

void drop(Layer& layer, std::vector<Row> const& rows) {
  std::vector<Row> kept;
  auto next = rows.begin();
  for (Row row = 0; row < layer.size(); ++row) {
    if (next != rows.end() && *next == row)
      ++next;
    else
      kept.push_back(row);
  }
  layer = take(layer, kept);
}

}  // namespace

std::vector<Row> settle_ids(Layer& layer, std::vector<std::uint8_t> const& id_known, PrepareOptions const& options,
                            PrepareReport& report, Issues& issues) {
  if (layer.id.size() != layer.size() || id_known.size() != layer.size())
    throw_error(ErrorKind::internal, "Layer '{}' has {} rows, {} ids and {} marks of known ids.", layer.name,
                layer.size(), layer.id.size(), id_known.size());
  layer.id_rank = rank_ids(layer.id, options.workers);
  Faults const faults = find_faults(layer, id_known);
  // Where ids do not matter they only have to be different, and nobody needs to hear of it.
  Duplicates const policy = options.ids_matter ? options.duplicates : Duplicates::suffix;
  if (options.ids_matter) report.duplicate_ids = faults.repeats.size();
  if (!faults.none()) {
    if (policy == Duplicates::stop) stop(layer, faults);
    Issues unheard;
    rename(layer, id_known, faults, policy, options.ids_matter ? issues : unheard);
    if (policy == Duplicates::first) {
      drop(layer, faults.repeats);
      report.left_out = faults.repeats;
    }
    layer.id_rank = rank_ids(layer.id, options.workers);
  }
  if (policy != Duplicates::quarantine) return {};
  std::vector<Row> unusable;
  std::merge(faults.without.begin(), faults.without.end(), faults.repeats.begin(), faults.repeats.end(),
             std::back_inserter(unusable));
  return unusable;
}

}  // namespace terrein::prepare
