// The hold model: take the earliest of n pending events and schedule it again an exponential time later; and
// the same where three calls in ten move any event instead of the earliest.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <boost/heap/d_ary_heap.hpp>
#include <queue>

#include "dronewall/kernel/event_queue.hpp"
#include "goals.hpp"
#include "reference/xoshiro.hpp"

namespace {

using dronewall::EventQueue;
using dronewall::Slot;

constexpr std::uint32_t holds = 1u << 20;

/// Increments and moves, drawn beforehand so that only the pending set is timed. Whether a step moves any
/// event or the earliest is a mask, so that neither program pays for a mispredicted branch of the workload.
struct Workload {
  static constexpr std::uint32_t length = 1u << 16;

  explicit Workload(std::uint32_t pending, double share_of_moves) : slots(pending) {
    ad20::Xoshiro random(2026);
    for (std::uint32_t i = 0; i < length; ++i) {
      increment[i] = random.exponential(1);
      const bool move = random.uniform() < share_of_moves;
      any_slot[i] = move ? static_cast<Slot>(random.uniform() * pending) : 0;
      earliest[i] = move ? 0 : ~0u;
    }
  }
  /// The slot that a step schedules again.
  [[nodiscard]] Slot slot(std::uint32_t step, Slot next) const {
    return (next & earliest[step]) | any_slot[step];
  }

  std::uint32_t slots;
  std::vector<double> increment = std::vector<double>(length);
  std::vector<Slot> any_slot = std::vector<Slot>(length);
  std::vector<Slot> earliest = std::vector<Slot>(length);
};

/// What an event of a heap carries: 16 bytes.
struct Event {
  double time_s;
  Slot slot;
  std::uint32_t phase;
};
struct Later {
  bool operator()(const Event& a, const Event& b) const { return a.time_s > b.time_s; }
};

double through_kernel(const Workload& work) {
  EventQueue queue;
  queue.reset(work.slots);
  for (Slot slot = 0; slot < work.slots; ++slot) queue.set(slot, work.increment[slot]);
  for (std::uint32_t i = 0; i < holds; ++i) {
    const std::uint32_t step = i % Workload::length;
    const Slot slot = work.slot(step, queue.next_slot());
    queue.set(slot, queue.next_time() + work.increment[step]);
  }
  return queue.next_time();
}

/// std::priority_queue cannot move an event: holds only.
double through_priority_queue(const Workload& work) {
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  for (Slot slot = 0; slot < work.slots; ++slot) queue.push({work.increment[slot], slot, 0});
  for (std::uint32_t i = 0; i < holds; ++i) {
    Event event = queue.top();
    queue.pop();
    event.time_s += work.increment[i % Workload::length];
    queue.push(event);
  }
  return queue.top().time_s;
}

double through_boost_heap(const Workload& work) {
  using Heap = boost::heap::d_ary_heap<Event, boost::heap::arity<4>, boost::heap::mutable_<true>,
                                       boost::heap::compare<Later>>;
  Heap queue;
  std::vector<Heap::handle_type> handle;
  for (Slot slot = 0; slot < work.slots; ++slot)
    handle.push_back(queue.push({work.increment[slot], slot, 0}));
  for (std::uint32_t i = 0; i < holds; ++i) {
    const std::uint32_t step = i % Workload::length;
    const Slot slot = work.slot(step, queue.top().slot);
    queue.update(handle[slot], Event{queue.top().time_s + work.increment[step], slot, 0});
  }
  return queue.top().time_s;
}

constexpr double no_moves = 0, some_moves = 0.3;

template <double (*through)(const Workload&)>
void time_holds(benchmark::State& state, double share_of_moves) {
  const Workload work(static_cast<std::uint32_t>(state.range(0)), share_of_moves);
  for (auto _ : state) benchmark::DoNotOptimize(through(work));
  state.SetItemsProcessed(state.iterations() * holds);
}

template <double (*through)(const Workload&)>
void hold(benchmark::State& state) {
  time_holds<through>(state, no_moves);
}
template <double (*through)(const Workload&)>
void moves(benchmark::State& state) {
  time_holds<through>(state, some_moves);
}

BENCHMARK(hold<through_kernel>)->Name("hold/kernel")->Arg(16)->Arg(256)->Arg(4096)->Arg(65536);
BENCHMARK(hold<through_priority_queue>)
    ->Name("hold/priority_queue")
    ->Arg(16)
    ->Arg(256)
    ->Arg(4096)
    ->Arg(65536);
BENCHMARK(moves<through_kernel>)->Name("moves/kernel")->Arg(16)->Arg(256)->Arg(4096)->Arg(65536);
BENCHMARK(moves<through_boost_heap>)->Name("moves/boost_d_ary")->Arg(16)->Arg(256)->Arg(4096)->Arg(65536);

double ratio(const Workload& work, double (*theirs)(const Workload&)) {
  return bench::ratio_of_times([&] { benchmark::DoNotOptimize(through_kernel(work)); },
                               [&] { benchmark::DoNotOptimize(theirs(work)); });
}

}  // namespace

void bench::measure_pending_set(std::vector<Goal>& goals) {
  for (const std::uint32_t pending : {16u, 256u, 4096u})
    goals.push_back({fmt::format("hold, {} pending / std::priority_queue of 16 B, time", pending),
                     ratio(Workload(pending, no_moves), through_priority_queue), 0.35, 0.22});
  for (const std::uint32_t pending : {16u, 256u, 4096u})
    goals.push_back({fmt::format("hold, 30% moves, {} pending / Boost mutable 4-ary heap, time", pending),
                     ratio(Workload(pending, some_moves), through_boost_heap), 0.30, 0.23});
}
