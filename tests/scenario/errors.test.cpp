// Malformed scenarios: one mistake gives one message, at its line and column, in words that help.
// tests/cases/malformed/NAME.yaml has its messages beside it in NAME.txt, one a line: `line:column: what |
// hint`.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "dronewall/scenario/study.hpp"
#include "memory_files.hpp"

using namespace dronewall;
namespace fs = std::filesystem;

namespace {

const fs::path folder = fs::path(DRONEWALL_SOURCE_DIR) / "tests/cases/malformed";

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::map<std::string, std::string> all_files() {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).generic_string()] = text_of(entry.path());
  return files;
}

/// The problems as the .txt files write them.
std::string brief(const Problems& problems) {
  std::vector<Problem> sorted = problems.all();
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  std::ostringstream text;
  for (const Problem& problem : sorted) {
    text << problem.place.line << ':' << problem.place.column << ": " << problem.what;
    if (!problem.hint.empty()) text << " | " << problem.hint;
    text << '\n';
  }
  return text.str();
}

/// Whether all that is referred to is there: what had a mistake is left out, and what needs it.
bool is_closed(const ScenarioDescription& scenario) {
  for (const auto& [name, attack] : scenario.attacks) {
    for (const auto& [threat, weight] : attack.threats)
      if (!scenario.threats.count(threat.text)) return false;
    const std::string& target = attack.goal.asset.text;
    const bool has_target = attack.goal.at_defence
                                ? scenario.units.count(target) != 0 || scenario.sensors.count(target) != 0
                                : scenario.assets.count(target) != 0;
    if (attack.goal.kind == GoalDescription::Kind::strike && !has_target) return false;
    if (attack.with.given() && !scenario.attacks.count(attack.with.text)) return false;
  }
  for (const auto& [name, unit] : scenario.units) {
    for (const MountDescription& mount : unit.weapons)
      if (!scenario.weapons.count(mount.weapon.text) || !mount.rounds) return false;
    if (!scenario.networks.count(unit.network.text)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("every malformed scenario is told its mistakes, each once and at its place", "[scenario][errors]") {
  const std::map<std::string, std::string> files = all_files();
  int cases = 0;
  for (const auto& [path, text] : files) {
    if (fs::path(path).extension() != ".yaml" || path.find('/') != path.npos) continue;
    ++cases;
    INFO(path);
    const auto expected = files.find(fs::path(path).stem().string() + ".txt");
    REQUIRE(expected != files.end());
    test::MemoryFiles source(files);
    Sources sources;
    Problems problems(sources);
    if (kind_of_text(text) == FileKind::study) {
      (void)read_study(path, source, test::kinds(), problems);
      CHECK(brief(problems) == expected->second);
      continue;
    }
    const ScenarioDescription scenario = read_scenario(path, source, test::kinds(), {}, problems);
    CHECK(brief(problems) == expected->second);
    CHECK(is_closed(scenario));
  }
  CHECK(cases >= 45);
}

TEST_CASE("a problem is printed with its line and a caret under the value", "[scenario][errors]") {
  std::string text = test::minimal();
  text.replace(text.find("kind: battery"), 13, "kind: batery");
  CHECK(test::read({{"main.yaml", text}}).problems ==
        "main.yaml:20:11: error: there is no unit kind batery\n"
        " 20 |     kind: batery\n"
        "    |           ^ hint: did you mean battery?\n");
}

TEST_CASE("a file that cannot be read says so under its name", "[scenario][errors]") {
  CHECK(test::read({}).problems == "main.yaml: error: main.yaml cannot be read (no such file)\n");
}

TEST_CASE("a change from the command line is told at the change", "[scenario][errors]") {
  const auto problems = [](std::string path, std::string value) {
    ReadOptions options;
    options.changes = {{std::move(path), std::move(value)}};
    return test::read({{"main.yaml", test::minimal()}}, options).problems;
  };
  CHECK(problems("units.battery.channels", "2") == "");
  CHECK(problems("units.battery.channels", "0") ==
        "--set units.battery.channels: error: channels is 0 (it lies in [1, 1000])\n"
        "   | 0\n"
        "   | ^\n");
  CHECK(problems("units.battery.chanels", "2").find("--set units.battery.chanels: error: ") == 0);
  CHECK(problems("units.batery.channels", "2").find("--set units.batery.channels: error: ") == 0);
}
