// Doctrine policies: what each prefers, ties, and the plan of sls-optimal against its dynamic programme.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "dronewall/replication/policy.hpp"
#include "replication/runs.hpp"
#include "replication/scene.hpp"

using namespace dronewall;
using test::Runs;
using test::Scene;

namespace {

/// The policies of a scenario with this doctrine.
struct Policies {
  std::shared_ptr<const Model> model;
  const NextPolicy* next;
  const AssignPolicy* assign;
  const FirePolicy* fire;
};

Policies policies(const std::string& doctrine) {
  Scene scene;
  scene.doctrine = doctrine;
  scene.threat += "\n  quad: {class: quadcopter, speed: 20 m/s, altitude: 100 m}";
  auto model = scene.model();
  const Doctrine& compiled = model->world().doctrines.front();
  return {model, static_cast<const NextPolicy*>(compiled.next),
          static_cast<const AssignPolicy*>(compiled.assign), static_cast<const FirePolicy*>(compiled.fire)};
}

ClassId class_of(const Model& model, const std::string& name) {
  const auto& classes = model.world().classes;
  return static_cast<ClassId>(std::find(classes.begin(), classes.end(), name) - classes.begin());
}

}  // namespace

TEST_CASE("next", "[kinds][policy]") {
  WaitingTarget early, late;
  early.engageable_since_s = 10;
  early.arrival_s = 900;
  early.lot = 0.7;
  late.engageable_since_s = 20;
  late.arrival_s = 300;
  late.lot = 0.2;
  const auto first = [&](const std::string& doctrine) {
    const Policies p = policies(doctrine);
    return p.next->key(early) < p.next->key(late) ? "early" : "late";
  };
  CHECK(first("{next: first-come}") == std::string("early"));
  CHECK(first("{next: time-left}") == std::string("late"));
  CHECK(first("{next: random}") == std::string("late"));
  CHECK(policies("{next: random}").next->draws_lots());
  CHECK_FALSE(policies("{next: time-left}").next->draws_lots());

  const Policies by_class = policies("{next: {class: [quadcopter, drone]}}");
  WaitingTarget quad, drone, other;
  quad.perceived = class_of(*by_class.model, "quadcopter");
  drone.perceived = class_of(*by_class.model, "drone");
  other.perceived = 99;
  CHECK(by_class.next->key(quad) < by_class.next->key(drone));
  CHECK(by_class.next->key(drone) < by_class.next->key(other));
}

TEST_CASE("assign", "[kinds][policy]") {
  // A gun, an interceptor drone and a missile; the published order of single attempts is by price / pk.
  std::map<std::string, Candidate> candidates;
  candidates["gun"] = {0, 9'000, 30, 0.3, 2'000};
  candidates["interceptor"] = {0, 3'000, 90, 0.68, 5'000};
  candidates["missile"] = {0, 6'000, 10, 0.9, 450'000};
  const auto best = [&](const std::string& doctrine) {
    const Policies p = policies(doctrine);
    std::string name;
    double least = std::numeric_limits<double>::infinity();
    for (auto& [candidate_name, candidate] : candidates) {
      candidate.perceived = class_of(*p.model, "drone");
      if (p.assign->score(candidate) < least) {
        least = p.assign->score(candidate);
        name = candidate_name;
      }
    }
    return name;
  };
  CHECK(best("{assign: nearest}") == "interceptor");
  CHECK(best("{assign: fastest}") == "missile");
  CHECK(best("{assign: cheapest}") == "gun");
  CHECK(best("{assign: highest-pk}") == "missile");
  CHECK(best("{assign: best-value}") == "gun");  // 6,667 against 7,353 and 500,000
  CHECK(best("{assign: {worth-it: {worth: {drone: $20k}}}}") == "gun");
  CHECK(best("{assign: {worth-it: {worth: {drone: $6k}}}}") == "");       // 0.3 × 6k < 2k, 0.68 × 6k < 5k
  CHECK(best("{assign: {worth-it: {worth: {quadcopter: $2M}}}}") == "");  // a class without a worth
  // As with pk, `any` stands for the rest, and a decoy is taken for a drone.
  CHECK(best("{assign: {worth-it: {worth: {any: $20k}}}}") == "gun");
  CHECK(best("{assign: {worth-it: {worth: {any: $20k, drone: $6k}}}}") == "");
  const auto fires_at_decoys = [&](const std::string& worth) {
    const Policies p = policies("{assign: {worth-it: {worth: " + worth + "}}}");
    Candidate candidate = candidates["gun"];
    candidate.perceived = class_of(*p.model, "decoy");
    return std::isfinite(p.assign->score(candidate));
  };
  CHECK(fires_at_decoys("{drone: $20k}"));
  CHECK(fires_at_decoys("{any: $20k}"));
  CHECK_FALSE(fires_at_decoys("{drone: $20k, decoy: $1k}"));
  CHECK_FALSE(fires_at_decoys("{quadcopter: $20k}"));
  CHECK(policies("{assign: best-value}").assign->reads_prices());
  CHECK_FALSE(policies("{assign: nearest}").assign->reads_prices());
  // At break-even it holds its fire: price < pk × worth, strictly.
  Candidate even = candidates["interceptor"];
  const Policies p = policies("{assign: {worth-it: {worth: {drone: $10k}}}}");
  even.perceived = class_of(*p.model, "drone");
  even.pk = 0.5;
  CHECK(std::isinf(p.assign->score(even)));
}

