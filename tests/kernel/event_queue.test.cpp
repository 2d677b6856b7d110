// The pending set against an ordered set of the standard library, and by hand where a case has a name.
#include "dronewall/kernel/event_queue.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "catch.hpp"

using dronewall::EventQueue;
using dronewall::Slot;

namespace {

/// What the queue promises, written with a set of (time, phase, slot).
class Reference {
 public:
  void set(Slot slot, double time_s, std::uint32_t phase) {
    if (const auto old = entry_.find(slot); old != entry_.end()) pending_.erase(old->second);
    entry_.erase(slot);
    if (time_s == EventQueue::never) return;
    entry_[slot] = {time_s, phase, slot};
    pending_.insert(entry_[slot]);
  }
  [[nodiscard]] bool empty() const { return pending_.empty(); }
  [[nodiscard]] double next_time() const {
    return pending_.empty() ? EventQueue::never : std::get<0>(*pending_.begin());
  }
  [[nodiscard]] Slot next_slot() const { return std::get<2>(*pending_.begin()); }
  [[nodiscard]] double time_of(Slot slot) const {
    const auto found = entry_.find(slot);
    return found == entry_.end() ? EventQueue::never : std::get<0>(found->second);
  }

 private:
  using Entry = std::tuple<double, std::uint32_t, Slot>;
  std::set<Entry> pending_;
  std::map<Slot, Entry> entry_;
};

/// Whether `act` aborts the program, tried in a child process.
template <class Act>
bool ends_the_program(Act act) {
  const pid_t child = fork();
  if (child == 0) {
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    std::signal(SIGABRT, SIG_DFL);  // not the test framework's, which would report it as a failure
    act();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

void take_all(EventQueue& queue, std::vector<Slot>& order) {
  for (; queue.next_time() < EventQueue::never; queue.cancel(queue.next_slot()))
    order.push_back(queue.next_slot());
}

}  // namespace

TEST_CASE("any mix of set, move, cancel, reset and grow agrees with an ordered set", "[kernel]") {
  // Few distinct times and phases, so that most comparisons are ties; few slots, so that most calls are
  // moves.
  const std::uint32_t first_slots = GENERATE(1u, 2u, 4u, 5u, 16u, 17u, 60u, 300u);
  const int distinct_times = GENERATE(2, 1'000'000);
  std::mt19937 random(first_slots * 7919u + static_cast<unsigned>(distinct_times));
  const auto below = [&random](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };

  EventQueue queue;
  queue.reset(first_slots);
  Reference reference;
  std::uint32_t differences = 0;
  for (int step = 0; step < 20'000; ++step) {
    const Slot slot = below(queue.size());
    const std::uint32_t choice = below(1'000);
    if (choice < 600) {
      const double time_s = below(static_cast<std::uint32_t>(distinct_times)) / 4.0;
      const std::uint32_t phase = below(EventQueue::phases);
      queue.set(slot, time_s, phase);
      reference.set(slot, time_s, phase);
    } else if (choice < 800) {
      queue.cancel(slot);
      reference.set(slot, EventQueue::never, 0);
    } else if (choice < 998 && !reference.empty()) {  // the winner moves on: what a handler does
      const Slot winner = queue.next_slot();
      const double later = queue.next_time() + below(8);
      queue.set(winner, later, 1);
      reference.set(winner, later, 1);
    } else if (choice == 998 && queue.size() < 2'000) {
      queue.grow(queue.size() + below(first_slots + 3));
    } else if (choice == 999 && below(4) == 0) {
      queue.reset(first_slots);
      reference = Reference{};
    }
    differences += queue.next_time() != reference.next_time();
    differences += !reference.empty() && queue.next_slot() != reference.next_slot();
    const Slot other = below(queue.size());
    differences += queue.time_of(other) != reference.time_of(other);
  }
  CHECK(differences == 0);
}

TEST_CASE("events leave in the order of time", "[kernel]") {
  std::mt19937 random(11);
  std::multimap<double, Slot> expected;
  EventQueue queue;
  queue.reset(777);
  for (Slot slot = 0; slot < 777; ++slot) {
    const double time_s = static_cast<double>(random()) / 65'536;
    queue.set(slot, time_s);
    expected.emplace(time_s, slot);
  }
  std::vector<Slot> order;
  take_all(queue, order);
  std::vector<Slot> expected_order;
  for (const auto& [time_s, slot] : expected) expected_order.push_back(slot);
  CHECK(order == expected_order);
}

TEST_CASE("equal times go by phase, then by slot, whatever was scheduled first", "[kernel]") {
  EventQueue queue;
  queue.reset(20);
  const bool backwards = GENERATE(false, true);
  const auto schedule = [&queue](Slot slot, std::uint32_t phase) { queue.set(slot, 60.0, phase); };
  const std::vector<std::pair<Slot, std::uint32_t>> events = {{3, 2}, {19, 0}, {7, 15},
                                                              {4, 2}, {0, 1},  {12, 0}};
  if (backwards)
    for (auto event = events.rbegin(); event != events.rend(); ++event) schedule(event->first, event->second);
  else
    for (const auto& [slot, phase] : events) schedule(slot, phase);
  queue.set(18, std::nextafter(60.0, 0.0), 15);  // the last time before it comes first in any phase
  std::vector<Slot> order;
  take_all(queue, order);
  CHECK(order == std::vector<Slot>{18, 12, 19, 0, 3, 4, 7});
}

TEST_CASE("a moved event is due once, at its new time", "[kernel]") {
  EventQueue queue;
  queue.reset(3);
  queue.set(0, 10);
  queue.set(1, 20);
  queue.set(0, 30);  // later
  CHECK(queue.next_slot() == 1);
  queue.set(0, 5);  // earlier
  CHECK(queue.next_slot() == 0);
  CHECK(queue.time_of(0) == 5);
  queue.cancel(0);
  CHECK(queue.next_slot() == 1);
  queue.cancel(1);
  CHECK(queue.next_time() == EventQueue::never);
}

TEST_CASE("growing keeps every event, its phase and its order", "[kernel]") {
  const std::uint32_t before = GENERATE(1u, 3u, 4u, 15u, 16u, 64u);
  EventQueue queue;
  queue.reset(before);
  for (Slot slot = 0; slot < before; ++slot) queue.set(slot, 100, slot % 2 == 0 ? 9 : 4);
  queue.grow(before);  // nothing to do
  queue.grow(before * 21 + 1);
  REQUIRE(queue.size() == before * 21 + 1);
  queue.set(before * 21, 100, 5);
  std::vector<Slot> order;
  take_all(queue, order);
  std::vector<Slot> expected;
  for (Slot slot = 1; slot < before; slot += 2) expected.push_back(slot);
  expected.push_back(before * 21);
  for (Slot slot = 0; slot < before; slot += 2) expected.push_back(slot);
  CHECK(order == expected);
}

TEST_CASE("a reset queue is idle, also one that held more before", "[kernel]") {
  EventQueue queue;
  CHECK(queue.next_time() == EventQueue::never);
  CHECK(queue.size() == 0);
  queue.reset(500);
  for (Slot slot = 0; slot < 500; ++slot) queue.set(slot, slot);
  queue.reset(7);
  CHECK(queue.size() == 7);
  CHECK(queue.next_time() == EventQueue::never);
  queue.grow(500);
  CHECK(queue.next_time() == EventQueue::never);
  for (Slot slot = 0; slot < 500; ++slot) CHECK(queue.time_of(slot) == EventQueue::never);
}

TEST_CASE("infinity is never, minus zero is zero, the smallest and largest times are times", "[kernel]") {
  EventQueue queue;
  queue.reset(5);
  queue.set(2, std::numeric_limits<double>::infinity(), 3);
  CHECK(queue.next_time() == EventQueue::never);
  queue.set(1, std::numeric_limits<double>::max());
  CHECK(queue.next_slot() == 1);
  CHECK(queue.next_time() < EventQueue::never);
  queue.set(4, std::numeric_limits<double>::denorm_min());
  CHECK(queue.next_slot() == 4);
  queue.set(3, 0.0, 1);
  queue.set(0, -0.0, 2);  // equal to 0.0: the phase decides
  CHECK(queue.next_slot() == 3);
  CHECK_FALSE(std::signbit(queue.time_of(0)));
}

TEST_CASE("broken contracts end the program", "[kernel]") {
  EventQueue queue;
  queue.reset(4);
  CHECK_FALSE(ends_the_program([&] { queue.set(3, 0.0, EventQueue::phases - 1); }));
  CHECK(ends_the_program([&] { queue.set(0, std::numeric_limits<double>::quiet_NaN()); }));
  CHECK(ends_the_program([&] { queue.set(0, -1e-300); }));
  CHECK(ends_the_program([&] { queue.set(4, 1.0); }));
  CHECK(ends_the_program([&] { queue.set(0, 1.0, EventQueue::phases); }));
  CHECK(ends_the_program([&] { static_cast<void>(queue.time_of(4)); }));
  CHECK(ends_the_program([&] { queue.reset(EventQueue::max_slots + 1); }));
}
