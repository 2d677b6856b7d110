// What comes: threats, attacks, and what flies beside them.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "dronewall/scenario/values.hpp"

namespace dronewall {

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

}  // namespace dronewall
