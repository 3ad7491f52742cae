#pragma once

#include <string>
#include <vector>

namespace terrein::test {

/// Rows with the names and codes that a publisher uses, and the class of each by hand from the publisher's meaning
/// (never from the profile). "-" = not known; rows that must not count are absent from `classes`.
struct ProfileRows {
  std::string profile;
  std::string layer;                 ///< as the publisher names it
  std::string rows;                  ///< JSON
  std::vector<std::string> classes;  ///< empty = the profile has no classes
  std::size_t kept = 0;              ///< rows that count, when there are no classes
  bool is_table = false;             ///< the source has no shapes of its own
};

/// Plans, business parks, soil.
inline std::vector<ProfileRows> plan_rows() {
  return {
      {"gewestplan", "lu_gwp_gv",
       R"([{"algplanid":"x","svnaam":"woongebieden","svnr":"1","naam":"Gentse"},{"svnaam":"Koppelingsgebied K2"},
           {"svnaam":"iets nieuws"},{"svnaam":"-8"}])",
       {"housing", "buffer", "-", "-"}},
      // The old attributes; 100 is 0100 kept as a number. 0105 is land in reserve for housing, xx80 a reserve of its rubric.
      {"gewestplan", "gewestplan",
       R"([{"HC":100},{"HC":1000},{"HC":1100},{"HC":105},{"HC":200},{"HC":901},{"HC":1080},{"HC":1504},{"HC":-9},
           {"HC":9999}])",
       {"housing", "business", "business_local", "housing_reserve", "services", "agriculture_valuable", "business",
        "water", "-", "-"}},
      // The text goes before the code; the code answers where the text is not known.
      {"gewestplan", "gewestplan",
       R"([{"svnaam":"bosgebieden","HC":"0700"},{"svnaam":"onbekende tekst","HC":"0700"},{"svnaam":null,"HC":"0600"}])",
       {"forest", "nature", "buffer"}},
      {"gewestplan_overdruk", "lu_gwp_ov",
       R"([{"svnaam":"landschappelijk waardevolle gebieden"},{"svnaam":"koppelingsgebied K1"},{"svnaam":"iets"}])",
       {"agriculture_valuable", "buffer", "-"}},
      // PV, VV and SC are not in force; without a phase a zone counts. A text that says buffer or local is finer than BED.
      {"rup", "lu_gemrup_gv",
       R"([{"algplanid":"RUP_44021_214_00001_00001","svnaam":"zone voor wonen","categorie":"WON","fase":"BG"},
           {"algplanid":"a","svnaam":"zone voor bedrijven","categorie":"BED","fase":"DV"},
           {"algplanid":"a","svnaam":"art. 5: Lokaal bedrijventerrein","categorie":"BED","fase":"DV"},
           {"algplanid":"a","svnaam":"bufferzone","categorie":"BED","fase":"DV"},
           {"algplanid":"a","svnaam":"zone x","categorie":"BED","fase":"VV"},
           {"algplanid":"a","svnaam":"zone x","categorie":"BED","fase":"PV"},
           {"algplanid":"a","svnaam":"zone x","categorie":"BED","fase":"SC"},
           {"algplanid":"a","svnaam":"zone x","categorie":"Reservaat en natuur","fase":null},
           {"algplanid":"a","svnaam":"zone x","categorie":"ZZZ","fase":"NA"}])",
       {"housing", "business", "business_local", "buffer", "nature", "-"}},
      {"rup", "lu_prorup_gv",
       R"([{"algplanid":"a","svnaam":"gemengd regionaal bedrijventerrein","categorie":"bedrijvigheid"},
           {"algplanid":"a","svnaam":"koppelingsgebied","categorie":"overig groen"},
           {"algplanid":"a","svnaam":"x","categorie":"gemeenschaps- en nutsvoorzieningen"},
           {"algplanid":"a","svnaam":"x","categorie":"ontginning en waterwinning"},
           {"algplanid":"a","svnaam":"x","categorie":"lijninfrastructuur"},
           {"algplanid":"a","svnaam":"x","categorie":"landbouw"},{"algplanid":"a","svnaam":"x","categorie":"bos"},
           {"algplanid":"a","svnaam":"x","categorie":"recreatie"},{"algplanid":"a","svnaam":"x","categorie":"wonen"}])",
       {"business", "buffer", "services", "extraction", "infrastructure", "agriculture", "forest", "recreation",
        "housing"}},
      {"bpa", "lu_bpa_gv", R"([{"svnaam":"regionaal bedrijventerrein"},{"svnaam":"zone 3"}])", {"business", "-"}},
      {"apa", "lu_apa_gv", R"([{"svnaam":"lokaal bedrijventerrein"},{"svnaam":"zone 3"}])", {"business_local", "-"}},
      {"plan_in_preparation", "lu_si_gv",
       R"([{"algplanid":"a","fase":"PV","svnaam":"woongebied"},{"algplanid":"b","fase":"BG","svnaam":"woongebied"},
           {"algplanid":"c","fase":"VV","svnaam":"bedrijven"},{"algplanid":"d","fase":null,"svnaam":"x"}])",
       {"mixed_reserve", "mixed_reserve"}},
      {"hag", "lu_hag", R"([{"regio":"Waasland"},{"regio":"Kust-Polders-Westhoek"}])", {}, 2},
      {"vlaio_bedrter", "Bedrter", R"([{"IDBEDR":1754,"NAAM":"Skaldenpark"},{"IDBEDR":2428,"NAAM":"Kluizendok"}])", {}, 2},
      // Only plots that are wholly out of use; not known is not idle.
      {"vlaio_bedrperc", "Bedrperc",
       R"([{"AANGEBODEN":"aangeboden","INGEBRUIK":"nietInGebruik","BEBOUWING":"onbebouwd"},
           {"AANGEBODEN":"nietAangeboden","INGEBRUIK":"inGebruik","BEBOUWING":"bebouwd"},
           {"AANGEBODEN":"nietAangeboden","INGEBRUIK":null,"BEBOUWING":"onbebouwd"},
           {"AANGEBODEN":"optie","INGEBRUIK":"nietInGebruik","BEBOUWING":"bebouwd"}])",
       {}, 2},
      {"vlaio_bedrontw", "Bedrontw", R"([{"NAAM":"a"}])", {}, 1},
      {"vlaio_bedrbeh", "Bedrbeh", R"([{"NAAM":"a"}])", {}, 1},
      {"vlaio_bedrplan", "Bedrplan",
       R"([{"ObjectID":1,"Planningsniveau":"GewRUP","Categorie_bestemming":"BED","Type_terrein":"gemengd",
            "Dossierfase":"VV","Dossierid":2,"Algplanid":"RUP_02000_212_00195_00001","Dgnr":1,"Subcategorie":""}])",
       {}, 1},
      {"leegstand", "leegstand", R"([{"capakey":"44021A0001/00A000","leegstand_aandeel":0.6}])", {}, 1},
      {"ovam_uitspraak", "uitspraak_bodemonderzoeken",
       R"([{"kadaster_id":"a","uitspraak":"Laatste bodemonderzoek ontdekte geen bodemverontreiniging"},
           {"kadaster_id":"b","uitspraak":"Aanwezige bodemverontreiniging vraagt geen verder onderzoek/sanering"},
           {"kadaster_id":"c","uitspraak":"Aanwezige bodemverontreiniging vraagt verder onderzoek/sanering"},
           {"kadaster_id":"d","uitspraak":"Resultaten van bodemonderzoek nog niet verwerkt"},
           {"kadaster_id":"e","uitspraak":"Er is een oriënterend bodemonderzoek nodig"},
           {"kadaster_id":"f","uitspraak":"Er is een oriÃ«nterend bodemonderzoek nodig"},
           {"kadaster_id":"g","uitspraak":"Er is een ori0nterend bodemonderzoek nodig"}])",
       {"t1", "t2", "t3", "t4", "t5", "t5", "-"}},
      {"bodemdossier", "bodemdossier",
       R"([{"capakey":"a","stap":"BBO","klasse":"T3","datum":"2024-05-01"},
           {"capakey":"b","stap":"","klasse":"geen risicogrond","datum":""},
           {"capakey":"c","stap":"OBO","klasse":"none_risk","datum":"2020-01-01"},
           {"capakey":"d","stap":"OBO","klasse":"zes","datum":"2020-01-01"}])",
       {"t3", "none_norisk", "none_risk", "-"}, 0, true}};
}

