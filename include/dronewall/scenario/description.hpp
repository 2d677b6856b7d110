// What the user wrote, as plain checked structs: one per section of a scenario file. Everything is SI, every
// value knows its place. Nothing is resolved here but `type:` rows, `use:` catalogs and `--set`: names stay
// names.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/core/problem.hpp"

namespace dronewall {

/// A name that refers to something else, or a text, with its place.
struct Name {
  std::string text;
  Place place;

  [[nodiscard]] bool given() const { return !text.empty(); }
};

enum class DistributionKind {
  constant,
  exponential,
  uniform,
  triangular,
  pert,
  normal,
  lognormal,
  poisson,
  beta,
  gamma,
  discrete
};
/// How often a random value is drawn; `natural` is what MODEL.md says for the key.
enum class DrawLevel { natural, shot, unit, raid, replication };

/// A number or a distribution in SI units: `45 m/s`, `6 s + exponential(4 s)`, `{discrete: {7: 0.5, 8:
/// 0.5}}`,
/// `{draw: raid, from: beta(8 .. 2)}`. Parameters in the order MODEL.md writes them.
struct Quantity {
  DistributionKind kind = DistributionKind::constant;
  double a = 0, b = 0,
         c = 0;      ///< constant: a. exponential: mean a. uniform: a..b. triangular, pert: a..b..c. …
  double shift = 0;  ///< added to every draw
  std::vector<std::pair<double, double>> points;  ///< discrete: value, weight
  DrawLevel level = DrawLevel::natural;
  Place place;

  static Quantity constant(double value, Place place = {}) {
    Quantity q;
    q.a = value;
    q.place = place;
    return q;
  }
  [[nodiscard]] bool is_constant() const { return kind == DistributionKind::constant; }
  [[nodiscard]] double mean() const;
  /// Of one draw; 0 for a constant.
  [[nodiscard]] double variance() const;
};

/// low..high; an open end is ±infinity.
struct Interval {
  double low = 0;
  double high = 0;
  Place place;
};

/// `{lat, lon}` in degrees or `{x, y}` in metres; each coordinate may be random where the key allows it.
struct PointDescription {
  bool geographic = false;
  Quantity first;   ///< lat or x
  Quantity second;  ///< lon or y
  Place place;
};

struct KeyTable;  // key_table.hpp

/// What a mapping held, read against a KeyTable. For the keys that a kind brings itself.
class Values {
 public:
  struct Value {
    Place place;        ///< of the value
    Quantity quantity;  ///< numbers, constants and distributions, money in currency units
    Name text;          ///< texts, choices, names
    Interval interval;  ///< intervals; hours: from and to, s after midnight
    PointDescription point;
    std::vector<PointDescription> points;
    std::vector<std::pair<Name, Values>>
        entries;                       ///< mapping, map_of and list_of a table (no map: empty names)
    std::vector<Quantity> quantities;  ///< lists of numbers
    std::vector<Name> names;           ///< lists of names
    std::vector<std::pair<Name, Quantity>> by_name;  ///< {drone: 0.7, any: 0.2}
    bool flag = false;
    bool by_default = false;  ///< not written: the key's fallback
  };

  /// Whether the author wrote the key (in the scenario or its catalog row); a default does not count.
  [[nodiscard]] bool has(const std::string& key) const;
  /// nullptr when the key was not written and has no default.
  [[nodiscard]] const Value* find(const std::string& key) const;
  /// The constant value of a number or the fallback.
  [[nodiscard]] double number(const std::string& key, double fallback) const;
  /// The quantity or a constant.
  [[nodiscard]] Quantity quantity(const std::string& key, double fallback) const;
  [[nodiscard]] Name text(const std::string& key) const;
  [[nodiscard]] bool flag(const std::string& key, bool fallback) const;
  /// The place of the key's value, else of the mapping.
  [[nodiscard]] Place place_of(const std::string& key) const;
  [[nodiscard]] Place place() const { return place_; }

