// The sweep from outside: killed, in shares, with a full disk, beside another, on broken parts.
#include <chrono>
#include <thread>

#include "catch.hpp"
#include "cli/outside.hpp"
#include "cli/trouble.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/report/csv.hpp"
#include "dronewall/store/part.hpp"
#include "dronewall/store/store.hpp"
#include "store/content.hpp"
#include "store/database.hpp"

namespace dronewall {
namespace {

using test::content_of;
using test::Ended;
using test::Folder;
using test::holds;
using test::kill_after;
using test::Mounted;
using test::not_tried;
using test::run;
using test::start;

/// Twelve points of the shipped minimal scenario.
std::string study_of(const std::string& replications, const std::string& more = "") {
  return "study: How many rounds hold ten drones?\n"
         "scenario: minimal.yaml\n"
         "choices:\n"
         "  units.battery.weapons.round.magazine: [6, 9, 12, 15]\n"
         "uncertain:\n"
         "  attacks.raid.count: [6, 10, 14]\n"
         "replications: " +
         replications +
         "\n"
         "measure: [rounds.round, \"q90(cost.defender.marginal)\", P(leakers <= 1)]\n" +
         more;
}

std::optional<double> known(double value) {
  if (std::isnan(value)) return std::nullopt;
  return value;
}

/// Replications that a store holds; 0 while there is none.
std::uint64_t replications_in(const std::string& path) {
  std::uint64_t replications = 0;
  try {
    const Store store(path, StoreAccess::read);
    store.each_point([&](const StoredPoint& point) { replications += point.replications; });
  } catch (const StoreError&) {
    return 0;
  }
  return replications;
}

TEST_CASE("a sweep killed at ten moments ends with the store of one never killed", "[cli][sweep]") {
  const auto [replications, options] = GENERATE(
      table<std::string, std::string>({{"25000", ""},
                                       {"{precision: 0.5%, of: leakers, at_least: 200, at_most: 25000}", ""},
                                       {"9000", " --keep rows"}}));
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, study_of(replications));
  const Ended whole =
      run("sweep " + study + options + " --store " + folder.file("whole.db") + " --threads 1 --format csv");
  CHECK((whole.status == 0 || whole.status == 4));
  const std::string broken =
      "sweep " + study + options + " --store " + folder.file("broken.db") + " --threads 2";
  const std::uint64_t all = replications_in(folder.file("whole.db"));
  int kills = 0, resumes = 0;
  std::uint64_t kept = 0;
  const auto begin_and_kill = [&](std::chrono::milliseconds pause) {
    if (kept > 0 && kept < all) ++resumes;
    if (kill_after(broken, pause)) ++kills;
    const std::uint64_t now = replications_in(folder.file("broken.db"));
    CHECK(now >= kept);  // One that began anew would fall back.
    kept = now;
  };
  for (int i = 0; i < 10; ++i) {
    // The first comes before any machine could have ended; the others where they fall.
    const std::uint64_t longest_ms = i == 0 ? 50 : 400;
    begin_and_kill(std::chrono::milliseconds(20 + mix64(static_cast<std::uint64_t>(i)) % longest_ms));
  }
  // A slow machine is given the time to keep something.
  for (std::chrono::milliseconds pause(800); kept == 0 && pause < std::chrono::minutes(1); pause *= 2)
    begin_and_kill(pause);
  if (kept > 0 && kept < all) ++resumes;
  CHECK(kills > 0);
  CHECK(resumes > 0);
  const Ended ended = run(broken + " --format csv");
  CHECK(ended.status == whole.status);
  CHECK(ended.out == whole.out);
  CHECK(content_of(folder.file("broken.db")) == content_of(folder.file("whole.db")));
  CHECK(run("store verify " + folder.file("broken.db")).status == 0);
}

TEST_CASE("a sweep killed before and after it is made longer ends as one that was not", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml"), sweep = "sweep " + study + " --format csv --store ";
  const std::string broken = folder.file("broken.db"), whole = folder.file("whole.db");
  std::string shorter = study_of("7000");
  shorter.replace(shorter.find("[6, 10, 14]"), 11, "[6, 14]");
  test::write(study, shorter);
  // A slow machine is given the time to keep something: by then the points have their ids.
  for (std::chrono::milliseconds pause(60); replications_in(broken) == 0 && pause < std::chrono::minutes(1);
       pause *= 2)
    kill_after(sweep + broken, pause);
  REQUIRE(replications_in(broken) > 0);
  CHECK(run(sweep + whole).status == 0);
  test::write(study, study_of("9500"));
  for (int i = 0; i < 3; ++i) kill_after(sweep + broken, std::chrono::milliseconds(60 + 90 * i));
  const Ended longer = run(sweep + whole);
  CHECK(longer.status == 0);
  CHECK(run(sweep + broken).out == longer.out);
  CHECK(content_of(broken) == content_of(whole));
}

TEST_CASE("four shard processes and a gathering give the store of one sweep", "[cli][sweep]") {
  const std::string replications = GENERATE(
      std::string("2500"), std::string("{precision: 2%, of: leakers, at_least: 200, at_most: 3000}"));
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, study_of(replications));
  const Ended whole = run("sweep " + study + " --store " + folder.file("whole.db") + " --format csv");
  for (const char* share : {"1/4", "2/4", "3/4", "4/4"})
    CHECK(run("shard " + study + " --share " + share + " --threads 1").status == 0);
  // What is there is not run again; a part that was cut off is.
  const Ended again = run("shard " + study + " --share 1/4");
  CHECK(holds(again.err, " 0 shards run"));
  std::string first;
  for (const auto& entry : test::fs::directory_iterator(folder.file("s.parts")))
    first = entry.path().string();
  test::fs::resize_file(first, test::fs::file_size(first) / 2);
  const std::string gather = "gather " + study + " --store " + folder.file("parts.db") + " --format csv";
  const Ended cut = run(gather);
  CHECK(cut.status == 4);
  CHECK(holds(cut.err, "is cut off"));
  for (const char* share : {"1/4", "2/4", "3/4", "4/4"}) run("shard " + study + " --share " + share);
  const Ended gathered = run(gather);
  CHECK(gathered.status == whole.status);
  CHECK(gathered.out == whole.out);
  CHECK(content_of(folder.file("parts.db")) == content_of(folder.file("whole.db")));
  // As a gathering leaves it that is killed once the parts are kept.
  Connection(folder.file("parts.db"), StoreAccess::write)
      .execute("UPDATE points SET state = 'begun', half_width = NULL, reason = ''; DELETE FROM estimates");
  CHECK(run(gather).out == whole.out);
  CHECK(content_of(folder.file("parts.db")) == content_of(folder.file("whole.db")));
}

