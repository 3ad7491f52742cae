#include "terrein/fetch/fetch.hpp"

#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* fetch_examples =
    "  terrein fetch \"WFS:https://host/wfs\" --layer lu:lu_gwp_gv --output gewestplan.gpkg\n"
    "  terrein fetch \"OAPIF:https://host/ogc/features/v1\" --layer ADP --output percelen.gpkg "
    "--box 100000,190000,110000,200000\n"
    "  terrein fetch \"ARCGIS:https://host/arcgis/rest/services/plan/MapServer/3\" --output plan.gpkg\n";

constexpr char const* fetch_notes =
    "The snapshot holds every row in the layer's own CRS, or nothing is written: ids are unique, the number of rows "
    "is\n"
    "the one that the service states before and after, and the end is proven. Pages that arrived are kept beside the\n"
    "output; the same command goes on from them. Never write a password or token on the command line: GDAL takes\n"
    "logins from a netrc file (GDAL_HTTP_NETRC=YES, GDAL_HTTP_NETRC_FILE) or headers from GDAL_HTTP_HEADER_FILE.\n";

Box box_of(std::string const& text) {
  auto const words = split(text, ',');
  std::vector<double> numbers;
  for (std::string const& word : words)
    if (auto const number = parse_number(word)) numbers.push_back(*number);
  if (words.size() != 4 || numbers.size() != 4)
    throw_error(ErrorKind::usage, "--box is '{}'; it must be four numbers: minx,miny,maxx,maxy.", text);
  return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

struct FetchCommand {
  std::string source, layer, output, box, crs, id_field, date;
  std::string count = "check";
  std::size_t page_size = 0;
  double timeout_s = 120;
  int retries = 3;
  bool overwrite = false;
  int verbosity = 0;  ///< -1 errors only, 0 the summary, 1 every page
};

CountRule count_rule(std::string const& text) {
  if (text == "ignore") return CountRule::ignore;
  return text == "trust" ? CountRule::trust : CountRule::check;
}

int save_snapshot(FetchCommand const& command) {
  FetchRequest request;
  request.source = command.source;
  request.layer = command.layer;
  request.output = command.output;
  if (!command.box.empty()) request.box = box_of(command.box);
  request.crs = command.crs;
  request.id_field = command.id_field;
  request.page_size = command.page_size;
  request.count = count_rule(command.count);
  request.date = command.date;
  request.overwrite = command.overwrite;
  request.timeout_s = command.timeout_s;
  request.retries = command.retries;
  if (command.verbosity > 0) request.note = [](std::string const& text) { std::cerr << text << '\n'; };
  FetchSummary const summary = fetch_snapshot(request);
  if (command.verbosity < 0) return 0;
  std::cout << fmt::format("{} rows of {} in {}, {} pages", summary.rows, summary.layer, summary.crs, summary.pages);
  if (summary.pages_kept > 0) std::cout << fmt::format(" ({} kept from an earlier fetch)", summary.pages_kept);
  std::cout << fmt::format(", {}, {}\n", summary.order, summary.time);
  for (auto const& path : summary.outputs) std::cout << path.string() << '\n';
  return 0;
}

}  // namespace

void add_fetch(CLI::App& program, std::function<int()>& chosen) {
  auto const owned = std::make_shared<FetchCommand>();
  FetchCommand& command = *owned;
  CLI::App* fetch =
      add_command(program, {"fetch", "Save a layer of a web service as a dated snapshot", fetch_examples, fetch_notes});
  fetch->add_option("service", command.source, "WFS:, OAPIF: or ARCGIS: and the address")->required();
  fetch->add_option("--layer", command.layer, "Layer or collection, as the service names it");
  fetch->add_option("-o,--output", command.output, "GeoPackage to write")->required();
  fetch->add_option("--box", command.box, "Only rows that meet minx,miny,maxx,maxy, in the CRS of the snapshot");
  fetch->add_option("--crs", command.crs, "Let the service transform, as EPSG:31370 (default: the layer's own CRS)");
  fetch->add_option("--id-field", command.id_field, "Field whose values are unique; rows are ordered by it");
  fetch->add_option("--page-size", command.page_size, "Rows per request (default: 1000, or less if the service says)");
  fetch
      ->add_option("--count", command.count,
                   "The service's own count: check it, ignore it (it is a cap), or trust it though it is round")
      ->check(CLI::IsMember({"check", "ignore", "trust"}))
      ->capture_default_str();
  fetch->add_option("--date", command.date, "Date of the snapshot, YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else now)");
  fetch->add_flag("--overwrite", command.overwrite, "Replace a snapshot that exists");
  fetch->add_option("--timeout", command.timeout_s, "Seconds for one answer")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  fetch->add_option("--retries", command.retries, "Tries after a failed one")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  add_verbosity_options(*fetch, command.verbosity, "every page");
  fetch->callback([&chosen, owned] { chosen = [owned] { return save_snapshot(*owned); }; });
}

}  // namespace terrein::cli
