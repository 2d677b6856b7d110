#include "verdict.hpp"

#include <fmt/format.h>

#include <cmath>

namespace dronewall::known {
namespace {

constexpr double exact_share = 1e-6;

double sharpest(Rule rule, double expected) {
  switch (rule) {
    case Rule::exact:
      return exact_share * std::abs(expected);
    case Rule::variance:
      return 0.05 * std::abs(expected);
    case Rule::probability:
      if (expected < 0.1) return 0.005;
      break;
    case Rule::value:
      break;
  }
  return 0.02 * std::abs(expected);
}

}  // namespace

Judgement judge(const KnownQuantity& quantity, double expected, const Reading& reading) {
  const double reach =
      std::max(quantity.rule == Rule::exact ? 0.0 : 4 * reading.se, exact_share * std::abs(expected));
  Judgement judgement;
  judgement.near = std::abs(reading.value - expected) <= reach;
  judgement.sharp = 4 * reading.se <= sharpest(quantity.rule, expected);
  for (const WrongAnswer& wrong : quantity.wrong)
    if (std::abs(reading.value - wrong.value) <= reach) judgement.confused_with.push_back(wrong.name);
  return judgement;
}

std::string shown_reading(const Reading& reading) {
  const double error = 4 * reading.se;
  if (!(error > 0)) return fmt::format("{:.10g}", reading.value);
  const int digits = std::max(0, 1 - static_cast<int>(std::floor(std::log10(error))));
  return fmt::format("{:.{}f} ± {:.{}f}", reading.value, digits, error, digits);
}

std::string shown_file(const Case& row, const KnownQuantity& quantity) {
  std::string text = row.file;
  for (const Change& change : row.changes) text += fmt::format(", {}: {}", change.path, change.value);
  for (std::size_t i = 0; i < quantity.against.size(); ++i)
    text += fmt::format("{} {}: {}", i == 0 ? "; against" : ",", quantity.against[i].path,
                        quantity.against[i].value);
  return text;
}

namespace {

/// `1 + mean(time.first-detection)`; code, so that nothing in it is taken for Markdown.
std::string shown_read(const KnownQuantity& quantity) {
  if (quantity.read.empty()) return "";
  std::string text = quantity.read;
  if (quantity.times != 1) text = fmt::format("{:.6g} × {}", quantity.times, text);
  if (quantity.plus != 0) text += fmt::format(" + {:.6g}", quantity.plus);
  return "`" + text + "`";
}

}  // namespace

std::string markdown(const std::vector<Line>& lines) {
  std::string text =
      "# Known answers\n\n"
      "Closed-form answers that the engine gives back, each from an ordinary scenario file in "
      "`tests/known/`,\n"
      "run like any other. Written by `test_known --write docs/known-answers.md`. What follows a file's name "
      "was\n"
      "changed in it, as `--set` does: other parameters, whose closed form is the one that gives the "
      "published\n"
      "figures of the file as it stands.\n\n"
      "A measured value holds when it lies within four standard errors of the closed form **and** four "
      "standard\n"
      "errors are at most 2% of it (5% for variances; 0.005 for probabilities below 0.1), so that too few\n"
      "replications cannot pass; what is not random must agree to one part in a million. A failure is run "
      "once\n"
      "more with ten times the replications and another seed. *Not X* names what a common mistake would "
      "give:\n"
      "it lies more than four standard errors away. How often intervals hold what is true: "
      "[coverage.md](coverage.md).\n\n"
      "| case | quantity | file | read as | expected | measured ± 4 se | verdict |\n"
      "|---|---|---|---|---:|---:|---|\n";
  for (const Line& line : lines) {
    const bool cannot = !line.quantity->cannot.empty();
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", line.row->id, line.quantity->name,
                        shown_file(*line.row, *line.quantity), shown_read(*line.quantity),
                        cannot ? "" : fmt::format("{:.9g}", line.expected),
                        cannot ? "" : shown_reading(line.reading), line.verdict);
  }
  return text;
}

}  // namespace dronewall::known
