// The references of AD20 side by side: what they count must agree, what they take is what the engine is held
// against.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>

#include "goals.hpp"
#include "reference/ad20.hpp"

namespace {

using Program = ad20::Outcome (*)(ad20::Xoshiro&);

template <Program program>
void ad20_reference(benchmark::State& state) {
  ad20::Xoshiro random(2026);
  for (auto _ : state) benchmark::DoNotOptimize(program(random));
}
BENCHMARK(ad20_reference<ad20::run_elided>)->Name("ad20/elided");
BENCHMARK(ad20_reference<ad20::run_full>)->Name("ad20/full");
BENCHMARK(ad20_reference<ad20::run_stepped>)->Name("ad20/stepped");

void print_row(const char* name, int replications, double kills, double shots, double leaks,
               double microseconds) {
  fmt::print("{:<26} | {:>12} | {:>8.3f} | {:>8.3f} | {:>7.3f} | {:>14.2f}\n", name, replications, kills,
             shots, leaks, microseconds);
}

void run_reference(const char* name, Program program, int replications) {
  ad20::Xoshiro random(20);
  double kills = 0, shots = 0, leaks = 0;
  const std::clock_t begin = std::clock();
  for (int i = 0; i < replications; ++i) {
    const ad20::Outcome outcome = program(random);
    kills += outcome.kills;
    shots += outcome.shots;
    leaks += outcome.leaks;
  }
  const double taken_us = static_cast<double>(std::clock() - begin) * 1e6 / CLOCKS_PER_SEC;
  print_row(name, replications, kills / replications, shots / replications, leaks / replications,
            taken_us / replications);
}

/// Runs where python3 can import simpy, and says so where not.
void run_simpy(int replications) {
  const std::string command =
      fmt::format("python3 '{}/reference/ad20_simpy.py' {} 2>/dev/null", DRONEWALL_BENCH_DIR, replications);
  double kills = 0, shots = 0, leaks = 0, microseconds = 0;
  std::FILE* pipe = popen(command.c_str(), "r");
  const bool read =
      pipe != nullptr && std::fscanf(pipe, "%lf %lf %lf %lf", &kills, &shots, &leaks, &microseconds) == 4;
  if (pipe != nullptr) pclose(pipe);
  if (read)
    print_row("SimPy 4", replications, kills, shots, leaks, microseconds);
  else
    fmt::print("{:<26} | not run: python3 has no simpy\n", "SimPy 4");
}

}  // namespace

void bench::print_references() {
  fmt::print("\n{:<26} | {:>12} | {:>8} | {:>8} | {:>7} | {:>14}\n", "AD20 reference", "replications",
             "kills", "shots", "leaks", "µs/replication");
  run_reference("C++, elided", ad20::run_elided, 100'000);
  run_reference("C++, every event", ad20::run_full, 100'000);
  run_reference("C++, stepped by one second", ad20::run_stepped, 1'000);
  run_simpy(1'000);
}
