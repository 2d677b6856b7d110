// Commands: reviews, decisions and launches worked out by hand. A drone flies west at 50 m/s along y = 0:
// x = 40 km − 50 t, over a battery at the origin.
#include <algorithm>
#include <cmath>

#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

constexpr double clock_s = 5e-6;  // Times lie on a grid of a microsecond.

/// The scene under a command; the drone is inside a circle of 5 km from 700 s to 900 s.
Scene under(const std::string& command,
            const std::string& zones = "inner: {circle: {x: 0 km, y: 0 km, radius: 5 km}}") {
  Scene scene;
  scene.more = "zones: {" + zones + "}\ncommand: {post: " + command + "}\n";
  return scene;
}

double first(const test::KeptTrace& trace, const std::string& what) {
  const std::vector<double> times = trace.times(what);
  REQUIRE(!times.empty());
  return times.front();
}

auto near(double s) { return Approx(s).margin(clock_s).epsilon(0); }

}  // namespace

TEST_CASE("a rule is read when the track crosses its zone, and its decision takes time",
          "[replication][command]") {
  const Scene scene =
      under("{decision: 30 s, identify: {time: 60 s}, rules: [{engage: drone, where: inner}, {watch: any}]}");
  const auto model = scene.model();
  const test::KeptTrace trace = test::trace_of(model);
  CHECK(first(trace, "identified") == near(60));
  CHECK(first(trace, "decision-queued") == near(700));
  CHECK(first(trace, "decided") == near(730));
  CHECK(first(trace, "assigned") == near(730));
  CHECK(first(trace, "shot-down") == near(730 + 3500 / 1050.0));
  Runs runs(model);
  runs.run(0);
  CHECK(runs["decisions.post"] == 1);
  CHECK(runs.measure("time.decision") == near(730));
  CHECK(runs.measure("wait.post") == 0);
  CHECK(runs.measure("busy.post") == Approx(30.0 / 7200));
  CHECK(runs["stage.classified"] == 1);
  CHECK(runs["stage.authorised"] == 1);
}

TEST_CASE("a rule that looks ahead is decided before the zone, and its round meets inside",
          "[replication][command]") {
  const auto model = under("{decision: 30 s, rules: [{engage: drone, where: inner, ahead: 200 s}]}").model();
  const test::KeptTrace trace = test::trace_of(model);
  CHECK(first(trace, "decision-queued") == near(500));
  CHECK(first(trace, "decided") == near(530));
  CHECK(first(trace, "assigned") == near(695));   // A round of 1 km/s launched then meets it 5 km away,
  CHECK(first(trace, "shot-down") == near(700));  // where it enters.
}

TEST_CASE("ahead ends with the present leg", "[replication][command]") {
  // It flies 1000 s north along x = 20 km, then turns west at t = 1000 s towards the zone, which it would
  // enter 300 s later. Before the turn its leg leads nowhere near.
  Scene scene = under("{rules: [{engage: drone, where: inner, ahead: 400 s}]}");
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 20 km, y: -50 km}, {x: 20 km, y: 0 km}, {x: -40 km, y: 0 km}], "
      "goal: overfly}";
  CHECK(first(test::trace_of(scene.model()), "decided") == near(1000));
}

TEST_CASE("what a rule waits for before it matches", "[replication][command]") {
  const auto decided_s = [](const std::string& after) {
    return first(
        test::trace_of(
            under("{identify: {time: 800 s}, decision: 5 s, rules: [{engage: drone, where: inner, after: " +
                  after + "}]}")
                .model()),
        "decided");
  };
  CHECK(decided_s("classified") == near(805));
  CHECK(decided_s("detected") == near(705));
}

TEST_CASE("a decision that comes after the track has left is not given", "[replication][command]") {
  Runs runs(under("{decision: 250 s, rules: [{engage: drone, where: inner}]}").model());
  runs.run(0);
  CHECK(runs["decisions.post"] == 0);
  CHECK(runs["rounds.round@site"] == 0);
  CHECK(runs["lost.awaiting-decision"] == 1);
  CHECK(runs.measure("busy.post") == Approx(200.0 / 7200));  // The desk is free when the track leaves.
}

