#include "terrein/app/explain_site.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "explain_parts.hpp"
#include "result_facts.hpp"
#include "result_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/result_file.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {
namespace {

/// Reads the tables of sites of one result, and says what stands in them.
class SiteTexts {
 public:
  SiteTexts(std::filesystem::path const& path, std::optional<Language> language, DataFolders const& data)
      : path_(path),
        file_(path),
        facts_(result_facts(file_, path, language)),
        labels_(data.datasets / "labels.csv", facts_.language) {}

  std::optional<std::string> site(std::string const& id) {
    if (!find(id)) return std::nullopt;
    head(id);
    owners();
    changes();
    parcels(id);
    duties(id);
    alternatives(id);
    return std::move(out_);
  }

  std::string membership(std::string const& candidate, std::string const& id) {
    if (!find(id))
      throw_error(ErrorKind::usage, "'{}' holds no site '{}'. Its sites: {}.", path_.filename().string(), id,
                  all_sites());
    Table const rows = file_.read_where("site_parcels", "site_id", id);
    for (std::size_t row = 0; row < rows.rows(); ++row)
      if (cell(rows, "candidate", row) == candidate) return said(candidate, id, rows, row);
    return apart(candidate, id);
  }

 private:
  [[nodiscard]] std::string pick(std::string const& nl, std::string const& en) const { return labels_.pick(nl, en); }
  [[nodiscard]] std::string fixed(std::optional<double> value, int digits) const {
    if (!value) return "?";
    std::string out = fmt::format("{:.{}f}", *value, digits);
    if (facts_.language == Language::nl) std::replace(out.begin(), out.end(), '.', ',');
    return out;
  }
  [[nodiscard]] std::string text(char const* column) const { return cell(site_, column, 0); }
  [[nodiscard]] std::optional<double> value(char const* column) const { return number_at(*site_.find(column), 0); }
  void line(std::string const& words) { out_ += words + "\n"; }

  bool find(std::string const& id) {
    for (char const* table : {"sites", "site_alternatives"}) {
      if (!file_.has_table(table)) continue;
      site_ = file_.read_where(table, "site_id", id);
      if (site_.rows() > 0) return true;
    }
    return false;
  }

  [[nodiscard]] std::string all_sites() const {
    std::vector<std::string> ids;
    for (char const* table : {"sites", "site_alternatives"}) {
      if (!file_.has_table(table)) continue;
      Table const all = file_.read(table, {"site_id"});
      for (std::size_t row = 0; row < all.rows(); ++row) ids.push_back(cell(all, "site_id", row));
    }
    return ids.empty() ? "none" : join(ids, ", ");
  }

  void head(std::string const& id) {
    std::string const label = text("label").empty() ? text("assembly") : text("label");
    std::string const title = id + " · " + label + " · " + pick("nr. ", "no. ") + text("number");
    line(title);
    line(std::string(std::min<std::size_t>(title.size(), 78), '='));
    line(fixed(value("gross_ha"), 2) + pick(" ha bruto: percelen ", " ha gross: parcels ") +
         fixed(value("parcels_ha"), 2) + pick(", openbaar domein ", ", public domain ") + fixed(value("public_ha"), 2));
    line(fixed(value("developable_ha"), 2) + pick(" ha ontwikkelbaar, in delen: ", " ha developable, in parts: ") +
         text("parts") + pick("; netto uitgeefbaar ", "; net ") + fixed(value("net_ha"), 2) + " (" +
         fixed(value("net_low_ha"), 2) + "–" + fixed(value("net_high_ha"), 2) + ")");
    std::string worth =
        pick("Waarde ", "Value ") + fixed(value("value"), 2) + pick(" ha perfecte grond; ", " ha of perfect land; ");
    if (value("gap").value_or(1) == 0)
      worth += pick("een betere site kan er niet zijn.", "there can be no better site.");
    else
      worth += pick("een betere kan hoogstens ", "a better one can be worth at most ") + fixed(value("bound"), 2) +
               pick(" waard zijn (", " (") + fixed(100 * value("gap").value_or(0), 1) + " %; " +
               labels_.get("bound_kind", text("bound_kind")) + ").";
    line(worth);
  }

  void owners() {
    std::string words = text("parcels") + pick(" percelen, ", " parcels, ") + text("owners") +
                        pick(" eigenaars volgens ", " owners by ") + labels_.get("owners_basis", text("owners_basis"));
    if (value("largest_owner"))
      words += pick("; de grootste heeft ", "; the largest has ") + fixed(100 * *value("largest_owner"), 0) + " %";
    line(words + ".");
    if (text("self_realisation") == "yes")
      line(pick("! Eén private eigenaar heeft meer dan de helft: zelfrealisatie mogelijk.",
                "! One private owner has more than half: self-realisation possible."));
    if (!text("crossed").empty())
      line(pick("Steekt over: ", "Crosses: ") + text("crossed") + " (" + text("crossings") + ").");
    auto const unknown = [&](std::string const& word) { return word.empty() ? pick("onbekend", "unknown") : word; };
    line(pick("Bevoegd niveau: ", "Competent level: ") + unknown(text("level")) + pick("; soort: ", "; kind: ") +
         unknown(text("kind")) + ".");
  }

