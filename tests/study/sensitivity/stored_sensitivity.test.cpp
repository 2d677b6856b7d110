#include "dronewall/study/stored_sensitivity.hpp"

#include <cmath>
#include <functional>

#include "dronewall/study/factor_scale.hpp"
#include "study/sensitivity/flips.hpp"
#include "study/study_in_store.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

/// One round a raid, whatever comes: cost-exchange.munitions = price of a round / (drones × price of one).
const char* const one_round =
    "weapons: {round: {range: [0 km, 100 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.6}}}\n"
    "units: {launcher: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 1}}}}\n"
    "prices: {flyer: {low: $20k, mode: $35k, high: $60k}, round: {low: $90k, mode: $100k, high: $400k}}\n";

struct Analysed {
  SensitivityResult result;
  Analysed(const StudyInStore& swept, SensitivityOptions options) : result(of(swept, options)) {}

  static SensitivityResult of(const StudyInStore& swept, const SensitivityOptions& options) {
    const RepricedStudy stored(swept.store(), 2);
    const PriceBook book = swept.book();
    const BookOfPoint book_of = [&](std::size_t) -> const PriceBook& { return book; };
    return analyse(swept.study(), stored, book_of, measure_points(stored, book_of, options.measure, 2),
                   options);
  }
  [[nodiscard]] std::string why(SensitivityMethod method) const {
    for (const SensitivityResult::Refusal& each : result.refused)
      if (each.method == method) return each.why;
    return "";
  }
  [[nodiscard]] const Flip& flip(const std::string& input) const {
    for (const Flip& each : result.flips)
      if (each.input == input) return each;
    FAIL(input);
    return result.flips.front();
  }
};

}  // namespace

TEST_CASE("Which assumption flips the verdict is known by hand", "[study][sensitivity]") {
  const StudyInStore swept(raid_text(one_round),
                           "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: [1, 2, 4, 8], "
                           "weapons.round.pk.drone: [0.4, 0.6, 0.8]}\n",
                           100);
  const Analysed at(swept, {.measure = "cost-exchange.munitions"});
  CHECK(at.result.points == 12);
  CHECK(at.result.above == 6);  // 100 / 35 and 100 / 70
  CHECK(at.result.below == 6);
  // The base is the scenario's own: four drones, 0.6. Straight between 2 (1.4286) and 4 (0.7143): 3.2.
  REQUIRE(at.result.base == std::vector<std::string>{"4", "0.6"});
  CHECK(at.result.base_is_usual);
  CHECK(*at.result.base_point == 7);                                  // 3 values of pk a count
  CHECK(at.flip("attacks.raid.count").at.text == "between 3 and 4");  // Nobody sends 3.2 drones.
  CHECK(at.flip("attacks.raid.count").verdict == Flip::Verdict::in_range);
  CHECK(at.flip("attacks.raid.count").range_low.text == "1");
  CHECK(at.flip("weapons.round.pk.drone").verdict == Flip::Verdict::nowhere);
  // Four drones of p are one round of $100k at p = $25k; the round breaks even at $140k.
  CHECK(at.flip("flyer").verdict == Flip::Verdict::in_range);
  CHECK(at.flip("round").at.number == Approx(140e3));
  CHECK(at.flip("round").low.number == Approx(140e3));
  CHECK(at.flip("round").range_low.number == 90e3);
  CHECK(at.flip("round").range_high.number == 400e3);
  CHECK(at.flip("attacks.raid.count").at.number == Approx(3.2));
  CHECK(at.flip("attacks.raid.count").range_high.number == 8);
  CHECK(at.flip("flyer").at.number == Approx(25e3));
  CHECK(at.flip("flyer").unit == "USD");
  CHECK(std::isnan(at.flip("weapons.round.pk.drone").at.number));

  REQUIRE(at.result.bars.size() == 2);
  CHECK(at.result.factors[at.result.bars[0].factor] == "attacks.raid.count");
  CHECK(at.result.bars[0].swing == Approx(100 / (35.0 * 8) - 100 / 35.0));
  CHECK(at.result.bars[1].swing == Approx(0).margin(1e-12));
  CHECK_FALSE(at.result.bars[1].told_from_0);
  CHECK(std::isnan(at.result.bars[1].swing_low));  // pk changes no replication: who knows how rarely it does
  CHECK(at.why(SensitivityMethod::morris).find("grid") != std::string::npos);
  CHECK(at.why(SensitivityMethod::sobol).find("use saltelli") != std::string::npos);
  CHECK(at.why(SensitivityMethod::boxes).find("20 points") != std::string::npos);
}

