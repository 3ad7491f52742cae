#include <algorithm>
#include <array>
#include <set>

#include "model_scoring.hpp"
#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::array preference_kinds{PreferenceKind::usual, PreferenceKind::u_shape, PreferenceKind::v_shape,
                                      PreferenceKind::level, PreferenceKind::linear,  PreferenceKind::gaussian};

/// The settings that a preference goes by.
std::string_view settings_of(PreferenceKind kind) {
  switch (kind) {
    case PreferenceKind::usual:
      return "";
    case PreferenceKind::u_shape:
      return "q";
    case PreferenceKind::v_shape:
      return "p";
    case PreferenceKind::level:
    case PreferenceKind::linear:
      return "qp";
    case PreferenceKind::gaussian:
      return "s";
  }
  return "";
}

/// Reads the part of one model about its method.
class ScoringReader {
 public:
  ScoringReader(TomlTable& table, ModelConfig& model) : table_(table), model_(model), out_(model.scoring.aggregation) {
    for (ModelCriterion const& one : model.criteria) criteria_.push_back(one.criterion);
  }

  void read() {
    read_method();
    read_normalisation();
    read_numbers();
    read_preferences();
    read_vetoes();
    read_groups();
  }

 private:
  void read_method() {
    std::string const word = table_.text_or("method", to_string(out_.method));
    if (auto const method = aggregation_method(word))
      out_.method = *method;
    else
      table_.problem("method", "'" + word + "' is not one of " + join(known_methods(), ", ") + ".");
  }

  void read_normalisation() {
    std::string const word = table_.text_or("normalisation", to_string(out_.normalisation));
    auto const found = normalisation(word);
    if (!found) {
      table_.problem("normalisation", "'" + word + "' is not one of " + join(known_normalisations(), ", ") + ".");
      return;
    }
    Aggregation alone;
    alone.method = out_.method;
    alone.normalisation = *found;
    try {
      require_valid(alone, criteria_.size());
      out_.normalisation = *found;
    } catch (Error const& error) {
      table_.problem("normalisation", error.what());
    }
  }

  /// A setting of another method would change nothing, which nobody who writes it expects.
  bool belongs(char const* key, Method method) {
    if (!table_.has(key) || out_.method == method) return true;
    table_.problem(key, "counts only with method = \"" + std::string(to_string(method)) + "\".");
    return false;
  }

  void read_numbers() {
    double const compensation = table_.number("compensation").value_or(out_.compensation);
    if (!(compensation <= 1))
      table_.problem("compensation", "must be 1 (full) or less, such as 0, -1 or -inf.");
    else if (belongs("compensation", Method::power_mean))
      out_.compensation = compensation;
    read_share("orness", Method::owa, out_.orness);
    read_share("vikor_v", Method::vikor, out_.v);
  }

  void read_share(char const* key, Method method, double& out) {
    double const number = table_.number(key).value_or(out);
    if (!(number >= 0 && number <= 1))
      table_.problem(key, "must be between 0 and 1.");
    else if (belongs(key, method))
      out = number;
  }

  /// The place of a criterion in the model; nothing, and a problem, where it has none.
  std::optional<std::size_t> place_of(TomlTable& table, std::string_view key, std::string const& criterion) {
    auto const it = std::find(criteria_.begin(), criteria_.end(), criterion);
    if (it != criteria_.end()) return static_cast<std::size_t>(it - criteria_.begin());
    table.problem(key, "the model has no criterion '" + criterion + "' with a value function." +
                           suggestion(criterion, criteria_));
    return std::nullopt;
  }

  /// Criteria without a preference of their own have the usual one: whoever leads is preferred.
  void read_preferences() {
    TomlTable table = table_.table("preferences");
    if (!table.exists()) return;
    (void)belongs("preferences", Method::promethee);
    std::vector<Preference> all(criteria_.size());
    for (std::string const& key : table.keys()) {
      TomlTable one = table.table(key);
      Preference const read = read_preference(one);
      if (auto const place = place_of(table, key, key)) all[*place] = read;
    }
    if (out_.method == Method::promethee) out_.preferences = std::move(all);
  }

  static Preference read_preference(TomlTable one) {
    Preference out;
    std::string const word = one.text_or("kind", to_string(out.kind));
    auto const kind = preference_kind(word);
    out.kind = kind.value_or(out.kind);
    out.q = one.number("q").value_or(0);
    out.p = one.number("p").value_or(0);
    out.s = one.number("s").value_or(0);
    one.finish();
    if (!kind) {
      std::vector<std::string> known;
      for (PreferenceKind const other : preference_kinds) known.emplace_back(to_string(other));
      one.problem("kind", "'" + word + "' is not one of " + join(known, ", ") + ".");
      return out;
    }
    auto const counts = [&out](char key) { return settings_of(out.kind).find(key) != std::string_view::npos; };
    for (char const* key : {"q", "p", "s"})
      if (one.has(key) && !counts(key[0])) one.problem(key, "does not count for this kind of preference.");
    bool const fits_q = !counts('q') || out.q >= 0;
    bool const fits_p = !counts('p') || out.p > (counts('q') ? out.q : 0);
    bool const fits_s = !counts('s') || out.s > 0;
    if (!fits_q) one.problem("q", "must be 0 or more.");
    if (!fits_p) one.problem("p", counts('q') ? "must be greater than q." : "must be greater than 0.");
    if (!fits_s) one.problem("s", "must be greater than 0.");
    return fits_q && fits_p && fits_s ? out : Preference{};
  }

