// `dronewall select` from outside.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "cli/outside.hpp"

using namespace dronewall::test;

namespace {

/// P(all ten die) = P(Bin(M, 0.7) >= 10): 0.895 for 17 rounds, 0.940 for 18. What is fired costs more with
/// each.
const std::string all_ten =
    "study: How many rounds for ten drones?\n"
    "scenario: minimal.yaml\n"
    "choices: {units.battery.weapons.round.magazine: 14 .. 20}\n"
    "select: {minimise: stock.battery.round.end, subject_to: {P(leakers <= 0): \">= 0.92\"}}\n";

struct Study {
  Folder folder;
  explicit Study(const std::string& text) {
    write(folder.file("minimal.yaml"), text_of(minimal));
    write(folder.file("study.yaml"), text);
  }
  [[nodiscard]] Ended select(const std::string& options) const {
    return run("select " + folder.file("study.yaml") + " " + options);
  }
};

}  // namespace

TEST_CASE("select finds the smallest magazine from a study file", "[cli][select]") {
  const Study study(all_ten);
  const Ended ended = study.select("--seed 5 --format json --threads 1");
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  const auto json = nlohmann::json::parse(ended.out);
  CHECK(json["answer"]["winner"]["units.battery.weapons.round.magazine"] == 18);
  CHECK(json["answer"]["correct_selection_promised"] == 0.95);
  CHECK(json["mixes"].size() == 7);
  CHECK(json["mixes"][3]["state"] == "breaks a constraint");
  const Ended three = study.select("--seed 5 --format json --threads 3 --no-elide");
  CHECK(comparable(three.out) == comparable(ended.out));
  const Ended table = study.select("--seed 5");
  CHECK(holds(table.out, "→ 18"));
  CHECK(holds(table.out, "P(leakers <= 0) >= 0.92"));
  const Ended csv = study.select("--seed 5 --format csv");
  CHECK(holds(csv.out, "18,satisfies,"));
}

