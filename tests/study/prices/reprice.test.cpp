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

/// To the bit: one computation, not two that agree.
void check_equal(const RepricedValue& value, const Estimate& estimate) {
  CHECK(value.mean == *estimate.mean);
  CHECK(value.se == *estimate.se);
  CHECK(value.low == *estimate.low);
  CHECK(value.high == *estimate.high);
  CHECK(name_of(value.method) == estimate.method);
}

/// A site that may fire a dear weapon or a cheap one, by a doctrine.
struct TwoWeapons {
  ScenarioDescription scenario;
  std::shared_ptr<const Model> model;

  explicit TwoWeapons(const std::string& doctrine) {
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
    scenario = read_scenario("raid.yaml", files, kind_tables(), {}, problems);
    model = Model::compile(scenario, all_kinds(), problems);
    INFO(problems.text());
    REQUIRE(model);
  }
};

}  // namespace

TEST_CASE("Re-priced points say what a run with that book says", "[study][reprice]") {
  const StudyInStore swept(raid_text(battery),
                           "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: [2, 5], "
                           "weapons.round.pk.drone: [0.4, 0.8]}\n",
                           400);
  const RepricedStudy stored(swept.store(), 2);
  REQUIRE(stored.points().size() == 4);
  CHECK(stored.missing() == 0);
  const std::vector<NamedBook> books = {{"own", swept.book(), NamedBook::Origin::swept},
                                        {"dear", with(swept.book(), "round", 250e3)}};
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
        check_equal(figure.ratio, *run.find("cost-exchange." + name));
        check_equal(figure.defender, *run.find("cost.defender." + name));
        CHECK(figure.attacker.mean == Approx(*run.find("cost.attacker")->mean).epsilon(1e-12));
        CHECK(figure.ratio.method == IntervalMethod::bootstrap_t);
      }
  }
  const auto prices = stored.break_even_prices(0, swept.book(), View::munitions, 1, 0.95);
  REQUIRE(prices.size() == 2);
  CHECK(prices[1].item == "round");
  CHECK(prices[1].low == 50e3);
  CHECK(prices[1].interval.contains(prices[1].price));
  const auto even =
      stored.figures({{"", with(swept.book(), "round", prices[1].price)}}, View::munitions, 0.95);
  CHECK(even[0].ratio.mean == Approx(1));
}

TEST_CASE("A grid is estimated as a book is while it is small, then from moments", "[study][reprice]") {
  const StudyInStore swept(raid_text(battery),
                           "study: S\nscenario: raid.yaml\nuncertain: {weapons.round.pk.drone: [0.4, 0.8]}\n",
                           400);
  const RepricedStudy stored(swept.store(), 2);
  const auto vectors = [&](std::size_t many, NamedBook::Origin origin) {
    std::vector<NamedBook> books;
    for (std::size_t v = 0; v < many; ++v)
      books.push_back({"", with(swept.book(), "round", 1e4 * static_cast<double>(v + 1)), origin});
    return books;
  };
  const auto named = stored.figures(vectors(3, NamedBook::Origin::named), View::marginal, 0.9);
  const auto few = stored.figures(vectors(3, NamedBook::Origin::grid), View::marginal, 0.9);
  const std::size_t many = RepricedStudy::resampled_up_to / 2 + 1;  // at two points
  CHECK_FALSE(stored.resamples_grid(vectors(many, NamedBook::Origin::grid), 1));
  const auto dense = stored.figures(vectors(many, NamedBook::Origin::grid), View::marginal, 0.9);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(few[i].ratio.low == named[i].ratio.low);
    CHECK(few[i].ratio.high == named[i].ratio.high);
    const RepricedValue& ratio = dense[i / 3 * many + i % 3].ratio;
    CHECK(ratio.mean == Approx(named[i].ratio.mean).epsilon(1e-12));
    CHECK(ratio.se == Approx(named[i].ratio.se).epsilon(1e-9));
    CHECK(ratio.method == IntervalMethod::delta);
    // Of 400 replications that all have rounds the two agree to some percent, and are not the same.
    CHECK(ratio.high - ratio.low == Approx(named[i].ratio.high - named[i].ratio.low).epsilon(0.1));
    CHECK(ratio.low != named[i].ratio.low);
  }
}