TEST_CASE("an old verdict holds until the new one is given; to watch needs no decision",
          "[replication][command]") {
  // From 500 s the outer rule, from 700 s the inner one, from 900 s the outer one again, to 1100 s.
  Scene scene = under(
      "{decision: 60 s, rules: [{watch: drone, where: core}, {engage: drone, where: inner}, {engage: drone, "
      "where: outer}]}",
      "core: {circle: {x: 0 km, y: 0 km, radius: 1 km}}, inner: {circle: {x: 0 km, y: 0 km, radius: 5 km}}, "
      "outer: {circle: {x: 0 km, y: 0 km, radius: 15 km}}");
  scene.weapon = "{range: [0 km, 20 km], altitude: [0 m, 5 km], speed: 10 km/s, pk: {drone: 0}}";
  scene.doctrine = "{assess: {time: 10 s}}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: unlimited}}}";
  const test::KeptTrace trace = test::trace_of(scene.model());
  CHECK(trace.times("decided") == std::vector<double>{560, 760, 880, 960});
  const std::vector<double> fired = trace.times("fired");
  CHECK(fired.front() == near(560));
  // While the inner decision is taken the outer verdict holds, and over the core nobody fires, nor until the
  // decision to fire again.
  const auto between = [&](double from, double to) {
    return std::count_if(fired.begin(), fired.end(), [&](double t) { return from < t && t < to; });
  };
  CHECK(between(700, 760) > 3);
  CHECK(between(780, 820) == 0);
  CHECK(between(820, 880) == 0);
  CHECK(between(880, 900) > 0);
}

TEST_CASE("rules and commands bind units by nation", "[replication][command]") {
  Scene scene;
  scene.unit = "{kind: battery, nation: NL, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 100}}}";
  scene.more_units =
      "  other: {kind: battery, nation: PL, at: {x: 0 km, y: 1 km}, weapons: {round: {magazine: 100}}}\n";
  scene.weapon = "{range: [0 km, 50 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 0}}";
  scene.doctrine = "{at_most: 4}";
  const auto with = [&](const std::string& command) {
    scene.more = "command: " + command + "\n";
    return test::trace_of(scene.model());
  };
  const auto actors = [](const test::KeptTrace& trace) {
    std::string names;
    for (const auto& event : trace.events)
      if (event.what == "fired" && names.find(event.actor) == names.npos) names += event.actor + " ";
    return names;
  };
  CHECK(actors(with("{post: {rules: [{engage: any, by: NL}]}}")) == "site ");
  CHECK(actors(with("{post: {rules: [{engage: any, by: PL}, {watch: any}]}}")) == "other ");
  // Two commands, the second slower; a third nation's units would be the second's.
  const auto two = with(
      "{a: {by: NL, decision: 10 s, rules: [{engage: any}]}, b: {decision: 100 s, rules: [{engage: any}]}}");
  CHECK(two.times("decided") == std::vector<double>{10, 100});
  CHECK(actors(two) == "site ");  // The four rounds are gone before the other may fire.
  // One request serves all whom a rule binds, though the list of one of them is longer.
  CHECK(with("{post: {decision: 10 s, rules: [{watch: civil, by: NL}, {engage: any}]}}").times("decided") ==
        std::vector<double>{10});
}

TEST_CASE("a track that coasts keeps its verdict, and nobody launches", "[replication][command]") {
  // Seen from x = 30 km to 10 km and from 4 km on: 200 s to 600 s, and from 720 s.
  Scene scene = under("{decision: 50 s, rules: [{engage: any}]}");
  scene.sensor =
      "{network: net, at: {x: 20 km, y: 0 km}, horizon: none, range: 10 km, law: definite}\n"
      "  late: {network: net, at: {x: -16 km, y: 0 km}, horizon: none, range: 20 km, law: definite}";
  scene.unit = "{kind: battery, network: net, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 100}}}";
  scene.weapon = "{range: [0 km, 100 km], altitude: [0 m, 5 km], speed: 50 km/s, pk: {drone: 0}}";
  scene.doctrine = "{assess: {time: 20 s}}";
  const auto run = [&](const std::string& coast) {
    Scene changed = scene;
    changed.more = "networks: {net: {coast: " + coast +
                   "}}\ncommand: {post: {network: net, decision: 50 s, rules: [{engage: any}]}}\n";
    return test::trace_of(changed.model());
  };
  const auto kept = run("120 s"), dropped = run("119 s");
  CHECK(kept.times("decided") == std::vector<double>{250});
  CHECK(dropped.times("decided") == std::vector<double>{250, 770});
  const auto fired_between = [](const test::KeptTrace& trace, double from, double to) {
    const auto fired = trace.times("fired");
    return std::count_if(fired.begin(), fired.end(), [&](double t) { return from < t && t < to; });
  };
  CHECK(fired_between(kept, 600, 720) == 0);
  CHECK(fired_between(dropped, 600, 770) == 0);
  CHECK(fired_between(kept, 719.9, 770) > 0);
}

