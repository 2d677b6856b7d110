// What was reported of the real event: measures with the least and the most that somebody said.
#include <fmt/format.h>

#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {

std::optional<double> read_figure(const Tree& node, Reading& reading) {
  for (const Dimension dimension :
       {Dimension::none, Dimension::fraction, Dimension::time, Dimension::length}) {
    Problems unheard(reading.problems.sources());
    if (const auto value = read_number(node, dimension, unheard)) return value;
  }
  Problems unheard(reading.problems.sources());
  if (const auto money = read_money_in(node, reading.rates, unheard); money && money->is_constant())
    return money->a + money->shift;
  reading.problems.error(node.place, "this is no figure of a measure",
                         "write 3, 70%, 45 min, 12 km or $400k");
  return std::nullopt;
}

namespace {

std::optional<double> read_side(const Tree& row, const char* key, Place owner, Reading& reading) {
  const Tree* node = row.find(key);
  if (node != nullptr && node->kind != Tree::Kind::null) return read_figure(*node, reading);
  if (!is_misspelt(row, key))
    reading.problems.error(owner, fmt::format("{} is missing (a report has a least and a most)", key),
                           fmt::format("add {}: 3", key));
  return std::nullopt;
}

}  // namespace

std::vector<ReportedDescription> read_reported(const Tree& list, const Values::Value* rows,
                                               Reading& reading) {
  std::vector<ReportedDescription> all;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Tree& row = *list.items[i];
    if (row.kind != Tree::Kind::mapping) continue;  // Told with the top level.
    const auto low = read_side(row, "low", row.place, reading);
    const auto high = read_side(row, "high", row.place, reading);
    if (low && high && *low > *high)
      reading.problems.error(row.find("low")->place, fmt::format("low {:g} is above high {:g}", *low, *high));
    if (!low || !high || rows == nullptr) continue;
    const Values& values = rows->entries[i].second;
    const auto use = values.text("use").text == "calibration" ? ReportedDescription::Use::calibration
                                                              : ReportedDescription::Use::predicted;
    all.push_back({values.text("measure"), *low, *high, values.text("source").text, use});
  }
  return all;
}

}  // namespace dronewall
