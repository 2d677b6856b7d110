#include "dronewall/study/run_points.hpp"

#include <sys/wait.h>

#include "study/made_up_points.hpp"

namespace dronewall {
namespace {

using test::content_of;
using test::Folder;
using test::MadeUpPoints;
using test::plan_points;

constexpr StoredPointId points = 6;

std::vector<PointTask> tasks_of(StoredPointId count, std::uint64_t replications) {
  std::vector<PointTask> tasks;
  for (StoredPointId point = 0; point < count; ++point) tasks.push_back({point, replications});
  return tasks;
}

PointGoal goal_of(std::vector<Requested> requested = {}) {
  PointGoal goal;
  goal.requested = std::move(requested);
  return goal;
}

PointGoal precise(double half_width) {
  PointGoal goal;
  goal.precision = WantedPrecision{{half_width, PrecisionScale::relative}, "leakers"};
  return goal;
}

Requested quantile_of_cost() {
  std::string why;
  return *parse_requested("q95(cost.defender.munitions)", why);
}

RunPointsResult sweep(const std::string& path, MadeUpPoints& made, std::uint64_t replications,
                      const PointGoal& goal, std::uint32_t threads = 2,
                      std::chrono::milliseconds between_commits = std::chrono::seconds(1)) {
  plan_points(path, points);
  Store store(path, StoreAccess::write);
  std::vector<PointTask> tasks;
  store.each_point([&](const StoredPoint& point) {
    if (point.state != PointState::failed) tasks.push_back({point.point, replications});
  });
  made.stop = false;
  RunPointsOptions options{.threads = threads, .stop = &made.stop};
  options.between_commits = between_commits;
  return run_points(store, tasks, made.maker(), goal, options);
}

TEST_CASE("a sweep's points say what run_point says, to the bit", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  const PointGoal goal = goal_of({quantile_of_cost()});
  const RunPointsResult result = sweep(folder.file("a.db"), made, 2'500, goal);
  CHECK(result.finished == points);
  CHECK(result.replications == points * 2'500);
  const StoredStudy stored(folder.file("a.db"));
  for (const StoredPoint& point : stored.points()) {
    CHECK(point.state == PointState::done);
    const RunnablePoint runnable = made.maker()(point.point);
    RunOptions options{.replications = 2'500, .threads = 3};
    options.requested = goal.requested;
    const PointResult alone = run_point(*runnable.layout, runnable.measures, runnable.make_runner, options);
    const std::vector<StoredEstimate> estimates = stored.store().estimates(point.point);
    REQUIRE(estimates.size() == 4);
    CHECK(estimates[0].measure == "q95(cost.defender.munitions)");
    for (const StoredEstimate& one : estimates) {
      const Estimate* same = alone.find(one.measure);
      REQUIRE(same != nullptr);
      CHECK(one.mean == same->mean);
      CHECK(one.low == same->low);
      CHECK(one.high == same->high);
    }
    const std::vector<Estimate> again =
        stored.tally(point.point).estimates(runnable.measures, stored.confidence() + 0.95);
    for (const Estimate& one : again) CHECK(one.low == alone.find(one.name)->low);
    CHECK(stored.layout(point.point)->columns.size() == 3);
  }
  CHECK(stored.store().verify().empty());
}

TEST_CASE("neither threads nor interruptions change a store", "[study][sweep]") {
  const bool is_precise = GENERATE(false, true);
  const Folder folder;
  PointGoal goal = is_precise ? precise(0.02) : goal_of();
  if (!is_precise) goal.requested = {quantile_of_cost()};
  MadeUpPoints whole;
  sweep(folder.file("whole.db"), whole, 7'300, goal, 1);
  const std::uint64_t expected = content_of(folder.file("whole.db"));
  MadeUpPoints threaded;
  sweep(folder.file("threads.db"), threaded, 7'300, goal, 4);
  CHECK(content_of(folder.file("threads.db")) == expected);

  MadeUpPoints broken;
  int rounds = 0;
  for (bool stopped = true; stopped; ++rounds) {
    broken.stop_after = broken.runs + 1'717;
    stopped = sweep(folder.file("broken.db"), broken, 7'300, goal).stopped;
  }
  CHECK(rounds > 5);
  CHECK(content_of(folder.file("broken.db")) == expected);
}

// Each range is saved while others finish their points: an early copy must not overwrite the last.
TEST_CASE("commits at every range change nothing", "[study][sweep]") {
  const Folder folder;
  const bool has_rows = GENERATE(false, true);
  const PointGoal goal = has_rows ? goal_of({quantile_of_cost()}) : precise(0.02);
  MadeUpPoints whole;
  sweep(folder.file("whole.db"), whole, 7'300, goal, 1);
  const std::uint64_t expected = content_of(folder.file("whole.db"));
  for (int round = 0; round < 5; ++round) {  // a copy that comes too late is seen in every second round
    MadeUpPoints hurried;
    const std::string path = folder.file("hurried" + std::to_string(round) + ".db");
    sweep(path, hurried, 7'300, goal, 4, std::chrono::milliseconds(0));
    CHECK(content_of(path) == expected);
  }
}

TEST_CASE("a longer study runs only what is new", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  sweep(folder.file("a.db"), made, 1'500, goal_of());
  CHECK(made.runs == points * 1'500);
  sweep(folder.file("a.db"), made, 4'000, goal_of());
  CHECK(made.runs == points * 4'000);
  sweep(folder.file("a.db"), made, 4'000, goal_of());
  CHECK(made.runs == points * 4'000);
  MadeUpPoints fresh;
  sweep(folder.file("b.db"), fresh, 4'000, goal_of());
  CHECK(content_of(folder.file("a.db")) == content_of(folder.file("b.db")));
}

TEST_CASE("rows that were not kept are run again", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  sweep(folder.file("a.db"), made, 1'500, goal_of());
  sweep(folder.file("a.db"), made, 1'500, goal_of({quantile_of_cost()}));
  CHECK(made.runs == points * 3'000);
  sweep(folder.file("a.db"), made, 1'500, goal_of({quantile_of_cost()}));
  CHECK(made.runs == points * 3'000);
}

TEST_CASE("what a point cannot go on with leaves nothing behind", "[study][sweep]") {
  const Folder folder;
  const std::string path = folder.file("a.db");
  MadeUpPoints made;
  sweep(path, made, 2'500, goal_of());
  {
    Store store(path, StoreAccess::write);
    // Of another study's making: a tally that stands apart, and rows in pieces that no sweep makes.
    StoredTally apart = store.tally(0, 0);
    apart.first = 4'000;
    store.set_tally(0, store.tallies(0).front().layout, apart);
    for (const std::uint64_t first : {0U, 700U, 1'400U})
      store.add_rows(0, {first, 700, {1}, std::vector<std::int64_t>(700)});
    store.commit();
  }
  sweep(path, made, 2'500, goal_of({quantile_of_cost()}));
  MadeUpPoints fresh;
  sweep(folder.file("b.db"), fresh, 2'500, goal_of({quantile_of_cost()}));
  CHECK(content_of(path) == content_of(folder.file("b.db")));
  CHECK(Store(path, StoreAccess::read).verify().empty());
}

TEST_CASE("each point stops by itself, at a batch end, and says how", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  const auto cap = GENERATE(as<std::uint64_t>(), 2'000, 2'050);  // a place of a look, and one between two
  const RunPointsResult result = sweep(folder.file("a.db"), made, cap, precise(0.02));
  CHECK(result.reached + result.capped == points);
  CHECK(result.capped >= 1);
  CHECK(result.reached >= 1);
  const StoredStudy stored(folder.file("a.db"));
  for (const StoredPoint& point : stored.points()) {
    CHECK((point.replications % 100 == 0 || point.replications == cap));
    REQUIRE(point.half_width);
    CHECK((point.state == PointState::reached) == (*point.half_width <= 0.02));
    CHECK((point.state == PointState::capped) == (point.replications == cap && !point.reason.empty()));
    // A point with few leakers needs more.
    CHECK((point.point > 0 || point.state == PointState::capped));
  }
}

TEST_CASE("a probability and a quantile can be watched, too", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  std::string why;
  PointGoal goal;
  goal.requested = {*parse_requested("P(leakers <= 1)", why)};
  goal.precision = WantedPrecision{{0.02, PrecisionScale::absolute}, "P(leakers <= 1)"};
  const RunPointsResult result = sweep(folder.file("a.db"), made, 5'000, goal);
  CHECK(result.reached == points);
  goal.precision = WantedPrecision{{0.02, PrecisionScale::relative}, "P(leakers <= 1)"};
  CHECK(sweep(folder.file("a.db"), made, 5'000, goal).capped >= 1);
  const Store store(folder.file("a.db"), StoreAccess::read);
  store.each_point([&](const StoredPoint& point) {
    const StoredEstimate one = store.estimates(point.point).front();
    REQUIRE(one.measure == "P(leakers <= 1)");
    CHECK((one.high - one.low) / 2 <= 0.02);
    CHECK(point.half_width == (one.high - one.low) / 2 / one.mean);
  });
}

TEST_CASE("a point that fails is set aside, and the others go on", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  made.fails_at = 2;
  plan_points(folder.file("a.db"), points);
  {
    Store store(folder.file("a.db"), StoreAccess::write);
    RunPointsOptions options{.threads = 2};
    options.line_of = [](StoredPointId point, std::uint64_t first, std::uint64_t count) {
      return std::to_string(point) + " " + std::to_string(first) + " " + std::to_string(count);
    };
    const RunPointsResult result =
        run_points(store, tasks_of(points, 3'000), made.maker(), goal_of(), options);
    CHECK(result.failed == 1);
    CHECK(result.finished == points - 1);
  }
  const Store store(folder.file("a.db"), StoreAccess::read);
  const std::vector<StoredFailure> failures = store.failures();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].attempts == 3);
  CHECK(failures[0].reason == "out of luck");
  CHECK(failures[0].line == "2 1000 1000");
}

void check_set_aside_after_three_crashes(StoredPointId MadeUpPoints::*crashes_at) {
  const Folder folder;
  plan_points(folder.file("a.db"), points);
  for (int round = 0; round < 3; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      Store store(folder.file("a.db"), StoreAccess::write);
      MadeUpPoints made;
      made.*crashes_at = 3;
      static_cast<void>(run_points(store, tasks_of(points, 3'000), made.maker(), goal_of(), {.threads = 2}));
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
  }
  MadeUpPoints made;
  made.*crashes_at = 3;
  Store store(folder.file("a.db"), StoreAccess::write);
  const RunPointsResult result =
      run_points(store, tasks_of(points, 3'000), made.maker(), goal_of(), {.threads = 2});
  CHECK(result.failed == 1);
  CHECK(result.finished == points - 1);
  REQUIRE(store.failures().size() == 1);
  CHECK(store.failures()[0].point == 3);
  CHECK(store.failures()[0].first == 1'000);
  CHECK(store.failures()[0].attempts == 3);
}

TEST_CASE("a range that has ended the program three times is set aside", "[study][sweep]") {
  check_set_aside_after_three_crashes(&MadeUpPoints::aborts_at);
}

#ifndef __SANITIZE_THREAD__  // which ends at a stack overflow before any handler is called
TEST_CASE("so is one that has run over its stack three times", "[study][sweep]") {
  check_set_aside_after_three_crashes(&MadeUpPoints::falls_at);
}
#endif

TEST_CASE("fail-fast ends a sweep at the first failure", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  made.fails_at = 0;
  plan_points(folder.file("a.db"), points);
  Store store(folder.file("a.db"), StoreAccess::write);
  RunPointsOptions options{.threads = 1, .on_error = OnError::fail_fast};
  const RunPointsResult result = run_points(store, tasks_of(points, 3'000), made.maker(), goal_of(), options);
  CHECK(result.gave_up);
  CHECK(result.failed == 1);
  CHECK(result.finished == 0);
}

TEST_CASE("stop-after ends a sweep at so many failures", "[study][sweep]") {
  const Folder folder;
  MadeUpPoints made;
  made.fails_from = 1;
  plan_points(folder.file("a.db"), points);
  Store store(folder.file("a.db"), StoreAccess::write);
  RunPointsOptions options{.threads = 1, .on_error = OnError::stop_after, .stop_after = 3};
  const RunPointsResult result = run_points(store, tasks_of(points, 3'000), made.maker(), goal_of(), options);
  CHECK(result.gave_up);
  CHECK(result.failed == 3);
  CHECK(result.finished == 1);
  const RunPointsResult rest = run_points(store, {{4, 3'000}, {5, 3'000}}, made.maker(), goal_of(), options);
  CHECK_FALSE(rest.gave_up);
  CHECK(rest.failed == 2);
}

// What failed in earlier processes counts. One thread, and a failure in the first range, since what is
// finished of a point that fails, and of others when a sweep ends, may depend on threads and interruptions.
TEST_CASE("an interruption changes nothing about points that fail, whatever on_error says",
          "[study][sweep]") {
  const Folder folder;
  RunPointsOptions options{.threads = 1};
  options.on_error = GENERATE(OnError::go_on, OnError::stop_after, OnError::fail_fast);
  options.stop_after = 2;
  const auto sweep_on = [&](const std::string& path, MadeUpPoints& made) {
    plan_points(path, points);
    Store store(path, StoreAccess::write);
    std::vector<PointTask> tasks;
    options.failed_before = 0;
    store.each_point([&](const StoredPoint& point) {
      if (point.state == PointState::failed)
        ++options.failed_before;
      else if (!is_finished(point.state))
        tasks.push_back({point.point, 3'000});
    });
    made.fails_from = 2;
    made.fails_on = 34;
    made.stop = false;
    options.stop = &made.stop;
    return run_points(store, tasks, made.maker(), goal_of({quantile_of_cost()}), options);
  };
  MadeUpPoints whole;
  sweep_on(folder.file("whole.db"), whole);
  MadeUpPoints broken;
  int rounds = 0;
  for (bool stopped = true; stopped; ++rounds) {
    broken.stop_after = broken.runs + 1'177;  // more than a range, of which a part is not kept
    stopped = sweep_on(folder.file("broken.db"), broken).stopped;
  }
  CHECK(rounds > 3);
  CHECK(content_of(folder.file("broken.db")) == content_of(folder.file("whole.db")));
  const RunPointsResult again = sweep_on(folder.file("broken.db"), broken);
  CHECK(again.failed == 0);
  CHECK(again.replications == 0);
  CHECK(again.gave_up == (options.on_error != OnError::go_on));
}

}  // namespace
}  // namespace dronewall