TEST_CASE("A box ends at values that can be set, and one that chance finds is none", "[study][sensitivity]") {
  const StudyInStore swept(raid_text(one_round),
                           "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: [1, 2, 3, 4, 5], "
                           "weapons.round.pk.drone: [0.2, 0.4, 0.6, 0.8]}\n",
                           100);
  // 100 / 35 n is above 1 up to two drones, whatever pk is.
  const Analysed at(swept, {.measure = "cost-exchange.munitions"});
  REQUIRE(at.result.boxes.size() == 1);
  CHECK(at.result.boxes.front().sides == std::vector<std::string>{"attacks.raid.count up to 2"});
  // One point of twenty, 5 − 0.2 = 4.8 leakers, lies above: any one point would have such a box.
  const Analysed one(swept, {.measure = "leakers", .bound = 4.7});
  CHECK(one.result.boxes.empty());
  CHECK(one.why(SensitivityMethod::boxes).find("chance finds") != std::string::npos);
}

TEST_CASE(
    "Where no point has the scenario's own values, prices are solved at the nearest one, which is named",
    "[study][sensitivity]") {
  // The scenario says four drones and 0.6: no row has both, and 5 and 0.5 is nearest.
  const std::string uncertain =
      "uncertain: {attacks.raid.count: 1 .. 9, weapons.round.pk.drone: 0.2 .. 1}\ndesign: ";
  for (const std::string design : {"{latin-hypercube: 6}", "{sobol: 8}", "{morris: {trajectories: 3}}"}) {
    CAPTURE(design);
    const StudyInStore swept(raid_text(one_round),
                             "study: S\nscenario: raid.yaml\n" + uncertain + design + "\n", 100);
    const Analysed at(swept, {.measure = "cost-exchange.munitions"});
    REQUIRE(at.result.base_point);
    CHECK(at.result.usual == std::vector<std::string>{"4", "0.6"});
    const RepricedStudy stored(swept.store(), 2);
    const auto settings_of = [&](std::uint64_t number) {
      for (const RepricedPoint& point : stored.points())
        if (point.stored.number == number) return point.settings;
      return std::vector<std::string>();
    };
    REQUIRE(at.result.base == settings_of(*at.result.base_point));
    // One round of $100k a raid of n drones: the drone breaks even at $100k / n, of the n that is printed.
    const double drones = std::stod(at.result.base.front());
    CHECK(at.flip("flyer").at.number == Approx(100e3 / drones));
    CHECK(at.flip("attacks.raid.count").used.number == drones);
    CHECK(at.flip("weapons.round.pk.drone").used.number == Approx(std::stod(at.result.base.back())));
    CHECK(at.result.base_is_usual == (at.result.base == at.result.usual));
  }
}

