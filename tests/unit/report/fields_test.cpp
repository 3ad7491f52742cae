#include "terrein/report/fields.hpp"

#include <set>

#include "sample.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("the models of a result are found in its columns") {
  CHECK(models_of(result_table(1, {"business_park", "brownfield"})) ==
        std::vector<std::string>{"business_park", "brownfield"});
  CHECK(models_of(result_table(1, {})).empty());
}

TEST_CASE("columns get Dutch words from the parts of their names") {
  Table const table = result_table(1, {"business_park", "brownfield"});
  Labels const labels = dutch();
  CHECK(column_label(table, "id", labels) == "Kenmerk");
  CHECK(column_label(table, "val_flood_share", labels) == "Aandeel overstromingsgevoelig");
  CHECK(column_label(table, "by_flood_share", labels) == "Aandeel overstromingsgevoelig: bepaald door");
  CHECK(column_label(table, "rule_hag", labels) == "Regel: Herbevestigd agrarisch gebied");
  CHECK(column_label(table, "m_hag", labels) == "Herbevestigd agrarisch gebied: marge tot de drempel");
  CHECK(column_label(table, "business_park_rank", labels) == "Nieuw bedrijventerrein: rang");
  CHECK(column_label(table, "brownfield_v_flood_share", labels) == "Brownfield: waarde aandeel overstromingsgevoelig");
  CHECK(column_label(table, "my_own_column", labels) == "My own column");
  CHECK(column_label(table, "business_park_rank", english()) == "New business park: rank");
}

TEST_CASE("with one model its columns carry no model name") {
  Table const table = result_table(1, {"brownfield"});
  CHECK(column_label(table, "brownfield_score", dutch()) == "Score (0–100)");
}

TEST_CASE("the longest model name wins when one begins with another") {
  Table table(1);
  for (std::string const model : {"park", "park_small"}) {
    add_text(table, model + "_outcome", {"voldoet"});
    add_numbers(table, model + "_score", {1});
  }
  CHECK(column_label(table, "park_small_score", dutch()) == "Park small: score (0–100)");
  CHECK(column_label(table, "park_score", dutch()) == "Park: score (0–100)");
}

TEST_CASE("every column has an alias, none occurs twice, and coded columns name their domain") {
  Table table = result_table(1, {"business_park", "brownfield"});
  add_text(table, "Id", {"dubbel"});  // written out it would read like another column
  add_text(table, "eigen_kolom", {"x"});
  add_text(table, "eigen kolom", {"x"});
  auto const notes = field_notes(table, dutch());
  std::set<std::string> aliases;
  for (auto const& [column, note] : notes) {
    INFO(column);
    CHECK_FALSE(note.alias.empty());
    CHECK(aliases.insert(note.alias).second);
  }
  CHECK(notes.size() == table.names().size());
  CHECK(notes.at("rule_hag").domain == "rule_result");
  CHECK(notes.at("brownfield_outcome").domain == "outcome");
  CHECK(notes.at("brownfield_score").domain.empty());
  CHECK_FALSE(notes.at("brownfield_rank").description.empty());
  std::set<std::string> domains;
  for (auto const& domain : result_domains(dutch())) domains.insert(domain.name);
  CHECK(domains == std::set<std::string>{"outcome", "rule_result", "severity"});
}
