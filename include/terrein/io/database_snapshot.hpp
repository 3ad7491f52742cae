#pragma once

#include <memory>
#include <string>
#include <vector>

namespace terrein {

/// A source of a study that may be a database.
struct DatabaseSource {
  std::string name;     ///< key of the layer, for messages
  std::string path;     ///< what is opened
  std::string written;  ///< as it may be shown
};

/// One state of every database that a study reads. Per database one connection stands in a read-only transaction
/// (repeatable read) and exports its snapshot; layers are then read side by side by connections that take this snapshot
/// over, so that all of them see the same state whatever others write meanwhile. The transactions end, having changed
/// nothing, with this object. Two connection texts that reach the same database share its snapshot.
class DatabaseSnapshots {
 public:
  /// Sources that are no databases are left out. Throws `Error{input}` when one cannot be reached.
  explicit DatabaseSnapshots(std::vector<DatabaseSource> const& sources);
  ~DatabaseSnapshots();
  DatabaseSnapshots(DatabaseSnapshots const&) = delete;
  DatabaseSnapshots& operator=(DatabaseSnapshots const&) = delete;

  struct Snapshot {
    std::string id;        ///< as PostgreSQL names it
    std::string database;  ///< which database it is of
  };
  /// nullptr for a path that is not among the sources.
  [[nodiscard]] Snapshot const* find(std::string const& path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace terrein
