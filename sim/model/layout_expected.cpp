// Columns beside the counts: what losses were to be expected at the last chance, and what intruders that are
// still aloft at the end could yet add.
#include <fmt/format.h>

#include "model/compiler.hpp"
#include "model/layout.hpp"

namespace dronewall {

std::uint32_t Compiler::add_expected(const std::string& name, std::uint32_t counted) {
  const std::uint32_t column = add_line("expected-" + name, billionth, *world_.layout.columns[counted].line);
  world_.layout.columns[column].expectation_of = counted;
  world_.layout.columns[column].counted_by = world_.layout.columns[counted].counted_by;
  return column;
}

void Compiler::lay_out_unresolved() {
  const CommonColumns& c = world_.columns;
  const auto fate = [&](FateKind kind) { return c.fates + static_cast<std::uint32_t>(kind); };
  for (std::size_t a = 0; a < world_.attacks.size(); ++a) {
    const Attack& attack = world_.attacks[a];
    if (attack.origin != Origin::attack) continue;  // They have no fate.
    const bool strikes = attack.goal == GoalKind::strike && attack.asset != no_index;
    for (std::size_t place = 0; place < attack.mix.size(); ++place) {
      const ThreatType& threat = world_.threats[attack.mix[place].first];
      const CommonColumns::PerAttack& columns = c.attacks[a];
      Unresolved one;
      one.column = columns.unresolved[place];
      for (Unresolved::Additions* all : {&one.stopped, &one.worst})
        *all = {{one.column, -1}, {c.unresolved, -1}, {fate(FateKind::still_aloft), -1}};
      one.stopped.insert(one.stopped.end(),
                         {{fate(FateKind::shot_down), 1}, {c.kills, 1}, {columns.stopped[place], 1}});
      if (threat.reusable) one.stopped.emplace_back(columns.pieces[place], 1);
      if (threat.hostile) {
        one.worst.emplace_back(c.leakers, 1);
        one.worst.emplace_back(threat.decoy ? c.leakers_decoys : c.leakers_real, 1);
      }
      one.worst.emplace_back(fate(strikes ? FateKind::struck : FateKind::ended_its_route), 1);
      if (strikes) {
        const Asset& asset = world_.assets[attack.asset];
        one.worst.emplace_back(asset.strikes_column, 1);
        if (asset.expected_column != no_index) one.worst.emplace_back(asset.expected_column, 1'000'000'000);
        if (threat.reusable) one.worst.emplace_back(columns.pieces[place], 1);
      }
      world_.layout.unresolved.push_back(std::move(one));
    }
  }
}

}  // namespace dronewall
