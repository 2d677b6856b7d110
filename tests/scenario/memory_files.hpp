// For tests: files from memory, and the tables of a few kinds such as the kinds folder brings.
#pragma once
#include <map>
#include <string>

#include "dronewall/scenario/read.hpp"

namespace dronewall::test {

/// Files by the path that names them; `beside` plays no part.
class MemoryFiles final : public FileSource {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  std::optional<File> read(const std::string& path, const std::string& beside, std::string& why) override {
    asked_.emplace_back(path, beside);
    const auto found = files_.find(path);
    if (found != files_.end()) return File{path, found->second};
    why = "no such file";
    return std::nullopt;
  }
  /// The paths asked for, in order, and the file that named each.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& asked() const { return asked_; }

 private:
  std::map<std::string, std::string> files_;
  std::vector<std::pair<std::string, std::string>> asked_;
};

/// Kinds of every group with the ways of writing that the language has.
inline const KindTables& kinds() {
  const auto table = [](std::string name, std::vector<Key> keys) {
    return KeyTable{std::move(name), "A kind of the tests.", std::move(keys), ""};
  };
  static const KeyTable turn_round{
      "turn_round",
      "Landing to ready again.",
      {{.name = "time",
        .shape = Shape::quantity,
        .dimension = Dimension::time,
        .low = 0,
        .required = true,
        .help = "how long",
        .drawn = Occasion::element},
       {.name = "bays", .dimension = Dimension::count, .low = 1, .help = "how many at once"}}};
  const Key chance{.name = "value",
                   .dimension = Dimension::fraction,
                   .low = 0,
                   .high = 1,
                   .required = true,
                   .help = "chance to be seen at one scan"};
  const Key delay{.name = "value",
                  .shape = Shape::quantity,
                  .dimension = Dimension::time,
                  .low = 0,
                  .required = true,
                  .help = "from entry to detection",
                  .drawn = Occasion::coverage};
  const Key classes{.name = "value",
                    .shape = Shape::names,
                    .required = true,
                    .help = "classes in order",
                    .refers_to = "classes"};
  const auto count = [](std::string name) {
    return Key{.name = std::move(name),
               .dimension = Dimension::count,
               .low = 1,
               .high = 100,
               .required = true,
               .help = "rounds"};
  };
  static const KindTables tables{{
      {"unit", "battery", table("unit.battery", {}), ""},
      {"unit", "pursuer",
       table("unit.pursuer", {{.name = "speed",
                               .dimension = Dimension::speed,
                               .low = 0,
                               .required = true,
                               .help = "towards its target"},
                              {.name = "endurance",
                               .dimension = Dimension::time,
                               .low = 0,
                               .required = true,
                               .help = "take-off to landing"},
                              {.name = "readiness",
                               .shape = Shape::quantity,
                               .dimension = Dimension::time,
                               .low = 0,
                               .fallback = "0 s",
                               .help = "order to take-off",
                               .drawn = Occasion::element},
                              {.name = "turn_round",
                               .shape = Shape::mapping,
                               .help = "landing to ready",
                               .table = &turn_round}}),
       ""},
      {"unit", "area",
       table("unit.area", {{.name = "radius",
                            .dimension = Dimension::length,
                            .low = 0,
                            .required = true,
                            .help = "how far it acts"},
                           {.name = "hazard",
                            .shape = Shape::by_class,
                            .dimension = Dimension::rate,
                            .low = 0,
                            .help = "rate by navigation",
                            .refers_to = "navigations"},
                           {.name = "emits",
                            .shape = Shape::choice,
                            .fallback = "always",
                            .help = "when it emits",
                            .choices = {"always", "on-track"}}}),
       ""},
      {"law", "definite", table("law.definite", {}), ""},
      {"law", "glimpse", table("law.glimpse", {chance}), ""},
      {"law", "delay", table("law.delay", {delay}), ""},
      {"law", "radar",
       table("law.radar",
             {{.name = "snr", .dimension = Dimension::decibel, .required = true, .help = "at the reference"},
              {.name = "at",
               .dimension = Dimension::length,
               .low = 0,
               .required = true,
               .help = "reference range"},
              {.name = "rcs", .dimension = Dimension::area, .low = 0, .required = true, .help = "reference"},
              {.name = "pfa", .low = 0, .high = 1, .fallback = "1e-6", .help = "chance of a false alarm"}}),
       ""},
      {"next", "first-come", table("next.first-come", {}), ""},
      {"next", "time-left", table("next.time-left", {}), ""},
      {"next", "class", table("next.class", {classes}), ""},
      {"assign", "nearest", table("assign.nearest", {}), ""},
      {"assign", "fastest", table("assign.fastest", {}), ""},
      {"assign", "best-value", table("assign.best-value", {}), ""},
      {"assign", "worth-it",
       table("assign.worth-it", {{.name = "worth",
                                  .shape = Shape::by_class,
                                  .dimension = Dimension::money,
                                  .low = 0,
                                  .required = true,
                                  .help = "what a stopped intruder is worth",
                                  .refers_to = "classes"}}),
       ""},
      {"fire", "shoot-look-shoot", table("fire.shoot-look-shoot", {}), ""},
      {"fire", "salvo", table("fire.salvo", {count("n")}), "n"},
      {"fire", "shoot-shoot-look", table("fire.shoot-shoot-look", {count("n"), count("m")}), "n .. m"},
  }};
  return tables;
}

/// What reading one text gave: the description, and the problems as they are printed.
struct ReadResult {
  ScenarioDescription scenario;
  std::string problems;
};

/// Reads `main.yaml` of `files`.
inline ReadResult read(std::map<std::string, std::string> files, const ReadOptions& options = {}) {
  MemoryFiles source(std::move(files));
  Sources sources;
  Problems problems(sources);
  ReadResult result;
  result.scenario = read_scenario("main.yaml", source, kinds(), options, problems);
  result.problems = problems.text();
  return result;
}

/// Ten drones against one battery: the smallest whole scenario, to which a test adds its own sections.
inline std::string minimal(const std::string& more = "") {
  return R"(scenario: Ten drones against one battery
time: {duration: 1 h}
threats:
  target-drone: {class: drone, speed: 50 m/s, altitude: 100 m, rcs: 0.1 m2}
weapons:
  round: {range: [0 km, 10 km], altitude: [0 m, 3 km], speed: 1 km/s, reaction: 5 s, pk: {drone: 0.7}}
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
doctrine: {assign: fastest, fire: shoot-look-shoot}
)" + more;
}

}  // namespace dronewall::test
