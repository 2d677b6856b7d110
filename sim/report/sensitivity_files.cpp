#include <fmt/format.h>

#include <cmath>

#include "dronewall/report/csv.hpp"
#include "dronewall/report/sensitivity_report.hpp"
#include "dronewall/study/version.hpp"
#include "report/json_parts.hpp"

namespace dronewall {
namespace {

/// One figure of one method and input.
struct Line {
  SensitivityMethod method;
  std::string input, name;
  double value, low, high;
  std::string text;
};

const double none = std::nan("");

void add_index(std::vector<Line>& lines, const std::string& input, const char* name,
               const SobolIndex& index) {
  lines.push_back({SensitivityMethod::sobol, input, name, index.told_from_0 ? index.value : none,
                   index.told_from_0 ? index.low : none, index.high,
                   index.told_from_0 ? "" : "cannot be told from 0"});
}

std::string verdict_of(const Flip& flip) {
  switch (flip.verdict) {
    case Flip::Verdict::in_range:
      return "in range";
    case Flip::Verdict::out_of_range:
      return "out of range";
    case Flip::Verdict::nowhere:
      return "not in range";
    case Flip::Verdict::no_price:
      return "no price";
    case Flip::Verdict::no_range:
      break;
  }
  return "no range";
}

std::vector<Line> lines_of(const SensitivityReport& report) {
  const SensitivityResult& result = report.result;
  std::vector<Line> lines;
  for (const TornadoBar& bar : result.bars)
    lines.push_back({SensitivityMethod::tornado, result.factors[bar.factor], "swing", bar.swing,
                     bar.swing_low, bar.swing_high, bar.told_from_0 ? "" : "cannot be told from 0"});
  for (std::size_t k = 0; k < result.morris.size(); ++k) {
    const MorrisEffect& effect = result.morris[k];
    const std::string words =
        effect.told_from_0 ? (effect.curved ? "bends" : "straight") : "cannot be told from 0";
    lines.push_back({SensitivityMethod::morris, result.factors[k], "mu", effect.mu, effect.mu_low,
                     effect.mu_high, words});
    lines.push_back(
        {SensitivityMethod::morris, result.factors[k], "mu_star", effect.mu_star, none, none, words});
    lines.push_back({SensitivityMethod::morris, result.factors[k], "sigma", effect.sigma, none, none, words});
  }
  if (result.sobol)
    for (std::size_t k = 0; k < result.sobol->first.size(); ++k) {
      add_index(lines, result.factors[k], "first", result.sobol->first[k]);
      add_index(lines, result.factors[k], "total", result.sobol->total[k]);
    }
  if (result.metamodel) {
    const LinearMetamodel& model = *result.metamodel;
    for (std::size_t k = 0; k < model.effects().size(); ++k) {
      const MetamodelEffect& effect = model.effects()[k];
      lines.push_back({SensitivityMethod::metamodel, result.factors[k], "slope", effect.slope, effect.low,
                       effect.high, effect.told_from_0 ? "" : "cannot be told from 0"});
    }
    const auto figure = [&](const char* name, double value) {
      lines.push_back({SensitivityMethod::metamodel, "", name, value, none, none, ""});
    };
    figure("centre", model.centre());
    figure("cross_validated_error", model.cross_validated_error());
    figure("noise_error", model.noise_error());
    figure("cross_validated_r2", model.cross_validated_r2());
  }
  for (const NamedBox& box : result.boxes) {
    std::string sides;
    for (const std::string& side : box.sides) sides += (sides.empty() ? "" : " and ") + side;
    lines.push_back({SensitivityMethod::boxes, "", "density", box.box.density, none, none, sides});
    lines.push_back({SensitivityMethod::boxes, "", "coverage", box.box.coverage, none, none, sides});
    lines.push_back({SensitivityMethod::boxes, "", "chance", box.box.chance, none, none, sides});
  }
  return lines;
}

std::string object_of(const Flip& flip) {
  return fmt::format(
      R"({{"is": {}, "published": {}, "crosses_at": {}, "low": {}, "high": {}, "verdict": {}, "by": {}, "source": {}}})",
      quoted(flip.used), quoted(flip.range), quoted(flip.at), quoted(flip.low), quoted(flip.high),
      quoted(verdict_of(flip)), quoted(flip.by), quoted(flip.source));
}

std::optional<double> known(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

std::string json_of(const SensitivityReport& report) {
  const SensitivityResult& result = report.result;
  std::string out = "{\n  \"manifest\": {\n";
  {
    Members members(out, "    ");
    members.add("program", quoted("dronewall"));
    members.add("version", quoted(program_version));
    members.add("store", quoted(report.store));
    members.add("title", quoted(report.title));
    members.add("design", quoted(report.design));
    members.add("measure", quoted(result.measure));
    members.add("unit", quoted(result.unit));
    members.add("bound", number(result.bound));
    members.add("confidence", number(report.confidence));
    members.add("seed", fmt::format("{}", report.seed));
    members.add("points", fmt::format("{}", result.points));
    members.add("missing_points", fmt::format("{}", result.missing));
    members.add("above", fmt::format("{}", result.above));
    members.add("below", fmt::format("{}", result.below));
    members.add("untold", fmt::format("{}", result.untold));
    members.add("command", quoted(report.command));
  }
  out += "  },\n  \"figures\": {\n";
  {
    Members members(out, "    ");
    for (const Line& line : lines_of(report)) {
      if (report.only && line.method != *report.only) continue;
      members.add(
          fmt::format("{}{}.{}", name_of(line.method), line.input.empty() ? "" : "." + line.input, line.name),
          fmt::format(R"({{"value": {}, "low": {}, "high": {}, "note": {}}})", number(known(line.value)),
                      number(known(line.low)), number(known(line.high)), quoted(line.text)));
    }
  }
  out += "  },\n  \"flips\": {\n";
  if (!report.only || *report.only == SensitivityMethod::flips) {
    Members members(out, "    ");
    for (const Flip& flip : result.flips)
      members.add((flip.kind == Flip::Kind::price ? "prices." : "") + flip.input, object_of(flip));
  }
  out += "  },\n  \"refused\": {\n";
  {
    Members members(out, "    ");
    for (const auto& [method, why] : result.refused) members.add(name_of(method), quoted(why));
  }
  return out + "  }\n}\n";
}

std::string csv_of(const SensitivityReport& report) {
  std::string out = "method,input,figure,value,low,high,note\n";
  for (const Line& line : lines_of(report))
    if (!report.only || line.method == *report.only)
      out += fmt::format("{},{},{},{},{},{},{}\n", name_of(line.method), csv_cell(line.input), line.name,
                         csv_cell(known(line.value)), csv_cell(known(line.low)), csv_cell(known(line.high)),
                         csv_cell(line.text));
  if (!report.only || *report.only == SensitivityMethod::flips)
    for (const Flip& flip : report.result.flips)
      out += fmt::format("flips,{},crosses_at,{},{},{},{}\n",
                         csv_cell((flip.kind == Flip::Kind::price ? "prices." : "") + flip.input),
                         csv_cell(flip.at), csv_cell(flip.low), csv_cell(flip.high), verdict_of(flip));
  return out;
}

}  // namespace dronewall
