// Tankers: what each gives to the aircraft of its network, and its hours, which pass whether or not anybody
// comes.
#include <cmath>

#include <fmt/format.h>

#include "model/compiler.hpp"
#include "model/layout.hpp"

namespace dronewall {

/// Tells every unit that flies which tankers serve it.
void Compiler::share_tankers() {
  for (const Unit& tanker : world_.units) {
    const auto refuelling = tanker.kind != nullptr ? tanker.kind->refuels() : std::nullopt;
    if (!refuelling) continue;
    const UnitDescription& in = in_.units.at(tanker.name);
    if (!in.weapons.empty() || !in.availability.is_constant() || in.availability.a < 1 || in.outage_up_s ||
        in.needs.given())
      problems_.error(
          in.name.place,
          fmt::format("{} is a tanker (it is aloft for the whole run and carries no weapons)",
                      escaped(tanker.name)),
          "leave weapons, availability, outages and needs; for a night without it leave the unit");
    const double gives_s = (refuelling->gives_s - refuelling->time_s) * refuelling->times;
    for (Unit& unit : world_.units) {
      if (!unit.flies || unit.network != tanker.network) continue;
      unit.more_endurance_s += gives_s * tanker.count;
      unit.tankers.insert(unit.tankers.end(), tanker.count, *refuelling);
    }
  }
}

void Compiler::check_patrols() {
  for (const Unit& unit : world_.units) {
    if (!unit.flies || unit.kind->keeps_aloft() == 0 || unit.count == 0) continue;
    const Vec2 base = world_.elements[unit.first_element].site.at;
    const std::string why = unit.kind->why_no_patrol(unit.count, base, unit.more_endurance_s);
    if (!why.empty())
      problems_.error(in_.units.at(unit.name).kind.own.place_of("patrol"),
                      fmt::format("{} cannot keep up its patrol: {}", escaped(unit.name), why));
  }
}

/// A tanker's flight hours: the whole counted time, of each element.
void Compiler::lay_out_tanker(const std::string& platform, const Unit& unit,
                              const OwnershipDescription& ownership, LinearForm& hours) {
  const double counted_s = world_.duration_s - world_.count_from_s;
  const Account account = account_of(ownership, Account::standing);
  LedgerLine flight = line(platform + ".flight-hour", account, unit.name, ownership);
  flight.must_be_priced = true;
  const std::uint32_t column =
      add_line(fmt::format("flight-hours.{}@{}", platform, unit.name), millisecond_h, flight);
  hours.terms.emplace_back(column, 1.0);
  world_.constant_columns.emplace_back(column, std::llround(counted_s * 1000) * unit.count);
}

}  // namespace dronewall
