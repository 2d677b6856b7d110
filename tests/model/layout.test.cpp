// The columns and measures of a scenario: the names that users and other programs rely on.
#include <algorithm>
#include <set>

#include "replication/runs.hpp"
#include "replication/scene.hpp"

using namespace dronewall;

namespace {

std::set<std::string> measures_of(const Model& model) {
  std::set<std::string> names;
  for (const MeasureDefinition& measure : model.layout().measures) {
    INFO(measure.name);
    CHECK(names.insert(measure.name).second);  // no name twice
    CHECK_FALSE(measure.meaning.empty());
    CHECK((!measure.denominator || !measure.undefined_because.empty()));
  }
  return names;
}

}  // namespace

TEST_CASE("a small scenario reports every measure of the vocabulary", "[model][layout]") {
  const auto model = test::model_of_file("scenarios/minimal.yaml");
  const std::set<std::string> names = measures_of(*model);
  for (const char* name : {"intruders.launched",
                           "intruders.real",
                           "intruders.decoys",
                           "fates.shot-down",
                           "fates.soft-killed",
                           "fates.failed-by-itself",
                           "fates.struck",
                           "fates.ended-its-route",
                           "fates.left-the-area",
                           "fates.turned-back",
                           "fates.still-aloft",
                           "leakers",
                           "leakers.real",
                           "leakers.decoys",
                           "leak-fraction",
                           "kills",
                           "kills.round",
                           "kills.unit.battery",
                           "soft-kills",
                           "rounds.round",
                           "wasted.round",
                           "stage.launched",
                           "stage.detected",
                           "stage.classified",
                           "stage.authorised",
                           "stage.assigned",
                           "stage.engaged",
                           "stage.killed",
                           "lost.never-seen",
                           "lost.seen-too-late",
                           "lost.held-by-rule",
                           "lost.awaiting-decision",
                           "lost.no-unit-in-reach",
                           "lost.channels-busy",
                           "lost.magazine-empty",
                           "lost.missed",
                           "time.first-detection",
                           "time.decision",
                           "time.intercept",
                           "time.inside",
                           "range.first-detection",
                           "range.intercept",
                           "wait.battery",
                           "wait.battery.drone",
                           "waited.battery",
                           "busy.battery",
                           "reneged.battery",
                           "strikes.depot",
                           "stock.battery.round.end",
                           "stock.battery.round.empty-fraction",
                           "unresolved"}) {
    INFO(name);
    CHECK(names.count(name) == 1);
  }
  // A battery does not fly.
  CHECK(names.count("sorties.battery") == 0);
  CHECK(std::none_of(names.begin(), names.end(),
                     [](const std::string& n) { return n.rfind("hours.", 0) == 0; }));
}

TEST_CASE("columns have one name each, and lines of cost their accounts", "[model][layout]") {
  test::Scene scene;
  scene.threat = "{class: drone, speed: 50 m/s, altitude: 0 m, reusable: true}";
  scene.unit =
      "{kind: pursuer, base: {x: 0 km, y: 0 km}, nation: PL, life: 10 y, count: 2, speed: 280 m/s, "
      "endurance: 4 h, "
      "weapons: {round: {load: 4}}}";
  const auto model = scene.model();
  std::set<std::string> names;
  for (const Column& column : model->layout().columns) {
    INFO(column.name);
    CHECK(names.insert(column.name).second);
    CHECK(column.quantum > 0);
  }
  const auto line = [&](const std::string& column) {
    const auto index = model->layout().column(column);
    INFO(column);
    REQUIRE(index.has_value());
    REQUIRE(model->layout().columns[*index].line.has_value());
    return *model->layout().columns[*index].line;
  };
  CHECK(line("rounds.round@site").account == Account::munitions);
  CHECK(line("rounds.round@site").must_be_priced);
  CHECK(line("flight-hours.site@site").item == "site.flight-hour");
  CHECK(line("flight-hours.site@site").account == Account::operations);
  CHECK(line("flight-hours.site@site").must_be_priced);
  CHECK(line("hours.site@site").account == Account::standing);
  CHECK(line("hours.site@site").nation == "PL");
  CHECK(line("acquisition.site@site").account == Account::acquisition);
  CHECK(line("sorties.drone@raid").item == "drone.sortie");
  CHECK(line("sorties.drone@raid").side == Side::attacker);
  CHECK(line("pieces.drone@raid").account == Account::attack);

  test::Runs runs(model);
  runs.run(0);
  // Two aircraft stand for two hours; of each the share of ten years is booked.
  CHECK(runs["hours.site@site"] == 2 * 2 * 3600 * 1000);
  CHECK(runs["acquisition.site@site"] == 2);
  const Column& share = model->layout().columns[*model->layout().column("acquisition.site@site")];
  CHECK(share.quantum == Approx(2.0 / (10 * 365.25 * 24)).epsilon(2e-3));
  // A reusable drone books its sortie, and itself only because it was shot down.
  CHECK(runs["sorties.drone@raid"] == 1);
  CHECK(runs["pieces.drone@raid"] == 1);
  CHECK(runs["stopped.drone@raid"] == 1);
}

TEST_CASE("the measures of ten drones against one battery, by hand", "[model][layout]") {
  // With a sure kill each drone costs one round: assigned when the meeting point is 10 km out, 5 s of
  // reaction, then some 10 s of flight, the drones 60 s apart, so nobody waits.
  test::Scene scene;
  scene.attack = test::group("10", "60 s");
  scene.weapon =
      "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, reaction: 5 s, pk: {drone: 1}}";
  test::Runs runs(scene.model());
  runs.run(0);
  CHECK(runs.measure("intruders.launched") == 10);
  CHECK(runs.measure("intruders.real") == 10);
  CHECK(runs.measure("kills.unit.site") == 10);
  CHECK(runs.measure("rounds.round") == 10);
  CHECK(runs.measure("leak-fraction") == 0);
  CHECK(runs.measure("stock.site.round.end") == 90);
  CHECK(runs.measure("waited.site") == 0);
  CHECK(runs.measure("time.first-detection") == 0);  // seen at launch, which is its entering
  // First launch allowed at (40 km − 10 km) / 50 m/s − 10 s = 590 s; launched at 595 s, 10,250 m out; met
  // after 10,250 / 1,050 s.
  const double met_s = 595 + 10'250 / 1050.0;
  CHECK(runs.measure("time.intercept") == Approx(met_s).margin(1e-5));
  CHECK(runs.measure("time.inside") == Approx(met_s).margin(1e-5));
  CHECK(runs.measure("range.intercept") == Approx(80'000 - 50 * met_s).margin(1e-2));
  CHECK(runs.measure("busy.site") == Approx(10 * (5 + 10'250 / 1050.0) / 7200).epsilon(1e-6));
}
