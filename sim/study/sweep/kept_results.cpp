#include "study/sweep/kept_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>

#include "dronewall/core/phrases.hpp"
#include "dronewall/study/stored_study.hpp"
#include "study/sweep/point_run.hpp"

namespace dronewall {
namespace {

/// So many points, with so many replications in all.
struct Points {
  std::uint64_t points = 0, replications = 0;

  void add(std::uint64_t its_replications) {
    ++points;
    replications += its_replications;
  }
};

std::uint64_t replications_in(const std::vector<Store::TallyPlace>& tallies) {
  return std::accumulate(tallies.begin(), tallies.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Store::TallyPlace& tally) { return sum + tally.count; });
}

/// Points of one stored layout need the same of a store: one of them is compiled.
class Needs {
 public:
  explicit Needs(const SweptStudy& study) : study_(study) {}
  /// nullptr when the point cannot be compiled: then nothing of it will be run.
  [[nodiscard]] const PointRun* of(std::uint64_t layout, StoredPointId point, std::uint32_t number) {
    const auto [found, is_new] = by_layout_.try_emplace(layout);
    if (!is_new) return found->second.get();
    try {
      found->second = std::make_unique<PointRun>(point, study_.make(number), study_.goal(), 1);
    } catch (const PointFailed&) {
      return nullptr;
    }
    return found->second.get();
  }

 private:
  const SweptStudy& study_;
  std::map<std::uint64_t, std::unique_ptr<const PointRun>> by_layout_;
};

std::string run_again(const Points& some, const char* why) {
  return fmt::format("{} with {} {} run again: {}", counted(some.points, "point"),
                     counted(some.replications, "replication"), some.points == 1 ? "is" : "are", why);
}

std::string note_of(bool estimates_changed, const Points& kept, const Points& rows, const Points& columns) {
  std::vector<std::string> what;
  if (estimates_changed && kept.points > 0)
    what.push_back(fmt::format("{} {} estimated anew from what is stored", counted(kept.points, "point"),
                               kept.points == 1 ? "is" : "are"));
  if (rows.points > 0)
    what.push_back(run_again(rows, "a row of each replication is needed, and the store has not kept them"));
  if (columns.points > 0)
    what.push_back(run_again(columns, "the store has other columns of them than this program keeps"));
  if (what.empty()) return "";
  return (estimates_changed ? "prices, measures or the confidence have changed: " : "") +
         fmt::format("{}", fmt::join(what, "; "));
}

}  // namespace

bool are_rows_of(const std::vector<Store::TallyPlace>& tallies, const std::vector<Store::RowPlace>& rows,
                 const std::vector<std::uint32_t>& columns) {
  auto row = rows.begin();
  for (const Store::TallyPlace& tally : tallies) {
    std::uint64_t at = tally.first;
    for (; row != rows.end() && row->first == at && at < tally.first + tally.count; ++row) {
      if (row->columns != rows.front().columns) return false;
      at += row->count;
    }
    if (at != tally.first + tally.count) return false;
  }
  return row == rows.end() &&
         (rows.empty() || std::includes(rows.front().columns.begin(), rows.front().columns.end(),
                                        columns.begin(), columns.end()));
}

void find_missing_rows(const Store& store, std::vector<Known>& points) {
  std::map<std::uint64_t, std::vector<std::uint32_t>> columns;  // all, by layout
  for (Known& one : points) {
    const std::vector<Store::TallyPlace> tallies = store.tallies(one.point);
    if (!is_finished(one.state) || one.state == PointState::failed || tallies.empty()) continue;
    const auto [its, is_new] = columns.try_emplace(tallies.front().layout);
    if (is_new) {
      its->second.resize(layout_of_json(store.layout(its->first)).columns.size());
      std::iota(its->second.begin(), its->second.end(), 0U);
    }
    one.lacks_rows = !are_rows_of(tallies, store.row_places(one.point), its->second);
  }
}

void find_what_is_kept(const Store& store, const SweptStudy& study, SweepPlan& plan) {
  const StoredPointId stored = store.point_count();
  Needs needs(study);
  Points kept, rows, columns;
  for (PointTask& task : plan.tasks) {
    if (task.point >= stored) continue;
    const std::vector<Store::TallyPlace> tallies = store.tallies(task.point);
    if (tallies.empty()) continue;
    const std::uint64_t replications = replications_in(tallies);
    const PointRun* point = needs.of(tallies.front().layout, task.point, plan.numbers[task.point]);
    const KeptResults results = point ? point->kept_in(store, task.point) : KeptResults::all;
    if (results == KeptResults::without_rows) rows.add(replications);
    if (results == KeptResults::other_columns) columns.add(replications);
    if (results != KeptResults::all) continue;
    kept.add(replications);
    task.kept = std::min(task.at_most, replications);
  }
  if (std::string note = note_of(plan.estimates_changed, kept, rows, columns); !note.empty())
    plan.notes.push_back(std::move(note));
}

}  // namespace dronewall