/// Parcels, buildings, areas.
inline std::vector<ProfileRows> land_rows() {
  return {
      {"grb_adp", "Adp",
       R"([{"OIDN":1,"UIDN":1,"VERSIE":1,"CAPAKEY":"72033A0610/00A000","CANU":"610A","FISCDATUM":"2023-01-01","BHRDR":2,
            "LBLBHRDR":"AAPD","NISCODE":"72043","BGNINV":-8,"LBLBGNINV":"niet gekend","LENGTE":26.75,"OPPERVL":44.72}])",
       {}, 1},
      {"adp_federal", "Cadastral_parcel", R"([{"CaPaKey":"44021A0001/00A000","CaSeKey":"44021A"}])", {}, 1},
      {"generic_parcels", "percelen", R"([{"perceel_id":"p1","aantal_eigenaars":2,"eigenaar":"X"}])", {}, 1},
      {"grb_gbg", "Gbg", R"([{"OIDN":1,"UIDN":1,"VERSIE":1,"TYPE":1,"LBLTYPE":"hoofdgebouw"}])", {}, 1},
      {"water_banks", "Wtz", R"([{"OIDN":1,"UIDN":1}])", {}, 1},
      {"statistical_sectors", "sh_statbel_statistical_sectors",
       R"([{"cd_sector":"44021A001","tx_sector_descr_nl":"Korenmarkt","cd_munty_refnis":"44021",
            "tx_munty_descr_nl":"Gent","cd_prov_refnis":"40000","cd_rgn_refnis":"02000"}])",
       {}, 1},
      {"municipalities", "Refgem", R"([{"NAAM":"Gent","NISCODE":"44021"},{"NAAM":"Aalst","NISCODE":"41002"}])", {}, 2},
      {"swing_areas", "gemeente", R"([{"geoitem":"44021","naam":"Gent"}])", {}, 1},
      {"landbouwgebruikspercelen", "Landbouwgebruikspercelen_2024",
       R"([{"GWSNAM_H":"Grasland","LBLHFDTLT":"Blijvend grasland"}])", {}, 1},
      {"leegstand", "leegstaande_bedrijfsruimten", R"([{"unused_share":1.0,"naam_eigenaar":"X"}])", {}, 1},
      {"osm_landuse", "landuse",
       R"([{"landuse":"industrial"},{"landuse":"brownfield"},{"landuse":"farmland"},{"landuse":null},
           {"landuse":"residential"},{"landuse":"iets"}])",
       {"business", "brownfield", "agriculture", "housing", "-"}},
      {"osm_buildings", "buildings", R"([{"building":"house"},{"building":"no"},{"building":null}])", {}, 1},
      {"brk_perceel", "Perceel",
       R"([{"identificatieLokaalID":"1","kadastraleGrootteWaarde":222.0,"perceelnummer":2298,"sectie":"B"}])", {}, 1},
      {"brk_perceel_gml", "Perceel", R"([{"sectie":"B","perceelnummer":2298,"perceelnummerRotatie":0.5}])", {}, 1},
      {"ibis", "IBIS_Bedrijventerreinen_historie",
       R"([{"RIN_NUMMER":"1","JAAR":2023,"PLAN_NAAM":"Axelse Vlakte"},{"RIN_NUMMER":"1","JAAR":2024,"PLAN_NAAM":"Axelse Vlakte"}])",
       {}, 2},
      {"uk_brownfield_register", "brownfield_test",
       R"([{"SiteReference":"1","GeoX":1.0,"GeoY":52.0,"Hectares":2.0,"Deliverable":"yes"}])", {}, 1, true}};
}

