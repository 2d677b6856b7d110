// `dronewall compare` from outside.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "cli/outside.hpp"

using namespace dronewall::test;

namespace {

/// The scenario of the README without its one unit, written by hand.
std::string without_battery() {
  std::string text = text_of(minimal);
  const std::size_t at = text.find("\nunits:"), end = text.find("\nprices:");
  REQUIRE(at != std::string::npos);
  REQUIRE(end > at);
  return text.erase(at, end - at);
}

/// The JSON without the lines that name files, hashes and the command.
std::string without_names(const std::string& json) {
  std::istringstream in(json);
  std::string kept;
  for (std::string line; std::getline(in, line);)
    if (!holds(line, "\"scenario_hash\"") && !holds(line, "\"command\"") && !holds(line, "\"threads\"") &&
        !holds(line, "\"seconds\""))
      kept += line + "\n";
  return kept;
}

nlohmann::json compared(const std::string& arguments) {
  const Ended ended = run("compare " + arguments + " --format json");
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return nlohmann::json::parse(ended.out);
}

}  // namespace

TEST_CASE("a scenario compared with itself differs in nothing", "[cli][compare]") {
  const Ended ended = run("compare " + minimal + " " + minimal + " --replications 200");
  CHECK(ended.status == 0);
  CHECK(holds(ended.out, " 0 differ, 0 cannot be told from 0"));
  CHECK(holds(ended.out, "undefined: nothing is averted"));
  const auto json = compared(minimal + " " + minimal + " --replications 200");
  for (const auto& [name, difference] : json["differences"]["B-A"].items()) {
    INFO(name);
    if (name.rfind("cost-per-leaker-averted.", 0) == 0)
      CHECK(difference["mean"].is_null());
    else if (!difference["mean"].is_null())
      CHECK(difference["told"] == "equal");
  }
}

TEST_CASE("--without is a twin written by hand, to the byte", "[cli][compare]") {
  const Folder folder;
  write(folder.file("twin.yaml"), without_battery());
  const std::string options = " --replications 300 --seed 4 --format json";
  const Ended left_out = run("compare " + minimal + " --without units.battery" + options);
  const Ended by_hand = run("compare " + minimal + " " + folder.file("twin.yaml") + options + " --threads 8");
  REQUIRE(left_out.status == 0);
  CHECK(without_names(left_out.out) == without_names(by_hand.out));
  const Ended all_units = run("compare " + minimal + " --without units" + options);
  CHECK(without_names(left_out.out) == without_names(all_units.out));

  const auto json = nlohmann::json::parse(left_out.out);
  CHECK(json["scenarios"]["B"]["without"] == nlohmann::json({"units.battery"}));
  CHECK(json["measures"]["B"]["leakers"]["mean"] == 10);
  const auto& difference = json["differences"]["B-A"];
  const double averted = difference["leakers"]["mean"],
               rounds = json["measures"]["A"]["rounds.round"]["mean"];
  CHECK(difference["cost-per-leaker-averted.munitions"]["mean"].get<double>() ==
        Approx(rounds * 400e3 / averted));  // minimal's round costs $400k
  CHECK(difference["cost-per-leaker-averted.munitions"]["unit"] == "USD");
  CHECK(json["only_in"]["B-A"]["A"].size() > 0);
}

TEST_CASE("--with is a twin whose values were changed by hand, to the byte", "[cli][compare]") {
  const Folder folder;
  std::string text = text_of(minimal);
  text.replace(text.find("channels: 1"), 11, "channels: 3");
  text.replace(text.find("magazine: 12"), 12, "magazine: 15");
  write(folder.file("twin.yaml"), text);
  const std::string options = " --replications 300 --seed 4 --format json";
  const Ended changed =
      run("compare " + minimal +
          " --with units.battery.channels=3 --with units.battery.weapons.round.magazine=15" + options);
  const Ended by_hand = run("compare " + minimal + " " + folder.file("twin.yaml") + options);
  CHECK(changed.status == 0);
  CHECK(without_names(changed.out) == without_names(by_hand.out));
  const auto json = nlohmann::json::parse(changed.out);
  CHECK(json["scenarios"]["A"]["with"].empty());
  CHECK(json["scenarios"]["B"]["with"].size() == 2);
  // One thing for another.
  const Ended both = run("compare " + minimal + " --without sensors.radar --with units.battery.channels=3 " +
                         "--replications 50");
  CHECK(both.status == 0);
  CHECK(holds(both.out, "minimal.yaml with units.battery.channels=3 without sensors.radar"));
}

TEST_CASE("a variant's own figures are those of its run", "[cli][compare]") {
  const std::string options = " --replications 300 --set units.battery.channels=2";
  const auto alone = nlohmann::json::parse(run("run " + minimal + options + " --format json").out);
  const auto json = compared(minimal + " --without sensors.radar" + options);
  CHECK(json["measures"]["A"] == alone["measures"]);
  CHECK(json["manifest"]["set"] == nlohmann::json({"units.battery.channels=2"}));
}

