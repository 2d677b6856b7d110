// Catalogs, types, price books: what lies under what, and which price wins.
#include "catch.hpp"
#include "memory_files.hpp"

using namespace dronewall;
using test::minimal;
using test::read;

namespace {

constexpr const char* catalog = R"(catalog: Sites and radars
currency: EUR
year: 2024
rates: {USD: 0.8, PLN: 0.25}
weapons:
  missile: {range: [1 km, 30 km], altitude: [0 m, 10 km], speed: 900 m/s, pk: {drone: 0.8, glider: 0.1}, source: a maker}
platforms:
  jet: {speed: 250 m/s, endurance: 2 h, turn_round: {time: 1 h, bays: 2}, data: platforms/jet, notes: [assumed]}
unit_types:
  site: {kind: battery, channels: 4, weapons: {missile: {magazine: 16}}, outages: {up: 30 d, repair: 2 d}, source: a maker}
sensor_types:
  eye: {kind: electro-optical, range: 9 km, law: {glimpse: 0.4}, sees: {range: 5 km, rcs: 0.1 m2}}
asset_types:
  house: {kind: settlement, per_hit: PLN 400k}
prices:
  missile: {low: EUR 1M, mode: EUR 1.2M, high: EUR 2M, source: a contract, year: 2023}
  round: EUR 100k
  jet.flight-hour: $20k
)";

std::string with_catalog(const std::string& more) { return minimal("use: catalog.yaml\n" + more); }

}  // namespace

TEST_CASE("a type lies under the unit's own keys", "[scenario][catalog]") {
  std::string text = with_catalog("");
  text.replace(text.find("units:\n"), 7, R"(units:
  north: {type: site, at: {x: 1 km, y: 0 km}, channels: 2, weapons: {missile: {magazine: 8}}, outages: {repair: 1 d}}
  south: {type: site, at: {x: 0 km, y: 9 km}}
  qra: {kind: pursuer, platform: jet, base: {x: 9 km, y: 9 km}, weapons: {missile: {load: 2}}, turn_round: {bays: 1}}
)");
  const auto [scenario, problems] = read({{"main.yaml", text}, {"catalog.yaml", catalog}});
  REQUIRE(problems == "");
  const UnitDescription& north = scenario.units.at("north");
  CHECK(north.type.text == "site");
  CHECK(north.kind.kind.text == "battery");
  CHECK(north.channels == 2);
  REQUIRE(north.weapons.size() == 1);
  CHECK(*north.weapons[0].rounds == 8);
  CHECK(north.outage_up_s->mean() == 30 * 86400);
  CHECK(north.outage_repair_s->mean() == 86400);
  CHECK(scenario.units.at("south").channels == 4);

  const UnitDescription& qra = scenario.units.at("qra");
  CHECK(qra.type.text == "jet");
  CHECK(qra.kind.own.number("speed", 0) == 250);
  const Values::Value* turn_round = qra.kind.own.find("turn_round");
  REQUIRE(turn_round);
  CHECK(turn_round->entries.front().second.number("time", 0) == 3600);
  CHECK(turn_round->entries.front().second.number("bays", 0) == 1);
  CHECK_FALSE(qra.kind.own.has("readiness"));
  REQUIRE(qra.kind.own.find("readiness"));  // its default
  CHECK(qra.kind.own.find("readiness")->quantity.mean() == 0);
}

TEST_CASE("a sensor's own law replaces that of its type, its mappings merge", "[scenario][catalog]") {
  std::string text = with_catalog("");
  text.replace(text.find("sensors:\n"), 9, R"(sensors:
  camera: {type: eye, at: {x: 0 km, y: 0 km}, law: {delay: 9 s}, sees: {rcs: 0.2 m2}}
)");
  const auto [scenario, problems] = read({{"main.yaml", text}, {"catalog.yaml", catalog}});
  REQUIRE(problems == "");
  const SensorDescription& camera = scenario.sensors.at("camera");
  CHECK(camera.kind.text == "electro-optical");
  CHECK(camera.law.kind.text == "delay");
  CHECK(camera.law.own.number("value", 0) == 9);
  CHECK(camera.sees->range_m == 5000);
  CHECK(camera.sees->rcs_m2 == Approx(0.2));
}

TEST_CASE("prices are converted into the report's currency, and the later book wins", "[scenario][catalog]") {
  std::string text = with_catalog("prices: {round: $90k, target-drone: PLN 10k}\n");
  text.replace(text.find("depot: {"), 8, "home: {type: house, at: {x: 0 km, y: 1 km}}\n  depot: {");
  const std::map<std::string, std::string> files = {
      {"main.yaml", text}, {"catalog.yaml", catalog}, {"book.yaml", "year: 2030\nprices: {missile: $3M}\n"}};
  const auto [scenario, problems] = read(files);
  REQUIRE(problems == "");
  const auto& items = scenario.prices.items;
  CHECK(scenario.prices.currency == "USD");
  // The catalog's euro is worth 1 / 0.8 dollars, its zloty 0.25 euro.
  CHECK(items.at("missile").low == Approx(1.25e6));
  CHECK(items.at("missile").point() == Approx(1.5e6));
  CHECK(items.at("missile").currency == "EUR");
  CHECK(*items.at("missile").year == 2023);
  CHECK(items.at("missile").source == "a contract");
  CHECK(items.at("jet.flight-hour").point() == Approx(20e3));
  CHECK(*items.at("jet.flight-hour").year == 2024);
  CHECK(items.at("strike.home").point() == Approx(400e3 * 0.25 / 0.8));
  CHECK(items.at("target-drone").point() == Approx(10e3 * 0.25 / 0.8));
  CHECK(items.at("round").point() == 90e3);
  CHECK_FALSE(scenario.planning_prices);

  ReadOptions options;
  options.price_books = {"book.yaml"};
  const ScenarioDescription repriced = read(files, options).scenario;
  CHECK(repriced.prices.items.at("missile").point() == 3e6);
  CHECK(*repriced.prices.items.at("missile").year == 2030);
  REQUIRE(repriced.planning_prices);  // What a doctrine reads stays the scenario's own.
  CHECK(repriced.planning_prices->items.at("missile").point() == Approx(1.5e6));
}

