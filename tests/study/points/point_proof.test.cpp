// What `check` says of a study's values is decided by the study's points.
#include "dronewall/study/point_proof.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "catch.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/study_check.hpp"
#include "study/points/even_order.hpp"

using namespace dronewall;

namespace {

/// A raid from (x, y) at a depot in the origin: from there it goes nowhere.
std::string scenario_from(const std::string& x, const std::string& y) {
  return "scenario: One battery\ntime: {duration: 1 h}\n"
         "threats: {target-drone: {class: drone, speed: 50 m/s, altitude: 100 m, rcs: 0.1 m2}}\n"
         "weapons: {round: {range: [0 km, 10 km], altitude: [0 m, 3 km], speed: 1 km/s, reaction: 5 s, pk: "
         "{drone: 0.7}}}\n"
         "sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 30 m, range: 30 km, law: definite}}\n"
         "assets: {depot: {at: {x: 0 km, y: 0 km}}}\n"
         "attacks:\n  raid: {threat: target-drone, count: 10, launch: {at: 0 s, spacing: 60 s}, route: "
         "[{x: " +
         x + ", y: " + y +
         "}], goal: {strike: depot}}\n"
         "units: {battery: {kind: battery, at: {x: 0 km, y: 0 km}, channels: 1, weapons: {round: {magazine: "
         "12}}}}\n"
         "prices: {round: $10k, target-drone: $20k}\n";
}

class Files final : public FileSource {
 public:
  std::map<std::string, std::string> texts;
  std::optional<File> read(const std::string& path, const std::string&, std::string& why) override {
    const auto found = texts.find(path);
    if (found == texts.end()) return why = "no such file", std::nullopt;
    return File{path, found->second};
  }
};

struct Checked {
  std::string told;
  Proved proved;
  bool is_refused = false;
};

Checked check(const std::string& scenario, const std::string& varied, const StudyCheckOptions& options = {}) {
  Files files;
  files.texts = {{"study.yaml", "study: Routes\nscenario: base.yaml\n" + varied}, {"base.yaml", scenario}};
  Sources sources;
  Problems problems(sources);
  Checked checked;
  const StudyDescription study = read_study("study.yaml", files, kind_tables(), problems);
  if (!problems.has_errors()) {
    const PointModels models(study, files, kind_tables(), all_kinds(), problems);
    checked.proved = check_study(models, options, problems);
  }
  checked.told = problems.text();
  checked.is_refused = problems.has_errors();
  return checked;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string x = "attacks.raid.route.0.x", y = "attacks.raid.route.0.y";
const std::string nowhere = "this route goes nowhere";

}  // namespace

TEST_CASE("a value that fails with the scenario's own others is sound where no point has them",
          "[study][proof]") {
  const std::string varied = "uncertain: {" + x + ": [0 km, 40 km], " + y + ": [5 km, 10 km]}\n";
  const Checked checked = check(scenario_from("40 km", "0 km"), varied);
  CHECK(checked.told == "");
  CHECK(checked.proved.tried == 4);
  CHECK(checked.proved.failed == 0);
  CHECK(checked.proved.of == 4);
}

TEST_CASE("points that fail though each value alone passes are found", "[study][proof]") {
  const std::string varied = "choices: {units.battery.channels: [1, 2]}\nuncertain: {" + x +
                             ": [0 km, 40 km], " + y + ": [0 km, 10 km]}\n";
  const Checked checked = check(scenario_from("40 km", "7 km"), varied);
  CHECK_FALSE(checked.is_refused);
  CHECK(checked.proved.failed == 2);
  CHECK(checked.proved.of == 8);
  CHECK(holds(checked.told, "study.yaml:4:38: warning: with " + x +
                                " = 0 km 2 of the 4 points that hold it fail: " + nowhere));
  CHECK(holds(checked.told,
              "the first is point 0: units.battery.channels = 1, " + x + " = 0 km, " + y + " = 0 km"));
  CHECK(checked.told.find("warning") == checked.told.rfind("warning"));
  // What need not be refused is not looked for.
  const Checked refusal = check(scenario_from("40 km", "7 km"), varied, {.extent = ProofExtent::refusal});
  CHECK(refusal.told == "");
  CHECK(refusal.proved.tried < 8);
}

TEST_CASE("a value all of whose points fail is an error at the value", "[study][proof]") {
  // Alone it fails, too: told in the words of what is wrong.
  const Checked alone =
      check(scenario_from("40 km", "0 km"), "uncertain: {" + x + ": [0 km, 40 km, 50 km]}\n");
  CHECK(alone.is_refused);
  CHECK(holds(alone.told, "study.yaml:3:38: error: with " + x + " = 0 km: " + nowhere));
  CHECK(alone.told.find("error") == alone.told.rfind("error"));
  // Alone it passes: y is 7 km there, and 0 at every point.
  const std::string varied = "uncertain: {" + x + ": [0 km, 40 km], " + y + ": [0 km]}\n";
  for (const ProofExtent extent : {ProofExtent::refusal, ProofExtent::points}) {
    const Checked with_others = check(scenario_from("40 km", "7 km"), varied, {.extent = extent});
    CHECK(with_others.is_refused);
    CHECK(holds(with_others.told, "study.yaml:3:38: error: with " + x +
                                      " = 0 km the one point that holds it fails: " + nowhere));
    CHECK(with_others.told.find("error") == with_others.told.rfind("error"));
  }
}

TEST_CASE("a design all of whose points fail is an error", "[study][proof]") {
  const std::string varied = "choices: {units.battery.channels: [1, 2]}\nuncertain: {" + x + ": [0 km], " +
                             y + ": [0 km]}\ndesign: grid\n";
  const Checked checked = check(scenario_from("40 km", "7 km"), varied, {.extent = ProofExtent::refusal});
  CHECK(checked.is_refused);
  CHECK(holds(checked.told, "study.yaml:5:9: error: all 2 points fail: " + nowhere));
  CHECK(checked.told.find("error") == checked.told.rfind("error"));
}

TEST_CASE("a mistake in a value itself is told once, at the value", "[study][proof]") {
  const Checked checked =
      check(scenario_from("40 km", "7 km"), "choices: {units.battery.channels: [1, 0, 0.5]}\n");
  CHECK(checked.is_refused);
  CHECK(holds(checked.told, "study.yaml:3:39: error: channels is 0 (it lies in [1, 1000])"));
  CHECK_FALSE(holds(checked.told, "point"));
}

TEST_CASE("an end of a range that no point holds refuses nothing", "[study][proof]") {
  const std::string varied =
      "uncertain: {" + x + ": 0 km .. 40 km, " + y + ": 5 km .. 10 km}\ndesign: {latin-hypercube: 20}\n";
  const Checked checked = check(scenario_from("40 km", "0 km"), varied);
  CHECK(checked.told == "");
  CHECK(checked.proved.tried == 20);
  // One that is wrong by itself is told all the same.
  CHECK(check(scenario_from("40 km", "0 km"),
              "uncertain: {weapons.round.pk.drone: 0.5 .. 1.5}\ndesign: {latin-hypercube: 20}\n")
            .is_refused);
}

TEST_CASE("of a large design a selection is compiled that holds each value", "[study][proof]") {
  // 21 × 20 × 10 = 4,200 points, of which ten go nowhere, on ten different lines of the file.
  std::string xs, ys, counts;
  for (int i = 0; i <= 20; ++i) xs += (i == 0 ? "" : ", ") + std::to_string(i) + " km";
  for (int i = 0; i < 20; ++i) ys += (i == 0 ? "" : ", ") + std::to_string(i) + " km";
  for (int i = 1; i <= 10; ++i) counts += (i == 1 ? "" : ", ") + std::to_string(i);
  const std::string varied = "choices: {" + x + ": [" + xs + "], " + y + ": [" + ys +
                             "], attacks.raid.count: [" + counts + "]}\nreplications: 100\n";
  const Checked refusal =
      check(scenario_from("40 km", "7 km"), varied, {.extent = ProofExtent::refusal, .threads = 2});
  CHECK(refusal.told == "");
  CHECK(refusal.proved.tried <= 45);  // As 21 values need 21 points at least, and no two of them hold twice.
  const Checked points = check(scenario_from("40 km", "7 km"), varied, {.threads = 2});
  CHECK_FALSE(points.is_refused);
  CHECK(points.proved.of == 4'200);
  CHECK(points.proved.tried >= 500);
  CHECK(points.proved.tried <= 545);
  // On average 1.2 of the ten are among 500, whatever the order: here the numbers that it makes.
  CHECK(holds(points.told, " points tried") == (points.proved.failed > 0));
}

TEST_CASE("an even order meets every number once, and every digit early", "[study][proof]") {
  for (const std::uint64_t count : {1U, 2U, 7U, 1'000U, 4'096U, 10'000U}) {
    EvenOrder order(count);
    std::set<std::uint64_t> seen;
    for (std::uint64_t k = 0; k < count; ++k) seen.insert(order.next());
    CHECK(seen.size() == count);
    CHECK(*seen.rbegin() == count - 1);
    CHECK(order.next() == 0);
  }
  // Of a grid of 10 × 10 × 10 × 10, thirty points hold each digit at each of the four places.
  EvenOrder order(10'000);
  std::set<std::pair<int, std::uint64_t>> digits;
  for (int k = 0; k < 30; ++k) {
    std::uint64_t point = order.next();
    for (int place = 0; place < 4; ++place, point /= 10) digits.emplace(place, point % 10);
  }
  CHECK(digits.size() == 40);
}

TEST_CASE("a selection's points are its mixes, answers and uncertain points", "[study][proof]") {
  const std::string select = "select: {minimise: cost.defender.full}\n";
  const StudyCheckOptions selection = {.points = StudyPoints::Of::selection};
  // 2 mixes × 3 answers × 2 uncertain points; those with x = y = 0 fail.
  const std::string attacked = "choices: {units.battery.channels: [1, 2]}\nuncertain: {" + y +
                               ": [0 km, 10 km]}\nattacker: {budget: $1M, may: {" + x +
                               ": [0 km, 20 km, 40 km]}}\n" + select;
  const Checked checked = check(scenario_from("40 km", "0 km"), attacked, selection);
  CHECK_FALSE(checked.is_refused);
  CHECK(checked.proved.of == 12);
  CHECK(checked.proved.tried == 12);
  CHECK(checked.proved.failed == 2);
  CHECK(holds(checked.told, "with " + x + " = 0 km 2 of the 4 points that hold it fail: " + nowhere));
  CHECK(holds(checked.told, "select leaves such a mix out as failed"));
  // The base's own y = 0 makes x = 0 fail alone, and no mix has it.
  const std::string sound = "choices: {units.battery.channels: 1 .. 4}\nuncertain: {" + y +
                            ": [5 km, 10 km]}\nattacker: {budget: $1M, may: {" + x + ": [0 km, 40 km]}}\n" +
                            select;
  const Checked good = check(scenario_from("40 km", "0 km"), sound, selection);
  CHECK_FALSE(holds(good.told, "error"));
  CHECK(good.proved.of == 16);
  CHECK(good.proved.failed == 0);
  // Each answer with x = 0 fails: it is no answer at all.
  const std::string never = "choices: {units.battery.channels: [1, 2]}\nuncertain: {" + y +
                            ": [0 km]}\nattacker: {budget: $1M, may: {" + x + ": [0 km, 40 km]}}\n" + select;
  CHECK(check(scenario_from("40 km", "7 km"), never, selection).is_refused);
}
