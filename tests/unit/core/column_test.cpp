#include "terrein/core/column.hpp"

#include <map>
#include <numeric>
#include <random>

#include "support/catch.hpp"

using namespace terrein;

TEST_CASE("A column of texts keeps every text once, in order of first use, and finds its code", "[core]") {
  // Second way: a map of text to code. Words of one to four letters repeat often enough, and grow the table many times.
  std::mt19937 random(1);
  TextColumn column("word");
  std::map<std::string, std::uint32_t> codes;
  std::vector<std::string> rows;
  for (int i = 0; i < 20000; ++i) {
    std::string word(random() % 5, 'a');
    for (char& c : word) c = static_cast<char>('a' + random() % 20);
    codes.try_emplace(word, static_cast<std::uint32_t>(codes.size()));
    column.push(word);
    rows.push_back(word);
  }
  REQUIRE(column.size() == rows.size());
  CHECK(column.words().size() == codes.size());
  bool same = true;
  for (std::size_t row = 0; row < rows.size(); ++row)
    same &= column.text(row) == rows[row] && column.code(row) == codes.at(rows[row]);
  for (auto const& [word, code] : codes) same &= column.find(word) == code;
  CHECK(same);
  CHECK(column.find("not there") == TextColumn::null_code);
  CHECK(TextColumn("empty").find("a") == TextColumn::null_code);
}

TEST_CASE("Null is not the empty text, and a code is repeated as it is", "[core]") {
  TextColumn column("word");
  column.push(std::nullopt);
  column.push("");
  column.push("b");
  column.repeat(column.code(2));
  column.repeat(TextColumn::null_code);
  CHECK_FALSE(column.is_known(0));
  CHECK(column.at(1) == "");
  CHECK(column.at(3) == "b");
  CHECK_FALSE(column.at(4).has_value());
  CHECK(column.words() == std::vector<std::string>{"", "b"});
}

TEST_CASE("Rows are taken in the order asked for, with only the texts they need", "[core]") {
  TextColumn column("word");
  for (char const* word : {"a", "b", "c", "a"}) column.push(word);
  column.push(std::nullopt);
  auto const taken = std::get<TextColumn>(take(AnyColumn(column), {4, 2, 3, 0, 2}));
  CHECK(taken.name == "word");
  CHECK(taken.words() == std::vector<std::string>{"c", "a"});
  CHECK(taken.find("b") == TextColumn::null_code);
  CHECK_FALSE(taken.is_known(0));
  CHECK(taken.text(1) == "c");
  CHECK(taken.text(2) == "a");
  CHECK(taken.text(3) == "a");
  CHECK(taken.text(4) == "c");
  Column<double> numbers("n", 3);
  numbers.set(2, 7);
  auto const some = std::get<Column<double>>(take(AnyColumn(numbers), {2, 0}));
  CHECK(some.at(0) == 7);
  CHECK_FALSE(some.at(1).has_value());
}

TEST_CASE("All rows in their order are told from some, and from all in another order", "[core]") {
  std::vector<Row> rows(5);
  std::iota(rows.begin(), rows.end(), Row{0});
  CHECK(are_all(rows, 5));
  CHECK_FALSE(are_all(rows, 6));
  CHECK_FALSE(are_all(rows, 4));
  std::swap(rows[1], rows[2]);
  CHECK_FALSE(are_all(rows, 5));
  CHECK(are_all({}, 0));
}

TEST_CASE("Columns appended to each other are the same as their values pushed in turn", "[core]") {
  std::mt19937 random(2);
  TextColumn pushed("word");
  AnyColumn joined = TextColumn("word");
  for (int piece = 0; piece < 12; ++piece) {
    TextColumn more("word");
    // Pieces without a row, of few texts, and of texts that are all new; every fifth row is null.
    int const rows = piece % 4 == 0 ? 0 : 700 * piece;
    for (int i = 0; i < rows; ++i) {
      std::optional<std::string> text = std::to_string(random() % (piece % 3 == 0 ? 10U : 1000000U));
      if (i % 5 == 4) text.reset();
      more.push(text);
      pushed.push(text);
    }
    append(joined, std::move(more));
  }
  auto const& words = std::get<TextColumn>(joined);
  REQUIRE(words.size() == pushed.size());
  CHECK(words.words() == pushed.words());
  bool same = true;
  for (std::size_t row = 0; row < pushed.size(); ++row) same &= words.code(row) == pushed.code(row);
  for (std::string const& word : pushed.words()) same &= words.find(word) == pushed.find(word);
  CHECK(same);
  AnyColumn numbers = Column<double>("n", 1), more = Column<double>("n", 2);
  std::get<Column<double>>(more).set(1, 2.5);
  append(numbers, std::move(more));
  CHECK(std::get<Column<double>>(numbers).values == std::vector<double>{0, 0, 2.5});
  CHECK(std::get<Column<double>>(numbers).known == std::vector<std::uint8_t>{0, 0, 1});
}

TEST_CASE("A column of texts that are all different is the same as their pushes, and takes more", "[core]") {
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.push_back("parcel " + std::to_string(i * i));
  TextColumn all("id", texts), pushed("id");
  for (std::string const& text : texts) pushed.push(text);
  for (TextColumn* column : {&all, &pushed}) {
    CHECK(column->find("parcel 81") == 9);
    CHECK(column->find("parcel 82") == TextColumn::null_code);
    column->push("parcel 0");
    column->push(std::nullopt);
    column->push("new");
  }
  TextColumn more("more", {"new", "newer", "parcel 4"});
  all.append(std::move(more));
  for (char const* text : {"new", "newer", "parcel 4"}) pushed.push(text);
  REQUIRE(all.size() == 106);
  CHECK(all.words() == pushed.words());
  for (std::size_t row = 0; row < all.size(); ++row) CHECK(all.code(row) == pushed.code(row));
  CHECK(all.find("newer") == 101);
}
