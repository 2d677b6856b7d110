// Reading a number and its standard error off runs of a scenario.
//
//     mean(NAME)            mean of a measure or column over replications; of a ratio, the ratio of means
//     ratio(NAME / NAME)    ratio of two means
//     sum(NAME + K * NAME)  mean of one measure and K times another
//     var(NAME), sd(NAME)   between replications
//     P(NAME OP VALUE)      share of replications
//     paired-var(NAME)      variance of the difference to the second run, on the same seed
//     unpaired-var(NAME)    the same, the second run on another seed
//     difference(NAME)      second run minus first, means
//     quotient(NAME)        second run over first, means
//     same-counts()         share of replications in which both runs book the same counts
//     equal(NAME = NAME)    share of replications in which two columns agree to 1e-6
//     coverage(NAME)        share of 95% intervals from `n_runs` replications that hold the expected mean
//     of-n-runs(NAME)       mean over studies of `n_runs` replications of the estimate that each reports
//     trace(WHAT PART)      x, y (m) or time (s) of the first event of that name in a trace
#pragma once
#include "cases.hpp"
#include "common/experiment.hpp"

namespace dronewall::known {

using test::Experiment;
using test::in_parts;
using test::Series;

struct Reading {
  double value = 0;
  double se = 0;
};

struct RunPlan {
  std::uint64_t seed = 1;
  std::uint32_t replications = 1;
  std::uint32_t threads = 1;
};

/// Reads all quantities of a case, those of one run in one go; in their order.
[[nodiscard]] std::vector<Reading> read_quantities(const Case& row, const std::string& folder,
                                                   const RunPlan& plan);

}  // namespace dronewall::known
