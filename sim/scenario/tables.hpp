// The key tables of the language, one function per mapping that a scenario may hold. The reader, the JSON
// Schema and the manual's tables walk the same ones; what a kind brings itself lies in KindTables.
#pragma once
#include "dronewall/scenario/key_table.hpp"

namespace dronewall {

/// Top level of a scenario file; of a catalog, which is a subset and whose rows lie under the scenario's own.
[[nodiscard]] const KeyTable& scenario_table();
[[nodiscard]] const KeyTable& catalog_table();
[[nodiscard]] const KeyTable& time_table();

[[nodiscard]] const KeyTable& point_table();
[[nodiscard]] const KeyTable& zone_table();
[[nodiscard]] const KeyTable& circle_table();
[[nodiscard]] const KeyTable& asset_table();
[[nodiscard]] const KeyTable& network_table();
[[nodiscard]] const KeyTable& debris_table();
[[nodiscard]] const KeyTable& closes_table();
[[nodiscard]] const KeyTable& false_track_table();
[[nodiscard]] const KeyTable& traffic_table();

[[nodiscard]] const KeyTable& threat_table();
[[nodiscard]] const KeyTable& attack_table();
[[nodiscard]] const KeyTable& launch_table();
[[nodiscard]] const KeyTable& goal_table();
[[nodiscard]] const KeyTable& repeat_table();

[[nodiscard]] const KeyTable& sensor_table();
[[nodiscard]] const KeyTable& sees_table();

[[nodiscard]] const KeyTable& weapon_table();
[[nodiscard]] const KeyTable& assess_table();
[[nodiscard]] const KeyTable& unit_table();
[[nodiscard]] const KeyTable& mount_table();
[[nodiscard]] const KeyTable& outages_table();
[[nodiscard]] const KeyTable& doctrine_table();
[[nodiscard]] const KeyTable& reserve_table();

[[nodiscard]] const KeyTable& command_table();
[[nodiscard]] const KeyTable& identify_table();
[[nodiscard]] const KeyTable& rule_table();
[[nodiscard]] const KeyTable& down_table();

[[nodiscard]] const KeyTable& price_table();
[[nodiscard]] const KeyTable& learning_table();
[[nodiscard]] const KeyTable& annuity_table();
/// An entry of `costs`: what belongs to no unit.
[[nodiscard]] const KeyTable& cost_table();
/// Keys that say who owns and pays for something: nation, paid_by, account, life.
[[nodiscard]] const std::vector<Key>& ownership_keys();
[[nodiscard]] const KeyTable& reported_table();

/// A study file, and what stands in it.
[[nodiscard]] const KeyTable& study_table();
[[nodiscard]] const KeyTable& replications_table();
[[nodiscard]] const KeyTable& morris_table();
[[nodiscard]] const KeyTable& select_table();
[[nodiscard]] const KeyTable& attacker_table();

/// `keys` and what any row may say of its origin (`source: …`), which is kept out of the description.
[[nodiscard]] std::vector<Key> with_origin(std::vector<Key> keys);

/// The key of that name, or nullptr.
[[nodiscard]] const Key* find_key(const KeyTable& table, const std::string& name);

/// A table for one use: `base`, then the keys of the kind that it was found to be ("unit.pursuer").
[[nodiscard]] KeyTable merged_table(const KeyTable& base, const std::string& name,
                                    const std::vector<const KeyTable*>& more);

/// Whether `key` (or, with `table` "unit.kind", that kind) belongs to a part of the product that this version
/// does not simulate yet: such words get their own message instead of "unknown key".
[[nodiscard]] bool is_unsimulated(const std::string& table, const std::string& key);

}  // namespace dronewall