TEST_CASE("No price is said to flip the verdict where a doctrine would choose otherwise",
          "[study][sensitivity]") {
  // Two drones of $35k, and a doctrine that takes the cheaper: the gun ($10k), never the sam ($90k). The gun
  // would break even at $35k, were it then still the cheaper.
  const auto flip_of = [](const std::string& sam) {
    const StudyInStore swept(
        raid_text("weapons:\n"
                  "  sam: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 1}}\n"
                  "  gun: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 1}}\n"
                  "units: {site: {kind: battery, at: {x: 0 km, y: 0 km}, channels: 9, weapons: {sam: "
                  "{magazine: 9}, gun: {magazine: 9}}}}\n"
                  "doctrine: {assign: cheapest}\n"
                  "prices: {flyer: $35k, sam: " +
                  sam + ", gun: {low: $8k, mode: $10k, high: $50k}}\n"),
        "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: [2, 4]}\n", 20);
    const RepricedStudy stored(swept.store(), 1);
    const PriceBook book = swept.book();
    const BookOfPoint book_of = [&](std::size_t) -> const PriceBook& { return book; };
    std::string why;
    const auto model = swept.models().compile({}, why);
    const auto turns = price_turns(*model->model, book);
    const SensitivityOptions options{.measure = "cost-exchange.munitions"};
    const SensitivityResult result =
        analyse(swept.study(), stored, book_of, measure_points(stored, book_of, options.measure, 1), options,
                [&](std::size_t) -> const std::map<std::string, PriceTurns>& { return turns; });
    for (const Flip& flip : result.flips)
      if (flip.input == "gun") return flip;
    FAIL("no gun");
    return Flip{};
  };
  const Flip known = flip_of("$90k");
  CHECK(known.verdict == Flip::Verdict::in_range);
  CHECK(known.at.number == Approx(35e3));
  CHECK(known.turns == PriceTurns{});
  const Flip turned = flip_of("$30k");
  CHECK(turned.verdict == Flip::Verdict::other_choice);
  CHECK(std::isnan(turned.at.number));
  REQUIRE(turned.turns.above);
  CHECK(turned.turns.above->price == Approx(30e3));
  CHECK(turned.turns.above->change == "sam would be taken before gun");
  CHECK(turned.low.number == Approx(30e3));
  CHECK(std::isnan(turned.high.number));
}

TEST_CASE("A saltelli design has indices on shared luck, a sobol one refuses them", "[study][sensitivity]") {
  const std::string uncertain =
      "uncertain: {weapons.round.pk.drone: 0.3 .. 0.9, sensors.eye.height: 10 m .. 50 m}\n";
  const std::string battery =
      "weapons: {round: {range: [0 km, 100 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.6}}}\n"
      "units: {launcher: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 3}}}}\n"
      "prices: {flyer: $35k, round: $100k}\n";
  const auto study = [&](const std::string& design) {
    return "study: S\nscenario: raid.yaml\n" + uncertain + "design: " + design + "\n";
  };
  const StudyInStore saltelli(raid_text(battery), study("{saltelli: 64}"), 200);
  const Analysed indices(saltelli, {.measure = "leakers", .bound = 2});
  REQUIRE(indices.result.sobol);
  REQUIRE(indices.result.sobol->undefined_because.empty());
  CHECK(indices.result.shares_luck);
  // The mast's height matters to nobody without a horizon: it moves nothing, on the same luck.
  CHECK(indices.result.sobol->first[0].value > 0.8);
  CHECK(indices.result.sobol->total[0].told_from_0);
  CHECK_FALSE(indices.result.sobol->first[1].told_from_0);
  CHECK(indices.result.sobol->total[1].value == Approx(0).margin(1e-9));
  // Magazine 3 at 4 drones: leakers = 4 − 3 pk, nearly; 2 is crossed at pk = 2/3.
  REQUIRE(indices.result.metamodel);
  CHECK(indices.result.metamodel->effects()[0].slope == Approx(-1.8).epsilon(0.1));
  const Flip& pk = indices.flip("weapons.round.pk.drone");
  CHECK(pk.by == "metamodel");
  // All points share the luck of 200 raids with three shots: 0.02 is its standard deviation, and 4 of them
  // are missed by 1 seed in 16,000.
  CHECK(pk.at.number == Approx(2 / 3.0).margin(0.08));
  CHECK(pk.low.number < pk.high.number);
  REQUIRE(indices.result.boxes.size() == 1);
  CHECK(indices.result.boxes[0].sides.size() == 1);
  CHECK(indices.why(SensitivityMethod::tornado).find("saltelli") != std::string::npos);

  const StudyInStore sobol(raid_text(battery), study("{sobol: 32}"), 50);
  const Analysed refused(sobol, {.measure = "leakers", .bound = 2});
  CHECK_FALSE(refused.result.sobol);
  CHECK(refused.why(SensitivityMethod::sobol).find("Sobol points are no sample") != std::string::npos);
  CHECK(refused.why(SensitivityMethod::morris).find("use morris") != std::string::npos);

  const StudyInStore morris(raid_text(battery), study("{morris: {trajectories: 8, levels: 4}}"), 200);
  const Analysed effects(morris, {.measure = "leakers", .bound = 2});
  REQUIRE(effects.result.morris.size() == 2);
  CHECK(effects.result.morris[0].mu == Approx(-1.8).epsilon(0.15));
  CHECK(effects.result.morris[0].told_from_0);
  CHECK(effects.result.morris[1].mu_star == Approx(0).margin(1e-9));
  CHECK(std::isnan(effects.result.morris[1].mu_low));
  CHECK_FALSE(effects.result.morris[1].told_from_0);
}