TEST_CASE("a budget that is too small is a mistake of the command line", "[cli][select]") {
  const Study study(all_ten);
  const Ended ended = study.select("--budget 1000");
  CHECK(ended.status == 2);
  CHECK(ended.out.empty());
  CHECK(
      holds(ended.err,
            "--budget 1000: the first stage of 7 mixes and the fresh replications of the choice need 7,800"));
  CHECK(holds(study.select("--cap 100").err, "--cap 100: the first stage gives each mix 1,000"));
  const Ended paid = study.select("--budget 9000 --format json");
  INFO(paid.err);
  CHECK((paid.status == 0 || paid.status == 4));
  const auto json = nlohmann::json::parse(paid.out);
  CHECK(json["manifest"]["replications"] <= 9'000);
  const Ended csv = study.select("--seed 5 --format csv");
  CHECK(holds(csv.out, ",P(leakers <= 0) >= 0.92,P(leakers <= 0) >= 0.92:verdict,chosen,"));
}

TEST_CASE("an attacker spends his budget on the raid that costs most", "[cli][select]") {
  const Study study(
      "study: What may fifteen drones' money do?\n"
      "scenario: minimal.yaml\n"
      "choices: {units.battery.channels: [1, 2], units.battery.weapons.round.magazine: [6, 12]}\n"
      "select: {minimise: leakers}\n"
      "attacker: {budget: $150k, may: {attacks.raid.count: [5, 10, 15, 20]}}\n");
  const Ended ended = study.select("--format json");
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  const auto json = nlohmann::json::parse(ended.out);
  for (const auto& mix : json["mixes"]) {
    CHECK(mix["answer"]["attacks.raid.count"] == 15);  // 20 cost $200k
    CHECK(mix["attack_cost"]["mean"] == 150'000);
    CHECK(mix["answers_within_budget"] == 3);
  }
  CHECK(json["answer"]["winner"]["units.battery.weapons.round.magazine"] == 12);
  const Ended table = study.select("");
  CHECK(holds(table.out, "he can pay"));
  CHECK(holds(table.out, "how many of his 4 answers he can pay"));
  CHECK(holds(table.out, "$150k"));
  CHECK(holds(study.select("--format csv").out, ",front,cost.attacker,answers_within_budget\n"));
  const Ended poor = study.select("--confidence 2");
  CHECK(poor.status == 2);
}

TEST_CASE("what cannot be selected is said with its place", "[cli][select]") {
  const Study nothing_asked(
      "study: Nothing\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n");
  const Ended no_select = nothing_asked.select("");
  CHECK(no_select.status == 3);
  CHECK(holds(no_select.err, "asks for no choice"));
  const Study any_number(
      "study: Any\nscenario: minimal.yaml\nchoices: {weapons.round.pk.drone: 0.3 .. 0.9}\n"
      "select: {minimise: cost.defender.full}\n");
  const Ended range = any_number.select("");
  CHECK(range.status == 3);
  CHECK(holds(range.err, "study.yaml:3:"));
  const Study misspelt(
      "study: Misspelt\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n"
      "select: {minimise: leakerz}\n");
  const Ended unknown = misspelt.select("");
  CHECK(unknown.status == 3);
  CHECK(holds(unknown.err, "study.yaml:4:"));
  CHECK(holds(unknown.err, "did you mean leakers?"));
  const Study quantile(
      "study: Quantile\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n"
      "select: {minimise: q95(cost.defender.full)}\n");
  const Ended refused = quantile.select("");
  CHECK(refused.status == 3);
  CHECK(holds(refused.err, "is a quantile"));
  const Study poor(
      "study: Poor\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n"
      "select: {minimise: leakers}\nattacker: {budget: $10k, may: {attacks.raid.count: [5, 10]}}\n");
  const Ended unpaid = poor.select("");
  CHECK(unpaid.status == 3);
  CHECK(
      holds(unpaid.err, "no answer of the attacker costs USD 10,000 or less: the cheapest costs USD 50,000"));
  const Study hopeless(
      "study: Hopeless\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n"
      "select: {minimise: cost.defender.full, subject_to: {leak-fraction: \"<= 0.1%\"}}\n");
  const Ended none = hopeless.select("");
  CHECK(none.status == 4);
  CHECK(holds(none.out, "every mix is shown to break a constraint"));
}

TEST_CASE("check and select are of one mind about a study", "[cli][select]") {
  const auto checked = [](const Study& study) { return run("check " + study.folder.file("study.yaml")); };
  const Ended ranges = checked(Study(all_ten));  // select tries each whole number; a grid would not
  CHECK(ranges.status == 0);
  CHECK(holds(ranges.err, "warning: only select can take this study"));
  const std::string head = "study: x\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n";
  const Study quantile(head + "select: {minimise: q95(leakers)}\n");
  const Ended refused = checked(quantile);
  CHECK(refused.status == 3);
  CHECK(refused.err == quantile.select("").err);
  const Ended strict =
      checked(Study(head + "select: {minimise: leakers, subject_to: {leak-fraction: < 10%}}\n"));
  CHECK(strict.status == 3);
  CHECK(holds(strict.err, "leak-fraction is held by <; limits are <= and >="));
}

TEST_CASE("a limit in another unit than its measure's is a mistake everywhere", "[cli][select]") {
  const auto refused = [](const std::string& limits, const std::string& words) {
    const Study study("study: Units\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n" +
                      limits + "\n");
    for (const char* command : {"check ", "select ", "sweep "}) {
      const Ended ended = run(command + study.folder.file("study.yaml"));
      INFO(command << limits << ended.err);
      CHECK(ended.status == 3);
      CHECK(holds(ended.err, "study.yaml:"));
      CHECK(holds(ended.err, words));
    }
  };
  const std::string held = "select: {minimise: cost.defender.full, subject_to: {";
  refused(held + "leakers: \"<= 5%\"}}", "leakers is held to 5% (leakers is a number)");
  refused(held + "rounds.round: \">= $5\"}}", "hint: write a limit such as 3");
  refused(held + "cost.defender.full: \"<= 5\"}}",
          "cost.defender.full is held to 5 (cost.defender.full is money)");
  refused("select: {minimise: leakers}\nreplications: {precision: 5 points, of: leakers}",
          "5 points are of a fraction");
}

TEST_CASE("the zone of indifference is written in the objective's unit", "[cli][select]") {
  const Study study(
      "study: Zone\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n"
      "select: {minimise: cost.defender.full}\n");
  CHECK(study.select("--indifference '$100k'").status == 0);
  const Ended bare = study.select("--indifference 100000");
  CHECK(bare.status == 2);
  CHECK(holds(bare.err, "the objective is money in USD (write 1%, or an amount such as '$100k')"));
  CHECK(study.select("--indifference 'EUR 100k'").status == 2);
  const Study leaks(
      "study: Zone\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n"
      "select: {minimise: leakers}\n");
  CHECK(leaks.select("--indifference 0.2").status == 0);
  CHECK(leaks.select("--indifference '$1'").status == 2);
}
