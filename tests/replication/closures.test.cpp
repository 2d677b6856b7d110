// Airports that close: by hand, and under Poisson arrivals against the busy period of a queue without end.
#include <cmath>
#include <functional>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

/// An airport of 9 km about the origin, passed through the middle at 50 m/s: near for 360 s.
Scene airport(const std::string& closes = "within: 9 km, reopens_after: 20 min") {
  Scene scene;
  scene.unit = "{kind: battery, at: {x: 90 km, y: 90 km}, weapons: {round: {magazine: 1}}}";
  scene.more = "assets: {field: {at: {x: 0 km, y: 0 km}, nation: DK, flights: 30 / h, closes: {" + closes +
               ", per_closure: $100k, per_hour: $1M}}}\n";
  return scene;
}

struct Closed {
  std::int64_t count;
  double seconds;
};

Closed closed(const Scene& scene, std::uint32_t number = 0) {
  Runs runs(scene.model());
  runs.run(number);
  return {runs["closures.field.count"], static_cast<double>(runs["closures.field.hours"]) / 1e6};
}

/// Integral of f over [0, end], by Simpson's rule.
double integral(const std::function<double(double)>& f, double end) {
  constexpr int pieces = 20'000;
  double sum = f(0) + f(end);
  for (int i = 1; i < pieces; ++i) sum += (i % 2 == 1 ? 4 : 2) * f(end * i / pieces);
  return sum * end / pieces / 3;
}

}  // namespace

TEST_CASE("one pass closes an airport once", "[replication][closure]") {
  const Closed one = closed(airport());
  CHECK(one.count == 1);
  CHECK(one.seconds == 360 + 1200);
  Runs runs(airport().model());
  runs.run(0);
  CHECK(runs.measure("closures.field.hours") == Approx(1560.0 / 3600));
  CHECK(runs.measure("closures.field.flights") == Approx(30 * 1560.0 / 3600));
}

TEST_CASE("further tracks extend the same closure", "[replication][closure]") {
  Scene scene = airport();
  scene.attack = test::group("2", "10 min");
  CHECK(closed(scene).count == 1);
  CHECK(closed(scene).seconds == 600 + 360 + 1200);
  scene.attack = test::group("2", "1560 s");  // To the instant at which it would reopen.
  CHECK(closed(scene).count == 1);
  CHECK(closed(scene).seconds == 2 * 1560);
  scene.attack = test::group("2", "1600 s");
  CHECK(closed(scene).count == 2);
  CHECK(closed(scene).seconds == 2 * 1560);
}

TEST_CASE("what closes an airport, and what does not", "[replication][closure]") {
  Scene scene = airport();
  SECTION("a drone that nobody sees does not") {
    scene.sensor = "{at: {x: 0 km, y: 80 km}, range: 3 km, horizon: none, law: definite}";
    CHECK(closed(scene).count == 0);
  }
  SECTION("from where it is seen: 5 km on") {
    scene.sensor = "{at: {x: 0 km, y: 0 km}, range: 5 km, horizon: none, law: definite}";
    CHECK(closed(scene).seconds == 200 + 1200);
  }
  SECTION("a track that coasts keeps it closed, as far as it flies on within the radius") {
    scene.sensor = "{at: {x: 0 km, y: 0 km}, range: 5 km, horizon: none, law: definite}";
    scene.more += "networks: {default: {coast: 1 min}}\n";
    CHECK(closed(scene).seconds == 200 + 60 + 1200);
    scene.more = airport().more + "networks: {default: {coast: 10 min}}\n";
    CHECK(closed(scene).seconds == 200 + 80 + 1200);
  }
  SECTION("one that is shot down on the way closes it until then") {
    scene.weapon = "{range: [0 km, 5 km], altitude: [0 m, 5 km], dwell: 0 s, pk: {drone: 1}}";
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 1}}}";
    CHECK(closed(scene).seconds == 80 + 1200);
  }
  SECTION("civil aircraft do not, others do") {
    scene.threat = "{class: civil, speed: 50 m/s, altitude: 0 m}";
    CHECK(closed(scene).count == 0);
    scene.threat = "{class: aircraft, speed: 50 m/s, altitude: 0 m}";
    CHECK(closed(scene).count == 1);
  }
  SECTION("only tracks of its network, where one is named") {
    scene.sensor = "{at: {x: 0 km, y: 0 km}, horizon: none, network: army, law: definite}";
    scene.more = airport("within: 9 km, network: tower").more + "networks: {tower: {}, army: {}}\n";
    CHECK(closed(scene).count == 0);
    scene.more = airport("within: 9 km, network: army").more + "networks: {tower: {}, army: {}}\n";
    CHECK(closed(scene).count == 1);
    CHECK(closed(scene).seconds == 360);
  }
  SECTION("a closure is booked to the end of the run and from the counted time on") {
    scene.time = "{duration: 700 s}";  // Near from 620 s on.
    CHECK(closed(scene).seconds == 80);
    scene.time = "{duration: 700 s, settle: 1 h}";  // It ends with the route, at 1,600 s.
    CHECK(closed(scene).seconds == 980);
    scene.time = "{duration: 2 h, count_from: 1000 s}";
    CHECK(closed(scene).count == 0);  // It began before.
    CHECK(closed(scene).seconds == 620 + 1560 - 1000);
  }
}