TEST_CASE("ties of assign go to the nearer unit, then by name", "[kinds][policy][ties]") {
  // Same price everywhere, so the cheapest is a tie.
  Scene scene;
  scene.weapon =
      "{range: [0 km, 30 km], altitude: [0 m, 5 km], speed: 1 km/s, reaction: 5 s, pk: {drone: 1}}";
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 100 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.sensor = "{at: {x: 0 km, y: 0 km}, horizon: none, range: 9 km, law: definite}";
  scene.doctrine = "{assign: cheapest}";
  const auto shooter = [](const Scene& tied) {
    const test::KeptTrace trace = test::trace_of(tied.model());
    for (const auto& event : trace.events)
      if (event.what == "assigned") return event.actor;
    return std::string("nobody");
  };
  scene.unit = "{kind: battery, at: {x: 5 km, y: 0 km}, weapons: {round: {magazine: 3}}}";
  scene.more_units = "  alpha: {kind: battery, at: {x: -5 km, y: 0 km}, weapons: {round: {magazine: 3}}}\n";
  CHECK(shooter(scene) == "site");
  scene.more_units = "  alpha: {kind: battery, at: {x: 5 km, y: 0 km}, weapons: {round: {magazine: 3}}}\n";
  CHECK(shooter(scene) == "alpha");
}

TEST_CASE("full ties go by name, whichever window opened first", "[kinds][policy][ties]") {
  // Two sites at the same distance from the route and the same pk. Zulu reaches farther and shoots alone at
  // first; when the target comes free inside alpha's reach, too, it is alpha's turn.
  Scene scene;
  scene.attack =
      "{threat: drone, count: 1, route: [{x: 100 km, y: 0 km}, {x: 0 km, y: 0 km}], goal: overfly}";
  scene.weapon =
      "{range: [0 km, 3 km], altitude: [0 m, 5 km], dwell: 5 s, pk: {drone: 0}}\n"
      "  short: {range: [0 m, 2050 m], altitude: [0 m, 5 km], dwell: 5 s, pk: {drone: 0}}";
  scene.unit = "{kind: battery, at: {x: 900 km, y: 0 km}, weapons: {round: {magazine: 3}}}";
  scene.more_units =
      "  alpha: {kind: battery, at: {x: 50 km, y: 2 km}, weapons: {short: {magazine: 99}}}\n"
      "  zulu: {kind: battery, at: {x: 50 km, y: -2 km}, weapons: {round: {magazine: 99}}}\n";
  scene.doctrine = "{assign: highest-pk}";
  std::vector<std::string> shooters;
  for (const auto& event : test::trace_of(scene.model()).events)
    if (event.what == "assigned") shooters.push_back(event.actor);
  // Zulu: 4,472 m of route, alpha: 900 m of them, 18 s.
  REQUIRE(shooters.size() > 10);
  CHECK(shooters.front() == "zulu");
  CHECK(std::count(shooters.begin(), shooters.end(), "alpha") >= 3);
}

TEST_CASE("ties of next go by the moment, then by name", "[kinds][policy][ties]") {
  Scene scene;
  scene.attack = test::group("3", "0 s");
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: 10 s, pk: {drone: 1}}";
  scene.doctrine = "{next: time-left}";
  const test::KeptTrace trace = test::trace_of(scene.model());
  std::vector<std::string> order;
  for (const auto& event : trace.events)
    if (event.what == "assigned") order.push_back(event.intruder);
  CHECK(order == std::vector<std::string>{"raid#1", "raid#2", "raid#3"});
}

TEST_CASE("fire", "[kinds][policy]") {
  FireContext context;
  context.rounds_left = 100;
  CHECK(policies("{fire: shoot-look-shoot}").fire->rounds(context) == 1);
  CHECK(policies("{fire: salvo(4)}").fire->rounds(context) == 4);
  const Policies ssl = policies("{fire: shoot-shoot-look(3 .. 2)}");
  CHECK(ssl.fire->rounds(context) == 3);
  context.salvos_before = 5;
  CHECK(ssl.fire->rounds(context) == 2);
}

