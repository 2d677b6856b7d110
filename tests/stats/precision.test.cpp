#include "dronewall/stats/precision.hpp"

#include <limits>

#include "catch.hpp"

namespace dronewall {
namespace {

PrecisionSample sample_of(std::uint64_t replications, double mean, double half_width) {
  return {.replications = replications,
          .mean = mean,
          .interval = {mean - half_width, mean + half_width, IntervalMethod::student_t},
          .events = {}};
}

TEST_CASE("one looks at batch ends only, not before the minimum nor past the cap", "[stats]") {
  const StoppingRule rule{.batch = 60, .minimum = 100, .cap = 250};
  CHECK(rule.next_look(0) == 120);
  CHECK(rule.next_look(99) == 120);
  CHECK(rule.next_look(119) == 180);
  CHECK(rule.next_look(120) == 180);
  CHECK(rule.next_look(180) == 240);
  CHECK(rule.next_look(240) == 250);
  CHECK(rule.next_look(250) == 250);
  CHECK(rule.next_look(300) == 300);
}

TEST_CASE("looks are more than a tenth apart, and none is past the cap", "[stats]") {
  const StoppingRule rule{.batch = 100, .minimum = 100, .cap = 7'300};
  std::uint64_t look = rule.next_look(0);
  CHECK(look == 100);
  for (std::uint64_t last = look; look < rule.cap; last = look) {
    look = rule.next_look(last);
    CHECK((10 * look > 11 * last || look == rule.cap));
  }
  CHECK(look == rule.cap);
}

TEST_CASE("a relative half-width is judged against the size of the mean", "[stats]") {
  const StoppingRule rule{.goal = {.half_width = 0.01}};
  CHECK(judge_precision(rule, sample_of(200, 50, 0.5)).state == PrecisionState::reached);
  CHECK(judge_precision(rule, sample_of(200, 50, 0.5)).reason.empty());
  CHECK(judge_precision(rule, sample_of(200, -50, 0.5)).state == PrecisionState::reached);
  const PrecisionVerdict verdict = judge_precision(rule, sample_of(200, 50, 1.05));
  CHECK(verdict.state == PrecisionState::not_yet);
  CHECK(verdict.half_width == Approx(0.021));
  CHECK(verdict.reason == "half-width 2.1% of the mean, wanted 1% of the mean");
}

TEST_CASE("points of a fraction are absolute", "[stats]") {
  const StoppingRule rule{.goal = {.half_width = 0.005, .scale = PrecisionScale::absolute}};
  CHECK(judge_precision(rule, sample_of(200, 0, 0.004)).state == PrecisionState::reached);
  CHECK(judge_precision(rule, sample_of(200, 0.3, 0.02)).reason == "half-width 2 points, wanted 0.5 points");
}

TEST_CASE("precise too early or between batch ends is not reached", "[stats]") {
  const StoppingRule rule{.goal = {.half_width = 0.01}, .batch = 50, .minimum = 100};
  CHECK(judge_precision(rule, sample_of(50, 50, 0.1)).reason == "50 replications, wanted 100");
  CHECK(judge_precision(rule, sample_of(120, 50, 0.1)).reason == "120 replications are no batch end");
  CHECK(judge_precision(rule, sample_of(150, 50, 0.1)).state == PrecisionState::reached);
}

TEST_CASE("a rare measure waits for its loss events", "[stats]") {
  const StoppingRule rule{.goal = {.half_width = 0.01}};
  PrecisionSample sample = sample_of(100, 50, 0.1);
  sample.events = 29;
  CHECK(judge_precision(rule, sample).state == PrecisionState::not_yet);
  CHECK(judge_precision(rule, sample).reason == "29 loss events, wanted 30");
  sample.events = 30;
  CHECK(judge_precision(rule, sample).state == PrecisionState::reached);
}

TEST_CASE("at the cap what is not reached is capped", "[stats]") {
  const StoppingRule rule{.goal = {.half_width = 0.01}, .cap = 330};
  CHECK(judge_precision(rule, sample_of(300, 50, 2)).state == PrecisionState::not_yet);
  CHECK(judge_precision(rule, sample_of(330, 50, 2)).state == PrecisionState::capped);
  CHECK(judge_precision(rule, sample_of(330, 50, 0.1)).state == PrecisionState::reached);
}

TEST_CASE("a mean of zero or no interval never counts as precise", "[stats]") {
  const StoppingRule rule{.goal = {.half_width = 0.01}};
  CHECK(judge_precision(rule, sample_of(200, 0, 0)).state == PrecisionState::not_yet);
  const PrecisionSample undefined{.replications = 200, .mean = 5, .interval = {}, .events = {}};
  CHECK(judge_precision(rule, undefined).reason == "the interval is undefined");
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(judge_precision(rule, sample_of(200, 5, infinity)).state == PrecisionState::not_yet);
}

}  // namespace
}  // namespace dronewall