TEST_CASE("Points that coincide, as whole numbers do, leave the groups of a design whole",
          "[study][sensitivity]") {
  const std::string battery =
      "weapons: {round: {range: [0 km, 100 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.6}}}\n"
      "units: {launcher: {kind: battery, at: {x: 0 km, y: 0 km}, channels: 20, weapons: {round: {magazine: "
      "3}}}}\n"
      "prices: {flyer: $35k, round: $100k}\n";
  const auto study = [](const std::string& design) {
    return "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: 3 .. 5, units.launcher.channels: "
           "20 .. "
           "22}\ndesign: " +
           design + "\n";
  };
  // Nine combinations at most; each drone past the third leaks for certain: one more for each more that
  // comes.
  const StudyInStore saltelli(raid_text(battery), study("{saltelli: 32}"), 50);
  const Analysed indices(saltelli, {.measure = "leakers", .bound = 2});
  CHECK(indices.result.points <= 9);
  REQUIRE(indices.result.sobol);
  REQUIRE(indices.result.sobol->undefined_because.empty());
  CHECK(indices.result.sobol->first[0].told_from_0);
  CHECK_FALSE(indices.result.sobol->total[1].told_from_0);
  const StudyInStore morris(raid_text(battery), study("{morris: {trajectories: 6, levels: 4}}"), 50);
  const Analysed effects(morris, {.measure = "leakers", .bound = 2});
  REQUIRE(effects.result.morris.size() == 2);
  CHECK(effects.result.morris[0].told_from_0);
  CHECK_FALSE(effects.result.morris[1].told_from_0);
}

namespace {

/// Two ranged factors and their flips on a plane through made-up responses without noise.
struct OnPlane {
  StudyDescription study;
  std::vector<std::size_t> factors = {0, 1};
  std::vector<FactorScale> scales;
  UnitPoints points{2, {}};
  Responses responses;
  SensitivityOptions options{.bound = 0.5};

  explicit OnPlane(const std::function<double(double, double)>& response) {
    for (const char* path : {"units.a.count", "units.b.count"}) {
      Factor factor;
      factor.path = path;
      factor.range = FactorRange{0, 10, "", " km", false};
      study.factors.push_back(factor);
      scales.emplace_back(factor);
    }
    for (int i = 0; i < 64; ++i) {
      const double u = (i + 0.5) / 64, v = std::fmod((i + 0.5) * 0.618034, 1.0);
      points.cells.insert(points.cells.end(), {u, v});
      responses.add(response(u, v), 0);
    }
  }
  [[nodiscard]] std::vector<Flip> flips() const {
    const LinearMetamodel model(points, responses, 0.95);
    std::vector<Flip> found;
    FlipFinder{study, factors, scales, points, responses, options}.add_factors({0.5, 0.5}, std::nullopt,
                                                                               &model, found);
    return found;
  }
};

}  // namespace

TEST_CASE("A flip is asserted only when its whole interval lies in the range", "[study][sensitivity]") {
  // A plane but for a ripple: u crosses 0.5 at 5 km, and everything near it.
  const auto plane = OnPlane([](double u, double v) { return u + 0.02 * std::sin(20 * v); }).flips();
  REQUIRE(plane.size() == 2);
  CHECK(plane[0].verdict == Flip::Verdict::in_range);
  CHECK(plane[0].at.number == Approx(5).margin(0.2));
  CHECK(*plane[0].r2 > 0.99);
  CHECK(plane[0].low.number > 4);
  CHECK(plane[0].high.number < 6);
  // The same slope under a bend as large: the plane still crosses at 5 km, but says nothing of it.
  const auto bent = OnPlane([](double u, double v) { return u + 0.5 * std::sin(20 * v); }).flips();
  CHECK(bent[0].verdict == Flip::Verdict::untold);
  CHECK(*bent[0].r2 < 0.5);
  CHECK(bent[0].at.number == Approx(5).margin(1.5));
  CHECK(std::isnan(bent[0].low.number));
  CHECK(std::isnan(bent[0].high.number));
  // What lies nowhere near the bound is told.
  const auto far = OnPlane([](double u, double) { return 2 + u; }).flips();
  CHECK(far[0].verdict == Flip::Verdict::nowhere);
  CHECK(std::isnan(far[0].at.number));
}

