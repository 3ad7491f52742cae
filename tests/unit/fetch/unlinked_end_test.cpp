// OGC API Features that state no number of rows: no link to a next page proves nothing, the page behind the last row
// does.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "fetch/oapif_texts.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/fetch/fetch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr int all_rows = 25, cap = 10;  // no number at which servers like to cut

enum class Manner { offset, deaf, failing, start_index, cursor };

int number_after(std::string const& text, std::string const& name, int otherwise) {
  auto const at = text.find(name);
  return at == std::string::npos ? otherwise : std::stoi(text.substr(at + name.size()));
}

/// A server on loopback with 25 points that gives at most 10 a page and never says how many there are.
class CappedServer {
 public:
  explicit CappedServer(Manner manner) : manner_(manner), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(socket_, any, size) == 0);
    REQUIRE(::listen(socket_, 8) == 0);
    REQUIRE(::getsockname(socket_, any, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~CappedServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  CappedServer(CappedServer const&) = delete;
  CappedServer& operator=(CappedServer const&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] bool was_asked(std::string const& part) {
    std::lock_guard const lock(mutex_);
    return asked_.find(part) != std::string::npos;
  }

 private:
  void serve() {
    for (int one = ::accept(socket_, nullptr, nullptr); one >= 0; one = ::accept(socket_, nullptr, nullptr)) {
      std::string request;
      char bytes[4096];
      while (request.find("\r\n\r\n") == std::string::npos) {
        auto const count = ::recv(one, bytes, sizeof(bytes), 0);
        if (count <= 0) break;
        request.append(bytes, static_cast<std::size_t>(count));
      }
      std::string const path = request.substr(0, request.find("\r\n"));
      {
        std::lock_guard const lock(mutex_);
        asked_ += path + "\n";
      }
      bool const refused = manner_ == Manner::failing && path.find("offset=") != std::string::npos;
      std::string const body = refused ? R"({"code":"x","description":"unknown parameter"})" : body_of(path);
      std::string const answer =
          std::string("HTTP/1.1 ") + (refused ? "400 Bad Request" : "200 OK") +
          "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
          "\r\n\r\n" + body;
      ::send(one, answer.data(), answer.size(), MSG_NOSIGNAL);
      ::close(one);
    }
  }

  [[nodiscard]] std::string body_of(std::string const& path) const {
    if (path.find("/items") == std::string::npos) return R"({"id":"p","title":"P"})";
    int first = 0;
    if (manner_ == Manner::offset) first = number_after(path, "offset=", 0);
    if (manner_ == Manner::start_index) first = number_after(path, "startIndex=", 0);
    if (manner_ == Manner::cursor) first = number_after(path, "cursor=c", 0);
    int const last = std::min({first + cap, first + number_after(path, "limit=", cap), all_rows});
    std::string rows, links;
    for (int i = first; i < last; ++i)
      rows += (i == first ? "" : ",") + (R"({"type":"Feature","id":)" + std::to_string(i)) +
              R"(,"properties":{},"geometry":{"type":"Point","coordinates":[4,51]}})";
    // The server with startIndex links only from its first page: its last link tells how it pages.
    std::string const next = std::to_string(last);
    if (manner_ == Manner::start_index && first == 0) links = "startIndex=" + next;
    if (manner_ == Manner::cursor && last < all_rows) links = "cursor=c" + next;
    if (!links.empty()) links = R"({"rel":"next","href":"/collections/p/items?limit=10&)" + links + "\"}";
    return R"({"type":"FeatureCollection","features":[)" + rows + R"(],"links":[)" + links + "]}";
  }

  Manner manner_;
  int socket_;
  int port_ = 0;
  std::mutex mutex_;
  std::string asked_;
  std::thread thread_;
};

FetchRequest request_for(CappedServer const& server, TempDir const& dir) {
  FetchRequest out;
  out.source = "OAPIF:" + server.url();
  out.layer = "p";
  out.output = dir.path() / "p.gpkg";
  out.date = "2026-01-31";
  out.retries = 0;
  return out;
}

std::string proof_in(TempDir const& dir) {
  return nlohmann::json::parse(read_file(dir.path() / "p.gpkg.fetch.json"))["proof"].get<std::string>();
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a server that caps pages without a word is read to an empty page", "[fetch]") {
  Manner const manner = GENERATE(Manner::offset, Manner::start_index);
  std::size_t const page_size = GENERATE(std::size_t{0}, std::size_t{7}, std::size_t{20});
  CappedServer server(manner);
  TempDir const dir;
  FetchRequest request = request_for(server, dir);
  request.page_size = page_size;
  FetchSummary const done = fetch_snapshot(request);
  CHECK(done.rows == 25);
  CHECK_FALSE(done.count);
  CHECK(proof_in(dir) == "an empty page after the last row");
  CHECK(server.was_asked(manner == Manner::offset ? "offset=25" : "startIndex=25"));
}

TEST_CASE("where what lies behind the last row cannot be asked, nothing is written", "[fetch]") {
  auto const [manner, words] = GENERATE(table<Manner, std::string>({
      {Manner::deaf, "asked for what lies behind row 10 it repeats rows ('0' and 9 others)"},
      {Manner::failing, "what lies behind row 10 cannot be asked"},
  }));
  CountRule const rule = GENERATE(CountRule::check, CountRule::ignore, CountRule::trust);
  CappedServer server(manner);
  TempDir const dir;
  FetchRequest request = request_for(server, dir);
  request.count = rule;
  Thrown const refused = error_of([&] { static_cast<void>(fetch_snapshot(request)); });
  INFO(refused.text);
  CHECK(exit_code(refused.kind) == 3);
  CHECK(has(refused.text, words));
  CHECK_FALSE(has(refused.text, "--count trust"));
  CHECK_FALSE(std::filesystem::exists(request.output));
}

TEST_CASE("pages that a cursor links are whole only on trust", "[fetch]") {
  CappedServer server(Manner::cursor);
  TempDir const dir;
  FetchRequest request = request_for(server, dir);
  Thrown const refused = error_of([&] { static_cast<void>(fetch_snapshot(request)); });
  INFO(refused.text);
  CHECK(exit_code(refused.kind) == 3);
  CHECK(has(refused.text, "behind row 25 it repeats rows"));
  CHECK(has(refused.text, "--count trust"));
  CHECK_FALSE(std::filesystem::exists(request.output));
  request.count = CountRule::trust;
  CHECK(fetch_snapshot(request).rows == 25);
  CHECK(proof_in(dir) == "no link to a further page, on trust");
}

TEST_CASE("a link to a next page tells the name of its offset", "[fetch]") {
  CHECK(offset_name("https://h/items?limit=10&offset=10") == "offset");
  CHECK(offset_name("?startIndex=10&limit=10#x") == "startIndex");
  CHECK(offset_name("https://h/items?cursor=abc&limit=10").empty());
  CHECK(offset_name("https://h/offset=3").empty());
}
