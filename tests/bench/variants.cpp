// The engine against itself with something replaced: another generator, no trace. And how often it allocates.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "child.hpp"
#include "goals.hpp"

namespace {

using bench::Child;

const std::string scenario = DRONEWALL_SOURCE_DIR "/tests/bench/ad20.yaml";

std::string program(const char* name) { return fmt::format("{}/{}", DRONEWALL_BENCH_PROGRAMS, name); }

/// What a probe prints.
struct Probe {
  double kills, shots, leaks, events, taken_us, allocations;
};
Probe run_probe(const char* name, int replications) {
  const Child child = bench::run_child({program(name), scenario, std::to_string(replications)});
  Probe probe{};
  if (!child.succeeded ||
      std::sscanf(child.text.c_str(), "%lf %lf %lf %lf %lf %lf", &probe.kills, &probe.shots, &probe.leaks,
                  &probe.events, &probe.taken_us, &probe.allocations) != 6)
    throw std::runtime_error(fmt::format("{} did not run: {}", name, child.text));
  return probe;
}

/// Instructions of that many replications and the start; NaN where there is no valgrind.
double instructions(const char* name, int replications) {
  const Child child = bench::run_child({"valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                                        program(name), scenario, std::to_string(replications)});
  constexpr std::string_view word = "Collected :";
  const std::size_t found = child.text.find(word);
  if (!child.succeeded || found == std::string::npos) return std::nan("");
  return std::strtod(child.text.c_str() + found + word.size(), nullptr);
}

double instructions_per_replication(const char* name) {
  constexpr int few = 100, many = 500;
  return (instructions(name, many) - instructions(name, few)) / (many - few);
}

}  // namespace

void bench::measure_variants(std::vector<Goal>& goals) {
  constexpr int replications = 4'000;
  const double draws =
      ratio_of([] { return run_probe("bench_probe", replications).taken_us; },
               [] { return run_probe("bench_probe_sequential", replications).taken_us; }, 15);
  const Probe addressed = run_probe("bench_probe", 20'000),
              sequential = run_probe("bench_probe_sequential", 20'000);
  goals.push_back({"addressed draws ÷ xoshiro, whole replication, time", draws, 1.35, 1.15, false,
                   fmt::format("the engine compiled again on xoshiro256++; {:.2f} kills against {:.2f}",
                               addressed.kills, sequential.kills)});
  const double hooked = instructions_per_replication("bench_probe");
  const double bare = instructions_per_replication("bench_probe_unhooked");
  goals.push_back({"trace off ÷ no trace hook, instructions", hooked / bare, 1.02, 1, false,
                   std::isnan(bare)
                       ? "valgrind is not here"
                       : fmt::format("callgrind: {:.0f} against {:.0f} a replication", hooked, bare)});
  goals.push_back({"allocations in 20,000 replications after the first", addressed.allocations, 0, 0});
}
