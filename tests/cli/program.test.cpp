// The program from outside: what it prints, where, and with which exit status.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "catch.hpp"

namespace {

namespace fs = std::filesystem;

const std::string minimal = DRONEWALL_SOURCE_DIR "/scenarios/minimal.yaml";

/// A folder that goes when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "dronewall-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

struct Ended {
  int status;
  std::string out, err;
};

/// Runs the program with arguments as a shell reads them.
Ended run(const std::string& arguments) {
  const Folder folder;
  const std::string line = std::string(DRONEWALL_PROGRAM) + " " + arguments + " >" + folder.file("out") +
                           " 2>" + folder.file("err");
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder.file("out")),
          text_of(folder.file("err"))};
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The JSON without the lines that may differ between equal runs.
std::string comparable(const std::string& json) {
  std::istringstream in(json);
  std::string kept;
  for (std::string line; std::getline(in, line);)
    if (!holds(line, "\"command\":") && !holds(line, "\"threads\":") && !holds(line, "\"seconds\":"))
      kept += line + "\n";
  return kept;
}

}  // namespace

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

TEST_CASE("a wrong command line exits 2 and says what is wrong", "[cli]") {
  const std::string arguments = GENERATE(
      "", "fly", "run", "run FILE --replications none", "run FILE --replications 0", "run FILE --format xml",
      "run FILE --precision soon", "run FILE --precision '1% of leakerz'", "run FILE --measure 'P(leakers)'",
      "run FILE --measure 'q95(leak-fraction)'", "run FILE --confidence 2", "run FILE --set nothing",
      "run FILE --keep rows", "run FILE --threads 0", "catalog nothing-like-it");
  std::string line = arguments;
  if (const auto at = line.find("FILE"); at != std::string::npos) line.replace(at, 4, minimal);
  const Ended ended = run(line);
  INFO(arguments);
  CHECK(ended.status == 2);
  CHECK(ended.out.empty());
  CHECK_FALSE(ended.err.empty());
}

TEST_CASE("help and version are results", "[cli]") {
  for (const std::string command : {"", "run", "check", "trace", "measures", "schema", "catalog"}) {
    const Ended ended = run(command + " --help");
    INFO(command);
    CHECK(ended.status == 0);
    CHECK_FALSE(ended.out.empty());
    CHECK(ended.err.empty());
  }
  CHECK(holds(run("--version").out, "results version"));
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
  CHECK(holds(missed.out, "the precision was not reached after 300 replications"));
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
  CHECK(holds(run("check " + minimal).out, "no mistakes found"));
}