  void changes() {
    if (!text("weakest").empty())
      line(pick("Zwakste schakel: ", "Weakest link: ") + text("weakest") +
           (value("weakest_loss")
                ? pick("; zonder is de site ", "; without it the site is worth ") + fixed(value("weakest_loss"), 2) +
                      pick(" ha minder waard.", " ha less.")
                : pick("; zonder is hier geen site gevonden.", "; without it no site was found here.")));
    for (auto const& [column, change, nl, en] :
         {std::tuple{"one_more", "one_more_change", "Eén perceel meer: ", "One parcel more: "},
          {"one_less", "one_less_change", "Eén perceel minder: ", "One parcel less: "}})
      if (!text(column).empty()) line(pick(nl, en) + text(column) + " (" + fixed(value(change), 2) + " ha).");
  }

  void parcels(std::string const& id) {
    Table const rows = file_.read_where("site_parcels", "site_id", id);
    bool beside = false;
    line("\n" + pick("Percelen", "Parcels"));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      bool const is_beside = cell(rows, "role", row) == "beside";
      if (is_beside && !beside) line("\n" + pick("Ernaast, en waarom niet erin", "Beside it, and why not in it"));
      beside = beside || is_beside;
      line(fmt::format("  {}  {} ha, score {}: {}", cell(rows, "candidate", row),
                       fixed(number(rows, "area_ha", row), 2), fixed(number(rows, "score", row), 1),
                       cell(rows, "reason", row)));
    }
  }

  void duties(std::string const& id) {
    Table const rows = file_.read_where("site_duties", "site_id", id);
    bool first = true;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      std::string const applies = cell(rows, "applies", row);
      if (applies == "no") continue;
      if (first) line("\n" + pick("Wat moet gebeuren", "What must be done"));
      first = false;
      std::vector<std::string> facts;
      for (char const* column : {"ground", "reference", "date", "mark"})
        if (std::string const one = cell(rows, column, row); !one.empty()) facts.push_back(one);
      line("  " + std::string(applies == "yes" ? "- " : "? ") + cell(rows, "label", row) + " (" + join(facts, "; ") +
           ")");
    }
  }

  void alternatives(std::string const& id) {
    if (!file_.has_table("site_alternatives")) return;
    Table const rows = file_.read_where("site_alternatives", "of_site", id);
    if (rows.rows() > 0) line("\n" + pick("Alternatieven", "Alternatives"));
    for (std::size_t row = 0; row < rows.rows(); ++row)
      line(fmt::format("  {}  {}: {} ha, {} {}, {} {}", cell(rows, "site_id", row),
                       labels_.get("site_alternative", cell(rows, "alternative", row)),
                       fixed(number(rows, "gross_ha", row), 1), cell(rows, "parcels", row), pick("percelen", "parcels"),
                       pick("waarde", "value"), fixed(number(rows, "value", row), 2)));
  }

  [[nodiscard]] std::string said(std::string const& candidate, std::string const& id, Table const& rows,
                                 std::size_t row) const {
    bool const in = cell(rows, "role", row) != "beside";
    return candidate + (in ? pick(" hoort bij ", " is in ") : pick(" hoort niet bij ", " is not in ")) + id + ": " +
           cell(rows, "reason", row) + ".\n";
  }

  /// Of a candidate that neither is in the site nor touches it.
  [[nodiscard]] std::string apart(std::string const& candidate, std::string const& id) const {
    for (std::string const& table : {facts_.layer, std::string(excluded_table)}) {
      if (!file_.has_table(table)) continue;
      Table const rows = file_.read_where(table, facts_.id_column, candidate);
      if (rows.rows() == 0) continue;
      std::string const start = candidate + pick(" hoort niet bij ", " is not in ") + id + ": ";
      if (table == excluded_table)
        return start + pick("uitgesloten (", "excluded (") + cell(rows, "excluded_by", 0) + ").\n";
      return start +
             pick("het raakt de site niet. Sites hangen samen, en liggen binnen het bereik van hun beste perceel.",
                  "it does not touch the site. Sites hang together, and lie within the reach of their best parcel.") +
             "\n";
    }
    throw_error(ErrorKind::usage, "'{}' holds no candidate '{}'.", path_.filename().string(), candidate);
  }

  std::filesystem::path path_;
  ResultFile file_;
  ResultFacts facts_;
  Labels labels_;
  Table site_;
  std::string out_;
};

}  // namespace

std::optional<std::string> explain_site(std::filesystem::path const& file, std::string const& id,
                                        std::optional<Language> language, DataFolders const& data) {
  return SiteTexts(file, language, data).site(id);
}

std::string explain_membership(std::filesystem::path const& file, std::string const& candidate, std::string const& site,
                               std::optional<Language> language, DataFolders const& data) {
  return SiteTexts(file, language, data).membership(candidate, site);
}

}  // namespace terrein