TEST_CASE("a post that is down begins no decision, and finishes what it began", "[replication][command]") {
  const auto decided_s = [](const std::string& window) {
    return first(
        test::trace_of(
            under("{decision: 30 s, down: [" + window + "], rules: [{engage: any, where: inner}]}").model()),
        "decided");
  };
  CHECK(decided_s("{from: 690 s, to: 800 s}") == near(830));
  CHECK(decided_s("{from: 700 s, to: 800 s}") == near(830));
  CHECK(decided_s("{from: 710 s, to: 800 s}") == near(730));
  CHECK(decided_s("{from: 600 s, to: 700 s}") == near(730));
  Runs runs(under("{decision: 30 s, down: [{from: 650 s, to: 1000 s}], rules: [{engage: any, where: inner}]}")
                .model());
  runs.run(0);
  CHECK(runs["lost.awaiting-decision"] == 1);
}

TEST_CASE("requests wait for desks in the order that the post keeps", "[replication][command]") {
  // Ten drones 4 s apart, decisions of 10 s, two desks: D/D/2 by its recursion.
  Scene scene = under("{desks: 2, decision: 10 s, rules: [{engage: any}]}");
  scene.attack = test::group("10", "4 s");
  std::vector<double> free_s(2, 0.0), given;
  double wait_s = 0;
  for (int n = 0; n < 10; ++n) {
    const auto desk = std::min_element(free_s.begin(), free_s.end());
    const double begins_s = std::max(4.0 * n, *desk);
    wait_s += begins_s - 4 * n;
    *desk = begins_s + 10;
    given.push_back(*desk);
  }
  std::sort(given.begin(), given.end());
  CHECK(test::trace_of(scene.model()).times("decided") == given);
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs.measure("wait.post") == Approx(wait_s / 10));
  CHECK(runs.measure("busy.post") == Approx(100.0 / 7200));

  // By time left: the fast one that comes last is decided as soon as the desk is free.
  Scene urgent = under("{next: time-left, decision: 10 s, rules: [{engage: any}]}");
  urgent.attack = test::group("5", "1 s");
  urgent.more_attacks =
      "  dash: {threat: fast, count: 1, launch: {at: 5 s}, route: [{x: 40 km, y: 1 km}, {x: -40 km, y: 1 "
      "km}], goal: overfly}\n";
  urgent.threat += "\n  fast: {class: drone, speed: 400 m/s, altitude: 0 m}";
  std::string text = urgent.text();
  text.replace(text.find("prices: {"), 9, "prices: {fast: $1k, ");
  const auto order = test::trace_of(test::model_of(text));
  std::vector<std::string> names;
  for (const auto& event : order.events)
    if (event.what == "decided") names.push_back(event.intruder);
  CHECK(names == std::vector<std::string>{"raid#1", "dash#1", "raid#2", "raid#3", "raid#4", "raid#5"});
}

TEST_CASE("no round meets its target outside the rule's zone", "[replication][command]") {
  // Routes, reactions and speeds of all kinds; meetings are where a shot missed or killed.
  const std::string fixed =
      "{kind: battery, at: {x: 2 km, y: 1 km}, channels: 3, weapons: {round: {magazine: unlimited}}}";
  const std::string flying =
      "{kind: pursuer, base: {x: -20 km, y: 5 km}, count: 3, speed: 200 m/s, endurance: 3 h, weapons: "
      "{round: {load: 50}}}";
  for (const std::string& unit : {fixed, flying}) {
    std::int64_t inside = 0, outside = 0, outside_anywhere = 0;
    for (const bool anywhere : {false, true}) {
      Scene scene = under(
          std::string("{decision: exponential(10 s), rules: [{engage: any, ahead: 3 min, where: inner}") +
          (anywhere ? ", {engage: any}" : "") + "]}");
      scene.threat = "{class: drone, speed: uniform(30 m/s .. 90 m/s), altitude: uniform(0 m .. 900 m)}";
      scene.attack =
          "{threat: drone, count: 12, launch: {at: 0 s, within: 30 min}, route: [{x: 30 km, y: uniform(-9 km "
          ".. 9 km)}, "
          "{x: uniform(-4 km .. 9 km), y: uniform(-6 km .. 6 km)}, {x: -30 km, y: uniform(-30 km .. 30 "
          "km)}], goal: overfly}";
      scene.weapon =
          "{range: [0 km, 12 km], altitude: [0 m, 5 km], speed: 600 m/s, reaction: exponential(8 s), pk: "
          "{drone: 0.1}}";
      scene.unit = unit;
      const auto model = scene.model();
      for (std::uint32_t k = 0; k < 10; ++k)
        for (const auto& event : test::trace_of(model, k).events) {
          if (event.what != "missed" && event.what != "shot-down") continue;
          const bool is_in = std::hypot(event.x_m, event.y_m) <= 5000 + 0.01;
          if (!anywhere) ++(is_in ? inside : outside);
          if (anywhere && !is_in) ++outside_anywhere;
        }
    }
    INFO(unit);
    CHECK(inside > 50);
    CHECK(outside == 0);
    CHECK(outside_anywhere > 50);
  }
}

