// A comparison for people: what differs, by how much, and what cannot be told from 0.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dronewall/core/phrases.hpp"
#include "dronewall/core/problem.hpp"
#include "dronewall/report/compare_report.hpp"
#include "dronewall/study/version.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

/// A part of the table: measures by the beginnings of their names.
struct Section {
  const char* title;
  std::vector<const char*> begins;
};

/// Costs of single units, nations and items, and break-even prices, stand in the JSON and the CSV.
const std::vector<Section>& sections() {
  static const std::vector<Section> all = {
      {"What became of them",
       {"intruders.", "stopped", "soft-kills", "leakers", "leak-fraction", "escorted", "unresolved", "fates.",
        "wrong-engagements"}},
      {"What it cost",
       {"cost.defender.", "cost.attacker", "cost.investment", "cost.account.", "cost-exchange.",
        "cost-per-kill.", "attacker-cost-per-strike"}},
      {"How far the defence got, and why intruders leaked", {"stage.", "lost."}},
      {"Used up", {"rounds.", "wasted.", "hours.", "sorties."}},
      {"Times and queues",
       {"time.", "range.", "wait.", "waited.", "busy.", "reneged.", "on-station.", "off-station."}},
      {"Disruption and damage", {"closures.", "strikes.", "debris."}}};
  return all;
}

bool belongs_to(const Section& section, const std::string& name) {
  // Bounds of price ranges and ratios per stopped intruder say again what their ratio says.
  if (name.ends_with(".least") || name.ends_with(".most") || name.starts_with("cost-exchange.per-stopped."))
    return false;
  return std::any_of(section.begins.begin(), section.begins.end(),
                     [&](const char* begin) { return name.rfind(begin, 0) == 0; });
}

/// A mean, or the bounds of a ratio whose intruders are still aloft.
std::string value_text(const Estimate* estimate) {
  if (estimate == nullptr || !estimate->mean) return "undefined";
  const Measure measure = measure_of_unit(estimate->unit);
  return estimate->bounds ? figure(*estimate) : figure(*estimate->mean, measure);
}

/// With its sign; a difference of shares is told in points, for `%` could mean a share of the first.
std::string signed_text(const Estimate& estimate) {
  if (estimate.bounds) return value_text(&estimate);
  std::string text = figure(estimate);
  if (estimate.unit == "fraction" && estimate.mean) {
    const std::optional<double> half_width = estimate.half_width();
    text = figure(100 * *estimate.mean, half_width ? std::optional(100 * *half_width) : std::nullopt,
                  Measure{}) +
           " points";
  }
  return estimate.mean.value_or(0) > 0 ? fmt::format("+{}", text) : text;
}

std::string pairing_text(const Difference& difference) {
  if (!difference.estimate.se) return "";
  if (*difference.estimate.se == 0) return "exact";
  if (!difference.variance_ratio) return "";
  const double ratio = *difference.variance_ratio;
  return ratio >= 99.5 ? fmt::format("× {}", grouped(static_cast<std::uint64_t>(ratio + 0.5)))
                       : fmt::format("× {:.{}f}", ratio, ratio < 9.95 ? 1 : 0);
}

constexpr std::size_t name_width = 33, value_width = 15, difference_width = 22, pairing_width = 9;

/// The pair that a part of the table is about.
struct Pair {
  const PointResult& first;
  const PointResult& other;
  const PairComparison& comparison;
  std::string letter;  // of the other
};

std::string head_of(const Pair& pair) {
  return fmt::format("  {}{}{}{}  {}\n", pad_right("", name_width), pad_left("A", value_width),
                     pad_left(pair.letter, value_width), pad_left(pair.letter + " − A", difference_width),
                     pad_left("pairing", pairing_width));
}

std::string line_of(const Pair& pair, const Difference& difference) {
  const std::string& name = difference.estimate.name;
  // Bounds of a ratio fill their column.
  return fmt::format("  {}{}{}{}{}{}\n", pad_right(name, name_width),
                     pad_left(' ' + value_text(pair.first.find(name)), value_width),
                     pad_left(' ' + value_text(pair.other.find(name)), value_width),
                     pad_left(signed_text(difference.estimate), difference_width),
                     difference.told == Told::unclear ? " ~" : "  ",
                     pad_left(pairing_text(difference), pairing_width));
}

/// Names, with commas between them.
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void add_section(std::string& out, const Pair& pair, const Section& section) {
  std::string lines;
  std::vector<std::string> equal;
  for (const Difference& difference : pair.comparison.differences) {
    if (!belongs_to(section, difference.estimate.name)) continue;
    if (difference.told == Told::equal)
      equal.push_back(difference.estimate.name);
    else if (difference.told != Told::undefined)
      lines += line_of(pair, difference);
  }
  if (lines.empty() && equal.empty()) return;
  add_heading(out, section.title);
  if (!lines.empty()) out += head_of(pair) + lines;
  if (!equal.empty()) add_words(out, "the same in every replication: " + listed(equal), 2);
}

void add_averted(std::string& out, const Pair& pair) {
  const Difference* leakers = pair.comparison.find("leakers");
  if (leakers == nullptr || pair.comparison.averted.empty()) return;
  add_heading(out, "Losses averted");
  if (leakers->told == Told::above || leakers->told == Told::below) {
    Estimate fewer = leakers->estimate;
    const bool is_first = leakers->told == Told::above;
    if (!is_first) *fewer.mean = -*fewer.mean, fewer.bounds.reset();
    add_words(
        out,
        fmt::format("{} lets {} fewer leak than {}. What it pays more for each of them (below 0: less):",
                    is_first ? "A" : pair.letter, figure(fewer), is_first ? pair.letter : "A"),
        2);
  }
  for (const Estimate& averted : pair.comparison.averted) {
    const std::string view = averted.name.substr(averted.name.rfind('.') + 1);
    const std::string words = averted.mean ? figure(averted) : "undefined: " + averted.undefined_because;
    out += fmt::format("  {}{}\n", pad_right(view, 12), words);
  }
}

