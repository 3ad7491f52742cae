// Thousands of damaged sources: none crashes, hangs, eats the memory, or is read as if rows had never been there.
#include <algorithm>
#include <iostream>
#include <random>

#include "io_fixtures.hpp"
#include "support/child.hpp"
#include "support/sanitized.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A small source of `mutated_rows` rows, and which of its files is damaged.
struct Victim {
  std::string name;                               ///< "shapefile .dbf"
  std::function<fs::path(fs::path const&)> make;  ///< writes the source in a folder, gives the path to read
  std::string file;                               ///< the file that is damaged
};

constexpr std::size_t mutated_rows = 40;

/// One damaged form of a file.
struct Mutation {
  std::string what;  ///< "cut at byte 312", "bit 5 of byte 40 flipped"
  std::string bytes;
  bool cut;
};

/// What reading the damaged sources came to.
struct MutationCounts {
  std::size_t mutations = 0, refused = 0, whole = 0, with_issues = 0, faults = 0;
  std::size_t not_to_be_told = 0;  ///< CSV files cut between two rows: they look whole
};

std::string square_at(std::size_t row) {
  std::string const x0 = std::to_string(104800 + 20 * row), x1 = std::to_string(104810 + 20 * row);
  return "POLYGON ((" + x0 + " 193700," + x1 + " 193700," + x1 + " 193710.25," + x0 + " 193710.25," + x0 + " 193700))";
}

std::vector<SourceRow> rows() {
  std::vector<SourceRow> out;
  for (std::size_t row = 0; row < mutated_rows; ++row)
    out.push_back(
        {square_at(row), {"P" + std::to_string(row), "café " + std::to_string(row % 3), std::to_string(row)}});
  return out;
}

fs::path with_driver(fs::path const& path, char const* driver) {
  make_source(path, driver, "zones", 31370, {{"code", OFTString}, {"use", OFTString}, {"n", OFTInteger}}, rows());
  return path;
}

fs::path csv(fs::path const& folder) {
  std::string text = "code,use,n,WKT\n";
  for (SourceRow const& row : rows())
    text += row.values[0] + "," + row.values[1] + "," + row.values[2] + ",\"" + row.wkt + "\"\n";
  write_file(folder / "zones.csv", text);
  return folder / "zones.csv";
}

fs::path zipped(fs::path const& folder) {
  TempDir const inside;
  with_driver(inside.path() / "zones.shp", "ESRI Shapefile");
  fs::path const archive = folder / "zones.zip";
  void* const zip = CPLCreateZip(archive.c_str(), nullptr);
  REQUIRE(zip != nullptr);
  for (char const* extension : {".shp", ".shx", ".dbf", ".prj", ".cpg"}) {
    std::string const bytes = read_file(inside.path() / ("zones" + std::string(extension)));
    REQUIRE(CPLCreateFileInZip(zip, ("zones" + std::string(extension)).c_str(), nullptr) == CE_None);
    REQUIRE(CPLWriteFileInZip(zip, bytes.data(), static_cast<int>(bytes.size())) == CE_None);
    REQUIRE(CPLCloseFileInZip(zip) == CE_None);
  }
  REQUIRE(CPLCloseZip(zip) == CE_None);
  return archive;
}

Victim driver_victim(std::string const& name, std::string const& file, char const* driver) {
  return {name, [=](fs::path const& folder) { return with_driver(folder / file, driver); }, file};
}

/// The coordinate system and everything of the rows, in one text.
std::string digest(Layer const& layer) {
  std::string text = layer.crs.wkt;
  for (Row row = 0; row < layer.size(); ++row) {
    text += layer.id[row] + "|";
    for (AnyColumn const& column : layer.attributes.columns()) text += text_at(column, row).value_or("NULL") + "|";
    auto const wkb = to_wkb(layer.geometry, row);
    text.append(wkb.begin(), wkb.end());
  }
  return sha256(text);
}

