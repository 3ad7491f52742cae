#include "terrein/io/xlsx.hpp"

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A layer with a text, a whole and a real column.
OutputLayer sample(std::string const& name) {
  OutputLayer out;
  out.name = name;
  TextColumn text("id");
  for (char const* one : {"=1+1", "a \"b\";\nc, é <&> \x01.", "0012"}) text.push(one);
  text.push(std::nullopt);
  text.push(" 𝄞 ");
  Column<std::int64_t> whole("n", 5);
  whole.set(0, -7);
  whole.set(1, 9007199254740993);  // 2^53 + 1: no double
  Column<double> real("x", 5);
  real.set(0, 0.1);
  real.set(1, 1e-7);
  real.set(2, 1.0 / 3);
  out.table.add(std::move(text));
  out.table.add(std::move(whole));
  out.table.add(std::move(real));
  out.fields["x"] = {"Afstand", "in m", ""};
  return out;
}

/// What openpyxl prints, or nothing after "SKIPPED: …".
std::optional<std::string> openpyxl(fs::path const& book, std::string const& program) {
  if (run("/usr/bin/python3 -c 'import openpyxl'").exit_code != 0) {
    std::cout << "SKIPPED: /usr/bin/python3 with openpyxl is not on this machine\n";
    return std::nullopt;
  }
  fs::path const script = book.parent_path() / "read.py";
  write_file(script, "import openpyxl, sys\nsys.stdout.reconfigure(encoding='utf-8')\nb = openpyxl.load_workbook('" +
                         book.string() + "')\n" + program);
  RunResult const result = run("/usr/bin/python3 " + script.string());
  INFO(result.err);
  CHECK(result.exit_code == 0);
  return result.out;
}

}  // namespace

TEST_CASE("openpyxl reads texts as texts and numbers as numbers") {
  TempDir const dir;
  OutputLayer const layer = sample("candidates");
  write_xlsx(dir.path() / "a.xlsx", {&layer});
  auto const said = openpyxl(dir.path() / "a.xlsx", R"(s = b['candidates']
print(b.sheetnames, s.freeze_panes, s.auto_filter.ref)
for row in s.iter_rows():
    print([c.value for c in row], [c.data_type for c in row])
print([c.value for c in b['legend'][4]])
print(s['A1'].font.b, s['A2'].font.b, s.column_dimensions['A'].width)
)");
  if (!said) return;
  CHECK(*said ==
        "['candidates', 'legend'] A2 A1:C6\n"
        "['id', 'n', 'x'] ['s', 's', 's']\n"
        "['=1+1', -7, 0.1] ['s', 'n', 'n']\n"
        "['a \"b\";\\nc, é <&> .', '9007199254740993', 1e-07] ['s', 's', 'n']\n"
        "['0012', None, 0.3333333333333333] ['s', 'n', 'n']\n"
        "[None, None, None] ['n', 'n', 'n']\n"
        "[' 𝄞 ', None, None] ['s', 'n', 'n']\n"
        "['candidates', 'x', 'Afstand', 'in m']\n"
        "True False 20.0\n");  // the second text has 18 characters with the one that is left out, and 2 of room
}

TEST_CASE("Sheet names are what spreadsheets accept, and differ") {
  TempDir const dir;
  OutputLayer const a = sample("a_very_long_name_of_a_layer_that_goes_on"),
                    b = sample("a_very_long_name_of_a_layer_that_ends"), c = sample("Legend"), d = sample("x[1]:*?/\\");
  write_xlsx(dir.path() / "a.xlsx", {&a, &b, &c, &d});
  auto const said = openpyxl(dir.path() / "a.xlsx", "print(b.sheetnames)\n");
  if (!said) return;
  CHECK(*said ==
        "['a_very_long_name_of_a_layer_tha', 'a_very_long_name_of_a_layer_t 2', 'Legend', 'x_1______', 'legend 2']\n");
}

TEST_CASE("A text longer than a cell holds ends in an ellipsis, counted as spreadsheets count") {
  TempDir const dir;
  OutputLayer layer;
  layer.name = "t";
  TextColumn text("t");
  std::string fits, over;
  for (int i = 0; i < 16383; ++i) fits += "𝄞";  // two units each: 32,766, and one more
  text.push(fits + "e");
  text.push(fits + "ee");
  layer.table.add(std::move(text));
  write_xlsx(dir.path() / "a.xlsx", {&layer});
  auto const said = openpyxl(dir.path() / "a.xlsx",
                             "for r in (2, 3):\n v = b['t'].cell(r, 1).value\n print(len(v.encode('utf-16-le')) // 2, "
                             "ascii(v[-1]))\n");
  if (!said) return;
  CHECK(*said == "32767 'e'\n32767 '\\u2026'\n");
}

TEST_CASE("The same tables give the same workbook, and an empty table a sheet with its header") {
  TempDir const dir;
  OutputLayer const layer = sample("a");
  OutputLayer empty;
  empty.name = "empty";
  empty.table.add(TextColumn("id"));
  write_xlsx(dir.path() / "a.xlsx", {&layer, &empty});
  write_xlsx(dir.path() / "b.xlsx", {&layer, &empty});
  CHECK(read_file(dir.path() / "a.xlsx") == read_file(dir.path() / "b.xlsx"));
  auto const said = openpyxl(dir.path() / "a.xlsx", "print([[c.value for c in r] for r in b['empty'].iter_rows()])\n");
  if (said) CHECK(*said == "[['id']]\n");
}

TEST_CASE("A table with more rows than a sheet holds is refused before anything is written") {
  TempDir const dir;
  OutputLayer layer;
  layer.name = "parcels";
  layer.table.add(Column<double>("x", 1048576));  // and a header
  Thrown const thrown = error_of([&] { write_xlsx(dir.path() / "a.xlsx", {&layer}); });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, "'parcels' does not fit"));
  CHECK(has_text(thrown.text, "1048577 rows"));
  CHECK_FALSE(fs::exists(dir.path() / "a.xlsx"));
  OutputLayer most;
  most.name = "parcels";
  most.table.add(Column<double>("x", 1048575));
  CHECK_NOTHROW(check_xlsx({&most}));
}