TEST_CASE("a price may be a distribution, and planning prices lie over the book", "[scenario][catalog]") {
  const auto [scenario, problems] = read({{"main.yaml", minimal(R"(prices:
  round: {price: uniform($100k .. $300k), source: a guess}
  target-drone: triangular($10k .. $20k .. $60k)
planning_prices: {round: $1}
)")}});
  REQUIRE(problems == "");
  CHECK(scenario.prices.items.at("round").point() == 200e3);
  CHECK(scenario.prices.items.at("target-drone").point() == Approx(30e3));
  CHECK(scenario.planning_prices->items.at("round").point() == 1);
  CHECK(scenario.planning_prices->items.at("target-drone").point() == Approx(30e3));
}

TEST_CASE("a book in a currency without a rate is refused once", "[scenario][catalog]") {
  const auto result = read({{"main.yaml", with_catalog("")}, {"catalog.yaml", R"(currency: NOK
prices:
  round: NOK 100k
  target-drone: NOK 10k
)"}});
  CHECK(result.problems ==
        "catalog.yaml:1:11: error: this book is in NOK and has no rate for USD, the report's currency\n"
        " 1 | currency: NOK\n"
        "   |           ^ hint: add rates: {USD: 1.10} to it\n");
}

TEST_CASE("a mistake in a catalog's row is told there", "[scenario][catalog]") {
  std::string broken = catalog;
  broken.replace(broken.find("channels: 4"), 11, "chanels: 4");
  const auto result = read({{"main.yaml", with_catalog("")}, {"catalog.yaml", broken}});
  CHECK(result.problems.find("catalog.yaml:10:25: error: unknown key chanels (a battery has none)\n") == 0);
  CHECK(result.problems.find("error:", result.problems.find("error:") + 1) == result.problems.npos);
}

TEST_CASE("a catalog or price book is checked alone", "[scenario][catalog]") {
  const auto check = [](const std::string& text) {
    test::MemoryFiles files({{"book.yaml", text}});
    Sources sources;
    Problems problems(sources);
    check_catalog("book.yaml", files, test::kinds(), problems);
    return problems.text();
  };
  CHECK(check(catalog) == "");
  CHECK(check("prices: {anything.at-all: $3}\n") == "");
  CHECK(check("prices: {round: 3}\n").find("book.yaml:1:17: error: ") == 0);
  CHECK(check("attacks: {}\n").find("book.yaml:1:1: error: unknown key attacks (a catalog has none)") == 0);
  CHECK(check("weapons: {gun: {range: [0 km, 4 km]}}\n").find("altitude is missing (a weapon needs it)") !=
        std::string::npos);
}

TEST_CASE("catalogs and outlines are looked for beside the file that names them", "[scenario][catalog]") {
  test::MemoryFiles files({{"main.yaml", minimal("use: [catalog/zones.yaml]\n")},
                           {"catalog/zones.yaml", "zones: {here: {geojson: here.geojson}}\n"}});
  Sources sources;
  Problems problems(sources);
  (void)read_scenario("main.yaml", files, test::kinds(), {}, problems);
  REQUIRE(files.asked().size() == 3);
  CHECK(files.asked()[0] == std::pair<std::string, std::string>("main.yaml", ""));
  CHECK(files.asked()[1] == std::pair<std::string, std::string>("catalog/zones.yaml", "main.yaml"));
  CHECK(files.asked()[2] == std::pair<std::string, std::string>("here.geojson", "catalog/zones.yaml"));
}

TEST_CASE("the hash changes with every text that was read", "[scenario][catalog]") {
  const auto hash = [](const std::string& main, const std::string& used, const ReadOptions& options) {
    return read({{"main.yaml", main}, {"catalog.yaml", used}, {"book.yaml", "prices: {round: $3}\n"}},
                options)
        .scenario.text_hash;
  };
  const std::string main = with_catalog("");
  const std::uint64_t plain = hash(main, catalog, {});
  CHECK(hash(main, catalog, {}) == plain);
  CHECK(hash(main + "\n", catalog, {}) != plain);
  CHECK(hash(main, std::string(catalog) + "\n", {}) != plain);
  CHECK(hash(main, catalog, {{{"units.battery.channels", "1"}}, {}}) != plain);
  CHECK(hash(main, catalog, {{}, {"book.yaml"}}) != plain);
}
