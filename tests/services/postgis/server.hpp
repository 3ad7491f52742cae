#pragma once

#include <cstdio>
#include <filesystem>
#include <string>

namespace terrein::test {

/// A PostGIS server of our own: made in a scratch folder, reached through a socket there and by no network, run by an
/// unprivileged user when we are root. A guard stops it and removes the folder when this process ends, however it ends.
class Server {
 public:
  /// The server of this process, started by the first call; nullptr, after printing "SKIPPED: …", where PostgreSQL with
  /// PostGIS is not on the machine.
  static Server* get();
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// "PG:host=… dbname=terrein user=…"
  [[nodiscard]] std::string connection(std::string const& user = "postgres") const;
  [[nodiscard]] std::filesystem::path const& folder() const noexcept { return folder_; }
  /// Runs SQL with psql, each statement by itself, and gives what it prints: rows as lines, values with '|' between.
  /// Throws `std::runtime_error` with the server's words.
  [[nodiscard]] std::string sql(std::string const& statements, std::string const& database = "terrein") const;
  /// The command that psql is started with, to run one beside the test.
  [[nodiscard]] std::string psql(std::string const& database = "terrein") const;
  /// What the server logged.
  [[nodiscard]] std::string log() const;

 private:
  explicit Server(std::filesystem::path const& programs);
  [[nodiscard]] std::string as_user(std::string const& command) const;

  std::filesystem::path bin_, folder_;
  std::FILE* guard_ = nullptr;
};

}  // namespace terrein::test
