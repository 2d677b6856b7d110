// For tests: design points without a scenario, and stores compared.
#pragma once
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "catch.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/study/run_points.hpp"
#include "dronewall/study/stored_study.hpp"

namespace dronewall::test {

class StudyFolder {
 public:
  StudyFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "dronewall-study-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~StudyFolder() { std::filesystem::remove_all(path_); }
  StudyFolder(const StudyFolder&) = delete;
  StudyFolder& operator=(const StudyFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

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

/// Counts replications, so that a test sees what was run anew.
struct MadeUpPoints {
  std::atomic<std::uint64_t> runs{0};
  std::atomic<std::uint64_t> stop_after{~std::uint64_t{0}};
  std::atomic<bool> stop{false};
  StoredPointId fails_at = ~StoredPointId{0}, fails_from = ~StoredPointId{0}, aborts_at = ~StoredPointId{0};

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
    if ((point == fails_at || point >= fails_from) && replication == 1'234) throw PointFailed("out of luck");
    if (point == aborts_at && replication == 1'234) std::abort();
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
  for (StoredPointId point = store.point_count(); point < count; ++point) {
    StoredPoint planned;
    planned.point = point;
    planned.number = point;
    planned.hash = mix64(point);
    store.add_point(planned, {std::to_string(point)});
  }
  store.commit();
}

/// A hash of everything of a store that may not differ between equal ones.
inline std::uint64_t content_of(const std::string& path) {
  const Store store(path, StoreAccess::read);
  std::string text;
  const auto add = [&](const auto&... parts) { ((text += parts, text += '|'), ...); };
  const auto bits = [](double value) { return std::to_string(std::bit_cast<std::uint64_t>(value)); };
  store.each_point([&](const StoredPoint& point) {
    add(std::to_string(point.point), std::to_string(point.hash), name_of(point.state),
        std::to_string(point.replications), bits(point.half_width.value_or(-1)), point.reason);
  });
  for (StoredPointId point = 0; point < store.point_count(); ++point) {
    for (const Store::TallyPlace& place : store.tallies(point)) {
      const Store::EncodedTally tally = Store::encode(store.tally(point, place.first));
      add(std::to_string(place.first), std::to_string(place.count), std::to_string(place.layout),
          tally.moments, tally.batches, tally.counts);
    }
    for (const StoredEstimate& one : store.estimates(point))
      add(one.measure, bits(one.mean), bits(one.se), bits(one.low), bits(one.high), bits(one.sd), one.method,
          one.undefined_because, std::to_string(one.n));
    store.each_rows(point, [&](const StoredRows& rows) {
      add(std::to_string(rows.first));
      for (const std::int64_t value : rows.values) text += std::to_string(value) + ",";
    });
  }
  return hash_text(text);
}

}  // namespace dronewall::test
