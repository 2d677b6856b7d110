// Values as the author wrote them: names, numbers and distributions in SI units, points, and what a kind
// brings. Every one knows its place.
#pragma once
#include <map>
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

}  // namespace dronewall