  void set(const std::string& key, Value value) { values_[key] = std::move(value); }
  void set_place(Place place) { place_ = place; }

 private:
  std::map<std::string, Value> values_;
  Place place_;
};

/// A kind with its own keys: `law: {glimpse: 0.3}`, `kind: pursuer`, `fire: salvo(2)`.
struct KindUse {
  Name kind;
  Values own;  ///< the kind's own keys, read against the table that it brings
};

struct TimeDescription {
  std::optional<double> start_unix_s;  ///< UTC; absent in local scenarios
  double duration_s = 0;
  double settle_s = 0;
  double count_from_s = 0;
  Place place;
};

/// Damage done by what falls down in an area: `debris: {chance, cost}` on a zone or an asset.
struct DebrisDescription {
  Quantity chance;                 ///< of one kill, or one round that missed, whose point lies in it
  std::optional<double> radius_m;  ///< of the area around an asset that is a point
  Name nation;                     ///< that bears it; an asset's own unless written
  Place place;
};

struct ZoneDescription {
  Name name;
  enum class Shape { circle, vertices, geojson } shape = Shape::circle;
  PointDescription centre;  ///< circle
  double radius_m = 0;      ///< circle
  bool geographic = true;   ///< of rings
  /// vertices and geojson: polygons, each outer ring then holes; points are (x, y) m or (lon, lat) degrees.
  std::vector<std::vector<std::vector<std::pair<double, double>>>> polygons;
  std::optional<DebrisDescription> debris;
};

struct ThreatDescription {
  Name name;
  Name threat_class;
  Quantity speed_m_per_s;
  Quantity altitude_m;
  bool altitude_given = false;
  std::optional<Quantity> rcs_m2;
  Name navigation;
  double warhead_kg = 0;
  bool harmless = false;  ///< `warhead: 0 kg` was written: its strikes are counted and do no damage
  Quantity reliability;   ///< constant 1 unless written
  std::optional<Quantity> endurance_s;
  bool reusable = false;
};

struct GoalDescription {
  enum class Kind { strike, overfly, loiter } kind = Kind::overfly;
  Name asset;  ///< strike: an asset, or with at_defence a unit or sensor
  bool at_defence = false;
  PointDescription point;  ///< loiter
  Quantity duration_s;     ///< loiter
  Place place;
};

struct LaunchDescription {
  Quantity at_s;                      ///< default 0
  std::optional<Quantity> spacing_s;  ///< between one drone and the next
  std::optional<Quantity> within_s;   ///< window in which each drone's time is uniform
  Place place;
};

/// One repetition rule; exactly one of the three is set.
struct RepeatDescription {
  std::vector<Quantity> at_s;       ///< at given times
  std::optional<Quantity> every_s;  ///< every so often, from time 0 on
  struct Rate {
    double from_s = 0;  ///< time of day, seconds after midnight
    double to_s = 86400;
    double per_s = 0;
  };
  std::vector<Rate> rates;  ///< Poisson; one entry over the whole day, or by time of day
  Place place;
};

struct AttackDescription {
  Name name;
  std::vector<std::pair<Name, double>> threats;  ///< one name with weight 1, or a mix
  Name nation;
  Quantity count;
  LaunchDescription launch;
  std::vector<PointDescription> route;
  std::optional<Quantity> spread_m;
  std::optional<Quantity> altitude_m;
  GoalDescription goal;
  bool formation = false;              ///< all fly as one
  std::optional<Quantity> turns_back;  ///< chance to turn back when an escort has joined
  Name with;
  std::optional<RepeatDescription> repeat;
};

/// Tracks that are no intruders: `false_tracks` stand still and vanish, `traffic` flies a route.
struct BackgroundDescription {
  Name name;
  Name network;  ///< in which they are born, without a sensor
  std::vector<RepeatDescription::Rate> rates;
  Name perceived;  ///< the class that they are taken for without identification
  Quantity altitude_m;
  std::optional<PointDescription> at;   ///< false tracks: one place,
  Name zone;                            ///< or uniform in a zone
  Quantity lasts_s;                     ///< false tracks
  std::vector<PointDescription> route;  ///< traffic
  Quantity speed_m_per_s;               ///< traffic
};

/// Where n sensors or elements stand.
struct SitingDescription {
  enum class Kind { point, line, random } kind = Kind::point;
  PointDescription at;                  ///< point
  std::vector<PointDescription> along;  ///< line: at least two points
  Name zone;                            ///< random: drawn uniformly in this zone, per replication
  Place place;
};

/// Who pays, and what it costs to have: shared by sensors and units.
struct OwnershipDescription {
  Name nation;
  std::vector<std::pair<Name, double>> paid_by;
  std::optional<bool> operations;  ///< `account: operations` true, `account: standing` false, absent: by kind
  std::optional<double> life_s;    ///< for acquisition; no default
};

struct SensorDescription {
  Name name;
  Name kind;  ///< radar (default), airborne-radar, acoustic, passive-rf, electro-optical
  Name type;  ///< catalog row, already laid under the sensor's own keys
  OwnershipDescription ownership;
  Name network;
  std::uint32_t count = 1;
  SitingDescription siting;
  bool orbit = false;             ///< `orbit:` given: the antenna's height is `altitude`
  double height_m = 0;            ///< of the antenna above the surface
  std::optional<double> range_m;  ///< instrumented limit, slant
  bool horizon = true;
  std::optional<std::pair<double, double>> sector_rad;  ///< from, to; bearings clockwise from north
  struct Sees {
    double range_m = 0;
    double rcs_m2 = 0;
  };
  std::optional<Sees> sees;
  double period_s = 1;  ///< default 1 s
  bool period_given = false;
  std::optional<Quantity> phase_s;
  KindUse law;
  std::uint32_t confirm_hits = 1;
  std::uint32_t confirm_of = 1;
  Quantity availability;  ///< constant 1 unless written
  std::optional<Quantity> outage_up_s;
  std::optional<Quantity> outage_repair_s;
  Name needs;  ///< a condition
};

struct WeaponDescription {
  Name name;
  Interval range_m;
  Interval altitude_m;
  std::optional<double> speed_m_per_s;
  std::optional<Quantity> dwell_s;
  std::vector<std::pair<Name, Quantity>> dwell_by_class;  ///< instead of dwell_s
  std::optional<double> kill_rate_per_s;
  std::optional<double> rounds_per_s;  ///< with kill_rate
  Quantity reaction_s;
  double cycle_s = 0;
  std::optional<Quantity> reload_s;
  std::vector<std::pair<Name, Quantity>> pk;  ///< by class; `any` stands for the rest
  /// assess: on the weapon, instead of the doctrine's
  struct Assess {
    Quantity time_s;
    double dead_seen_alive = 0;
    double alive_seen_dead = 0;
  };
  std::optional<Assess> assess;
  Place place;
};

struct NetworkDescription {
  Name name;
  double coast_s = 0;
};

/// An airport that closes for tracks nearby.
struct ClosureDescription {
  double within_m = 0;         ///< ground distance, > 0
  double reopens_after_s = 0;  ///< the last track left or was dropped
  Name network;                ///< whose tracks it hears of; absent: of any
  std::optional<double> flights_per_s;
  Place place;
};

struct AssetDescription {
  Name name;
  Name kind;
  Name type;
  Name nation;
  std::vector<std::pair<Name, double>> paid_by;
  std::optional<PointDescription> at;
  Name zone;  ///< an asset that is a zone
  std::optional<ClosureDescription> closes;
  std::optional<DebrisDescription> debris;
};

/// A weapon as a unit carries it.
struct MountDescription {
  Name weapon;
  std::optional<double> rounds;  ///< magazine or load; +infinity for `unlimited`; required
};

struct DoctrineDescription {
  KindUse next;    ///< first-come unless written
  KindUse assign;  ///< nearest unless written
  KindUse fire;    ///< shoot-look-shoot unless written
  std::optional<std::uint32_t> at_most;
  std::optional<WeaponDescription::Assess> assess;
  struct Reserve {
    Name weapon;
    std::vector<Name> classes;  ///< for these the last rounds are kept
    std::uint32_t rounds = 0;
  };
  std::vector<Reserve> reserve;
  Place place;
};

struct UnitDescription {
  Name name;
  KindUse kind;  ///< battery, pursuer, …, with the kind's own keys
  Name type;     ///< catalog row (already laid under the unit's own keys), or `platform:`
  OwnershipDescription ownership;
  Name network;
  std::uint32_t count = 1;
  SitingDescription siting;  ///< `at`, `along`, or `base`
  double height_m = 0;
  std::uint32_t channels = 1;
  std::vector<MountDescription> weapons;
  std::optional<DoctrineDescription> doctrine;
  Quantity availability;
  std::optional<Quantity> outage_up_s;
  std::optional<Quantity> outage_repair_s;
  Name needs;
};

/// What belongs to no unit and costs money all the same: a command centre, crews. What it costs is in the
/// price book under NAME.acquisition and NAME.hour.
struct CostDescription {
  Name name;
  OwnershipDescription ownership;
  bool is_bought = false;  ///< has a price, which its life spreads over time
  bool by_hour = false;    ///< costs something every hour
};

/// One rule of engagement: what is done with tracks of these classes, there.
struct RuleDescription {
  enum class Action { watch, escort, engage } action = Action::watch;
  enum class After { detected, classified, visual } after = After::classified;
  std::vector<Name> classes;           ///< perceived; empty: any
  std::vector<Name> where;             ///< zones; empty: anywhere
  double ahead_s = 0;                  ///< a track that its present leg takes there in this time counts too
  std::optional<Quantity> decision_s;  ///< instead of the command's
  std::vector<Name> by;                ///< nations whose units it binds; empty: all
  Place place;
};

/// A command post: what it tells the units of a network to do with which track, and how long it takes.
struct CommandDescription {
  Name name;
  Name network;
  std::vector<Name> by;                ///< nations whose units it commands; empty: all that no other does
  std::optional<std::uint32_t> desks;  ///< decisions at a time; absent: unlimited
  Quantity decision_s;
  bool by_time_left = false;  ///< its queue's order; else first come, first served
  std::optional<Quantity> outage_up_s;
  std::optional<Quantity> outage_repair_s;
  std::vector<Interval> down_s;  ///< windows, seconds since the start
  struct Identify {
    Quantity time_s;
    std::optional<std::uint32_t> desks;  ///< absent: none are needed
    /// True class and how it may be perceived; shares sum to 1.
    std::vector<std::pair<Name, std::vector<std::pair<Name, double>>>> confusion;
  };
  std::optional<Identify> identify;
  std::vector<RuleDescription> rules;  ///< the first match decides
};

/// One line of a price book. `low, mode, high` is what nobody knows: the point uses the mode. A distribution
/// is chance: the point uses its mean.
struct PriceDescription {
  Name item;
  double low = 0, mode = 0,
         high = 0;  ///< in the book's reporting currency after its rate; equal for a plain price
  std::optional<Quantity> distribution;
  std::string currency;     ///< as written
  std::optional<int> year;  ///< the price's own year
  std::string source;
  Place place;
  /// low or mode for bounds, mode or mean for the point.
  [[nodiscard]] double point() const { return distribution ? distribution->mean() : mode; }
};

/// The books of a run, merged in order: later wins.
struct PriceBook {
  std::string currency = "USD";
  std::optional<int> year;
  std::optional<double> deflator;
  std::map<std::string, PriceDescription> items;
  /// What one unit of another currency is worth in the book's, by every file that says so.
  std::map<std::string, double> rates;
};

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
