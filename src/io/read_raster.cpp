#include "terrein/io/read_raster.hpp"

#include <algorithm>
#include <cmath>

#include "io/raster_source.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

template <class Number>
constexpr GDALDataType type_of() {
  if constexpr (std::is_same_v<Number, std::uint8_t>) return GDT_Byte;
  if constexpr (std::is_same_v<Number, std::int32_t>) return GDT_Int32;
  if constexpr (std::is_same_v<Number, float>) return GDT_Float32;
  return GDT_Float64;
}

/// Before GDAL 3.7 signed bytes are bytes with a note.
bool is_signed_byte(GDALRasterBandH band) {
  return gdal::text_of(GDALGetMetadataItem(band, "PIXELTYPE", "IMAGE_STRUCTURE")) == "SIGNEDBYTE";
}

/// Empty values of the narrowest type that holds the band's.
CellValues values_for(GDALRasterBandH band, Origin const& origin) {
  GDALDataType const type = GDALGetRasterDataType(band);
  if (GDALDataTypeIsComplex(type) != 0)
    throw_error(ErrorKind::input,
                "{} holds complex numbers. Take its real part or its size with gdal_calc first, and name that file.",
                origin.text());
  if (type == GDT_Byte && !is_signed_byte(band)) return std::vector<std::uint8_t>{};
  if (type == GDT_Float32) return std::vector<float>{};
  if (GDALDataTypeIsInteger(type) != 0 && GDALDataTypeUnion(type, GDT_Int32) == GDT_Int32)
    return std::vector<std::int32_t>{};
  return std::vector<double>{};
}

GDALRasterBandH band_of(RasterSource const& source, RasterOptions const& options, Origin const& origin) {
  int const bands = GDALGetRasterCount(source.dataset.get());
  if (options.band < 1 || options.band > bands)
    throw_error(ErrorKind::input, "{} has {} band{}; the study asks for band {}.", origin.text(), bands,
                bands == 1 ? "" : "s", options.band);
  return GDALGetRasterBand(source.dataset.get(), options.band);
}

Crs crs_of(GDALDatasetH dataset, RasterOptions const& options, Origin const& origin, Issues& issues) {
  ReadOptions said;
  said.crs = options.crs;
  said.crs_override = options.crs_override;
  OGRSpatialReferenceH const stated = GDALGetSpatialRef(dataset);
  gdal::Srs const flat(stated == nullptr ? nullptr : OSRClone(stated));
  if (flat && OSRIsCompound(flat.get()) != 0) OSRStripVertical(flat.get());
  bool ignored = false;  // a grid is placed by easting and northing, whatever the order of the axes
  return stated_crs(flat.get(), said, origin, ignored, issues);
}

/// The cells of a side that meet low … high, given as positions counted in cells, and one more at each end.
std::pair<std::uint32_t, std::uint32_t> part_of(double low, double high, std::uint32_t cells) {
  if (!(low <= high)) return {0, 0};
  double const most = cells;
  double const first = std::clamp(std::floor(low) - 1, 0.0, most);
  double const end = std::clamp(std::floor(high) + 2, first, most);
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - first)};
}

void choose_part(Raster& raster, Box const& box) {
  Grid const& grid = raster.grid;
  auto const [column, columns] =
      part_of((box.min_x - grid.left) / grid.cell_width, (box.max_x - grid.left) / grid.cell_width, grid.columns);
  auto const [row, rows] =
      part_of((grid.top - box.max_y) / grid.cell_height, (grid.top - box.min_y) / grid.cell_height, grid.rows);
  raster.first_column = column;
  raster.first_row = row;
  raster.columns = rows == 0 ? 0 : columns;
  raster.rows = columns == 0 ? 0 : rows;
}

void check_size(Raster const& raster, Origin const& origin) {
  constexpr std::size_t most_bytes = std::size_t{4} << 30U;
  std::size_t const each = std::visit([](auto const& all) { return sizeof(all[0]); }, raster.values);
  if (raster.cells() > most_bytes / each)
    throw_error(ErrorKind::input,
                "{}: the part near the candidates has {} × {} cells of {} bytes, more than the 4 GiB that are held at "
                "once. Limit the study with [area], or make the cells larger with gdalwarp -tr.",
                origin.text(), raster.columns, raster.rows, each);
}

[[noreturn]] void throw_cut_off(Origin const& origin, std::uint32_t row, gdal::CplErrorScope const& said) {
  throw_error(ErrorKind::input,
              "{} cannot be read whole: its cells from row {} on are damaged or missing.{} Get the file again.",
              origin.text(), row, said.sentence());
}