void add_only(std::string& out, const Pair& pair) {
  if (!pair.comparison.only_first.empty())
    add_words(out, "only A has: " + listed(pair.comparison.only_first), 2);
  if (!pair.comparison.only_other.empty())
    add_words(out, fmt::format("only {} has: {}", pair.letter, listed(pair.comparison.only_other)), 2);
}

/// How many differences there are of each kind, and what that is worth.
void add_count(std::string& out, const Pair& pair, double confidence) {
  std::array<std::size_t, 5> count{};
  for (const Difference& difference : pair.comparison.differences)
    ++count[static_cast<std::size_t>(difference.told)];
  const auto of = [&](Told told) { return count[static_cast<std::size_t>(told)]; };
  const std::size_t told = of(Told::above) + of(Told::below);
  add_rule(out);
  add_words(
      out,
      fmt::format("Of {} measures that A and {} share, {} differ, {} cannot be told from 0 (~), {} are the "
                  "same in every replication and {} have no value in one of them. Each interval holds by "
                  "itself: where nothing differs, "
                  "one in {:.0f} would still seem to. All of them: --format json or csv.",
                  pair.comparison.differences.size(), pair.letter, told, of(Told::unclear), of(Told::equal),
                  of(Told::undefined), 1 / (1 - confidence)),
      0);
  add_only(out, pair);
}

std::string not_counted_text(const Pricing& pricing, Missing missing) {
  std::vector<std::string> items;
  for (const NotCounted& item : pricing.not_counted)
    if (item.missing == missing) items.push_back(item.item);
  return listed(items);
}

void add_not_counted(std::string& out, const std::string& letter, const Pricing& pricing) {
  for (const auto& [missing, word] : {std::pair{Missing::price, "price"}, std::pair{Missing::life, "life"}})
    if (const std::string items = not_counted_text(pricing, missing); !items.empty())
      add_words(out, fmt::format("not counted in {}, having no {}: {}", letter, word, items), 0);
}

void add_scenarios(std::string& out, const CompareReport& report) {
  out += escaped(report.scenarios.front().title) + '\n';
  for (std::size_t i = 0; i < report.scenarios.size(); ++i) {
    const ComparedScenario& scenario = report.scenarios[i];
    std::string words = fmt::format("{}  {}", letter_of(i), escaped(scenario.file));
    for (const std::string& value : scenario.with) words += fmt::format(" with {}", escaped(value));
    for (const std::string& path : scenario.without) words += fmt::format(" without {}", escaped(path));
    if (scenario.title != report.scenarios.front().title)
      words += fmt::format(": {}", escaped(scenario.title));
    add_words(out, words, 2);
  }
}

void add_closing(std::string& out, const CompareReport& report) {
  const Manifest& manifest = report.manifest;
  add_rule(out);
  for (std::size_t i = 0; i < report.scenarios.size(); ++i)
    add_not_counted(out, letter_of(i), report.scenarios[i].pricing);
  std::string changes;
  for (const std::string& set : manifest.sets) changes += fmt::format(" --set {}", escaped(set));
  for (const std::string& book : manifest.books) changes += fmt::format(" --prices {}", escaped(book));
  if (!changes.empty()) add_words(out, "all changed by" + changes, 0);
  out += fmt::format("{} of each on the same luck · seed {} · ± is {:g}% confidence of the pairs\n",
                     counted(report.result.replications, "replication"), manifest.seed,
                     100 * manifest.confidence);
  out += "pairing × 9: without common luck, 9 times the replications for the same ±\n";
  out += fmt::format("dronewall {} · results version {} · arithmetic {:016x}\n", program_version,
                     results_version, manifest.fingerprint);
}

}  // namespace

std::string table_of(const CompareReport& report) {
  std::string out;
  add_scenarios(out, report);
  for (const std::string& warning : warnings_of(report)) add_words(out, "warning: " + warning, 0);
  if (report.result.replications == 0) return out;
  for (std::size_t i = 0; i < report.result.against_first.size(); ++i) {
    const Pair pair{report.result.variants[0], report.result.variants[i + 1], report.result.against_first[i],
                    letter_of(i + 1)};
    for (const Section& section : sections()) {
      add_section(out, pair, section);
      if (&section == &sections()[1]) add_averted(out, pair);
    }
    add_count(out, pair, report.manifest.confidence);
  }
  add_closing(out, report);
  return out;
}

std::vector<std::string> warnings_of(const CompareReport& report) {
  std::vector<std::string> warnings = report.notes;
  const CompareResult& result = report.result;
  for (std::size_t i = 0; i < result.variants.size(); ++i)
    if (const double unresolved = result.variants[i].unresolved; unresolved > 0)
      warnings.push_back(fmt::format(
          "in {}, {} intruders per replication are still aloft at the end: ratios and their differences are "
          "shown with their bounds (a longer `time.settle` lets them finish)",
          letter_of(i), figure(unresolved, Measure{})));
  if (result.end == RunEnd::stopped)
    warnings.push_back(fmt::format("stopped early: {} {} finished and counted",
                                   counted(result.replications, "replication"),
                                   result.replications == 1 ? "is" : "are"));
  if (result.end == RunEnd::precision_missed && result.precision)
    warnings.push_back(
        fmt::format("the precision of the difference of {} was not reached after {}: {}",
                    report.manifest.precision ? report.manifest.precision->measure : "a measure",
                    counted(result.replications, "replication"), result.precision->reason));
  return warnings;
}

}  // namespace dronewall
