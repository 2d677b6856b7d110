// Random values: a text with a distribution, `{discrete: {7: 0.5, 8: 0.3}}`, `{draw: raid, from: …}`.
#include "scenario/scalars_quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "scenario/scalars_distribution.hpp"
#include "scenario/scalars_units.hpp"

namespace dronewall {

bool check_sum(double sum, Place place, const char* what, Problems& problems) {
  if (std::abs(sum - 1) <= 1e-9) return true;
  problems.error(place, fmt::format("{} sum to {:.6g} (they are shares of a whole)", what, sum),
                 "let them sum to 1");
  return false;
}

std::string kind_of_node(const Tree& node) {
  switch (node.kind) {
    case Tree::Kind::mapping:
      return "a mapping stands here";
    case Tree::Kind::list:
      return "a list stands here";
    case Tree::Kind::null:
      return "nothing stands here";
    case Tree::Kind::scalar:
      break;
  }
  return "a text stands here";
}

std::optional<Quantity> QuantityReader::read(const Tree& node) {
  if (node.kind == Tree::Kind::mapping) return read_mapping(node);
  if (node.kind == Tree::Kind::scalar) {
    const ScalarText text(node.scalar, node.place, problems_.sources());
    return read_distribution(text, amounts_, problems_);
  }
  return refuse(node.place,
                fmt::format("{} ({} is needed)", kind_of_node(node), noun_of(amounts_.dimension())),
                fmt::format("for example {}", example_of(amounts_.dimension())));
}

std::nullopt_t QuantityReader::refuse(Place place, std::string what, std::string hint) {
  problems_.error(place, std::move(what), std::move(hint));
  return std::nullopt;
}

std::optional<Quantity> QuantityReader::read_mapping(const Tree& node) {
  const bool discrete = node.find("discrete") != nullptr;
  const bool draw = node.find("draw") || node.find("from");
  bool known = true;
  for (const Tree::Entry& entry : node.entries) {
    const bool fits = discrete ? entry.key == "discrete" : entry.key == "draw" || entry.key == "from";
    if (fits) continue;
    known = false;
    const std::string near = nearest_word(entry.key, {"discrete", "draw", "from"});
    refuse(entry.key_place, fmt::format("`{}` is no key of a random value", entry.key),
           near.empty() || near == entry.key ? "write {discrete: {7: 0.5, 8: 0.5}} or {draw: raid, from: …}"
                                             : fmt::format("did you mean `{}`?", near));
  }
  if (!known) return std::nullopt;
  if (discrete) return read_discrete(node);
  if (draw) return read_draw(node);
  return refuse(node.place,
                fmt::format("an empty mapping stands here ({} is needed)", noun_of(amounts_.dimension())),
                fmt::format("for example {}", example_of(amounts_.dimension())));
}

std::optional<Quantity> QuantityReader::read_discrete(const Tree& node) {
  const Tree& table = *node.find("discrete");
  if (table.kind != Tree::Kind::mapping || table.entries.empty())
    return refuse(table.place, fmt::format("{} (values and their weights are needed)", kind_of_node(table)),
                  "write {discrete: {7: 0.5, 8: 0.5}}");
  Quantity quantity;
  quantity.kind = DistributionKind::discrete;
  quantity.place = node.place;
  std::set<double> seen;
  bool whole = true;
  for (const Tree::Entry& entry : table.entries) {
    const ScalarText text(entry.key, entry.key_place, problems_.sources());
    const auto value = amounts_.read(text, text.text());
    const auto weight = read_weight(*entry.value);
    const bool again = value && !seen.insert(*value).second;
    if (again)
      refuse(entry.key_place, fmt::format("the value {} stands here again", entry.key),
             "add the two weights");
    whole = whole && value && weight && !again;
    if (whole) quantity.points.emplace_back(*value, *weight);
  }
  if (!whole) return std::nullopt;
  double sum = 0;
  for (const auto& [value, weight] : quantity.points) sum += weight;
  if (!check_sum(sum, table.place, "the weights of these values", problems_)) return std::nullopt;
  return quantity;
}

std::optional<double> QuantityReader::read_weight(const Tree& node) {
  const auto weight = read_number(node, Dimension::fraction, problems_);
  if (weight && !(*weight > 0))
    return refuse(node.place, fmt::format("the weight {} is not above 0", node.scalar),
                  "leave its value out");
  return weight;
}

std::optional<Quantity> QuantityReader::read_draw(const Tree& node) {
  static constexpr std::array<std::pair<const char*, DrawLevel>, 4> levels{
      {{"shot", DrawLevel::shot},
       {"unit", DrawLevel::unit},
       {"raid", DrawLevel::raid},
       {"replication", DrawLevel::replication}}};
  const Tree* draw = node.find("draw");
  const Tree* from = node.find("from");
  if (!draw || !from)
    return refuse(node.place, fmt::format("`{}` is missing here", draw ? "from" : "draw"),
                  "write {draw: raid, from: beta(8 .. 2)}");
  const auto level =
      std::find_if(levels.begin(), levels.end(), [&](const auto& l) { return draw->scalar == l.first; });
  if (level == levels.end()) {
    const std::string near = nearest_word(draw->scalar, {"shot", "unit", "raid", "replication"});
    refuse(draw->place,
           fmt::format("`{}` is no moment of drawing (shot, unit, raid or replication)", draw->scalar),
           near.empty() ? "" : fmt::format("did you mean `{}`?", near));
  }
  if (from->kind == Tree::Kind::mapping && from->find("draw"))
    return refuse(from->place, "a value is drawn at one level", "keep one `draw`");
  auto quantity = read(*from);
  if (!quantity || level == levels.end()) return std::nullopt;
  quantity->level = level->second;
  return quantity;
}

}  // namespace dronewall
