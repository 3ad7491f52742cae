#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/app/verify_run.hpp"

namespace terrein {

/// The manifest beside a result, read again.
class RunManifest {
 public:
  /// Throws `Error{input}` for a file that is absent or no manifest of a run.
  RunManifest(std::filesystem::path const& file, std::optional<std::filesystem::path> base);

  [[nodiscard]] nlohmann::json const& json() const noexcept { return json_; }
  [[nodiscard]] std::filesystem::path const& file() const noexcept { return file_; }
  /// The study file, where it is now.
  [[nodiscard]] std::filesystem::path study_file() const;
  /// An output, which lies beside the manifest wherever both were moved.
  [[nodiscard]] std::filesystem::path beside(std::string const& written) const;
  /// The GeoPackage.
  [[nodiscard]] std::filesystem::path package() const;
  /// A path that the manifest names, where it is now: what lay in the folder of the study lies in its new one.
  [[nodiscard]] std::string moved(std::string const& path) const;
  /// The study as it was run, writing to `output` and to no database, with its time stamp and audience. `set` comes on
  /// top. Throws `Error{input}` for a manifest that does not hold what is needed, `Error{config}` where the study
  /// cannot be read any more, for instance for a profile that is gone.
  [[nodiscard]] Study study(std::filesystem::path const& output, std::vector<std::string> const& set,
                            DataFolders const& data) const;
  /// A text of the manifest; empty where there is none.
  [[nodiscard]] std::string text(std::string const& key) const;

 private:
  std::filesystem::path file_, folder_then_, folder_now_;
  nlohmann::json json_;
};

/// A connection of a manifest, which holds no password, without the mark in its place: PostgreSQL then looks in its own
/// places (.pgpass, PGPASSWORD).
[[nodiscard]] std::string without_hidden_passwords(std::string connection);

/// The inputs of a run: study, layers, added tables, local knowledge, profiles, and what terrein ships.
[[nodiscard]] std::vector<VerifiedItem> verify_inputs(RunManifest const& manifest, DataFolders const& data);
/// The outputs: files beside the manifest, tables of a database.
[[nodiscard]] std::vector<VerifiedItem> verify_outputs(RunManifest const& manifest);
/// Whether an input that decides about values is no longer the same.
[[nodiscard]] bool inputs_differ(std::vector<VerifiedItem> const& inputs);

/// An item whose hash is what `hash` gives; an empty one means that it is missing. An `Error` becomes `unreadable`.
[[nodiscard]] VerifiedItem verified(VerifiedItem item, std::function<std::string()> const& hash);

}  // namespace terrein