namespace {

/// A grid of a delay that is a distribution or a number, and of a rate in several units: made-up responses.
struct AtLevels {
  StudyDescription study;
  std::vector<std::size_t> factors = {0, 1};
  std::vector<FactorScale> scales;
  UnitPoints points{2, {}};
  Responses responses;
  SensitivityOptions options{.bound = 0.5};

  /// Responses by delay, then rate.
  explicit AtLevels(const std::vector<double>& means, double variance = 0) {
    Factor delay, rate;
    delay.path = "command.aoc.decision";
    delay.levels = {"triangular(1 min .. 3 min .. 12 min)", "1 min", "30 s"};
    rate.path = "attacks.raid.repeat.rate";
    rate.levels = {"0.25 / week", "1 / week", "1 / d"};
    study.factors = {delay, rate};
    for (const Factor& factor : study.factors) scales.emplace_back(factor);
    for (const std::string& a : delay.levels)
      for (const std::string& b : rate.levels)
        points.cells.insert(points.cells.end(), {*scales[0].unit_of(a), *scales[1].unit_of(b)});
    for (const double mean : means) responses.add(mean, variance);
  }
  /// From the first delay at once a week.
  [[nodiscard]] std::vector<Flip> flips() const {
    std::vector<Flip> found;
    FlipFinder{study, factors, scales, points, responses, options}.add_factors(
        {0, *scales[1].unit_of("1 / week")}, 1, nullptr, found);
    return found;
  }
};

using Lies = Flip::Level::Side;

}  // namespace

TEST_CASE("Every factor stands among the flips, names and rates too", "[study][sensitivity]") {
  // The verdict at the base is 0.8 > 0.5; a minute flips it, and a rate of 0.5 / week, straight between 0.2
  // and 0.8 at 0.25 and 1 / week: 0.25 + 0.75 / 2 = 0.625.
  const auto flips = AtLevels({0.2, 0.8, 0.9, 0.1, 0.3, 0.4, 0.1, 0.6, 0.7}).flips();
  REQUIRE(flips.size() == 2);
  CHECK(flips[0].verdict == Flip::Verdict::in_range);
  CHECK(flips[0].base_side == Lies::above);
  CHECK(flips[0].levels[1].side == Lies::below);
  CHECK(flips[0].levels[2].side == Lies::above);
  CHECK(flips[0].used.text == "triangular(1 min .. 3 min .. 12 min)");
  CHECK(flips[1].verdict == Flip::Verdict::in_range);
  CHECK(flips[1].at.number == Approx(0.625));
  CHECK(flips[1].unit == "/ week");
  CHECK(flips[1].range_high.number == Approx(7));
  CHECK(flips[1].range_low.text == "0.25 / week");
  CHECK(flips[1].range_high.text == "1 / d");
  // With noise of 0.3 no level is told but that far off, and a base within its noise flips nothing.
  const auto noisy = AtLevels({0.2, 0.8, 0.9, 0.1, 0.3, 0.4, 0.1, 0.6, 0.7}, 0.09).flips();
  CHECK(noisy[0].verdict == Flip::Verdict::untold);
  CHECK(noisy[0].base_side == Lies::untold);
  CHECK(AtLevels({0.8, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9}).flips()[0].verdict == Flip::Verdict::nowhere);
  // Without points and without a plane it stands there, and says why.
  AtLevels bare({0.2, 0.8, 0.9, 0.1, 0.3, 0.4, 0.1, 0.6, 0.7});
  std::vector<Flip> found;
  FlipFinder{bare.study, bare.factors, bare.scales, bare.points, bare.responses, bare.options}.add_factors(
      {0, 0}, std::nullopt, nullptr, found);
  REQUIRE(found.size() == 2);
  CHECK(found[0].verdict == Flip::Verdict::not_judged);
  CHECK(found[1].why_not.find("no metamodel") != std::string::npos);
}

