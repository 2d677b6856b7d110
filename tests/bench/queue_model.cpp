// M/M/1 at ρ = 0.9 two ways: slots of the kernel with addressed draws, and the usual way, a
// std::priority_queue of std::function with the standard library's generator. Closed form: a customer spends
// 1 / (μ − λ) = 10 s on average.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <functional>
#include <queue>
#include <random>

#include "dronewall/kernel/event_queue.hpp"
#include "dronewall/random/draws.hpp"
#include "dronewall/random/elementary.hpp"
#include "goals.hpp"

namespace {

using dronewall::EventQueue;
using dronewall::Purpose;

constexpr double arrivals_per_s = 0.9, services_per_s = 1;
constexpr std::uint32_t customers = 400'000;

/// Time-mean number in the system over the arrival rate: by Little's law the mean time in it, W.
struct Occupancy {
  double area = 0, since_s = 0;
  std::uint32_t inside = 0;

  void change(double now_s, int by) {
    area += inside * (now_s - since_s);
    since_s = now_s;
    inside += static_cast<std::uint32_t>(by);
  }
  [[nodiscard]] double mean_time_s() const { return area / customers; }
};

/// Exponential times of one purpose, drawn in batches as the engine draws them.
class Times {
 public:
  Times(Purpose purpose, double per_s) : purpose_(purpose), mean_s_(1 / per_s) {}
  double next() {
    if (used_ == batch) {
      draws_.uniforms(source, 0, first_, batch, purpose_, 0, uniform_.data());
      const double mean_s = mean_s_;  // a copy that no store can change, so the loop vectorises
      for (double& u : uniform_) u = -mean_s * dronewall::draw_log(1 - u);
      first_ += batch;
      used_ = 0;
    }
    return uniform_[used_++];
  }

 private:
  static constexpr std::uint32_t batch = 64;
  static constexpr dronewall::Entity source{20'26};
  dronewall::Draws draws_{7, 0};
  Purpose purpose_;
  double mean_s_;
  std::uint32_t first_ = 0, used_ = batch;
  std::array<double, batch> uniform_;
};

/// Both slots do the same, draw a time of their own and schedule themselves again, so which of the two is
/// next (a coin toss for a branch predictor) is an index and not a branch.
double through_kernel() {
  enum : dronewall::Slot { service, arrival };
  EventQueue queue;
  queue.reset(2);
  std::array<Times, 2> times{Times(Purpose::dwell, services_per_s),
                             Times(Purpose::launch_time, arrivals_per_s)};
  Occupancy occupancy;
  std::uint32_t arrived = 0;
  for (queue.set(arrival, times[arrival].next()); queue.next_time() < EventQueue::never;) {
    const double now_s = queue.next_time();
    const dronewall::Slot slot = queue.next_slot();
    const bool arrives = slot == arrival;
    arrived += arrives;
    occupancy.change(now_s, 2 * arrives - 1);
    const bool ceases = (arrives & (arrived == customers)) | (!arrives & (occupancy.inside == 0));
    queue.set(slot, ceases ? EventQueue::never : now_s + times[slot].next());
    if (arrives & (occupancy.inside == 1)) queue.set(service, now_s + times[service].next());
  }
  return occupancy.mean_time_s();
}

class FunctionQueue {
 public:
  double run() {
    at(between_(random_), [this] { arrive(); });
    while (!pending_.empty()) {
      const Event event = pending_.top();
      pending_.pop();
      now_s_ = event.time_s;
      event.act();
    }
    return occupancy_.mean_time_s();
  }

 private:
  struct Event {
    double time_s;
    std::function<void()> act;
    bool operator<(const Event& other) const { return time_s > other.time_s; }
  };

  void at(double time_s, std::function<void()> act) { pending_.push({time_s, std::move(act)}); }
  void arrive() {
    occupancy_.change(now_s_, 1);
    if (occupancy_.inside == 1) at(now_s_ + serving_(random_), [this] { leave(); });
    if (++arrived_ < customers) at(now_s_ + between_(random_), [this] { arrive(); });
  }
  void leave() {
    occupancy_.change(now_s_, -1);
    if (occupancy_.inside > 0) at(now_s_ + serving_(random_), [this] { leave(); });
  }

  std::mt19937_64 random_{7};
  std::exponential_distribution<double> between_{arrivals_per_s}, serving_{services_per_s};
  std::priority_queue<Event> pending_;
  Occupancy occupancy_;
  double now_s_ = 0;
  std::uint32_t arrived_ = 0;
};

double through_functions() { return FunctionQueue().run(); }

void mm1_kernel(benchmark::State& state) {
  for (auto _ : state) state.counters["mean_time_s"] = through_kernel();
  state.SetItemsProcessed(state.iterations() * 2 * customers);
}
void mm1_functions(benchmark::State& state) {
  for (auto _ : state) state.counters["mean_time_s"] = through_functions();
  state.SetItemsProcessed(state.iterations() * 2 * customers);
}
BENCHMARK(mm1_kernel);
BENCHMARK(mm1_functions);

}  // namespace

void bench::measure_queue_model(std::vector<Goal>& goals) {
  fmt::print(
      "\nM/M/1, mean time in the system (10 s by theory): {:.2f} s through the kernel, {:.2f} s through "
      "functions\n",
      through_kernel(), through_functions());
  const double ratio = ratio_of_times([] { benchmark::DoNotOptimize(through_kernel()); },
                                      [] { benchmark::DoNotOptimize(through_functions()); });
  goals.push_back({"M/M/1 through the kernel / std::priority_queue<std::function>, time", ratio, 0.35, 0.25});
}