  void read_vetoes() {
    TomlTable table = table_.table("vetoes");
    for (std::string const& key : table.keys()) {
      auto const below = table.number(key);
      auto const place = place_of(table, key, key);
      if (below && !(*below >= 0 && *below <= 1))
        table.problem(key, "must be between 0 and 1: the value below which a candidate cannot be good.");
      else if (below && place)
        out_.vetoes.push_back({*place, *below});
    }
    std::sort(out_.vetoes.begin(), out_.vetoes.end(),
              [](Veto const& a, Veto const& b) { return a.criterion < b.criterion; });
  }

  void read_groups() {
    TomlTable table = table_.table("groups");
    if (!table.exists()) return;
    for (std::string const& key : table.keys()) {
      check_key(table, key);
      read_group(table.table(key), key);
    }
    check_groups(table);
  }

  void read_group(TomlTable table, std::string const& key) {
    ModelGroup out;
    out.key = key;
    out.of = table.text_or("of", "");
    std::string const label = table.text_or("label", "");
    out.label_nl = table.text_or("label_nl", label);
    out.label_en = table.text_or("label_en", label);
    out.weight = table.number("weight");
    out.compensation = table.number("compensation");
    if (out.weight && *out.weight < 0) fault(table, "weight", "must be 0 or more.");
    if (out.compensation && !(*out.compensation <= 1))
      fault(table, "compensation", "must be 1 (full) or less, such as 0, -1 or -inf.");
    for (std::string const& criterion : table.texts("criteria")) {
      if (!place_of(table, "criteria", criterion))
        groups_fit_ = false;
      else if (!grouped_.insert(criterion).second)
        fault(table, "criteria", "'" + criterion + "' stands in a group already.");
      else
        out.criteria.push_back(criterion);
    }
    table.finish();
    model_.scoring.groups.push_back(std::move(out));
  }

  void fault(TomlTable& table, std::string_view key, std::string const& text) {
    table.problem(key, text);
    groups_fit_ = false;
  }

  void check_groups(TomlTable& table) {
    auto const& groups = model_.scoring.groups;
    std::vector<std::string> keys;
    for (ModelGroup const& group : groups) keys.push_back(group.key);
    for (ModelGroup const& group : groups) {
      TomlTable own = table.table(group.key);
      if (!group.of.empty() && std::find(keys.begin(), keys.end(), group.of) == keys.end())
        fault(own, "of", "the model has no group '" + group.of + "'." + suggestion(group.of, keys));
      else if (is_inside_itself(group))
        fault(own, "of", "the group would be part of itself.");
      bool const empty =
          group.criteria.empty() &&
          std::none_of(groups.begin(), groups.end(), [&](ModelGroup const& one) { return one.of == group.key; });
      if (empty) fault(own, "criteria", "is missing: a group has criteria, or other groups that are `of` it.");
    }
    if (out_.normalisation != Normalisation::fixed)
      fault(table_, "groups", "have scores on a fixed scale; use normalisation = \"fixed\", or no groups.");
    bool const weighed = std::any_of(groups.begin(), groups.end(), [](auto const& one) { return one.weight; });
    if (weighed && !model_.scoring.weight_ranges.empty())
      fault(table_, "weight_ranges",
            "counts on the scale of the weights of the criteria, which the weight of a group changes; give groups no "
            "weight of their own, or no ranges.");
    if (!groups_fit_) return;
    try {
      (void)weight_shares(model_);
    } catch (Error const& error) {
      table_.problem("groups", error.what());
    }
  }

  [[nodiscard]] bool is_inside_itself(ModelGroup const& group) const {
    auto const& groups = model_.scoring.groups;
    std::string at = group.of;
    for (std::size_t step = 0; step < groups.size() && !at.empty(); ++step) {
      if (at == group.key) return true;
      auto const around =
          std::find_if(groups.begin(), groups.end(), [&](ModelGroup const& one) { return one.key == at; });
      at = around == groups.end() ? "" : around->of;
    }
    return false;
  }

  TomlTable& table_;
  ModelConfig& model_;
  Aggregation& out_;
  std::vector<std::string> criteria_;
  std::set<std::string> grouped_;
  bool groups_fit_ = true;
};

}  // namespace

void read_scoring(TomlTable& model, ModelConfig& out) { ScoringReader(model, out).read(); }

}  // namespace terrein