TEST_CASE("false tracks at random: busy periods of a queue without end",
          "[replication][closure][statistical]") {
  // Tracks arrive as a Poisson process and hold the airport closed for S = lasts + reopens. A closure begins
  // with each arrival that finds nothing: P(nothing at t) = exp(-rate ∫ P(S > u) du, u from 0 to t).
  const double rate = 3.0 / 86400, reopens = 1800, T = 10 * 86400.0;
  struct Law {
    std::string lasts;
    std::function<double(double)> held;  ///< integral of P(S > u) over [0, t]
  };
  const std::vector<Law> laws = {
      {"2 h", [&](double t) { return std::min(t, 7200 + reopens); }},
      {"exponential(3 h)", [&](double t) {
         return std::min(t, reopens) + (t < reopens ? 0.0 : 10800 * (1 - std::exp(-(t - reopens) / 10800)));
       }}};
  for (const Law& law : laws) {
    Scene scene = airport("within: 9 km, reopens_after: 30 min");
    scene.time = "{duration: 10 d}";
    scene.attack =
        "{threat: drone, count: 0, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
    scene.more += "false_tracks: {birds: {rate: 3 / d, at: {x: 2 km, y: 0 km}, lasts: " + law.lasts +
                  ", class: quadcopter}}\n";
    const auto nothing = [&](double t) { return std::exp(-rate * law.held(t)); };
    const double settled = nothing(2 * 86400),
                 transient = integral([&](double t) { return nothing(t) - settled; }, 1.5 * 86400);
    const double count = rate * (settled * T + transient), seconds = T - (settled * T + transient);

    Runs runs(scene.model());
    constexpr int replications = 1500;
    double n = 0, n2 = 0, s = 0, s2 = 0;
    for (std::uint32_t k = 0; k < replications; ++k) {
      runs.run(k);
      const auto c = static_cast<double>(runs["closures.field.count"]);
      const double t = static_cast<double>(runs["closures.field.hours"]) / 1e6;
      n += c, n2 += c * c, s += t, s2 += t * t;
    }
    const auto off = [&](double sum, double squares, double mean) {  // in standard errors
      const double m = sum / replications;
      return std::abs(m - mean) / std::sqrt((squares / replications - m * m) / replications);
    };
    INFO(law.lasts << ": " << n / replications << " / " << count << ", " << s / replications << " / "
                   << seconds);
    CHECK(off(n, n2, count) < 4);  // a sound sampler misses for 1 seed in 16 000
    CHECK(off(s, s2, seconds) < 4);
    CHECK(off(n, n2, rate * T) > 8);  // Every arrival a closure of its own.
    CHECK(off(s, s2, rate * T * law.held(1e9)) > 8);
  }
}

TEST_CASE("an airport needs its prices and a place", "[replication][closure]") {
  Scene scene = airport();
  scene.more =
      "zones: {z: {circle: {x: 0 km, y: 0 km, radius: 1 km}}}\nassets: {field: {zone: z, closes: {within: "
      "9 km, per_closure: $1, per_hour: $1}}}\n";
  CHECK(test::compile_text(scene.text()).problems.find("closes, but is a zone") != std::string::npos);
  scene.more = "assets: {field: {at: {x: 0 km, y: 0 km}, flights: 30 / h}}\n";
  CHECK(test::compile_text(scene.text()).problems.find("flights without closes") != std::string::npos);
  const auto model = airport().model();
  for (const char* name : {"closures.field.count", "closures.field.hours"}) {
    const auto& line = model->layout().columns[*model->layout().column(name)].line;
    REQUIRE(line.has_value());
    CHECK(line->must_be_priced);
    CHECK(line->account == Account::disruption);
    CHECK(line->nation == "DK");
  }
}