TEST_CASE("comparisons give the same bytes from any number of threads", "[cli][compare]") {
  const std::string poland = DRONEWALL_SOURCE_DIR "/scenarios/poland-2025-09-10.yaml";
  const std::string base =
      "compare " + poland + " --without units.polish-f16 --replications 120 --format json";
  const Ended one = run(base + " --threads 1");
  REQUIRE(one.status == 0);
  CHECK(without_names(run(base + " --threads 8 --no-elide").out) == without_names(one.out));
}

TEST_CASE("three scenarios are held against the first", "[cli][compare]") {
  const Folder folder;
  write(folder.file("twin.yaml"), without_battery());
  const std::string files = minimal + " " + folder.file("twin.yaml") + " " + minimal;
  const auto json = compared(files + " --replications 100");
  CHECK(json["differences"]["B-A"]["leakers"]["told"] == "above");
  CHECK(json["differences"]["C-A"]["leakers"]["told"] == "equal");
  const Ended csv = run("compare " + files + " --replications 100 --format csv");
  CHECK(csv.out.rfind("difference,name,unit,first,other,mean,se,low,high,variance_ratio,told,n\n", 0) == 0);
  CHECK(holds(csv.out, "\nC-A,leakers,,"));
}

TEST_CASE("what makes scenarios hard to compare is said", "[cli][compare]") {
  const Folder folder;
  std::string text = text_of(minimal);
  text.replace(text.find("duration: 1 h"), 13, "duration: 2 h");
  text.replace(text.find("prices:"), 7, "currency: EUR\nyear: 2024\nprices:");
  for (std::size_t at = 0; (at = text.find('$', at)) != std::string::npos;) text.replace(at, 1, "EUR ");
  write(folder.file("other.yaml"), text);
  const auto json = compared(minimal + " " + folder.file("other.yaml") + " --replications 50 --quiet");
  std::string warnings;
  for (const auto& warning : json["warnings"]) warnings += warning.get<std::string>() + "\n";
  CHECK(holds(warnings, "A counts 1 h and B 2 h"));
  CHECK(holds(warnings, "A is priced in USD and B in EUR"));
  CHECK(holds(warnings, "and those of B of 2024"));
  CHECK_FALSE(json["differences"]["B-A"].contains("cost.attacker"));
  CHECK(json["differences"]["B-A"].contains("leakers"));
}

TEST_CASE("a price of what is left out may stay", "[cli][compare]") {
  const Folder folder;
  std::string text = text_of(minimal);
  text.replace(text.find("\nprices:"), 8, "\nprices:\n  battery.hour: $5");
  write(folder.file("s.yaml"), text);
  CHECK(run("compare " + folder.file("s.yaml") + " --without units.battery --replications 20").status == 0);
}

TEST_CASE("a wrong comparison is told in words", "[cli][compare]") {
  const auto [arguments, status, words] = GENERATE(table<std::string, int, std::string>(
      {{"FILE", 2, "compare needs two scenarios"},
       {"FILE FILE --without units", 2, "--without makes the second scenario out of the first"},
       {"FILE FILE FILE --precision 1%", 2, "--precision needs two scenarios"},
       {"FILE FILE --precision '1% of leakerz'", 2, "did you mean leakers?"},
       {"FILE FILE --with units.battery.channels=2", 2, "--with makes the second scenario out of the first"},
       {"FILE --with units.battery.channels", 2, "has no PATH=VALUE"},
       {"FILE --with units.battery.channelz=2", 3, "did you mean"},
       {"FILE --without units.batery", 3, "did you mean `units.battery`?"},
       {"FILE --without units.battery.", 3, "there is no ``"},
       {"FILE --without threats", 3, "error"},
       {"FILE /nowhere.yaml", 3, "/nowhere.yaml"},
       {"FILE FILE --output FILE", 2, "would replace a file that is read here"}}));
  std::string line = arguments;
  for (std::size_t at = 0; (at = line.find("FILE", at)) != std::string::npos; at += minimal.size())
    line.replace(at, 4, minimal);
  const Ended ended = run("compare " + line);
  INFO(ended.err);
  CHECK(ended.status == status);
  CHECK(ended.out.empty());
  CHECK(holds(ended.err, words));
}

TEST_CASE("a difference that is not precise exits 4", "[cli][compare]") {
  const Ended missed =
      run("compare " + minimal + " --without units --replications 200 --precision '0.001% of leakers'");
  CHECK(missed.status == 4);
  CHECK(holds(missed.out, "the precision of the difference of leakers was not reached"));
}