/// "refused: …" or "rows issues digest", as the child says it.
std::string read_once(fs::path const& path) {
  ReadOptions options = options_for(path);
  options.all_fields = true;
  if (path.extension() == ".csv") options.crs = "EPSG:31370";
  try {
    Issues issues;
    ReadResult const result = read_layer(options, issues);
    return std::to_string(result.layer.size()) + " " + std::to_string(issues.size()) + " " + digest(result.layer);
  } catch (Error const& error) {
    return std::string("refused: ") + error.what();
  }
}

/// A CSV file says nowhere how many rows it has.
bool looks_whole(Victim const& victim, std::string const& bytes, Mutation const& mutation) {
  std::size_t const end = mutation.bytes.size();
  return victim.name == "CSV" && mutation.cut && (bytes[end] == '\n' || mutation.bytes.ends_with('\n'));
}

/// In a CSV file only its last quote and its line end keep a row from its neighbour: without one of them two rows are
/// one, which must be told.
bool may_join_two_rows(Victim const& victim, std::string const& bytes, Mutation const& mutation) {
  if (victim.name != "CSV" || mutation.cut) return false;
  auto const lost = [&](char mark) {
    return std::ranges::count(mutation.bytes, mark) < std::ranges::count(bytes, mark);
  };
  return lost('\n') || lost('"');
}

/// Why an answer is not acceptable; empty when it is. `fewest` rows must have been read at least.
std::string fault_of(std::string const& answer, std::string const& whole, std::size_t fewest, bool cut,
                     MutationCounts& counts) {
  if (answer.starts_with("refused: ")) {
    ++counts.refused;
    return answer.find("'zones.") == std::string::npos ? "the refusal does not name the file" : "";
  }
  std::vector<std::string> const said = split(answer, ' '), expected = split(whole, ' ');
  if (said.size() != 3) return "no answer";
  bool const told = said[1] != expected[1];
  bool const joined = said[0] == std::to_string(fewest) && fewest < mutated_rows;
  if (said[0] != expected[0] && !joined) return "rows were lost or made up";
  if (joined && !told) return "two rows became one, and no word about it";
  if (cut && !told && said[2] != expected[2]) return "other values, and no word about it";
  ++(told ? counts.with_issues : counts.whole);
  return "";
}

std::vector<Victim> victims() {
  std::vector<Victim> out{driver_victim("GeoPackage", "zones.gpkg", "GPKG"),
                          driver_victim("FlatGeobuf", "zones.fgb", "FlatGeobuf"),
                          driver_victim("GeoJSON", "zones.geojson", "GeoJSON"),
                          driver_victim("GML", "zones.gml", "GML"),
                          driver_victim("KML", "zones.kml", "KML"),
                          driver_victim("SQLite", "zones.sqlite", "SQLite"),
                          driver_victim("MapInfo .mif", "zones.mif", "MapInfo File"),
                          {"CSV", csv, "zones.csv"},
                          {"archive", zipped, "zones.zip"}};
  for (char const* extension : {".tab", ".map", ".dat", ".id"}) {
    out.push_back(driver_victim(std::string("MapInfo ") + extension, "zones.tab", "MapInfo File"));
    out.back().file = "zones" + std::string(extension);
  }
  for (char const* extension : {".shp", ".shx", ".dbf", ".prj", ".cpg"}) {
    out.push_back(driver_victim(std::string("shapefile ") + extension, "zones.shp", "ESRI Shapefile"));
    out.back().file = "zones" + std::string(extension);
  }
  return out;
}