namespace {

/// V(k, m, t) as it is written, by recursion with memory: the expected kills of the best plan.
double value(int k, int m, int t, double pk, std::map<std::tuple<int, int, int>, double>& known) {
  if (k == 0 || m == 0 || t == 0) return 0;
  const auto found = known.find({k, m, t});
  if (found != known.end()) return found->second;
  double most = 0;
  for (int s = 0; s <= m; ++s) {
    std::vector<double> killed{1};  // by number
    for (int target = 0; target < k; ++target) {
      const double dies = 1 - std::pow(1 - pk, s / k + (target < s % k ? 1 : 0));
      std::vector<double> next(killed.size() + 1, 0.0);
      for (std::size_t j = 0; j < killed.size(); ++j) {
        next[j] += killed[j] * (1 - dies);
        next[j + 1] += killed[j] * dies;
      }
      killed = next;
    }
    double expected = 0;
    for (int j = 0; j <= k; ++j)
      expected += killed[static_cast<std::size_t>(j)] * (j + value(k - j, m - s, t - 1, pk, known));
    most = std::max(most, expected);
  }
  return known[{k, m, t}] = most;
}

}  // namespace

TEST_CASE("sls-optimal splits the magazine as the dynamic programme says", "[kinds][policy]") {
  // Published: 4 targets, 8 rounds, 2 salvos, pk 0.6: 3.69214464 kills, 4 rounds first; 3.36 in a single
  // salvo.
  std::map<std::tuple<int, int, int>, double> known;
  REQUIRE(value(4, 8, 2, 0.6, known) == Approx(3.69214464).epsilon(1e-8));
  REQUIRE(value(4, 8, 1, 0.6, known) == Approx(3.36).epsilon(1e-8));

  const auto first_salvo = [](int salvos, std::uint32_t k, std::int64_t m, double pk,
                              std::uint32_t before = 0) {
    const Policies p = policies("{fire: sls-optimal(" + std::to_string(salvos) + ")}");
    std::int64_t total = 0;
    for (std::uint32_t target = 1; target <= k; ++target) {
      FireContext context;
      context.salvos_before = before;
      context.pk = pk;
      context.targets_now = target;
      context.targets_waiting = k;
      context.rounds_left = context.rounds_at_instant = m;
      total += p.fire->rounds(context);
    }
    return total;
  };
  CHECK(first_salvo(2, 4, 8, 0.6) == 4);
  CHECK(first_salvo(1, 4, 8, 0.6) == 8);
  CHECK(first_salvo(2, 4, 8, 0.6, 1) == 8);  // the second of two: all that is left
  CHECK(policies("{fire: sls-optimal(2)}").fire->spreads());
  SECTION("larger plans reach the value of the recursion") {
    // The split is not unique, its value is: play it and compare.
    const int k = 6, m = 14, t = 3;
    const double pk = 0.45;
    const std::int64_t s = first_salvo(t, k, m, pk);
    std::map<std::tuple<int, int, int>, double> whole;
    const double best = value(k, m, t, pk, whole);
    std::vector<double> killed{1};
    for (int target = 0; target < k; ++target) {
      const double dies = 1 - std::pow(1 - pk, static_cast<double>(s / k + (target < s % k ? 1 : 0)));
      killed.push_back(0);
      for (std::size_t j = killed.size() - 1; j > 0; --j)
        killed[j] = killed[j] * (1 - dies) + killed[j - 1] * dies;
      killed[0] *= 1 - dies;
    }
    std::map<std::tuple<int, int, int>, double> later;
    double reached = 0;
    for (int j = 0; j <= k; ++j)
      reached +=
          killed[static_cast<std::size_t>(j)] * (j + value(k - j, m - static_cast<int>(s), t - 1, pk, later));
    CHECK(reached == Approx(best).epsilon(1e-9));
  }
}

TEST_CASE("sls-optimal in a run kills what the programme expects", "[kinds][policy][statistical]") {
  // Four drones appear together inside an envelope in which there is time for two salvos; 8 rounds, four
  // channels.
  Scene scene;
  scene.time = "{duration: 1 h}";
  scene.attack =
      "{threat: drone, count: 4, route: [{x: 1 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
  scene.weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], dwell: 10 s, pk: {drone: 0.6}}";
  scene.unit = "{kind: battery, at: {x: 0 km, y: 0 km}, channels: 4, weapons: {round: {magazine: 8}}}";
  scene.doctrine = "{fire: sls-optimal(2)}";
  Runs runs(scene.model());
  constexpr std::uint32_t n = 4000;
  double sum = 0, squares = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    runs.run(k);
    const auto kills = static_cast<double>(runs["kills"]);
    REQUIRE(runs["rounds.round@site"] <= 8);
    sum += kills;
    squares += kills * kills;
  }
  const double mean = sum / n, error = std::sqrt((squares / n - mean * mean) / n);
  CHECK(std::abs(mean - 3.69214464) <= 4 * error);  // misses for 1 seed in 16,000
  CHECK(std::abs(mean - 3.36) > 4 * error);         // all rounds in one salvo
}
