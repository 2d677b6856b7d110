// Ranking, selection, screening and allocation against published and hand-made answers.
#include "dronewall/stats/selection.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include "catch.hpp"
#include "stats/samples.hpp"

namespace dronewall {
namespace {

using test::Uniforms;

/// Standard normals by Box and Muller.
class Normals {
 public:
  Normals(std::uint64_t seed, std::uint64_t stream) : uniform_(seed, stream) {}
  double operator()() {
    const double radius = std::sqrt(-2 * std::log(uniform_()));
    return radius * std::cos(2 * std::numbers::pi * uniform_());
  }

 private:
  Uniforms uniform_;
};

TEST_CASE("OCBA spends the published example's budget as published", "[stats][selection]") {
  const std::vector<double> means = {1.2, 2.1, 3.4, 4.87, 6.05}, variances = {3.3, 2, 4.5, 5.3, 6.9};
  const std::vector<std::uint64_t> counts = {12, 6, 5, 5, 4};
  CHECK(ocba_allocation(means, variances, counts, 100) == std::vector<std::uint64_t>{48, 38, 11, 2, 1});
  // Whoever has had more than its share gets none, and the others share what is left.
  const std::vector<std::uint64_t> uneven = {12, 6, 5, 5, 400};
  const std::vector<std::uint64_t> more = ocba_allocation(means, variances, uneven, 100);
  CHECK(more[4] == 0);
  CHECK(std::accumulate(more.begin(), more.end(), std::uint64_t{0}) == 100);
  CHECK(more[0] > more[1]);
}

TEST_CASE("OCBA gives all that it has where systems tie or do not vary", "[stats][selection]") {
  const std::vector<std::uint64_t> counts = {10, 10, 10};
  for (const std::vector<double>& variances : {std::vector<double>{0, 0, 0}, {1, 0, 2}, {4, 4, 4}})
    for (const std::vector<double>& means : {std::vector<double>{1, 1, 1}, {1, 1, 5}, {3, 2, 1}}) {
      const std::vector<std::uint64_t> more = ocba_allocation(means, variances, counts, 77);
      CHECK(std::accumulate(more.begin(), more.end(), std::uint64_t{0}) == 77);
    }
}

/// Normal systems at the slippage configuration: the first is better than all others by δ exactly, and all
/// share a part of their luck.
class Slippage {
 public:
  static constexpr std::size_t systems = 5;
  static constexpr double gap = 0.5;
  Slippage(std::uint64_t experiment, double shared) : normal_(2026, experiment), shared_(shared) {}

  void draw() {
    const double common = normal_();
    for (std::size_t i = 0; i < systems; ++i)
      all_[i].numerators.push_back((i == 0 ? 0 : gap) + std::sqrt(shared_) * common +
                                   std::sqrt(1 - shared_) * normal_());
  }
  [[nodiscard]] const std::vector<Observations>& all() const { return all_; }
  [[nodiscard]] std::vector<double> means() const {
    std::vector<double> means;
    for (const Observations& each : all_) means.push_back(each.value(each.count()));
    return means;
  }

