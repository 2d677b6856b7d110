// From a design point to a model: the same as the scenario with the same changes, on any thread.
#include "dronewall/study/point_model.hpp"

#include <atomic>
#include <chrono>
#include <map>
#include <thread>

#include "catch.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/study_check.hpp"

using namespace dronewall;

namespace {

constexpr const char* scenario = R"(scenario: Ten drones against one battery
time: {duration: 1 h}
use: [types.yaml]
sensors:
  radar: {at: {x: 0 km, y: 0 km}, height: 30 m, range: 30 km, law: definite}
assets:
  depot: {at: {x: 0 km, y: 0 km}}
attacks:
  raid:
    threat: target-drone
    count: 10
    launch: {at: 0 s, spacing: 60 s}
    route: [{x: 40 km, y: 0 km}]
    goal: {strike: depot}
units:
  battery:
    kind: battery
    at: {x: 0 km, y: 0 km}
    channels: 1
    weapons: {round: {magazine: 12}}
prices: {round: $10k, target-drone: $20k}
)";
constexpr const char* types = R"(catalog: Types
threats:
  target-drone: {class: drone, speed: 50 m/s, altitude: 100 m, rcs: 0.1 m2}
  unused-drone: {class: drone, speed: 50 m/s, altitude: 100 m, rcs: 0.1 m2}
weapons:
  round: {range: [0 km, 10 km], altitude: [0 m, 3 km], speed: 1 km/s, reaction: 5 s, pk: {drone: 0.7}}
)";
constexpr const char* study = R"(study: How many channels
scenario: base.yaml
add:
  units:
    second: {kind: battery, at: {x: 2 km, y: 0 km}, channels: 2, weapons: {round: {magazine: 3}}}
choices:
  units.battery.channels: [1, 2]
uncertain:
  weapons.round.pk.drone: 0.5 .. 0.9
  attacks.raid.count: 5 .. 20
design: {sobol: 8}
measure: [leakers, q95(cost.defender.munitions)]
)";

/// Files in memory that count how often they are asked for.
class Files final : public FileSource {
 public:
  std::map<std::string, std::string> texts = {
      {"study.yaml", study}, {"base.yaml", scenario}, {"types.yaml", types}};
  std::map<std::string, int> asked;

  std::optional<File> read(const std::string& path, const std::string&, std::string& why) override {
    ++asked[path];
    const auto found = texts.find(path);
    if (found == texts.end()) return why = "no such file", std::nullopt;
    return File{path, found->second};
  }
};

/// A study in memory, read and ready.
struct Ready {
  explicit Ready(std::map<std::string, std::string> changed = {}) {
    for (auto& [path, text] : changed) files.texts[path] = text;
    description = read_study("study.yaml", files, kind_tables(), problems);
    if (!problems.has_errors()) models.emplace(description, files, kind_tables(), all_kinds(), problems);
  }

  std::string check() {
    if (models) (void)check_study(*models, {}, problems);
    return problems.text();
  }

  Files files;
  Sources sources;
  Problems problems{sources};
  StudyDescription description;
  std::optional<PointModels> models;
};

std::string with(std::string text, const std::string& old, const std::string& put) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), put);
}

PointResult run(const std::shared_ptr<const Model>& model, const std::vector<MeasureDefinition>& measures) {
  RunOptions options;
  options.replications = 200;
  return run_point(model->layout(), measures, model_runners(model, {.seed = 3}), options);
}

}  // namespace

TEST_CASE("a point is the scenario with the same changes, bit for bit", "[study][point]") {
  Ready ready;
  REQUIRE(ready.check() == "");
  // The scenario with `add` written into it, and --set.
  Files files;
  files.texts["base.yaml"] = with(scenario, "units:\n",
                                  "units:\n  second: {kind: battery, at: {x: 2 km, y: 0 km}, channels: 2, "
                                  "weapons: {round: {magazine: 3}}}\n");
  const DesignMatrix design = make_design(ready.description, ready.problems);
  REQUIRE(design.points() == 8);
  for (const std::size_t number : {0U, 5U}) {
    const std::vector<FactorValue> values = design.values(number, ready.description);
    ReadOptions options;
    for (const FactorValue& value : values)
      options.changes.push_back({ready.description.factors[value.factor].path, value.text});
    Problems problems(ready.sources);
    const ScenarioDescription described = read_scenario("base.yaml", files, kind_tables(), options, problems);
    const auto model = Model::compile(described, all_kinds(), problems);
    REQUIRE(model);
    std::string why;
    const auto point = ready.models->compile(values, why);
    REQUIRE(point);
    const PointResult one = run(model, model->layout().measures);
    const PointResult other = run(point->model, point->model->layout().measures);
    CHECK(one.means == other.means);
    CHECK(one.find("leakers")->mean == other.find("leakers")->mean);
  }
}

TEST_CASE("whole ranges are known from the key", "[study][point]") {
  const Ready ready;
  REQUIRE(ready.models);
  CHECK_FALSE(ready.description.find("weapons.round.pk.drone")->range->whole);
  CHECK(ready.description.find("attacks.raid.count")->range->whole);
  CHECK(ready.description.find("attacks.raid.count")->usual == "10");
}

