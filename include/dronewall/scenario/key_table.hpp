// What may be written: the reader, `dronewall schema` and the tables of the manual walk the same KeyTables.
#pragma once
#include <limits>
#include <string>
#include <vector>

namespace dronewall {

enum class Dimension { none, length, time, speed, area, mass, angle, rate, money, fraction, count, decibel };

/// What a value looks like.
enum class Shape {
  number,    ///< a constant with a unit of `dimension`
  quantity,  ///< the same, or a distribution
  text,
  choice,      ///< one of `choices`
  name,        ///< refers to something in `refers_to`
  names,       ///< one name or a list of them
  flag,        ///< true or false
  hours,       ///< hours of a day, 06:00-22:00
  interval,    ///< [low, high]
  point,       ///< {lat, lon} or {x, y}
  points,      ///< a list of points
  quantities,  ///< a list of quantities
  by_class,    ///< {class: quantity, …}
  mapping,     ///< a mapping read against `table`
  map_of,      ///< {name: mapping read against `table`, …}
  list_of,     ///< [mapping read against `table`, …]
  special      ///< its own reader; `help` says what may stand there
};

/// When a random value is drawn unless `{draw: …}` says otherwise, and so which levels have a meaning for it.
enum class Occasion {
  apart,       ///< in one way only: no level has a meaning
  intruder,    ///< once per intruder; or raid, replication
  raid,        ///< once per raid; or replication
  coverage,    ///< at each entry into a sensor's coverage; or raid, replication
  engagement,  ///< at each use against a target; or shot (the same), unit, raid, replication
  command,     ///< at each use for a track; or unit (the command), raid, replication
  kill,        ///< once per raid; or shot, unit, replication
  element      ///< by each sensor, element or repetition when it needs one, raid or no raid; or replication
};

struct KeyTable;

/// One key: its unit, range, default and help.
struct Key {
  std::string name;
  Shape shape = Shape::number;
  Dimension dimension = Dimension::none;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool required = false;
  std::string fallback;              ///< shown in help; "" when there is none
  std::string help;                  ///< one sentence
  std::vector<std::string> choices;  ///< choice
  std::string refers_to;             ///< name, names: "weapons", "zones", …
  const KeyTable* table = nullptr;   ///< mapping, map_of, list_of
  Occasion drawn = Occasion::apart;  ///< when it is drawn, where it may be random
};

struct KeyTable {
  std::string name;  ///< "weapon", "unit.pursuer"
  std::string help;
  std::vector<Key> keys;
  std::string example;  ///< kinds: a scenario that runs and uses it (YAML text); else ""
};

/// The tables that kinds bring. Handed to the reader by whoever knows the kinds (cli), so `scenario` never
/// does.
struct KindTables {
  struct Entry {
    std::string group;  ///< "unit", "law", "next", "assign", "fire"
    std::string name;   ///< "battery", "glimpse", "salvo"
    KeyTable table;  ///< keys of the kind; for a kind written `{glimpse: 0.3}` or `salvo(2)` the key `value`
    std::string positional;  ///< names of keys filled by `salvo(2)`, `shoot-shoot-look(2 .. 1)`: "n .. m"
  };
  std::vector<Entry> entries;

  [[nodiscard]] const Entry* find(const std::string& group, const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names(const std::string& group) const;
};

}  // namespace dronewall
