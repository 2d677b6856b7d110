#include "table.hpp"

#include <fmt/format.h>

#include <cmath>

#include "judge.hpp"

namespace dronewall::coverage {
namespace {

/// `20,000`.
std::string grouped(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

/// `254,250`, `0.0448`: with so many significant digits, at least to the unit.
std::string shown(double value, int digits) {
  if (value < 1000) return fmt::format("{:.{}g}", value, digits);
  return grouped(static_cast<std::uint64_t>(std::llround(value)));
}

constexpr const char* preface =
    "# Coverage of intervals\n\n"
    "How often a 95% interval holds the true value, measured on raids whose true values are closed forms. "
    "Each row is\n"
    "many experiments: the scenario file in `tests/coverage/` is run by the ordinary engine, each time under "
    "another\n"
    "seed, with so many replications, and the interval that the program would print is held against the true "
    "value.\n"
    "Written by `test_coverage --write docs/coverage.md` from `tests/coverage/recorded.csv`, which\n"
    "`test_coverage --long` measures. A quick form in every test run compares itself with that record, "
    "two-sided, at\n"
    "an error rate of 1 in 1,000 for all rows together, and fails when an interval becomes narrower or "
    "wider.\n\n"
    "The share stands with its exact binomial 95% interval. An interval **covers** when that reaches 95%, "
    "is\n"
    "**conservative** when it lies above, and **under-covers** when it lies below. Of so many rows one in "
    "twenty\n"
    "would show as other than it is. Where an interval was not given in every experiment, the share is of "
    "those that\n"
    "were, and their number stands behind *of*. A half-width is the mean over intervals with two bounds.\n\n"
    "The raid (`raid.yaml`): three flyers, decoys with 0.4, and a missile; a target is shot at once or "
    "twice; the\n"
    "missile gets through in one raid of 200 and costs $4M. *Losses as they happen* are what probabilities "
    "and\n"
    "quantiles of money are made of; otherwise the loss to be expected at the last shot is priced, $0.8M in "
    "one raid\n"
    "of 40. No interval can do much with losses as they happen at 100 or 200 replications: 61% and 37% of "
    "such\n"
    "samples hold none. `seen-late.yaml` is one drone that is seen after an exponential delay, "
    "`four-strikers.yaml`\n"
    "with its studies four drones whose kill probability and reliability nobody knows (32 points, 32 groups "
    "of "
    "four\n"
    "for indices, 20 trajectories, or a grid of nine; ranges 0.4 wide for indices, slopes and crossings, 0.2 "
    "for the\n"
    "rest, and 0.04 where they are called narrow), `select.yaml` a choice among eight mixes at 95%;\n"
    "in `select-near.yaml` three of eight cost least and break the limit, and of the others the best is "
    "ahead by hardly\n"
    "more than the indifference zone, where a procedure is most often wrong.\n\n";

}  // namespace

std::string markdown(const std::vector<Row>& rows, const Record& record) {
  std::string text = preface;
  text +=
      "| interval | replications | true value | held | share | half-width | method | verdict |\n"
      "|---|---:|---:|---:|---|---:|---|---|\n";
  for (const Row& row : rows) {
    const auto found = record.find({row.what, row.n});
    if (found == record.end()) continue;
    const Measured& measured = found->second;
    const ConfidenceInterval share = measured.share();
    const double at =
        measured.given == 0 ? 0 : static_cast<double>(measured.held) / static_cast<double>(measured.given);
    text += fmt::format("| {} | {} | {} | {} of {} | {:.1f}% ({:.1f} – {:.1f}) | {} | {} | {} |\n", row.what,
                        grouped(row.n), shown(row.truth, 5), grouped(measured.held), grouped(measured.given),
                        100 * at, 100 * share.low, 100 * share.high,
                        measured.half_width > 0 ? shown(measured.half_width, 3) : "", measured.method,
                        verdict(row, measured));
  }
  return text;
}

}  // namespace dronewall::coverage
