#include "scene.hpp"

namespace terrein::demo {
namespace {

struct Terminal {
  char const* id;
  char const* name;
  char const* municipality;
  char const* modes;
  char const* modes_status;
  double x, y;  ///< EPSG:31370, whole metres
  char const* coord_quality;
  char const* source;
};

/// Real terminals round the fictional municipality. Names, modes and sources are published facts; the positions are
/// placed from general knowledge, to within kilometres, and must not enter a score as they are.
constexpr Terminal terminals[] = {
    {"ITG", "Interface Terminal Gent", "Evergem/Gent", "road;rail;barge;sea", "verified", 107974, 205723,
     "approx +-2 km, unverified", "Transport Journal 2019; VRT NWS 18-11-2019"},
    {"KLUIZ", "Kluizendok port zone (container, logistics)", "Evergem/Gent", "road;rail;barge;sea",
     "general knowledge, unverified", 107764, 205724, "approx +-2 km, unverified",
     "Vlaamse Havencommissie, Port of Ghent"},
    {"EUROSILO1", "Euro-Silo Rodenhuizedok", "Gent", "road;rail;barge;sea", "verified", 109494, 203263,
     "approx +-2 km, unverified", "Journal de la Marine Marchande nr 4942, 5045, 5101"},
    {"EUROSILO2", "Euro-Silo Sifferdok", "Gent", "road;rail;barge;sea", "verified", 107359, 199052,
     "approx +-2 km, unverified", "Journal de la Marine Marchande nr 5045"},
    {"EUROPORTS850", "Euroports T850 Sifferdok", "Gent", "road;barge;sea", "general knowledge, unverified", 107217,
     198831, "approx +-2 km, unverified", "De Lloyd/dvo.be article 61520"},
    {"EUROPORTS280", "Euroports T280", "Gent", "road;barge;sea", "general knowledge, unverified", 107364, 199609,
     "approx +-3 km, unverified", "dvo.be article 61520"},
    {"DFDSGENT", "DFDS ro-ro terminal Mercatordok", "Gent", "road;rail;sea", "general knowledge, unverified", 107717,
     199939, "approx +-2 km, unverified", "none found"},
    {"STUKW", "Stukwerkers Gent", "Gent", "road;rail;barge;sea", "general knowledge, unverified", 107723, 200718,
     "approx +-3 km, unverified", "none found"},
    {"ROCAALTER", "Regionaal overslagcentrum Aalter", "Aalter", "road;barge", "verified", 84252, 199849,
     "approx +-2 km, unverified", "duurzaamsamenwerkenaalter.be"},
    {"ROCAALST", "Regionaal overslagcentrum Aalst (Wijngaardveld)", "Aalst", "road;barge", "verified", 126199, 183024,
     "approx +-2 km, unverified", "HLN 29-03-2022; madeinmechelen.be 2016 (Dender to Aalst for 1350 t)"},
    {"MPET", "MPET Deurganckdok", "Beveren-Kruibeke-Zwijndrecht", "road;rail;barge;sea",
     "general knowledge, unverified", 141715, 220023, "approx +-2 km, unverified", "none found"},
    {"AGW", "Antwerp Gateway Deurganckdok", "Beveren-Kruibeke-Zwijndrecht", "road;rail;barge;sea",
     "general knowledge, unverified", 142761, 219465, "approx +-2 km, unverified",
     "Journal de la Marine Marchande nr 5018"},
    {"WIELSB", "River Terminal Wielsbeke", "Wielsbeke", "road;barge", "verified", 80803, 177420,
     "approx +-2 km, unverified", "dvo.be 57536 and 68837; Nieuwsblad Transport 27-12-2018; seineschelde.be"},
    {"ROESELARE", "River Terminal Roeselare (Schaapbrugge)", "Roeselare", "road;barge", "verified", 64315, 180112,
     "approx +-3 km, unverified", "Schuttevaer 28-01-2019"},
    {"AVELGEM", "Avelgem Container Terminal (AVCT)", "Avelgem", "road;barge", "general knowledge, unverified", 84837,
     162350, "approx +-2 km, unverified", "none found"},
    {"LAR", "LAR rail terminal (Transportcentrum LAR)", "Menen (Rekkem)/Kortrijk (Aalbeke)", "road;rail", "verified",
     66527, 164501, "approx +-2 km, unverified", "transportcentrum-lar.be; LogiVille interview (LARCOHUB project)"},
    {"MOUSCRON", "Dry Port Mouscron-Lille", "Mouscron", "road;rail", "verified", 67498, 158923,
     "approx +-3 km, unverified", "fid-move abstract 1997"},
    {"ZEEBRUGGE", "Port of Zeebrugge container terminals", "Brugge", "road;rail;barge;sea",
     "general knowledge, unverified", 68548, 225663, "approx +-2 km, unverified", "none found"},
    {"COMBINANT", "Combinant", "Antwerpen", "road;rail", "verified", 144165, 227474, "approx +-2 km, unverified",
     "hupac.ch 29-04-2010; logistik-express"},
    {"HTA", "HTA Hupac Terminal Antwerp", "Antwerpen", "road;rail", "verified", 149738, 218347,
     "approx +-2 km, unverified", "transport-online.de; VRT 27-01-2010"},
    {"MAINHUB", "Antwerp Main Hub", "Antwerpen", "road;rail", "verified", 149389, 221129, "approx +-3 km, unverified",
     "Trends/Le Vif; VRT 2019"},
    {"TCT", "TCT Willebroek", "Willebroek", "road;rail;barge", "general knowledge, unverified", 150438, 196097,
     "approx +-2 km, unverified", "VerkehrsRundschau; Trends 2000"},
    {"MUIZEN", "Dry Port Muizen", "Mechelen (Muizen)", "road;rail", "general knowledge, unverified", 160265, 188320,
     "approx +-1 km, unverified", "Trends 2000 (Muizen as rail container hub)"},
    {"GRIMBERGEN", "Cargovil Container Terminal", "Grimbergen/Vilvoorde", "road;barge", "general knowledge, unverified",
     153602, 181636, "approx +-2 km, unverified", "none found"},
    {"BRUSSEL", "Trimodal terminal Brussels (Vergotedok-Voorhaven)", "Brussel", "road;rail;barge",
     "general knowledge, unverified", 151143, 175850, "approx +-2 km, unverified", "ING 23-05-2019"},
    {"TERNEUZEN", "Terneuzen port terminals", "Terneuzen", "road;rail;barge;sea", "general knowledge, unverified",
     112432, 222377, "approx +-3 km, unverified", "PortNews 2025-3 (Nieuwe Sluis in use, context)"},
    {"VLISSINGEN", "Vlissingen-Oost terminals", "Vlissingen/Borsele", "road;rail;barge;sea",
     "general knowledge, unverified", 102812, 238033, "approx +-3 km, unverified", "none found"},
};

}  // namespace

LayerMaker make_terminals(Scene const& scene) {
  LayerMaker out("terminals", "Terminals", "Real terminals with approximate positions, and one that is fictional.",
                 ShapeType::point);
  out.licence("Posities van terminals bij benadering, uit gepubliceerde bronnen");
  auto add = [&](Vec at, Terminal const& t) {
    out.point(at);
    out.text("id", t.id).text("name", t.name).text("municipality", t.municipality).text("modes", t.modes);
    out.text("modes_status", t.modes_status).text("coord_quality", t.coord_quality).text("source", t.source);
  };
  for (Terminal const& terminal : terminals) add({terminal.x, terminal.y}, terminal);
  add(scene.warp({4085, 3690}), {"KANAALVELD", "Kaai Kanaalveld (fictief)", "Kanaalveld (fictief)", "road;barge",
                                 "fictional", 0, 0, "exact", "fictional"});
  return out;
}

}  // namespace terrein::demo
