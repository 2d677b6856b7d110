// Areas: effectors by what each threat minds, airports that close, places where debris does damage; and what
// they report.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/compiler.hpp"

namespace dronewall {

namespace {

constexpr double microsecond_h = 1e-6 / 3600;

/// What an effector does to a navigation: its own entry, else that of `any`; nullptr when it does nothing.
const std::pair<Name, Quantity>* entry_of(const AreaKeys& keys, const std::string& navigation) {
  const auto find = [&](const std::string& name) -> const std::pair<Name, Quantity>* {
    for (const auto& entry : keys.by_navigation)
      if (entry.first.text == name) return &entry;
    return nullptr;
  };
  const auto* own = navigation.empty() ? nullptr : find(navigation);
  return own != nullptr ? own : find("any");
}

}  // namespace

void Compiler::compile_effectors() {
  for (std::uint32_t u = 0; u < world_.units.size(); ++u) {
    const Unit& unit = world_.units[u];
    const AreaKeys* keys = unit.kind == nullptr ? nullptr : unit.kind->area();
    if (keys == nullptr) continue;
    AreaEffector effector;
    effector.unit = u;
    effector.radius_m = keys->radius_m;
    effector.emission = keys->emission;
    effector.law = keys->law;
    const char* law = keys->law == AreaLaw::hazard ? "hazard" : "at_entry";
    effector.effect.resize(world_.threats.size());
    std::uint32_t index = 0;
    for (const auto& [name, threat] : in_.threats) {
      if (const auto* entry = entry_of(*keys, threat.navigation.text))
        effector.effect[index] =
            compile_chance(entry->second, fmt::format("units.{}.{}.{}", unit.name, law, entry->first.text));
      ++index;
    }
    world_.effectors.push_back(std::move(effector));
  }
}

void Compiler::lay_out_effector(AreaEffector& effector) {
  const Unit& unit = world_.units[effector.unit];
  effector.soft_kills_column = add_column("soft-kills." + unit.name);
  measure("soft-kills." + unit.name, "intruders that this area effector ended", "",
          {{{effector.soft_kills_column, 1.0}}, 0});
  const std::string name = "emission-hours." + unit.name;
  effector.emission_us_column = add_column(name, microsecond_h, false);
  if (unit.kind->area()->collateral)
    world_.layout.columns[effector.emission_us_column].line =
        line(unit.name + ".emission-hour", Account::disruption, unit.name, in_.units.at(unit.name).ownership);
  measure(name, "hours in which its elements emit", "h", {{{effector.emission_us_column, 1.0}}, 0});
}

void Compiler::compile_airports() {
  for (std::size_t i = 0; i < world_.assets.size(); ++i) {
    const AssetDescription& asset = in_.assets.at(world_.assets[i].name);
    if (!asset.closes) continue;
    const std::string& name = asset.name.text;
    OwnershipDescription owner;
    owner.nation = asset.nation;
    owner.paid_by = asset.paid_by;
    LedgerLine closure = line("closure." + name, Account::disruption, name, owner);
    closure.must_be_priced = true;
    LedgerLine hour = closure;
    hour.item += ".hour";
    ClosingAirport airport;
    airport.at = world_.assets[i].at;
    airport.within_m = asset.closes->within_m;
    airport.reopens_after_s = asset.closes->reopens_after_s;
    airport.network = asset.closes->network.given() ? network_of(asset.closes->network) : no_index;
    airport.count_column = add_line(fmt::format("closures.{}.count", name), 1, closure);
    airport.time_us_column = add_line(fmt::format("closures.{}.hours", name), microsecond_h, hour);
    measure(fmt::format("closures.{}.count", name), "times that it closed", "",
            {{{airport.count_column, 1.0}}, 0});
    measure(fmt::format("closures.{}.hours", name), "how long it was closed", "h",
            {{{airport.time_us_column, 1.0}}, 0});
    if (asset.closes->flights_per_s)
      measure(fmt::format("closures.{}.flights", name), "flights that would have used it while it was closed",
              "", {{{airport.time_us_column, *asset.closes->flights_per_s * 3600}}, 0});
    world_.airports.push_back(airport);
  }
}

void Compiler::compile_debris() {
  std::uint32_t index = 0;
  for (const auto& [name, zone] : in_.zones) {
    OwnershipDescription bearer;
    if (zone.debris) {
      bearer.nation = zone.debris->nation;
      add_debris(name, *zone.debris, bearer, world_.zones[index]);
    }
    ++index;
  }
  for (const Asset& compiled : world_.assets) {
    const AssetDescription& asset = in_.assets.at(compiled.name);
    if (!asset.debris) continue;
    const std::uint32_t zone = index_of(in_.zones, asset.zone.text);
    const Region region = asset.debris->radius_m || zone == no_index
                              ? Region::circle(compiled.at, asset.debris->radius_m.value_or(0))
                              : world_.zones[zone];
    if (const auto other = in_.zones.find(compiled.name); other != in_.zones.end() && other->second.debris)
      problems_.error(asset.debris->place,
                      fmt::format("the zone {} has debris too (both would be debris.{})",
                                  escaped(compiled.name), escaped(compiled.name)),
                      "leave one, or give one of them another name");
    OwnershipDescription bearer;
    bearer.nation = asset.debris->nation.given() ? asset.debris->nation : asset.nation;
    if (!asset.debris->nation.given()) bearer.paid_by = asset.paid_by;
    add_debris(compiled.name, *asset.debris, bearer, region);
  }
}

void Compiler::add_debris(const std::string& owner, const DebrisDescription& debris,
                          const OwnershipDescription& bearer, Region region) {
  DebrisArea area;
  area.region = std::move(region);
  area.entity = named_entity("debris", owner);
  name_address("debris on " + owner, area.entity);
  area.chance = compile_chance(debris.chance, "debris." + owner);
  area.column = add_line("debris." + owner, 1, line("debris." + owner, Account::damage, owner, bearer));
  measure("debris." + owner, "damages by what fell down here", "", {{{area.column, 1.0}}, 0});
  world_.debris.push_back(std::move(area));
}

}  // namespace dronewall