TEST_CASE("a sweep fills the gaps between parts", "[cli][sweep]") {
  const std::string threads = GENERATE("1", "2");
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, study_of("2500"));
  const Ended whole = run("sweep " + study + " --store " + folder.file("whole.db") + " --format csv");
  for (const char* part : {"--point 0 --first 1000 --count 1000", "--point 1 --first 150 --count 10",
                           "--point 1 --first 170 --count 1000"})
    REQUIRE(run("shard " + study + ' ' + part).status == 0);
  const std::string into =
      study + " --store " + folder.file("parts.db") + " --format csv --threads " + threads;
  CHECK(run("gather " + into).status == 4);
  CHECK(Store(folder.file("parts.db"), StoreAccess::read).tallies(0).size() == 1);
  const Ended filled = run("sweep " + into);
  CHECK(filled.status == 0);
  CHECK(filled.out == whole.out);
  CHECK(content_of(folder.file("parts.db")) == content_of(folder.file("whole.db")));
}

TEST_CASE("shards lengthen a gathered study as a sweep does", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  const std::string into = " --format csv --store ";
  // Shards from 2000 on overlap the tail of the goal before.
  for (const char* replications : {"2500", "2700", "4000"}) {
    test::write(study, study_of(replications));
    REQUIRE(run("shard " + study + " --share 1/1").status == 0);
    const Ended gathered = run("gather " + study + into + folder.file("parts.db"));
    CHECK(gathered.status == 0);
    CHECK(holds(gathered.err, "overlap") == (replications != std::string("2500")));
    run("sweep " + study + into + folder.file("longer.db"));
    const Ended whole = run("sweep " + study + into + folder.file(replications + std::string(".db")));
    CHECK(gathered.out == whole.out);
  }
  CHECK(content_of(folder.file("parts.db")) == content_of(folder.file("longer.db")));
  CHECK(run("store verify " + folder.file("parts.db")).status == 0);
}

