// What units that fly book: hours and sorties, and for those that patrol also the time on station.
#include <fmt/format.h>

#include "model/compiler.hpp"
#include "model/layout.hpp"

namespace dronewall {

/// Hours and sorties flown because of intruders; `hours` collects those of the platform over all units.
void Compiler::lay_out_flights(const std::string& platform, Unit& unit, const OwnershipDescription& ownership,
                               LinearForm& hours) {
  const Account account = account_of(ownership, Account::operations);
  LedgerLine flight = line(platform + ".flight-hour", account, unit.name, ownership);
  flight.must_be_priced = true;
  unit.columns.flight_ms =
      add_line(fmt::format("flight-hours.{}@{}", platform, unit.name), millisecond_h, flight);
  hours.terms.emplace_back(unit.columns.flight_ms, 1.0);
  unit.columns.sorties = add_line(fmt::format("sorties.{}", unit.name), 1,
                                  line(platform + ".sortie", account, unit.name, ownership));
  LinearForm sorties = one(unit.columns.sorties);
  if (unit.kind->keeps_aloft() > 0) lay_out_patrol(platform, unit, ownership, hours, sorties);
  measure("sorties." + unit.name, "take-offs", "", sorties);
}

/// Hours and sorties of patrols, which would have been flown without any intruder, and the time on station.
void Compiler::lay_out_patrol(const std::string& platform, Unit& unit, const OwnershipDescription& ownership,
                              LinearForm& hours, LinearForm& sorties) {
  const double counted_s = world_.duration_s - world_.count_from_s;
  const Account account = account_of(ownership, Account::standing);
  LedgerLine flight = line(platform + ".flight-hour", account, unit.name, ownership);
  flight.must_be_priced = true;
  Unit::Columns& c = unit.columns;
  c.patrol_ms = add_line(fmt::format("patrol-hours.{}@{}", platform, unit.name), millisecond_h, flight);
  hours.terms.emplace_back(c.patrol_ms, 1.0);
  c.patrol_sorties = add_line(fmt::format("patrols.{}", unit.name), 1,
                              line(platform + ".sortie", account, unit.name, ownership));
  sorties.terms.emplace_back(c.patrol_sorties, 1.0);
  c.on_station_us = add_column(fmt::format("on-station.{}.time", unit.name), microsecond_s, false);
  c.off_station_us = add_column(fmt::format("off-station.{}.time", unit.name), microsecond_s, false);
  ratio("on-station." + unit.name, "aircraft on the patrol's station, mean over time", "",
        one(c.on_station_us), constant(counted_s), "no time is counted");
  ratio("off-station." + unit.name, "share of time nobody is on the patrol's station", "fraction",
        one(c.off_station_us), constant(counted_s), "no time is counted");
}

}  // namespace dronewall
