#include "io/gdal.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <utility>

#include "terrein/io/read_layer.hpp"

namespace terrein::gdal {

void register_drivers() {
  static bool const done = [] {
    CPLSetConfigOption("GML_SKIP_CORRUPTED_FEATURES", "YES");  // each is told; the others are read
    // Its count of memory is a lock that all readers wait at. Refused when somebody uses SQLite already, which is fine.
    static_cast<void>(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0));
    GDALAllRegister();
    if (CPLGetConfigOption("CPL_TMPDIR", nullptr) == nullptr)  // else where the program is started, among the inputs
      CPLSetConfigOption("CPL_TMPDIR", std::filesystem::temp_directory_path().c_str());
    for (char const* option : {"OGR_XLSX_HEADERS", "OGR_ODS_HEADERS"})  // a table of texts has a header row too
      CPLSetConfigOption(option, "FORCE");
    return true;
  }();
  static_cast<void>(done);
}

CplErrorScope::CplErrorScope() {
  CPLErrorReset();
  CPLPushErrorHandlerEx(collect, this);
}

CplErrorScope::~CplErrorScope() { CPLPopErrorHandler(); }

void CPL_STDCALL CplErrorScope::collect(CPLErr level, CPLErrorNum /*number*/, char const* text) {
  constexpr std::size_t most = 10000;  // a damaged file can complain about every row
  auto* const scope = static_cast<CplErrorScope*>(CPLGetErrorHandlerUserData());
  if (scope == nullptr || level < CE_Warning || scope->messages_.size() >= most) return;
  try {
    scope->messages_.push_back({level, text_of(text)});
  } catch (...) {  // out of memory inside a C callback: the message is lost, the failure is seen by its effect
  }
}

std::vector<CplErrorScope::Message> CplErrorScope::take() { return std::exchange(messages_, {}); }

std::string first_failure(std::vector<CplErrorScope::Message> const& messages) {
  for (auto const& message : messages)
    if (message.level >= CE_Failure) return message.text;
  return {};
}

std::string CplErrorScope::failure() const { return first_failure(messages_); }

std::string CplErrorScope::sentence() const {
  if (messages_.empty()) return {};
  std::string text = failure();
  if (text.empty()) text = messages_.front().text;
  while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.pop_back();
  return " GDAL says: '" + text + "'.";
}

}  // namespace terrein::gdal

namespace terrein {

std::string gdal_version() { return gdal::text_of(GDALVersionInfo("RELEASE_NAME")); }

}  // namespace terrein
