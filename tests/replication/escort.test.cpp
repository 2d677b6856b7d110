// Looks and escorts, by hand: who is sent, when it joins, how long it stays, and what the intruder does.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

constexpr double clock_s = 1e-4;

/// scenarios/escort.yaml with a decision of two minutes and a sensor that sees at once; `changes` replace.
std::string escort_text(const std::vector<std::pair<std::string, std::string>>& changes = {}) {
  std::ifstream in(std::string(DRONEWALL_SOURCE_DIR) + "/scenarios/escort.yaml");
  std::ostringstream read;
  read << in.rdbuf();
  std::string text = read.str();
  const auto change = [&](const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    INFO(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  change("uniform(1 min .. 3 min)", "2 min");
  change("law: {glimpse: 0.9}", "law: definite");
  change("turns_back: 0.2", "turns_back: 0");
  for (const auto& [from, to] : changes) change(from, to);
  return text;
}

// The flight passes 60 km north of the origin westwards at 250 m/s, at x = 300 km at 600 s.
double passes_s(double x_m) { return 600 + (300e3 - x_m) / 250; }
const double outer_m = std::sqrt(200e3 * 200e3 - 60e3 * 60e3);
const double inside_m = std::sqrt(80e3 * 80e3 - 60e3 * 60e3);

/// It is decided on two minutes after it enters the outer zone; eight minutes later the pair takes off.
const double take_off_s = passes_s(outer_m) + 120 + 480;

/// The pair meets it after τ: |p + v τ| = 300 τ, p from the base at (−60, −40) km.
double join_s() {
  const double px = 300e3 - 250 * (take_off_s - 600) + 60e3, py = 100e3;
  const double a = 300.0 * 300 - 250.0 * 250, b = px * 250, c = px * px + py * py;
  return take_off_s + (-b + std::sqrt(b * b + a * c)) / a;
}

std::vector<test::KeptTrace::Event> events(const test::KeptTrace& trace, const std::string& what) {
  std::vector<test::KeptTrace::Event> result;
  std::copy_if(trace.events.begin(), trace.events.end(), std::back_inserter(result),
               [&](const auto& event) { return event.what == what; });
  return result;
}

}  // namespace

TEST_CASE("a pair escorts a formation through a rule's zone, by hand", "[replication][escort]") {
  const std::string text = escort_text();
  const test::KeptTrace trace = test::trace_of(test::model_of(text));
  REQUIRE(events(trace, "assigned").size() == 1);  // one track, one order
  CHECK(events(trace, "assigned")[0].detail == "escort");
  CHECK(trace.times("take-off").size() == 2);
  for (const double t : trace.times("take-off")) CHECK(t == Approx(take_off_s).margin(clock_s).epsilon(0));
  REQUIRE(trace.times("joined").size() == 1);
  for (const double t : trace.times("joined")) CHECK(t == Approx(join_s()).margin(clock_s).epsilon(0));
  REQUIRE(trace.times("escort-ends").size() == 1);
  for (const double t : trace.times("escort-ends"))
    CHECK(t == Approx(passes_s(-outer_m)).margin(clock_s).epsilon(0));
  const double home_m = std::hypot(-outer_m + 60e3, 60e3 + 40e3);
  const double landed_s = passes_s(-outer_m) + home_m / 300;
  CHECK(trace.times("landed").size() == 2);
  for (const double t : trace.times("landed")) CHECK(t == Approx(landed_s).margin(clock_s).epsilon(0));
  CHECK(trace.times("fired").empty());

  Runs runs(text);
  runs.run(0);
  CHECK(runs["intruders.launched"] == 3);
  CHECK(runs["fates.left-the-area"] == 3);
  CHECK(runs["leakers"] == 3);
  CHECK(runs["escorted"] == 3);
  CHECK(runs["sorties.qra"] == 2);
  CHECK(runs.measure("hours.fighter") == Approx(2 * (landed_s - take_off_s) / 3600).margin(1e-6));
}

TEST_CASE("who turns back leaves on the shortest way and is stopped", "[replication][escort]") {
  const double x = 300e3 - 250 * (join_s() - 600);
  const double way_m = 80e3 - std::hypot(x, 60e3);
  REQUIRE(way_m > 0);
  const auto turned = [](const std::string& text) {
    Runs runs(text);
    runs.run(0);
    CHECK(runs["fates.turned-back"] == 3);
    CHECK(runs["leakers"] == 0);
    CHECK(runs["escorted"] == 3);
    CHECK(runs.measure("stopped") == 3);
    const test::KeptTrace trace = test::trace_of(test::model_of(text));
    REQUIRE(trace.times("turned-back").size() == 3);
    CHECK(trace.times("escort-ends").size() == 1);
    return trace.times("turned-back")[0];
  };
  using Changes = std::vector<std::pair<std::string, std::string>>;
  const Changes always{{"turns_back: 0", "turns_back: 1"}};
  CHECK(turned(escort_text(always)) == Approx(join_s() + way_m / 250).margin(clock_s).epsilon(0));
  // Defended everywhere: at the moment of turning.
  Changes everywhere = always;
  everywhere.push_back({"defended: [inside]\n", ""});
  CHECK(turned(escort_text(everywhere)) == Approx(join_s()).margin(clock_s).epsilon(0));
  // Outside already: likewise.
  Changes outside = always;
  outside.push_back({"readiness: 8 min", "readiness: 10 min"});
  const double later_s = turned(escort_text(outside));
  CHECK(later_s > passes_s(-inside_m));
  CHECK(later_s == Approx(test::trace_of(test::model_of(escort_text(outside))).times("joined")[0]));
}

TEST_CASE("a formation turns back as one, with its probability", "[replication][escort][statistical]") {
  Runs runs(escort_text({{"turns_back: 0", "turns_back: 30%"}}));
  constexpr int replications = 4000;
  int turned = 0;
  for (int k = 0; k < replications; ++k) {
    runs.run(static_cast<std::uint32_t>(k));
    REQUIRE((runs["fates.turned-back"] == 0 || runs["fates.turned-back"] == 3));
    turned += runs["fates.turned-back"] == 3;
  }
  const double sigma = std::sqrt(replications * 0.3 * 0.7);
  CHECK(std::abs(turned - 0.3 * replications) < 4 * sigma);  // a sound draw misses for 1 seed in 16 000
}

TEST_CASE("an escort leaves while it can come home, and another takes over", "[replication][escort]") {
  // Forty minutes in the air; the flight loiters an hour over the origin, 72 km from the base.
  const std::string text =
      escort_text({{"goal: overfly", "goal: {loiter: {x: 0 km, y: 0 km}, for: 1 h}"},
                   {"endurance: 2 h", "endurance: 40 min"},
                   {"count: 2, scramble: 2", "count: 4, scramble: 2"},
                   {"time: {duration: 2 h}", "time: {duration: 3 h}"},
                   {", {x: 0 km, y: 60 km}, {x: -300 km, y: 60 km}]", ", {x: 200 km, y: 0 km}]"}});
  const test::KeptTrace trace = test::trace_of(test::model_of(text));
  const auto ends = events(trace, "escort-ends");
  const auto sent = events(trace, "assigned");
  REQUIRE(ends.size() >= 2);
  REQUIRE(sent.size() >= 2);
  CHECK(ends[0].detail == "fuel");
  CHECK(sent[1].time_s == Approx(ends[0].time_s));
  CHECK(sent[1].actor != sent[0].actor);
  const auto up = events(trace, "take-off"), down = events(trace, "landed");
  for (const auto& landing : down) {
    double took_off_s = -1;
    for (const auto& one : up)
      if (one.actor == landing.actor && one.time_s < landing.time_s) took_off_s = one.time_s;
    CHECK(landing.time_s - took_off_s <= 2400 + 1e-5);
  }
  // The first stays to the last moment: it lands with its tanks empty.
  CHECK(down[0].time_s - up[0].time_s == Approx(2400).margin(1e-4));
}

TEST_CASE("who cannot keep up is no escort", "[replication][escort]") {
  Runs runs(escort_text({{"fighter: {speed: 300 m/s", "fighter: {speed: 240 m/s"}}));
  runs.run(0);
  CHECK(runs["sorties.qra"] == 0);
  CHECK(runs["escorted"] == 0);
}

TEST_CASE("escorts follow the formation when its lead falls", "[replication][escort]") {
  const std::string text = escort_text({{"reusable: true", "reusable: true, reliability: 0.5"}});
  const auto model = test::model_of(text);
  int handed_over = 0;
  for (std::uint32_t k = 0; k < 60; ++k) {
    const test::KeptTrace trace = test::trace_of(model, k);
    const auto fallen = events(trace, "failed-by-itself");
    const auto joined = events(trace, "joined");
    CHECK(joined.size() <= 1);
    CHECK(events(trace, "assigned").size() <= 1);
    if (joined.empty() || fallen.empty() || fallen.size() == 3) continue;
    const bool lead_fell_later = std::any_of(fallen.begin(), fallen.end(), [&](const auto& event) {
      return event.intruder == "flight#1" && event.time_s > joined[0].time_s;
    });
    handed_over += lead_fell_later;
    for (const double t : trace.times("escort-ends"))
      CHECK(t == Approx(passes_s(-outer_m)).margin(clock_s).epsilon(0));
  }
  CHECK(handed_over > 0);
}

TEST_CASE("seen visually, what is civil is let go and what is not is engaged",
          "[replication][escort][look]") {
  // Both are taken for a drone. The fighter rams what it may.
  const auto flown = [](const std::string& true_class) {
    Scene scene;
    scene.threat = "{class: " + true_class + ", speed: 50 m/s, altitude: 0 m}";
    scene.attack =
        "{threat: drone, count: 1, route: [{x: 100 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
    scene.weapon = "{range: [0 m, 100 m], altitude: [0 m, 15 km], dwell: 0 s, pk: {any: 1}}";
    scene.unit =
        "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 200 m/s, endurance: 2 h, weapons: "
        "{round: "
        "{load: 4}}}";
    scene.more =
        "command:\n"
        "  post:\n"
        "    identify: {time: 0 s, confusion: {civil: {drone: 1}, drone: {drone: 1}}}\n"
        "    rules: [{engage: [drone], after: visual}, {watch: [any]}]\n";
    return test::trace_of(scene.model());
  };
  const test::KeptTrace drone = flown("drone"), civil = flown("civil");
  REQUIRE(events(drone, "assigned").size() == 2);
  CHECK(events(drone, "assigned")[0].detail == "look");
  CHECK(drone.times("joined")[0] == Approx(100e3 / 250).margin(clock_s).epsilon(0));
  CHECK(drone.times("assigned")[1] == Approx(100e3 / 250).margin(clock_s).epsilon(0));
  CHECK(events(drone, "assigned")[1].actor == events(drone, "assigned")[0].actor);
  CHECK(drone.times("shot-down").size() == 1);
  CHECK(events(civil, "assigned").size() == 1);
  CHECK(civil.times("joined")[0] == Approx(100e3 / 250).margin(clock_s).epsilon(0));
  CHECK(civil.times("landed")[0] == Approx(2 * 100e3 / 250 + 0).margin(200));
  CHECK(civil.times("fired").empty());
}

TEST_CASE("retask: false looks at one target, engages that, and goes home", "[replication][escort][look]") {
  Scene scene;
  scene.time = "{duration: 4 h}";
  scene.attack =
      "{threat: drone, count: 2, launch: {at: 0 s, spacing: 60 s}, route: [{x: 120 km, y: 0 km}, {x: 0 km, "
      "y: 0 "
      "km}], goal: overfly}";
  scene.weapon = "{range: [0 m, 100 m], altitude: [0 m, 15 km], dwell: 1 s, pk: {any: 1}}";
  scene.more = "command: {post: {rules: [{engage: [drone], after: visual}, {watch: [any]}]}}\n";
  const auto flown = [&](const std::string& rest) {
    scene.unit =
        "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 280 m/s, endurance: 4 h, turn_round: {time: 3 h}, "
        "weapons: {round: {load: 4}}" +
        rest + "}";
    std::vector<std::string> tasks;
    for (const auto& event : events(test::trace_of(scene.model()), "assigned"))
      tasks.push_back(event.intruder + " " + event.detail);
    return tasks;
  };
  using Tasks = std::vector<std::string>;
  CHECK(flown("") == Tasks{"raid#1 look", "raid#1 round", "raid#2 look", "raid#2 round"});
  CHECK(flown(", retask: false") == Tasks{"raid#1 look", "raid#1 round"});
}

TEST_CASE("a patrol escorts from its station, and goes back to it", "[replication][escort][patrol]") {
  // On station 100 km north of the origin; ordered when it is decided, it meets the flight after τ:
  // |p + v τ| = 300 τ. When the flight has left the outer zone it flies straight back.
  const test::KeptTrace trace = test::trace_of(
      test::model_of(escort_text({{"scramble: 2", "patrol: {keep: 1, sortie: 2 h, at: {x: 0 km, y: 100 km}}"},
                                  {"time: {duration: 2 h}", "time: {duration: 100 min}"}})));
  const double decided_s = passes_s(outer_m) + 120;
  const double px = outer_m - 250 * 120, py = 60e3 - 100e3;
  const double a = 300.0 * 300 - 250.0 * 250, b = px * 250, c = px * px + py * py;
  const double joined_s = decided_s + (-b + std::sqrt(b * b + a * c)) / a;
  REQUIRE(trace.times("assigned").size() == 1);
  CHECK(trace.times("assigned")[0] == Approx(decided_s).margin(clock_s).epsilon(0));
  CHECK(trace.times("off-station")[0] == Approx(decided_s).margin(clock_s).epsilon(0));
  CHECK(trace.times("joined")[0] == Approx(joined_s).margin(clock_s).epsilon(0));
  CHECK(trace.times("escort-ends")[0] == Approx(passes_s(-outer_m)).margin(clock_s).epsilon(0));
  REQUIRE(trace.times("on-station").size() == 2);
  const double back_s = passes_s(-outer_m) + std::hypot(outer_m, 40e3) / 300;
  CHECK(trace.times("on-station")[1] == Approx(back_s).margin(clock_s).epsilon(0));
}

TEST_CASE("retask: false follows an intruder that turns back", "[replication][escort]") {
  // On its way to the flight when the first pair makes it turn: it takes the new course, and no other task.
  const test::KeptTrace trace = test::trace_of(test::model_of(
      escort_text({{"turns_back: 0", "turns_back: 1"}, {"scramble: 2", "scramble: 2, retask: false"}})));
  CHECK(trace.times("assigned").size() == 1);
  CHECK(trace.times("turned-back").size() == 3);
  REQUIRE(trace.times("landed").size() == 2);
  CHECK(trace.times("landed")[0] == trace.times("landed")[1]);
}

TEST_CASE("three MiG-31 near Vaindloo: sorties and operations, no round", "[replication][escort][mission]") {
  const auto model = test::model_of_file("scenarios/vaindloo-2025-09-19.yaml");
  Runs runs(model);
  double inside_s = 0;
  int escorted = 0;
  constexpr std::uint32_t replications = 100;
  for (std::uint32_t k = 0; k < replications; ++k) {
    runs.run(k);
    CHECK(runs["sorties.italian-f35"] == 2);
    CHECK(runs.measure("hours.f35a") > 0.2);
    CHECK(runs.sum("rounds.") == 0);
    CHECK(runs["kills"] == 0);
    CHECK(runs["leakers"] + runs["fates.failed-by-itself"] >= 3);
    inside_s += runs.measure("time.inside");
    escorted += runs["escorted"] > 0;
  }
  CHECK(inside_s / replications == Approx(720).margin(30));  // reported: some twelve minutes
  CHECK(escorted > 60);
}
