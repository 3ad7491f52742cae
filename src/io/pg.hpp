#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/gdal.hpp"
#include "terrein/core/error.hpp"

/// PostgreSQL through GDAL's driver.
namespace terrein::pg {

/// "name" with quotes doubled.
[[nodiscard]] std::string identifier(std::string_view name);
/// 'text' with quotes doubled; the connections here read backslashes as they are.
[[nodiscard]] std::string literal(std::string_view text);

using Row = std::vector<std::optional<std::string>>;

/// A connection inside one transaction, which ends without effect unless it is committed. Every fault throws an `Error`
/// that begins with `who`, ends with the server's own sentence, and tells no password.
class Connection {
 public:
  enum class Access { read, write };
  struct Options {
    std::string path;  ///< "PG:…" or a URL
    std::string who;   ///< "Layer 'parcels' ('PG:service=x')"
    Access access = Access::read;
    std::string snapshot;  ///< exported by another connection; empty = the state of now
  };
  explicit Connection(Options options);

  /// Rows of a query, every value as text. Its columns must have different names: GDAL finds values by them.
  [[nodiscard]] std::vector<Row> rows(std::string const& sql) const;
  /// The first value of the first row; empty for null or no row.
  [[nodiscard]] std::string one(std::string const& sql) const;
  void run(std::string const& sql) const;
  [[nodiscard]] GDALDatasetH get() const noexcept { return dataset_.get(); }
  [[nodiscard]] std::string const& who() const noexcept { return options_.who; }
  /// Throws what went wrong, in the words of the server.
  [[noreturn]] void fail(std::string const& said) const;
  /// A text of the server or of GDAL as it may be shown.
  [[nodiscard]] std::string shown(std::string const& text) const;

 private:
  Options options_;
  gdal::Dataset dataset_;
};

/// Which database a connection reached: the same text for the same database, however it was named.
[[nodiscard]] std::string identity_of(Connection const& connection);

}  // namespace terrein::pg