TEST_CASE("a longer part by hand takes the place of a shorter one, rows too", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  const auto with = [&](const char* replications) {
    test::write(study, "study: x\nscenario: " + test::minimal +
                           "\nchoices:\n  units.battery.channels: [1, 3]\nreplications: " + replications +
                           "\nmeasure: [P(leak-fraction <= 0.1)]\n");
  };
  with("2500");
  REQUIRE(run("shard " + study + " --share 1/1").status == 0);
  REQUIRE(run("gather " + study).status == 0);
  with("3000");
  REQUIRE(run("shard " + study + " --point 0 --first 0 --count 3000").status == 0);
  const Ended gathered = run("gather " + study + " --format csv");
  {
    const Store store(folder.file("s.db"), StoreAccess::read);
    std::uint64_t rows = 0;
    for (const Store::RowPlace& place : store.row_places(0)) rows += place.count;
    CHECK(rows == 3'000);
  }
  CHECK(run("store verify " + folder.file("s.db")).status == 0);
  const Ended swept = run("sweep " + study + " --format csv --store " + folder.file("w.db"));
  CHECK(run("sweep " + study + " --format csv").out == swept.out);
}

TEST_CASE("a shard that failed before says so until it is run again", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, study_of("1500"));
  const std::string shard = "shard " + study + " --share 1/1";
  const std::string gather = "gather " + study + " --format csv";
  REQUIRE(run(shard).status == 0);
  const std::string path = test::fs::directory_iterator(folder.file("s.parts"))->path().string();
  Part part = read_part(path);
  part.tally.reset();
  part.rows.clear();
  part.failure = "out of luck";
  write_part(path, part);

  const Ended again = run(shard);
  CHECK(again.status == 4);
  CHECK(holds(again.err, " 0 shards run"));
  CHECK(holds(again.err, "1 shard failed; `--retry` runs it again"));
  CHECK(holds(again.err, "out of luck"));
  CHECK(run(gather).status == 4);
  const Ended retried = run(shard + " --retry");
  CHECK(retried.status == 0);
  CHECK(holds(retried.err, " 1 shard run, "));
  const Ended gathered = run(gather);
  CHECK(gathered.status == 0);
  CHECK(gathered.out == run("sweep " + study + " --format csv --store " + folder.file("w.db")).out);
  CHECK(content_of(folder.file("s.db")) == content_of(folder.file("w.db")));
}

/// A study whose name a shell would take apart.
struct NamedStudy {
  Folder folder;
  std::string file = folder.file("it's a study.yaml");
  std::string options = " --seed 7 --data '" DRONEWALL_SOURCE_DIR "/scenarios'";

  explicit NamedStudy(const std::string& replications) { test::write(file, study_of(replications)); }
  [[nodiscard]] Ended act(const std::string& command, const std::string& more) const {
    return run(command + " " + in_shell(file) + options + more);
  }
  [[nodiscard]] std::string part_of(StoredPointId point, std::uint64_t first) const {
    const Store store(folder.file("it's a study.db"), StoreAccess::read);
    std::uint64_t hash = 0;
    store.each_point([&](const StoredPoint& one) {
      if (one.point == point) hash = one.hash;
    });
    for (const auto& entry : test::fs::directory_iterator(folder.file("it's a study.parts")))
      if (const ShardKey key = read_part(entry.path().string()).key; key.point == hash && key.first == first)
        return entry.path().string();
    return "";
  }
};