 private:
  Normals normal_;
  double shared_;
  std::vector<Observations> all_ = std::vector<Observations>(systems);
};

struct Selections {
  int right = 0;           // by the procedure
  int right_at_first = 0;  // by the least mean of the first stage
  double observations = 0;
};

Selections select_at_slippage(double shared, int experiments) {
  constexpr std::uint64_t first = 16;
  Selections counted;
  for (int experiment = 0; experiment < experiments; ++experiment) {
    Slippage sample(static_cast<std::uint64_t>(experiment), shared);
    for (std::uint64_t k = 0; k < first; ++k) sample.draw();
    const std::vector<double> means = sample.means();
    counted.right_at_first += *std::min_element(means.begin(), means.end()) == means[0];
    KimNelson procedure(Slippage::systems, {.alpha = 0.05, .indifference = Slippage::gap, .first = first},
                        [&](std::size_t i, std::size_t j) {
                          const MeanDifference apart =
                              paired_difference(sample.all()[i], sample.all()[j], first);
                          return apart.se * apart.se * first;
                        });
    std::uint64_t r = first;
    for (procedure.look(r, sample.means()); !procedure.is_done(); procedure.look(++r, sample.means()))
      sample.draw();
    counted.right += procedure.survivors().front() == 0;
    counted.observations += static_cast<double>(r) / experiments;
  }
  return counted;
}

TEST_CASE("Kim and Nelson's procedure selects the best at the slippage configuration",
          "[stats][selection][statistical]") {
  constexpr int experiments = 2'000;
  // A sound procedure with exactly 95% falls 4 standard deviations below for 1 seed in 30,000.
  const double least = 0.95 * experiments - 4 * std::sqrt(experiments * 0.95 * 0.05);
  const Selections alone = select_at_slippage(0, experiments);
  CHECK(alone.right >= least);
  CHECK(alone.right_at_first < least);  // the least mean of 16 does not
  // On common random numbers it promises the same, and needs far fewer.
  const Selections paired = select_at_slippage(0.8, experiments);
  CHECK(paired.right >= least);
  CHECK(paired.observations < 0.5 * alone.observations);
}

TEST_CASE("a difference that never varies is told at the first look", "[stats][selection]") {
  KimNelson procedure(3, {.alpha = 0.05, .indifference = 1, .first = 5},
                      [](std::size_t, std::size_t) { return 0.0; });
  procedure.look(5, std::vector<double>{10.0, 10.001, 12.0});
  CHECK(procedure.survivors() == std::vector<std::size_t>{0});
  CHECK(procedure.longest() == 5);
  // Exact ties end too.
  KimNelson tied(2, {.alpha = 0.05, .indifference = 1, .first = 5},
                 [](std::size_t, std::size_t) { return 0.0; });
  tied.look(5, std::vector<double>{1.0, 1.0});
  CHECK(tied.is_done());
}

TEST_CASE("paired differences of means and of ratios, by hand", "[stats][selection]") {
  const Observations first{{1, 2, 6}, {}}, second{{0, 2, 1}, {}};
  const MeanDifference apart = paired_difference(first, second, 3);  // 1, 0, 5
  CHECK(apart.mean == Approx(2));
  CHECK(apart.se == Approx(std::sqrt(7.0 / 3)));
  CHECK(first.variance(3) == Approx(7));
  const Observations ratio{{1, 2, 6}, {1, 1, 4}};  // 9 / 6, residuals −0.25, 0.25, 0
  CHECK(ratio.value(3) == Approx(1.5));
  CHECK(ratio.variance(3) == Approx(0.0625));
  CHECK(paired_difference(ratio, ratio, 3).se == 0);
}

/// How often the first of five equal systems is kept among those that cannot be told from the best.
int kept_of(int experiments, double alpha) {
  int kept = 0;
  for (int experiment = 0; experiment < experiments; ++experiment) {
    Normals normal(7, static_cast<std::uint64_t>(experiment));
    std::vector<Observations> all(5);
    for (int k = 0; k < 20; ++k)
      for (Observations& each : all) each.numerators.push_back(normal());
    const std::vector<std::size_t> set = indistinguishable_from_best(
        5, [&](std::size_t i, std::size_t j) { return paired_difference(all[i], all[j], 20); }, alpha);
    kept += set.front() == 0;
  }
  return kept;
}

TEST_CASE("the set that cannot be told from the best holds it", "[stats][selection][statistical]") {
  constexpr int experiments = 2'000;
  const double least = 0.95 * experiments - 4 * std::sqrt(experiments * 0.95 * 0.05);
  CHECK(kept_of(experiments, 0.05) >= least);
  CHECK(kept_of(experiments, 0.6) < least);  // the check can fail
}

Differences exactly(const std::vector<double>& means, double se = 0) {
  return [means, se](std::size_t i, std::size_t j) { return MeanDifference{means[i] - means[j], se, 1'000}; };
}

TEST_CASE("the probability of correct selection adds up its doubts", "[stats][selection]") {
  // Φ(−2) twice, with the others 2 standard errors above.
  const Differences above = exactly({0, 2, 2}, 1);
  CHECK(probability_of_correct_selection(3, 0, above) == Approx(1 - 2 * 0.0227501).epsilon(1e-6));
  CHECK(probability_of_correct_selection(3, 0, above, 1) == Approx(1 - 2 * 0.0013499).epsilon(1e-6));
  CHECK(probability_of_correct_selection(1, 0, above) == 1);
  CHECK(probability_of_correct_selection(3, 1, exactly({0, 2, 2})) == 0);
  CHECK(probability_of_correct_selection(3, 0, exactly({0, 2, 2})) == 1);
}

TEST_CASE("the Pareto front of five mixes, by hand", "[stats][selection]") {
  const std::vector<double> cost = {1, 2, 3, 4, 5}, leaks = {5, 3, 3, 1, 5};
  using enum ParetoStanding;
  const std::vector<ParetoStanding> exact = {front, front, dominated, front, dominated};
  CHECK(pareto_front(5, exactly(cost), exactly(leaks), 0.05) == exact);
  // With standard errors of 1 nothing is told; with 0.01 only that C leaks as much as B is not.
  const std::vector<ParetoStanding> noisy = {front, front, near, front, near};
  CHECK(pareto_front(5, exactly(cost, 1), exactly(leaks, 1), 0.05) == noisy);
  const std::vector<ParetoStanding> nearly = {front, front, near, front, dominated};
  CHECK(pareto_front(5, exactly(cost, 0.01), exactly(leaks, 0.01), 0.05) == nearly);
  // Twins do not dominate each other.
  CHECK(pareto_front(2, exactly({1, 1}), exactly({2, 2}), 0.05) == std::vector<ParetoStanding>{front, front});
}

}  // namespace
}  // namespace dronewall
