#include "dronewall/study/stored_trials.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include "catch.hpp"
#include "common/folder.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/study/stored_sweep.hpp"
#include "store/selection_content.hpp"
#include "study/walls.hpp"

namespace dronewall {
namespace {

using test::asked;
using test::at_most;
using test::content_of_selection;
using test::Folder;
using test::walls;

void add(std::string& text, const Estimate& one) {
  for (const std::optional<double>& figure : {one.mean, one.se, one.low, one.high})
    text += figure ? fmt::format(" {:a}", *figure) : " -";
  text += fmt::format(" {} {} {}\n", one.n, one.method, one.undefined_because);
}

void add(std::string& text, const MixResult& mix) {
  text += fmt::format("{} {} {} {} {} {}\n", fmt::join(mix.mix, ","), name_of(mix.state), mix.replications,
                      mix.is_like_best, static_cast<int>(mix.pareto), mix.failure);
  if (mix.answer) text += fmt::format("{}\n", fmt::join(*mix.answer, ","));
  for (const Estimate& one : {mix.objective, mix.leakage, mix.front_cost, mix.front_leakage}) add(text, one);
  for (const HeldFigure& held : mix.constraints) {
    text += std::to_string(static_cast<int>(held.verdict));
    add(text, held.estimate);
  }
}

/// All that a selection says, to the bit.
std::string said(const SelectResult& result) {
  std::string text =
      fmt::format("{} {} {:a} {:a} {}\n", result.winner ? int(*result.winner) : -1,
                  result.promised.value_or(-1), result.indifference, result.estimated, result.replications);
  for (const MixResult& mix : result.mixes) add(text, mix);
  add(text, result.fresh);
  return text;
}

/// A selection of walls that counts its replications, and stops or dies after so many.
struct Selection {
  SelectSpace space = walls(4, 3);
  SelectPlan plan = test::cheapest();
  std::uint64_t seed = 2026, texts = 1;
  std::chrono::milliseconds between_commits = std::chrono::seconds(1);
  std::uint64_t stop_after = ~std::uint64_t{0}, die_after = ~std::uint64_t{0};
  std::atomic<std::uint64_t> runs{0}, compiled{0};
  std::atomic<bool> stop{false};
  std::string lacking;
  std::uint64_t damaged = 0;

  Selection() { plan.constraints = {at_most("leak-fraction", 0.1)}; }

