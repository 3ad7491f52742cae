#include "app/toml_text.hpp"

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