TEST_CASE("the line of a failure runs the same shard again", "[cli][sweep]") {
  const NamedStudy study("1500");
  const std::string store = study.folder.file("it's a study.db");
  // Three marks of a shard that broke the program down: it is not run a fourth time.
  test::write(store + "-crashes", "3 1000\n3 1000\n3 1000\n");
  CHECK(study.act("sweep", "").status == 4);
  const std::vector<StoredFailure> swept = Store(store, StoreAccess::read).failures();
  REQUIRE(swept.size() == 1);
  CHECK(swept[0].line == "dronewall shard " + in_shell(study.file) +
                             " --seed 7 --data " DRONEWALL_SOURCE_DIR
                             "/scenarios --point 3 --first 1000 --count 500");

  REQUIRE(study.act("shard", " --share 1/1").status == 0);
  const std::string path = study.part_of(3, 1'000);
  Part part = read_part(path);
  part.tally.reset();
  part.failure = "out of luck";
  write_part(path, part);
  test::fs::remove(store);
  CHECK(study.act("gather", "").status == 4);
  const std::vector<StoredFailure> gathered = Store(store, StoreAccess::read).failures();
  REQUIRE(gathered.size() == 1);
  CHECK(gathered[0].line == swept[0].line);

  test::fs::remove(path);  // It comes back only if seed, data, point and range are those of the failure.
  const Ended again = run(swept[0].line.substr(std::string("dronewall ").size()));
  CHECK(again.status == 0);
  CHECK(holds(again.err, "1 shard run, 0 were there"));
  CHECK(test::fs::exists(path));
}

TEST_CASE("shards are named in one way", "[cli][sweep]") {
  const NamedStudy study("1500");
  const Ended both = study.act("shard", " --share 1/4 --point 0");
  CHECK(both.status == 2);
  CHECK(holds(both.err, "--share and --point"));
  CHECK(study.act("shard", " --share 1/4 --first 0").status == 2);
  const Ended none = study.act("shard", " --count 10");
  CHECK(none.status == 2);
  CHECK(holds(none.err, "give --point"));
  CHECK(study.act("shard", "").out == "24\n");
}

TEST_CASE("a shard ends where the study's replications do", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, study_of("1500"));
  const std::string shard = "shard " + study + " --point 0 ";
  for (const char* range : {"--first 1500", "--first 1499 --count 2", "--first 4294967295 --count 2",
                            "--count 1501", "--first 18446744073709551615"}) {
    const Ended refused = run(shard + range);
    CHECK(refused.status == 2);
    CHECK(holds(refused.err, "the study's `replications` are 0 to 1499"));
  }
  CHECK_FALSE(test::fs::exists(folder.file("s.parts")));
  CHECK(run(shard + "--first 1400").status == 0);
  const std::string part = test::fs::directory_iterator(folder.file("s.parts"))->path().string();
  CHECK(read_part(part).key.count == 100);
  test::write(study, study_of("4294967296"));
  CHECK(run(shard + "--first 4294967294 --count 2").status == 0);
}

TEST_CASE("a gathering from nowhere leaves no store", "[cli][sweep]") {
  const Folder folder;
  test::write(folder.file("s.yaml"), study_of("1500"));
  const Ended refused = run("gather " + folder.file("s.yaml"));
  CHECK(refused.status == 1);
  CHECK(holds(refused.err,
              "s.parts cannot be read: No such file or directory (`dronewall shard` writes parts"));
  CHECK(folder.files() == 1);
}

/// Two of its nine points cannot be compiled: a route that goes nowhere.
struct FailingStudy {
  Folder folder;
  std::string file = folder.file("s.yaml"), store = folder.file("s.db");

  explicit FailingStudy(const std::string& on_error) { write(on_error); }
  void write(const std::string& on_error) const {
    test::write(file,
                "study: x\nscenario: " + test::minimal +
                    "\nchoices: {attacks.raid.route.0.x: [40 km, 30 km, 20 km]}\n"
                    "uncertain: {assets.depot.at.x: [20 km, 30 km, 0 km]}\nreplications: 100\non_error: " +
                    on_error + "\n");
  }
};

TEST_CASE("a sweep that on_error ended says how it goes on", "[cli][sweep]") {
  const FailingStudy study("fail-fast");
  const std::string sweep = "sweep " + study.file + " --threads 1";
  const Ended first = run(sweep);
  CHECK(first.status == 4);
  CHECK(holds(first.err, "1 point failed, so the sweep ends here, as on_error says; --retry tries again"));
  // With its place, by the number that the table of points has.
  CHECK(holds(first.out, "minimal.yaml:27:"));
  CHECK(holds(first.out, "--retry` tries them again"));
  const std::uint64_t before = replications_in(study.store);
  const Ended again = run(sweep);
  CHECK(again.status == 4);
  CHECK(holds(again.err, "1 point failed before, so the sweep ends here"));
  CHECK(holds(run(sweep + " --retry").err, "1 point failed, so the sweep ends here"));
  CHECK(replications_in(study.store) == before);
  study.write("continue");
  CHECK(run(sweep).status == 4);
  CHECK(replications_in(study.store) == 700);
  const Ended told = run(sweep + " --dry-run");
  CHECK(told.out ==
        "9 points, 7 finished, 2 set aside (--retry tries them again): nothing is left to be run\n");
}

