#include <algorithm>
#include <cmath>

#include "made_layers.hpp"
#include "whatif.hpp"

namespace terrein {
namespace {

/// How much a number gets better or worse, as a code of the labels "whatif_change".
std::string_view grade(std::optional<double> before, std::optional<double> gain) {
  constexpr double much = 0.25, some = 0.05;
  if (!before || !gain || *gain == 0) return "other";
  double const share = *before == 0 ? 1 : std::abs(*gain / *before);
  if (*gain > 0) return share >= much ? "much_better" : share >= some ? "better" : "slightly_better";
  return share >= much ? "much_worse" : share >= some ? "worse" : "slightly_worse";
}

std::string_view change_of(ChangedValue const& one, std::optional<double> gain, bool is_class) {
  bool const was = is_class ? one.class_before.has_value() : one.before.has_value();
  bool const is = is_class ? one.class_after.has_value() : one.after.has_value();
  if (was != is) return is ? "becomes_known" : "becomes_unknown";
  return grade(one.before, gain);
}

std::optional<std::string_view> text_or_null(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

double hectares(std::int64_t mm2) { return static_cast<double>(mm2) / 1e10; }

/// Columns of one table in the order in which they were named.
struct Columns {
  std::vector<AnyColumn> all;

  template <class Column>
  Column& at(std::size_t i) {
    return std::get<Column>(all[i]);
  }
  void text(std::size_t i, std::optional<std::string_view> value) { at<TextColumn>(i).push(value); }
  void number(std::size_t i, std::optional<double> value) { at<Column<double>>(i).push(value); }
  void count(std::size_t i, std::size_t value) { at<Column<std::int64_t>>(i).push(static_cast<std::int64_t>(value)); }
  Table table() && {
    Table out(size_of(all.front()));
    for (AnyColumn& column : all) out.add(std::move(column));
    return out;
  }
};

/// Columns of texts "t:name", numbers "n:name" and counts "c:name".
Columns columns_of(std::initializer_list<std::string_view> names) {
  Columns out;
  for (std::string_view const name : names) {
    std::string const plain(name.substr(2));
    if (name.front() == 't') out.all.emplace_back(TextColumn(plain));
    if (name.front() == 'n') out.all.emplace_back(Column<double>(plain, 0));
    if (name.front() == 'c') out.all.emplace_back(Column<std::int64_t>(plain, 0));
  }
  return out;
}

MadeLayer values_layer(MadeFrom const& from) {
  MadeLayer out;
  out.name = "whatif";
  out.shape = ShapeType::polygon;
  out.codes["change"] = "whatif_change";
  Columns columns = columns_of({"t:whatif", "t:label", "t:candidate", "t:criterion", "t:unit", "n:before", "n:after",
                                "n:gain", "t:change", "t:class_before", "t:class_after", "t:by_before", "t:by_after"});
  Layer const& candidates = from.inputs.candidates->layer;
  GeometryBuilder shapes(out.shapes);
  for (WhatIfOutcome const& whatif : from.judgement.whatifs)
    for (CriterionChange const& change : whatif.criteria) {
      CriterionSpec const& spec = *change.criterion;
      bool const is_class = find_criterion_kind(spec.measure)->is_class;
      for (ChangedValue const& one : change.values) {
        auto const better = gain(one.before, one.after, better_of(spec));
        shapes.copy_row(candidates.geometry, one.candidate);
        columns.text(0, whatif.config->key);
        columns.text(1, from.labels.pick(whatif.config->label_nl, whatif.config->label_en));
        columns.text(2, candidates.id[one.candidate]);
        columns.text(3, spec.key);
        columns.text(4, change.unit);
        columns.number(5, one.before);
        columns.number(6, one.after);
        columns.number(7, better);
        columns.text(8, change_of(one, better, is_class));
        columns.text(9, one.class_before);
        columns.text(10, one.class_after);
        columns.text(11, text_or_null(one.by_before));
        columns.text(12, text_or_null(one.by_after));
      }
    }
  out.table = std::move(columns).table();
  return out;
}

/// Candidates that gain and lose, with their land. Gains are added up in the order of their size, so that the order of
/// the candidates does not matter.
class Sums {
 public:
  void add(std::optional<double> gain, bool was, bool is, std::int64_t mm2) {
    if (was != is) return put(is ? known_ : unknown_, mm2);
    if (!gain || *gain == 0) return put(other_, mm2);
    put(*gain > 0 ? gaining_ : losing_, mm2);
    gains_.push_back(*gain);
  }
  void write(Columns& out, std::size_t first) {
    std::sort(gains_.begin(), gains_.end());
    double sum = 0;
    for (double const gain : gains_) sum += gain;
    for (Count const* count : {&gaining_, &losing_, &known_, &unknown_, &other_}) {
      out.count(first++, count->n);
      out.number(first++, hectares(count->mm2));
    }
    bool const any = !gains_.empty();
    out.number(first++, any ? std::optional(sum / static_cast<double>(gains_.size())) : std::nullopt);
    out.number(first++, any && gains_.back() > 0 ? std::optional(gains_.back()) : std::nullopt);
    out.number(first, any && gains_.front() < 0 ? std::optional(-gains_.front()) : std::nullopt);
  }

 private:
  struct Count {
    std::size_t n = 0;
    std::int64_t mm2 = 0;
  };
  static void put(Count& count, std::int64_t mm2) {
    ++count.n;
    count.mm2 += mm2;
  }
  Count gaining_, losing_, known_, unknown_, other_;
  std::vector<double> gains_;
};

bool is_written(Study const& study, ModelConfig const& model) {
  auto const& out = study.output.leave_out;
  return std::find(out.begin(), out.end(), model.key) == out.end();
}

MadeLayer sums_table(MadeFrom const& from) {
  MadeLayer out;
  out.name = "whatif_sums";
  Columns columns =
      columns_of({"t:whatif", "t:label", "t:criterion", "t:unit", "c:gaining_n", "n:gaining_ha", "c:losing_n",
                  "n:losing_ha", "c:becomes_known_n", "n:becomes_known_ha", "c:becomes_unknown_n",
                  "n:becomes_unknown_ha", "c:other_n", "n:other_ha", "n:mean_gain", "n:most_gain", "n:most_loss"});
  std::vector<std::int64_t> const land = land_mm2(from.inputs.candidates->layer.geometry);
  auto const add = [&](WhatIf const& whatif, std::string const& criterion, std::string const& unit, Sums sums) {
    columns.text(0, whatif.key);
    columns.text(1, from.labels.pick(whatif.label_nl, whatif.label_en));
    columns.text(2, criterion);
    columns.text(3, text_or_null(unit));
    sums.write(columns, 4);
  };
  for (WhatIfOutcome const& whatif : from.judgement.whatifs) {
    for (CriterionChange const& change : whatif.criteria) {
      bool const is_class = find_criterion_kind(change.criterion->measure)->is_class;
      Sums sums;
      for (ChangedValue const& one : change.values)
        sums.add(gain(one.before, one.after, better_of(*change.criterion)),
                 is_class ? one.class_before.has_value() : one.before.has_value(),
                 is_class ? one.class_after.has_value() : one.after.has_value(), land[one.candidate]);
      add(*whatif.config, change.criterion->key, change.unit, std::move(sums));
    }
    for (ModelChange const& change : whatif.models) {
      if (!is_written(from.study, *change.model)) continue;
      Sums sums;
      for (ChangedScore const& one : change.scores)
        sums.add(gain(one.before, one.after, Better::more), one.before.has_value(), one.after.has_value(),
                 land[one.candidate]);
      add(*whatif.config, change.model->key + "_score", "", std::move(sums));
    }
  }
  out.table = std::move(columns).table();
  return out;
}

MadeLayer features_table(MadeFrom const& from) {
  MadeLayer out;
  out.name = "whatif_features";
  Columns columns = columns_of({"t:whatif", "t:criterion", "t:layer", "t:feature", "c:before_n", "n:before_ha",
                                "c:after_n", "n:after_ha", "c:won_n", "n:won_ha", "c:lost_n", "n:lost_ha"});
  for (WhatIfOutcome const& whatif : from.judgement.whatifs)
    for (CriterionChange const& change : whatif.criteria)
      for (MarketShare const& one : change.features) {
        columns.text(0, whatif.config->key);
        columns.text(1, change.criterion->key);
        columns.text(2, change.by_layer);
        columns.text(3, text_or_null(one.feature));
        std::size_t place = 4;
        for (auto const& [n, mm2] : {std::pair{one.before_n, one.before_mm2},
                                     {one.after_n, one.after_mm2},
                                     {one.won_n, one.won_mm2},
                                     {one.lost_n, one.lost_mm2}}) {
          columns.count(place++, static_cast<std::size_t>(n));
          columns.number(place++, hectares(mm2));
        }
      }
  out.table = std::move(columns).table();
  return out;
}

MadeLayer scores_table(MadeFrom const& from) {
  MadeLayer out;
  out.name = "whatif_scores";
  out.codes["outcome_before"] = out.codes["outcome_after"] = "outcome";
  Columns columns = columns_of({"t:whatif", "t:model", "t:candidate", "n:before", "n:after", "n:gain", "n:rank_before",
                                "n:rank_after", "t:outcome_before", "t:outcome_after"});
  for (WhatIfOutcome const& whatif : from.judgement.whatifs)
    for (ModelChange const& change : whatif.models) {
      if (!is_written(from.study, *change.model)) continue;
      for (ChangedScore const& one : change.scores) {
        columns.text(0, whatif.config->key);
        columns.text(1, change.model->key);
        columns.text(2, from.inputs.candidates->layer.id[one.candidate]);
        columns.number(3, one.before);
        columns.number(4, one.after);
        columns.number(5, gain(one.before, one.after, Better::more));
        columns.number(6, one.rank_before);
        columns.number(7, one.rank_after);
        columns.text(8, to_string(one.outcome_before));
        columns.text(9, to_string(one.outcome_after));
      }
    }
  out.table = std::move(columns).table();
  return out;
}

bool has_scores(Study const& study) { return study.models.size() > study.output.leave_out.size(); }

}  // namespace

std::vector<PlannedLayer> plan_whatif(Study const& study) {
  if (study.whatifs.empty()) return {};
  std::vector<PlannedLayer> out{
      {"whatif", ShapeType::polygon}, {"whatif_sums", ShapeType::none}, {"whatif_features", ShapeType::none}};
  if (has_scores(study)) out.push_back({"whatif_scores", ShapeType::none});
  return out;
}

std::vector<MadeLayer> make_whatif(MadeFrom const& from) {
  std::vector<MadeLayer> out;
  out.push_back(values_layer(from));
  out.push_back(sums_table(from));
  out.push_back(features_table(from));
  if (has_scores(from.study)) out.push_back(scores_table(from));
  return out;
}

}  // namespace terrein
