#include "bound_words.hpp"

#include <fmt/core.h>

#include <cmath>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

class Words {
 public:
  Words(BoundLandSpec const& spec, BoundPlot const& plot, Labels const& labels)
      : spec_(spec), plot_(plot), labels_(labels), water_(spec.mode == BoundMode::water) {}

  std::string sentence() {
    add_destined();
    add_front();
    if (water_ && plot_.bank != no_row) add_class();
    add_suited();
    add_use();
    add_quays();
    return join(parts_, "; ") + ".";
  }

 private:
  void add(std::string const& nl, std::string const& en) { parts_.push_back(labels_.pick(nl, en)); }

  void add_destined() {
    if (plot_.destined == Answer::yes)
      add("Bestemd", "Destined");
    else if (plot_.destined == Answer::no)
      add("Niet bestemd", "Not destined");
    else
      add("Niet bekend of het bestemd is", "Not known whether it is destined");
  }

  void add_front() {
    std::string const nl = water_ ? "het water" : "het spoor", en = water_ ? "water" : "the railway";
    if (!plot_.frontage_m)
      add("front aan " + nl + " niet bekend", "front on " + en + " not known");
    else if (!(*plot_.frontage_m > 0))
      add("geen front aan " + nl, "no front on " + en);
    else
      add(fmt::format("front van {:.0f} m met {:.0f} m grond erachter", *plot_.frontage_m, plot_.depth_m.value_or(0)),
          fmt::format("front of {:.0f} m with {:.0f} m of land behind it", *plot_.frontage_m,
                      plot_.depth_m.value_or(0)));
  }

  void add_class() {
    CemtRange const& of = plot_.cemt;
    if (of.high == Cemt::unknown)
      add("geen vaarweg naar een haven", "no waterway to a port");
    else if (of.exact())
      add(fmt::format("klasse {}", to_string(of.low)), fmt::format("class {}", to_string(of.low)));
    else
      add("klasse niet bekend", "class not known");
  }

  void add_suited() {
    if (plot_.suited_low != plot_.suited_high)
      add("geschiktheid niet bekend", "suitability not known");
    else if (plot_.suited_low == Suited::suitable)
      add("geschikt", "suitable");
    else if (plot_.suited_low == Suited::small)
      add("geschikt voor kleine schepen", "suitable for small vessels");
    else
      add("niet geschikt", "not suitable");
  }

  void add_use() {
    std::string const year_nl = plot_.year ? fmt::format(" in {}", *plot_.year) : "", year_en = year_nl;
    if (plot_.used != Answer::unknown && plot_.tonnes)
      add(fmt::format("{:.0f} ton{}", *plot_.tonnes, year_nl), fmt::format("{:.0f} tonnes{}", *plot_.tonnes, year_en));
    else if (plot_.used == Answer::yes)
      add("gebruikt" + year_nl, "used" + year_en);
    else
      add("gebruik niet bekend", "use not known");
  }

  void add_quays() {
    std::string const quay_nl = water_ ? "kaai" : "aansluiting", quay_en = water_ ? "quay" : "siding";
    if (spec_.quays.asked() && plot_.own_quay == Answer::no)
      add(fmt::format("geen {} binnen {:g} m", quay_nl, spec_.quay_m),
          fmt::format("no {} within {:g} m", quay_en, spec_.quay_m));
    if (plot_.shared == Answer::yes)
      add(fmt::format("gedeelde {} binnen {:g} m", quay_nl, spec_.shared_quay_m),
          fmt::format("shared {} within {:g} m", quay_en, spec_.shared_quay_m));
    if (plot_.built == Answer::yes && plot_.buildings_share) {
      double const percent = std::round(100 * *plot_.buildings_share);
      add(fmt::format("gebouwen langs {:g} % van het front", percent),
          fmt::format("buildings along {:g} % of the front", percent));
    }
  }

  BoundLandSpec const& spec_;
  BoundPlot const& plot_;
  Labels const& labels_;
  bool water_;
  std::vector<std::string> parts_;
};

}  // namespace

std::string bound_reasons(BoundLandSpec const& spec, BoundPlot const& plot, Labels const& labels) {
  return Words(spec, plot, labels).sentence();
}

}  // namespace terrein
