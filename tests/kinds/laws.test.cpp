// Detection laws against their closed forms. Statistical tests are seeded; a sound law fails one check of
// four sigmas for 1 seed in 16,000.
#include <cmath>

#include "replication/runs.hpp"
#include "replication/scene.hpp"

using namespace dronewall;
using test::Scene;

namespace {

constexpr double sigmas = 4;

/// Times from entering the coverage to the track, of n drones one after another; −1 for those never seen.
std::vector<double> delays(const std::string& sensor, std::uint32_t n, const std::string& threat = "") {
  Scene scene;
  scene.time = "{duration: 3 d}";
  if (!threat.empty()) scene.threat = threat;
  scene.attack =
      "{threat: drone, count: " + std::to_string(n) +
      ", launch: {at: 0 s, within: 2 d}, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
  scene.sensor = "{at: {x: 0 km, y: 0 km}, horizon: none, " + sensor + "}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 0}}}";
  const test::KeptTrace trace = test::trace_of(scene.model(), 0, 2026);
  std::map<std::string, double> launched, detected;
  for (const auto& event : trace.events) {
    if (event.what == "launched") launched[event.intruder] = event.time_s;
    if (event.what == "detected") detected.try_emplace(event.intruder, event.time_s);
  }
  REQUIRE(launched.size() == n);
  std::vector<double> result;
  for (const auto& [name, at_s] : launched)
    result.push_back(detected.count(name) == 0 ? -1 : detected[name] - at_s);
  return result;
}

struct Moments {
  double mean = 0, sd = 0, n = 0;
};
Moments moments(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (double value : values) {
    sum += value;
    squares += value * value;
  }
  const auto n = static_cast<double>(values.size());
  return {sum / n, std::sqrt(squares / n - sum * sum / n / n), n};
}
bool near(const Moments& seen, double mean) {
  return std::abs(seen.mean - mean) <= sigmas * seen.sd / std::sqrt(seen.n);
}

double share_seen(const std::vector<double>& values) {
  double seen = 0;
  for (double value : values) seen += value >= 0;
  return seen / static_cast<double>(values.size());
}
bool near_share(double seen, double p, std::uint32_t n) {
  return std::abs(seen - p) <= sigmas * std::sqrt(p * (1 - p) / n);
}

}  // namespace

TEST_CASE("definite: seen on entry", "[kinds][law]") {
  for (double delay : delays("range: 30 km, law: definite", 50)) CHECK(delay == Approx(200).margin(2e-6));
  SECTION("three hits take three scans from the first one inside") {
    for (double delay : delays("range: 30 km, period: 10 s, law: definite, confirm: {hits: 3, of: 3}", 200)) {
      CHECK(delay >= 220);
      CHECK(delay < 230);
    }
  }
  SECTION("as many hits as may be written") {
    for (double delay : delays("period: 1 s, law: definite, confirm: {hits: 1000, of: 1000}", 20)) {
      CHECK(delay >= 999);
      CHECK(delay < 1000);
    }
  }
}

