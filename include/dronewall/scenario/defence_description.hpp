// What watches and answers: sensors, weapons, units, doctrine, command posts.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "dronewall/scenario/values.hpp"

namespace dronewall {

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

}  // namespace dronewall
