#include "io/pg.hpp"

#include <algorithm>

#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein::pg {
namespace {

std::string wrapped(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char const c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out + quote;
}

/// What makes a value the same text whoever reads it: no setting of a role, a database or a machine shines through.
constexpr std::string_view settings =
    "; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'"
    "; SET LOCAL extra_float_digits = 3; SET LOCAL standard_conforming_strings = on"
    "; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL application_name = 'terrein'";

/// GDAL sends this before anything else; a snapshot must come before the first query.
std::string prelude_of(Connection::Options const& options) {
  if (options.access == Connection::Access::write) return "BEGIN" + std::string(settings);
  std::string out = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  if (!options.snapshot.empty()) out += "; SET TRANSACTION SNAPSHOT " + literal(options.snapshot);
  return out + std::string(settings);
}

/// As GDAL opens it: it knows "PG:" and one of the two URL schemes of libpq.
std::string for_gdal(std::string const& path) {
  std::string_view constexpr other = "postgres://";
  if (lower(path).starts_with(other)) return "postgresql://" + path.substr(other.size());
  return path;
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.pop_back();
  return text;
}

/// The result of a query is released before its connection closes.
class Answer {
 public:
  Answer(GDALDatasetH dataset, std::string const& sql)
      : dataset_(dataset), layer_(GDALDatasetExecuteSQL(dataset, sql.c_str(), nullptr, nullptr)) {}
  ~Answer() {
    if (layer_ != nullptr) GDALDatasetReleaseResultSet(dataset_, layer_);
  }
  Answer(Answer const&) = delete;
  Answer& operator=(Answer const&) = delete;
  [[nodiscard]] OGRLayerH get() const noexcept { return layer_; }

 private:
  GDALDatasetH dataset_;
  OGRLayerH layer_;
};

}  // namespace

std::string identifier(std::string_view name) { return wrapped(name, '"'); }
std::string literal(std::string_view text) { return wrapped(text, '\''); }

Connection::Connection(Options options) : options_(std::move(options)) {
  gdal::register_drivers();
  bool const write = options_.access == Access::write;
  ErrorKind const kind = write ? ErrorKind::output : ErrorKind::input;
  if (std::string const fault = fault_of_connection(options_.path); !fault.empty())
    throw_error(write ? ErrorKind::config : kind,
                "{}: the connection text cannot be read: {}. Write PG:service=… or PG:host=… dbname=…; a value with "
                "blanks stands in single quotes.",
                options_.who, fault);
  gdal::CplErrorScope const said;
  static constexpr char const* drivers[] = {"PostgreSQL", nullptr};
  if (GDALGetDriverByName(drivers[0]) == nullptr)
    throw_error(kind, "{} cannot be opened: this GDAL has no PostgreSQL driver. Install GDAL with PostgreSQL.",
                options_.who);
  gdal::List const open(CSLSetNameValue(nullptr, "PRELUDE_STATEMENTS", prelude_of(options_).c_str()));
  unsigned const flags = GDAL_OF_VECTOR | (write ? GDAL_OF_UPDATE : GDAL_OF_READONLY);
  dataset_.reset(GDALOpenEx(for_gdal(options_.path).c_str(), flags, drivers, open.get(), nullptr));
  if (dataset_ == nullptr || !said.failure().empty())
    throw_error(kind,
                "{} cannot be opened. The database says: '{}'. Check the name of the server and the database, that the "
                "server runs, and your rights; a password is best kept in ~/.pgpass or a service file.",
                options_.who, shown(said.failure()));
  GDALSetDescription(dataset_.get(), without_passwords(options_.path).c_str());  // GDAL tells it in its log
}

std::string Connection::shown(std::string const& text) const {
  return one_line(without_passwords_of(options_.path, text));
}

void Connection::fail(std::string const& said) const {
  bool const write = options_.access == Access::write;
  throw_error(write ? ErrorKind::output : ErrorKind::input, "{} cannot be {}. The database says: '{}'.{}", options_.who,
              write ? "written" : "read", said.empty() ? "nothing" : shown(said),
              write ? " What was there before is still there." : "");
}

std::vector<Row> Connection::rows(std::string const& sql) const {
  gdal::CplErrorScope const said;
  std::vector<Row> out;
  {
    Answer const answer(dataset_.get(), sql);
    while (answer.get() != nullptr) {
      gdal::Feature const feature(OGR_L_GetNextFeature(answer.get()));
      if (!feature) break;
      Row& row = out.emplace_back();
      for (int i = 0; i < OGR_F_GetFieldCount(feature.get()); ++i)
        row.push_back(OGR_F_IsFieldSetAndNotNull(feature.get(), i) == 0
                          ? std::nullopt
                          : std::optional<std::string>(OGR_F_GetFieldAsString(feature.get(), i)));
    }
  }
  if (!said.failure().empty()) fail(said.failure());
  return out;
}

std::string Connection::one(std::string const& sql) const {
  auto const all = rows(sql);
  return all.empty() || all[0].empty() ? std::string{} : all[0][0].value_or("");
}

void Connection::run(std::string const& sql) const {
  gdal::CplErrorScope const said;
  { Answer const answer(dataset_.get(), sql); }
  if (!said.failure().empty()) fail(said.failure());
}

std::string identity_of(Connection const& connection) {
  // The start of the server is known to the microsecond, to everyone who may connect.
  return connection.one(
      "SELECT current_database() || ' ' || extract(epoch FROM pg_postmaster_start_time())::text || ' ' || "
      "coalesce(inet_server_port()::text, current_setting('port')) AS identity");
}

}  // namespace terrein::pg
