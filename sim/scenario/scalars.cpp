#include "scenario/scalars.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "scenario/scalars_amounts.hpp"
#include "scenario/scalars_quantity.hpp"
#include "scenario/scalars_units.hpp"

namespace dronewall {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A value as a message shows it: the unit that its author may have written, where SI has another.
std::string show(double value, Dimension dimension) {
  if (dimension == Dimension::angle) return fmt::format("{:.6g} deg", value * 180 / std::numbers::pi);
  if (dimension == Dimension::decibel) return fmt::format("{:.6g} dB", 10 * std::log10(value));
  const char* unit = unit_of(dimension);
  return *unit == '\0' ? fmt::format("{}", value) : fmt::format("{} {}", value, unit);
}

/// "a probability lies in [0, 1]", "at least 0 m", "in [1, 20]".
std::string range_of(const Key& key) {
  if (key.dimension == Dimension::fraction && key.low == 0 && key.high == 1)
    return "a probability lies in [0, 1]";
  if (key.high == infinity) return fmt::format("at least {}", show(key.low, key.dimension));
  if (key.low == -infinity) return fmt::format("at most {}", show(key.high, key.dimension));
  return fmt::format("it lies in [{}, {}]", show(key.low, key.dimension), show(key.high, key.dimension));
}

std::nullopt_t refuse_kind(const Tree& node, const char* needed, std::string example, Problems& problems) {
  problems.error(node.place, fmt::format("{} ({} is needed)", kind_of_node(node), needed),
                 std::move(example));
  return std::nullopt;
}

}  // namespace

std::optional<double> read_number(const Tree& node, Dimension dimension, Problems& problems,
                                  Unlimited unlimited) {
  if (node.kind != Tree::Kind::scalar)
    return refuse_kind(node, noun_of(dimension), fmt::format("for example {}", example_of(dimension)),
                       problems);
  const ScalarText text(node.scalar, node.place, problems.sources());
  const std::string_view whole = trimmed(text.text());
  if (whole == "unlimited" && unlimited == Unlimited::allowed) return infinity;
  if (whole.find('(') != whole.npos) {
    problems.error(text.at(whole),
                   fmt::format("`{}` is not a single number ({} is needed)", whole, noun_of(dimension)),
                   fmt::format("for example {}", example_of(dimension)));
    return std::nullopt;
  }
  return Amounts(dimension, problems).read(text, whole);
}

std::optional<Quantity> read_quantity(const Tree& node, Dimension dimension, Problems& problems) {
  return QuantityReader(dimension, problems).read(node);
}

std::optional<Money> read_money(const Tree& node, Problems& problems) {
  QuantityReader reader(Dimension::money, problems);
  auto amount = reader.read(node);
  if (!amount) return std::nullopt;
  return Money{std::move(*amount), reader.currency()};
}

std::optional<Interval> read_interval(const Tree& node, Dimension dimension, Problems& problems) {
  const std::string example = fmt::format("write [low, high], for example [{0}, {0}]", example_of(dimension));
  if (node.kind != Tree::Kind::list) return refuse_kind(node, "a pair [low, high]", example, problems);
  if (node.items.size() != 2) {
    problems.error(node.place,
                   fmt::format("a list of {} stands here (a pair [low, high] is needed)", node.items.size()),
                   example);
    return std::nullopt;
  }
  const auto low = read_number(*node.items[0], dimension, problems);
  const auto high = read_number(*node.items[1], dimension, problems, Unlimited::allowed);
  if (!low || !high) return std::nullopt;
  if (!(*low <= *high)) {
    problems.error(
        node.items[0]->place,
        fmt::format("the low end {} is above the high end {}", node.items[0]->scalar, node.items[1]->scalar),
        fmt::format("write [{}, {}]", node.items[1]->scalar, node.items[0]->scalar));
    return std::nullopt;
  }
  return Interval{*low, *high, node.place};
}

std::optional<Name> read_text(const Tree& node, Problems& problems) {
  if (node.kind != Tree::Kind::scalar) return refuse_kind(node, "a text", "", problems);
  if (node.scalar.empty()) {
    problems.error(node.place, "an empty text stands here (a text is needed)");
    return std::nullopt;
  }
  return Name{node.scalar, node.place};
}

bool check_range(const Key& key, double value, Place place, Problems& problems) {
  if (value >= key.low && value <= key.high) return true;  // Written this way round, NaN is refused too.
  const bool percent = key.dimension == Dimension::fraction && key.high == 1 && value > 1 && value <= 100;
  problems.error(place, fmt::format("{} is {} ({})", key.name, show(value, key.dimension), range_of(key)),
                 percent ? fmt::format("write {} or {}%", value / 100, value) : "");
  return false;
}

}  // namespace dronewall