TEST_CASE("points are compiled by several threads, each file read once", "[study][point]") {
  Ready ready;
  REQUIRE(ready.check() == "");
  const DesignMatrix design = make_design(ready.description, ready.problems);
  ready.files.asked.clear();
  std::vector<std::vector<std::string>> names(8);
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (std::size_t i = next++; i < 8; i = next++) {
        std::string why;
        const auto point = ready.models->compile(design.values(i, ready.description), why);
        if (!point) continue;
        for (const MeasureDefinition& measure : point->measures) names[i].push_back(measure.name);
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& each : names) CHECK(each == names[0]);
  CHECK(names[0].size() > 20);
  CHECK(ready.files.asked.empty());  // All was there already.
}

TEST_CASE("losses that happen are priced where it is asked how money varies", "[study][point]") {
  CHECK(Ready().models->scoring() == Scoring::sampled);
  const std::string plain = with(study, ", q95(cost.defender.munitions)", ", cost.defender.munitions");
  CHECK(Ready({{"study.yaml", plain}}).models->scoring() == Scoring::expected);
}

TEST_CASE("fields are what decides a quantity", "[study][point]") {
  const Ready ready;
  std::map<std::string, std::string> fields;
  for (const auto& field : ready.models->fields()) fields[field.path] = field.value;
  CHECK(fields["weapons.round.pk.drone"] == "0.7");
  CHECK(fields["units.second.channels"] == "2");  // of `add`
  CHECK(fields["units.battery.at.x"] == "0 km");
  CHECK(fields["attacks.raid.route"] == "[{x: 40 km, y: 0 km}]");
  CHECK(fields.count("threats.target-drone.speed") == 1);
  CHECK(fields.count("threats.unused-drone.speed") == 0);  // a row that nobody uses
  CHECK(fields.count("prices.round") == 0);
  CHECK(fields.count("scenario") == 0);
  CHECK_FALSE(ready.models->reads_prices());
  // A row that only a level names is used, too.
  const Ready named({{"study.yaml", with(study, "  attacks.raid.count: 5 .. 20",
                                         "  attacks.raid.threat: [target-drone, unused-drone]")}});
  std::map<std::string, std::string> of_levels;
  for (const auto& field : named.models->fields()) of_levels[field.path] = field.value;
  CHECK(of_levels["threats.unused-drone.speed"] == "50 m/s");
  const Ready dear({{"base.yaml", std::string(scenario) + "doctrine: {assign: cheapest}\n"}});
  CHECK(dear.models->reads_prices());
  std::map<std::string, std::string> decisive;
  for (const auto& field : dear.models->fields()) decisive[field.path] = field.value;
  CHECK(decisive["prices.round"] == "$10k");
  CHECK(decisive.count("prices.target-drone") == 0);  // no weapon: no doctrine reads it
}

TEST_CASE("the hash of a scenario is of its texts, of `add` too", "[study][point]") {
  const std::uint64_t hash = Ready().models->scenario_hash();
  CHECK(Ready().models->scenario_hash() == hash);
  CHECK(Ready({{"types.yaml", with(types, "0.7", "0.8")}}).models->scenario_hash() != hash);
  CHECK(Ready({{"study.yaml", with(study, "magazine: 3", "magazine: 4")}}).models->scenario_hash() != hash);
  CHECK(Ready({{"study.yaml", with(study, "sobol: 8", "sobol: 16")}}).models->scenario_hash() == hash);
}

TEST_CASE("what only compiling finds is told at the value in the study", "[study][point]") {
  const std::string mistaken =
      with(study, "units.battery.channels: [1, 2]", "prices.round.x: [1]\n  units.battery.channels: [1, 2]");
  CHECK(Ready({{"study.yaml", mistaken}}).check().find("study.yaml:7:3: error: prices.round.x is a price") !=
        std::string::npos);
  const std::string measure = with(study, "measure: [leakers,", "measure: [leekers,");
  CHECK(Ready({{"study.yaml", measure}}).check().find("leekers is no measure of this scenario") !=
        std::string::npos);
  const std::string sizes = with(study, "{sobol: 8}", "{sobol: 9}");
  CHECK(Ready({{"study.yaml", sizes}}).check().find("9 is no power of two") != std::string::npos);
}

TEST_CASE("a warning of the scenario is told once", "[study][point]") {
  const std::string far = std::string(scenario) +
                          "networks: {alone: {}}\nfalse_tracks:\n  birds: {network: alone, rate: 1 / h, at: "
                          "{x: 0 km, y: 0 km}, lasts: 5 min, class: drone}\n";
  const std::string told = Ready({{"base.yaml", far}}).check();
  const std::size_t first = told.find("warning: ");
  REQUIRE(first != std::string::npos);
  CHECK(told.find("warning: ", first + 1) == std::string::npos);
}

TEST_CASE("a point that cannot be compiled says why in one line", "[study][point]") {
  const Ready ready;
  std::string why;
  CHECK_FALSE(ready.models->compile({{0, "0"}}, why));
  CHECK(why == "units.battery.channels: channels is 0 (it lies in [1, 1000])");
}
