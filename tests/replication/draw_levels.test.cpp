// How often a random value is drawn: anew at each use, or once for all that the author says share it.
#include <algorithm>
#include <cmath>

#include "replication/sample.hpp"

using namespace dronewall;
using test::KeptTrace;
using test::Runs;
using test::Sample;
using test::sample;
using test::Scene;

namespace {

constexpr double sigmas = 4;  // A sound engine misses one such check for 1 seed in 16,000.
constexpr double clock_s = 2e-6;

/// Ten raids, two hours apart.
Scene ten_raids(const std::string& count, const std::string& launch = "{at: 0 s}") {
  Scene scene;
  scene.time = "{duration: 20 h}";
  scene.attack = "{threat: drone, count: " + count + ", launch: " + launch +
                 ", repeat: {every: 2 h}, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
  return scene;
}

/// Differences of neighbours.
std::vector<double> gaps(const std::vector<double>& times) {
  std::vector<double> result;
  for (std::size_t i = 1; i < times.size(); ++i) result.push_back(times[i] - times[i - 1]);
  return result;
}

bool all_equal(const std::vector<double>& values) {
  REQUIRE(values.size() > 1);
  return std::all_of(values.begin(), values.end(),
                     [&](double value) { return std::abs(value - values.front()) < 2 * clock_s; });
}

/// Whether the values of one replication are all the same, and those of two replications are not.
template <class Values>
void check_shared(const Scene& scene, Values values) {
  const auto model = scene.model();
  const std::vector<double> first = values(test::trace_of(model, 0)),
                            second = values(test::trace_of(model, 1));
  CHECK(all_equal(first));
  CHECK(all_equal(second));
  CHECK(std::abs(first.front() - second.front()) > clock_s);
}

std::vector<double> launches(const KeptTrace& trace) { return trace.times("launched"); }

}  // namespace

TEST_CASE("a count drawn once per replication moves all raids together", "[replication][draw][statistical]") {
  // Two or six drones, mean 4 and standard deviation 2: ten raids have 40 ± 2 √10, or ± 20 where they share
  // the draw. The sample variance of 2,000 is within 15% but for 1 seed in 1,000 (that of two values: never).
  const std::string two_or_six = "{discrete: {2: 0.5, 6: 0.5}}";
  const Sample apart = sample(ten_raids(two_or_six), "intruders.launched", 2000);
  CHECK(apart.near(40, sigmas));
  CHECK(apart.variance == Approx(40).epsilon(0.15));
  const Sample raid = sample(ten_raids("{draw: raid, from: " + two_or_six + "}"), "intruders.launched", 2000);
  CHECK(raid.near(40, sigmas));
  CHECK(raid.variance == Approx(40).epsilon(0.15));
  const Sample shared =
      sample(ten_raids("{draw: replication, from: " + two_or_six + "}"), "intruders.launched", 2000);
  CHECK(shared.near(40, sigmas));
  CHECK(shared.variance == Approx(400).epsilon(0.15));
}

TEST_CASE("times of attacks at the level that is written", "[replication][draw]") {
  SECTION("launch at, once per replication: the raids stay two hours apart") {
    Scene scene = ten_raids("1", "{at: {draw: replication, from: uniform(0 s .. 1 h)}}");
    check_shared(scene, [](const KeptTrace& trace) {
      std::vector<double> after = launches(trace);
      for (std::size_t i = 0; i < after.size(); ++i) after[i] -= 7200.0 * static_cast<double>(i);
      return after;
    });
    scene = ten_raids("1", "{at: uniform(0 s .. 1 h)}");
    CHECK_FALSE(all_equal(gaps(launches(test::trace_of(scene.model())))));
  }
  SECTION("within: a window of nothing is one for all raids or for none") {
    const Scene scene =
        ten_raids("1", "{within: {draw: replication, from: {discrete: {0 s: 0.5, 1 h: 0.5}}}}");
    int none = 0, all = 0;
    for (std::uint32_t k = 0; k < 20; ++k) {
      int at_once = 0;
      for (const double t : launches(test::trace_of(scene.model(), k))) at_once += std::fmod(t, 7200) == 0;
      none += at_once == 0;
      all += at_once == 10;
    }
    CHECK(none + all == 20);
    CHECK(std::min(none, all) > 0);
  }
  SECTION("spacing: equal gaps in a raid") {
    Scene scene;
    scene.attack = test::group("100", "{draw: raid, from: uniform(1 s .. 10 s)}");
    check_shared(scene, [](const KeptTrace& trace) { return gaps(launches(trace)); });
  }
  SECTION("repeat every: equal gaps in a replication") {
    Scene scene = ten_raids("1");
    scene.attack.replace(scene.attack.find("every: 2 h"), 10,
                         "every: {draw: replication, from: uniform(1 h .. 2 h)}");
    check_shared(scene, [](const KeptTrace& trace) { return gaps(launches(trace)); });
  }
}

