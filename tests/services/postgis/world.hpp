#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "../../cli/small_world.hpp"
#include "server.hpp"

namespace terrein::test {

/// The world of nine parcels, as tables of a schema of its own.
inline void make_tables(Server const& server, std::string const& schema) {
  static_cast<void>(
      server.sql("CREATE SCHEMA " + schema + "; CREATE TABLE " + schema +
                 ".parcels(key text PRIMARY KEY, price int, geom geometry(Polygon, 31370)); INSERT INTO " + schema +
                 ".parcels SELECT chr(65 + c) || (r + 1), 10 + c, ST_MakeEnvelope(100000 + 100 * c, 200000 "
                 "+ 100 * r, 100100 + 100 * c, 200100 + 100 * r, 31370) FROM generate_series(0, 2) c, "
                 "generate_series(0, 2) r; CREATE TABLE " +
                 schema + ".flood(id int PRIMARY KEY, class text, geom geometry(Polygon, 31370)); INSERT INTO " +
                 schema + ".flood VALUES (0, 'D', ST_MakeEnvelope(100000, 200000, 100100, 200300, 31370))"));
}

/// Sources of the study become tables of the schema.
inline void use_tables(SmallWorld const& world, std::string const& connection, std::string const& schema) {
  for (std::string const layer : {"parcels", "flood"})
    world.edit("study.toml", "source = \"" + layer + ".geojson\"",
               "source = \"" + connection + "\"\nlayer = \"" + schema + "." + layer + "\"");
}

inline void use_output(SmallWorld const& world, std::string const& connection, std::string const& schema) {
  world.edit("study.toml", "file = \"result.gpkg\"",
             "file = \"result.gpkg\"\npostgis = \"" + connection + "\"\npostgis_schema = \"" + schema + "\"");
}

/// A program that runs beside the test. It is waited for at the end.
class Beside {
 public:
  explicit Beside(std::string const& command) {
    thread_ = std::thread([this, command] { result_ = run(command); });
  }
  ~Beside() {
    if (thread_.joinable()) thread_.join();
  }
  Beside(Beside const&) = delete;
  Beside& operator=(Beside const&) = delete;
  RunResult const& wait() {
    thread_.join();
    return result_;
  }

 private:
  RunResult result_;
  std::thread thread_;
};

/// Waits until a query gives `wanted`, at most half a minute.
inline bool until(Server const& server, std::string const& query, std::string const& wanted) {
  for (int i = 0; i < 600; ++i) {
    if (server.sql(query) == wanted) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

/// A session that holds a transaction open, with what it did in it, until `end`.
class Session {
 public:
  Session(Server const& server, std::string const& statements)
      : pipe_(popen((server.psql() + " >/dev/null 2>&1").c_str(), "we")) {
    send("BEGIN; " + statements + "; CREATE TEMP TABLE IF NOT EXISTS done();");
  }
  ~Session() {
    if (pipe_ != nullptr) pclose(pipe_);
  }
  Session(Session const&) = delete;
  Session& operator=(Session const&) = delete;
  void send(std::string const& statements) {
    std::fputs((statements + "\n").c_str(), pipe_);
    std::fflush(pipe_);
  }
  void end(std::string const& how) {
    send(how + ";");
    pclose(pipe_);
    pipe_ = nullptr;
  }

 private:
  std::FILE* pipe_;
};

}  // namespace terrein::test
