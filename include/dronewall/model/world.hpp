// The compiled world that replications read: ids for names, SI numbers for texts, positions in one plane.
// Entities stand in the order of their names, so that nothing depends on the order of the file.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/geometry/geometry.hpp"
#include "dronewall/ledger/ledger.hpp"
#include "dronewall/model/areas.hpp"
#include "dronewall/model/command.hpp"
#include "dronewall/model/kind.hpp"
#include "dronewall/random/draws.hpp"

namespace dronewall {

/// Rounds in a magazine that is never empty.
inline constexpr std::int64_t unlimited_rounds = std::numeric_limits<std::int64_t>::max() / 4;

/// A coordinate pair that may be random: (x, y) metres, or (lat, lon) degrees to be projected when drawn.
struct Waypoint {
  Drawn first;
  Drawn second;
  bool geographic = false;
  bool constant = false;
  Vec2 fixed;  ///< the place, when constant
};

struct ThreatType {
  std::string name;
  ClassId threat_class = 0;
  bool decoy = false;
  bool hostile = true;     ///< everything but `civil`
  bool engageable = true;  ///< without command: every class but `civil` and `aircraft`
  Drawn speed_m_per_s;
  Drawn altitude_m;
  std::optional<Drawn> rcs_m2;
  Drawn reliability;
  std::optional<Drawn> endurance_s;
  bool reusable = false;
  bool emits = false;     ///< radio navigation: passive receivers hear it
  bool harmless = false;  ///< its strikes do no damage
};

enum class GoalKind { strike, overfly, loiter };

/// What an intruder is: one of an attack, or a track that is none (false, or civil traffic).
enum class Origin : std::uint8_t { attack, false_track, traffic };

/// A group of intruders; or tracks that are none: then each raid is one track, born in `network`.
struct Attack {
  std::string name;
  Origin origin = Origin::attack;
  std::uint32_t network = 0;      ///< not of an attack: whose track it is
  ClassId apparent = 0;           ///< not of an attack: what it is taken for without identification
  std::uint32_t zone = no_index;  ///< false tracks: uniform in this zone
  Entity entity;
  std::uint32_t raid = 0;
  std::vector<std::pair<std::uint32_t, double>> mix;  ///< threat, cumulated share; the last is 1
  Drawn count;
  Drawn launch_at_s;
  std::optional<Drawn> spacing_s;
  std::optional<Drawn> within_s;
  std::vector<Waypoint> route;      ///< the strike goal's asset or the loiter point included, as the last
  std::optional<Drawn> spread_m;    ///< a constant w means uniform in ±w/2
  std::optional<Drawn> altitude_m;  ///< instead of the threat's
  GoalKind goal = GoalKind::overfly;
  std::uint32_t asset = no_index;
  std::uint32_t defence = no_index;  ///< strike: a unit or sensor instead of an asset
  std::optional<Drawn> loiter_s;
  bool formation = false;           ///< all fly as one: one track, one decision, one escort
  std::optional<Drawn> turns_back;  ///< chance to turn back when an escort has joined
};

/// One occurrence of a repeating attack with all that fly `with:` it; or all attacks that do not repeat.
struct Raid {
  Entity entity;
  std::vector<std::uint32_t> attacks;
  bool repeats = false;
  std::vector<Drawn> at_s;
  std::optional<Drawn> every_s;
  struct Rate {
    double from_s, to_s, per_s;  ///< time of day
  };
  std::vector<Rate> rates;
  std::string name;
};

struct Outages {
  Drawn up_s;
  Drawn repair_s;
};

/// Where a sensor or element stands: fixed, or drawn in a zone per replication.
struct Site {
  Vec2 at;
  double height_m = 0;
  std::uint32_t random_zone = no_index;
};

/// One sensor of a named group.
struct Sensor {
  std::string name;  ///< "radar" or "listeners#7"
  Entity entity;
  std::uint32_t network = 0;
  Site site;
  double range_m = std::numeric_limits<double>::infinity();
  bool horizon = true;
  std::optional<Sector> sector;
  double sees_range_m = 0;  ///< 0: radar cross-section does not matter
  double sees_rcs_m2 = 0;
  double period_s = 1;
  std::optional<Drawn> phase_s;
  const CompiledKind* law = nullptr;
  std::uint32_t hits = 1;
  std::uint32_t of = 1;
  Drawn availability;
  std::optional<Outages> outages;
  std::uint32_t condition = no_index;
  bool emitters_only = false;  ///< passive RF: sees only threats that emit (navigation radio)
};

struct Assessment {
  Drawn time_s;
  double dead_seen_alive = 0;
  double alive_seen_dead = 0;
};

enum class WeaponMode { flight, dwell, fire };

struct Weapon {
  std::string name;
  Entity entity;
  WeaponMode mode = WeaponMode::flight;
  double range_low_m = 0, range_high_m = 0;
  double altitude_low_m = 0, altitude_high_m = 0;
  double speed_m_per_s = 0;    ///< flight
  std::vector<Drawn> dwell_s;  ///< dwell, by class
  double kill_rate_per_s = 0;  ///< fire
  double rounds_per_s = 0;     ///< fire
  Drawn reaction_s;
  double cycle_s = 0;
  std::optional<Drawn> reload_s;
  struct Pk {
    bool given = false;  ///< the class may be engaged
    Drawn chance;
    double mean = 0;
    std::uint32_t key = 0;  ///< index of its draws, from the name it is written under
  };
  std::vector<Pk> pk;  ///< by class
  std::optional<Assessment> assess;
  double planning_price = 0;  ///< what doctrines read
};

struct Reserve {
  std::vector<bool> for_class;  ///< these may use the last rounds
  std::int64_t rounds = 0;
};

struct Doctrine {
  const CompiledKind* next = nullptr;
  const CompiledKind* assign = nullptr;
  const CompiledKind* fire = nullptr;
  std::uint32_t at_most = no_index;
  Assessment assess;
  std::vector<Reserve> reserve;  ///< by weapon; rounds 0: none
};

/// A weapon as a unit carries it.
struct Mount {
  std::uint32_t weapon = 0;
  std::int64_t rounds = 0;
  std::uint32_t rounds_column = 0, wasted_column = 0, kills_column = 0;
  std::uint32_t stock_end_column = no_index, empty_us_column = no_index;  ///< magazines that can run out
};

struct Unit {
  std::string name;
  Entity entity;
  const CompiledUnitKind* kind = nullptr;
  bool flies = false;
  std::uint32_t network = 0;
  std::uint32_t authority = no_index;  ///< whose verdicts bind it; no_index: its network has no command
  std::uint32_t channels = 1;
  std::vector<Mount> mounts;
  std::uint32_t doctrine = 0;
  std::uint32_t first_element = 0, count = 1;
  Drawn availability;
  std::optional<Outages> outages;
  std::uint32_t condition = no_index;
  double more_endurance_s = 0;  ///< what the tankers of its network give to one sortie, less what they take
  std::vector<Refuelling> tankers;
  struct Columns {
    std::uint32_t wait_us = 0, visits = 0, waited = 0, busy_us = 0, reneged = 0;
    std::uint32_t flight_ms = no_index, sorties = no_index;
    // Units that patrol: flights that would have been flown without any intruder, and time on station.
    std::uint32_t patrol_ms = no_index, patrol_sorties = no_index, on_station_us = no_index,
                  off_station_us = no_index;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> wait_by_class;  ///< by ClassId: wait_us, visits
  } columns;
};

/// One element of a unit: its own channels, magazines and place.
struct Element {
  std::string name;  ///< "battery" or "dutch-f35#1"
  Entity entity;
  std::uint32_t unit = 0;
  std::uint32_t number = 0;
  Site site;
  std::uint32_t first_channel = 0;
};

struct Asset {
  std::string name;
  Vec2 at;
  std::uint32_t strikes_column = 0, harmless_column = 0;
  std::uint32_t expected_column = no_index;  ///< its strikes have a price: their expectation is booked too
};

/// A unit or a group of sensors that is struck: a strike ends the service of one of its elements or sensors.
struct Defence {
  std::string name;
  std::uint32_t unit = no_index;                ///< a unit
  std::uint32_t first_sensor = 0, sensors = 0;  ///< else sensors
  std::uint32_t strikes_column = 0;
};

/// Every fate of MODEL §2, in the order of the columns.
enum class FateKind : std::uint8_t {
  shot_down,
  soft_killed,
  failed_by_itself,
  struck,
  ended_its_route,
  left_the_area,
  turned_back,
  still_aloft
};
inline constexpr std::uint32_t fate_kinds = 8;
[[nodiscard]] const char* name_of(FateKind fate);

/// Why a leaker leaked (MODEL §9).
enum class LossReason : std::uint8_t {
  never_seen,
  seen_too_late,
  held_by_rule,
  awaiting_decision,
  no_unit_in_reach,
  channels_busy,
  magazine_empty,
  missed
};
inline constexpr std::uint32_t loss_reasons = 8;
[[nodiscard]] const char* name_of(LossReason reason);

enum class Stage : std::uint8_t { launched, detected, classified, authorised, assigned, engaged, killed };
inline constexpr std::uint32_t stages = 7;
[[nodiscard]] const char* name_of(Stage stage);

/// Column numbers of what every scenario reports.
struct CommonColumns {
  std::uint32_t launched = 0, launched_real = 0, launched_decoys = 0, launched_hostile = 0;
  std::uint32_t fates = 0;  ///< first of fate_kinds
  std::uint32_t leakers = 0, leakers_real = 0, leakers_decoys = 0;
  std::uint32_t kills = 0, soft_kills = 0;
  std::uint32_t stage = 0;  ///< first of stages
  std::uint32_t lost = 0;   ///< first of loss_reasons
  std::uint32_t detection_us = 0, detection_n = 0, detection_mm = 0, detection_mm_n = 0;
  std::uint32_t decision_us = 0, decision_n = 0;
  std::uint32_t intercept_us = 0, intercept_n = 0, intercept_mm = 0, intercept_mm_n = 0;
  std::uint32_t inside_us = 0, inside_n = 0;
  std::uint32_t unresolved = 0;
  std::uint32_t false_tracks = no_index, traffic = no_index, traffic_shot = no_index;
  std::uint32_t escorted = no_index;  ///< where a rule says so
  struct PerAttack {
    std::vector<std::uint32_t> pieces;   ///< by place in the mix: launched, or lost when reusable
    std::vector<std::uint32_t> sorties;  ///< reusable threats: launches; else no_index
    std::vector<std::uint32_t> stopped;  ///< of_stopped pieces
    std::vector<std::uint32_t> unresolved;
  };
  std::vector<PerAttack> attacks;
};

struct World {
  std::string title;
  double duration_s = 0, settle_s = 0, count_from_s = 0;
  double start_unix_s = 0;
  std::optional<Projection> projection;  ///< geographic scenarios

