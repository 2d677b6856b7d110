// The program as its user meets it: threads, start, memory, and Poland's night.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

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

std::string load_note() {
  double load = 0;
  if (getloadavg(&load, 1) != 1) return "";
  return fmt::format("wall time; load of the machine {:.1f}", load);
}

void add_threads(std::vector<Goal>& goals) {
  const bench::Scenario scenario = bench::load(ad20);
  const RunnerFactory runners = model_runners(scenario.model, {});
  const auto timed = [&](std::uint32_t threads) {
    return [&, threads] {
      RunOptions options;
      options.replications = 20'000;
      options.threads = threads;
      return run_point(scenario.model->layout(), {}, runners, options).seconds;
    };
  };
  goals.push_back({"AD20, replications/s, 2 threads ÷ 1", 1 / bench::ratio_of(timed(2), timed(1)), 1.9, 1.97,
                   true, load_note()});
}

/// `dronewall run FILE --quiet`, from fork to the end of what it prints; NaN when it fails.
double seconds_of_run(const std::string& file, int replications) {
  const Child child = bench::run_child(
      {DRONEWALL_PROGRAM, "run", file, "--quiet", "--replications", std::to_string(replications)});
  return child.succeeded ? child.seconds : std::nan("");
}

void add_start(std::vector<Goal>& goals, const char* name, const std::string& file, double must_ms,
               double reach_ms) {
  std::vector<double> milliseconds;
  for (int i = 0; i < 21; ++i) milliseconds.push_back(1e3 * seconds_of_run(file, 1));
  const double least = *std::min_element(milliseconds.begin(), milliseconds.end());
  goals.push_back({fmt::format("process start, read, one replication, print: {}, ms", name),
                   bench::median(milliseconds), must_ms, reach_ms, false,
                   fmt::format("{}; the quickest of 21 {:.1f}", load_note(), least)});
}

void add_memory(std::vector<Goal>& goals) {
  const Child child = bench::run_child({DRONEWALL_BENCH_PROGRAMS "/bench_peak", DRONEWALL_PROGRAM, "run",
                                        ad20, "--quiet", "--replications", "1000000"});
  const std::size_t last = child.text.find_last_of('\n', child.text.size() - 2);
  const double mebibytes =
      child.succeeded ? std::strtod(child.text.c_str() + last, nullptr) / 1024 : std::nan("");
  goals.push_back({"peak memory, 1,000,000 replications of AD20, MiB", mebibytes, 24, 8, false,
                   fmt::format("all cores; {:.0f} s", child.seconds)});
}

}  // namespace

void bench::measure_program(std::vector<Goal>& goals) {
  add_threads(goals);
  add_start(goals, "AD20", ad20, 10, 4);
  add_start(goals, "Poland", poland, 30, 30);
  std::vector<double> seconds;
  for (int i = 0; i < 3; ++i) seconds.push_back(seconds_of_run(poland, 10'000));
  goals.push_back({"Poland, 10,000 replications with intervals, all cores, s", median(seconds), 2, 2, false,
                   load_note()});
  add_memory(goals);
}
