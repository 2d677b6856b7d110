// Patrols, wings, tankers and zones of flight: what their timelines are by hand.
#include <algorithm>
#include <cmath>

#include "replication/scene.hpp"
#include "replication/stress.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

constexpr const char* ram = "{range: [0 m, 0.001 m], altitude: [0 m, 5 km], dwell: 0 s, pk: {drone: 1}}";

/// Nothing comes near: the patrol alone.
constexpr const char* far_away =
    "{threat: drone, count: 1, launch: {at: 23 h}, route: [{x: 900 km, y: 0 km}, {x: 901 km, y: 0 km}], "
    "goal: "
    "overfly}";

}  // namespace

TEST_CASE("a patrol is relieved when it must leave", "[replication][patrol]") {
  // 100 km out at 200 m/s: 500 s each way; a sortie of an hour is 2,600 s on station. The first left 500 s
  // before the start; the others every 2,600 s from 2,100 s − 500 s on; in four hours the last arrives at
  // 12,500 s.
  Scene scene;
  scene.time = "{duration: 4 h}";
  scene.attack = far_away;
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 200 m/s, endurance: 2 h, weapons: {round: "
      "{load: 4}}, patrol: {sortie: 1 h, at: {x: 100 km, y: 0 km}}}";
  const auto model = scene.model();
  Runs runs(model);
  runs.run(0);
  CHECK(runs.measure("on-station.site") == Approx(1));
  CHECK(runs.measure("off-station.site") == 0);
  const test::KeptTrace trace = test::trace_of(model);
  const std::vector<double> up = trace.times("take-off");
  REQUIRE(up.size() == 6);
  for (std::size_t i = 0; i < up.size(); ++i)
    CHECK(up[i] == Approx(-500 + 2600.0 * static_cast<double>(i)).margin(1e-5));
  // Five hours of five sorties, and the sixth, on station at the end, is booked to its landing 500 s later.
  CHECK(runs["patrol-hours.site@site"] == std::llround((5 * 3600 + (14'400 + 500 - 12'500)) * 1000.0));
  CHECK(runs["flight-hours.site@site"] == 0);
  CHECK(runs.measure("sorties.site") == 6);
}

TEST_CASE("a patrol without a relief leaves its station empty", "[replication][patrol]") {
  // One element: 500 s out, 2,600 s there, 500 s home, 1,400 s of turn-round: a cycle of 5,000 s. The first
  // arrives at 0 s, so it is on station from 5,000 k to 5,000 k + 2,600 s.
  Scene scene;
  scene.time = "{duration: 50000 s}";
  scene.attack = far_away;
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 200 m/s, endurance: 2 h, turn_round: {time: 1400 s}, "
      "weapons: {round: {load: 4}}, patrol: {sortie: 1 h, at: {x: 100 km, y: 0 km}}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs.measure("on-station.site") == Approx(0.52));
  CHECK(runs.measure("off-station.site") == Approx(0.48));
  CHECK(runs.measure("sorties.site") == 10);
}

TEST_CASE("a patrol by day", "[replication][patrol]") {
  // 06:00 to 22:00 from midnight on, two days: sixteen of twenty-four hours. Sorties of an hour there are
  // 2,600 s on station; 57,600 s take 23 of them, the last is cut short to 400 s there.
  Scene scene;
  scene.time = "{duration: 2 d}";
  scene.attack = far_away;
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 3, speed: 200 m/s, endurance: 2 h, weapons: {round: "
      "{load: 4}}, patrol: {keep: 1, sortie: 1 h, at: {x: 100 km, y: 0 km}, hours: 06:00-22:00}}";
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs.measure("on-station.site") == Approx(2.0 / 3));
  CHECK(runs.measure("off-station.site") == Approx(1.0 / 3));
  CHECK(runs.measure("sorties.site") == 2 * 23);
  CHECK(runs["patrol-hours.site@site"] == 2 * (57'600 + 23 * 1000) * 1000LL);
}

TEST_CASE("a patrol takes a task from its station and comes back", "[replication][patrol]") {
  // On station at 100 km; the drone, seen from 400 km on, comes at 50 m/s: head on at 250 m/s they meet after
  // 1,200 s, 60 s of look, and the way back of 240 km − 60 × 50 m.
  Scene scene;
  scene.time = "{duration: 4 h}";
  scene.weapon = ram;
  scene.doctrine = "{assess: {time: 60 s}}";
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 400 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  const auto fly = [&](const std::string& sortie) {
    scene.unit =
        "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 200 m/s, endurance: 4 h, weapons: "
        "{round: "
        "{load: 4}}, patrol: {sortie: " +
        sortie + ", at: {x: 100 km, y: 0 km}}}";
    return scene.model();
  };
  SECTION("the sortie is long enough") {
    const auto model = fly("14000 s");
    const test::KeptTrace trace = test::trace_of(model);
    CHECK(trace.times("shot-down")[0] == Approx(1200).margin(1e-4));
    REQUIRE(trace.times("on-station").size() >= 2);
    const double back_s = 1260 + (240'000 - 3000) / 200.0;
    CHECK(trace.times("on-station")[1] == Approx(back_s).margin(1e-4));
    Runs runs(model);
    runs.run(0);
    CHECK(runs["off-station.site.time"] == Approx(back_s * 1e6).margin(100));
    CHECK(runs["flight-hours.site@site"] == 0);  // As long as it was to fly anyway.
  }
  SECTION("it flies home when it would be back too late") {
    // It was to leave its station at 2,400 s; from 1,260 s on it has 237 km to it (2,445 s), and 337 km to
    // its base.
    const auto model = fly("3400 s");
    Runs runs(model);
    runs.run(0);
    const double landed_s = 1260 + 337'000 / 200.0;
    const test::KeptTrace trace = test::trace_of(model);
    CHECK(trace.times("landed")[0] == Approx(landed_s).margin(1e-4));
    CHECK(trace.times("returns-to-station").empty());
  }
  SECTION("what a task adds is operations") {
    // A sortie of 2,600 s was to land at 2,100 s, its endurance lets it go.
    const auto model = fly("2600 s");
    Runs runs(model);
    runs.run(0);
    const double late_s = 1260 + 337'000 / 200.0 - 2100;
    CHECK(runs["flight-hours.site@site"] == Approx(late_s * 1000).margin(1));
  }
}

TEST_CASE("a tanker lets a patrol stay", "[replication][tanker]") {
  // Sorties of six hours on two of endurance: two refuellings of 150 min − 15 min each, so half an hour off
  // task.
  Scene scene;
  scene.time = "{duration: 24 h}";
  scene.attack = far_away;
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 200 m/s, endurance: 2 h, weapons: {round: "
      "{load: 4}}, patrol: {sortie: 6 h, at: {x: 100 km, y: 0 km}}}";
  CHECK(test::compile_text(scene.text()).problems.find("longer than the endurance") != std::string::npos);
  scene.more_units =
      "  fuel: {kind: tanker, base: {x: 0 km, y: 0 km}, count: 2, gives: 150 min, refuels: 1, time: 15 min}\n"
      "  idle: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 1}}}\n";
  scene.more = "";
  std::string text = scene.text();
  text.replace(text.find("site.flight-hour"), 0, "fuel.flight-hour: $1k, ");
  const auto model = test::model_of(text);
  const test::KeptTrace trace = test::trace_of(model);
  Runs runs(model);
  runs.run(0);
  CHECK(trace.times("refuels").size() >= 8);
  CHECK(runs["off-station.site.time"] ==
        Approx(900.0 * 1e6 * static_cast<double>(trace.times("refuels").size())).margin(10));
  CHECK(runs.measure("hours.fuel") == 48);
  CHECK(runs.measure("hours.site") > 24);
}

TEST_CASE("a tanker lengthens the reach", "[replication][tanker]") {
  // 40 minutes at 200 m/s reach 240 km; with 10 minutes more, less 2 off task, 288 km.
  Scene scene;
  scene.weapon = ram;
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 400 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.time = "{duration: 4 h}";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 200 m/s, endurance: 40 min, weapons: {round: {load: "
      "1}}}";
  const auto meets_m = [](const std::string& text) {
    const test::KeptTrace trace = test::trace_of(test::model_of(text));
    REQUIRE(trace.times("shot-down").size() == 1);
    return 400'000 - 50 * trace.times("shot-down")[0];
  };
  CHECK(meets_m(scene.text()) == Approx(240'000).margin(10));
  scene.more_units = "  fuel: {kind: tanker, base: {x: 0 km, y: 0 km}, gives: 10 min, time: 2 min}\n";
  std::string text = scene.text();
  text.replace(text.find("site.flight-hour"), 0, "fuel.flight-hour: $1k, ");
  CHECK(meets_m(text) == Approx(288'000).margin(10));
}

TEST_CASE("a pair flies together and the second fires when the first is empty", "[replication][wing]") {
  // Three drones a minute apart, one round each: two kills by two aircraft that fly the same hours.
  Scene scene;
  scene.weapon = ram;
  scene.time = "{duration: 4 h}";
  scene.attack =
      "{threat: drone, count: 3, launch: {at: 0 s, spacing: 60 s}, route: [{x: 120 km, y: 0 km}, {x: 0 km, "
      "y: 0 "
      "km}], goal: overfly}";
  const auto unit = [](const std::string& rest) {
    return "{kind: pursuer, base: {x: 0 km, y: 0 km}, count: 2, speed: 280 m/s, endurance: 4 h, weapons: "
           "{round: "
           "{load: 1}}" +
           rest + "}";
  };
  scene.unit = unit(", scramble: 2, turn_round: {time: 4 h}");
  const auto model = scene.model();
  const test::KeptTrace trace = test::trace_of(model);
  Runs runs(model);
  runs.run(0);
  CHECK(runs["kills"] == 2);
  CHECK(runs["sorties.site"] == 2);
  CHECK(trace.times("take-off") == std::vector<double>{0, 0});
  REQUIRE(trace.times("landed").size() == 2);
  CHECK(trace.times("landed")[0] == trace.times("landed")[1]);
  CHECK(runs["flight-hours.site@site"] == Approx(2000 * trace.times("landed")[0]).margin(2));
  const auto fired = [&](std::size_t n) {
    std::size_t seen = 0;
    for (const auto& event : trace.events)
      if (event.what == "fired" && seen++ == n) return event.actor;
    return std::string();
  };
  CHECK(fired(0) != fired(1));
  // The first is met at 120,000 / 330 s; the second is 3 km behind it.
  const double first_s = 120'000 / 330.0;
  CHECK(trace.times("shot-down")[1] == Approx(first_s + 3000 / 330.0).margin(1e-4));

  SECTION("one track takes two, whatever it needs") {
    scene.attack =
        "{threat: drone, count: 1, route: [{x: 120 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
    Runs pair(scene.model());
    scene.unit = unit("");
    Runs single(scene.model());
    pair.run(0);
    single.run(0);
    CHECK(pair["sorties.site"] == 2);
    CHECK(single["sorties.site"] == 1);
    CHECK(pair["flight-hours.site@site"] == 2 * single["flight-hours.site@site"]);
    CHECK(pair["rounds.round@site"] == single["rounds.round@site"]);
  }
}

TEST_CASE("retask: false sends it home after its task", "[replication][pursuer]") {
  Scene scene;
  scene.weapon = ram;
  scene.time = "{duration: 4 h}";
  scene.attack =
      "{threat: drone, count: 2, launch: {at: 0 s, spacing: 60 s}, route: [{x: 120 km, y: 0 km}, {x: 0 km, "
      "y: 0 "
      "km}], goal: overfly}";
  const auto kills = [&](const std::string& rest) {
    scene.unit =
        "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 280 m/s, endurance: 4 h, turn_round: {time: 3 h}, "
        "weapons: {round: {load: 4}}" +
        rest + "}";
    Runs runs(scene.model());
    runs.run(0);
    return runs["kills"];
  };
  CHECK(kills("") == 2);
  CHECK(kills(", retask: false") == 1);
}

TEST_CASE("stays_in bounds where it flies", "[replication][pursuer]") {
  // The zone ends 50 km out. A fighter of 200 m/s that meets the drone there leaves 250 s before it is there.
  Scene scene;
  scene.time = "{duration: 4 h}";
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 200 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.more = "zones: {home: {circle: {x: 0 km, y: 0 km, radius: 50 km}}}\n";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 200 m/s, endurance: 4 h, stays_in: home, weapons: "
      "{round: {load: 1}}}";
  SECTION("what must touch meets at the border") {
    scene.weapon = ram;
    const test::KeptTrace trace = test::trace_of(scene.model());
    REQUIRE(trace.times("shot-down").size() == 1);
    CHECK(trace.times("shot-down")[0] == Approx(3000).margin(0.1));
    CHECK(trace.times("take-off")[0] == Approx(2750).margin(0.1));
  }
  SECTION("a missile reaches across it") {
    // 10 km at 1 km/s: 60 km out, fired from the border when the drone is 60.5 km out.
    const test::KeptTrace trace = test::trace_of(scene.model());
    REQUIRE(trace.times("fired").size() == 1);
    CHECK(trace.times("fired")[0] == Approx((200'000 - 60'500) / 50.0).margin(0.1));
  }
}

TEST_CASE("patrols, wings and tankers: nothing left out shows", "[replication][elide][patrol]") {
  std::string text = test::without_settle(test::fighters);
  const auto put = [&](const std::string& before, const std::string& what) {
    text.insert(text.find(before) + before.size(), what);
  };
  put("viper: {",
      "scramble: 2, patrol: {keep: 1, sortie: normal(20 min .. 2 min), at: {x: 0 km, y: 20 km}}, ");
  put("hind: {",
      "retask: false, patrol: {keep: 1, sortie: uniform(30 min .. 60 min), at: {x: 20 km, y: 5 km}}, ");
  put("units:\n",
      "  fuel: {kind: tanker, base: {x: 0 km, y: 0 km}, gives: 10 min, refuels: 2, time: 90 s}\n");
  put("prices: {", "fuel.flight-hour: $1k, ");
  const auto model = test::model_of(text);
  ReplicationOptions whole;
  whole.elide = false;
  Runs elided(model), full(model, whole);
  for (std::uint32_t k = 0; k < 200; ++k) {
    INFO("replication " << k);
    REQUIRE(elided.run(k) == full.run(k));
    REQUIRE(elided.sum("fates.") == elided["intruders.launched"]);
  }
}

TEST_CASE("time on station is what lies between coming and leaving", "[replication][patrol]") {
  // Patrols that tasks and tankers call away: the trace tells when each comes to its station and when it
  // leaves.
  const auto model = test::model_of(test::together());
  const double ends_s = 5 * 3600;
  int comings = 0, replications_empty = 0;
  for (std::uint32_t k = 0; k < 50; ++k) {
    Runs runs(model);
    runs.run(k);
    double there_s = 0, somebody_s = 0, since_s = 0;
    int aloft = 0;
    const auto until = [&](double t) {
      const double passed_s = std::min(t, ends_s) - std::min(since_s, ends_s);
      there_s += aloft * passed_s;
      somebody_s += aloft > 0 ? passed_s : 0;
      since_s = t;
    };
    for (const auto& event : test::trace_of(model, k).events) {
      if (event.actor.rfind("qra", 0) != 0 || (event.what != "on-station" && event.what != "off-station"))
        continue;
      until(event.time_s);
      aloft += event.what == "on-station" ? 1 : -1;
      comings += event.what == "on-station";
    }
    until(ends_s);
    INFO("replication " << k);
    CHECK(runs.measure("on-station.qra") == Approx(there_s / ends_s).margin(1e-9));
    CHECK(runs.measure("off-station.qra") == Approx(1 - somebody_s / ends_s).margin(1e-9));
    replications_empty += somebody_s < ends_s;
  }
  CHECK(comings > 100);
  CHECK(replications_empty > 0);
}
