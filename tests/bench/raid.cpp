// A raid of 1,000 drones: does an event cost more where fifty times as much is in the air?
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "engine.hpp"
#include "goals.hpp"

namespace {

/// Times replications of a scenario, new ones each time.
class Raid {
 public:
  Raid(const char* file, std::uint32_t replications)
      : scenario_(bench::load(fmt::format("{}/tests/bench/{}", DRONEWALL_SOURCE_DIR, file))),
        replications_(replications) {}

  double seconds_per_replication() {
    return bench::processor_seconds([&] {
             for (std::uint32_t k = 0; k < replications_; ++k) runner_.run(next_++);
           }) /
           replications_;
  }
  [[nodiscard]] bench::Counts counts() const { return runner_.counts(); }

 private:
  bench::Scenario scenario_;
  bench::Runner runner_{*scenario_.model};
  std::uint32_t replications_;
  std::uint32_t next_ = 0;
};

void raid_of_1000(benchmark::State& state) {
  Raid raid("raid1000.yaml", 1);
  for (auto _ : state) raid.seconds_per_replication();
}
BENCHMARK(raid_of_1000)->Name("raid1000/engine");

}  // namespace

void bench::measure_raid(std::vector<Goal>& goals) {
  Raid large("raid1000.yaml", 50), small("ad20.yaml", 2'500);
  const double times = ratio_of([&] { return large.seconds_per_replication(); },
                                [&] { return small.seconds_per_replication(); });
  const Counts of_large = large.counts(), of_small = small.counts();
  const double per_event = times / (of_large.events / of_small.events);
  goals.push_back({"cost per event at 1,000 drones ÷ at 20", per_event, 1.5, 1.3, false,
                   fmt::format("{:.0f} events a replication against {:.1f}, {:.0f} shots against {:.1f}",
                               of_large.events, of_small.events, of_large.shots.mean, of_small.shots.mean)});
  std::vector<double> milliseconds;
  for (int i = 0; i < 7; ++i) milliseconds.push_back(large.seconds_per_replication() * 1e3);
  goals.push_back({"1,000 drones in one raid, per replication, ms", median(milliseconds), 5, 2});
}
