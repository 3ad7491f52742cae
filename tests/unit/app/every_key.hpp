#pragma once

#include <filesystem>
#include <string>

#include "support/support.hpp"

namespace terrein::test {

/// A study that uses every key there is.
inline std::string const every_key = R"([study]
title = "t"
language = "en"
crs = "EPSG:31370"
max_crs_error_m = 1
curve_tolerance_m = 0.02
max_age_days = 9
date = 2026-01-31
duplicates = "first"
overlaps = "split"
borders = "p2"
border_field = "n"
border_m2 = 2
allow_approximate = true
[variables]
v1 = "p"
[area]
box = [0, 0, 1, 1]
polygon = "a.gpkg"
source = "a.gpkg"
layer = "towns"
field = "name"
municipalities = ["Kanaalveld"]
crs = "EPSG:31370"
[candidates]
layer = "p1"
keep = ["*"]
[additions]
source = "a1.csv"
layer = "x"
[layers.p1]
source = "${v1}.gpkg"
layer = "x"
geometry = "x"
where = "a = 1"
id = "k"
class = "c"
class_separator = ";"
coverage = "everywhere"
crs = "EPSG:31370"
swap_axes = true
crs_override = ""
approximate = { field = "q", prefix = "approx" }
personal = ["owner"]
label_nl = "x"
label_en = "x"
licence = "x"
attribution = "x"
date = 2026-01-01
max_age_days = 9
decided = "x"
slip_roads = { field = "c", values = ["1"], main = ["2"] }
fabric = { overlap_m2 = 0.1, tolerance_m = 0.1, sliver_width_m = 1, tiny_m2 = 1, gap_width_m = 1, list_most = 10 }
[layers.p2]
source = "q.gpkg"
fabric = false
[layers.p1.classes]
a1 = "b"
[layers.p1.add.o1]
source = "o.xlsx"
layer = "x"
key = "k"
on = "k"
fields = ["owners_n"]
[layers.t1]
source = "t.csv"
x = "a"
y = "b"
crs = "EPSG:31370"
crs_field = "c"
[layers.t1.crs_values]
a1 = "EPSG:3812"
[layers.t2]
source = "t.csv"
coordinates = "c"
[layers.t2.changes]
add = { source = "n1.gpkg", layer = "n", where = "a is null", crs = "EPSG:31370" }
close = ["1"]
close_where = "a = 1"
[layers.t3]
source = "t.csv"
join = { layer = "p1", key = "k", on = "k" }
[layers.p1.graph]
connect = "node_ids"
from = "f"
to = "t"
tolerance_m = 0.1
lengths = "geodesic"
speed = "s"
class = "c"
speeds = { a1 = 3 }
default_speed_kmh = 30
oneway = "o"
ferry = "r"
ferry_values = ["ferry"]
limits = { weight = "w1", height = "w2", width = "w3", length = "w4", axle = "w5" }
vehicle = { weight_t = 40, height_m = 3.9, width_m = 2.5, length_m = 12, axle_t = 10 }
cemt = "z"
cemt_classes = { 40 = "IV" }
draught = "d"
air_draught = "h"
electrified = "e"
track = "i"
sidings = ["spur"]
[layers.p1.gates]
tolerance_m = 3
not_on = ["b"]
where = "c is null"
barriers = { w1 = { layer = "p2", classes = ["b"] } }
[layers.d1]
combine = ["p1"]
[layers.d2]
slip_roads_of = "p1"
[layers.q1]
source = "q1.gpkg"
profile = "own1"
[layers.u1]
source = "u.tif"
kind = "raster"
band = 2
[layers.u1.classes]
1 = "built"
[criteria.c1]
measure = "network_time"
layer = "p1"
classes = ["b"]
field = ""
radius_m = 1
distance_m = 1
tolerance_m = 1
min_shared_m = 1
roads = "p1"
access_kmh = 1
nth = 2
direction = "both"
join = "gates"
limit_s = 900
limit_m = 9000
mu = 0.1
demand = "p1"
demand_field = "n"
zones = "p1"
zone_classes = ["b"]
dwellings = "p2"
dwellings_within_m = 20
dwellings_per_100_m = 4
decay = { kind = "exponential", points = "beta=0.1", per = 60 }
per = 2
unit = "m"
level = "site"
label = "x"
label_nl = "x"
label_en = "x"
chains = "k1"
by = ["road"]
to = ["x"]
[chains.k1]
label = "x"
label_nl = "x"
label_en = "x"
destinations = "p1"
weight = "n"
roads = "p1"
join = "gates"
access_kmh = 30
terminals = "p1"
capacity = "n"
opening_hours = "n"
goods = "bulk"
factors = "factors.csv"
sets = ["starter", "nl_2014"]
shown = 3
barge = { network = "p1", classes = ["b"], access_m = 100, quays = "p1", quay_m = 20 }
rail = { network = "p1", classes = ["b"], access_m = 100, sidings = "p1", siding_m = 20, track = "n", train_m = 600 }
[criteria.u1]
measure = "raster_share"
layer = "u1"
values = [1]
[criteria.n1]
measure = "net_area"
[criteria.n1.cuts.b1]
layer = "p1"
classes = ["b"]
buffer_m = 1
[reach.i1]
kind = "isochrones"
layer = "p2"
classes = ["b"]
roads = "p1"
join = "gates"
access_kmh = 10
direction = "from"
limits_s = [600, 1200]
width_m = 100
label = "x"
label_nl = "x"
label_en = "x"
[reach.i2]
kind = "market_areas"
layer = "p2"
roads = "p1"
limits_m = [9000]
[rules.r1]
criterion = "c1"
when = ">1"
effect = "condition"
level = "parcel"
ground = "beleid"
reference = "x"
date = 2026-01-01
duty = "x"
mark = "judgement"
label = "x"
label_nl = "x"
label_en = "x"
[rules.s1]
effect = "cut"
layer = "p1"
classes = ["b"]
buffer_m = 1
[models.m1]
defaults = "none"
label = "x"
label_nl = "x"
label_en = "x"
adopted_by = "x"
adopted_on = 2026-01-01
min_completeness = 0.5
rules = ["r1", "s1"]
without_rules = []
without_criteria = []
[models.m1.weights]
c1 = 1
n1 = 1
[models.m1.weight_ranges]
n1 = [0.5, 1.5]
[models.m1.values.n1]
points = "0:0|1:1"
[models.m1.values.c1]
kind = "piecewise"
points = "0:0|1:1"
outside = "clip"
why = "x"
mark = "x"
[models.m2]
defaults = "none"
method = "power_mean"
compensation = 0.5
rules = ["r1"]
[models.m2.weights]
n1 = 1
[models.m2.values.n1]
points = "0:0|1:1"
[models.m2.effects]
r1 = "graded"
[models.m2.graded.r1]
weight = 2
zero_at = 3
[models.m2.vetoes]
n1 = 0.2
[models.m2.groups.g1]
label = "x"
label_nl = "x"
label_en = "x"
weight = 2
compensation = 0
criteria = ["n1"]
[models.m2.groups.g2]
of = "g1"
criteria = ["c1"]
[models.m3]
method = "owa"
orness = 0.3
weights = { n1 = 1 }
values = { n1 = { points = "0:0|1:1" } }
[models.m4]
method = "topsis"
normalisation = "vector"
weights = { n1 = 1 }
values = { n1 = { points = "0:0|1:1" } }
[models.m5]
method = "vikor"
vikor_v = 0.4
weights = { n1 = 1 }
values = { n1 = { points = "0:0|1:1" } }
[models.m6]
method = "promethee"
weights = { n1 = 1, c1 = 1 }
values = { n1 = { points = "0:0|1:1" }, c1 = { points = "0:0|1:1" } }
[models.m6.preferences.n1]
kind = "linear"
q = 0.1
p = 0.3
[models.m6.preferences.c1]
kind = "gaussian"
s = 0.2
[trials]
near_misses = 7
[targets.t1]
label = "x"
label_nl = "x"
label_en = "x"
like = "1"
model = "m1"
n = 5
[scenarios.s1]
label = "x"
label_nl = "x"
label_en = "x"
whatif = ["w1"]
[scenarios.s1.layers.t2]
add = { source = "n1.gpkg", layer = "n", where = "a is null", crs = "EPSG:31370" }
close = ["1"]
close_where = "a = 1"
[scenarios.s2]
file = "s2.toml"
[scenarios.s1.set]
"models.m1.min_completeness" = 0.4
[models.m9]
weights_file = "w1.toml"
[models.m9.values.n1]
points = "0:0|1:1"
[stakeholders.s1]
weights = "w1.toml"
share = 2
label = "x"
label_nl = "x"
label_en = "x"
[robustness]
draws = 100
seed = 3
top = 4
top_sites = 2
weights = "any"
concentration = 50
missing = "left_out"
factor_draws = 8
points = 64
methods = ["owa"]
[whatif.w1]
label = "x"
label_nl = "x"
label_en = "x"
[whatif.w1.layers.t2]
add = { source = "n1.gpkg", layer = "n", where = "a is null", crs = "EPSG:31370" }
close = ["1"]
close_where = "a = 1"
[bound_land.b1]
mode = "water"
destined = { layer = "p1", classes = ["b"], share = 0.4 }
banks = { layer = "p1", classes = ["b"], section = "n", section_m = 400 }
tolerance_m = 30
min_frontage_m = 50
min_depth_m = 40
depth_share = 0.7
blockers = { w1 = { layer = "p2", classes = ["b"] } }
cemt = "z"
min_cemt = "Va"
small_cemt = "III"
network = "p1"
network_m = 200
ports = { layer = "p2", classes = ["b"] }
quays = { layer = "p2", classes = ["b"], within_m = 10 }
shared_quays = { layer = "p2", classes = ["b"], within_m = 300 }
buildings = { layer = "p2", classes = ["b"], within_m = 20, share = 0.5 }
use = { layer = "p2", id = "k", tonnes = "t", year = "y", since = 2020 }
free = { layer = "p2", classes = ["b"], share = 0.4 }
parks = { layer = "p2", field = "n" }
demand = { total_ha = 9, parks = { n1 = 1 }, sections = { n2 = 2 } }
[assembly.s1]
label = "x"
label_nl = "x"
label_en = "x"
target_ha = [15, 25]
area = "developable"
net_factor = 0.75
net_range = [0.7, 0.8]
model = "m1"
outcomes = ["passes"]
min_score = 10
most_parcels = 1000
must = ["1"]
never = ["2"]
not_offered = { w1 = { layer = "p2", classes = ["b"] } }
reach_m = 800
count = 2
total_ha = 40
apart_m = 100
zones = "p1"
most_loss = 0.5
grow = { layer = "p1", classes = ["b"] }
owners = "n"
public_owners = ["x"]
most_owners = 9
sensitive = { layer = "p2", classes = ["b"], within_m = 30 }
open_space = { layer = "p2", classes = ["b"] }
pareto = ["n1"]
speck_m2 = 400
speck_width_m = 8
part_m2 = 2000
part_width_m = 15
level = "provincie"
level_of = { layer = "p2", classes = ["b"] }
kind = "lokaal"
kind_of = { layer = "p2", classes = ["b"] }
[assembly.s1.contacts]
tolerance_m = 0.1
least_m = 4
gap_m = 2
bridge_m = 12
open = false
open_price = 0.5
barriers = { w1 = { layer = "p2", classes = ["b"] } }
crossings = { w1 = { layer = "p2", classes = ["b"], price = 1, allowed = false } }
[assembly.s1.prices]
owner = 0.2
excess = 0.4
outline = 0.1
sensitive = 1
open_space = 0.1
[assembly.s1.shape]
width_m = 100
compactness = 0.3
hull_share = 0.6
hall_m = [200, 100]
as = "rank"
[assembly.s1.alternatives]
count = 1
most_overlap = 0.4
most_loss = 0.1
[assembly.s1.search]
exact_parcels = 40
branch_nodes = 100
all_branch_nodes = 1000
bounded_seeds = 10
improved_seeds = 20
[demand]
table = "t3"
subregions = { layer = "p1", field = "n" }
open_space = { layer = "p2", classes = ["b"] }
[demand.columns]
subregion = "x_subregion"
kind = "x_kind"
plot_size = "x_plot_size"
sector = "x_sector"
jobs_change = "x_jobs_change"
jobs_low = "x_jobs_low"
jobs_high = "x_jobs_high"
park_share = "x_park_share"
m2_per_job = "x_m2_per_job"
m2_low = "x_m2_low"
m2_high = "x_m2_high"
demography = "x_demography"
mixed_share = "x_mixed_share"
space_trend = "x_space_trend"
latent_ha = "x_latent_ha"
water_share = "x_water_share"
stock_years = "x_stock_years"
yearly_ha = "x_yearly_ha"
demand_ha = "x_demand_ha"
demand_low_ha = "x_demand_low_ha"
demand_high_ha = "x_demand_high_ha"
[demand.supply]
new_sites = "s1"
[demand.supply.offered]
layer = "p2"
classes = ["b"]
net_factor = 0.7
kind = "k"
plot_size = "s"
water = "w"
ha = "h"
[demand.supply.zoned]
layer = "p2"
classes = ["b"]
net_factor = 0.7
kind = "k"
plot_size = "s"
water = "w"
ha = "h"
[demand.supply.activatable]
layer = "p2"
classes = ["b"]
net_factor = 0.7
kind = "k"
plot_size = "s"
water = "w"
ha = "h"
[demand.supply.brownfields]
layer = "p2"
classes = ["b"]
net_factor = 0.7
kind = "k"
plot_size = "s"
water = "w"
ha = "h"
[output]
file = "r.gpkg"
postgis = "PG:service=x1"
postgis_schema = "y1"
layer = "l1"
columns = ["val_c1 as c"]
context = ["p1"]
originals = ["p1"]
gates = ["p1"]
geojson = ["l1"]
tables = ["xlsx", "csv"]
csv_separator = ";"
csv_decimal = ","
leave_out = []
project = false
audience = "intern"
)";

/// Writes that study and what it needs into a folder, and gives its path.
inline std::filesystem::path write_every_key(std::filesystem::path const& folder) {
  write_file(folder / "study.toml", every_key);
  write_file(folder / "profiles/own1.toml",
             "[profile]\nshape = \"polygon\"\ntitle_nl = \"x\"\n[match]\nfields = [\"x\"]\n");
  write_file(folder / "s2.toml", "whatif = [\"w1\"]\n");
  write_file(folder / "w1.toml", "name = \"x\"\ndate = 2026-01-01\n[models.m9]\nweights = { n1 = 1 }\n");
  std::filesystem::copy_file(std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets" / "freight" / "factors.csv",
                             folder / "factors.csv", std::filesystem::copy_options::overwrite_existing);
  return folder / "study.toml";
}

}  // namespace terrein::test
