#include "terrein/app/verify_run.hpp"

#include <algorithm>

#include "run_manifest.hpp"
#include "temporary_folder.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Comparison = RepeatedRun::Comparison;

/// "gdal 3.6.2, now 3.10.0; processor …": what may change last bits; empty when nothing differs.
std::string version_differences(Json const& then, Json const& now) {
  std::vector<std::string> out;
  Json const versions = then.value("versions", Json::object());
  for (auto const& [name, value] : now.at("versions").items()) {
    std::string const before = versions.value(name, std::string("unknown")), after = value.get<std::string>();
    if (before != after) out.push_back(name + " " + before + ", now " + after);
  }
  std::string const before = then.value("processor", std::string("unknown")), after = now.at("processor");
  if (before != after) out.push_back("processor " + before + ", now " + after);
  return join(out, "; ");
}

std::vector<VerifiedItem> compare_bytes(RunManifest const& manifest, fs::path const& folder) {
  std::vector<VerifiedItem> out;
  for (Json const& one : manifest.json()["outputs"]) {
    fs::path const name = fs::path(one.value("path", std::string{})).filename(), made = folder / name;
    out.push_back(
        verified({"output", name.string(), "", one.value("sha256", std::string{}), "", {}, true, ""}, [&made] {
          std::error_code absent;
          return fs::exists(made, absent) ? sha256_of_file(made) : std::string{};
        }));
  }
  return out;
}

/// A note without the styles and labels that changed would leave a reader of differing bytes in the dark.
std::string changed_looks(std::vector<VerifiedItem> const& inputs) {
  std::vector<std::string> out;
  for (VerifiedItem const& item : inputs)
    if ((item.kind == "labels" || item.kind == "styles") && item.state != VerifyState::same) out.push_back(item.kind);
  return join(out, " and ");
}

class RunRepeater {
 public:
  RunRepeater(RunManifest const& manifest, VerifyOptions const& options, DataFolders const& data,
              VerifyReport const& report)
      : manifest_(manifest), options_(options), data_(data), report_(report) {}

  RepeatedRun repeat() {
    if (inputs_differ_beyond_study()) {
      out_.why = "the run was not repeated: inputs are no longer what they were";
      return std::move(out_);
    }
    try {
      run();
      compare();
    } catch (Error const& error) {
      if (error.kind() == ErrorKind::interrupted) throw;
      out_.comparison = Comparison::none;
      out_.why = "the run could not be repeated: " + without_passwords(error.what());
    }
    return std::move(out_);
  }

 private:
  /// A study or a scenario that says something else does not matter: the manifest holds its settings.
  [[nodiscard]] bool inputs_differ_beyond_study() const {
    std::vector<VerifiedItem> others = report_.inputs;
    std::erase_if(others, [](VerifiedItem const& item) { return item.kind == "study" || item.kind == "scenario"; });
    return inputs_differ(others);
  }

  void run() {
    package_ = folder_.path() / manifest_.package().filename();
    RunOptions options;
    options.workers = options_.workers;
    options.progress = options_.progress;
    static_cast<void>(run_study(manifest_.study(package_, {}, data_), options, data_));
    now_ = RunManifest(package_.string() + ".run.json", std::nullopt).json();
  }

  void compare() {
    std::string const versions = version_differences(manifest_.json(), now_), looks = changed_looks(report_.inputs);
    if (versions.empty() && looks.empty()) {
      out_.comparison = Comparison::bytes;
      out_.why = "versions and processor are those of the run";
      out_.files = compare_bytes(manifest_, folder_.path());
    } else {
      out_.comparison = Comparison::values;
      out_.why = versions.empty() ? looks + " changed" : versions;
    }
    if (out_.comparison == Comparison::values || !all_the_same()) compare_values();
  }

  [[nodiscard]] bool all_the_same() const {
    auto const same = [](VerifiedItem const& item) { return item.state == VerifyState::same; };
    return std::all_of(out_.files.begin(), out_.files.end(), same) &&
           std::all_of(report_.outputs.begin(), report_.outputs.end(), same);
  }

  /// Where the GeoPackage as it is now differs from the repeated one.
  void compare_values() {
    std::error_code absent;
    if (!fs::exists(manifest_.package(), absent)) return;  // told among the outputs
    out_.tables = compare_packages(manifest_.package(), package_, options_.tolerance);
    out_.values_compared = true;
  }

  RunManifest const& manifest_;
  VerifyOptions const& options_;
  DataFolders const& data_;
  VerifyReport const& report_;
  TemporaryFolder folder_;
  fs::path package_;
  Json now_;
  RepeatedRun out_;
};

[[noreturn]] void throw_damaged(fs::path const& manifest) {
  throw_error(ErrorKind::input,
              "The manifest '{}' is damaged: a value in it is not what terrein writes there. Get the file that terrein "
              "run wrote.",
              manifest.string());
}

}  // namespace

bool RepeatedRun::same() const {
  auto const is_same = [](VerifiedItem const& item) { return item.state == VerifyState::same; };
  if (comparison == Comparison::none) return false;
  if (comparison == Comparison::bytes && !std::all_of(files.begin(), files.end(), is_same)) return false;
  if (comparison == Comparison::values && !values_compared) return false;
  return std::all_of(tables.begin(), tables.end(), [](TableComparison const& table) { return table.same(); });
}

int VerifyReport::exit_code() const {
  if (inputs_differ(inputs)) return 3;
  if (inputs_only) return 0;
  bool const outputs_same = std::all_of(outputs.begin(), outputs.end(),
                                        [](VerifiedItem const& item) { return item.state == VerifyState::same; });
  return outputs_same && repeated.same() ? 0 : 1;
}

VerifyReport verify_run(VerifyOptions const& options, DataFolders const& data) try {
  RunManifest const manifest(options.manifest, options.base);
  VerifyReport out;
  out.manifest = options.manifest;
  out.title = manifest.text("title");
  out.inputs_only = options.inputs_only;
  out.tolerance = options.tolerance;
  out.inputs = verify_inputs(manifest, data);
  if (options.inputs_only) return out;
  out.outputs = verify_outputs(manifest);
  out.repeated = RunRepeater(manifest, options, data, out).repeat();
  return out;
} catch (Json::exception const&) {
  throw_damaged(options.manifest);
}

RunSummary rerun(RerunOptions const& options, DataFolders const& data) try {
  RunManifest const manifest(options.manifest, options.base);
  if (options.tell_inputs) options.tell_inputs(verify_inputs(manifest, data));
  Study const study = manifest.study(options.output.empty() ? manifest.package() : options.output, options.set, data);
  return run_study(study, options.run, data);
} catch (Json::exception const&) {
  throw_damaged(options.manifest);
}

}  // namespace terrein
