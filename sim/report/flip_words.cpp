#include "report/flip_words.hpp"

#include <utility>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

using Where = Flip::Level::Side;

std::string levels_on(const Flip& flip, Where side) {
  std::string listed;
  for (const Flip::Level& level : flip.levels)
    if (level.side == side) listed += (listed.empty() ? "" : " or ") + level.text;
  return listed;
}

bool is_told(Where side) { return side == Where::above || side == Where::below; }
Where other(Where side) { return side == Where::above ? Where::below : Where::above; }

}  // namespace

const char* name_of(Where side) {
  switch (side) {
    case Where::above:
      return "above";
    case Where::below:
      return "below";
    case Where::untold:
      return "cannot be told";
    case Where::no_result:
      return "no result";
  }
  expects(false);
}

std::string flipping_levels(const Flip& flip) {
  return is_told(flip.base_side) ? levels_on(flip, other(flip.base_side)) : "";
}

std::string words_of_levels(const Flip& flip) {
  const bool known = is_told(flip.base_side);
  const Where first = known ? other(flip.base_side) : Where::above;
  const std::pair<Where, const char*> parts[] = {{first, known ? "flips at " : "above at "},
                                                 {other(first), known ? "holds at " : "below at "},
                                                 {Where::untold, "cannot be told at "},
                                                 {Where::no_result, "no result at "}};
  std::string words;
  for (const auto& [side, verb] : parts)
    if (const std::string listed = levels_on(flip, side); !listed.empty())
      words += (words.empty() ? "" : "; ") + (verb + listed);
  return words;
}

}  // namespace dronewall
