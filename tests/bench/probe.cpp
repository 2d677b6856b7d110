// bench_probe SCENARIO REPLICATIONS: runs them on one thread, and prints kills, shots, leaks and events per
// replication, processor time per replication in µs, and how often memory was allocated after the first.
// Linked three times: with the engine, with an engine on another generator, and with one that has no trace.
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <exception>
#include <new>

#include "dronewall/replication/replication.hpp"
#include "engine.hpp"

namespace {

std::uint64_t allocations = 0;

int run(const char* file, std::uint32_t replications) {
  const bench::Scenario scenario = bench::load(file);
  bench::Runner runner(*scenario.model);
  runner.run(0);
  const std::uint64_t before = allocations;
  const std::clock_t begin = std::clock();
  for (std::uint32_t k = 1; k < replications; ++k) runner.run(k);
  const double taken_us = static_cast<double>(std::clock() - begin) * 1e6 / CLOCKS_PER_SEC;
  const std::uint64_t allocated = allocations - before;
  const bench::Counts counts = runner.counts();
  fmt::print("{} {} {} {} {} {}\n", counts.kills.mean, counts.shots.mean, counts.leaks.mean, counts.events,
             taken_us / (replications - 1), allocated);
  return 0;
}

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    return run(argv[1], static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}", error.what());
    return 1;
  }
}