TEST_CASE("what a killed process left beside a finished store goes with the next sweep", "[cli][sweep]") {
  const Folder folder;
  const std::string store = folder.file("s.db");
  test::write(folder.file("s.yaml"), study_of("500"));
  const Ended finished = run("sweep " + folder.file("s.yaml") + " --format csv");
  const std::uint64_t content = content_of(store);
  const pid_t child = ::fork();
  if (child == 0) {
    Store killed(store, StoreAccess::write);
    killed.set_text("title", killed.text("title").value_or(""));
    killed.commit();
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  test::write(store + "-crashes", "");
  for (const char* ending : {"-wal", "-shm", "-lock", "-crashes"}) CHECK(test::fs::exists(store + ending));
  CHECK(run("sweep " + folder.file("s.yaml") + " --format csv").out == finished.out);
  CHECK(folder.files() == 2);
  CHECK(content_of(store) == content);
}

TEST_CASE("a dry run counts equal points once, and those that are gone on with", "[cli][sweep]") {
  const Folder folder;
  const std::string sweep = "sweep " + folder.file("s.yaml") + " --quiet", dry = sweep + " --dry-run";
  const auto with = [&](const std::string& half_width) {
    test::write(folder.file("s.yaml"), "study: x\nscenario: " + test::minimal +
                                           "\nchoices: {units.battery.channels: 1 .. 2}\n"
                                           "uncertain: {weapons.round.pk.drone: 0.5 .. 0.8}\n"
                                           "design: {saltelli: 4}\nreplications: {precision: " +
                                           half_width + ", of: leakers, at_most: 3000}\n");
  };
  with("20%");
  const Ended before = run(dry);
  const std::string points = before.out.substr(0, before.out.find(' '));
  CHECK(std::stoi(points) < 16);
  CHECK(holds(before.out, points + " points (" + std::to_string(16 - std::stoi(points)) +
                              " more of the design equal one of them), 0 of them finished\n"));
  REQUIRE(run(sweep).status == 0);
  with("8%");
  CHECK(holds(run(dry).out, "equal one of them), 0 of them finished, " + points + " to be gone on with\n"));
}

TEST_CASE("a store of another program's results says so, and does not ask for the study to be changed back",
          "[cli][sweep]") {
  const Folder folder;
  test::write(folder.file("s.yaml"), study_of("200"));
  const std::string sweep = "sweep " + folder.file("s.yaml");
  REQUIRE(run(sweep).status == 0);
  {
    Store store(folder.file("s.db"), StoreAccess::write);
    store.set_text("results_version", "1");
    store.commit();
  }
  const Ended refused = run(sweep);
  CHECK(refused.status == 3);
  CHECK(holds(refused.err, "Go on with the program (dronewall "));
  CHECK_FALSE(holds(refused.err, "Undo the change"));
}

TEST_CASE("a sweep's point says what run says with the same values", "[cli][sweep]") {
  const Folder folder;
  test::write(folder.file("s.yaml"), study_of("1500"));
  REQUIRE(run("sweep " + folder.file("s.yaml")).status == 0);
  const Store store(folder.file("s.db"), StoreAccess::read);
  const Ended alone =
      run("run " + test::minimal +
          " --set units.battery.weapons.round.magazine=6 --set attacks.raid.count=10 --replications "
          "1500 --measure 'q90(cost.defender.marginal)' --format csv");
  REQUIRE(store.settings(1) == std::vector<std::string>{"6", "10"});
  for (const StoredEstimate& one : store.estimates(1)) {
    if (std::isnan(one.mean) || one.measure[0] == 'P') continue;
    INFO(one.measure);
    CHECK(holds(alone.out, one.measure + "," + csv_cell(one.mean) + "," + csv_cell(known(one.se)) + "," +
                               csv_cell(known(one.low)) + "," + csv_cell(known(one.high))));
  }
}

TEST_CASE("a longer study keeps what is there, a changed scenario is refused", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(folder.file("own.yaml"), test::text_of(test::minimal));
  const auto with = [&](const std::string& levels, const std::string& replications) {
    test::write(study, "study: x\nscenario: own.yaml\nchoices:\n  units.battery.channels: " + levels +
                           "\nreplications: " + replications + "\n");
    return run("sweep " + study + " --format csv");
  };
  CHECK(with("[1, 3]", "500").status == 0);
  const Ended longer = with("[1, 2, 3]", "800");
  CHECK(longer.status == 0);
  test::fs::rename(folder.file("s.db"), folder.file("old.db"));
  CHECK(with("[1, 2, 3]", "800").out == longer.out);
  CHECK(run("sweep " + study + " --dry-run").out.find("nothing is left") != std::string::npos);

  std::string changed = test::text_of(test::minimal);
  changed.replace(changed.find("magazine: 12"), 12, "magazine: 13");
  test::write(folder.file("own.yaml"), changed);
  const Ended refused = run("sweep " + study);
  CHECK(refused.status == 3);
  CHECK(holds(refused.err, "units.battery.weapons.round.magazine: 12, now 13"));
  CHECK(holds(refused.err, "none would be kept"));

  // Prices decide no quantity: they are laid on what is stored.
  std::string dearer = test::text_of(test::minimal);
  dearer.replace(dearer.find("round: $400k"), 12, "round: $800k");
  test::write(folder.file("own.yaml"), dearer);
  const Ended priced = run("sweep " + study + " --format csv");
  CHECK(priced.status == 0);
  CHECK(holds(priced.err, "estimated anew from what is stored"));
  CHECK(priced.out != longer.out);
}

TEST_CASE("what check and sweep say of values is decided by the points", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  const auto with = [&](const std::string& y, const std::string& values) {
    std::string scenario = test::text_of(test::minimal);
    const std::size_t at = scenario.find("y: 0 km}]");
    REQUIRE(at != std::string::npos);
    scenario.replace(at, 9, "y: " + y + "}]");
    test::write(folder.file("own.yaml"), scenario);
    test::write(study, "study: x\nscenario: own.yaml\nuncertain:\n" + values + "replications: 100\n");
  };
  const std::string x = "  attacks.raid.route.0.x: [0 km, 40 km]\n",
                    sound = "  attacks.raid.route.0.y: [5 km, 10 km]\n";
  // Alone x = 0 goes nowhere; no point has it with y = 0.
  with("0 km", x + sound);
  CHECK(run("check " + study).out == study + ": no mistakes found; 4 of 4 points tried\n");
  CHECK(run("sweep " + study).status == 0);
  // Each value would do alone; one point of four does not.
  with("7 km", x + "  attacks.raid.route.0.y: [0 km, 10 km]\n");
  const Ended checked = run("check " + study);
  CHECK(checked.status == 0);
  CHECK(checked.out == study + ": no mistakes found; 4 of 4 points tried, 1 of them fails\n");
  CHECK(holds(checked.err, "1 of the 2 points that hold it fails: this route goes nowhere"));
  const std::string store = " --store " + folder.file("t.db");
  const Ended dry = run("sweep " + study + store + " --dry-run");
  CHECK(dry.status == 0);
  CHECK(holds(dry.err, "1 of the 2 points that hold it fails: this route goes nowhere"));
  const Ended swept = run("sweep " + study + store);
  CHECK(swept.status == 4);
  CHECK(swept.err == "");
  // A value that fails at all of its points is refused, before a store is there and when it joins one.
  with("7 km", "  attacks.raid.route.0.x: [0 km, 40 km, 50 km]\n  attacks.raid.route.0.y: [0 km]\n");
  for (const std::string& into : {std::string(" --store ") + folder.file("u.db"), store}) {
    const Ended refused = run("sweep " + study + into);
    CHECK(refused.status == 3);
    CHECK(holds(refused.err, "error: with attacks.raid.route.0.x = 0 km the one point that holds it fails"));
  }
  CHECK_FALSE(test::fs::exists(folder.file("u.db")));
}

/// What a sweep says and how much of it the forecast before it had foreseen.
struct Foreseen {
  Ended dry, wet;
};

TEST_CASE("a changed study says what is estimated anew and what is run again", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  const auto sweep = [&](const std::string& measures, const std::string& options = "") {
    test::write(study, "study: x\nscenario: " + test::minimal +
                           "\nchoices:\n  units.battery.channels: [1, 3]\nreplications: 500\nmeasure: [" +
                           measures + "]\n");
    const std::string line = "sweep " + study + options;
    return Foreseen{run(line + " --dry-run"), run(line)};
  };
  CHECK(holds(sweep("leakers").dry.out, "1,000 replications are left"));

  const Foreseen counts = sweep("leakers, P(leakers <= 1)");
  CHECK(holds(counts.dry.out, "nothing is left"));
  CHECK(counts.wet.err ==
        "dronewall: prices, measures or the confidence have changed: 2 points are estimated "
        "anew from what is stored\n");
  CHECK(counts.dry.err == counts.wet.err);

  const Foreseen shares = sweep("leakers, P(leak-fraction <= 0.1)");
  CHECK(holds(shares.dry.out, "1,000 replications are left"));
  CHECK(shares.wet.err ==
        "dronewall: prices, measures or the confidence have changed: 2 points with 1,000 "
        "replications are run again: a row of each replication is needed, and the store has "
        "not kept them\n");
  // Now that the rows are there, another share needs no run.
  const Foreseen other = sweep("leakers, P(leak-fraction <= 0.2)");
  CHECK(holds(other.dry.out, "nothing is left"));
  CHECK(holds(other.wet.err, "2 points are estimated anew from what is stored\n"));

  // All rows were not asked for before.
  const Foreseen all = sweep("leakers, P(leak-fraction <= 0.2)", " --keep rows");
  CHECK(holds(all.wet.err, "dronewall: 2 points with 1,000 replications are run again: a row"));
  CHECK(sweep("leakers, P(leak-fraction <= 0.2)", " --keep rows").wet.err.empty());
  CHECK(holds(sweep("leakers, P(leak-fraction <= 0.3)").dry.out, "nothing is left"));
  CHECK(run("store verify " + folder.file("s.db")).status == 0);
}

TEST_CASE("the columns of a listed design may stand in any order", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, "study: x\nscenario: " + test::minimal +
                         "\nchoices:\n  units.battery.channels: listed\nuncertain:\n  attacks.raid.count: "
                         "listed\ndesign: {list: l.csv}\nreplications: 100\n");
  test::write(folder.file("l.csv"), "attacks.raid.count,units.battery.channels\n6,1\n10,3\n");
  const Ended first = run("sweep " + study + " --format csv");
  CHECK(holds(first.out, "half_width,units.battery.channels,attacks.raid.count,"));
  CHECK(holds(first.out, "\n1,done,100,,3,10,"));
  CHECK(run("sweep " + study + " --format csv").out == first.out);
  test::write(folder.file("l.csv"), "units.battery.channels,attacks.raid.count\n1,6\n3,10\n");
  const Ended turned = run("sweep " + study + " --format csv");
  CHECK(turned.status == 0);
  CHECK(turned.out == first.out);
}