TEST_CASE("What was never fired costs no certain 0 under any book", "[study][reprice]") {
  // The drones pass 5 km beside a battery that reaches 1 km.
  const StudyInStore swept(
      raid_text(
          "weapons: {round: {range: [0 km, 1 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.6}}}\n"
          "units: {launcher: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 12}}}}\n"
          "prices: {flyer: $35k, round: $100k}\n"),
      "study: S\nscenario: raid.yaml\nuncertain: {weapons.round.pk.drone: [0.4]}\n", 200);
  const RepricedStudy stored(swept.store(), 1);
  std::vector<NamedBook> books = {{"own", swept.book(), NamedBook::Origin::swept},
                                  {"dear", with(swept.book(), "round", 250e3)}};
  for (std::size_t v = 0; v <= RepricedStudy::resampled_up_to; ++v)
    books.push_back({"", with(swept.book(), "round", v == 0 ? 250e3 : 1e3), NamedBook::Origin::grid});
  const auto figures = stored.figures(books, View::munitions, 0.95);
  const double events = -4 * std::log(0.025);  // none of n: at most so many, and then at all four
  for (std::size_t b = 0; b < 4; ++b) {
    const double price = b == 0 ? 100e3 : b < 3 ? 250e3 : 1e3;
    CHECK(figures[b].ratio.mean == 0);
    CHECK(figures[b].ratio.low == 0);
    CHECK(figures[b].ratio.high == Approx(events / 200 * price / (4 * 35e3)));
    CHECK(figures[b].defender.high == Approx(events / 200 * price));
    CHECK(figures[b].ratio.method == IntervalMethod::poisson);
  }
  const auto prices = stored.break_even_prices(0, swept.book(), View::munitions, 2, 0.95);
  REQUIRE(prices.size() == 2);
  CHECK(prices[0].item == "flyer");
  CHECK(prices[0].price == 0);
  CHECK(prices[0].interval.high == Approx(events / 200 * 100e3 / 2 / 4));
  CHECK_FALSE(prices[1].interval.is_defined());  // No round's price can make nothing fired cost something.
}

TEST_CASE("Of figures over points the least, the middle and the greatest", "[study][reprice]") {
  const Spread spread = spread_of({4, std::nan(""), 1, 9, 2});
  CHECK(spread.points == 4);
  CHECK(spread.least == 1);
  CHECK(spread.median == 3);  // of an even number between the two in the middle
  CHECK(spread.at_least == 2);
  CHECK(spread.at_greatest == 3);
  CHECK(spread.greatest == 9);
  CHECK(spread.at_median == 4);
  CHECK(spread_of({std::nan("")}).points == 0);
}

TEST_CASE("Prices that a doctrine read may change as long as their order stays", "[study][reprice]") {
  const auto choices = [](const std::string& doctrine, double sam, double gun) {
    const TwoWeapons site(doctrine);
    return changed_choices(*site.model, with(with(site.scenario.prices, "sam", sam), "gun", gun));
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

TEST_CASE("The price at which a doctrine would choose otherwise is known by hand", "[study][reprice]") {
  const auto turns = [](const std::string& doctrine) {
    const TwoWeapons site(doctrine);
    return price_turns(*site.model, site.scenario.prices);
  };
  CHECK(turns("nearest").empty());
  // sam 90 / 0.9 = 100 a kill, gun 10 / 0.3 = 33: alike with the sam at $30k, or the gun at $30k.
  const auto value = turns("best-value");
  REQUIRE(value.size() == 2);
  CHECK(value.at("sam").below->price == Approx(30e3));
  CHECK(value.at("sam").below->change == "sam would be taken before gun");
  CHECK_FALSE(value.at("sam").above);
  CHECK(value.at("gun").above->price == Approx(30e3));
  CHECK(value.at("gun").above->change == "sam would be taken before gun");
  CHECK_FALSE(value.at("gun").below);
  CHECK(turns("cheapest").at("sam").below->price == Approx(10e3));
  // Worth $150k a drone: the sam pays below 0.9 × 150 = 135, the gun below 45 but is first below 30 only.
  const auto worth = turns("{worth-it: {worth: {drone: $150k}}}");
  CHECK(worth.at("sam").above->price == Approx(135e3));
  CHECK(worth.at("gun").above->price == Approx(30e3));
}

TEST_CASE("A factor's scale speaks its author's language", "[study][sensitivity]") {
  Factor range;
  range.range = FactorRange{20, 60, "", " km", false};
  const FactorScale km(range);
  CHECK(km.text(0.25) == "30 km");
  CHECK(km.range() == "20 km … 60 km");
  CHECK(km.place_text(0.25) == "30 km");
  range.range->whole = true;
  range.range->behind = "";
  const FactorScale whole(range);
  CHECK(whole.place_text(0.26) == "between 30 and 31");
  CHECK(whole.place_text(0.25) == "30");
  CHECK(whole.text_at_most(0.26) == "30");
  CHECK(whole.text_at_least(0.26) == "31");
  CHECK(*km.unit_of("50 km") == Approx(0.75));
  CHECK_FALSE(km.unit_of("50 m"));
  Factor list;
  list.levels = {"$2k", "$5k", "$15k"};
  const FactorScale money(list);
  CHECK(money.is_number());
  CHECK(*money.unit_of("$5k") == Approx(3 / 13.0));
  CHECK(money.text(0.5) == "$8.5k");
  CHECK(money.range() == "$2k … $15k");
  CHECK(money.text_at_most(0.5) == "$5k");
  CHECK(money.text_at_least(0.5) == "$15k");
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
