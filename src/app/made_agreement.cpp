#include <algorithm>

#include "made_layers.hpp"
#include "model_scoring.hpp"
#include "named_columns.hpp"
#include "terrein/decision/agreement.hpp"

namespace terrein {
namespace {

constexpr double compared_compensation = 0;  ///< the geometric mean, as 1 would be the weighted sum again
constexpr double compared_orness = 0.25;     ///< half way from the weighted sum to the worst value alone

/// A method as it is compared with that of a model: the settings of the model where they belong to it.
Aggregation compared(Method method, Aggregation const& own) {
  if (method == own.method) return own;
  Aggregation out;
  out.method = method;
  out.compensation = method == Method::power_mean ? compared_compensation : out.compensation;
  out.orness = method == Method::owa ? compared_orness : out.orness;
  return out;
}

/// The rankings of one model by several methods, and how far they agree.
class MethodComparison {
 public:
  explicit MethodComparison(MadeFrom const& from) : from_(from) {
    for (ModelResult const& model : from.judgement.models)
      if (!model.values.empty() && !left_out(model)) add(model);
  }

  std::vector<MadeLayer> make() {
    MadeLayer out;
    out.name = "agreement";
    out.description = from_.labels.get("term", "agreement_help");
    out.table = columns_.table(rows_);
    return {std::move(out)};
  }

 private:
  [[nodiscard]] bool left_out(ModelResult const& model) const {
    auto const& list = from_.study.output.leave_out;
    return std::find(list.begin(), list.end(), model.model->key) != list.end();
  }

  void add(ModelResult const& model) {
    std::vector<Values const*> values;
    for (Values const& one : model.values) values.push_back(&one);
    Aggregation const& own = model.model->scoring.aggregation;
    std::vector<std::string> words{method_note(*model.model, from_.labels)};
    std::vector<Method> methods{own.method};
    std::vector<Column<double>> scores{model.scores.score};
    for (Method const method : from_.study.robustness.methods) {
      // With groups the method over all criteria at once is another one than that of the model.
      bool const same = method == own.method && model.model->scoring.groups.empty();
      bool const again = std::find(methods.begin() + 1, methods.end(), method) != methods.end();
      if (same || again) continue;
      Aggregation const other = compared(method, own);
      Bilingual const text = describe(other);
      methods.push_back(method);
      words.push_back(from_.labels.pick(text.nl, text.en));
      scores.push_back(aggregate(values, model.weights, other, from_.inputs.workers).score);
    }
    std::vector<NamedScores> named;
    for (std::size_t i = 0; i < scores.size(); ++i) named.push_back({words[i], &scores[i]});
    auto const rows = agreement_table(named, model.ranked, from_.study.robustness.top);
    std::size_t next = 0;
    for (std::size_t a = 0; a < methods.size(); ++a)
      for (std::size_t b = a + 1; b < methods.size(); ++b) add(model, methods[a], methods[b], rows[next++]);
  }

  void add(ModelResult const& model, Method a, Method b, AgreementRow const& row) {
    Agreement const& found = row.agreement;
    columns_.texts("model").push(model.model->key);
    columns_.texts("method_a").push(to_string(a));
    columns_.texts("method_b").push(to_string(b));
    columns_.texts("method_a_note").push(row.a);
    columns_.texts("method_b_note").push(row.b);
    columns_.counts("compared_n").push(static_cast<std::int64_t>(found.candidates));
    columns_.numbers("kendall").push(found.kendall);
    columns_.numbers("spearman").push(found.spearman);
    columns_.counts("top_k").push(static_cast<std::int64_t>(from_.study.robustness.top));
    columns_.counts("top_a_n").push(static_cast<std::int64_t>(found.top_a));
    columns_.counts("top_b_n").push(static_cast<std::int64_t>(found.top_b));
    columns_.counts("top_both_n").push(static_cast<std::int64_t>(found.top_both));
    columns_.numbers("overlap").push(found.overlap);
    ++rows_;
  }

  MadeFrom const& from_;
  NamedColumns columns_;
  std::size_t rows_ = 0;
};

}  // namespace

std::vector<PlannedLayer> plan_agreement(Study const& study) {
  if (study.robustness.methods.empty()) return {};
  return {{"agreement", ShapeType::none}};
}

std::vector<MadeLayer> make_agreement(MadeFrom const& from) { return MethodComparison(from).make(); }

}  // namespace terrein
