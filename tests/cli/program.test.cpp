// The program from outside: what it prints, where, and with which exit status.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "catch.hpp"
#include "cli/outside.hpp"

using namespace dronewall::test;

TEST_CASE("a run prints its answer on stdout and nothing else", "[cli]") {
  const Ended ended = run("run " + minimal + " --replications 200");
  CHECK(ended.status == 0);
  CHECK(holds(ended.out, "Ten drones against one battery"));
  CHECK(holds(ended.out, "cost-exchange ratio"));
  CHECK(holds(ended.out, "not counted"));
  CHECK(holds(ended.out, "200 replications · seed 1"));
  CHECK_FALSE(holds(ended.err, "error"));
}

TEST_CASE("equal runs print equal bytes on any number of threads, elided or not", "[cli]") {
  const std::string base =
      "run " + minimal + " --replications 700 --seed 5 --format json --measure 'P(leakers <= 2)'";
  const Ended one = run(base + " --threads 1"), eight = run(base + " --threads 8 --no-elide");
  REQUIRE(one.status == 0);
  CHECK(comparable(one.out) == comparable(eight.out));
  const Ended other = run("run " + minimal + " --replications 700 --seed 6 --format json");
  CHECK(comparable(one.out) != comparable(other.out));
  const auto json = nlohmann::json::parse(one.out);
  CHECK(json["measures"]["intruders.launched"]["mean"] == 10);
  CHECK(json["measures"]["cost.attacker"]["mean"] == 100e3);
  CHECK(json["measures"].contains("P(leakers <= 2)"));
}

TEST_CASE("shipped scenarios give the same bytes from 1, 2 and 8 threads and without elision", "[cli]") {
  const std::string root = DRONEWALL_SOURCE_DIR;
  const std::string file =
      GENERATE_COPY(root + "/scenarios/poland-2025-09-10.yaml", root + "/tests/bench/ad20.yaml");
  const std::string base = "run " + file + " --replications 500 --format json";
  const Ended one = run(base + " --threads 1");
  REQUIRE(one.status == 0);
  for (const char* how : {" --threads 2", " --threads 8", " --threads 2 --no-elide"})
    CHECK(comparable(run(base + how).out) == comparable(one.out));
}

TEST_CASE("a price moves the ratio in proportion and nothing else", "[cli]") {
  const auto measures = [](const std::string& more) {
    const Ended ended = run("run " + minimal + " --replications 100 --format json " + more);
    REQUIRE(ended.status == 0);
    return nlohmann::json::parse(ended.out)["measures"];
  };
  const auto before = measures(""), after = measures("--set 'prices.target-drone=$20k'");
  CHECK(after["cost-exchange.full"]["mean"].get<double>() ==
        Approx(before["cost-exchange.full"]["mean"].get<double>() / 2));
  CHECK(after["leakers"] == before["leakers"]);
}

TEST_CASE("losses are scored as expected unless it is asked how money varies", "[cli]") {
  const std::string base =
      "run " + minimal + " --replications 300 --format json --set assets.depot.per_hit='$1M'";
  const auto result = [&](const std::string& more) {
    const Ended ended = run(base + more);
    REQUIRE(ended.status == 0);
    return nlohmann::json::parse(ended.out);
  };
  const auto plain = result(" --measure 'P(leakers <= 2)'"),
             asked = result(" --measure 'q95(cost.defender.total)'");
  CHECK(plain["manifest"]["loss_scoring"] == "expected");
  CHECK(asked["manifest"]["loss_scoring"] == "sampled");
  CHECK(asked["measures"]["cost.account.damage"]["mean"].get<double>() ==
        Approx(1e6 * asked["measures"]["strikes.depot"]["mean"].get<double>()));
  CHECK(plain["measures"]["strikes.depot"] == asked["measures"]["strikes.depot"]);
}

