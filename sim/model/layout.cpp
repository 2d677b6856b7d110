// The ledger's layout of a scenario: which integers a replication reports, and the measures that are read off
// them.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/compiler.hpp"
#include "model/layout.hpp"

namespace dronewall {

namespace {

constexpr double millimetre_m = 1e-3;

}  // namespace

std::uint32_t Compiler::add_column(std::string name, double quantum, bool is_count) {
  Column column;
  column.name = std::move(name);
  column.quantum = quantum;
  column.is_count = is_count;
  world_.layout.columns.push_back(std::move(column));
  return static_cast<std::uint32_t>(world_.layout.columns.size() - 1);
}

std::uint32_t Compiler::add_line(std::string name, double quantum, LedgerLine line) {
  const std::uint32_t column = add_column(std::move(name), quantum, quantum == 1);
  world_.layout.columns[column].line = std::move(line);
  return column;
}

std::uint32_t Compiler::by_intruder(std::uint32_t column) {
  world_.layout.columns[column].counted_by = CountedBy::intruder;
  return column;
}

void Compiler::measure(std::string name, std::string meaning, std::string unit, LinearForm numerator) {
  world_.layout.measures.push_back(
      {std::move(name), std::move(meaning), std::move(unit), std::move(numerator), std::nullopt, ""});
}

void Compiler::ratio(std::string name, std::string meaning, std::string unit, LinearForm numerator,
                     LinearForm denominator, std::string undefined_because) {
  world_.layout.measures.push_back({std::move(name), std::move(meaning), std::move(unit),
                                    std::move(numerator), std::move(denominator),
                                    std::move(undefined_because)});
}

LedgerLine Compiler::line(const std::string& item, Account account, const std::string& unit,
                          const OwnershipDescription& ownership) const {
  LedgerLine result;
  result.item = item;
  result.account = account;
  result.unit = unit;
  result.nation = ownership.nation.text;
  double total = 0;
  for (const auto& [nation, share] : ownership.paid_by) total += share;
  for (const auto& [nation, share] : ownership.paid_by)
    result.paid_by.emplace_back(nation.text, share / total);
  return result;
}

void Compiler::lay_out_columns() {
  lay_out_outcomes();
  lay_out_attackers();
  lay_out_times();
  lay_out_units();
  for (const auto& [name, sensor] : in_.sensors)
    lay_out_standing(name, sensor.type.given() ? sensor.type.text : name, sensor.count, sensor.ownership);
  lay_out_assets();
  lay_out_costs();
  lay_out_struck();
  lay_out_command();
  lay_out_unresolved();
  for (AreaEffector& effector : world_.effectors) lay_out_effector(effector);
  compile_airports();
  compile_debris();
  lay_out_escort();
}

void Compiler::lay_out_outcomes() {
  CommonColumns& c = world_.columns;
  const auto count_any = [&](const std::string& name, const std::string& meaning) {
    const std::uint32_t column = add_column(name);
    measure(name, meaning, "", one(column));
    return column;
  };
  const auto count = [&](const std::string& name, const std::string& meaning) {
    return by_intruder(count_any(name, meaning));
  };
  const auto count_arrivals = [&](const std::string& name, const std::string& meaning) {
    const std::uint32_t column = count_any(name, meaning);
    world_.layout.columns[column].is_arrivals = true;
    return column;
  };
  c.launched = by_intruder(count_arrivals("intruders.launched", "intruders launched"));
  c.launched_real = count("intruders.real", "hostile intruders launched that are no decoys");
  c.launched_decoys = count("intruders.decoys", "decoys launched, by true class");
  c.launched_hostile = by_intruder(add_column("intruders.hostile"));
  for (std::uint32_t fate = 0; fate < fate_kinds; ++fate) {
    const char* name = name_of(static_cast<FateKind>(fate));
    const std::uint32_t column =
        count(fmt::format("fates.{}", name), fmt::format("intruders whose fate is {}", name));
    if (fate == 0) c.fates = column;
  }
  c.leakers = count("leakers", "hostile intruders that were not stopped and did what they came for");
  c.leakers_real = count("leakers.real", "leakers that are no decoys");
  c.leakers_decoys = count("leakers.decoys", "leakers that are decoys");
  ratio("leak-fraction", "leakers / hostile intruders launched", "fraction", one(c.leakers),
        one(c.launched_hostile), "no hostile intruder was launched");
  c.kills = count("kills", "intruders shot down");
  c.soft_kills = count("soft-kills", "intruders ended by jamming, spoofing or microwaves");
  measure("stopped", "intruders shot down, soft-killed or turned back", "",
          {{{c.fates + static_cast<std::uint32_t>(FateKind::shot_down), 1.0},
            {c.fates + static_cast<std::uint32_t>(FateKind::soft_killed), 1.0},
            {c.fates + static_cast<std::uint32_t>(FateKind::turned_back), 1.0}},
           0});
  for (std::uint32_t stage = 0; stage < stages; ++stage) {
    const char* name = name_of(static_cast<Stage>(stage));
    const std::uint32_t column =
        count(fmt::format("stage.{}", name),
              fmt::format("intruders that got as far as {} in the kill chain", name));
    if (stage == 0) c.stage = column;
  }
  for (std::uint32_t reason = 0; reason < loss_reasons; ++reason) {
    const char* name = name_of(static_cast<LossReason>(reason));
    const std::uint32_t column =
        count(fmt::format("lost.{}", name), fmt::format("leakers whose last chance ended by {}", name));
    if (reason == 0) c.lost = column;
  }
  c.unresolved = count("unresolved", "intruders still aloft at the end");
  if (!in_.false_tracks.empty())
    c.false_tracks = count_arrivals("intruders.false-tracks", "tracks of nothing; they are no intruders");
  if (in_.traffic.empty()) return;
  c.traffic = count_arrivals("intruders.traffic", "civil aircraft that passed; they are no intruders");
  c.traffic_shot = count_any("traffic.shot-down", "civil aircraft shot down");
}

void Compiler::lay_out_attackers() {
  world_.columns.attacks.resize(world_.attacks.size());
  for (std::size_t a = 0; a < world_.attacks.size(); ++a) {
    const Attack& attack = world_.attacks[a];
    if (attack.origin != Origin::attack) continue;  // They cost the attacker nothing.
    OwnershipDescription owner;
    owner.nation = in_.attacks.at(attack.name).nation;
    for (const auto& [threat, share] : attack.mix) {
      const ThreatType& type = world_.threats[threat];
      CommonColumns::PerAttack& columns = world_.columns.attacks[a];
      LedgerLine pieces = line(type.name, Account::attack, attack.name, owner);
      pieces.side = Side::attacker;
      pieces.must_be_priced = true;
      const auto add = [&](const char* what, const LedgerLine& line) {
        return by_intruder(add_line(fmt::format("{}.{}@{}", what, type.name, attack.name), 1, line));
      };
      columns.pieces.push_back(add("pieces", pieces));
      columns.sorties.push_back(no_index);
      if (type.reusable) {
        LedgerLine sorties = pieces;
        sorties.item = type.name + ".sortie";
        columns.sorties.back() = add("sorties", sorties);
      }
      columns.stopped.push_back(add("stopped", pieces));
      world_.layout.columns[columns.stopped.back()].of_stopped = true;
      columns.unresolved.push_back(
          by_intruder(add_column(fmt::format("unresolved.{}@{}", type.name, attack.name))));
    }
  }
}

void Compiler::lay_out_times() {
  CommonColumns& c = world_.columns;
  const auto pair = [&](const std::string& name, const std::string& meaning, const std::string& unit,
                        double quantum, const std::string& never, std::uint32_t& sum, std::uint32_t& number) {
    sum = add_column(name + ".sum", quantum, false);
    number = add_column(name + ".number");
    ratio(name, meaning, unit, one(sum), one(number), never);
  };
  pair("time.first-detection", "entering to first detection, mean of those detected", "s", microsecond_s,
       "nothing that entered was detected", c.detection_us, c.detection_n);
  pair("time.decision", "entering to the decision to engage, mean of those decided on", "s", microsecond_s,
       "nothing was decided on", c.decision_us, c.decision_n);
  pair("time.intercept", "entering to the first intercept (round, dwell or burst arriving), mean", "s",
       microsecond_s, "nothing was intercepted", c.intercept_us, c.intercept_n);
  pair("time.inside", "time inside the defended zones, mean of those that entered", "s", microsecond_s,
       "nothing entered", c.inside_us, c.inside_n);
  pair("range.first-detection", "distance to the goal at first detection, mean", "m", millimetre_m,
       "nothing was detected", c.detection_mm, c.detection_mm_n);
  pair("range.intercept", "distance to the goal at the first intercept, mean", "m", millimetre_m,
       "nothing was intercepted", c.intercept_mm, c.intercept_mm_n);
}

void Compiler::lay_out_units() {
  const double counted_s = world_.duration_s - world_.count_from_s;
  std::map<std::string, LinearForm> rounds, wasted, kills,
      hours;  // Summed over units, by weapon or platform.
  std::vector<bool> met(world_.classes.size(), false);
  for (const ThreatType& threat : world_.threats) met[threat.threat_class] = true;

  for (Unit& unit : world_.units) {
    const UnitDescription& in = in_.units.at(unit.name);
    const std::string platform = in.type.given() ? in.type.text : unit.name;
    LinearForm unit_kills;
    for (Mount& mount : unit.mounts) {
      const std::string& weapon = world_.weapons[mount.weapon].name;
      const std::string at = fmt::format("{}@{}", weapon, unit.name);
      LedgerLine round = line(weapon, Account::munitions, unit.name, in.ownership);
      round.must_be_priced = true;
      mount.rounds_column = add_line("rounds." + at, 1, round);
      mount.wasted_column = add_column("wasted." + at);
      mount.kills_column = add_column("kills." + at);
      rounds[weapon].terms.emplace_back(mount.rounds_column, 1.0);
      wasted[weapon].terms.emplace_back(mount.wasted_column, 1.0);
      kills[weapon].terms.emplace_back(mount.kills_column, 1.0);
      unit_kills.terms.emplace_back(mount.kills_column, 1.0);
      if (mount.rounds == unlimited_rounds) continue;
      mount.stock_end_column = add_column(fmt::format("stock.{}.{}.end", unit.name, weapon));
      mount.empty_us_column =
          add_column(fmt::format("stock.{}.{}.empty", unit.name, weapon), microsecond_s, false);
      measure(fmt::format("stock.{}.{}.end", unit.name, weapon), "rounds left in the launchers at the end",
              "", one(mount.stock_end_column));
      ratio(fmt::format("stock.{}.{}.empty-fraction", unit.name, weapon),
            "share of time an element has none left", "fraction", one(mount.empty_us_column),
            constant(counted_s * unit.count), "no time is counted");
    }
    if (!unit_kills.terms.empty())
      measure("kills.unit." + unit.name, "intruders shot down by this unit", "", unit_kills);
    if (unit.flies) lay_out_flights(platform, unit, in.ownership, hours[platform]);
    if (unit.kind->refuels()) lay_out_tanker(platform, unit, in.ownership, hours[platform]);
    lay_out_standing(unit.name, platform, unit.count, in.ownership);
    if (unit.kind->area() != nullptr) continue;  // Nothing waits for it.

    Unit::Columns& c = unit.columns;
    c.wait_us = add_column(fmt::format("wait.{}.sum", unit.name), microsecond_s, false);
    c.visits = add_column(fmt::format("wait.{}.number", unit.name));
    c.waited = add_column(fmt::format("waited.{}.number", unit.name));
    c.busy_us = add_column(fmt::format("busy.{}.time", unit.name), microsecond_s, false);
    c.reneged = add_column(fmt::format("reneged.{}", unit.name));
    ratio("wait." + unit.name, "mean wait from first engageable to assignment or reneging", "s",
          one(c.wait_us), one(c.visits), "no target could be engaged");
    ratio("waited." + unit.name, "share of targets that waited at all", "fraction", one(c.waited),
          one(c.visits), "no target could be engaged");
    measure("reneged." + unit.name, "targets whose last window closed while they waited", "", one(c.reneged));
    ratio("busy." + unit.name, "busy channels, mean over time", "", one(c.busy_us), constant(counted_s),
          "no time is counted");
    for (ClassId id = 0; id < world_.classes.size(); ++id) {
      if (!met[id]) continue;
      auto& [wait_us, visits] = c.wait_by_class[id];
      wait_us =
          add_column(fmt::format("wait.{}.{}.sum", unit.name, world_.classes[id]), microsecond_s, false);
      visits = add_column(fmt::format("wait.{}.{}.number", unit.name, world_.classes[id]));
      ratio(fmt::format("wait.{}.{}", unit.name, world_.classes[id]), "mean wait of targets of this class",
            "s", one(wait_us), one(visits), "no target of this class could be engaged");
    }
  }
  for (auto& [weapon, form] : rounds) measure("rounds." + weapon, "rounds fired", "", form);
  for (auto& [weapon, form] : wasted)
    measure("wasted." + weapon, "rounds fired at what was dead already", "", form);
  for (auto& [weapon, form] : kills)
    measure("kills." + weapon, "intruders shot down with this weapon", "", form);
  for (auto& [platform, form] : hours)
    measure("hours." + platform, "flight hours, take-off to landing", "h", form);
}

void Compiler::lay_out_assets() {
  std::vector<bool> struck(world_.assets.size(), false), harmlessly(world_.assets.size(), false);
  for (const Attack& attack : world_.attacks) {
    if (attack.asset == no_index) continue;
    struck[attack.asset] = true;
    for (const auto& [threat, share] : attack.mix)
      if (world_.threats[threat].harmless) harmlessly[attack.asset] = true;
  }
  for (std::size_t i = 0; i < world_.assets.size(); ++i) {
    if (!struck[i]) continue;
    Asset& asset = world_.assets[i];
    OwnershipDescription owner;
    owner.nation = in_.assets.at(asset.name).nation;
    owner.paid_by = in_.assets.at(asset.name).paid_by;
    const LedgerLine strike = line("strike." + asset.name, Account::damage, asset.name, owner);
    asset.strikes_column = by_intruder(add_line("strikes." + asset.name, 1, strike));
    if (in_.prices.items.count(strike.item) != 0)
      asset.expected_column = add_expected("strikes." + asset.name, asset.strikes_column);
    LinearForm strikes = one(asset.strikes_column);
    if (harmlessly[i]) {
      asset.harmless_column = by_intruder(add_column("strikes." + asset.name + ".harmless"));
      strikes.terms.emplace_back(asset.harmless_column, 1.0);
    }
    measure("strikes." + asset.name, "intruders that struck this asset", "", strikes);
  }
}

}  // namespace dronewall
