#include "server.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "support/support.hpp"

namespace terrein::test {
namespace fs = std::filesystem;
namespace {

/// The newest PostgreSQL that has PostGIS, as Debian lays them out; empty when there is none.
fs::path programs() {
  std::vector<fs::path> found;
  std::error_code absent;
  for (auto const& entry : fs::directory_iterator("/usr/lib/postgresql", absent)) {
    fs::path const version = entry.path().filename();
    bool const postgis = fs::exists("/usr/share/postgresql" / version / "extension/postgis.control");
    if (postgis && fs::exists(entry.path() / "bin/initdb")) found.push_back(entry.path() / "bin");
  }
  std::sort(found.begin(), found.end());
  return found.empty() ? fs::path{} : found.back();
}

/// PostgreSQL refuses to be run by root.
std::string unprivileged_user() {
  if (geteuid() != 0) return {};
  return getpwnam("postgres") != nullptr ? "postgres" : "nobody";
}

std::string need(RunResult const& result, std::string const& what) {
  if (result.exit_code == 0) return result.out;
  throw std::runtime_error(what + ": " + result.err + result.out);
}

}  // namespace

Server* Server::get() {
  static std::unique_ptr<Server> const server = [] {
    fs::path const bin = programs();
    if (bin.empty()) {
      std::cout << "SKIPPED: PostgreSQL with PostGIS is not on this machine (Debian: postgresql-postgis)\n";
      return std::unique_ptr<Server>{};
    }
    return std::unique_ptr<Server>(new Server(bin));
  }();
  if (!server) std::cout << "SKIPPED: no PostGIS\n";
  return server.get();
}

std::string Server::as_user(std::string const& command) const {
  std::string const user = unprivileged_user();
  return "cd " + folder_.string() + " && " + (user.empty() ? "" : "runuser -u " + user + " -- ") + command;
}

Server::Server(fs::path const& programs) : bin_(programs) {
  std::string pattern = (fs::temp_directory_path() / "terrein-pg-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch folder for a server");
  folder_ = pattern;
  std::string const data = (folder_ / "data").string(), user = unprivileged_user();
  // The guard waits for the end of its input, which comes when this process is gone.
  write_file(folder_ / "guard", "cat >/dev/null\n" + as_user((bin_ / "pg_ctl").string()) + " -D " + data +
                                    " -m immediate -s stop >/dev/null 2>&1\ncd / && rm -rf " + folder_.string() + "\n");
  guard_ = popen(("exec setsid sh " + (folder_ / "guard").string()).c_str(), "we");
  if (guard_ == nullptr) throw std::runtime_error("no guard for a server");
  if (!user.empty()) need(run("chown -R " + user + " " + folder_.string()), "chown");
  need(run(as_user((bin_ / "initdb").string() + " -D " + data +
                   " -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions")),
       "initdb");
  write_file(folder_ / "hba", "local all checked scram-sha-256\nlocal all all trust\n");
  need(run("chmod a+r " + (folder_ / "hba").string() + " && cp " + (folder_ / "hba").string() + " " + data +
           "/pg_hba.conf"),
       "pg_hba.conf");
  std::string const options = "-c listen_addresses='' -c unix_socket_directories=" + folder_.string() +
                              " -c fsync=off -c log_min_messages=log -c timezone=America/New_York";
  need(run(as_user((bin_ / "pg_ctl").string() + " -D " + data + " -w -s -t 60 -l " + data + "/log -o \"" + options +
                   "\" start </dev/null")),
       "pg_ctl");
  static_cast<void>(sql("CREATE DATABASE terrein", "postgres"));
  static_cast<void>(sql("CREATE EXTENSION postgis"));
}

Server::~Server() {
  if (guard_ != nullptr) pclose(guard_);
}

std::string Server::connection(std::string const& user) const {
  return "PG:host=" + folder_.string() + " dbname=terrein user=" + user;
}

std::string Server::psql(std::string const& database) const {
  return (bin_ / "psql").string() + " -X -q -A -t -v ON_ERROR_STOP=1 -h " + folder_.string() + " -U postgres -d " +
         database;
}

std::string Server::sql(std::string const& statements, std::string const& database) const {
  TempDir const dir;
  write_file(dir.path() / "sql", statements);
  std::string out = need(run(psql(database) + " -f " + (dir.path() / "sql").string()), statements);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

std::string Server::log() const { return read_file(folder_ / "data/log"); }

}  // namespace terrein::test
