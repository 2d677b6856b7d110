#include "scenario/occasion.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dronewall {
namespace {

/// What an occasion is called, which levels it allows, and why no others.
struct Row {
  const char* words;
  std::vector<std::string> levels;
  const char* why_no_other;
};

const Row& row_of(Occasion occasion) {
  static const Row apart{"", {}, "this value is drawn in one way only"};
  static const Row intruder{
      "once per intruder", {"raid", "replication"}, "no unit and no shot has a part in it"};
  static const Row raid{"once per raid", {"raid", "replication"}, "no unit and no shot has a part in it"};
  static const Row coverage{"at each entry into a coverage",
                            {"raid", "replication"},
                            "a sensor is no unit, and no shot has a part in it"};
  static const Row engagement{"at each use", {"shot", "unit", "raid", "replication"}, ""};
  static const Row command{"at each use", {"unit", "raid", "replication"}, "no shot has a part in it"};
  static const Row kill{"once per raid", {"shot", "unit", "raid", "replication"}, ""};
  static const Row element{
      "each time", {"replication"}, "it is drawn apart from any raid, and so from its units and shots"};
  switch (occasion) {
    case Occasion::apart:
      return apart;
    case Occasion::intruder:
      return intruder;
    case Occasion::raid:
      return raid;
    case Occasion::coverage:
      return coverage;
    case Occasion::engagement:
      return engagement;
    case Occasion::command:
      return command;
    case Occasion::kill:
      return kill;
    case Occasion::element:
      return element;
  }
  return apart;
}

std::string word_of(DrawLevel level) {
  switch (level) {
    case DrawLevel::natural:
      return "";
    case DrawLevel::shot:
      return "shot";
    case DrawLevel::unit:
      return "unit";
    case DrawLevel::raid:
      return "raid";
    case DrawLevel::replication:
      return "replication";
  }
  return "";
}

}  // namespace

std::string words_of(Occasion occasion) { return row_of(occasion).words; }

std::vector<std::string> levels_of(Occasion occasion) { return row_of(occasion).levels; }

bool check_level(const Key& key, const Quantity& quantity, Problems& problems) {
  if (quantity.level == DrawLevel::natural) return true;
  const Row& row = row_of(key.drawn);
  const std::string word = word_of(quantity.level);
  if (std::find(row.levels.begin(), row.levels.end(), word) != row.levels.end()) return true;
  const bool one_other = row.levels.size() == 1;
  problems.error(quantity.place,
                 fmt::format("draw: {} has no meaning for {} ({})", word, key.name, row.why_no_other),
                 row.levels.empty()
                     ? "leave draw out"
                     : fmt::format("leave draw out ({}), or write draw: {}{}", row.words,
                                   one_other ? "" : row.levels.front() + " or draw: ", row.levels.back()));
  return false;
}

}  // namespace dronewall
