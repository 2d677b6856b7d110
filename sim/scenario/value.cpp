// Reading one value by the shape that its key declares.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/occasion.hpp"
#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"
#include "scenario/support.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

using Value = Values::Value;

std::optional<Quantity> read_number_value(const Tree& node, const Key& key, Reading& reading) {
  if (key.dimension == Dimension::money) {
    const std::optional<Quantity> money = read_money_in(node, reading.rates, reading.problems);
    if (!money || money->is_constant()) return money;
    reading.problems.error(node.place, fmt::format("{} may not be random", key.name),
                           "write one amount, such as $10k");
    return std::nullopt;
  }
  const std::optional<double> number = read_number(node, key.dimension, reading.problems);
  if (!number) return std::nullopt;
  return Quantity::constant(*number, node.place);
}

std::optional<Quantity> read_any_quantity(const Tree& node, const Key& key, Reading& reading) {
  if (key.dimension == Dimension::money) return read_money_in(node, reading.rates, reading.problems);
  return read_quantity(node, key.dimension, reading.problems);
}

std::optional<Name> read_choice(const Tree& node, const Key& key, Reading& reading) {
  std::optional<Name> text = read_text(node, reading.problems);
  if (!text || std::find(key.choices.begin(), key.choices.end(), text->text) != key.choices.end())
    return text;
  const std::string nearest = nearest_word(text->text, key.choices);
  reading.problems.error(node.place, fmt::format("{} is no {}", text->text, key.name),
                         nearest.empty() ? fmt::format("write one of {}", joined(key.choices))
                                         : fmt::format("did you mean {}?", nearest));
  return std::nullopt;
}

std::optional<bool> read_flag(const Tree& node, const Key& key, Reading& reading) {
  if (node.kind == Tree::Kind::scalar && !node.quoted && node.scalar == "true") return true;
  if (node.kind == Tree::Kind::scalar && !node.quoted && node.scalar == "false") return false;
  reading.problems.error(node.place, fmt::format("{} is neither true nor false", key.name),
                         fmt::format("write {}: true or leave it out", key.name));
  return std::nullopt;
}

std::optional<std::vector<Name>> read_names(const Tree& node, const Key& key, Reading& reading) {
  std::vector<Name> names;
  const auto add = [&](const Tree& item) {
    std::optional<Name> name = read_text(item, reading.problems);
    if (name && check_reference(*name, key.refers_to, reading)) names.push_back(std::move(*name));
  };
  if (node.kind == Tree::Kind::list)
    for (const auto& item : node.items) add(*item);
  else
    add(node);
  return names;
}

bool expect_list(const Tree& node, const Key& key, Reading& reading) {
  if (node.kind == Tree::Kind::list) return true;
  reading.problems.error(node.place, fmt::format("{} must be a list", key.name),
                         fmt::format("write {}", example_line(key)));
  return false;
}

void read_points(const Tree& node, const Key& key, Reading& reading, Value& value) {
  if (!expect_list(node, key, reading)) return;
  for (const auto& item : node.items)
    if (std::optional<PointDescription> point = read_point(*item, reading))
      value.points.push_back(std::move(*point));
}

void read_quantities(const Tree& node, const Key& key, Reading& reading, Value& value) {
  if (!expect_list(node, key, reading)) return;
  for (const auto& item : node.items) {
    std::optional<Quantity> quantity = read_any_quantity(*item, key, reading);
    if (quantity && check_quantity(key, *quantity, reading)) value.quantities.push_back(std::move(*quantity));
  }
}

void read_map_of(const Tree& node, const Key& key, Reading& reading, Value& value) {
  if (node.kind != Tree::Kind::mapping) {
    reading.problems.error(node.place, fmt::format("{} must be a mapping of names", key.name),
                           fmt::format("write {}: {{NAME: {{…}}}}", key.name));
    return;
  }
  for (const Tree::Entry& entry : node.entries) {
    Name name{entry.key, entry.key_place};
    check_reference(name, key.refers_to, reading);
    Values row = read_mapping(*entry.value, *key.table, entry.key_place, reading);
    value.entries.emplace_back(std::move(name), std::move(row));
  }
}

void read_list_of(const Tree& node, const Key& key, Reading& reading, Value& value) {
  if (!expect_list(node, key, reading)) return;
  for (const auto& item : node.items)
    value.entries.emplace_back(Name{}, read_mapping(*item, *key.table, item->place, reading));
}

/// Puts what a reader found into one member; false when it found nothing.
template <class Found, class Member>
bool put(std::optional<Found> found, Member& member) {
  if (!found) return false;
  member = std::move(*found);
  return true;
}

std::string with_unit(double value, Dimension dimension) {
  const std::string unit = unit_of(dimension);
  return unit.empty() ? fmt::format("{}", value) : fmt::format("{} {}", value, unit);
}

/// A distribution that leaves the key's range: "reliability may be 1.5 (a probability lies in [0, 1])".
void report_support(const Key& key, const Interval& support, Place place, Reading& reading) {
  const bool below = support.low < key.low;
  const double end = below ? support.low : support.high;
  const std::string what = std::isfinite(end) ? "may be " + with_unit(end, key.dimension)
                                              : std::string(below ? "has no lower end" : "has no upper end");
  const bool chance = key.dimension == Dimension::fraction && key.low == 0 && key.high == 1;
  const std::string why = chance  ? "a probability lies in [0, 1]"
                          : below ? "at least " + with_unit(key.low, key.dimension)
                                  : "at most " + with_unit(key.high, key.dimension);
  reading.problems.error(place, fmt::format("{} {} ({})", key.name, what, why),
                         "choose a distribution that ends inside");
}

