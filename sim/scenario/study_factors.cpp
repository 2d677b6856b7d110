// What a study varies: paths with lists of values or ranges.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "scenario/one_line.hpp"
#include "scenario/scalars_amounts.hpp"
#include "scenario/study_reading.hpp"

namespace dronewall {
namespace {

/// A number and what stands around it: `$`, 2, `k`.
struct End {
  std::string before, behind;
  double number = 0;
};

std::optional<End> parse_end(std::string_view text) {
  text = trimmed(text);
  const std::size_t first = text.find_first_of("0123456789");
  if (first == text.npos) return std::nullopt;
  std::size_t start = first > 0 && text[first - 1] == '-' ? first - 1 : first;
  End end;
  const auto [rest, error] = std::from_chars(text.data() + start, text.data() + text.size(), end.number);
  if (error != std::errc() || !std::isfinite(end.number)) return std::nullopt;
  end.before = text.substr(0, start);
  end.behind = std::string(rest, text.data() + text.size());
  if (end.before.find_first_of("+.(") != std::string::npos) return std::nullopt;
  return end;
}

constexpr const char* range_hint =
    "write a range such as 0.3 .. 0.9 or 20 km .. 60 km, both ends in one unit";

class FactorReader {
 public:
  FactorReader(const Tree::Entry& entry, Factor::Role role, Reading& reading)
      : node_(*entry.value), reading_(reading) {
    factor_.role = role;
    factor_.path = entry.key;
    factor_.place = entry.key_place;
  }

  std::optional<Factor> read() {
    const Watch watch(reading_.problems);
    if (node_.kind == Tree::Kind::list)
      read_levels();
    else if (node_.kind == Tree::Kind::scalar)
      read_text();
    else
      refuse(node_.place, fmt::format("{} has no values", factor_.path));
    if (!watch.clean()) return std::nullopt;
    return std::move(factor_);
  }

 private:
  void read_levels() {
    if (node_.items.empty()) refuse(node_.place, fmt::format("{} has no values", factor_.path));
    for (const auto& item : node_.items) {
      if (item->kind == Tree::Kind::null) {
        refuse(item->place, "nothing stands here (a value is needed)");
        continue;
      }
      std::string text = one_line(*item);
      if (std::find(factor_.levels.begin(), factor_.levels.end(), text) != factor_.levels.end()) {
        reading_.problems.error(item->place, fmt::format("the value {} stands here again", text),
                                "leave one");
        continue;
      }
      factor_.levels.push_back(std::move(text));
      factor_.level_places.push_back(item->place);
    }
  }

  void read_text() {
    if (node_.scalar == "listed") return;  // The design's file brings its levels.
    const std::size_t dots = node_.scalar.find("..");
    if (dots == std::string::npos || node_.scalar.find('(') != std::string::npos) {
      refuse(node_.place, fmt::format("`{}` is no list of values and no range", node_.scalar));
      return;
    }
    const auto low = parse_end(std::string_view(node_.scalar).substr(0, dots));
    const auto high = parse_end(std::string_view(node_.scalar).substr(dots + 2));
    if (!low || !high) {
      reading_.problems.error(node_.place, fmt::format("`{}` is no range", node_.scalar), range_hint);
      return;
    }
    read_range(*low, *high);
  }

  void read_range(const End& low, const End& high) {
    if (trimmed(low.before) != trimmed(high.before) || trimmed(low.behind) != trimmed(high.behind)) {
      reading_.problems.error(
          node_.place, fmt::format("the ends of {} are written in two units", node_.scalar), range_hint);
      return;
    }
    if (!(low.number < high.number)) {
      reading_.problems.error(node_.place,
                              fmt::format("the low end of {} is not below the high end", node_.scalar));
      return;
    }
    factor_.range = FactorRange{low.number, high.number, high.before, high.behind, false};
    factor_.level_places = {node_.place, node_.place};
  }

  void refuse(Place place, std::string what) {
    reading_.problems.error(place, std::move(what),
                            "write a list such as [0, 2, 4] or a range such as 0.3 .. 0.9");
  }

  const Tree& node_;
  Reading& reading_;
  Factor factor_;
};

/// Whether `inner` lies in `outer`: units.a.count in units.a.
bool lies_in(const std::string& inner, const std::string& outer) {
  return inner.size() > outer.size() && inner.starts_with(outer) && inner[outer.size()] == '.';
}

bool is_top(const std::string& path, std::string_view section) {
  return path == section || path.starts_with(std::string(section) + ".");
}

void check_path(const Factor& factor, Reading& reading) {
  if (is_top(factor.path, "prices"))
    reading.problems.error(
        factor.place,
        fmt::format("{} is a price (prices are laid on afterwards, without simulating)", factor.path),
        "write it under prices: {NAME: {ITEM: $2k}}, or vary planning_prices");
  for (const char* section : {"scenario", "use", "study", "reported"})
    if (is_top(factor.path, section))
      reading.problems.error(factor.place, fmt::format("{} cannot vary", factor.path));
}

}  // namespace

void read_factors(const Tree& node, Factor::Role role, Reading& reading, std::vector<Factor>& factors) {
  if (node.kind == Tree::Kind::null) return;
  if (node.kind != Tree::Kind::mapping) {
    reading.problems.error(node.place, "paths and their values are needed",
                           "write {units.battery.count: [1, 2, 4]}");
    return;
  }
  for (const Tree::Entry& entry : node.entries)
    if (std::optional<Factor> factor = FactorReader(entry, role, reading).read())
      factors.push_back(std::move(*factor));
}

void read_may(const Tree& node, Reading& reading, std::vector<Factor>& factors) {
  if (node.kind != Tree::Kind::list) {
    read_factors(node, Factor::Role::attacker, reading, factors);
    return;
  }
  for (const auto& item : node.items) read_factors(*item, Factor::Role::attacker, reading, factors);
}

void check_paths(const std::vector<Factor>& factors, Reading& reading) {
  for (std::size_t i = 0; i < factors.size(); ++i) {
    check_path(factors[i], reading);
    for (std::size_t j = 0; j < factors.size(); ++j) {
      if (j < i && factors[i].path == factors[j].path)
        reading.problems.error(factors[i].place, fmt::format("{} varies twice", factors[i].path),
                               "leave one");
      if (lies_in(factors[i].path, factors[j].path))
        reading.problems.error(factors[i].place, fmt::format("{} lies in {}, which varies too",
                                                             factors[i].path, factors[j].path));
    }
  }
}

}  // namespace dronewall
