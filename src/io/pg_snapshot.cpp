#include <map>

#include "io/pg.hpp"
#include "io/source.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/io/database_snapshot.hpp"

namespace terrein {

struct DatabaseSnapshots::Impl {
  std::vector<pg::Connection> leaders;  ///< hold the snapshots open
  std::map<std::string, Snapshot> by_database, by_path;

  void add(DatabaseSource const& source) {
    Origin const origin{source.name, source.path, source.written};
    pg::Connection leader({source.path, origin.text(), pg::Connection::Access::read, {}});
    std::string const database = pg::identity_of(leader);
    auto const known = by_database.find(database);
    if (known != by_database.end()) {
      by_path.emplace(source.path, known->second);
      return;
    }
    Snapshot const made{leader.one("SELECT pg_export_snapshot() AS snapshot"), database};
    by_database.emplace(database, made);
    by_path.emplace(source.path, made);
    leaders.push_back(std::move(leader));
  }
};

DatabaseSnapshots::DatabaseSnapshots(std::vector<DatabaseSource> const& sources) : impl_(std::make_unique<Impl>()) {
  for (DatabaseSource const& source : sources)
    if (is_database(source.path) && !impl_->by_path.contains(source.path)) impl_->add(source);
}

DatabaseSnapshots::~DatabaseSnapshots() = default;

DatabaseSnapshots::Snapshot const* DatabaseSnapshots::find(std::string const& path) const {
  auto const it = impl_->by_path.find(path);
  return it == impl_->by_path.end() ? nullptr : &it->second;
}

}  // namespace terrein
