#include "fetch/part_folder.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/io/output_set.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

std::optional<std::string> file_text(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Json count_json(std::optional<long long> count) { return count ? Json(*count) : Json(nullptr); }

}  // namespace

PartFolder::PartFolder(fs::path const& output, std::string request)
    : folder_(output.parent_path() / ("." + output.filename().string() + ".part")), request_(std::move(request)) {}

fs::path PartFolder::page_path(std::size_t index) const { return folder_ / fmt::format("page-{:06}", index + 1); }

std::string PartFolder::state() const {
  return Json{{"request", request_}, {"count", count_json(count_)}, {"pages", hashes_}}.dump(1) + "\n";
}

std::size_t PartFolder::resume(std::optional<long long> count, std::string& note) {
  count_ = count;
  hashes_.clear();
  auto const text = file_text(folder_ / "state.json");
  if (!text) return 0;
  Json const state = Json::parse(*text, nullptr, false);
  bool const readable = state.is_object() && state.contains("pages") && state["pages"].is_array();
  if (!readable || state.value("request", "") != request_) {
    note = "pages of another request lie in '" + folder_.string() + "'";
  } else if (state["count"] != count_json(count)) {
    note = "the service has another number of rows than when the earlier pages came";
  } else {
    for (Json const& hash : state["pages"]) {
      auto const page = file_text(page_path(hashes_.size()));
      if (!page || !hash.is_string() || sha256(*page) != hash.get<std::string>()) break;
      hashes_.push_back(hash.get<std::string>());
    }
  }
  if (hashes_.empty()) remove();
  return hashes_.size();
}

std::string PartFolder::page(std::size_t index) const {
  auto const text = file_text(page_path(index));
  if (!text || sha256(*text) != hashes_.at(index))
    throw_error(ErrorKind::output, "'{}' has changed under way. Remove the folder '{}' and fetch again.",
                page_path(index).string(), folder_.string());
  return *text;
}

void PartFolder::add(std::string const& body) {
  hashes_.push_back(sha256(body));
  OutputSet files(true);
  files.add_text(page_path(hashes_.size() - 1), body);
  files.add_text(folder_ / "state.json", state());
  fs::permissions(folder_, fs::perms::owner_all);  // answers may hold what a login gave access to
  files.commit_step();
}

void PartFolder::remove() {
  std::error_code ignored;  // a folder that stays behind is noticed by the next fetch
  for (auto const& entry : fs::directory_iterator(folder_, ignored)) {
    std::string const name = entry.path().filename().string();
    if (name.starts_with("page-") || name == "state.json") fs::remove(entry.path(), ignored);
  }
  fs::remove(folder_, ignored);
  hashes_.clear();
}

}  // namespace terrein