TEST_CASE("a point that left the design comes back with the present goal and prices", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  const auto sweep = [&](const std::string& levels, const std::string& more, const std::string& store) {
    test::write(study, "study: x\nscenario: " + test::minimal +
                           "\nchoices:\n  units.battery.channels: " + levels + "\n" + more);
    return run("sweep " + study + " --format csv --store " + folder.file(store));
  };
  const std::string longer = "replications: 800\n", other = "replications: 500\nmeasure: [rounds.round]\n";
  const std::string changed = GENERATE_COPY(longer, other);
  sweep("[1, 3]", "replications: 500\n", "a.db");
  sweep("[1]", changed, "a.db");
  CHECK(sweep("[1, 3]", changed, "a.db").out == sweep("[1, 3]", changed, "whole.db").out);
}

TEST_CASE("what is laid on a store is refused when the scenario is not the one that was swept",
          "[cli][sweep]") {
  const Folder folder;
  const std::string own = folder.file("own.yaml"), store = folder.file("s.db");
  const auto write_with = [&](const std::string& old, const std::string& now) {
    std::string text = test::text_of(test::minimal);
    text.replace(text.rfind(old), old.size(), now);
    test::write(own, text);
  };
  write_with("pk: {drone: 0.7}", "pk: {drone: 0.7}");
  test::write(
      folder.file("s.yaml"),
      "study: x\nscenario: own.yaml\nchoices:\n  units.battery.channels: [1, 3]\nreplications: 200\n");
  REQUIRE(run("sweep " + folder.file("s.yaml")).status == 0);
  for (const std::string command : {"reprice ", "sensitivity "}) {
    CAPTURE(command);
    write_with("pk: {drone: 0.7}", "pk: {drone: 0.7}");
    const Ended same = run(command + store);
    CHECK(same.status == 0);
    CHECK(same.err.empty());

    write_with("pk: {drone: 0.7}", "pk: {drone: 0.2}");
    const Ended refused = run(command + store);
    CHECK(refused.status == 3);
    CHECK(refused.out.empty());
    CHECK(holds(refused.err, "weapons.round.pk.drone: 0.7, now 0.2"));

    write_with("round: $400k", "round: $500k");
    const Ended dearer = run(command + store);
    CHECK(dearer.status == 0);
    CHECK(dearer.out != same.out);
    CHECK(holds(dearer.err, "prices are those that stand in the files now"));
    CHECK(run(command + store + " --quiet").err.empty());
  }
}

