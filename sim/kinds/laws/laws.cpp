#include "kinds/laws/laws.hpp"

#include <string>

namespace dronewall {

std::string law_example(const char* law) {
  return std::string(
             "scenario: A sensor\n"
             "time: {duration: 1 h}\n"
             "threats: {shahed: {class: drone, speed: 50 m/s, altitude: 300 m, rcs: 0.05 m2}}\n"
             "sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 40 km, period: 5 s, law: ") +
         law +
         "}}\n"
         "assets: {depot: {at: {x: 0 km, y: 0 km}}}\n"
         "attacks: {raid: {threat: shahed, count: 5, launch: {at: 0 s, spacing: 60 s}, route: [{x: 60 km, y: "
         "5 km}], "
         "goal: {strike: depot}}}\n"
         "prices: {shahed: $35k}\n";
}

}  // namespace dronewall
