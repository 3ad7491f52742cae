#include "site_duties.hpp"

#include "named_columns.hpp"
#include "terrein/core/csv.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// One line of the table.
struct Duty {
  std::string site, duty, label, applies, because, ground, reference, date, mark;
};

/// Collects the duties of sites.
class DutyList {
 public:
  DutyList(SiteLayer const& sites, MadeLayer const& areas, MadeFrom const& from)
      : sites_(sites),
        areas_(areas),
        from_(from),
        procedures_(read_csv(data_folders().datasets / "sites" / "duties.csv")) {}

  /// Procedures of the shipped table.
  void add_procedures(std::size_t i, std::size_t row) {
    for (auto const& cells : procedures_.rows) {
      auto const cell = [&](char const* column) { return cells[procedures_.column(column)]; };
      Duty duty{sites_.sites.layer.id[i],
                cell("key"),
                from_.labels.pick(cell("label_nl"), cell("label_en")),
                "yes",
                "",
                cell("ground"),
                cell("reference"),
                cell("date"),
                cell("mark")};
      if (std::string const criterion = cell("criterion"); !criterion.empty()) {
        auto const above = parse_number(cell("above"));
        auto const value = value_of(criterion, i, row);
        duty.applies = !value || !above ? "unknown" : *value > *above ? "yes" : "no";
        duty.because = value ? criterion + " = " + shortest(*value) : criterion + " = ?";
      }
      push(duty);
    }
  }

  /// What the rules of the model ask that the set goes by.
  void add_conditions(std::size_t i) {
    for (ModelResult const& model : sites_.judgement.models) {
      if (model.model->key != sites_.entries[i].assembly->spec->model) continue;
      for (std::size_t k = 0; k < model.rules.size(); ++k) {
        RuleSpec const& rule = *model.rules[k];
        RuleResult const result = model.rule_outcomes[k]->result[i];
        bool const asks = result == RuleResult::condition || (result == RuleResult::unknown && !rule.duty.empty());
        if (!asks) continue;
        push({sites_.sites.layer.id[i], rule.key, rule.duty.empty() ? rule_label(rule, from_.labels) : rule.duty,
              result == RuleResult::condition ? "yes" : "unknown", rule.criterion, std::string(to_string(rule.ground)),
              rule.reference, rule.date, rule.mark});
      }
    }
  }

  MadeLayer table() && {
    MadeLayer out;
    out.name = "site_duties";
    out.codes = {{"applies", "yes_no"}};
    for (char const* name : {"site_id", "duty", "label", "applies", "because", "ground", "reference", "date", "mark"})
      columns_.texts(name);
    out.table = columns_.table(rows_);
    return out;
  }

 private:
  /// A column of the sites, or a criterion; nothing where it is not measured or not known.
  [[nodiscard]] std::optional<double> value_of(std::string const& key, std::size_t i, std::size_t row) const {
    if (key == "gross_ha") return number_at(*areas_.table.find(key), row);
    if (key == "self_realisation") {
      auto const text = text_at(*areas_.table.find(key), row);
      return text ? std::optional(*text == "yes" ? 1.0 : 0.0) : std::nullopt;
    }
    if (key == "open_space_ha") return open_space(i);
    if (from_.study.find_criterion(key) == nullptr) return std::nullopt;
    Measure const& measure = measure_of(sites_.judgement.measures, key);
    return measure.is_class ? std::nullopt : measure.value.at(i);
  }
  [[nodiscard]] std::optional<double> open_space(std::size_t i) const {
    SiteLayer::Entry const& entry = sites_.entries[i];
    if (entry.assembly->spec->open_space.layer.empty()) return std::nullopt;
    double out = 0;
    for (std::uint32_t const piece : entry.site->found.pieces) out += entry.assembly->land.pieces[piece].open_space_ha;
    return out;
  }

  void push(Duty const& duty) {
    ++rows_;
    auto const text = [](std::string const& value) {
      return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
    };
    columns_.texts("site_id").push(duty.site);
    columns_.texts("duty").push(duty.duty);
    columns_.texts("label").push(duty.label);
    columns_.texts("applies").push(duty.applies);
    columns_.texts("because").push(text(duty.because));
    columns_.texts("ground").push(text(duty.ground));
    columns_.texts("reference").push(text(duty.reference));
    columns_.texts("date").push(text(duty.date));
    columns_.texts("mark").push(text(duty.mark));
  }

  SiteLayer const& sites_;
  MadeLayer const& areas_;
  MadeFrom const& from_;
  CsvTable procedures_;
  NamedColumns columns_;
  std::size_t rows_ = 0;
};

}  // namespace

MadeLayer site_duties(SiteLayer const& sites, MadeLayer const& areas, std::vector<std::size_t> const& rows,
                      MadeFrom const& from) {
  DutyList out(sites, areas, from);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out.add_procedures(rows[row], row);
    out.add_conditions(rows[row]);
  }
  return std::move(out).table();
}

}  // namespace terrein