TEST_CASE("sensitivity draws the design with the seed of the sweep", "[cli][sweep]") {
  const auto [design, method] = GENERATE(std::pair("{saltelli: 16}", "sobol"),
                                         std::pair("{morris: {trajectories: 6, levels: 4}}", "morris"));
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, "study: x\nscenario: " + test::minimal +
                         "\nuncertain:\n  weapons.round.pk.drone: 0.5 .. 0.9\n"
                         "  attacks.raid.count: 6 .. 14\ndesign: " +
                         design + "\nreplications: 100\nseed: 1\n");
  REQUIRE(run("sweep " + study + " --seed 7").status == 0);
  const Ended found = run("sensitivity " + folder.file("s.db") + " --measure leakers --method " + method);
  CAPTURE(found.err);
  CHECK(found.status == 0);
}

TEST_CASE("two sweeps on one store: the second says who writes it", "[cli][sweep]") {
  const Folder folder;
  test::write(folder.file("s.yaml"), study_of("500"));
  const Store writer(folder.file("s.db"), StoreAccess::write);
  const Ended second = run("sweep " + folder.file("s.yaml"));
  CHECK(second.status == 1);
  CHECK(holds(second.err, "is being written by process "));
  const Ended replaced = run("sweep " + folder.file("s.yaml") + " --output " + folder.file("s.db"));
  CHECK(replaced.status == 2);
  CHECK(holds(replaced.err, " would replace the store (name another)"));
}