/// Cuts spread over the file, and flips at places that only the seed decides.
std::vector<Mutation> mutations(std::string const& bytes, std::size_t cuts, std::size_t flips, std::uint64_t seed) {
  std::mt19937_64 random(seed);  // its numbers are laid down by the standard; distributions are not
  std::vector<Mutation> out;
  for (std::size_t i = 0; i < cuts; ++i) {
    // Every second cut in the last tenth, where losses are smallest.
    std::size_t const from = i % 2 == 0 ? 0 : bytes.size() - bytes.size() / 10;
    std::size_t const at = bytes.empty() ? 0 : from + random() % (bytes.size() - from);
    out.push_back({"cut at byte " + std::to_string(at), bytes.substr(0, at), true});
  }
  for (std::size_t i = 0; i < flips && !bytes.empty(); ++i) {
    std::string damaged = bytes;
    // Every third in the header, where counts, sizes and types stand.
    std::size_t const within = i % 3 == 0 ? std::min<std::size_t>(bytes.size(), 200) : bytes.size();
    std::size_t const at = random() % within, bit = random() % 8;
    damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1U << bit));
    out.push_back({"bit " + std::to_string(bit) + " of byte " + std::to_string(at) + " flipped", damaged, false});
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, MutationCounts const& counts) {
  out << counts.mutations << " mutations: " << counts.refused << " refused, " << counts.whole << " read whole, "
      << counts.with_issues << " read with issues, " << counts.faults << " faults";
  if (counts.not_to_be_told > 0) out << ", " << counts.not_to_be_told << " cut between rows";
  return out;
}

/// Reads all damaged forms, each in a process of its own, and checks that each is refused in words or read with all
/// its rows; a cut file must moreover give every value, or an issue.
MutationCounts read_mutations(std::size_t cuts, std::size_t flips, std::uint64_t seed) {
  MutationCounts total;
  for (Victim const& victim : victims()) {
    TempDir const dir;
    fs::path const path = victim.make(dir.path()), damaged = dir.path() / victim.file;
    std::string const bytes = read_file(damaged), whole = read_once(path);
    INFO(victim.name << ": " << whole);
    REQUIRE(whole.starts_with(std::to_string(mutated_rows) + " "));
    MutationCounts counts;
    for (Mutation const& mutation : mutations(bytes, cuts, flips, seed)) {
      write_file(damaged, mutation.bytes);
      ChildResult const result = in_child([&] { return read_once(path); }, {5, 1024});
      ++counts.mutations;
      if (looks_whole(victim, bytes, mutation)) {
        ++counts.not_to_be_told;
        CHECK(result.fault == "");
        continue;
      }
      std::size_t const fewest = mutated_rows - (may_join_two_rows(victim, bytes, mutation) ? 1 : 0);
      std::string const fault =
          result.fault.empty() ? fault_of(result.text, whole, fewest, mutation.cut, counts) : result.fault;
      if (fault.empty()) continue;
      ++counts.faults;
      FAIL_CHECK(victim.name << ", " << mutation.what << ": " << fault << "\n" << result.text);
    }
    std::cout << victim.name << ": " << counts << '\n';
    total.mutations += counts.mutations;
    total.refused += counts.refused;
    total.whole += counts.whole;
    total.with_issues += counts.with_issues;
    total.faults += counts.faults;
    total.not_to_be_told += counts.not_to_be_told;
  }
  std::cout << "all: " << total << '\n';
  return total;
}

}  // namespace

TEST_CASE("Hundreds of damaged sources are refused in words, or read with all their rows") {
#if defined(TERREIN_SANITIZED)  // a child takes a hundred times as long
  MutationCounts const counts = read_mutations(2, 5, 1);
  CHECK(counts.mutations > 100);
  CHECK(counts.refused > 20);
  CHECK(counts.whole > 20);
#else
  MutationCounts const counts = read_mutations(8, 20, 1);
  CHECK(counts.mutations > 400);
  CHECK(counts.refused > 100);
  CHECK(counts.whole > 100);
#endif
}

TEST_CASE("Thousands of damaged sources are refused in words, or read with all their rows", "[.][slow]") {
  MutationCounts const counts = read_mutations(100, 300, 2);
  CHECK(counts.mutations > 4000);
}