/// Reads strips of whole blocks of the part asked for.
class StripReader {
 public:
  StripReader(GDALRasterBandH band, Raster& raster, Origin const& origin)
      : band_(band), mask_(nullptr), raster_(raster), origin_(origin) {
    if ((GDALGetMaskFlags(band) & GMF_ALL_VALID) == 0) mask_ = GDALGetMaskBand(band);
    int width = 0, height = 0;
    GDALGetBlockSize(band, &width, &height);
    block_rows_ = static_cast<std::uint32_t>(std::max(1, height));
  }

  void read() {
    std::visit([this](auto& all) { all.resize(raster_.cells()); }, raster_.values);
    for (std::uint32_t row = 0; row < raster_.rows;) {
      check_stop();
      std::uint32_t const in_block = (raster_.first_row + row) % block_rows_;
      std::uint32_t const rows = std::min(raster_.rows - row, block_rows_ - in_block);
      std::visit([&](auto& all) { read_strip(all, row, rows); }, raster_.values);
      row += rows;
    }
  }

 private:
  template <class Number>
  void read_strip(std::vector<Number>& all, std::uint32_t row, std::uint32_t rows) {
    std::size_t const first = std::size_t{row} * raster_.columns, count = std::size_t{rows} * raster_.columns;
    fetch(band_, all.data() + first, type_of<Number>(), row, rows);
    if (mask_ != nullptr) {
      mask_bytes_.resize(count);
      fetch(mask_, mask_bytes_.data(), GDT_Byte, row, rows);
    }
    bool const is_signed = is_signed_byte(band_);
    for (std::size_t i = 0; i < count; ++i) {
      Number& value = all[first + i];
      if constexpr (std::is_same_v<Number, std::int32_t>)
        if (is_signed && value > 127) value -= 256;
      bool missing = mask_ != nullptr && mask_bytes_[i] == 0;
      if constexpr (std::is_floating_point_v<Number>) missing = missing || !std::isfinite(value);
      if (missing) raster_.forget(first + i);
    }
  }

  void fetch(GDALRasterBandH band, void* into, GDALDataType type, std::uint32_t row, std::uint32_t rows) {
    gdal::CplErrorScope const said;
    auto const whole = [](std::uint32_t n) { return static_cast<int>(n); };
    CPLErr const fault =
        GDALRasterIO(band, GF_Read, whole(raster_.first_column), whole(raster_.first_row + row), whole(raster_.columns),
                     whole(rows), into, whole(raster_.columns), whole(rows), type, 0, 0);
    if (fault != CE_None || !said.failure().empty()) throw_cut_off(origin_, raster_.first_row + row, said);
  }

  GDALRasterBandH band_, mask_;
  Raster& raster_;
  Origin const& origin_;
  std::uint32_t block_rows_ = 1;
  std::vector<std::uint8_t> mask_bytes_;
};

std::size_t known_cells(Raster const& raster) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < raster.cells(); ++i) out += raster.has_value(i) ? 1U : 0U;
  return out;
}

void read_meaning(GDALRasterBandH band, RasterResult& out, Origin const& origin) {
  int stated = 0;
  double const nodata = GDALGetRasterNoDataValue(band, &stated);
  if (stated != 0) out.nodata = nodata;
  out.cell_type = GDALGetDataTypeName(GDALGetRasterDataType(band));
  double const scale = GDALGetRasterScale(band, &stated), offset = GDALGetRasterOffset(band, nullptr);
  out.raster.scale = stated != 0 ? scale : 1;
  out.raster.offset = offset;
  if (!std::isfinite(out.raster.scale) || out.raster.scale == 0 || !std::isfinite(offset))
    throw_error(ErrorKind::input, "{} says that its values are to be multiplied by {} and raised by {}; correct that.",
                origin.text(), scale, offset);
}

}  // namespace

RasterResult read_raster(RasterOptions const& options, Issues& issues) {
  Origin const origin{options.name, options.path, options.written};
  RasterSource const source = open_raster(options, origin);
  GDALRasterBandH const band = band_of(source, options, origin);
  RasterResult out;
  out.driver = source.driver;
  out.source_layer = (options.layer.empty() ? "" : options.layer + ", ") + "band " + std::to_string(options.band);
  Raster& raster = out.raster;
  raster.name = options.name;
  raster.crs = crs_of(source.dataset.get(), options, origin, issues);
  raster.grid = grid_of(source.dataset.get(), origin);
  raster.values = values_for(band, origin);
  read_meaning(band, out, origin);
  choose_part(raster, options.area ? options.area(raster) : raster.grid.extent());
  check_size(raster, origin);
  StripReader(band, raster, origin).read();
  out.cells_declared = std::size_t{raster.grid.columns} * raster.grid.rows;
  out.cells_known = known_cells(raster);
  out.sha256 = raster_hash(source.dataset.get(), options.path);
  return out;
}

}  // namespace terrein