  std::vector<std::string> classes;
  std::vector<std::string> zone_names;
  std::vector<Region> zones;
  bool defended_everywhere = true;
  std::vector<std::uint32_t> defended;  ///< zones
  Outline outline;                      ///< of the defended zones, when somebody may turn back
  std::vector<std::string> networks;
  std::vector<double> coast_s;  ///< by network
  std::vector<std::string> conditions;
  std::vector<Drawn> condition_chance;

  std::vector<ThreatType> threats;
  std::vector<Asset> assets;
  std::vector<Defence> struck;  ///< units and sensors that an attack means to strike
  std::vector<AreaEffector> effectors;
  std::vector<ClosingAirport> airports;
  std::vector<DebrisArea> debris;
  std::vector<Attack> attacks;
  std::vector<Raid> raids;
  std::vector<Sensor> sensors;
  std::vector<Weapon> weapons;
  std::vector<Doctrine> doctrines;
  std::vector<Unit> units;
  std::vector<Element> elements;
  std::uint32_t channels = 0;

  CommandWorld command;

  /// (attack, sensor) and (attack, element): addresses of what one does to the other. [attack * n + other]
  std::vector<Entity> attack_sensor;
  std::vector<Entity> attack_element;

  /// True when only one network shoots, no look mistakes a dead target for a live one, nobody turns back, no
  /// unit or sensor is struck and no command can take back a verdict: then a whole engagement is known when
  /// it is assigned, because nothing else can end its target (SPEED.md, elision).
  bool engagements_are_private = false;

  LedgerLayout layout;
  CommonColumns columns;
  std::vector<std::pair<std::uint32_t, std::int64_t>>
      constant_columns;  ///< column, value in every replication

  std::vector<std::unique_ptr<const CompiledKind>> kinds;  ///< owned
};

}  // namespace dronewall
