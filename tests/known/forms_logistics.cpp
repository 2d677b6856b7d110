// Closed forms of logistics: what it takes to keep something up.
#include <cmath>

#include "closed_forms.hpp"

namespace dronewall::known {
namespace {

double sortie_h(const Parameters& p) { return p.at("on") + 2 * p.at("transit"); }
/// Aircraft that fly in turn so that one is always on station.
double fleet(const Parameters& p) { return std::ceil((sortie_h(p) + p.at("turn")) / p.at("on")); }
double flight_h_per_day(const Parameters& p) { return 24 * sortie_h(p) / p.at("on"); }

/// Of a fleet that is too small, each takes off as soon as it is ready: the share of time somebody is there.
double share_covered(const Parameters& p) { return p.at("n") * p.at("on") / (sortie_h(p) + p.at("turn")); }

}  // namespace

const std::vector<ClosedForm>& logistics_forms() {
  static const std::vector<ClosedForm> forms{{"L07", "fleet", fleet},
                                             {"L07", "flight_h_per_day", flight_h_per_day},
                                             {"L07", "share_covered", share_covered}};
  return forms;
}

}  // namespace dronewall::known