TEST_CASE("a rule that watches everything fires nothing and books no round", "[replication][command]") {
  Scene scene = under("{rules: [{watch: any}]}");
  scene.attack = test::group("5", "20 s");
  Runs runs(scene.model());
  runs.run(0);
  CHECK(runs.sum("rounds.") == 0);
  CHECK(runs["decisions.post"] == 0);
  CHECK(runs["leakers"] == 5);
  CHECK(runs["lost.held-by-rule"] == 5);
  CHECK(runs["stage.classified"] == 5);
  CHECK(runs["stage.authorised"] == 0);
}

TEST_CASE("a command that engages all but civil and aircraft at once changes no outcome",
          "[replication][command]") {
  Scene scene;
  scene.attack = test::group("30", "exponential(20 s)");
  scene.weapon =
      "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: exponential(5 s), pk: {drone: "
      "0.4}}";
  Runs without(scene.model());
  scene.more =
      "command: {post: {desks: unlimited, rules: [{watch: [civil, aircraft]}, {engage: any, after: "
      "detected}]}}\n";
  Runs with(scene.model());
  for (std::uint32_t k = 0; k < 50; ++k) {
    without.run(k);
    with.run(k);
    for (std::size_t c = 0; c < without.row().size(); ++c)
      REQUIRE(without.row()[c] == with[without.model().layout().columns[c].name]);
  }
}

TEST_CASE("what a network takes an intruder for decides; what it is decides what a shot does",
          "[replication][command]") {
  Scene scene;
  scene.attack = test::group("400", "30 s");
  scene.time = "{duration: 5 h}";
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}";
  scene.unit =
      "{kind: battery, at: {x: 0 km, y: 0 km}, channels: 20, weapons: {round: {magazine: unlimited}}}";
  scene.doctrine = "{at_most: 1}";
  scene.more =
      "command: {post: {desks: unlimited, identify: {confusion: {drone: {drone: 0.7, civil: 0.3}, civil: "
      "{drone: 0.2, civil: 0.8}, "
      "aircraft: {drone: 0.5, aircraft: 0.5}}}, rules: [{engage: drone}, {watch: any}]}}\n";
  SECTION("drones that look civil leak, held by the rule") {
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["kills"] == runs["rounds.round@site"]);
    CHECK(runs["lost.held-by-rule"] == runs["leakers"]);
    CHECK(std::abs(static_cast<double>(runs["leakers"]) - 120.0) <
          4 * std::sqrt(400 * 0.7 * 0.3));  // 1 seed in 16,000
    CHECK(runs["wrong-engagements"] == 0);
  }
  SECTION("civil aircraft that look like drones are engaged; no pk is given for them, so none falls") {
    scene.threat = "{class: civil, speed: 50 m/s, altitude: 0 m}";
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["wrong-engagements"] == runs["rounds.round@site"]);
    CHECK(runs["wrong-engagements.civil"] == runs["wrong-engagements"]);
    CHECK(std::abs(static_cast<double>(runs["wrong-engagements"]) - 80.0) < 4 * std::sqrt(400 * 0.2 * 0.8));
    CHECK(runs["wrong-kills"] == 0);
  }
  SECTION("an aircraft that is taken for one is no mistake") {
    scene.threat = "{class: aircraft, speed: 50 m/s, altitude: 0 m}";
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {any: 1}}";
    const std::string watch = "rules: [{engage: drone}";
    scene.more.replace(scene.more.find(watch), watch.size(), "rules: [{engage: [drone, aircraft]}");
    Runs runs(scene.model());
    runs.run(0);
    CHECK(runs["kills"] == 400);
    CHECK(std::abs(static_cast<double>(runs["wrong-engagements.aircraft"]) - 200.0) <
          4 * std::sqrt(400 * 0.5 * 0.5));
    CHECK(runs["wrong-kills"] == runs["wrong-engagements"]);
  }
}

