#pragma once

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace terrein::gdal {

struct CloseDataset {
  void operator()(void* dataset) const noexcept { GDALClose(dataset); }
};
struct DestroyFeature {
  void operator()(void* feature) const noexcept { OGR_F_Destroy(static_cast<OGRFeatureH>(feature)); }
};
struct DestroyGeometry {
  void operator()(void* geometry) const noexcept { OGR_G_DestroyGeometry(static_cast<OGRGeometryH>(geometry)); }
};
struct ReleaseSrs {
  void operator()(void* srs) const noexcept { OSRRelease(static_cast<OGRSpatialReferenceH>(srs)); }
};
struct FreeText {
  void operator()(char* text) const noexcept { CPLFree(text); }
};
struct FreeList {
  void operator()(char** list) const noexcept { CSLDestroy(list); }
};

template <class Handle, class Deleter>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, Deleter>;
using Dataset = Owned<GDALDatasetH, CloseDataset>;
using Feature = Owned<OGRFeatureH, DestroyFeature>;
using Geometry = Owned<OGRGeometryH, DestroyGeometry>;
using Srs = Owned<OGRSpatialReferenceH, ReleaseSrs>;
using Text = std::unique_ptr<char, FreeText>;
using List = std::unique_ptr<char*, FreeList>;

/// Drivers are registered by the first call.
void register_drivers();

/// GDAL's null pointers as empty text.
[[nodiscard]] inline std::string text_of(char const* text) { return text != nullptr ? text : ""; }

/// Collects what GDAL reports on this thread while the scope lives, instead of printing it, so that an error of ours
/// can end with GDAL's own sentence.
class CplErrorScope {
 public:
  struct Message {
    CPLErr level;
    std::string text;
  };
  CplErrorScope();
  ~CplErrorScope();
  CplErrorScope(CplErrorScope const&) = delete;
  CplErrorScope& operator=(CplErrorScope const&) = delete;

  [[nodiscard]] bool empty() const noexcept { return messages_.empty(); }
  [[nodiscard]] std::vector<Message> const& messages() const noexcept { return messages_; }
  /// Everything since the last call.
  [[nodiscard]] std::vector<Message> take();
  /// The first failure; empty when there were warnings at most.
  [[nodiscard]] std::string failure() const;
  /// " GDAL says: '…'." of the first failure, else of the first warning; empty when there was no message.
  [[nodiscard]] std::string sentence() const;

 private:
  static void CPL_STDCALL collect(CPLErr level, CPLErrorNum number, char const* text);
  std::vector<Message> messages_;
};

/// First failure among messages, or nothing.
[[nodiscard]] std::string first_failure(std::vector<CplErrorScope::Message> const& messages);

}  // namespace terrein::gdal