TEST_CASE("a wrong command line exits 2 and says what is wrong", "[cli]") {
  const std::string arguments = GENERATE(
      "", "fly", "run", "run FILE --replications none", "run FILE --replications 0", "run FILE --format xml",
      "run FILE --precision soon", "run FILE --precision '1% of leakerz'", "run FILE --measure 'P(leakers)'",
      "run FILE --confidence 2", "run FILE --set nothing", "run FILE --keep rows", "run FILE --threads 0",
      "run FILE --seed -1", "run FILE --seed", "run FILE --sed 2", "trace FILE --replication -2",
      "trace FILE --format xml", "help fly", "catalog nothing-like-it");
  std::string line = arguments;
  if (const auto at = line.find("FILE"); at != std::string::npos) line.replace(at, 4, minimal);
  const Ended ended = run(line);
  INFO(arguments);
  CHECK(ended.status == 2);
  CHECK(ended.out.empty());
  CHECK_FALSE(ended.err.empty());
  CHECK_FALSE(holds(ended.err, "{"));  // no dump of an enumeration
}

TEST_CASE("a wrong command line is told in plain words", "[cli]") {
  const auto [arguments, words] = GENERATE(table<std::string, std::string>(
      {{"run FILE --format xml", "--format: xml is not one of table, json, csv\n"},
       {"run FILE --seed -1", "--seed: -1 is no whole number from 0 to 18446744073709551615\n"},
       {"run FILE --replications 1e9", "--replications: 1e9 is no whole number from 1 to 4294967296\n"},
       {"run FILE --seed", "--seed needs a value\n"},
       {"run FILE --sead 2", "--sead is not understood here (did you mean --seed?)\n"},
       {"rum FILE", "rum is no command (did you mean run?); the commands are run, "},
       {"", "a command is missing; the commands are run, "},
       {"help rum", "rum is no command (did you mean run?)"},
       {"answer --help", "answer is no command; the commands are run, "},
       {"swep FILE --help", "swep is no command (did you mean sweep?)"},
       {"store verifi --help", "verifi is no command (did you mean verify?)"},
       {"help run rum", "run has no commands of its own\n"},
       {"store", "a command is missing; the commands are verify\n"},
       {"catalog units", "units is no kind and no row, section or file of a catalog; did you mean unit?"},
       {"sweep FILE --dry-run --format json", "--dry-run is a few lines for people"}}));
  std::string line = arguments;
  if (const auto at = line.find("FILE"); at != std::string::npos) line.replace(at, 4, minimal);
  const Ended ended = run(line);
  INFO(ended.err);
  CHECK(ended.status == 2);
  CHECK(holds(ended.err, "dronewall: " + words));
}

TEST_CASE("an output never replaces a file that is read", "[cli]") {
  const Folder folder;
  const std::string scenario = folder.file("s.yaml"), book = folder.file("book.yaml");
  write(scenario, "use: rounds.yaml\n" + text_of(minimal));
  write(folder.file("rounds.yaml"),
        "weapons: {spare: {range: [0 km, 1 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {any: 1}}}\n");
  write(book, "year: 2025\nprices: {round: $1}\n");
  const std::string before = text_of(scenario);
  for (const char* input : {"s.yaml", "rounds.yaml", "book.yaml", "./s.yaml"}) {
    const std::string options = " --prices " + book + " --output " + folder.file(input);
    INFO(input);
    const Ended ended = run("run " + scenario + " --replications 10" + options);
    CHECK(ended.status == 2);
    CHECK(holds(ended.err, "would replace a file that is read here"));
    CHECK(run("trace " + scenario + options).status == 2);
    CHECK(run("measures " + scenario + options).status == 2);
  }
  CHECK(text_of(scenario) == before);
  write(folder.file("old.json"), "old");
  CHECK(run("run " + scenario + " --replications 10 --output " + folder.file("old.json")).status == 0);
}

TEST_CASE("a result says what was changed, and the goal that it was run for", "[cli]") {
  const Folder folder;
  write(folder.file("book.yaml"), "year: 2025\nprices: {round: $1}\n");
  const std::string base = "run " + minimal +
                           " --replications 500 --precision '20% of leakers' --set units.battery.channels=2 "
                           "--prices " +
                           folder.file("book.yaml");
  const Ended table = run(base);
  CHECK(table.status == 0);
  CHECK(holds(table.out, "changed by --set units.battery.channels=2 --prices"));
  CHECK(holds(table.out, " · leakers ± "));
  CHECK(holds(table.out, ", the goal was 20%)"));
  const auto manifest = nlohmann::json::parse(run(base + " --format json").out)["manifest"];
  CHECK(manifest["set"] == nlohmann::json({"units.battery.channels=2"}));
  CHECK(manifest["price_books"] == nlohmann::json({folder.file("book.yaml")}));
  CHECK(manifest["precision"] == "20% of leakers");
  CHECK_FALSE(holds(run("run " + minimal + " --replications 10").out, "changed by"));
}

