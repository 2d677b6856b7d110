// Which single assumption flips the verdict: factors, then prices.
#include <fmt/format.h>

#include <algorithm>

#include "dronewall/core/phrases.hpp"
#include "report/columns.hpp"
#include "report/flip_words.hpp"
#include "report/page.hpp"
#include "report/price_turns.hpp"
#include "report/sensitivity_parts.hpp"

namespace dronewall {
namespace {

using Rows = std::vector<std::vector<std::string>>;

bool is_price(const Flip& flip) { return flip.kind == Flip::Kind::price; }

std::string verdict_words(const Flip& flip) {
  switch (flip.verdict) {
    case Flip::Verdict::in_range:
      return "yes: it flips it";
    case Flip::Verdict::out_of_range:
      return "no";
    case Flip::Verdict::nowhere:
      return flip.levels.empty() ? "no: nowhere" : "no: at none";
    case Flip::Verdict::untold:
    case Flip::Verdict::other_choice:
      return "cannot be told";
    case Flip::Verdict::no_price:
      return "no price does it";
    case Flip::Verdict::not_judged:
      return "not shown";
    case Flip::Verdict::no_range:
      break;
  }
  return "no range";
}

/// A price with its letters, a factor's value as its author would write it, a name too; "" where there is
/// none.
std::string words_of(const Flip& flip, const Flip::Value& value) {
  if (value.number != value.number) return value.text;
  return is_price(flip) ? figure(value.number, measure_of_unit(flip.unit)) : value.text;
}

std::string range_words(const Flip& flip, const Flip::Value& low, const Flip::Value& high) {
  const std::string from = words_of(flip, low), to = words_of(flip, high);
  if (from.empty() && to.empty()) return "";
  if (from.empty()) return "up to " + to;
  return to.empty() ? "from " + from : fmt::format("{} … {}", from, to);
}

/// Names and distributions that would widen the table stand in the sentence under it.
constexpr std::size_t widest = 18;
std::string cell_of(const std::string& text) { return short_cell(text, widest); }

std::string crossing_words(const Flip& flip) {
  if (const std::string levels = flipping_levels(flip); !levels.empty()) return cell_of(levels);
  if (std::string at = words_of(flip, flip.at); !at.empty()) return at;
  const bool is_beyond = flip.turns.above || flip.turns.below;
  return is_beyond ? beyond_words(flip.turns, measure_of_unit(flip.unit)) : "—";
}

std::vector<std::string> row_of(const Flip& flip) {
  const std::string range = flip.levels.empty() ? range_words(flip, flip.range_low, flip.range_high)
                                                : counted(flip.levels.size(), "value");
  const bool has_price = flip.at.number == flip.at.number || flip.turns == PriceTurns{};
  return {is_price(flip) ? flip.input : short_path(flip.input),
          flip.levels.empty() ? words_of(flip, flip.used) : cell_of(flip.used.text),
          range.empty() ? "—" : cell_of(range),
          crossing_words(flip),
          has_price ? range_words(flip, flip.low, flip.high) : "",
          verdict_words(flip)};
}

void add_rows(std::string& out, const std::vector<Flip>& flips, Flip::Kind of,
              std::vector<std::string> head) {
  Rows rows = {std::move(head)};
  for (const Flip& flip : flips)
    if (is_price(flip) == (of == Flip::Kind::price)) rows.push_back(row_of(flip));
  if (rows.size() == 1) return;
  if (of == Flip::Kind::price) out += '\n';
  add_columns(out, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::left}, rows);
}

std::string from_words(const SensitivityResult& result) {
  if (result.base.empty()) return fmt::format("At point {}.", *result.base_point);
  std::string usual;
  for (const std::string& each : result.usual)
    usual += (usual.empty() ? "" : ", ") + (each.empty() ? "nothing written" : each);
  return fmt::format(
      "From point {} ({}), {}; all else as it is there.", *result.base_point, base_words(result),
      result.base_is_usual
          ? "the scenario's own values"
          : fmt::format("the simulated point nearest to the scenario's own values ({})", usual));
}

/// Where it leaves something untold, how good the metamodel is.
std::string r2_words(const SensitivityResult& result) {
  for (const Flip& flip : result.flips)
    if (flip.verdict == Flip::Verdict::untold && flip.r2)
      return fmt::format("; its cross-validated R² is {:.2f}", *flip.r2);
  return "";
}

std::string how_words(const SensitivityResult& result) {
  const auto any = [&](auto is_so) { return std::any_of(result.flips.begin(), result.flips.end(), is_so); };
  std::string words;
  if (any([](const Flip& flip) { return flip.by == "metamodel"; }))
    words += fmt::format(
        "Factors along the linear metamodel (its interval holds how far the response may lie off it{}). ",
        r2_words(result));
  if (any([](const Flip& flip) { return flip.by == "between points"; }))
    words += "Factors straight between the points simulated. ";
  if (any([](const Flip& flip) { return flip.by == "at points"; }))
    words += "Values that are no numbers as they were simulated. ";
  if (any(is_price)) words += "Prices exactly, intervals by Fieller. ";
  return words + "A flip is asserted where the whole interval lies in the range.";
}

}  // namespace

void add_flips(std::string& out, const SensitivityResult& result) {
  if (result.flips.empty()) return;
  add_heading(out, fmt::format("Which single assumption flips the verdict: {} = {}", result.measure,
                               value_words(result, result.bound)));
  if (result.base_point) add_words(out, from_words(result), 2);
  add_rows(out, result.flips, Flip::Kind::uncertain,
           {"factor", "is", "range", "crosses at", "interval", "in its range"});
  for (const Flip& flip : result.flips)
    if (!flip.why_not.empty())
      add_words(out, fmt::format("{} is not shown: {}.", short_path(flip.input), flip.why_not), 2);
    else if (!flip.levels.empty())
      add_words(out, fmt::format("{} {}.", short_path(flip.input), words_of_levels(flip)), 2);
    else if (const std::string range = range_words(flip, flip.range_low, flip.range_high);
             cell_of(range) != range)
      add_words(
          out, fmt::format("{} ranges over {}.", is_price(flip) ? flip.input : short_path(flip.input), range),
          2);
  add_rows(out, result.flips, Flip::Kind::price,
           {"price of", "is", "range", "crosses at", "interval", "in its range"});
  for (const Flip& flip : result.flips)
    add_turn_words(out, flip.input, {flip.turns}, measure_of_unit(flip.unit));
  add_words(out, how_words(result), 2);
}

}  // namespace dronewall
