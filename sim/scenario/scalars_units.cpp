#include "scenario/scalars_units.hpp"

#include <fmt/format.h>

#include <array>
#include <numbers>
#include <utility>
#include <vector>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/problem.hpp"
#include "scenario/scalars.hpp"

namespace dronewall {
namespace {

using D = Dimension;

// Source of the factors: The International System of Units (BIPM), 9th ed., with the international nautical
// mile of 1852 m and the international foot of 0.3048 m. A month is a twelfth of a Julian year (30.4375 d), a
// year a Julian year (365.25 d): production and straight-line depreciation need means, not calendars.
constexpr std::array<Unit, 34> units{{
    {"m", D::length},
    {"km", D::length, 1000},
    {"cm", D::length, 1, 100},
    {"ft", D::length, 3048, 10'000},
    {"nmi", D::length, 1852},
    {"s", D::time},
    {"ms", D::time, 1, 1000},
    {"min", D::time, 60},
    {"h", D::time, 3600},
    {"d", D::time, 86'400},
    {"week", D::time, 604'800},
    {"month", D::time, 2'629'800},
    {"y", D::time, 31'557'600},
    {"m/s", D::speed},
    {"km/s", D::speed, 1000},
    {"km/h", D::speed, 1000, 3600},
    {"knots", D::speed, 1852, 3600},
    {"m2", D::area},
    {"cm2", D::area, 1, 10'000},
    {"km2", D::area, 1'000'000},
    {"kg", D::mass},
    {"g", D::mass, 1, 1000},
    {"t", D::mass, 1000},
    {"deg", D::angle, std::numbers::pi, 180},
    {"/s", D::rate},
    {"/min", D::rate, 1, 60},
    {"/h", D::rate, 1, 3600},
    {"/d", D::rate, 1, 86'400},
    {"/week", D::rate, 1, 604'800},
    {"/month", D::rate, 1, 2'629'800},
    {"/y", D::rate, 1, 31'557'600},
    {"%", D::fraction, 1, 100},
    {"dB", D::decibel},  // A logarithm: converted apart.
    {"", D::none},
}};

/// What authors write instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 34> spellings{{
    {"kmh", "km/h"},    {"kph", "km/h"},    {"kmph", "km/h"},  {"mps", "m/s"},    {"ms-1", "m/s"},
    {"kt", "knots"},    {"kts", "knots"},   {"kn", "knots"},   {"knot", "knots"}, {"m²", "m2"},
    {"m^2", "m2"},      {"sqm", "m2"},      {"km²", "km2"},    {"cm²", "cm2"},    {"°", "deg"},
    {"degrees", "deg"}, {"degree", "deg"},  {"sec", "s"},      {"secs", "s"},     {"seconds", "s"},
    {"second", "s"},    {"minutes", "min"}, {"minute", "min"}, {"hr", "h"},       {"hours", "h"},
    {"hour", "h"},      {"days", "d"},      {"day", "d"},      {"weeks", "week"}, {"months", "month"},
    {"years", "y"},     {"feet", "ft"},     {"NM", "nmi"},     {"tons", "t"},
}};

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += c;
  return out;
}

/// A text for each dimension, in the order of the enum.
struct Words {
  const char* noun;
  const char* si;  ///< the unit inside the program
  const char* example;
  std::array<const char*, 2> typical;  ///< units for hints
};

const Words& words_of(Dimension dimension) {
  static constexpr std::array<Words, 12> words{{
      {"a plain number", "", "1.5", {"", ""}},
      {"a length", "m", "12 km", {" km", " m"}},
      {"a time", "s", "15 min", {" s", " min"}},
      {"a speed", "m/s", "45 m/s", {" m/s", " km/h"}},
      {"an area", "m2", "0.05 m2", {" m2", ""}},
      {"a mass", "kg", "50 kg", {" kg", ""}},
      {"an angle", "rad", "30 deg", {" deg", ""}},
      {"a rate", "/ s", "2 / d", {" / s", " / h"}},
      {"an amount of money", "", "$10k", {"", ""}},
      {"a fraction", "", "0.7 or 70%", {"%", ""}},
      {"a count", "", "4", {"", ""}},
      {"a ratio in decibels", "", "15 dB", {" dB", ""}},
  }};
  const auto index = static_cast<std::size_t>(dimension);
  expects(index < words.size());
  return words[index];
}

}  // namespace

const Unit* find_unit(std::string_view text) {
  const std::string plain = without_blanks(text);
  for (const Unit& unit : units)
    if (unit.text == plain && !plain.empty()) return &unit;
  return nullptr;
}

std::string nearest_unit(std::string_view text) {
  const std::string plain = without_blanks(text);
  const bool rate = plain.starts_with('/');
  for (const auto& [spelling, unit] : spellings)
    if (plain.substr(rate ? 1 : 0) == spelling) return (rate ? "/ " : "") + std::string(unit);
  std::vector<std::string> known;
  for (const Unit& unit : units) known.emplace_back(unit.text);
  return nearest_word(plain, known);
}

const char* noun_of(Dimension dimension) { return words_of(dimension).noun; }
const char* unit_of(Dimension dimension) { return words_of(dimension).si; }
const char* example_of(Dimension dimension) { return words_of(dimension).example; }

std::vector<std::string_view> units_of(Dimension dimension) {
  std::vector<std::string_view> result;
  for (const Unit& unit : units)
    if (unit.dimension == dimension && !unit.text.empty()) result.push_back(unit.text);
  return result;
}

bool may_be_bare(Dimension dimension) {
  return dimension == D::none || dimension == D::count || dimension == D::fraction;
}

std::string with_units(std::string_view number, Dimension dimension) {
  const auto& [first, second] = words_of(dimension).typical;
  if (*second == '\0') return fmt::format("{}{}", number, first);
  return fmt::format("{0}{1} or {0}{2}", number, first, second);
}

}  // namespace dronewall