  [[nodiscard]] TrialStudy study() const {
    TrialStudy made;
    made.names = {{"title", "Walls"}};
    made.decides = {{"seed", fmt::format("{}", seed)},
                    {"results_version", "5"},
                    {"uncertain_points", fmt::format("{}", space.uncertain_points)}};
    for (const ChoiceAxis& axis : space.choices) made.factors.push_back({axis.path, "choice", ""});
    made.texts = texts;
    return made;
  }
  [[nodiscard]] SelectSpace counted_space() {
    SelectSpace counting = space;
    counting.make = [this](const LatticePoint& mix, const LatticePoint& answer, std::size_t u,
                           std::string& why) {
      ++compiled;
      std::optional<SystemPart> part = space.make(mix, answer, u, why);
      if (part)
        part->make_runner = [this, make = part->make_runner] {
          return Runner([this, run = make()](std::uint32_t replication, std::int64_t* row) {
            if (++runs >= stop_after) stop = true;
            if (runs >= die_after) ::kill(::getpid(), SIGKILL);
            run(replication, row);
          });
        };
      return part;
    };
    return counting;
  }
  SelectResult select(const std::string& path) {
    const SelectSpace counting = counted_space();
    std::optional<StoredTrials> memory;
    if (!path.empty()) memory.emplace(path, counting, study(), between_commits);
    plan.memory = memory ? &*memory : nullptr;
    stop = false;
    plan.stop = &stop;
    SelectResult result = dronewall::select(counting, plan);
    if (!memory) return result;
    memory->commit();
    damaged = memory->damaged();
    lacking = fmt::format("{}", fmt::join(memory->lacking(), ", "));
    return result;
  }
};

/// The attacker answers by what guns cost; both answers are within his budget.
SelectSpace answered_walls() {
  const SelectSpace cheap = walls(3, 2), dear = walls(cheap.choices[0], cheap.choices[1], 2027, 3);
  SelectSpace space = cheap;
  space.answers = {test::counts("attacks.raid.count", 1)};
  space.make = [cheap, dear](const LatticePoint& mix, const LatticePoint& answer, std::size_t u,
                             std::string& why) {
    auto part = (answer[0] == 0 ? cheap : dear).make(mix, {}, u, why);
    part->measures.push_back({"cost.attacker", "", "USD", {{}, 1.0 + answer[0]}, std::nullopt, ""});
    return part;
  };
  return space;
}

/// Kim and Nelson's procedure; OCBA over uncertain points; a search; an attacker who answers.
void be_of_kind(Selection& selection, int kind) {
  if (kind == 0) {
    selection.plan.constraints = {at_most("leak-fraction", 0.12)};
    selection.plan.indifference = 0.02;
  }
  if (kind == 1) selection.space.uncertain_points = 2, selection.plan.budget = 60'000;
  if (kind == 2) selection.space = walls(60, 60), selection.plan.search_points = 40;
  if (kind == 3) selection.space = answered_walls(), selection.plan.attacker_budget = 5;
}

TEST_CASE("a selection broken off many times says what one says that was not", "[study][select]") {
  const int kind = GENERATE(0, 1, 2, 3);
  const Folder folder;
  Selection alone;
  be_of_kind(alone, kind);
  const std::string expected = said(alone.select(""));

  Selection whole;
  be_of_kind(whole, kind);
  CHECK(said(whole.select(folder.file("whole.db"))) == expected);
  CHECK(whole.runs == alone.runs);

  Selection broken;
  be_of_kind(broken, kind);
  broken.plan.threads = 3;
  broken.between_commits = std::chrono::milliseconds(0);
  int rounds = 0;
  std::string last;
  for (bool stopped = true; stopped; ++rounds) {
    broken.stop_after = broken.runs + 1'717;
    const SelectResult result = broken.select(folder.file("broken.db"));
    stopped = result.was_stopped;
    last = said(result);
  }
  CHECK(rounds > 5);
  CHECK(last == expected);
  CHECK(broken.runs == alone.runs);  // None twice.
  CHECK(content_of_selection(folder.file("broken.db")) == content_of_selection(folder.file("whole.db")));
  CHECK(SelectionStore(folder.file("broken.db"), StoreAccess::read).verify().empty());
}

TEST_CASE("a selection killed at any moment goes on", "[study][select]") {
  const Folder folder;
  Selection whole;
  const std::string expected = said(whole.select(folder.file("whole.db")));
  std::uint64_t held = 0;
  int kills = 0;
  for (std::uint64_t i = 0; i < 10; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      Selection dying;
      dying.plan.threads = 2;
      dying.between_commits = std::chrono::milliseconds(0);
      dying.die_after = 1 + mix64(i) % 8'000;
      static_cast<void>(dying.select(folder.file("killed.db")));
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    kills += WIFSIGNALED(status);
    if (!Store::is_begun(folder.file("killed.db"))) continue;
    const std::uint64_t now = SelectionStore(folder.file("killed.db"), StoreAccess::read).size().replications;
    CHECK(now >= held);
    held = now;
  }
  CHECK(kills > 0);
  CHECK(held > 0);
  Selection last;
  CHECK(said(last.select(folder.file("killed.db"))) == expected);
  CHECK(last.runs == whole.runs - held);
  CHECK(content_of_selection(folder.file("killed.db")) == content_of_selection(folder.file("whole.db")));
}

TEST_CASE("a finished selection runs nothing, compiles hardly anything and writes nothing",
          "[study][select]") {
  const Folder folder;
  Selection first;
  const SelectResult whole = first.select(folder.file("a.db"));
  CHECK(whole.remembered == 0);
  const SelectionStore writer(folder.file("a.db"), StoreAccess::write);  // who writes would be refused
  Selection again;
  const SelectResult same = again.select(folder.file("a.db"));
  CHECK(said(same) == said(whole));
  CHECK(same.remembered == whole.replications);
  CHECK(again.runs == 0);
  CHECK(again.compiled <= 3);  // to know the measures, and their units
}

TEST_CASE("whoever asks for more runs only what is new", "[study][select]") {
  const Folder folder;
  const std::string path = folder.file("a.db");
  Selection first;
  static_cast<void>(first.select(path));

  const auto [name, change] = GENERATE(table<std::string, void (*)(Selection&)>({
      {"a longer first stage", [](Selection& more) { more.plan.first = 1'500; }},
      {"a shorter first stage", [](Selection& more) { more.plan.first = 410; }},
      {"more fresh luck", [](Selection& more) { more.plan.fresh = 7'000; }},
      {"a smaller zone", [](Selection& more) { more.plan.indifference = 0.001; }},
      {"another confidence", [](Selection& more) { more.plan.confidence = 0.8; }},
      {"a stricter limit", [](Selection& more) { more.plan.constraints[0].bound = 0.07; }},
      {"no limit at all", [](Selection& more) { more.plan.constraints.clear(); }},
      {"a budget", [](Selection& more) { more.plan.budget = 30'000; }},
      {"more levels in between",
       [](Selection& more) {
         ChoiceAxis guns{"units.gun.count", {"0", "1", "1.5", "2", "3", "4"}};
         more.space = walls(guns, more.space.choices[1]);
       }},
      {"choices in another order",
       [](Selection& more) {
         const MakePart make = more.space.make;
         std::swap(more.space.choices[0], more.space.choices[1]);
         more.space.make = [make](const LatticePoint& mix, const LatticePoint& answer, std::size_t u,
                                  std::string& why) { return make({mix[1], mix[0]}, answer, u, why); };
       }},
  }));
  CAPTURE(name);
  Selection anew;
  change(anew);
  const std::string expected = said(anew.select(""));
  Selection more;
  change(more);
  const SelectResult result = more.select(path);
  CHECK(said(result) == expected);
  CHECK(result.remembered > 0);
  CHECK(more.runs + result.remembered == anew.runs);
  CHECK(result.remembered >= 400 * 20);  // the first stage of all mixes, at the least
  CHECK(SelectionStore(path, StoreAccess::read).verify().empty());
}

TEST_CASE("what is read off a replication anew is run again, and nothing else", "[study][select]") {
  const Folder folder;
  const std::string path = folder.file("a.db");
  Selection first;
  const std::string before = said(first.select(path));
  const auto dearer = [](Selection& selection) {
    const SelectSpace old = selection.space;
    selection.space = walls(old.choices[0], old.choices[1], 2026, 3);
    selection.texts = 2;
  };
  Selection anew, changed;
  dearer(anew);
  dearer(changed);
  const std::string expected = said(anew.select(""));
  CHECK(expected != before);
  CHECK(said(changed.select(path)) == expected);
  // Only walls with guns cost more: those without keep what they have.
  CHECK(changed.runs < anew.runs);
  CHECK(changed.lacking == "cost.defender.full");

  Selection back;
  CHECK(said(back.select(path)) == before);
  CHECK(back.runs == 0);
  // Other texts, as after a remark, that change no price.
  Selection remarked;
  remarked.texts = 3;
  CHECK(said(remarked.select(path)) == before);
  CHECK(remarked.runs == 0);
  CHECK(remarked.compiled >= 20);
}

TEST_CASE("a bound within a probability is another figure, however it is printed", "[study][select]") {
  const Folder folder;
  const auto held = [](double bound) {
    Requested figure = asked("P(leak-fraction <= 0.1)");
    figure.bound = bound;
    return Constraint{"", figure, Limit::at_least, 0.5};
  };
  Selection first, other;
  first.plan.constraints = {held(0.1)};
  other.plan.constraints = {held(0.1000000001)};
  static_cast<void>(first.select(folder.file("a.db")));
  const SelectResult result = other.select(folder.file("a.db"));
  CHECK(result.remembered == 0);
  CHECK(other.lacking == "P(leak-fraction <= 0.1000000001)");
}

std::string refusal(Selection& selection, const std::string& path) {
  try {
    static_cast<void>(selection.select(path));
  } catch (const StudyChanged& changed) {
    return changed.what();
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("another seed, another version or other uncertain points are refused", "[study][select]") {
  const Folder folder;
  Selection first;
  static_cast<void>(first.select(folder.file("a.db")));
  const std::uint64_t content = content_of_selection(folder.file("a.db"));
  Selection other;
  other.seed = 7;
  other.space.uncertain_points = 2;
  const std::string why = refusal(other, folder.file("a.db"));
  CHECK(holds(why, "a.db holds another study:\n"));
  CHECK(holds(why, "  seed: 2026, now 7\n"));
  CHECK(holds(why, "  uncertain_points: 1, now 2\n"));
  CHECK(holds(why, "none would be kept"));
  CHECK(content_of_selection(folder.file("a.db")) == content);
}

TEST_CASE("a piece that has changed is run again", "[study][select]") {
  const Folder folder;
  const std::string path = folder.file("a.db");
  Selection first;
  const std::string expected = said(first.select(path));
  const std::uint64_t content = content_of_selection(path);
  Connection(path, StoreAccess::write)
      .execute("UPDATE observations SET data = substr(data, 1, 20) WHERE series = 3 AND first = 0");
  Selection again;
  CHECK(said(again.select(path)) == expected);
  CHECK(again.damaged == 1);
  CHECK(again.runs == 400);  // the first stage of one mix
  CHECK(content_of_selection(path) == content);
}

TEST_CASE("a store is written by one selection at a time", "[study][select]") {
  const Folder folder;
  const SelectionStore writer(folder.file("a.db"), StoreAccess::write);
  Selection second;
  CHECK(holds(refusal(second, folder.file("a.db")), "a.db is being written by process "));
  CHECK(second.runs == 0);
}

}  // namespace
}  // namespace dronewall
