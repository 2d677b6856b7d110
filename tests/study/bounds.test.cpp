#include "catch.hpp"
#include "study/estimates.hpp"

using namespace dronewall;

namespace {

Estimate known(std::string name, double mean, bool is_ratio = false) {
  Estimate estimate;
  estimate.name = std::move(name);
  estimate.mean = mean;
  estimate.is_ratio = is_ratio;
  return estimate;
}

/// 20 launched at 10 k$ each; 12 stopped, 3 leaked, 5 aloft at the end; the defender spent 600 k$.
std::vector<Estimate> raid() {
  return {known("intruders.launched", 20),
          known("cost.attacker", 200e3),
          known("cost.defender.full", 600e3),
          known("leakers", 3),
          known("leak-fraction", 0.15, true),
          known("cost-exchange.full", 3, true),
          known("cost-exchange.per-stopped.full", 5, true),
          known("cost-per-kill.full", 50e3, true),
          known("attacker-cost-per-strike", 200e3 / 3, true),
          known("time.decision", 60, true)};
}

}  // namespace

TEST_CASE("intruders still aloft bound each ratio on the side they could move it", "[study]") {
  auto estimates = raid();
  add_bounds(estimates, 5);
  const auto check = [&](std::size_t i, double low, double high) {
    INFO(estimates[i].name);
    REQUIRE(estimates[i].bounds);
    CHECK(estimates[i].bounds->first == Approx(low));
    CHECK(estimates[i].bounds->second == Approx(high));
  };
  check(4, 0.15, 0.40);            // 3 / 20 … 8 / 20
  check(5, 3, 4);                  // 600 / 200 … 600 / 150
  check(6, 600.0 / 170, 5);        // the five are stopped: 50 k$ more below
  check(7, 600e3 / 17, 50e3);      // 12 … 17 kills
  check(8, 200e3 / 8, 200e3 / 3);  // 3 … 8 strikes
  CHECK_FALSE(estimates[9].bounds);
  CHECK_FALSE(estimates[1].bounds);
}

TEST_CASE("with nothing aloft there are no bounds", "[study]") {
  auto estimates = raid();
  add_bounds(estimates, 0);
  for (const Estimate& estimate : estimates) CHECK_FALSE(estimate.bounds);
}
