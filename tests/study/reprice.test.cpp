#include "dronewall/study/reprice.hpp"

#include "dronewall/study/factor_scale.hpp"
#include "dronewall/study/price_readers.hpp"
#include "study/study_in_store.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

const char* const battery =
    "weapons: {round: {range: [0 km, 100 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.6}}}\n"
    "units: {launcher: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 12}}}}\n"
    "prices: {flyer: $35k, round: {low: $50k, mode: $100k, high: $400k}}\n";

PriceBook with(PriceBook book, const std::string& item, double price) {
  PriceDescription& written = book.items[item];
  written.low = written.mode = written.high = price;
  return book;
}

}  // namespace

TEST_CASE("Re-priced points say what a run with that book says", "[study][reprice]") {
  const StudyInStore swept(raid_text(battery),
                           "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: [2, 5], "
                           "weapons.round.pk.drone: [0.4, 0.8]}\n",
                           400);
  const RepricedStudy stored(swept.store(), 2);
  REQUIRE(stored.points().size() == 4);
  CHECK(stored.missing() == 0);
  const std::vector<NamedBook> books = {{"own", swept.book()}, {"dear", with(swept.book(), "round", 250e3)}};
  for (const View view : all_views) {
    const auto figures = stored.figures(books, view, 0.95);
    REQUIRE(figures.size() == 8);
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t b = 0; b < 2; ++b) {
        // The same replications run anew, priced with the book.
        std::vector<FactorValue> values;
        for (std::size_t k = 0; k < 2; ++k) values.push_back({k, stored.points()[i].settings[k]});
        std::string why;
        const auto model = swept.models().compile(values, why);
        REQUIRE(model);
        Sources sources;
        Problems problems(sources);
        const Pricing pricing = price(model->model->layout(), books[b].book, nullptr, problems);
        const PointResult run =
            run_point(model->model->layout(), pricing.measures,
                      model_runners(model->model, {.seed = swept.study().seed}), {.replications = 400});
        const RepricedFigure& figure = figures[i * 2 + b];
        const std::string name = name_of(view);
        CHECK(figure.ratio == Approx(*run.find("cost-exchange." + name)->mean).epsilon(1e-12));
        CHECK(figure.ratio_se == Approx(*run.find("cost-exchange." + name)->se).epsilon(1e-9));
        CHECK(figure.defender == Approx(*run.find("cost.defender." + name)->mean).epsilon(1e-12));
        CHECK(figure.defender_se == Approx(*run.find("cost.defender." + name)->se).epsilon(1e-9));
      }
  }
  const auto prices = stored.break_even_prices(0, swept.book(), View::munitions, 1, 0.95);
  REQUIRE(prices.size() == 2);
  CHECK(prices[1].item == "round");
  CHECK(prices[1].low == 50e3);
  CHECK(prices[1].interval.contains(prices[1].price));
  const auto even =
      stored.figures({{"", with(swept.book(), "round", prices[1].price)}}, View::munitions, 0.95);
  CHECK(even[0].ratio == Approx(1));
}

TEST_CASE("Of figures over points the least, the middle and the greatest", "[study][reprice]") {
  const Spread spread = spread_of({4, std::nan(""), 1, 9, 2});
  CHECK(spread.points == 4);
  CHECK(spread.least == 1);
  CHECK(spread.median == 2);
  CHECK(spread.greatest == 9);
  CHECK(spread.at_median == 4);
  CHECK(spread_of({std::nan("")}).points == 0);
}

TEST_CASE("Prices that a doctrine read may change as long as their order stays", "[study][reprice]") {
  const auto choices = [](const std::string& doctrine, double sam, double gun) {
    const std::string text = raid_text(
        "weapons:\n"
        "  sam: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.9}}\n"
        "  gun: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.3}}\n"
        "units: {site: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {sam: {magazine: 4}, gun: {magazine: "
        "40}}}}\n"
        "doctrine: {assign: " +
        doctrine + "}\nprices: {flyer: $35k, sam: $90k, gun: $10k}\n");
    MemoryFiles files({{"raid.yaml", text}});
    Sources sources;
    Problems problems(sources);
    const ScenarioDescription scenario = read_scenario("raid.yaml", files, kind_tables(), {}, problems);
    const auto model = Model::compile(scenario, all_kinds(), problems);
    INFO(problems.text());
    REQUIRE(model);
    return changed_choices(*model, with(with(scenario.prices, "sam", sam), "gun", gun));
  };
  // Scores as read: sam 90 / 0.9 = 100, gun 10 / 0.3 = 33.
  CHECK(choices("best-value", 200e3, 20e3).empty());
  CHECK(choices("nearest", 1e3, 90e3).empty());
  REQUIRE(choices("best-value", 25e3, 10e3).size() == 1);
  CHECK(choices("best-value", 25e3, 10e3).front() == "sam would be taken before gun");
  CHECK(choices("cheapest", 25e3, 10e3).empty());  // still dearer
  CHECK(choices("cheapest", 10e3, 10e3).front() == "gun and sam would rank alike");
  // Worth $150k a drone: sam pays below 135k, gun below 45k.
  const std::string worth = "{worth-it: {worth: {drone: $150k}}}";
  CHECK(choices(worth, 130e3, 10e3).empty());
  // A decoy is taken for a drone where nobody says more.
  CHECK(choices(worth, 140e3, 10e3) == std::vector<std::string>{"sam would no longer be fired at a decoy",
                                                                "sam would no longer be fired at a drone"});
}

TEST_CASE("A factor's scale speaks its author's language", "[study][sensitivity]") {
  Factor range;
  range.range = FactorRange{20, 60, "", " km", false};
  const FactorScale km(range);
  CHECK(km.text(0.25) == "30 km");
  CHECK(km.range() == "20 km .. 60 km");
  CHECK(*km.unit_of("50 km") == Approx(0.75));
  CHECK_FALSE(km.unit_of("50 m"));
  Factor list;
  list.levels = {"$2k", "$5k", "$15k"};
  const FactorScale money(list);
  CHECK(money.is_number());
  CHECK(*money.unit_of("$5k") == Approx(3 / 13.0));
  CHECK(money.text(0.5) == "$8.5k");
  CHECK(money.range() == "$2k … $15k");
  list.levels = {"nearest", "best-value", "fastest"};
  const FactorScale words(list);
  CHECK_FALSE(words.is_number());
  CHECK(*words.unit_of("best-value") == 0.5);
  CHECK(words.text(0.9) == "fastest");
  list.levels = {"0.4", "0.6"};
  CHECK(FactorScale(list).text(0.5) == "0.5");
  CHECK_FALSE(written_number("[1, 2]"));
  CHECK(written_number("0.05 m2")->behind == " m2");
}
