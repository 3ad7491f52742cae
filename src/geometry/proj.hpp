#pragma once
// Owners of PROJ's handles. Private to this room: no public header shows a PROJ type.

#include <proj.h>
#include <proj_experimental.h>  // proj_crs_demote_to_2D, which GDAL builds on as well

#include <memory>
#include <string>

namespace terrein::proj {

/// A PROJ context without network access that keeps the last message instead of printing it.
class Context {
 public:
  Context() : handle_(proj_context_create()) {
    proj_context_set_enable_network(handle_, 0);
    proj_log_func(handle_, &last_error_,
                  [](void* text, int, char const* message) { *static_cast<std::string*>(text) = message; });
  }
  ~Context() { proj_context_destroy(handle_); }
  Context(Context const&) = delete;
  Context& operator=(Context const&) = delete;
  [[nodiscard]] PJ_CONTEXT* get() const noexcept { return handle_; }
  [[nodiscard]] std::string const& last_error() const noexcept { return last_error_; }

 private:
  std::string last_error_;
  PJ_CONTEXT* handle_;
};

struct Delete {
  void operator()(PJ* object) const noexcept { proj_destroy(object); }
  void operator()(PJ_OBJ_LIST* list) const noexcept { proj_list_destroy(list); }
  void operator()(PJ_OPERATION_FACTORY_CONTEXT* factory) const noexcept {
    proj_operation_factory_context_destroy(factory);
  }
};
using Object = std::unique_ptr<PJ, Delete>;
using List = std::unique_ptr<PJ_OBJ_LIST, Delete>;
using Factory = std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, Delete>;

/// A text of PROJ, empty where PROJ has none.
[[nodiscard]] inline std::string text(char const* from) { return from != nullptr ? from : ""; }

[[nodiscard]] inline Object create(Context const& context, std::string const& definition) {
  return Object(proj_create(context.get(), definition.c_str()));
}
/// The same CRS or operation with x = east or longitude and y = north or latitude on all sides.
[[nodiscard]] inline Object east_north(Context const& context, PJ const* object) {
  return Object(proj_normalize_for_visualization(context.get(), object));
}
/// True for a CRS whose definition is that of `other`, whatever the order of the axes.
[[nodiscard]] bool same(Context const& context, PJ const* crs, PJ const* other);

}  // namespace terrein::proj
