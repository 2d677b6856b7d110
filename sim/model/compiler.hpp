// The compiler's workbench: the description that goes in, the world that comes out, and what its parts share.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dronewall/model/kind.hpp"
#include "dronewall/model/world.hpp"
#include "dronewall/scenario/description.hpp"

namespace dronewall {

/// Turns a ScenarioDescription into a World. One public step per section, in the order of compile().
class Compiler final : public BuildContext {
 public:
  Compiler(const ScenarioDescription& scenario, const KindBuilders& builders, Problems& problems,
           World& world)
      : in_(scenario), builders_(builders), problems_(problems), world_(world) {}

  void compile();

  [[nodiscard]] Problems& problems() override { return problems_; }
  [[nodiscard]] ClassId class_id(const std::string& name) override;
  [[nodiscard]] Drawn compile(const Quantity& quantity, const std::string& path) override;
  [[nodiscard]] Vec2 place(const PointDescription& point) override;
  [[nodiscard]] const Region* zone(const Name& name) const override;
  /// A probability: drawn once per raid unless the scenario says once per replication.
  [[nodiscard]] Drawn compile_chance(const Quantity& quantity, const std::string& path);

 private:
  // space.cpp
  void choose_projection();
  void compile_zones();
  [[nodiscard]] Waypoint waypoint(const PointDescription& point, const std::string& path);
  [[nodiscard]] std::vector<Site> sites(const SitingDescription& siting, std::uint32_t count,
                                        double height_m);

  // threats.cpp
  void compile_threats();
  void compile_assets();
  void compile_attacks();
  void compile_raids();
  Attack compile_attack(const AttackDescription& attack);

  // struck.cpp
  void compile_struck();
  std::uint32_t struck_defence(const Name& name);
  void compile_outline();
  void lay_out_struck();
  void lay_out_escort();

  // background.cpp
  void compile_background();
  void compile_background(const BackgroundDescription& background, Origin origin);
  void check_positive(const Drawn& drawn, Place place, const char* key, const std::string& name);
  [[nodiscard]] std::uint32_t network_of_background(const BackgroundDescription& background);

  // areas.cpp
  void compile_effectors();
  void compile_airports();
  void compile_debris();
  void add_debris(const std::string& owner, const DebrisDescription& debris,
                  const OwnershipDescription& bearer, Region region);
  void lay_out_effector(AreaEffector& effector);

  // defences.cpp
  void compile_networks();
  void compile_conditions();
  void compile_sensors();
  void compile_weapons();
  void resolve_pk();
  void compile_units();
  void compile_unit(const UnitDescription& unit);
  std::uint32_t compile_doctrine(const DoctrineDescription& doctrine, const std::string& path);
  [[nodiscard]] Assessment compile_assessment(const WeaponDescription::Assess& assess,
                                              const std::string& path);
  const CompiledKind* build(const std::string& group, const KindUse& use, const std::string& path);
  void pair_addresses();

  // commands.cpp
  void compile_commands();
  void pair_with_commands(const Attack& attack);
  void bind_units(const CommandDescription& command, std::uint32_t index);
  void compile_identification(const CommandDescription& command, std::uint32_t index);
  [[nodiscard]] Rule compile_rule(const RuleDescription& rule, const CommandDescription& command,
                                  std::uint32_t network, const std::string& path);
  std::uint32_t ground_of(const RuleDescription& rule, double ahead_s, std::uint32_t network);
  std::uint32_t authority_of(const CommandDescription& command, std::uint32_t index,
                             const std::string& nation);
  std::uint32_t add_post(const CommandDescription& command, std::uint32_t index, const std::string& name,
                         std::optional<std::uint32_t> desks);

  // sense.cpp
  void check_sense();
  void check_cross_sections();
  void warn_blind_networks();
  void warn_unheard_tracks();
  void warn_late_attacks();
  void warn_far_places();
  // endless_fire.cpp
  void check_endless_fire();
  [[nodiscard]] bool is_taken_for(std::uint32_t network, ClassId true_class, ClassId perceived) const;
  [[nodiscard]] std::string undying(const Weapon& weapon, std::uint32_t network) const;
  // tankers.cpp
  void share_tankers();
  void check_patrols();
  void lay_out_tanker(const std::string& platform, const Unit& unit, const OwnershipDescription& ownership,
                      LinearForm& hours);

  // layout.cpp
  void lay_out_columns();
  std::uint32_t add_column(std::string name, double quantum = 1, bool is_count = true);
  std::uint32_t add_line(std::string name, double quantum, LedgerLine line);
  /// Says of a column that no intruder counts twice in it; the column.
  std::uint32_t by_intruder(std::uint32_t column);
  void measure(std::string name, std::string meaning, std::string unit, LinearForm numerator);
  void ratio(std::string name, std::string meaning, std::string unit, LinearForm numerator,
             LinearForm denominator, std::string undefined_because);
  void lay_out_attackers();
  void lay_out_outcomes();
  void lay_out_times();
  void lay_out_units();
  void lay_out_flights(const std::string& platform, Unit& unit, const OwnershipDescription& ownership,
                       LinearForm& hours);
  void lay_out_patrol(const std::string& platform, Unit& unit, const OwnershipDescription& ownership,
                      LinearForm& hours, LinearForm& sorties);
  void lay_out_standing(const std::string& owner, const std::string& type, std::uint32_t count,
                        const OwnershipDescription& ownership);
  void lay_out_hours(const std::string& owner, const std::string& type, std::uint32_t count,
                     const OwnershipDescription& ownership);
  void lay_out_acquisition(const std::string& owner, const std::string& type, std::uint32_t count,
                           const OwnershipDescription& ownership);
  void lay_out_costs();
  void lay_out_unresolved();
  /// The column of the expectation of what `counted` counts, a line of the same cost.
  std::uint32_t add_expected(const std::string& name, std::uint32_t counted);
  void lay_out_assets();

  // layout_command.cpp
  void lay_out_command();
  void lay_out_post(Post& post);

  // layout.cpp
  [[nodiscard]] LedgerLine line(const std::string& item, Account account, const std::string& unit,
                                const OwnershipDescription& ownership) const;

  // checks
  void name_address(const std::string& name, Entity entity);
  [[nodiscard]] std::uint32_t network_of(const Name& name);
  template <class Map>
  [[nodiscard]] static std::uint32_t index_of(const Map& map, const std::string& name) {
    const auto found = map.find(name);
    return found == map.end() ? no_index : static_cast<std::uint32_t>(std::distance(map.begin(), found));
  }

  const ScenarioDescription& in_;
  const KindBuilders& builders_;
  Problems& problems_;
  World& world_;
  std::string building_;  ///< path of what a kind is being built for, with a dot; else empty
  std::map<std::string, ClassId> class_ids_;
  std::map<std::uint64_t, std::string> addresses_;  // for the collision check
  std::map<std::string, const OwnershipDescription*> owners_;
};

/// The address of a name: prefix and name hashed together, so a unit and an attack of one name differ.
[[nodiscard]] Entity named_entity(std::string_view prefix, std::string_view name);

}  // namespace dronewall
