// A small scene whose timeline can be worked out by hand: drones fly west at 50 m/s over a site at the
// origin.
#pragma once
#include <string>

#include "replication/runs.hpp"

namespace dronewall::test {

/// What a test changes of the scene; each text is YAML in flow style.
struct Scene {
  std::string time = "{duration: 2 h}";
  std::string threat = "{class: drone, speed: 50 m/s, altitude: 0 m}";
  std::string attack =
      "{threat: drone, count: 1, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
  std::string more_attacks;
  std::string sensor = "{at: {x: 0 km, y: 0 km}, horizon: none, law: definite}";  // sees everything at once
  std::string weapon = "{range: [0 km, 10 km], altitude: [0 m, 5 km], speed: 1 km/s, pk: {drone: 1}}";
  std::string unit = "{kind: battery, at: {x: 0 km, y: 0 km}, weapons: {round: {magazine: 100}}}";
  std::string more_units;
  std::string doctrine = "{assign: fastest}";
  std::string more;

  [[nodiscard]] std::string text() const {
    return "scenario: A scene\ntime: " + time + "\nthreats:\n  drone: " + threat +
           "\nattacks:\n  raid: " + attack + "\n" + more_attacks + "weapons:\n  round: " + weapon +
           "\nsensors:\n  eye: " + sensor + "\nunits:\n  site: " + unit + "\n" + more_units +
           "doctrine: " + doctrine + "\n" + more +
           "prices: {drone: $10k, round: $100k, site.flight-hour: $1k}\n";
  }
  [[nodiscard]] std::shared_ptr<const Model> model() const { return model_of(text()); }
};

/// A group of n drones `spacing` apart on the scene's route.
inline std::string group(const std::string& count, const std::string& spacing) {
  return "{threat: drone, count: " + count + ", launch: {at: 0 s, spacing: " + spacing +
         "}, route: [{x: 40 km, y: 0 km}, {x: -40 km, y: 0 km}], goal: overfly}";
}

}  // namespace dronewall::test
