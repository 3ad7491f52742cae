#include "scene.hpp"

namespace terrein::demo {

LayerMaker::LayerMaker(std::string name, std::string title, std::string description, ShapeType shape)
    : geometry_(std::make_unique<GeometryColumn>()) {
  layer_.name = std::move(name);
  layer_.title = std::move(title);
  layer_.description = std::move(description);
  layer_.shape = shape;
  layer_.licence = "Fictieve gegevens, terrein (CC0)";
}

void LayerMaker::point(Vec p) {
  GeometryBuilder builder(*geometry_);
  builder.vertex(p.x, p.y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::point);
}

void LayerMaker::line(Line const& line) {
  GeometryBuilder builder(*geometry_);
  for (Vec const v : line) builder.vertex(v.x, v.y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::line);
}

void LayerMaker::polygon(Ring const& shell, std::vector<Ring> const& holes) {
  GeometryBuilder builder(*geometry_);
  for (Vec const v : shell) builder.vertex(v.x, v.y);
  builder.end_path();
  for (Ring const& hole : holes) {
    for (Vec const v : hole) builder.vertex(v.x, v.y);
    builder.end_path();
  }
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
}

void LayerMaker::no_shape() { GeometryBuilder(*geometry_).end_row(GeometryKind::null); }

template <class C>
C& LayerMaker::column(std::string const& name) {
  for (AnyColumn& any : columns_) {
    if (name_of(any) == name) return std::get<C>(any);
  }
  C fresh;
  fresh.name = name;
  return std::get<C>(columns_.emplace_back(std::move(fresh)));
}

LayerMaker& LayerMaker::text(std::string const& name, std::optional<std::string_view> value) {
  column<TextColumn>(name).push(value);
  return *this;
}

LayerMaker& LayerMaker::whole(std::string const& name, std::optional<std::int64_t> value) {
  column<Column<std::int64_t>>(name).push(value);
  return *this;
}

LayerMaker& LayerMaker::number(std::string const& name, std::optional<double> value) {
  column<Column<double>>(name).push(value);
  return *this;
}

OutputLayer LayerMaker::finish(Crs const& crs) const {
  OutputLayer out = layer_;
  if (out.shape != ShapeType::none) {
    out.geometry = geometry_.get();
    out.crs = crs;
  }
  out.table = Table(geometry_->size());
  for (AnyColumn const& column : columns_) out.table.add(column);
  return out;
}

}  // namespace terrein::demo
