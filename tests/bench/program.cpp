// The program as its user meets it: threads, start, memory, and Poland's night.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "child.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/run_point.hpp"
#include "engine.hpp"
#include "goals.hpp"

namespace {

using bench::Child;
using bench::Goal;
using namespace dronewall;

const std::string ad20 = DRONEWALL_SOURCE_DIR "/tests/bench/ad20.yaml";
const std::string poland = DRONEWALL_SOURCE_DIR "/scenarios/poland-2025-09-10.yaml";

/// Wall time says little on a busy machine: so its load, and what else is known, stand beside the figure.
std::string note(const std::string& more) {
  double load = 0;
  if (getloadavg(&load, 1) != 1) load = std::nan("");
  return fmt::format("wall time, load {:.1f}; {}", load, more);
}

void add_threads(std::vector<Goal>& goals) {
  const bench::Scenario scenario = bench::load(ad20);
  const RunnerFactory runners = model_runners(scenario.model, {});
  const auto run = [&](std::uint32_t threads) {
    RunOptions options;
    options.replications = 20'000;
    options.threads = threads;
    return run_point(scenario.model->layout(), {}, runners, options).seconds;
  };
  const double wall = bench::ratio_of([&] { return run(2); }, [&] { return run(1); });
  const double processor = bench::ratio_of_times([&] { run(2); }, [&] { run(1); });
  goals.push_back(
      {"AD20, replications/s, 2 threads ÷ 1", 1 / wall, 1.9, 1.97, true,
       note(fmt::format("two threads take {:.3f} times the processor time of one (2 ÷ {:.3f} = {:.2f})",
                        processor, processor, 2 / processor))});
}

/// `dronewall run FILE --quiet`, from fork to the end of what it prints: medians.
struct RunTimes {
  double wall_s, least_wall_s, processor_s;
};
RunTimes time_run(const std::string& file, int replications, int times) {
  std::vector<double> wall, processor;
  for (int i = 0; i < times; ++i) {
    const Child child = bench::run_child(
        {DRONEWALL_PROGRAM, "run", file, "--quiet", "--replications", std::to_string(replications)});
    if (!child.succeeded) throw std::runtime_error(child.text);
    wall.push_back(child.seconds);
    processor.push_back(child.processor_seconds);
  }
  return {bench::median(wall), *std::min_element(wall.begin(), wall.end()), bench::median(processor)};
}

void add_start(std::vector<Goal>& goals, const char* name, const std::string& file, double must_ms,
               double reach_ms) {
  const RunTimes times = time_run(file, 1, 21);
  goals.push_back({fmt::format("process start, read, one replication, print: {}, ms", name),
                   1e3 * times.wall_s, must_ms, reach_ms, false,
                   note(fmt::format("the quickest of 21 {:.1f} ms, processor time {:.1f} ms",
                                    1e3 * times.least_wall_s, 1e3 * times.processor_s))});
}

void add_poland(std::vector<Goal>& goals) {
  const RunTimes times = time_run(poland, 10'000, 3);
  goals.push_back({"Poland, 10,000 replications with intervals, all cores, s", times.wall_s, 2, 2, false,
                   note(fmt::format("processor time {:.2f} s", times.processor_s))});
}

void add_memory(std::vector<Goal>& goals) {
  const Child child = bench::run_child({DRONEWALL_BENCH_PROGRAMS "/bench_peak", DRONEWALL_PROGRAM, "run",
                                        ad20, "--quiet", "--replications", "1000000"});
  const std::size_t last = child.text.find_last_of('\n', child.text.size() - 2);
  const double mebibytes =
      child.succeeded ? std::strtod(child.text.c_str() + last, nullptr) / 1024 : std::nan("");
  goals.push_back({"peak memory, 1,000,000 replications of AD20, MiB", mebibytes, 24, 8, false,
                   fmt::format("all cores; {:.0f} s of processor time", child.processor_seconds)});
}

}  // namespace

void bench::measure_program(std::vector<Goal>& goals) {
  add_threads(goals);
  add_start(goals, "AD20", ad20, 10, 4);
  add_start(goals, "Poland", poland, 30, 30);
  add_poland(goals);
  add_memory(goals);
}
