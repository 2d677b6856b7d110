#include "dronewall/stats/requirement.hpp"

#include "catch.hpp"
#include "stats/samples.hpp"

namespace dronewall {
namespace {

using test::Uniforms;
using test::within_sigmas;

TEST_CASE("a probability is told from its limit by exact bounds", "[stats][requirement]") {
  // 0 of 59: the upper 95% bound is 1 − 0.05^(1/59) = 4.95%.
  CHECK(judge_probability(0, 59, Limit::at_most, 0.05, 0.05) == LimitVerdict::met);
  CHECK(judge_probability(0, 58, Limit::at_most, 0.05, 0.05) == LimitVerdict::open);
  CHECK(judge_probability(59, 59, Limit::at_least, 0.95, 0.05) == LimitVerdict::met);
  CHECK(judge_probability(10, 10, Limit::at_most, 0.5, 0.05) == LimitVerdict::broken);
  CHECK(judge_probability(0, 10, Limit::at_least, 0.5, 0.05) == LimitVerdict::broken);
}

TEST_CASE("a mean is told from its limit by Student's t", "[stats][requirement]") {
  // t(0.95, 4) = 2.131847, standard error 1.
  const ExcessSample sample{.mean = -2.14, .variance = 5, .n = 5};
  CHECK(judge_excess(sample, 0.05) == LimitVerdict::met);
  CHECK(judge_excess({.mean = -2.12, .variance = 5, .n = 5}, 0.05) == LimitVerdict::open);
  CHECK(judge_excess({.mean = 2.14, .variance = 5, .n = 5}, 0.05) == LimitVerdict::broken);
  CHECK(judge_excess({.mean = 0, .variance = 0, .n = 5}, 0.05) == LimitVerdict::met);
}

TEST_CASE("what was never seen is not taken for never", "[stats][requirement]") {
  // 0 leaked of each of 20; the limit is 10%: the next may leak whole. One such among 21: mean −0.1 + 1/21.
  ExcessSample sample{.mean = -0.1, .variance = 0, .n = 20, .least = {}, .greatest = 0.9};
  CHECK(judge_excess(sample, 0.05) == LimitVerdict::open);
  sample.greatest.reset();
  CHECK(judge_excess(sample, 0.05) == LimitVerdict::met);
  sample.n = 200, sample.greatest = 0.9;
  CHECK(judge_excess(sample, 0.05) == LimitVerdict::met);
}

TEST_CASE("a requirement at its limit is misjudged as seldom as promised",
          "[stats][requirement][statistical]") {
  constexpr int experiments = 4'000, n = 400;
  constexpr double limit = 0.1, alpha = 0.05;
  int met = 0, broken = 0, met_by_mean = 0;
  for (int experiment = 0; experiment < experiments; ++experiment) {
    Uniforms uniform(11, static_cast<std::uint64_t>(experiment));
    std::uint64_t successes = 0;
    for (int k = 0; k < n; ++k) successes += uniform() < limit;
    const LimitVerdict verdict = judge_probability(successes, n, Limit::at_most, limit, alpha);
    met += verdict == LimitVerdict::met;
    broken += verdict == LimitVerdict::broken;
    met_by_mean += static_cast<double>(successes) / n <= limit;
  }
  // Exact bounds err less often than alpha, for counts are whole; 4 standard deviations above it is 1 seed in
  // 30,000.
  const double most = alpha * experiments + 4 * std::sqrt(experiments * alpha * (1 - alpha));
  CHECK(met <= most);
  CHECK(broken <= most);
  CHECK(met > alpha * experiments / 4);
  CHECK(met_by_mean > most);  // the mean alone would be wrong every other time
}

}  // namespace
}  // namespace dronewall
