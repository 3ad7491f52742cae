// Put before GDAL with LD_PRELOAD: the library as it would be with a fault that nobody foresaw, at the third row.
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

int overflow(int depth) {
  volatile char room[4096];
  room[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : overflow(depth + 1) + room[0];
}

void fail(char const* how) {
  if (std::strcmp(how, "memory") == 0) {
    std::raise(SIGSEGV);
  } else if (std::strcmp(how, "stack") == 0) {
    std::_Exit(overflow(0));
  } else if (std::strcmp(how, "abort") == 0) {
    std::abort();
  } else if (std::strcmp(how, "allocation") == 0) {
    throw std::bad_alloc();
  }
}

}  // namespace

extern "C" void* OGR_L_GetNextFeature(void*) {
  char const* const how = std::getenv("TERREIN_TEST_FAULT");
  fail(how == nullptr ? "" : how);
  return nullptr;
}
