// The readers of a scenario's sections: a row's tree in, a description out. Each reports what is wrong to
// `reading.problems`; a row that gave a problem is returned as far as it went, and its caller leaves it out.
#pragma once
#include "dronewall/scenario/read.hpp"
#include "scenario/reading.hpp"

namespace dronewall {

[[nodiscard]] TimeDescription read_time(const Tree& node, Place owner, Reading& reading);
/// A zone; GeoJSON files are taken from `files`, beside the file that names them, and folded into
/// `text_hash`.
[[nodiscard]] ZoneDescription read_zone(const Name& name, const Tree& node, FileSource& files,
                                        std::uint64_t& text_hash, Reading& reading);
/// The figures of `reported`; `rows` is what was read of the list with the top level, nullptr where that has
/// mistakes: its own are told all the same.
[[nodiscard]] std::vector<ReportedDescription> read_reported(const Tree& list, const Values::Value* rows,
                                                             Reading& reading);
/// A figure of any measure: a count, a fraction, a time, a length, money in the report's currency. Which it
/// must be is known only when the measures are.
[[nodiscard]] std::optional<double> read_figure(const Tree& node, Reading& reading);
[[nodiscard]] NetworkDescription read_network(const Name& name, const Tree& node, Reading& reading);
[[nodiscard]] ThreatDescription read_threat(const Name& name, const Tree& node, Reading& reading);
[[nodiscard]] WeaponDescription read_weapon(const Name& name, const Tree& node, Reading& reading);
[[nodiscard]] AttackDescription read_attack(const Name& name, const Tree& node, const Tree& root,
                                            Reading& reading);
/// An asset; what a hit costs goes to `reading.own_money`.
[[nodiscard]] AssetDescription read_asset(const Name& name, const Tree& node, const Tree& root,
                                          Reading& reading);
/// An entry of `costs`; its money goes to `reading.own_money`.
[[nodiscard]] CostDescription read_cost(const Name& name, const Tree& node, Reading& reading);
[[nodiscard]] BackgroundDescription read_false_tracks(const Name& name, const Tree& node, Reading& reading);
[[nodiscard]] BackgroundDescription read_traffic(const Name& name, const Tree& node, Reading& reading);
/// `debris:` of a zone or asset named `owner`, if it has it.
[[nodiscard]] std::optional<DebrisDescription> read_debris(const Tree& owner, const Values& values,
                                                           const Name& name, Reading& reading);
/// `closes:` and `flights:` of an asset, if it has them.
[[nodiscard]] std::optional<ClosureDescription> read_closes(const Tree& asset, const Values& values,
                                                            const Name& name, Reading& reading);
/// One rate over the whole day, or by time of day; a span over midnight becomes two.
[[nodiscard]] std::vector<RepeatDescription::Rate> read_rates(const Tree& node, Reading& reading);
[[nodiscard]] SensorDescription read_sensor(const Name& name, const Tree& node, const Tree& root,
                                            Reading& reading);
[[nodiscard]] UnitDescription read_unit(const Name& name, const Tree& node, const Tree& root,
                                        Reading& reading);
[[nodiscard]] CommandDescription read_command(const Name& name, const Tree& node, Reading& reading);
/// The doctrine of the scenario; a unit's own with `root` laid under it.
[[nodiscard]] DoctrineDescription read_doctrine(const Tree& node, Reading& reading);
[[nodiscard]] std::optional<WeaponDescription::Assess> assess_of(const Values& values);

/// Catalog rows by themselves: every key is checked, none is asked for.
void check_rows(const Tree& root, Reading& reading);

/// A mapping with the row of a catalog laid under it: `type: X` (or `platform: X`) is looked up in `sections`
/// of `root`. Keys that are mappings by table merge, all others replace; what a row says of its origin is
/// dropped.
struct Laid {
  std::unique_ptr<Tree> tree;
  bool found = true;  ///< false: the type does not exist, so what it would have brought is not missing
};
[[nodiscard]] Laid with_row(const Tree& own, const std::string& key, const std::vector<std::string>& sections,
                            const Tree& root, const KeyTable& table);
/// Lays `over` over `base` in place, as with_row does.
void lay_over(Tree& base, const Tree& over, const KeyTable& table);

/// The shares of `paid_by`, after reporting those that do not sum to 1; none where it is not written.
[[nodiscard]] std::vector<std::pair<Name, double>> shares_of(const Values& values, Reading& reading);
/// Who pays, and what it costs to have.
[[nodiscard]] OwnershipDescription ownership_of(const Values& values, Reading& reading);
/// Where it stands: exactly one of at, along, siting and `other` ("base" or "orbit").
[[nodiscard]] SitingDescription siting_of(const Tree& node, const Values& values, const std::string& other,
                                          const Name& name, Reading& reading);
/// Reports which of `keys` were written unless it was exactly one; "" then, else the one.
std::string exactly_one(const Tree& node, const std::vector<std::string>& keys, Place owner,
                        const std::string& what, Reading& reading);
/// Reports a constant or random value that may be 0 where only more than 0 makes sense.
bool check_above_zero(const Values& values, const std::string& key, Reading& reading);

}  // namespace dronewall
