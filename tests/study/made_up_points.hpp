// For tests: design points without a scenario, and stores compared.
#pragma once
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "catch.hpp"
#include "common/folder.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/study/run_points.hpp"
#include "dronewall/study/stored_study.hpp"
#include "store/content.hpp"

namespace dronewall::test {

/// Ten intruders, of which each leaks with chance (point + 1) / 16; a round for each that does not.
inline LedgerLayout made_up_layout() {
  LedgerLayout layout;
  layout.columns = {{.name = "launched"}, {.name = "leakers"}, {.name = "rounds.gun@a"}};
  layout.columns[2].line = LedgerLine{.item = "gun", .unit = "a", .nation = "PL", .paid_by = {{"PL", 1.0}}};
  layout.measures = {{.name = "leakers", .meaning = "Leakers.", .numerator = {{{1, 1}}}},
                     {.name = "leak-fraction",
                      .unit = "fraction",
                      .numerator = {{{1, 1}}},
                      .denominator = LinearForm{{{0, 1}}},
                      .undefined_because = "nothing was launched"}};
  return layout;
}

inline std::vector<MeasureDefinition> made_up_measures(const LedgerLayout& layout) {
  std::vector<MeasureDefinition> measures = layout.measures;
  measures.push_back({.name = "cost.defender.munitions", .unit = "USD", .numerator = {{{2, 2.5}, {1, 0.1}}}});
  return measures;
}

/// Uses up the thread's stack.
[[gnu::noinline]] inline int overrun_stack(std::uint32_t depth, const volatile char* above) {
  volatile char here[1'024];
  here[0] = above[0];
  return depth == 0 ? 0 : overrun_stack(depth - 1, here) + here[0];
}

/// Counts replications, so that a test sees what was run anew.
struct MadeUpPoints {
  std::atomic<std::uint64_t> runs{0};
  std::atomic<std::uint64_t> stop_after{~std::uint64_t{0}};
  std::atomic<bool> stop{false};
  StoredPointId fails_at = ~StoredPointId{0}, fails_from = ~StoredPointId{0}, aborts_at = ~StoredPointId{0},
                falls_at = ~StoredPointId{0};
  std::uint32_t fails_on = 1'234;  ///< the replication of those that fail

  [[nodiscard]] MakePoint maker() {
    return [this](StoredPointId point) {
      RunnablePoint made;
      made.layout = std::make_shared<const LedgerLayout>(made_up_layout());
      made.measures = made_up_measures(*made.layout);
      made.make_runner = [this, point]() -> Runner {
        return [this, point](std::uint32_t replication, std::int64_t* row) { run(point, replication, row); };
      };
      return made;
    };
  }
  void run(StoredPointId point, std::uint32_t replication, std::int64_t* row) {
    if ((point == fails_at || point >= fails_from) && replication == fails_on)
      throw PointFailed("out of luck");
    if (point == aborts_at && replication == 1'234) std::abort();
    if (point == falls_at && replication == 1'234) row[0] = overrun_stack(1U << 31, "");
    if (++runs >= stop_after) stop = true;
    row[0] = 10;
    row[1] = 0;
    for (std::uint64_t i = 0; i < 10; ++i)
      row[1] += mix64(mix64(replication) + i + (std::uint64_t{point} << 32)) % 16 <= point ? 1 : 0;
    row[2] = 10 - row[1];
  }
};

inline void plan_points(const std::string& path, StoredPointId count) {
  Store store(path, StoreAccess::write);
  store.set_factors({{"units.a.count", "choice", "[0, 1]"}});
  for (StoredPointId point = store.point_count(); point < count; ++point) {
    StoredPoint planned;
    planned.point = point;
    planned.number = point;
    planned.hash = mix64(point);
    store.add_point(planned, {std::to_string(point)});
  }
  store.commit();
}

}  // namespace dronewall::test
