// A password in a study is used and shown nowhere.
#include <filesystem>

#include "support/catch.hpp"
#include "world.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr char const* secret = "Zomer#2026";

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// Files of a folder (but the study) whose bytes hold the secret.
std::vector<std::string> files_with_secret(std::filesystem::path const& folder) {
  std::vector<std::string> out;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().filename() != "study.toml")
      if (std::string const bytes = read_file(entry.path()); has(bytes, secret) || has(bytes, "Zomer%232026"))
        out.push_back(entry.path().string());
  return out;
}

}  // namespace

TEST_CASE("A password is used, and is in no file, message or log") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  make_tables(*server, "secrets");
  static_cast<void>(
      server->sql("CREATE ROLE checked LOGIN PASSWORD '" + std::string(secret) +
                  "'; GRANT USAGE ON SCHEMA secrets TO checked; GRANT SELECT ON ALL TABLES IN SCHEMA "
                  "secrets TO checked; GRANT CREATE ON DATABASE terrein TO checked; GRANT CREATE ON SCHEMA "
                  "public TO checked"));
  if (server->sql("SELECT to_regclass('layer_styles') IS NOT NULL") == "t")
    static_cast<void>(server->sql("GRANT ALL ON layer_styles, layer_styles_id_seq TO checked"));
  std::string host = server->folder().string();
  for (std::size_t at = host.find('/'); at != std::string::npos; at = host.find('/')) host.replace(at, 1, "%2F");
  std::string const plain = server->connection("checked") + " password=" + secret;
  std::string const url = "postgresql://checked:Zomer%232026@" + host + "/terrein";
  std::string other_url = url;
  other_url.erase(other_url.find("ql:"), 2);  // postgres://
  int n = 0;
  for (std::string const& connection : {plain, url, other_url}) {
    INFO(connection);
    SmallWorld const world;
    use_tables(world, connection, "secrets");
    use_output(world, connection, "secret_result" + std::to_string(n++));
    RunResult const result = run("CPL_DEBUG=ON " + std::string(TERREIN_PROGRAM) + " run -v " +
                                 world.path("study.toml").string() + " --set output.geojson='[\"candidates\"]'");
    INFO(result.err << result.out);
    REQUIRE(result.exit_code == 0);
    CHECK_FALSE(has(result.out + result.err, "Zomer"));
    CHECK(has(result.out, "***"));
    CHECK(files_with_secret(world.path("")).empty());
    CHECK(has(read_file(world.path("result.gpkg.run.json")), "***"));
    CHECK(server->sql("SELECT count(*) FROM secret_result0.manifest WHERE manifest LIKE '%Zomer%'") == "0");
    CHECK(server->sql("SELECT count(*) FROM secret_result0.sources WHERE source LIKE '%***%'") == "2");
  }
}

TEST_CASE("A password is not in the message when it is wrong, malformed, or given on the command line") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  SmallWorld const world;
  use_tables(world, server->connection("checked") + " password=${pw}", "secrets");
  for (std::string const pw : {"Winter#2027", "Winter#2027 en meer", "'Winter#2027"}) {
    RunResult const result = world.terrein("--set pw=\"" + pw + "\"");
    INFO(pw << "\n" << result.err);
    CHECK(result.exit_code != 0);
    CHECK_FALSE(has(result.out + result.err, "Winter"));
    CHECK_FALSE(has(result.out + result.err, "meer"));
    CHECK(has(result.err, "password=***"));
  }
  RunResult const wrong = world.terrein("--set pw=x --set layers.rail.source.y='PG:dbname=x password=Winter'");
  CHECK(wrong.exit_code == 2);
  CHECK_FALSE(has(wrong.err, "Winter"));
}

TEST_CASE("A service file and PGPASSFILE hold the password outside the study") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  SmallWorld const world;
  write_file(world.path("pg_service.conf"),
             "[terrein]\nhost=" + server->folder().string() + "\ndbname=terrein\nuser=checked\n");
  write_file(world.path("pgpass"), "*:*:*:checked:" + std::string(secret) + "\n");
  std::filesystem::permissions(world.path("pgpass"), std::filesystem::perms::owner_read);
  use_tables(world, "PG:service=terrein", "secrets");
  RunResult const result =
      run("PGSERVICEFILE=" + world.path("pg_service.conf").string() + " PGPASSFILE=" + world.path("pgpass").string() +
          " " + TERREIN_PROGRAM + " run " + world.path("study.toml").string());
  INFO(result.err);
  CHECK(result.exit_code == 0);
}