TEST_CASE("help and version are results", "[cli]") {
  for (const std::string command :
       {"", "run", "compare", "check", "trace", "measures", "schema", "catalog"}) {
    const Ended ended = run(command + " --help");
    INFO(command);
    CHECK(ended.status == 0);
    CHECK_FALSE(ended.out.empty());
    CHECK(ended.err.empty());
  }
  CHECK(holds(run("--version").out, "results version"));
  CHECK(run("help run").out == run("run --help").out);
  CHECK(run("help").out == run("--help").out);
  const Ended verify = run("help store verify");
  CHECK(verify.status == 0);
  CHECK(verify.out == run("store verify --help").out);
  CHECK(holds(verify.out, "STUDY.db"));
  CHECK(run("help store mend").status == 2);
  CHECK(holds(run("help check").out, "a study, a catalog or a price book"));
  CHECK(holds(run("help run").out, "studies are run by"));
  CHECK(holds(run("help select").out, "Exit status 4: done, but no mix"));
}

TEST_CASE("a wrong input file exits 3, with the place, and writes nothing", "[cli]") {
  const Folder folder;
  std::string text = text_of(minimal);
  text.replace(text.find("pk: {drone: 0.7}"), 16, "pk: {drone: 70}");
  write(folder.file("bad.yaml"), text);
  const Ended ended = run("run " + folder.file("bad.yaml") + " --output " + folder.file("result.json"));
  CHECK(ended.status == 3);
  CHECK(ended.out.empty());
  CHECK(holds(ended.err, "bad.yaml:"));
  CHECK(holds(ended.err, "error: "));
  CHECK(holds(ended.err, "hint: "));
  CHECK(folder.files() == 1);
  CHECK(run("check " + folder.file("bad.yaml")).status == 3);
  CHECK(run("check " + folder.file("none.yaml")).status == 3);
  CHECK(run("run " + minimal + " --set units.battery.channelz=2").status == 3);
}

TEST_CASE("a price that must be there and is not is a mistake of the file", "[cli]") {
  const Folder folder;
  std::string text = text_of(minimal);
  text.erase(text.find("  round: $400k"));
  write(folder.file("free.yaml"), text);
  const Ended ended = run("run " + folder.file("free.yaml"));
  CHECK(ended.status == 3);
  CHECK(holds(ended.err, "round has no price"));
  CHECK(holds(ended.err, "free.yaml:"));
}

TEST_CASE("a precision that is not reached exits 4, with the result", "[cli]") {
  const Ended missed = run("run " + minimal + " --precision '0.01% of leakers' --replications 300");
  CHECK(missed.status == 4);
  CHECK(holds(missed.out, "the precision of leakers was not reached after 300 replications"));
  const Ended reached = run("run " + minimal + " --precision '5% of leakers' --format csv");
  CHECK(reached.status == 0);
  CHECK(holds(reached.out, "name,mean,se,low,high,sd,n,unit\n"));
}

TEST_CASE("results go to a file as a whole", "[cli]") {
  const Folder folder;
  const Ended ended =
      run("run " + minimal + " --replications 50 --format json --output " + folder.file("result.json"));
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
  CHECK(nlohmann::json::parse(text_of(folder.file("result.json")))["manifest"]["replications"] == 50);
  CHECK(folder.files() == 1);  // nothing temporary is left
  const Ended nowhere =
      run("run " + minimal + " --replications 50 --output " + folder.file("no/such/folder.json"));
  CHECK(nowhere.status == 1);
  CHECK_FALSE(nowhere.err.empty());
}

