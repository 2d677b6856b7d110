#include <fmt/format.h>

#include <array>
#include <cmath>

#include "dronewall/report/csv.hpp"
#include "dronewall/report/sensitivity_report.hpp"
#include "report/flip_words.hpp"
#include "report/json_parts.hpp"
#include "report/manifest.hpp"
#include "report/sensitivity_parts.hpp"

namespace dronewall {
namespace {

/// One figure of one method and input.
struct Line {
  SensitivityMethod method;
  std::string input, name;
  double value, low, high;
  std::string text;       ///< what is known of it in words
  std::string undefined;  ///< why something of it is undefined; "" where nothing is
  std::string unit;
};

constexpr const char* not_told = "cannot be told from 0";
constexpr const char* even_scale = "its values are no numbers and stand evenly, in the study's order";
constexpr const char* nothing_moves = "it changes no replication that was run, so that no interval is known";
constexpr const char* no_interval = "no interval is estimated of this figure";
const double none = std::nan("");

/// A note, and how the factor's values stand where they are no numbers.
std::string with_scale(const std::string& note, bool is_even) {
  if (!is_even) return note;
  return note.empty() ? even_scale : note + "; " + even_scale;
}

void add_index(std::vector<Line>& lines, const std::string& input, const char* name,
               const SobolIndex& index) {
  lines.push_back({SensitivityMethod::sobol, input, name, index.told_from_0 ? index.value : none,
                   index.told_from_0 ? index.low : none, index.high, "", index.told_from_0 ? "" : not_told,
                   ""});
}

std::string verdict_of(const Flip& flip) {
  switch (flip.verdict) {
    case Flip::Verdict::in_range:
      return "in range";
    case Flip::Verdict::out_of_range:
      return "out of range";
    case Flip::Verdict::nowhere:
      return "not in range";
    case Flip::Verdict::untold:
      return "cannot be told";
    case Flip::Verdict::other_choice:
      return "other choice";
    case Flip::Verdict::no_price:
      return "no price";
    case Flip::Verdict::not_judged:
      return "not shown";
    case Flip::Verdict::no_range:
      break;
  }
  return "no range";
}

std::string turn_words(const char* side, const PriceTurn& turn, const std::string& currency) {
  return fmt::format("{} {:.6g} {} {}", side, turn.price, currency, turn.change);
}

/// Why something of where it crosses is not there; "" where all is.
std::string why_undefined(const Flip& flip) {
  if (!flip.why_not.empty()) return flip.why_not;
  if (!flip.levels.empty()) return "between its values nothing lies";
  if (flip.turns.above) return turn_words("above", *flip.turns.above, flip.unit);
  if (flip.turns.below) return turn_words("below", *flip.turns.below, flip.unit);
  if (std::isnan(flip.at.number)) {
    if (flip.verdict == Flip::Verdict::no_price) return "no price of it does it";
    return flip.verdict == Flip::Verdict::untold
               ? "it comes near the bound and crosses it nowhere in its range"
               : "it crosses nowhere in its range; beyond it nothing was simulated";
  }
  if (!std::isnan(flip.low.number) && !std::isnan(flip.high.number)) return "";
  return flip.kind == Flip::Kind::price
             ? "what is used of it cannot be told from none"
             : "the interval goes on beyond the range, where nothing was simulated";
}

std::string name_of(const Flip& flip) {
  return (flip.kind == Flip::Kind::price ? "prices." : "") + flip.input;
}

/// Who says between what an input may lie.
const char* range_of(const Flip& flip) {
  return flip.kind == Flip::Kind::price ? "in its price book" : "in the study";
}

/// How it was judged, and by how good a metamodel.
std::string by_words(const Flip& flip) {
  if (flip.by.empty()) return "";
  return "; " + flip.by + (flip.r2 ? fmt::format(" (R² {:.2f})", *flip.r2) : "");
}

void add_flips(std::vector<Line>& lines, const std::vector<Flip>& flips) {
  for (const Flip& flip : flips) {
    const bool has_range = !std::isnan(flip.range_low.number);
    const char* no_range = has_range || !flip.levels.empty() ? "" : "its price book gives no range";
    const auto given = [&](const char* name, double value, const std::string& note, const char* undefined) {
      lines.push_back(
          {SensitivityMethod::flips, name_of(flip), name, value, none, none, note, undefined, flip.unit});
    };
    given("is", flip.used.number, (flip.levels.empty() ? "" : flip.used.text + ": ") + "at the base point",
          "");
    const std::string whose = range_of(flip) + (flip.source.empty() ? "" : ": " + flip.source);
    given("range_low", flip.range_low.number, has_range ? whose : "", no_range);
    given("range_high", flip.range_high.number, has_range ? whose : "", no_range);
    lines.push_back(
        {SensitivityMethod::flips, name_of(flip), "crosses_at", flip.at.number, flip.low.number,
         flip.high.number,
         verdict_of(flip) + (flip.levels.empty() ? "" : ": " + words_of_levels(flip)) + by_words(flip),
         why_undefined(flip), flip.unit});
  }
}

/// What those still aloft could yet make of it.
std::string bounds_words(const SensitivityResult::Bounds& bounds) {
  return bounds ? fmt::format("; {} … {} with those aloft", bounds->first, bounds->second) : "";
}

std::vector<Line> lines_of(const SensitivityReport& report) {
  const SensitivityResult& result = report.result;
  std::vector<Line> lines;
  for (std::size_t b = 0; b < result.bars.size(); ++b) {
    const TornadoBar& bar = result.bars[b];
    const std::string& input = result.factors[bar.factor];
    lines.push_back({SensitivityMethod::tornado, input, "swing", bar.swing, bar.swing_low, bar.swing_high,
                     bar.told_from_0 ? "" : not_told, std::isnan(bar.swing_low) ? nothing_moves : "",
                     result.unit});
    const auto end = [&](const char* name, double value, const std::string& at,
                         const SensitivityResult::Bounds& bounds) {
      lines.push_back({SensitivityMethod::tornado, input, name, value, none, none,
                       "at " + at + bounds_words(bounds), no_interval, result.unit});
    };
    end("at_low_end", result.bar_values[b].first, result.bar_ends[b].first, result.bar_bounds[b].first);
    end("at_high_end", result.bar_values[b].second, result.bar_ends[b].second, result.bar_bounds[b].second);
  }
  for (std::size_t k = 0; k < result.morris.size(); ++k) {
    const MorrisEffect& effect = result.morris[k];
    const std::string words =
        with_scale(effect.told_from_0 ? (effect.curved ? "bends" : "straight") : not_told, result.even[k]);
    const std::string too_few = std::isnan(effect.mu) ? "too few trajectories" : "";
    const auto add = [&](const char* name, double value, double low, double high, std::string why) {
      lines.push_back({SensitivityMethod::morris, result.factors[k], name, value, low, high, words,
                       too_few.empty() ? std::move(why) : too_few, result.unit});
    };
    const char* why = std::isnan(effect.mu_low) ? nothing_moves : "";
    add("mu", effect.mu, effect.mu_low, effect.mu_high, why);
    add("mu_star", effect.mu_star, effect.mu_star_low, effect.mu_star_high, why);
    add("noise_alone", effect.floor, none, none, no_interval);
    add("sigma", effect.sigma, none, none, no_interval);
  }
  if (result.sobol && result.sobol->undefined_because.empty()) {
    const double sd = std::sqrt(result.sobol->variance);
    lines.push_back({SensitivityMethod::sobol, "", "sd", sd, none, none, "over the ranges, noise taken off",
                     no_interval, result.unit});
    lines.push_back({SensitivityMethod::sobol, "", "noise_share",
                     result.sobol->noise / (result.sobol->variance + result.sobol->noise), none, none,
                     "of the points' variance, taken off", no_interval, "fraction"});
    for (std::size_t k = 0; k < result.sobol->first.size(); ++k) {
      add_index(lines, result.factors[k], "first", result.sobol->first[k]);
      add_index(lines, result.factors[k], "total", result.sobol->total[k]);
    }
  }
  if (result.metamodel) {
    const LinearMetamodel& model = *result.metamodel;
    for (std::size_t k = 0; k < model.effects().size(); ++k) {
      const MetamodelEffect& effect = model.effects()[k];
      lines.push_back({SensitivityMethod::metamodel, result.factors[k], "adds", effect.slope, effect.low,
                       effect.high, with_scale(effect.told_from_0 ? "" : not_told, result.even[k]), "",
                       result.unit});
    }
    const auto figure = [&](const char* name, double value, const std::string& unit) {
      lines.push_back({SensitivityMethod::metamodel, "", name, value, none, none, "", no_interval, unit});
    };
    figure("centre", model.centre(), result.unit);
    figure("cross_validated_error", model.cross_validated_error(), result.unit);
    figure("noise_error", model.noise_error(), result.unit);
    figure("cross_validated_r2", model.cross_validated_r2(), "");
  }
  for (const NamedBox& box : result.boxes) {
    std::string sides;
    for (const std::string& side : box.sides) sides += (sides.empty() ? "" : " and ") + side;
    const auto figure = [&](const char* name, double value, const char* unit) {
      lines.push_back({SensitivityMethod::boxes, "", name, value, none, none, sides, no_interval, unit});
    };
    figure("points", static_cast<double>(box.box.points.size()), "");
    figure("density", box.box.density, "fraction");
    figure("coverage", box.box.coverage, "fraction");
    figure("chance", box.box.chance, "fraction");
  }
  return lines;
}

std::optional<double> known(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

std::string undefined_member(const std::string& why) {
  return why.empty() ? "" : fmt::format(R"(, "undefined": {})", quoted(why));
}

std::string object_of(const Line& line) {
  return fmt::format(R"({{"value": {}, "low": {}, "high": {}, "unit": {}, "note": {}{}}})",
                     number(known(line.value)), number(known(line.low)), number(known(line.high)),
                     quoted(line.unit), quoted(line.text), undefined_member(line.undefined));
}

/// Of a flip without a range of numbers.
std::string range_of_levels(const Flip& flip) {
  if (flip.levels.empty()) return R"(null, "range_undefined": "its price book gives no range")";
  std::vector<std::string> texts;
  for (const Flip::Level& level : flip.levels) texts.push_back(level.text);
  return fmt::format(R"({}, "range_of": {})", settings_list(texts), quoted(range_of(flip)));
}

/// Numbers in the flip's unit.
std::string object_of(const Flip& flip) {
  const auto value = [](const Flip::Value& one) { return number(known(one.number)); };
  std::string levels;
  for (const Flip::Level& level : flip.levels)
    levels +=
        (levels.empty() ? "" : ", ") + fmt::format("{}: {}", quoted(level.text), quoted(name_of(level.side)));
  const std::string range = std::isnan(flip.range_low.number)
                                ? range_of_levels(flip)
                                : fmt::format(R"([{}, {}], "range_of": {})", value(flip.range_low),
                                              value(flip.range_high), quoted(range_of(flip)));
  return fmt::format(
      R"({{"is": {}, "range": {}, "crosses_at": {}, "low": {}, "high": {}, "unit": {}, "verdict": {}, "by": {}, "r2": {}, "source": {}{}{}}})",
      std::isnan(flip.used.number) && !flip.used.text.empty() ? setting(flip.used.text) : value(flip.used),
      range, value(flip.at), value(flip.low), value(flip.high), quoted(flip.unit), quoted(verdict_of(flip)),
      quoted(flip.by), number(flip.r2), quoted(flip.source),
      levels.empty() ? "" : fmt::format(R"(, "levels": {{{}}})", levels),
      undefined_member(why_undefined(flip)));
}

/// The point from which the tornado and the flips look.
std::string object_of_base(const SensitivityResult& result) {
  if (!result.base_point) return R"({"point": null, "undefined": "no point has a value"})";
  return fmt::format(R"({{"point": {}, "values": {}, "scenario": {}}})", *result.base_point,
                     settings_object(result.factors, result.base),
                     settings_object(result.factors, result.usual));
}

bool is_wanted(const SensitivityReport& report, SensitivityMethod method) {
  return !report.only || method == *report.only;
}

std::vector<std::string> items_of(const std::vector<NotCounted>& missing) {
  std::vector<std::string> items;
  for (const NotCounted& each : missing) items.push_back(each.item);
  return items;
}

/// What is not there and why: by method, and of the tornado by input.
std::vector<std::array<std::string, 3>> refusals_of(const SensitivityReport& report) {
  const SensitivityResult& result = report.result;
  std::vector<std::array<std::string, 3>> all;
  const auto add = [&](SensitivityMethod method, const std::string& input, const std::string& why) {
    if (is_wanted(report, method)) all.push_back({name_of(method), input, why});
  };
  for (const SensitivityResult::Refusal& each : result.refused) add(each.method, "", each.why);
  if (result.sobol && !result.sobol->undefined_because.empty())
    add(SensitivityMethod::sobol, "", result.sobol->undefined_because);
  for (const auto& [factor, why] : result.without_bar)
    add(SensitivityMethod::tornado, result.factors[factor], why);
  return all;
}

const char* luck_words(const SensitivityResult& result) {
  return result.shares_luck ? "paired on the luck that points share" : "noise taken as each point's own";
}

/// What stands beside every figure: lines of no method.
std::string lines_of_points(const SensitivityReport& report) {
  const SensitivityResult& result = report.result;
  std::string out;
  const auto add = [&](const char* name, double value, const char* unit, const std::string& note) {
    out += fmt::format("points,,{},{},,,{},{}\n", name, csv_cell(known(value)), unit, csv_cell(note));
  };
  const auto count = [&](const char* name, std::size_t points, const std::string& note) {
    add(name, static_cast<double>(points), "", note);
  };
  count("points", result.points,
        fmt::format("of a {} design, with a value of {}", report.design, result.measure));
  count("missing", result.missing, "without a result");
  add("bound", result.bound, result.unit.c_str(), "of the verdict");
  count("above", result.above, "the bound");
  count("below", result.below, "the bound");
  count("untold", result.untold,
        fmt::format("from the bound; intervals {:g}%, {}", 100 * report.manifest.confidence,
                    luck_words(result)));
  if (report.is_of_money()) {
    add("leak-fraction", result.base_leaks, "fraction", "at the point from which flips look");
    add("leak-fraction.least", result.least_leaks, "fraction", "over the points");
    add("leak-fraction.most", result.most_leaks, "fraction", "over the points");
    const auto list = [&](const char* name, const std::vector<std::string>& items) {
      count(name, items.size(), items.empty() ? "none" : fmt::format("{}", fmt::join(items, " ")));
    };
    list("not_counted", items_of(report.not_counted));
    list("without_life", report.without_life);
  }
  if (result.aloft_points > 0)
    add("aloft", static_cast<double>(result.aloft_points), "", warnings_of(report).front());
  return out;
}

}  // namespace

std::string json_of(const SensitivityReport& report) {
  const SensitivityResult& result = report.result;
  std::string out = "{\n  \"manifest\": {\n";
  {
    Members members(out, "    ");
    add_study(members, report.manifest);
    members.add("store", quoted(report.store));
    members.add("design", quoted(report.design));
    members.add("measure", quoted(result.measure));
    members.add("unit", quoted(result.unit));
    members.add("bound", number(result.bound));
    members.add("points", fmt::format("{}", result.points));
    members.add("missing_points", fmt::format("{}", result.missing));
    members.add("above", fmt::format("{}", result.above));
    members.add("below", fmt::format("{}", result.below));
    members.add("untold", fmt::format("{}", result.untold));
    members.add("noise", quoted(luck_words(result)));
    add_how(members, report.manifest);
  }
  out += "  },\n  \"figures\": {\n";
  {
    Members members(out, "    ");
    for (const Line& line : lines_of(report))
      if (is_wanted(report, line.method))
        members.add(fmt::format("{}{}.{}", name_of(line.method), line.input.empty() ? "" : "." + line.input,
                                line.name),
                    object_of(line));
  }
  out += "  },\n";
  if (report.is_of_money())
    out += fmt::format("  \"leak-fraction\": {{\"at_base\": {}, \"least\": {}, \"most\": {}}},\n",
                       number(known(result.base_leaks)), number(known(result.least_leaks)),
                       number(known(result.most_leaks)));
  out += fmt::format(
      "  \"aloft\": {{\"points\": {}, \"most\": {}}},\n  \"not_counted\": {},\n  \"without_life\": {},\n"
      "  \"warnings\": {},\n",
      result.aloft_points, number(result.most_aloft), list_of(items_of(report.not_counted)),
      list_of(report.without_life), list_of(warnings_of(report)));
  out += "  \"base\": " + object_of_base(result);
  out += ",\n  \"flips\": {\n";
  if (is_wanted(report, SensitivityMethod::flips)) {
    Members members(out, "    ");
    for (const Flip& flip : result.flips) members.add(name_of(flip), object_of(flip));
  }
  out += "  },\n  \"refused\": {\n";
  {
    Members members(out, "    ");
    for (const auto& [method, input, why] : refusals_of(report))
      members.add(method + (input.empty() ? "" : "." + input), quoted(why));
  }
  return out + "  }\n}\n";
}

std::string csv_of(const SensitivityReport& report) {
  std::string out = "method,input,figure,value,low,high,unit,note\n" + lines_of_points(report);
  std::vector<Line> lines = lines_of(report);
  const SensitivityResult& result = report.result;
  if (result.base_point && !result.flips.empty())
    lines.push_back({SensitivityMethod::flips, "", "base_point", static_cast<double>(*result.base_point),
                     none, none, "from which the tornado and flips look: " + base_words(result), "", ""});
  add_flips(lines, result.flips);
  for (const Line& line : lines) {
    if (!is_wanted(report, line.method)) continue;
    const std::string note =
        line.text + (line.text.empty() || line.undefined.empty() ? "" : "; ") + line.undefined;
    out += fmt::format("{},{},{},{},{},{},{},{}\n", name_of(line.method), csv_cell(line.input), line.name,
                       csv_cell(known(line.value)), csv_cell(known(line.low)), csv_cell(known(line.high)),
                       csv_cell(line.unit), csv_cell(note));
  }
  for (const auto& [method, input, why] : refusals_of(report))
    out += fmt::format("{},{},refused,,,,,{}\n", method, csv_cell(input), csv_cell(why));
  return out;
}

}  // namespace dronewall
