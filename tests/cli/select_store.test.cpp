// `dronewall select --store`: killed, extended, changed, with a full disk, beside another.
#include "cli/trouble.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/store/selection_store.hpp"
#include "store/selection_content.hpp"

namespace dronewall {
namespace {

using test::comparable;
using test::content_of_selection;
using test::Ended;
using test::Folder;
using test::holds;
using test::kill_after;
using test::Mounted;
using test::not_tried;
using test::run;
using test::start;

/// Seven mixes of the shipped minimal scenario, or other ones.
struct Kept {
  Folder folder;
  const std::string store = folder.file("select.db");

  Kept() {
    scenario(test::text_of(test::minimal));
    study("14 .. 20", ">= 0.92");
  }
  void scenario(const std::string& text) const { test::write(folder.file("own.yaml"), text); }
  void study(const std::string& magazines, const std::string& limit) const {
    test::write(folder.file("study.yaml"),
                "study: How many rounds for ten drones?\nscenario: own.yaml\n"
                "choices: {units.battery.weapons.round.magazine: " +
                    magazines +
                    "}\n"
                    "select: {minimise: cost.defender.munitions, subject_to: {P(leakers <= 0): \"" +
                    limit + "\"}}\n");
  }
  [[nodiscard]] std::string line(const std::string& options) const {
    return "select " + folder.file("study.yaml") + " --format json " + options;
  }
  [[nodiscard]] Ended select(const std::string& options = "") const {
    return run(line("--store " + store + " " + options));
  }
  [[nodiscard]] Ended select_anew(const std::string& options = "") const { return run(line(options)); }
};

std::string with(std::string text, const std::string& old, const std::string& now) {
  REQUIRE(holds(text, old));
  return text.replace(text.find(old), old.size(), now);
}

/// Replications that a store holds; 0 while there is none.
std::uint64_t replications_in(const std::string& path) {
  try {
    return SelectionStore(path, StoreAccess::read).size().replications;
  } catch (const StoreError&) {
    return 0;
  }
}

/// A second or two of one core.
const std::string long_one = "--first 20000 --fresh 30000 --seed 5 ";

TEST_CASE("a selection killed at many moments answers as one never killed", "[cli][select]") {
  const Kept kept;
  const std::string whole = kept.folder.file("whole.db");
  const Ended never = run(kept.line(long_one + "--threads 1 --store " + whole));
  REQUIRE(never.status == 0);
  const std::string line = kept.line(long_one + "--threads 2 --store " + kept.store);
  int kills = 0;
  std::uint64_t held = 0;
  const auto begin_and_kill = [&](std::chrono::milliseconds pause) {
    kills += kill_after(line, pause);
    const std::uint64_t now = replications_in(kept.store);
    CHECK(now >= held);  // One that began anew would fall back.
    held = now;
  };
  for (std::uint64_t i = 0; i < 4; ++i)
    begin_and_kill(std::chrono::milliseconds(20 + mix64(i) % (i == 0 ? 50 : 500)));
  // A slow machine is given the time to keep something.
  for (std::chrono::milliseconds pause(600); held == 0 && pause < std::chrono::minutes(1); pause *= 2)
    begin_and_kill(pause);
  CHECK(kills > 0);
  CHECK(held > 0);
  const Ended ended = run(line);
  CHECK(ended.status == 0);
  CHECK(comparable(ended.out) == comparable(never.out));
  CHECK(content_of_selection(kept.store) == content_of_selection(whole));
  CHECK(run("store verify " + kept.store).status == 0);
}

TEST_CASE("a finished selection is answered from its store, which stays as it is", "[cli][select]") {
  const Kept kept;
  const Ended first = kept.select("--threads 2");
  REQUIRE(first.status == 0);
  CHECK_FALSE(holds(first.err, "taken from"));
  const std::string bytes = test::text_of(kept.store);
  const Ended again = kept.select("--threads 1");
  CHECK(again.status == 0);
  CHECK(comparable(again.out) == comparable(first.out));
  CHECK(holds(again.err, " replications taken from " + kept.store + ", 0 replications run\n"));
  CHECK(test::text_of(kept.store) == bytes);
  CHECK(kept.folder.files() == 3);  // scenario, study, store
  CHECK(kept.select("--quiet").err.empty());
  CHECK(holds(run("store verify " + kept.store).out, ": 7 trials of a selection, "));
  // Nothing is written without the option.
  const Kept other;
  CHECK(other.select_anew().status == 0);
  CHECK(other.folder.files() == 2);
}

TEST_CASE("more levels, another limit and more replications run only what is new", "[cli][select]") {
  const Kept kept;
  REQUIRE(kept.select().status == 0);
  kept.study("13 .. 21", ">= 0.85");
  const Ended more = kept.select("--first 1500 --indifference 0.5%");
  CHECK(more.status == 0);
  CHECK(comparable(more.out) == comparable(kept.select_anew("--first 1500 --indifference 0.5%").out));
  CHECK(holds(more.err, " replications taken from "));
  CHECK_FALSE(holds(more.err, ", 0 replications run"));
}

TEST_CASE("a changed scenario is refused field by field, changed prices are run again", "[cli][select]") {
  const Kept kept;
  REQUIRE(kept.select().status == 0);
  const std::string minimal = test::text_of(test::minimal), bytes = test::text_of(kept.store);
  kept.scenario(with(minimal, "channels: 1", "channels: 2"));
  const Ended refused = kept.select("--seed 7");
  CHECK(refused.status == 3);
  CHECK(refused.out.empty());
  CHECK(holds(refused.err, "holds another study:\n  seed: 1, now 7\n  units.battery.channels: 1, now 2\n"));
  CHECK(holds(refused.err, " of 7 trials none would be kept"));
  CHECK(test::text_of(kept.store) == bytes);

  kept.scenario(with(minimal, "round: $400k", "round: $800k"));
  const Ended dearer = kept.select();
  CHECK(dearer.status == 0);
  CHECK(comparable(dearer.out) == comparable(kept.select_anew().out));
  CHECK(holds(dearer.err, "held no cost.defender.munitions, or only at other prices: "));
  CHECK(holds(kept.select().err, ", 0 replications run"));

  kept.scenario("# A remark.\n" + with(minimal, "round: $400k", "round: $800k"));
  const Ended remarked = kept.select();
  CHECK(remarked.status == 0);
  CHECK(holds(remarked.err, ", 0 replications run"));
}

TEST_CASE("a changed piece is run again, a store of another kind refused", "[cli][select]") {
  const Kept kept;
  const Ended first = kept.select();
  Connection(kept.store, StoreAccess::write)
      .execute("UPDATE observations SET data = zeroblob(30) WHERE series = 0 AND first = 0");
  const Ended told = run("store verify " + kept.store);
  CHECK(told.status == 1);
  CHECK(holds(told.err, "series 0: its rounds from replication 0 have changed"));
  const Ended again = kept.select();
  CHECK(comparable(again.out) == comparable(first.out));
  CHECK(holds(again.err, "warning: 1 piece of " + kept.store + " had changed and was run again"));
  CHECK(run("store verify " + kept.store).status == 0);

  kept.study("[14, 18]", ">= 0.92");
  const Ended swept = run("sweep " + kept.folder.file("study.yaml") + " --store " + kept.store);
  CHECK(swept.status == 1);
  CHECK(holds(swept.err, "is the store of a selection "));
  CHECK(run("sweep " + kept.folder.file("study.yaml")).status == 0);
  const Ended selected = run(kept.line("--store " + kept.folder.file("study.db")));
  CHECK(selected.status == 1);
  CHECK(holds(selected.err, "is the store of a sweep "));
  const Ended replaced = kept.select("--output " + kept.store);
  CHECK(replaced.status == 2);
  CHECK(holds(replaced.err, " would replace the store (name another)"));
  const Ended text = run(kept.line("--store " + kept.folder.file("study.yaml")));
  CHECK(text.status == 1);
  CHECK(holds(text.err, "is no store of dronewall"));
}

TEST_CASE("two selections on one store: the second says who writes it", "[cli][select]") {
  const Kept kept;
  const SelectionStore writer(kept.store, StoreAccess::write);
  const Ended second = kept.select();
  CHECK(second.status == 1);
  CHECK(holds(second.err, "is being written by process "));
}

TEST_CASE("a selection whose disk is full says so and goes on when there is room", "[cli][select]") {
  const Kept kept;
  const std::string line = kept.line(long_one + "--threads 1 --store " + kept.store);
  const Ended full = test::run_limited(line, 150);
  CHECK(full.status == 1);
  CHECK(holds(full.err, "what was finished before is kept"));
  CHECK(run("store verify " + kept.store).status == 0);
  const Ended ended = run(line);
  CHECK(comparable(ended.out) == comparable(kept.select_anew(long_one).out));
}

TEST_CASE("a selection's store that cannot be written answers what is finished", "[cli][select]") {
  const Kept kept;
  const Mounted disk(kept.folder.file("disk"), "size=20m");
  if (!disk.is_there()) return not_tried("a read-only file system");
  const std::string store = "--store " + kept.folder.file("disk/s.db");
  const Ended finished = run(kept.line(store));
  CHECK(finished.status == 0);
  REQUIRE(disk.make_read_only());
  CHECK(comparable(run(kept.line(store)).out) == comparable(finished.out));
  const Ended refused = run(kept.line(store + " --first 2000"));
  CHECK(refused.status == 1);
  CHECK(holds(refused.err, "cannot be written: Read-only file system"));
}

/// What is said after Ctrl-C, once there is something to be kept.
Ended interrupted(const Kept& kept, const std::string& options) {
  const std::string err = kept.folder.file("err");
  const pid_t child = start(kept.line("--first 9000000 --cap 9000000 --threads 2 --output " +
                                      kept.folder.file("out") + " " + options) +
                            " 2>" + err);
  if (options.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(500));
  for (int i = 0; i < 600 && !options.empty() && replications_in(kept.store) == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ::kill(child, SIGINT);
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, "", test::text_of(err)};
}

TEST_CASE("Ctrl-C keeps what is finished where there is a store, and says so", "[cli][select]") {
  const Kept kept;
  const Ended with_store = interrupted(kept, "--store " + kept.store);
  CHECK(with_store.status == 130);
  CHECK(holds(with_store.err, "dronewall: stopped; the same command again goes on from here"));
  CHECK(replications_in(kept.store) > 0);
  CHECK(run("store verify " + kept.store).status == 0);
  const Ended without = interrupted(kept, "");
  CHECK(without.status == 130);
  CHECK(holds(without.err, "nothing is kept: with --store FILE the same command would go on from here"));
}

}  // namespace
}  // namespace dronewall