TEST_CASE("a write that fails ends in a message, and what was finished is kept", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml"), sweep = "sweep " + study + " --quiet --format csv";
  test::write(study, study_of("9000"));
  REQUIRE(run(sweep + " --store " + folder.file("whole.db")).status == 0);
  const Ended limited = test::run_limited(sweep, 260);
  CHECK(limited.status == 1);
  CHECK(holds(limited.err, "what was finished before is kept"));
  CHECK(run("store verify " + folder.file("s.db")).status == 0);
  CHECK(run(sweep).status == 0);
  CHECK(content_of(folder.file("s.db")) == content_of(folder.file("whole.db")));
}

TEST_CASE("a full disk ends a sweep with a message, and it goes on when there is room", "[cli][sweep]") {
  const Folder folder;
  const Mounted small(folder.file("disk"), "size=200k");
  if (!small.is_there()) return not_tried("a full disk");
  const std::string study = folder.file("s.yaml"), store = folder.file("disk/s.db");
  test::write(study, study_of("9000"));
  const Ended full = run("sweep " + study + " --store " + store);
  CHECK(full.status == 1);
  CHECK(holds(full.err, "the disk is full; what was finished before is kept"));
  test::fs::copy_file(store, folder.file("s.db"));
  if (test::fs::exists(store + "-wal")) test::fs::copy_file(store + "-wal", folder.file("s.db-wal"));
  CHECK(run("sweep " + study + " --quiet --format csv").status == 0);
  CHECK(run("sweep " + study + " --quiet --store " + folder.file("whole.db")).status == 0);
  CHECK(content_of(folder.file("s.db")) == content_of(folder.file("whole.db")));
}

TEST_CASE("a store that cannot be written is read when it is finished, refused when not", "[cli][sweep]") {
  const Folder folder;
  const Mounted disk(folder.file("disk"), "size=20m");
  if (!disk.is_there()) return not_tried("a read-only file system");
  const std::string study = folder.file("s.yaml"), store = folder.file("disk/s.db");
  test::write(study, study_of("500"));
  const Ended finished = run("sweep " + study + " --store " + store + " --format csv");
  CHECK(finished.status == 0);
  REQUIRE(disk.make_read_only());
  CHECK(run("sweep " + study + " --store " + store + " --format csv").out == finished.out);
  test::write(study, study_of("700"));
  const Ended refused = run("sweep " + study + " --store " + store);
  CHECK(refused.status == 1);
  CHECK(holds(refused.err, "cannot be written: Read-only file system"));
  const Ended shard = run("shard " + study + " --share 1/1 --parts " + folder.file("disk/parts"));
  CHECK(shard.status == 1);
  CHECK(holds(shard.err, "disk/parts cannot be made: Read-only file system"));
}

TEST_CASE("Ctrl-C keeps what is finished and exits 130", "[cli][sweep]") {
  const Folder folder;
  test::write(folder.file("s.yaml"), study_of("4000000"));
  const pid_t child = start("sweep " + folder.file("s.yaml") + " --format csv");
  for (int i = 0; i < 600 && replications_in(folder.file("s.db")) == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ::kill(child, SIGINT);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  CHECK(replications_in(folder.file("s.db")) > 0);
  CHECK(run("store verify " + folder.file("s.db")).status == 0);
}

}  // namespace
}  // namespace dronewall