TEST_CASE("the desks' queue obeys L = lambda W", "[replication][command][statistical]") {
  // L from the trace: the time-mean number between queued and begun; W from the books.
  Scene scene;
  scene.time = "{duration: 20 h, settle: 2 h}";
  scene.attack =
      "{threat: drone, count: 1, repeat: {rate: 0.02 / s}, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 "
      "km}], goal: overfly}";
  scene.more = "command: {post: {decision: exponential(40 s), rules: [{engage: any}]}}\n";
  const auto model = scene.model();
  double area = 0, waiting = 0, since = 0;
  std::int64_t begun = 0;
  for (const auto& event : test::trace_of(model).events) {
    const bool joins = event.what == "decision-queued", leaves = event.what == "decision-begun";
    if (!joins && !leaves) continue;
    area += waiting * (event.time_s - since);
    since = event.time_s;
    waiting += joins ? 1 : -1;
    begun += leaves;
  }
  REQUIRE(waiting == 0);
  Runs runs(model);
  runs.run(0);
  CHECK(runs["wait.post.number"] == begun);
  CHECK(runs.measure("wait.post") * static_cast<double>(begun) == Approx(area).epsilon(1e-6));
  CHECK(area > 1000);
}

TEST_CASE("caution has a price and a benefit", "[replication][command][statistical]") {
  // Drones and civil aircraft on one route: a stricter rule wants them identified with a surer table, which
  // takes longer; leakers that a rule held rise, wrong engagements fall.
  const auto totals = [](const std::string& command) {
    Scene scene;
    scene.time = "{duration: 3 h}";
    scene.attack = test::group("40", "exponential(60 s)");
    scene.more_attacks =
        "  airliners: {threat: airliner, count: 40, launch: {at: 0 s, spacing: exponential(60 s)}, route: "
        "[{x: 40 km, y: 1 km}, "
        "{x: -40 km, y: 1 km}], goal: overfly}\n";
    scene.threat += "\n  airliner: {class: civil, speed: 50 m/s, altitude: 0 m}";
    scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {any: 1}}";
    scene.unit =
        "{kind: battery, at: {x: 0 km, y: 0 km}, channels: 4, weapons: {round: {magazine: unlimited}}}";
    scene.more = "command: {post: " + command + "}\n";
    std::string text = scene.text();
    text.replace(text.find("prices: {"), 9, "prices: {airliner: $1, ");
    Runs runs(text);
    std::map<std::string, std::int64_t> sums;
    for (std::uint32_t k = 0; k < 40; ++k) {
      runs.run(k);
      for (const char* name : {"lost.held-by-rule", "lost.awaiting-decision", "wrong-engagements", "leakers"})
        sums[name] += runs[name];
    }
    return sums;
  };
  const std::string table =
      "{drone: {drone: 0.95, balloon: 0.05}, civil: {civil: 0.9, drone: 0.05, balloon: 0.05}}";
  const auto post = [&](const std::string& decision, const std::string& classes,
                        const std::string& more = "") {
    return "{decision: " + decision + ", identify: {time: 10 s, confusion: " + table +
           "}, rules: [{engage: " + classes + "}]" + more + "}";
  };
  auto loose = totals(post("5 s", "[drone, balloon]")), strict = totals(post("5 s", "[drone]"));
  CHECK(strict["lost.held-by-rule"] > loose["lost.held-by-rule"] + 40);
  CHECK(strict["wrong-engagements"] < loose["wrong-engagements"] - 40);
  auto slow = totals(post("70 s", "[drone]")),
       down = totals(post("5 s", "[drone]", ", down: [{from: 0 s, to: 40 min}]"));
  CHECK(strict["lost.awaiting-decision"] == 0);
  CHECK(slow["lost.awaiting-decision"] > 40);
  CHECK(down["lost.awaiting-decision"] > 40);
}