/// Water, nature, heritage, risk.
inline std::vector<ProfileRows> open_space_rows() {
  return {
      // 0 = class A = no feature; 1 = B, 2 = C, 3 = D. Without a code the class is not known and the row stays.
      {"watertoets_fluviaal", "overstromingsgevoelige_gebieden_fluviaal",
       R"([{"gridcode":0},{"gridcode":1},{"gridcode":2},{"gridcode":3},{"gridcode":null},{"gridcode":4}])",
       {"fluvial_B", "fluvial_C", "fluvial_D", "-", "-"}},
      {"watertoets_pluviaal", "overstromingsgevoelige_gebieden_pluviaal",
       R"([{"gridcode":"0"},{"gridcode":"1"},{"gridcode":"2"},{"gridcode":"3"}])",
       {"pluvial_B", "pluvial_C", "pluvial_D"}},
      {"watertoets_zee", "overstromingsgevoelige_gebieden_vanuit_de_zee",
       R"([{"gridcode":3},{"gridcode":1},{"gridcode":2},{"gridcode":0}])", {"sea_D", "sea_B", "sea_C"}},
      {"worg", "worg", R"([{"naam":"a"}])", {}, 1},
      {"signaalgebieden", "Goedgekeurde_signaalgebieden",
       R"([{"Categorie":"Bouwvrije opgave"},{"Categorie":"Verscherpte watertoets"},{"Categorie":"iets"}])",
       {"no_build", "sharper_test", "-"}},
      {"sbz_h", "ps_hbtrl", R"([{"naam":"Zandig Vlaanderen","gebcode":"BE2300005"},{"naam":null,"gebcode":null}])",
       {"sbz_h", "sbz_h"}},
      {"sbz_v", "ps_vglrl", R"([{"gebnaam":"Durme en middenloop","na2000code":"BE2301235"}])", {"sbz_v"}},
      {"ven_ivon", "ps_ven",
       R"([{"naam":"a","gebiedsnr":1,"categorie":"geno"},{"naam":"b","gebiedsnr":2,"categorie":"GEN"},
           {"naam":"c","gebiedsnr":3,"categorie":"Natuurverwevingsgebied"},{"naam":"d","gebiedsnr":4,"categorie":"x"}])",
       {"ven", "ven", "ivon", "-"}},
      {"natura2000_nl", "natura2000",
       R"([{"naam_n2k":"Canisvliet","bescherming":"HR"},{"naam_n2k":"Westerschelde","bescherming":"VR+HR"},
           {"naam_n2k":"Groote Gat","bescherming":"VR"},{"naam_n2k":"x","bescherming":"x"}])",
       {"sbz_h", "sbz_v+sbz_h", "sbz_v", "-"}},
      {"bwk", "Bwkhab",
       R"([{"EVAL":"z","HAB1":"9120","PHAB1":100},{"EVAL":"mw","HAB1":"gh","PHAB1":100}])", {"z", "mw"}},
      {"heritage_monument", "ps_bes_monument", R"([{"naam":"Belfort","alt_naam":"","aanduid_id":1}])", {"monument"}},
      {"heritage_landscape", "ps_bes_land", R"([{"naam":"Kalkense Meersen","alt_naam":"","aanduid_id":2}])",
       {"landscape"}},
      {"heritage_townscape", "ps_bes_sd_gezicht", R"([{"naam":"Patershol","alt_naam":"","aanduid_id":3}])", {"site"}},
      {"heritage_archaeology", "ps_bes_arch_site", R"([{"naam":"Velzeke","alt_naam":"","aanduid_id":4}])", {"site"}},
      {"heritage", "erfgoed",
       R"([{"soort":"Beschermd monument"},{"soort":"beschermd cultuurhistorisch landschap"},
           {"soort":"Beschermd stadsgezicht"},{"soort":"beschermd dorpsgezicht"},
           {"soort":"beschermde archeologische site"},{"soort":"varend"}])",
       {"monument", "landscape", "site", "site", "site", "-"}},
      {"seveso_consultation", "pf_seveso_con", R"([{"naam":"a"}])", {}, 1},
      {"drinking_water", "drinkwater_beschermingszones",
       R"([{"zonetype":"type I"},{"zonetype":"Type II"},{"zonetype":"III"},{"zonetype":"Waterwingebied"},{"zonetype":"x"}])",
       {"1", "2", "3", "1", "-"}},
      // Navigable (0): its class is not in the atlas. 1, 2, 3 and not classified (9) are unnavigable.
      {"vha_waterlopen", "Wlas",
       R"([{"NAAM":"Schelde","CATC":0,"LBLCATC":"Bevaarbaar"},{"NAAM":"Kale","CATC":1,"LBLCATC":"Onbevaarbaar cat. 1"},
           {"NAAM":"b","CATC":2,"LBLCATC":"c"},{"NAAM":"c","CATC":3,"LBLCATC":"c"},{"NAAM":"d","CATC":9,"LBLCATC":"c"},
           {"NAAM":"e","CATC":7,"LBLCATC":"c"}])",
       {"-", "unnavigable", "unnavigable", "unnavigable", "unnavigable", "-"}},
      {"vha_vhag", "VHAG", R"([{"VHAG":1,"NAAM":"Albertkanaal","NAMEN":"Albertkanaal"}])", {}, 1},
      // V and VI are classes in transition: the lower one. What is larger than VIb takes what VIb takes.
      {"osm_waterways", "waterways",
       R"([{"waterway":"canal","CEMT":"VIb"},{"waterway":"river","CEMT":"Va"},{"waterway":"river","CEMT":"V"},
           {"waterway":"river","CEMT":"VIc"},{"waterway":"river","CEMT":null},{"waterway":"ditch","CEMT":null},
           {"waterway":"canal","CEMT":"0"},{"waterway":"stream","CEMT":null}])",
       {"VIb", "Va", "Va", "VIb", "-", "unnavigable", "-", "unnavigable"}},
      {"nl_vaarwegvakken", "vaarwegvakken",
       R"([{"VWK_ID":1,"VWJ_ID_BEG":1,"VWJ_ID_END":2,"VAKTYPE":"D","VWG_NAAM":"a"}])", {}, 1}};
}

