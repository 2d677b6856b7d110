#include "study/select/select_ranking.hpp"

#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

/// Means over the first rounds, one round more at a time.
class RunningMeans {
 public:
  RunningMeans(const Trials& trials, const Contest& contest)
      : trials_(trials), contest_(contest), sums_(contest.systems.size()), means_(contest.systems.size()) {}

  /// Of those systems that have the rounds; the others keep theirs.
  const std::vector<double>& at(std::uint64_t rounds) {
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const Observations& seen = trials_.of(contest_.systems[i], contest_.figure);
      if (seen.count() < rounds) continue;
      Sums& sums = sums_[i];
      for (; sums.rounds < rounds; ++sums.rounds) {
        sums.above += seen.numerators[sums.rounds];
        sums.below += seen.denominators.empty() ? 1 : seen.denominators[sums.rounds];
      }
      means_[i] = contest_.sign * sums.above / sums.below;
    }
    return means_;
  }

 private:
  struct Sums {
    std::uint64_t rounds = 0;
    double above = 0, below = 0;
  };
  const Trials& trials_;
  const Contest& contest_;
  std::vector<Sums> sums_;
  std::vector<double> means_;
};

std::vector<std::size_t> systems_at(const Contest& contest, const std::vector<std::size_t>& places) {
  std::vector<std::size_t> systems;
  for (const std::size_t place : places) systems.push_back(contest.systems[place]);
  return systems;
}

std::size_t least(const std::vector<double>& values, const std::vector<std::size_t>& places) {
  return *std::min_element(places.begin(), places.end(),
                           [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
}

/// The next number of rounds to have at hand: a quarter more than now, so that runners are not made for a
/// few.
std::uint64_t ahead_of(std::uint64_t rounds, std::uint64_t cap) {
  return std::min(cap, rounds + std::max<std::uint64_t>(rounds / 4, 8));
}

}  // namespace

Differences differences_of(const Trials& trials, std::vector<std::size_t> systems, std::size_t figure,
                           double sign, std::uint64_t most) {
  return [&trials, systems = std::move(systems), figure, sign, most](std::size_t i, std::size_t j) {
    const std::uint64_t n = std::min({most, trials.rounds(systems[i]), trials.rounds(systems[j])});
    MeanDifference apart = paired_difference(trials.of(systems[i], figure), trials.of(systems[j], figure), n);
    apart.mean *= sign;
    return apart;
  };
}

ContestResult select_by_kim_nelson(Trials& trials, const Contest& contest, double alpha, std::uint64_t cap) {
  const std::size_t k = contest.systems.size();
  if (k == 1) return {};
  const Differences first =
      differences_of(trials, contest.systems, contest.figure, contest.sign, contest.first);
  KimNelson procedure(k, {alpha, contest.indifference, contest.first}, [&](std::size_t i, std::size_t j) {
    const double se = first(i, j).se;
    return se * se * static_cast<double>(contest.first);
  });
  RunningMeans means(trials, contest);
  std::uint64_t at_hand = contest.first;
  for (std::uint64_t r = contest.first;; ++r) {
    if (r > at_hand) {
      at_hand = ahead_of(at_hand, cap);
      trials.run(systems_at(contest, procedure.survivors()), at_hand);
    }
    if (r > at_hand || trials.was_stopped()) return {least(means.at(at_hand), procedure.survivors()), false};
    procedure.look(r, means.at(r));
    if (procedure.is_done()) return {procedure.survivors().front(), true};
  }
}

ContestResult select_by_ocba(Trials& trials, const Contest& contest, std::uint64_t rounds) {
  constexpr std::uint64_t instalments = 10;
  const std::size_t k = contest.systems.size();
  std::vector<double> means(k), variances(k);
  std::vector<std::uint64_t> counts(k);
  const auto look = [&] {
    for (std::size_t i = 0; i < k; ++i) {
      const Observations& seen = trials.of(contest.systems[i], contest.figure);
      counts[i] = seen.count();
      means[i] = contest.sign * seen.value(counts[i]);
      variances[i] = seen.variance(counts[i]);
    }
  };
  look();
  const std::uint64_t each = std::max<std::uint64_t>(1, rounds / instalments);
  while (k > 1 && rounds > 0 && !trials.was_stopped()) {
    const std::uint64_t now = std::min(each, rounds);
    const std::vector<std::uint64_t> more = ocba_allocation(means, variances, counts, now);
    for (std::size_t i = 0; i < k; ++i)
      if (more[i] > 0) trials.run({contest.systems[i]}, counts[i] + more[i]);
    rounds -= now;
    look();
  }
  return {static_cast<std::size_t>(std::min_element(means.begin(), means.end()) - means.begin()), false};
}

}  // namespace dronewall