TEST_CASE("A part of levels names those that lie in it", "[study][sensitivity]") {
  const AtLevels made({0, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(made.scales[0].part(0, 0.25) == "= triangular(1 min .. 3 min .. 12 min)");
  CHECK(made.scales[0].part(0.25, 1) == "= 1 min or 30 s");
  CHECK(made.scales[1].part(0, 0.05) == "= 0.25 / week");
  CHECK(made.scales[1].text(0.5) == "3.62 / week");
  CHECK(made.scales[1].unit_of("0.5 / d") == Approx(3.25 / 6.75));
  Factor count;
  count.levels = {"12", "24", "48"};
  CHECK(FactorScale(count).part(0.2, 1) == "from 24 on");
}

TEST_CASE("A factor without a bar in the tornado is named, with the reason", "[study][sensitivity]") {
  const StudyInStore swept(raid_text(one_round),
                           "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: [1, 2, 4], "
                           "weapons.round.pk.drone: [0.6]}\n",
                           50);
  const Analysed at(swept, {.measure = "cost-exchange.munitions"});
  CHECK(at.result.bars.size() == 1);
  REQUIRE(at.result.without_bar.size() == 1);
  CHECK(at.result.without_bar[0].second == "the study gives it one value");
  CHECK(at.flip("weapons.round.pk.drone").verdict == Flip::Verdict::not_judged);
}

TEST_CASE("A price's distribution is its range", "[study][sensitivity]") {
  const auto flip_of = [](const std::string& price) {
    const StudyInStore swept(
        raid_text("weapons: {round: {range: [0 km, 100 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: "
                  "{drone: 0.6}}}\n"
                  "units: {launcher: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: "
                  "1}}}}\nprices: {flyer: $35k, round: " +
                  price + "}\n"),
        "study: S\nscenario: raid.yaml\nuncertain: {weapons.round.pk.drone: [0.4]}\n", 50);
    return Analysed(swept, {.measure = "cost-exchange.munitions"}).flip("round");
  };
  // One round against four drones of $35k: it breaks even at $140k.
  const Flip uniform = flip_of("uniform($90k .. $400k)");
  CHECK(uniform.range_low.number == 90e3);
  CHECK(uniform.range_high.number == 400e3);
  CHECK(uniform.verdict == Flip::Verdict::in_range);
  CHECK(flip_of("uniform($150k .. $400k)").verdict == Flip::Verdict::out_of_range);
  CHECK(flip_of("$100k").verdict == Flip::Verdict::no_range);
  CHECK(flip_of("{low: $90k, mode: $100k, high: $120k}").verdict == Flip::Verdict::out_of_range);
  // 100 ± 2 × 25.
  const Flip normal = flip_of("normal($100k .. $25k)");
  CHECK(normal.range_low.number == Approx(50e3));
  CHECK(normal.range_high.number == Approx(150e3));
}

TEST_CASE("What is no measure, or none with a known noise, is refused", "[study][sensitivity]") {
  const StudyInStore swept(raid_text(one_round),
                           "study: S\nscenario: raid.yaml\nuncertain: {attacks.raid.count: [1, 2]}\n", 20);
  CHECK_THROWS_WITH((Analysed(swept, {.measure = "leakerz"})), Catch::Contains("did you mean leakers?"));
  CHECK_THROWS_WITH((Analysed(swept, {.measure = "P(leakers <= 2)"})), Catch::Contains("quantile"));
}

TEST_CASE("A measure that some points have not is told of the others", "[study][sensitivity]") {
  const std::string add =
      "add:\n"
      "  weapons: {dart: {range: [0 km, 9 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.5}}}\n"
      "  prices: {dart: $10k}\n";
  const StudyInStore swept(raid_text(one_round),
                           "study: S\nscenario: raid.yaml\n" + add +
                               "choices:\n"
                               "  units.launcher.weapons: [{round: {magazine: 1}}, {dart: {magazine: 1}}]\n"
                               "  attacks.raid.count: [1, 2]\n",
                           20);
  const Analysed at(swept, {.measure = "rounds.round"});
  CHECK(at.result.points == 2);
  CHECK(at.result.missing == 2);
}