/// Roads, rail, terminals.
inline std::vector<ProfileRows> network_rows() {
  return {
      // In use (4) and not forbidden (2, 3) only.
      {"wegenregister_v1", "Wegsegment",
       R"([{"WS_OIDN":1,"B_WK_OIDN":1,"E_WK_OIDN":2,"STATUS":4,"MORF":101,"TGBEP":1,"WEGCAT":"EHW"},
           {"WS_OIDN":2,"B_WK_OIDN":2,"E_WK_OIDN":3,"STATUS":3,"MORF":103,"TGBEP":1,"WEGCAT":"L2"},
           {"WS_OIDN":3,"B_WK_OIDN":2,"E_WK_OIDN":3,"STATUS":4,"MORF":103,"TGBEP":3,"WEGCAT":"-8"},
           {"WS_OIDN":4,"B_WK_OIDN":2,"E_WK_OIDN":3,"STATUS":4,"MORF":114,"TGBEP":null,"WEGCAT":"-9"}])",
       {}, 2},
      {"wegenregister_v1", "Wegsegment",
       R"([{"objectId":1,"beginknoopObjectId":1,"eindknoopObjectId":2,"morfologischeWegklasse":"autosnelweg",
            "wegcategorie":"europese hoofdweg","labelWegbeheerder":"AWV","linkerstraatnaam":"E17"}])",
       {}, 1},
      {"wegenregister_v2", "Wegsegment",
       R"([{"WS_OIDN":1,"STATUS":11,"MORF":5,"TOEGANG":10,"VERHARDING":10,"AUTOHEEN":1,"AUTOTERUG":0},
           {"WS_OIDN":2,"STATUS":10,"MORF":3,"TOEGANG":10,"VERHARDING":10,"AUTOHEEN":1,"AUTOTERUG":1},
           {"WS_OIDN":3,"STATUS":13,"MORF":3,"TOEGANG":10,"VERHARDING":10,"AUTOHEEN":1,"AUTOTERUG":1}])",
       {}, 1},
      {"wegenregister_wegknoop", "Wegknoop", R"([{"WK_OIDN":1,"TYPE":1,"LBLTYPE":"echte knoop"}])", {}, 1},
      {"infrabel_geosporen", "geosporen", R"([{"id":1}])", {}, 1},
      {"infrabel_lijnsecties", "lijnsecties", R"([{"label":"50A"}])", {}, 1},
      {"infrabel_operationele_punten", "operationele-punten-van-het-netwerk", R"([{"ptcarid":455,"longnamedutch":"Gent"}])",
       {}, 1},
      {"stations", "stations",
       R"([{"URI":"http://irail.be/stations/NMBS/008892007","name":"Gent","longitude":"3.710675","latitude":"51.035896",
            "country-code":"be"}])",
       {}, 1, true},
      {"osm_roads", "roads",
       R"([{"highway":"motorway_link","oneway":"yes"},{"highway":"footway","oneway":null},
           {"highway":"residential","oneway":"-1"},{"highway":"proposed","oneway":null}])",
       {}, 2},
      {"osm_railways", "railways", R"([{"railway":"rail","usage":"main","service":null},{"railway":"disused"}])", {}, 1},
      {"osm_cycle_highways", "cycle_highways",
       R"([{"cycle_network":"BE-VLG:cycle_highway","ref":"F4"},{"cycle_network":"rcn","ref":"12"}])", {}, 1},
      {"nwb_wegvakken", "wegvakken",
       R"([{"WVK_ID":1,"JTE_ID_BEG":1,"JTE_ID_END":2,"BST_CODE":"RB","RIJRICHTNG":"B"}])", {}, 1},
      {"terminals", "terminals",
       R"([{"id":"ITG","modes":"road;rail;barge;sea","coord_quality":"approx +-2 km, unverified","lon":3.768,"lat":51.16},
           {"id":"NSP","modes":"road;rail;barge;sea","coord_quality":"port centre, not a site","lon":3.8,"lat":51.2},
           {"id":"LGG","modes":"road;air","coord_quality":"approx +-1 km, unverified","lon":5.4,"lat":50.6},
           {"id":"X","modes":"road;tram","coord_quality":"gate","lon":5.4,"lat":50.6}])",
       {"rail;barge;sea", "-", "-"}, 0, true},
      {"nodus_roads", "road_polylines",
       R"([{"NUM":1,"ENABLED":1,"NODE1":1,"NODE2":2,"SPEED":80.0,"LANES":2},
           {"NUM":2,"ENABLED":0,"NODE1":1,"NODE2":2,"SPEED":80.0,"LANES":2}])",
       {}, 1},
      {"nodus_rail", "rail_polylines", R"([{"ENABLED":1,"NODE1":1,"NODE2":2,"TRACKS":2,"ELECTRIC":1}])", {}, 1},
      // Tens are CEMT classes; 50 and 60 have no a or b: the lower one.
      {"nodus_waterways", "iww_polylines",
       R"([{"ENABLED":1,"NODE1":1,"NODE2":2,"CLASS":"10"},{"ENABLED":1,"NODE1":1,"NODE2":2,"CLASS":"40"},
           {"ENABLED":1,"NODE1":1,"NODE2":2,"CLASS":"50"},{"ENABLED":1,"NODE1":1,"NODE2":2,"CLASS":"60"},
           {"ENABLED":1,"NODE1":1,"NODE2":2,"CLASS":"none"}])",
       {"I", "IV", "Va", "VIa", "-"}},
      {"nodus_terminals", "terminals",
       R"([{"TERMINALNA":"Ghent","RAIL":1,"IWW":1,"ROAD":1},{"TERMINALNA":"x","RAIL":0,"IWW":1,"ROAD":1}])",
       {"rail;barge"}}};
}

/// At least one for every shipped profile.
inline std::vector<ProfileRows> profile_rows() {
  std::vector<ProfileRows> out = plan_rows();
  for (auto const& more : {land_rows(), open_space_rows(), network_rows()})
    out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace terrein::test
