// What the user wrote, as plain checked structs: one per section of a scenario file. Everything is SI, every
// value knows its place. Nothing is resolved here but `type:` rows, `use:` catalogs and `--set`: names stay
// names.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/scenario/attack_description.hpp"
#include "dronewall/scenario/defence_description.hpp"
#include "dronewall/scenario/ground_description.hpp"
#include "dronewall/scenario/price_description.hpp"

namespace dronewall {

/// What was reported of the real event: a figure that a run is held against.
struct ReportedDescription {
  Name measure;
  double low = 0, high = 0;  ///< in the measure's unit (SI, a fraction, the report's currency); low <= high
  std::string source;
  enum class Use {
    predicted,   ///< nothing was set from it: the run predicts it
    calibration  ///< something was set so that it comes out
  } use = Use::predicted;
};

/// A whole scenario, read and checked as far as one value at a time can be.
struct ScenarioDescription {
  std::string title;
  std::string summary;
  Name file;
  TimeDescription time;
  std::optional<PointDescription> centre;
  std::vector<Name> defended;
  std::map<std::string, ZoneDescription> zones;
  std::map<std::string, ThreatDescription> threats;
  std::map<std::string, AttackDescription> attacks;
  std::map<std::string, BackgroundDescription> false_tracks;
  std::map<std::string, BackgroundDescription> traffic;
  std::map<std::string, NetworkDescription> networks;
  std::map<std::string, SensorDescription> sensors;
  std::map<std::string, WeaponDescription> weapons;
  std::map<std::string, AssetDescription> assets;
  std::map<std::string, UnitDescription> units;
  std::map<std::string, CostDescription> costs;
  std::map<std::string, CommandDescription> commands;
  std::map<std::string, Quantity> conditions;  ///< name, chance
  DoctrineDescription doctrine;
  std::vector<ReportedDescription> reported;
  PriceBook prices;
  std::optional<PriceBook> planning_prices;
  bool plans_itself = false;  ///< `planning_prices` is written: what doctrines plan with is decided
  std::uint64_t text_hash =
      0;  ///< of every text that was read, `--set` included: the manifest's scenario hash
};

}  // namespace dronewall
