#include "report/price_turns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/page.hpp"

namespace dronewall {
namespace {

/// The least and the greatest price of one change, over points.
struct Turned {
  double least = 0, greatest = 0;
};

void add_side(std::string& out, const std::string& item, const char* side,
              const std::map<std::string, Turned>& by_change, const Measure& money, const char* remedy) {
  for (const auto& [change, at] : by_change) {
    const std::string from = figure(at.least, money), to = figure(at.greatest, money);
    add_words(out,
              fmt::format("No price of {} is given {} {}, where {}: {} with such a price.", item, side,
                          from == to ? from : fmt::format("{} … {}", from, to), change, remedy),
              2);
  }
}

}  // namespace

std::string beyond_words(const PriceTurns& turns, const Measure& money) {
  if (turns.above) return "> " + figure(turns.above->price, money);
  return turns.below ? "< " + figure(turns.below->price, money) : "";
}

void add_turn_words(std::string& out, const std::string& item, const std::vector<PriceTurns>& turns,
                    const Measure& money, const char* remedy) {
  std::map<std::string, Turned> above, below;
  const auto note = [](std::map<std::string, Turned>& by_change, const std::optional<PriceTurn>& turn) {
    if (!turn) return;
    const auto [at, is_new] = by_change.try_emplace(turn->change, Turned{turn->price, turn->price});
    at->second = {std::min(at->second.least, turn->price), std::max(at->second.greatest, turn->price)};
  };
  for (const PriceTurns& each : turns) note(above, each.above), note(below, each.below);
  add_side(out, item, "above", above, money, remedy);
  add_side(out, item, "below", below, money, remedy);
}

}  // namespace dronewall
