// The sweep from outside: killed, in shares, with a full disk, beside another, on broken parts.
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>

#include <chrono>
#include <thread>

#include "catch.hpp"
#include "cli/outside.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/report/csv.hpp"
#include "dronewall/store/part.hpp"
#include "dronewall/store/store.hpp"

namespace dronewall {
namespace {

using test::Ended;
using test::Folder;
using test::holds;
using test::run;

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

/// A hash of all that may not differ between equal stores.
std::uint64_t content_of(const std::string& path) {
  const Store store(path, StoreAccess::read);
  std::string text;
  const auto number = [&](auto value) { text += std::to_string(value) + '|'; };
  const auto real = [&](double value) { number(std::bit_cast<std::uint64_t>(value)); };
  for (const auto& [key, value] : store.fields()) text += key + '=' + value + '|';
  store.each_point([&](const StoredPoint& point) {
    number(point.point), number(point.hash), number(point.replications), real(point.half_width.value_or(-1));
    text += name_of(point.state) + point.reason;
    for (const std::string& setting : store.settings(point.point)) text += setting + '|';
    for (const Store::TallyPlace& place : store.tallies(point.point)) {
      const Store::EncodedTally tally = Store::encode(store.tally(point.point, place.first));
      number(place.first), number(place.count), number(place.layout);
      text += store.layout(place.layout) + tally.moments + tally.batches + tally.counts;
    }
    for (const StoredEstimate& one : store.estimates(point.point)) {
      text += one.measure + one.unit + one.method + one.undefined_because;
      real(one.mean), real(one.se), real(one.low), real(one.high), real(one.sd), number(one.n);
    }
    store.each_rows(point.point, [&](const StoredRows& rows) {
      number(rows.first);
      for (const std::int64_t value : rows.values) number(value);
    });
  });
  return hash_text(text);
}

std::optional<double> known(double value) {
  if (std::isnan(value)) return std::nullopt;
  return value;
}

/// Starts the program, its words to nowhere.
pid_t start(const std::string& arguments) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    const std::string line = std::string("exec ") + DRONEWALL_PROGRAM + " " + arguments;
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
  }
  return child;
}

/// Starts the program and kills it after a while, unless it ended before. True when it was killed.
bool kill_after(const std::string& arguments, std::chrono::milliseconds while_running) {
  const pid_t child = start(arguments);
  std::this_thread::sleep_for(while_running);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

TEST_CASE("a sweep killed at ten moments ends with the store of one never killed", "[cli][sweep]") {
  const std::string replications =
      GENERATE(std::string("25000"), std::string("{precision: 0.5%, of: leakers, at_least: "
                                                 "200, at_most: 25000}"));
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, study_of(replications));
  const Ended whole =
      run("sweep " + study + " --store " + folder.file("whole.db") + " --threads 1 --format csv");
  CHECK((whole.status == 0 || whole.status == 4));
  const std::string broken = "sweep " + study + " --store " + folder.file("broken.db") + " --threads 2";
  int kills = 0;
  for (int i = 0; i < 10; ++i) {
    // The first comes before any machine could have ended; the others where they fall.
    const std::uint64_t longest_ms = i == 0 ? 50 : 400;
    const auto pause = std::chrono::milliseconds(20 + mix64(static_cast<std::uint64_t>(i)) % longest_ms);
    if (kill_after(broken, pause)) ++kills;
  }
  CHECK(kills > 0);
  const Ended ended = run(broken + " --format csv");
  CHECK(ended.status == whole.status);
  CHECK(ended.out == whole.out);
  CHECK(content_of(folder.file("broken.db")) == content_of(folder.file("whole.db")));
  CHECK(run("store verify " + folder.file("broken.db")).status == 0);
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
  CHECK(holds(again.err, "1 shards failed"));
  CHECK(holds(again.err, "out of luck"));
  CHECK(run(gather).status == 4);
  const Ended retried = run(shard + " --retry");
  CHECK(retried.status == 0);
  CHECK(holds(retried.err, " 1 shards run"));
  const Ended gathered = run(gather);
  CHECK(gathered.status == 0);
  CHECK(gathered.out == run("sweep " + study + " --format csv --store " + folder.file("w.db")).out);
  CHECK(content_of(folder.file("s.db")) == content_of(folder.file("w.db")));
}

TEST_CASE("a shard ends before replication 2^32", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml");
  test::write(study, study_of("1500"));
  const std::string shard = "shard " + study + " --point 0 --count 2 --first ";
  for (const char* first : {"4294967295", "4294967296", "18446744073709551615"}) {
    const Ended refused = run(shard + first);
    CHECK(refused.status == 2);
    CHECK(holds(refused.err, "replications are 0 to 4294967295"));
  }
  CHECK(run(shard + "4294967294").status == 0);
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
    CHECK(holds(dearer.err, "has the prices that stand in the files now"));
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
}

TEST_CASE("a write that fails ends in a message, and what was finished is kept", "[cli][sweep]") {
  const Folder folder;
  const std::string study = folder.file("s.yaml"), sweep = "sweep " + study + " --quiet --format csv";
  test::write(study, study_of("9000"));
  REQUIRE(run(sweep + " --store " + folder.file("whole.db")).status == 0);
  // The shell's limit on the size of files, in blocks of 512 bytes, stands for a full disk.
  const Folder outputs;
  const std::string line = "ulimit -f 260; " + std::string(DRONEWALL_PROGRAM) + " " + sweep + " >" +
                           outputs.file("out") + " 2>" + outputs.file("err");
  const int status = std::system(line.c_str());
  CHECK(WEXITSTATUS(status) == 1);
  CHECK(holds(test::text_of(outputs.file("err")), "what was finished before is kept"));
  CHECK(run("store verify " + folder.file("s.db")).status == 0);
  CHECK(run(sweep).status == 0);
  CHECK(content_of(folder.file("s.db")) == content_of(folder.file("whole.db")));
}

/// A file system of its own, read-only or small; absent where mounting is not allowed.
class Mounted {
 public:
  Mounted(const std::string& at, const std::string& options) : at_(at) {
    test::fs::create_directories(at);
    is_mounted_ = ::mount("none", at.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~Mounted() {
    if (is_mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  [[nodiscard]] bool is_there() const { return is_mounted_; }
  [[nodiscard]] bool make_read_only() const {
    return ::mount("none", at_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  std::string at_;
  bool is_mounted_ = false;
};

TEST_CASE("a full disk ends a sweep with a message, and it goes on when there is room", "[cli][sweep]") {
  const Folder folder;
  const Mounted small(folder.file("disk"), "size=200k");
  if (!small.is_there()) return;
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
  if (!disk.is_there()) return;
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