TEST_CASE("times of sensors at the level that is written", "[replication][draw]") {
  SECTION("a delay once per raid") {
    Scene scene;
    scene.attack = test::group("50", "20 s");
    scene.sensor =
        "{at: {x: 0 km, y: 0 km}, horizon: none, range: 30 km, law: {delay: {draw: raid, from: "
        "exponential(30 "
        "s)}}}";
    check_shared(scene, [](const KeptTrace& trace) {
      std::vector<double> after = trace.times("detected");
      for (std::size_t i = 0; i < after.size(); ++i) after[i] -= 20.0 * static_cast<double>(i);
      return after;
    });
  }
  SECTION("a phase once per replication: the sensors of a row scan together") {
    // Two sensors, far apart, confirm at the second scan after the same entry.
    Scene scene;
    scene.attack =
        "{threat: drone, count: 1, route: [{x: 10 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
    scene.more_attacks =
        "  other: {threat: drone, count: 1, route: [{x: 10 km, y: 900 km}, {x: 0 km, y: 900 km}], goal: "
        "overfly}\n";
    const auto eyes = [](const std::string& phase) {
      return "{along: [{x: 0 km, y: 0 km}, {x: 0 km, y: 900 km}], count: 2, horizon: none, range: 50 km, "
             "period: 60 s, phase: " +
             phase + ", confirm: {hits: 2, of: 2}, law: definite}";
    };
    scene.sensor = eyes("{draw: replication, from: uniform(0 s .. 60 s)}");
    check_shared(scene, [](const KeptTrace& trace) { return trace.times("detected"); });
    scene.sensor = eyes("uniform(0 s .. 60 s)");
    CHECK_FALSE(all_equal(test::trace_of(scene.model()).times("detected")));
  }
}

TEST_CASE("outages once per replication are a cycle of their own", "[replication][draw][statistical]") {
  // Up 10 or 30 minutes, down 10: up for 2/3 of the time in the long run; where a replication keeps one
  // up-time, for 1/2 or for 3/4 of it. A drone is inside for some 2 ms, so it meets the unit up or down.
  Scene scene;
  scene.time = "{duration: 30 h}";
  scene.attack = test::group("40", "37 min");
  scene.weapon = "{range: [0 m, 0.1 m], altitude: [0 m, 5 km], dwell: 0.001 s, pk: {drone: 1}}";
  scene.doctrine = "{at_most: 1}";
  const auto kills = [&](const std::string& up) {
    scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, outages: {up: " + up +
                 ", repair: 10 min}, weapons: {round: {magazine: 100}}}";
    return sample(scene, "kills", 1000);
  };
  const Sample apart = kills("{discrete: {10 min: 0.5, 30 min: 0.5}}");
  CHECK(apart.near(40 * 2.0 / 3, sigmas));
  const Sample shared = kills("{draw: replication, from: {discrete: {10 min: 0.5, 30 min: 0.5}}}");
  CHECK(shared.near(40 * 0.625, sigmas));
  CHECK_FALSE(shared.near(40 * 2.0 / 3, sigmas));
}

TEST_CASE("an aircraft's times at the level that is written", "[replication][draw]") {
  // Each drone has a sortie of its own: one round a load. A drone is seen at once.
  Scene scene;
  scene.time = "{duration: 20 h}";
  scene.attack = test::group("5", "3 h");
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 200 m/s, endurance: 2 h, readiness: {draw: "
      "replication, from: uniform(1 min .. 3 min)}, turn_round: {time: {draw: replication, from: uniform(5 "
      "min .. 20 min)}}, weapons: {round: {load: 1}}}";
  check_shared(scene, [](const KeptTrace& trace) {
    std::vector<double> after = trace.times("take-off");
    for (std::size_t i = 0; i < after.size(); ++i) after[i] -= 3 * 3600.0 * static_cast<double>(i);
    return after;
  });
  check_shared(scene, [](const KeptTrace& trace) {
    const std::vector<double> landed = trace.times("landed"), ready = trace.times("ready");
    std::vector<double> work;
    for (std::size_t i = 0; i < ready.size(); ++i) work.push_back(ready[i] - landed[i]);
    return work;
  });
}

TEST_CASE("two units that share nothing by name draw apart", "[replication][draw]") {
  // `draw: replication` is one value for the key of one row, not for all rows of a kind.
  Scene scene;
  scene.time = "{duration: 3 h}";
  const std::string site =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 200 m/s, endurance: 2 h, readiness: {draw: "
      "replication, from: uniform(1 min .. 9 min)}, weapons: {round: {load: 1}}}";
  scene.attack = test::group("2", "0 s");
  scene.unit = site;
  scene.more_units = "  other: " + site + "\n";
  scene.more = "";
  std::string text = scene.text();
  text.replace(text.find("site.flight-hour: $1k"), 21, "site.flight-hour: $1k, other.flight-hour: $1k");
  const std::vector<double> off = test::trace_of(test::model_of(text)).times("take-off");
  REQUIRE(off.size() == 2);
  CHECK(std::abs(off[0] - off[1]) > clock_s);
}
