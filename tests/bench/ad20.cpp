// AD20 from its file against the programs written by hand: what they count must agree, and what they take is
// what the engine is held against.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <optional>

#include "child.hpp"
#include "engine.hpp"
#include "goals.hpp"
#include "reference/ad20.hpp"
#include "study/run/tally.hpp"

namespace {

using bench::Counts;
using bench::Goal;
using Program = ad20::Outcome (*)(ad20::Xoshiro&);

const std::string file = DRONEWALL_SOURCE_DIR "/tests/bench/ad20.yaml";

template <Program program>
void ad20_reference(benchmark::State& state) {
  ad20::Xoshiro random(2026);
  for (auto _ : state) benchmark::DoNotOptimize(program(random));
}
BENCHMARK(ad20_reference<ad20::run_elided>)->Name("ad20/elided");
BENCHMARK(ad20_reference<ad20::run_full>)->Name("ad20/full");
BENCHMARK(ad20_reference<ad20::run_stepped>)->Name("ad20/stepped");

/// What a thread of `dronewall run` does: replications, each added to the tally that estimates come from.
class Engine {
 public:
  Engine() : plan_(plan_tally(scenario_.model->layout(), scenario_.measures)), tally_(plan_) {}
  void run(std::uint32_t replications) {
    for (std::uint32_t k = 0; k < replications; ++k) {
      runner_.run(next_);
      tally_.add(next_++, runner_.row());
    }
  }
  [[nodiscard]] Counts counts() const { return runner_.counts(); }

 private:
  bench::Scenario scenario_ = bench::load(file);
  bench::Runner runner_{*scenario_.model};
  dronewall::TallyPlan plan_;
  dronewall::Tally tally_;
  std::uint32_t next_ = 0;
};

void ad20_engine(benchmark::State& state) {
  Engine engine;
  for (auto _ : state) engine.run(1);
}
BENCHMARK(ad20_engine)->Name("ad20/engine");

void print_row(const char* name, int replications, const Counts& counts, double microseconds) {
  fmt::print("{:<26} | {:>12} | {:>8.3f} | {:>8.3f} | {:>7.3f} | {:>6.1f} | {:>14.2f}\n", name, replications,
             counts.kills.mean, counts.shots.mean, counts.leaks.mean, counts.events, microseconds);
}

double per_replication_us(int replications, const std::function<void()>& work) {
  return bench::processor_seconds(work) * 1e6 / replications;
}

Counts run_reference(const char* name, Program program, int replications) {
  ad20::Xoshiro random(20);
  bench::Counter counter;
  const double taken_us = per_replication_us(replications, [&] {
    for (int i = 0; i < replications; ++i) {
      const ad20::Outcome outcome = program(random);
      counter.add(outcome.kills, outcome.shots, outcome.leaks, outcome.events);
    }
  });
  print_row(name, replications, counter.counts(), taken_us);
  return counter.counts();
}

/// Kills, shots, leaks and processor time per replication of the SimPy model, where python3 can import simpy.
struct Simpy {
  Counts counts;
  double taken_us = 0;
};
std::optional<Simpy> run_simpy(int replications) {
  const bench::Child child = bench::run_child(
      {"python3", DRONEWALL_SOURCE_DIR "/tests/bench/reference/ad20_simpy.py", std::to_string(replications)});
  Simpy simpy;
  Counts& c = simpy.counts;
  if (!child.succeeded || std::sscanf(child.text.c_str(), "%lf %lf %lf %lf", &c.kills.mean, &c.shots.mean,
                                      &c.leaks.mean, &simpy.taken_us) != 4)
    return std::nullopt;
  return simpy;
}

/// How far another program's counts are, where it tells no errors: it has those of the engine, scaled.
double distance_of_means(const Counts& ours, int our_replications, Counts theirs, int their_replications) {
  const double scale = std::sqrt(static_cast<double>(our_replications) / their_replications);
  theirs.kills.error = ours.kills.error * scale;
  theirs.shots.error = ours.shots.error * scale;
  theirs.leaks.error = ours.leaks.error * scale;
  return bench::distance(ours, theirs);
}

void add_agreement(std::vector<Goal>& goals) {
  constexpr int many = 100'000, some = 1'000;
  fmt::print("\n{:<26} | {:>12} | {:>8} | {:>8} | {:>7} | {:>6} | {:>14}\n", "AD20", "replications", "kills",
             "shots", "leaks", "events", "µs/replication");
  Engine engine;
  const double engine_us = per_replication_us(many, [&] { engine.run(many); });
  const Counts ours = engine.counts();
  print_row("engine, from its file", many, ours, engine_us);
  goals.push_back({"AD20, kills: distance from 19.741", std::abs(ours.kills.mean - 19.741), 0.02, 0.02});
  goals.push_back({"AD20, shots: distance from 28.187", std::abs(ours.shots.mean - 28.187), 0.03, 0.03});
  goals.push_back({"AD20, leaks: distance from 0.259", std::abs(ours.leaks.mean - 0.259), 0.005, 0.005});

  const auto add = [&](const char* name, double standard_errors) {
    goals.push_back(
        {fmt::format("AD20, engine and {}: distance in standard errors", name), standard_errors, 4, 4});
  };
  add("elided program", distance(ours, run_reference("C++, elided", ad20::run_elided, many)));
  add("program with every event", distance(ours, run_reference("C++, every event", ad20::run_full, many)));
  add("stepped program",
      distance(ours, run_reference("C++, stepped by one second", ad20::run_stepped, some)));
  if (const std::optional<Simpy> simpy = run_simpy(some)) {
    print_row("SimPy 4", some, simpy->counts, simpy->taken_us);
    add("SimPy model", distance_of_means(ours, many, simpy->counts, some));
  } else {
    fmt::print("{:<26} | not run: python3 has no simpy\n", "SimPy 4");
  }
}

/// Times of one replication, ours against a program's; each in the number that takes some tens of
/// milliseconds.
double times_of_engine(Engine& engine, const bench::Timed& theirs) {
  return bench::ratio_of(
      [&] {
        constexpr int replications = 4'000;
        return per_replication_us(replications, [&] { engine.run(replications); });
      },
      theirs);
}

bench::Timed timed(Program program, int replications) {
  return [=] {
    static ad20::Xoshiro random(2026);
    return per_replication_us(replications, [&] {
      for (int i = 0; i < replications; ++i) benchmark::DoNotOptimize(program(random));
    });
  };
}

}  // namespace

void bench::measure_ad20(std::vector<Goal>& goals) {
  add_agreement(goals);
  Engine engine;
  const double never_ran = std::nan("");
  const bool has_simpy = run_simpy(1).has_value();
  const double simpy =
      has_simpy ? 1 / times_of_engine(engine, [] { return run_simpy(100)->taken_us; }) : never_ran;
  goals.push_back({"AD20, replications/s per core ÷ SimPy 4 model", simpy, 195, 330, true,
                   has_simpy ? "" : "python3 has no simpy"});
  goals.push_back({"AD20, replications/s per core ÷ C++ stepped by one second",
                   1 / times_of_engine(engine, timed(ad20::run_stepped, 60)), 100, 175, true});
  goals.push_back({"AD20, time per replication ÷ elided program by hand",
                   times_of_engine(engine, timed(ad20::run_elided, 8'000)), 2.5, 1.5});
}
