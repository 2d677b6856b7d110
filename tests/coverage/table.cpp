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
    R"md(# Coverage of intervals

How often a 95% interval holds the true value, measured on raids whose true values are closed forms. Each row is
many experiments: the scenario file in `tests/coverage/` is run by the ordinary engine, each time under another
seed, with so many replications, and the interval that the program would print is held against the true value.
Written by `test_coverage --write docs/coverage.md` from `tests/coverage/recorded.csv`, which
`test_coverage --long` measures. A quick form in every test run compares itself with that record, two-sided, at
an error rate of 1 in 1,000 for all rows together, and fails when an interval becomes narrower or wider.

The share stands with its exact binomial 95% interval. An interval **covers** when that reaches 95%, is
**conservative** when it lies above, and **under-covers** when it lies below. Of so many rows one in twenty
would show as other than it is. Where an interval was not given in every experiment, the share is of those that
were, and their number stands behind *of*. A half-width is the mean over intervals with two bounds.

The raid (`raid.yaml`): three flyers, decoys with 0.4, and a missile; a target is shot at once or twice; the
missile gets through in one raid of 200 and costs $4M. *Losses as they happen* are what probabilities and
quantiles of money are made of; otherwise the loss to be expected at the last shot is priced, $0.8M in one raid
of 40. No interval can do much with losses as they happen at 100 or 200 replications: 61% and 37% of such
samples hold none. `shared-luck.yaml` is ten drones that share one draw, so that all leak in one raid of a hundred,
or in half of these raids each leaks with 0.1: where none was seen, the bound is that of whole raids.
`seen-late.yaml` is one drone that is seen after an exponential delay, `four-strikers.yaml`
with its studies four drones whose kill probability and reliability nobody knows (32 points, 32 groups of four
for indices where nothing else is said, 20 trajectories, or a grid of nine; ranges 0.4 wide for indices, slopes and crossings, 0.2 for the
rest, and 0.04 where they are called narrow), `select.yaml` a choice among eight mixes at 95%;
in `select-near.yaml` three of eight cost least and break the limit, and of the others the best is ahead by hardly
more than the indifference zone, where a procedure is most often wrong.

## What was never seen

A count, a cost or a share of which few events were seen (fewer than 30, in fewer than half of the replications) has the exact
bounds of so few: Poisson for means, Clopper–Pearson for shares. What is counted are independent events, and only replications
are known to be independent: drones of a raid may share a kill probability, a sensor that is down, the weather; all raids of a
replication may share a draw, too (`draw: shot | unit | raid | replication`). So:

- **Some seen.** Events have the size that was seen, Σ x² / Σ x over replications: three raids that leak ten each are three events.
- **None seen.** Nothing tells how large an event would be, so it is taken to be a whole replication: each who came, once, at the
  dearest weight. 0 of n replications: a mean of at most 3.69 / n × whole, a share of at most 3.69 / n; where all leak, or all are
  stopped, the same from above. The whole is the largest number seen, not the mean, since what leaks seldom may leak when most
  come: of fates, leakers and strikes the intruders of a replication, of what else is counted (rounds, sorties, closures, decisions)
  its intruders, false tracks and traffic, of a share the denominator. One each is assumed of what may fall to one several times
  (rounds of a salvo); where nobody came it is one. `P(…)` needs none of this: its trials are replications.

A bound may therefore *shrink* when the first event is seen: with ten drones and 400 replications from 0 (≤ 0.092) leakers to
0.0025 (≤ 0.014) when one drone leaks alone. That is what the sample says, and it is too little where raids mostly lose one drone
and seldom all (*mostly one or all* below). A campaign of a year with thousands of intruders and ten replications has wide bounds
of what never happened: more replications are what makes them narrow.

## The table

)md";

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