/// The one rule for what has no end: a draw outside the key's range is put on its bound, and the scenario is
/// refused where that would happen more often than this.
constexpr double rare = 1e-6;

/// Chance that a normal value lies below `bound`.
double share_below(const Quantity& normal, double bound) {
  return std::erfc((normal.a + normal.shift - bound) / normal.b / std::sqrt(2.0)) / 2;
}

bool check_tails(const Key& key, const Quantity& quantity, Reading& reading) {
  if (quantity.kind != DistributionKind::normal || !(quantity.b > 0)) return true;
  const double below = share_below(quantity, key.low), above = 1 - share_below(quantity, key.high);
  if (std::max(below, above) <= rare) return true;
  const bool low = below >= above;
  reading.problems.error(
      quantity.place,
      fmt::format("{} is {} {} in {:.2g}% of the draws (a normal distribution has no end)", key.name,
                  low ? "below" : "above", with_unit(low ? key.low : key.high, key.dimension),
                  100 * (low ? below : above)),
      "choose a distribution that ends inside, such as triangular or lognormal, or a smaller deviation");
  return false;
}

}  // namespace

bool check_quantity(const Key& key, const Quantity& quantity, Reading& reading) {
  if (!check_level(key, quantity, reading.problems)) return false;
  if (!check_tails(key, quantity, reading)) return false;
  const Interval support = support_of(quantity);
  if (quantity.is_constant()) {
    if (key.dimension == Dimension::count && support.low != std::floor(support.low)) {
      reading.problems.error(quantity.place,
                             fmt::format("{} is {} (a count is a whole number)", key.name, support.low));
      return false;
    }
    return check_range(key, support.low, quantity.place, reading.problems);
  }
  if (support.low >= key.low && support.high <= key.high) return true;
  report_support(key, support, quantity.place, reading);
  return false;
}

std::vector<std::pair<Name, Quantity>> read_by_name(const Tree& node, const Key& key, Reading& reading) {
  std::vector<std::pair<Name, Quantity>> result;
  if (node.kind != Tree::Kind::mapping) {
    reading.problems.error(node.place, fmt::format("{} must be a mapping of names and values", key.name),
                           fmt::format("write {}", example_line(key)));
    return result;
  }
  for (const Tree::Entry& entry : node.entries) {
    Name name{entry.key, entry.key_place};
    const bool known = check_reference(name, key.refers_to, reading);
    Key one = key;
    one.name = fmt::format("{} of {}", key.name, entry.key);
    if (entry.value->kind == Tree::Kind::null) {
      reading.problems.error(entry.key_place, fmt::format("{} has no value", one.name),
                             fmt::format("write {}", example_line(key)));
      continue;
    }
    std::optional<Quantity> quantity = read_any_quantity(*entry.value, key, reading);
    if (quantity && check_quantity(one, *quantity, reading) && known)
      result.emplace_back(std::move(name), std::move(*quantity));
  }
  return result;
}

std::optional<Value> read_value(const Tree& node, const Key& key, Reading& reading) {
  const Watch watch(reading.problems);
  Value value;
  value.place = node.place;
  switch (key.shape) {
    case Shape::number:
      put(read_number_value(node, key, reading), value.quantity);
      break;
    case Shape::quantity:
      put(read_any_quantity(node, key, reading), value.quantity);
      break;
    case Shape::text:
      put(read_text(node, reading.problems), value.text);
      break;
    case Shape::choice:
      put(read_choice(node, key, reading), value.text);
      break;
    case Shape::name:
      if (put(read_text(node, reading.problems), value.text))
        check_reference(value.text, key.refers_to, reading);
      break;
    case Shape::names:
      put(read_names(node, key, reading), value.names);
      break;
    case Shape::flag:
      put(read_flag(node, key, reading), value.flag);
      break;
    case Shape::hours:
      if (const auto hours = read_hours(node, reading.problems))
        value.interval = {hours->first, hours->second, node.place};
      break;
    case Shape::interval:
      if (put(read_interval(node, key.dimension, reading.problems), value.interval))
        check_range(key, value.interval.low, value.interval.place, reading.problems);
      break;
    case Shape::point:
      put(read_point(node, reading), value.point);
      break;
    case Shape::points:
      read_points(node, key, reading, value);
      break;
    case Shape::quantities:
      read_quantities(node, key, reading, value);
      break;
    case Shape::by_class:
      value.by_name = read_by_name(node, key, reading);
      break;
    case Shape::mapping:
      value.entries.emplace_back(Name{}, read_mapping(node, *key.table, node.place, reading));
      break;
    case Shape::map_of:
      read_map_of(node, key, reading, value);
      break;
    case Shape::list_of:
      read_list_of(node, key, reading, value);
      break;
    case Shape::special:
      return std::nullopt;
  }
  if (watch.clean() && (key.shape == Shape::number || key.shape == Shape::quantity))
    check_quantity(key, value.quantity, reading);
  if (!watch.clean()) return std::nullopt;
  return value;
}

}  // namespace dronewall