TEST_CASE("Ctrl-C prints what is finished and exits 130", "[cli]") {
  const Folder folder;
  const std::string out = folder.file("out");
  const ::pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (std::freopen(out.c_str(), "w", stdout) == nullptr) std::_Exit(99);
    ::execl(DRONEWALL_PROGRAM, "dronewall", "run", minimal.c_str(), "--replications", "1000000000",
            "--format", "json", "--quiet", static_cast<char*>(nullptr));
    std::_Exit(99);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  ::kill(child, SIGINT);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  const auto json = nlohmann::json::parse(text_of(out));
  CHECK(json["manifest"]["end"] == "stopped");
  CHECK(json["manifest"]["replications"] == json["measures"]["leakers"]["n"]);
  CHECK(json["warnings"].size() == 1);
}

TEST_CASE("a replication is traced line by line, as text and as JSON Lines", "[cli]") {
  const Ended text = run("trace " + minimal + " --replication 3");
  CHECK(text.status == 0);
  CHECK(holds(text.out, "launched"));
  const Ended lines = run("trace " + minimal + " --replication 3 --format jsonl");
  std::istringstream in(lines.out);
  int launched = 0;
  double before = -1;
  for (std::string line; std::getline(in, line);) {
    const auto event = nlohmann::json::parse(line);
    CHECK(event["time_s"].get<double>() >= before);
    before = event["time_s"];
    launched += event["what"] == "launched";
  }
  CHECK(launched == 10);
  CHECK(run("trace " + minimal + " --replication 3 --format json").out == lines.out);
  CHECK(run("trace " + minimal + " --replication 3 --format table").out == text.out);
  const Ended csv = run("trace " + minimal + " --replication 3 --format csv");
  CHECK(csv.out.rfind("time_s,what,intruder,actor,detail,x_m,y_m,altitude_m\n0,launched,raid#1,,target-drone,"
                      "40000,0,100\n",
                      0) == 0);
  CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') ==
        std::count(lines.out.begin(), lines.out.end(), '\n') + 1);
}

TEST_CASE("measures of a study are those of its scenario with what it adds", "[cli]") {
  const Folder folder;
  write(folder.file("s.yaml"), "study: x\nscenario: " + minimal +
                                   "\nadd: {units: {second: {kind: battery, at: {x: 1 km, y: 0 km}, weapons: "
                                   "{round: {magazine: 2}}}}}\n"
                                   "choices: {units.battery.channels: [1, 2]}\n");
  const Ended listed = run("measures " + folder.file("s.yaml"));
  CHECK(listed.status == 0);
  CHECK(holds(listed.out, "kills.unit.second"));
  CHECK(holds(listed.out, "leak-fraction"));
  CHECK(run("measures " + folder.file("s.yaml") + " --set units.battery.channels=2").status == 2);
  write(folder.file("s.yaml"),
        "study: x\nscenario: " + minimal + "\nchoices: {units.batery.channels: [1, 2]}\n");
  CHECK(run("measures " + folder.file("s.yaml")).status == 3);
}

TEST_CASE("what is there is listed", "[cli]") {
  const Ended measures = run("measures " + minimal);
  CHECK(measures.status == 0);
  CHECK(holds(measures.out, "cost-exchange.marginal"));
  CHECK(nlohmann::json::parse(run("measures " + minimal + " --format json").out).contains("leak-fraction"));
  CHECK(nlohmann::json::parse(run("schema").out).contains("$schema"));
  const Ended kinds = run("catalog");
  CHECK(holds(kinds.out, "battery"));
  CHECK(holds(kinds.out, "catalog/"));
  CHECK(holds(run("catalog battery").out, "unit battery"));
  const Ended row = run("catalog aim9x");
  CHECK(holds(row.out, "catalog/weapons.yaml\n  weapons\n    aim9x\n      range [500 m, 30 km]"));
  CHECK(holds(row.out, "source: "));
  CHECK(holds(row.out, "catalog/prices-2025-usd.yaml\n  prices\n    aim9x\n"));
  CHECK_FALSE(holds(row.out, "aim120c"));
  CHECK(holds(run("catalog weapons").out, "aim120c"));
  const auto rows = nlohmann::json::parse(run("catalog --format json").out)["rows"];
  CHECK(std::any_of(rows.begin(), rows.end(), [](const auto& each) {
    return each["section"] == "weapons" && each["name"] == "aim9x" && each["figures"]["speed"] == "850 m/s";
  }));
  CHECK(holds(run("check " + minimal).out, "no mistakes found"));
}
