// dronewall_bench: Google Benchmark's timings, the references of AD20, and the table of goals. Arguments are
// Google Benchmark's; --benchmark_filter=none goes straight to the tables. Exit status 1 when a goal is
// missed.
#include <benchmark/benchmark.h>

#include "goals.hpp"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();

  bench::print_references();
  std::vector<bench::Goal> goals;
  bench::measure_pending_set(goals);
  bench::measure_queue_model(goals);
  return bench::print_goals(goals) == 0 ? 0 : 1;
}
