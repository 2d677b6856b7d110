// dronewall_bench: Google Benchmark's timings, AD20 against the programs written by hand, and the table of
// goals.
// --write FILE puts the table into a Markdown file; other arguments are Google Benchmark's, and
// --benchmark_filter=none goes straight to the tables. Exit status 1 when a goal is missed.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <exception>
#include <string_view>

#include "goals.hpp"

namespace {

/// Takes `--write FILE` out of the arguments; "" when it is not there.
std::string take_file(int& argc, char** argv) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::string_view(argv[i]) != "--write") continue;
    const std::string file = argv[i + 1];
    for (int rest = i + 2; rest <= argc; ++rest) argv[rest - 2] = argv[rest];
    argc -= 2;
    return file;
  }
  return "";
}

std::vector<bench::Goal> measure() {
  std::vector<bench::Goal> goals;
  bench::measure_pending_set(goals);
  bench::measure_queue_model(goals);
  bench::measure_ad20(goals);
  bench::measure_raid(goals);
  bench::measure_variants(goals);
  bench::measure_program(goals);
  bench::measure_repricing(goals);
  return goals;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string file = take_file(argc, argv);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();

  const std::vector<bench::Goal> goals = measure();
  if (!file.empty()) bench::write_goals(goals, file);
  return bench::print_goals(goals) == 0 ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 1;
}
