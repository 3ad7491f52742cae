#include "terrein/core/redact.hpp"

#include "support/catch.hpp"

using namespace terrein;

TEST_CASE("Connections to PostgreSQL are told from files and services") {
  for (char const* text : {"PG:service=x", "pg:dbname=x", "postgresql://h/x", "postgres://h/x", "PostgreSQL://h"})
    CHECK(is_database(text));
  for (char const* text : {"data/pg.gpkg", "WFS:https://h", "https://h", "", "P", "PGB"})
    CHECK_FALSE(is_database(text));
}

TEST_CASE("Passwords are hidden wherever they stand in a connection") {
  struct Case {
    std::string text, shown;
  };
  for (auto const& [text, shown] : {
           Case{"PG:host=h password=geheim dbname=d", "PG:host=h password=*** dbname=d"},
           Case{"PG:password=geheim", "PG:password=***"},
           Case{"PG:host=h PASSWORD = 'ge \\' heim' dbname=d", "PG:host=h PASSWORD = *** dbname=d"},
           Case{"PG:sslpassword=geheim user=u", "PG:sslpassword=*** user=u"},
           // libpq refuses this one; what was meant as the secret must not show
           Case{"PG:host=h password=ge heim dbname=d", "PG:host=h password=*** dbname=d"},
           Case{"PG:password='geheim dbname=d", "PG:password=***"},
           Case{"postgresql://jan:geheim@h:5432/d", "postgresql://jan:***@h:5432/d"},
           Case{"postgresql://jan:ge@he/im@h/d?sslmode=require", "postgresql://jan:***@h/d?sslmode=require"},
           Case{"postgresql://h/d?user=jan&password=geheim&sslmode=x",
                "postgresql://h/d?user=jan&password=***&sslmode=x"},
           Case{"https://jan:geheim@host/wfs", "https://jan:***@host/wfs"},
           // a port and a path, or a secret with a slash: it cannot be told which
           Case{"https://host:8080/a@b", "https://host:***@b"},
           // nothing to hide
           Case{"PG:service=terrein", "PG:service=terrein"},
           Case{"PG:passfile=/home/jan/.pgpass dbname=password", "PG:passfile=/home/jan/.pgpass dbname=password"},
           Case{"postgresql://jan@h:5432/d", "postgresql://jan@h:5432/d"},
           Case{"data/parcels.gpkg", "data/parcels.gpkg"},
       }) {
    INFO(text);
    CHECK(without_passwords(text) == shown);
    CHECK(without_passwords(shown) == shown);
  }
}

TEST_CASE("What is already hidden in a sentence leaves the sentence whole") {
  std::string const text = "Layer 'a' ('PG:dbname=d password=***') cannot be read: no rows.";
  CHECK(without_passwords(text) == text);
}

TEST_CASE("A secret that a server repeats is hidden in whatever form it comes") {
  CHECK(without_passwords_of("PG:password='a b\\'c'", "missing \"=\" after \"a b'c\" in info") ==
        "missing \"=\" after \"***\" in info");
  CHECK(without_passwords_of("postgresql://u:p%40ss@h/d", "failed for p@ss and p%40ss") == "failed for *** and ***");
  CHECK(without_passwords_of("PG:password=ab", "a table about") == "a table about");
}

TEST_CASE("A malformed connection text is told without its values") {
  CHECK(fault_of_connection("PG:service=x").empty());
  CHECK(fault_of_connection("PG:host = h  dbname='a b' port=1").empty());
  CHECK(fault_of_connection("postgresql://h/d").empty());
  CHECK(fault_of_connection("PG:") == "it names no database");
  // "PG:password=ge heim": 'h' is the 16th character
  CHECK(fault_of_connection("PG:password=ge heim") == "expected key=value at character 16");
  CHECK(fault_of_connection("PG:dbname='x") == "a quote is not closed at character 11");
}
