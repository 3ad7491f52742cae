#include "terrein/io/output_set.hpp"

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::size_t files_in(fs::path const& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("Files appear together, with commit, and the folder is made") {
  TempDir const dir;
  auto const target = dir.path() / "new" / "deep" / "result.gpkg";
  OutputSet set(false);
  auto const temporary = set.add(target);
  CHECK(temporary.extension() == ".gpkg");
  CHECK(temporary.parent_path() == target.parent_path());
  write_file(temporary, "one");
  set.add_text(dir.path() / "new" / "run.json", "two");
  CHECK_FALSE(fs::exists(target));
  set.commit();
  CHECK(read_file(target) == "one");
  CHECK(read_file(dir.path() / "new" / "run.json") == "two");
  CHECK(files_in(target.parent_path()) == 1);
}

TEST_CASE("Without commit nothing remains, not even the folder") {
  TempDir const dir;
  {
    OutputSet set(false);
    write_file(set.add(dir.path() / "new" / "deep" / "a.txt"), "x");
  }
  CHECK(files_in(dir.path()) == 0);
}

TEST_CASE("A target that exists is replaced only when told so, and kept when the run fails") {
  TempDir const dir;
  auto const target = dir.path() / "a.txt";
  write_file(target, "old");
  Thrown const thrown = error_of([&] { OutputSet(false).add(target); });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, target.string()));
  CHECK(has_text(thrown.text, "--overwrite"));
  {
    OutputSet set(true);
    set.add_text(target, "new");
  }
  CHECK(read_file(target) == "old");
  OutputSet set(true);
  set.add_text(target, "new");
  set.commit();
  CHECK(read_file(target) == "new");
  CHECK(files_in(dir.path()) == 1);
}

TEST_CASE("When a file cannot be placed, those placed before it are put back") {
  TempDir const dir;
  auto const first = dir.path() / "a.txt", second = dir.path() / "b.txt", third = dir.path() / "c.txt";
  write_file(first, "old");
  Thrown const thrown = error_of([&] {
    OutputSet set(true);
    set.add_text(first, "new");
    set.add_text(second, "new");
    set.add_text(third, "new");
    fs::create_directories(third / "in the way");
    set.commit();
  });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, "c.txt"));
  CHECK(read_file(first) == "old");
  CHECK_FALSE(fs::exists(second));
  CHECK(files_in(dir.path()) == 2);  // a.txt and the folder in the way
}

TEST_CASE("Folders, files named twice and databases in use are no targets") {
  TempDir const dir;
  auto const target = dir.path() / "a.gpkg";
  OutputSet set(true);
  CHECK(has_text(error_of([&] { set.add(dir.path()); }).text, "it is a folder"));
  set.add(dir.path() / "x.txt");
  CHECK(has_text(error_of([&] { set.add(dir.path() / "." / "x.txt"); }).text, "twice"));
  write_file(target, "x");
  write_file(target.string() + "-wal", "x");
  Thrown const thrown = error_of([&] { set.add(target); });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, "another program has it open"));
}

TEST_CASE("A folder that cannot be made is named") {
  TempDir const dir;
  write_file(dir.path() / "file", "x");
  OutputSet set(false);
  Thrown const thrown = error_of([&] { set.add(dir.path() / "file" / "a.txt"); });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, "cannot be made"));
}

TEST_CASE("When what must succeed last does not, the files are as before") {
  TempDir const dir;
  auto const old = dir.path() / "a.txt";
  write_file(old, "old");
  {
    OutputSet set(true);
    set.add_text(old, "new");
    set.add_text(dir.path() / "b.txt", "new");
    bool in_place = false;
    auto const thrown = error_of([&] {
      set.commit([&] {
        in_place = read_file(old) == "new" && fs::exists(dir.path() / "b.txt");
        throw_error(ErrorKind::output, "no");
      });
    });
    CHECK(thrown.text == "no");
    CHECK(in_place);
  }
  CHECK(read_file(old) == "old");
  CHECK(files_in(dir.path()) == 1);
}
