#include "app/toml_text.hpp"

#include "app/toml_table.hpp"
#include "support/catch.hpp"

using terrein::fault_outside_quotes;

TEST_CASE("characters outside ASCII belong between quotes") {
  CHECK(fault_outside_quotes("a = \"é\" # é\nb = 'ï'\n\"ü\" = \"\"\"\né\"\"\"\"\nc = 1").empty());
  CHECK(fault_outside_quotes("\xef\xbb\xbf"
                             "a = 1")
            .empty());
  CHECK(fault_outside_quotes("a = 1\nb = “x”").starts_with("2: '“' stands outside quotes"));
  CHECK(fault_outside_quotes("é = 1").starts_with("1: 'é'"));
  CHECK(fault_outside_quotes("a = \"\\\"é\"\nb = é").starts_with("2: 'é'"));
  CHECK(fault_outside_quotes("a = '\\' # é\nb = ñ").starts_with("2: 'ñ'"));
  CHECK(fault_outside_quotes("a = 1\nb = 0\"é\"").starts_with("2: a quoted text begins within a word"));
  CHECK(fault_outside_quotes("a = \"x\"'é'").starts_with("1: a quoted text begins within a word"));
  CHECK(fault_outside_quotes("a.\"é\" = {\"ü\"=['ï','é'],\"ç\"='ñ'}\n[t.'é']\n\"é\".b=''").empty());
  CHECK(fault_outside_quotes("a = \"open\nb = é").empty());  // the missing quote is the fault to tell
}

TEST_CASE("settings read again as the same file, in its order, without variables and targets") {
  std::string const text = R"([zon]
title = "één \"x\" \\ \u0001"
n = [1, 2.5, 1e300, -0.1, 3.0]
day = 2026-01-31
yes = true
inline = { b = 1, a = ["x", "y"] }
[layers.water]
source = "w.gpkg"
[layers.aarde.classes]
"a b" = "c.d"
1 = "built"
[layers.aarde]
source = "a.gpkg"
[variables]
v = 1
[output]
file = "r.gpkg"
postgis = "PG:service=x"
layer = "l"
)";
  terrein::TomlFile const file(text, "t", {{"layers.zee.source", "z.gpkg"}, {"zon.n", "7"}});
  std::string const settings = file.settings();
  CHECK(settings ==
        "\n[zon]\ntitle = \"één \\\"x\\\" \\\\ \\u0001\"\nn = 7\nday = 2026-01-31\nyes = true\n\n[zon.inline]\n"
        "b = 1\na = [\"x\", \"y\"]\n\n[layers]\n\n[layers.water]\nsource = \"w.gpkg\"\n\n[layers.aarde]\n"
        "source = \"a.gpkg\"\n\n[layers.aarde.classes]\n\"a b\" = \"c.d\"\n1 = \"built\"\n\n[layers.zee]\n"
        "source = \"z.gpkg\"\n\n[output]\nlayer = \"l\"\n");
  CHECK(terrein::TomlFile(settings, "t", {}).settings() == settings);
  CHECK(terrein::TomlFile("n = [1, 2.5, 1e300, -0.1, 3.0]", "t", {}).settings() == "n = [1, 2.5, 1e+300, -0.1, 3.0]\n");
}
