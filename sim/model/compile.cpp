#include <algorithm>

#include <fmt/format.h>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/model/model.hpp"
#include "model/compiler.hpp"

namespace dronewall {

const char* name_of(FateKind fate) {
  switch (fate) {
    case FateKind::shot_down:
      return "shot-down";
    case FateKind::soft_killed:
      return "soft-killed";
    case FateKind::failed_by_itself:
      return "failed-by-itself";
    case FateKind::struck:
      return "struck";
    case FateKind::ended_its_route:
      return "ended-its-route";
    case FateKind::left_the_area:
      return "left-the-area";
    case FateKind::turned_back:
      return "turned-back";
    case FateKind::still_aloft:
      return "still-aloft";
  }
  expects(false);
}

const char* name_of(LossReason reason) {
  switch (reason) {
    case LossReason::never_seen:
      return "never-seen";
    case LossReason::seen_too_late:
      return "seen-too-late";
    case LossReason::held_by_rule:
      return "held-by-rule";
    case LossReason::awaiting_decision:
      return "awaiting-decision";
    case LossReason::no_unit_in_reach:
      return "no-unit-in-reach";
    case LossReason::channels_busy:
      return "channels-busy";
    case LossReason::magazine_empty:
      return "magazine-empty";
    case LossReason::missed:
      return "missed";
  }
  expects(false);
}

const char* name_of(Stage stage) {
  switch (stage) {
    case Stage::launched:
      return "launched";
    case Stage::detected:
      return "detected";
    case Stage::classified:
      return "classified";
    case Stage::authorised:
      return "authorised";
    case Stage::assigned:
      return "assigned";
    case Stage::engaged:
      return "engaged";
    case Stage::killed:
      return "killed";
  }
  expects(false);
}

Entity named_entity(std::string_view prefix, std::string_view name) {
  std::string text(prefix);
  text += ':';
  text += name;
  return entity_of(text.data(), text.size());
}

ClassId Compiler::class_id(const std::string& name) {
  const auto [found, is_new] = class_ids_.try_emplace(name, static_cast<ClassId>(world_.classes.size()));
  if (is_new) world_.classes.push_back(name);
  return found->second;
}

Distribution distribution_of(const Quantity& q) {
  switch (q.kind) {
    case DistributionKind::constant:
      return Distribution::constant(q.a + q.shift);
    case DistributionKind::exponential:
      return Distribution::exponential(q.a).shifted(q.shift);
    case DistributionKind::uniform:
      return Distribution::uniform(q.a, q.b).shifted(q.shift);
    case DistributionKind::triangular:
      return Distribution::triangular(q.a, q.b, q.c).shifted(q.shift);
    case DistributionKind::pert:
      return Distribution::pert(q.a, q.b, q.c).shifted(q.shift);
    case DistributionKind::normal:
      return Distribution::normal(q.a, q.b).shifted(q.shift);
    case DistributionKind::lognormal:
      return Distribution::lognormal(q.a, q.b).shifted(q.shift);
    case DistributionKind::poisson:
      return Distribution::poisson(q.a).shifted(q.shift);
    case DistributionKind::beta:
      return Distribution::beta(q.a, q.b).shifted(q.shift);
    case DistributionKind::gamma:
      return Distribution::gamma(q.a, q.b).shifted(q.shift);
    case DistributionKind::discrete:
      return Distribution::discrete(q.points).shifted(q.shift);
  }
  expects(false);
}

Drawn Compiler::compile(const Quantity& quantity, const std::string& path) {
  Drawn drawn;
  drawn.distribution = distribution_of(quantity);
  drawn.level = quantity.level;
  if (quantity.level != DrawLevel::natural) drawn.entity = named_entity("draw", building_ + path);
  return drawn;
}

Drawn Compiler::compile_chance(const Quantity& quantity, const std::string& path) {
  Quantity shared = quantity;
  if (shared.level != DrawLevel::replication) shared.level = DrawLevel::raid;
  return compile(shared, path);
}

void Compiler::name_address(const std::string& name, Entity entity) {
  const auto [found, is_new] = addresses_.try_emplace(entity.hash, name);
  if (!is_new && found->second != name)
    problems_.error(
        in_.file.place,
        fmt::format("{} and {} have the same address of draws (48-bit hashes collide)", found->second, name),
        "rename one of them");
}

const CompiledKind* Compiler::build(const std::string& group, const KindUse& use, const std::string& path) {
  const KindBuilders::Entry* entry = builders_.find(group, use.kind.text);
  if (entry == nullptr) return nullptr;  // The reader has reported the unknown kind.
  building_ = path + ".";
  world_.kinds.push_back(entry->build(use, *this));
  building_.clear();
  return world_.kinds.back().get();
}

void Compiler::compile() {
  world_.title = in_.title;
  world_.duration_s = in_.time.duration_s;
  world_.settle_s = in_.time.settle_s;
  world_.count_from_s = in_.time.count_from_s;
  world_.start_unix_s = in_.time.start_unix_s.value_or(0);
  if (world_.duration_s > 0 && !(world_.count_from_s < world_.duration_s))
    problems_.error(in_.time.place,
                    "count_from is not before the end of the duration (nothing would be counted)");

  choose_projection();
  compile_zones();
  compile_networks();
  compile_conditions();
  compile_threats();
  compile_assets();
  compile_attacks();
  compile_raids();
  compile_background();
  compile_sensors();
  compile_weapons();
  compile_units();
  compile_struck();
  compile_outline();
  compile_commands();
  share_tankers();
  check_patrols();
  compile_effectors();
  resolve_pk();
  pair_addresses();
  check_sense();
  if (!problems_.has_errors()) lay_out_columns();
}

void Compiler::pair_addresses() {
  for (const Attack& attack : world_.attacks) {
    for (const Sensor& sensor : world_.sensors) {
      world_.attack_sensor.push_back(pair_of(attack.entity, sensor.entity));
      name_address(attack.name + " seen by " + sensor.name, world_.attack_sensor.back());
    }
    for (const Element& element : world_.elements) {
      world_.attack_element.push_back(pair_of(attack.entity, element.entity));
      name_address(attack.name + " engaged by " + element.name, world_.attack_element.back());
    }
    pair_with_commands(attack);
  }
  std::uint32_t shooting_networks = 0;
  std::vector<bool> shoots(world_.networks.size());
  bool mistakes_dead_for_alive = false;
  for (const Unit& unit : world_.units) {
    if (unit.mounts.empty()) continue;
    if (!shoots[unit.network]) ++shooting_networks;
    shoots[unit.network] = true;
    mistakes_dead_for_alive |= world_.doctrines[unit.doctrine].assess.dead_seen_alive > 0;
  }
  for (const Weapon& weapon : world_.weapons)
    mistakes_dead_for_alive |= weapon.assess && weapon.assess->dead_seen_alive > 0;
  if (shooting_networks > 64)
    problems_.error(in_.file.place,
                    fmt::format("{} networks have units that shoot (at most 64)", shooting_networks));
  const bool flights_change = std::any_of(world_.attacks.begin(), world_.attacks.end(),
                                          [](const Attack& attack) { return attack.turns_back.has_value(); });
  world_.engagements_are_private = shooting_networks <= 1 && !mistakes_dead_for_alive && !flights_change &&
                                   world_.struck.empty() &&
                                   !world_.command.is_there();  // A verdict may end before the reaction does.
}

Model::Model(std::unique_ptr<World> world) : world_(std::move(world)) {}
Model::~Model() = default;
const LedgerLayout& Model::layout() const { return world_->layout; }

std::shared_ptr<const Model> Model::compile(const ScenarioDescription& scenario, const KindBuilders& kinds,
                                            Problems& problems) {
  auto world = std::make_unique<World>();
  Compiler(scenario, kinds, problems, *world).compile();
  if (problems.has_errors()) return nullptr;
  return std::shared_ptr<const Model>(new Model(std::move(world)));
}

}  // namespace dronewall