TEST_CASE("glimpse: geometric in scans", "[kinds][law][statistical]") {
  // Launched inside, seen at scan N of a geometric law: mean 1 / p = 5, variance (1 − p) / p² = 20. The first
  // scan comes after half a period on average (the phase is the sensor's, the launch times are uniform).
  constexpr std::uint32_t n = 4000;
  const Moments seen = moments(delays("period: 4 s, law: {glimpse: 20%}", n));
  CHECK(near(seen, 4 * (5 - 0.5)));
  CHECK_FALSE(near(seen, 4 * 5.0));
  CHECK(seen.sd * seen.sd == Approx(16 * (20 + 1.0 / 12)).epsilon(0.15));

  SECTION("a finite stay: 1 − [(1 − f) q^n + f q^(n+1)], T = 33.7 s, scans every 10 s") {
    // Chord of 33.7 s at 50 m/s: a range of 842.5 m straight over the sensor.
    constexpr double p_detect = 0.695073;  // n = 3, f = 0.37, q = 0.7
    const double share = share_seen(delays("range: 842.5 m, period: 10 s, law: {glimpse: 0.3}", n));
    CHECK(near_share(share, p_detect, n));
    CHECK_FALSE(near_share(share, 1 - std::pow(0.7, 4), n));  // as if a scan fell on each entry
  }
  SECTION("two hits in a row: mean (1 + p) / p² scans") {
    const Moments pairs = moments(delays("period: 4 s, law: {glimpse: 0.6}, confirm: {hits: 2, of: 2}", n));
    CHECK(near(pairs, 4 * (1.6 / 0.36 - 0.5)));
  }
  SECTION("3 of the last 5, within 5 scans: the binomial tail 0.68256") {
    const std::vector<double> values =
        delays("period: 4 s, phase: 0 s, law: {glimpse: 0.6}, confirm: {hits: 3, of: 5}", n);
    double within = 0;
    for (double value : values)
      within += value < 4 * 5;  // Five scans fall in the first 20 s, wherever they begin.
    CHECK(near_share(within / n, 0.68256, n));
  }
  SECTION("certain and hopeless chances") {
    for (double delay : delays("period: 4 s, law: {glimpse: 1}", 50)) CHECK((delay >= 0 && delay < 4));
    CHECK(share_seen(delays("period: 4 s, law: {glimpse: 0}", 50)) == 0);
  }
}

TEST_CASE("delay: its distribution, cut at the exit", "[kinds][law][statistical]") {
  constexpr std::uint32_t n = 4000;
  const Moments seen = moments(delays("range: 30 km, law: {delay: 20 s + exponential(30 s)}", n));
  CHECK(near(seen, 200 + 20 + 30));
  CHECK(seen.sd == Approx(30).epsilon(0.1));
  // 40 s inside: seen with 1 − exp(−40 / 30).
  const double share = share_seen(delays("range: 1 km, law: {delay: exponential(30 s)}", n));
  CHECK(near_share(share, 1 - std::exp(-40.0 / 30), n));
}

TEST_CASE("radar: Swerling 1, one look", "[kinds][law][statistical]") {
  // 13 dB on 1 m² at 40 km with Pfa 1e-6: on 0.02 m² at 12 km the SNR is 16.925 dB and Pd = 0.759686.
  constexpr std::uint32_t n = 4000;
  Scene scene;
  scene.threat = "{class: drone, speed: 1 m/s, altitude: 0 m, rcs: 0.02 m2, endurance: 0.9 s}";
  scene.attack =
      "{threat: drone, count: 4000, launch: {at: 0 s}, route: [{x: 12 km, y: 0 km}, {x: 0 km, y: 0 km}], "
      "goal: overfly}";
  scene.sensor =
      "{at: {x: 0 km, y: 0 km}, horizon: none, period: 1 s, phase: 0 s, law: {radar: {snr: 13 dB, at: 40 km, "
      "rcs: 1 m2, "
      "pfa: 1e-6}}}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 0}}}";
  test::Runs runs(scene.model());
  runs.run(0);
  const double share = static_cast<double>(runs["stage.detected"]) / n;
  CHECK(near_share(share, 0.759686476, n));
  CHECK_FALSE(near_share(share, 0.72, n));

  SECTION("along a track: the product of the misses of all scans") {
    // Ten scans 5 s apart while it flies from 30 km to 27.5 km at 50 m/s; with 49 s of fuel the eleventh is
    // not reached.
    scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, rcs: 0.02 m2, endurance: 49 s}";
    scene.attack.replace(scene.attack.find("12 km"), 5, "30 km");
    scene.sensor.replace(scene.sensor.find("period: 1 s"), 11, "period: 5 s");
    double missed = 1;
    for (int scan = 0; scan < 10; ++scan) {
      const double r = 30'000 - 50.0 * 5 * scan;
      const double snr = std::pow(10, 1.3) * 0.02 * std::pow(40'000 / r, 4);
      missed *= 1 - std::pow(1e-6, 1 / (1 + snr));
    }
    test::Runs track(scene.model());
    track.run(0);
    CHECK(near_share(static_cast<double>(track["stage.detected"]) / n, 1 - missed, n));
  }
}
