// Study files: what they say, and how levels and ranges are read.
#include "dronewall/scenario/study.hpp"

#include "catch.hpp"
#include "memory_files.hpp"
#include "scenario/one_line.hpp"

using namespace dronewall;

namespace {

struct ReadStudy {
  StudyDescription study;
  std::string problems;
};

ReadStudy read_text(std::string text, std::map<std::string, std::string> more = {}) {
  more["study.yaml"] = std::move(text);
  more.emplace("main.yaml", test::minimal("prices: {round: $10k, target-drone: $20k}\n"));
  test::MemoryFiles files(std::move(more));
  Sources sources;
  Problems problems(sources);
  ReadStudy result;
  result.study = read_study("study.yaml", files, test::kinds(), problems);
  result.problems = problems.text();
  return result;
}

constexpr const char* head = "study: Channels\nscenario: main.yaml\n";

}  // namespace

TEST_CASE("a study says what varies, how often, and what is asked", "[scenario][study]") {
  const ReadStudy read = read_text(std::string(head) + R"(
add:
  weapons:
    second: {range: [0 km, 5 km], altitude: [0 m, 1 km], speed: 300 m/s, reaction: 5 s, pk: {drone: 0.5}}
  prices: {second: {low: $2k, mode: $5k, high: $15k}}
choices:
  units.battery.channels: [1, 2, 4]
  units.battery.weapons: [{round: {magazine: 6}}, {second: {magazine: 6}}]
uncertain:
  weapons.round.pk.drone: 0.3 .. 0.9
  sensors.radar.range: 20 km .. 60 km
design: {cross: [grid, {latin-hypercube: 64}]}
replications: {precision: 0.5 points, at_least: 200, at_most: 5000}
prices:
  low: {round: $2k}
  high: {round: $15k, second: $3k}
measure: [leakers, P(leakers <= 2), q95(cost.defender.marginal)]
select:
  minimise: cost.defender.full
  subject_to: {leak-fraction: "<= 10%", P(leakers <= 3): ">= 0.9"}
attacker: {budget: $2M, may: [attacks.raid.count: 5 .. 50]}
on_error: stop-after 3
seed: 7
confidence: 90%
)");
  REQUIRE(read.problems == "");
  const StudyDescription& study = read.study;
  CHECK(study.title == "Channels");
  REQUIRE(study.factors.size() == 5);
  CHECK(study.varied() == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(study.factors[0].levels == std::vector<std::string>{"1", "2", "4"});
  CHECK(study.factors[1].levels[1] == "{second: {magazine: 6}}");
  CHECK(study.factors[2].role == Factor::Role::uncertain);
  CHECK(study.factors[2].range->high == 0.9);
  CHECK(study.factors[2].usual == "0.7");
  CHECK(study.factors[3].range->text(0.25) == "30 km");
  CHECK(study.factors[4].role == Factor::Role::attacker);
  CHECK(study.factors[4].range->whole);
  CHECK(study.design.kind == "cross");
  CHECK(study.design.parts[1].points == 64);
  CHECK(study.replications.precision->half_width == Approx(0.005));
  CHECK_FALSE(study.replications.precision->is_relative);
  CHECK(study.replications.precision->of.text == "leak-fraction");
  CHECK(study.replications.at_most == 5000);
  REQUIRE(study.prices.size() == 2);
  CHECK(study.prices[1].book.items.at("second").point() == 3000);
  CHECK(study.measures.size() == 3);
  CHECK(study.select->objective.text == "cost.defender.full");
  REQUIRE(study.select->subject_to.size() == 2);
  CHECK(study.select->subject_to[0].bound == Approx(0.1));
  CHECK(study.select->subject_to[1].measure.text == "P(leakers <= 3)");
  CHECK(study.select->subject_to[1].sense == ConstraintDescription::Sense::at_least);
  CHECK(study.attacker->budget == 2e6);
  CHECK(study.on_error == OnError::stop_after);
  CHECK(study.stop_after == 3);
  CHECK(study.seed == 7);
  CHECK(study.confidence == Approx(0.9));
}

TEST_CASE("a study is a grid of 1,000 replications unless it says otherwise", "[scenario][study]") {
  const ReadStudy read = read_text(std::string(head) + "choices: {units.battery.channels: [1, 2]}\n");
  CHECK(read.problems == "");
  CHECK(read.study.design.kind == "grid");
  CHECK(read.study.replications.at_most == 1000);
  CHECK_FALSE(read.study.replications.precision);
  CHECK(read.study.on_error == OnError::go_on);
  CHECK(read.study.seed == 1);
}

TEST_CASE("a precision is of cost-exchange.marginal unless it says otherwise", "[scenario][study]") {
  const ReadStudy read = read_text(std::string(head) + "replications: {precision: 1%}\n");
  CHECK(read.problems == "");
  CHECK(read.study.replications.precision->is_relative);
  CHECK(read.study.replications.precision->half_width == Approx(0.01));
  CHECK(read.study.replications.precision->of.text == "cost-exchange.marginal");
  CHECK(read.study.replications.at_least == 100);
  CHECK(read.study.replications.at_most == 1'000'000);
}

TEST_CASE("points come from a file, quoted values too", "[scenario][study]") {
  const ReadStudy read =
      read_text(std::string(head) +
                    "choices: {units.battery.at: listed, units.battery.channels: [1, 2]}\ndesign: "
                    "{list: points.csv}\n",
                {{"points.csv",
                  "# places\nunits.battery.at, units.battery.channels\n\"{x: 1 km, y: 2 km}\", 2\n"
                  "\n\"{x: 0 km, y: 0 km}\", 1\n\"{x: 1 km, y: 2 km}\", 1\n"}});
  REQUIRE(read.problems == "");
  CHECK(read.study.factors[0].levels == std::vector<std::string>{"{x: 1 km, y: 2 km}", "{x: 0 km, y: 0 km}"});
  CHECK(read.study.design.list_rows == std::vector<std::vector<std::uint32_t>>{{0, 1}, {1, 0}, {0, 0}});
}

TEST_CASE("a sheet's byte order mark is no part of its first column's name", "[scenario][study]") {
  const ReadStudy read =
      read_text(std::string(head) + "choices: {units.battery.channels: listed}\ndesign: {list: points.csv}\n",
                {{"points.csv", "\xef\xbb\xbfunits.battery.channels\r\n1\r\n2\r\n"}});
  CHECK(read.problems.empty());
  CHECK(read.study.design.list_rows.size() == 2);
}

TEST_CASE("equal lines of a listed design are told by their numbers", "[scenario][study]") {
  const ReadStudy read =
      read_text(std::string(head) + "choices: {units.battery.channels: listed}\ndesign: {list: points.csv}\n",
                {{"points.csv", "units.battery.channels\n2\n1\n# remark\n2\n1 \n"}});
  CHECK(read.problems.find("points.csv:5:1: warning: line 5 says the same as line 2: a point is run once") !=
        std::string::npos);
  CHECK(read.problems.find("points.csv:6:1: warning: line 6 says the same as line 3: a point is run once") !=
        std::string::npos);
  CHECK(read.study.design.list_rows.size() == 4);
}

TEST_CASE("what is added merges with rows of catalogs, and its catalogs join", "[scenario][study]") {
  std::string base = test::minimal("prices: {round: $10k, target-drone: $20k}\nuse: [one.yaml]\n");
  const ReadStudy read =
      read_text(std::string(head) + R"(
add:
  use: [two.yaml]
  threats: {from-one: {speed: 80 m/s}}
  attacks: {raid: {threat: from-two}}
choices: {threats.from-one.speed: [60 m/s], threats.from-two.speed: [70 m/s]}
)",
                {{"main.yaml", base},
                 {"one.yaml", "threats:\n  from-one: {class: drone, speed: 50 m/s, altitude: 100 m}\n"},
                 {"two.yaml", "threats:\n  from-two: {class: drone, speed: 90 m/s, altitude: 100 m}\n"}});
  CHECK(read.problems == "");
  CHECK(read.study.find("threats.from-one.speed")->usual == "80 m/s");
  CHECK(read.study.find("threats.from-two.speed")->usual == "90 m/s");
}

TEST_CASE("a value on one line reads as the value it was", "[scenario][study]") {
  for (const char* text : {"{a: [1, 2, {b: x}], c: \"1, 2\"}", "plain words", "\"quoted: text\"",
                           "normal(1, 2)", "{k: normal(1 .. 2)}", "[\"a, b\", \"#no remark\"]", "[~, 2]"}) {
    Sources sources;
    Problems problems(sources);
    const auto tree = parse_tree(sources.add("text", text), text, problems);
    REQUIRE(tree);
    const std::string line = one_line(*tree);
    CHECK(line == text);
    const auto again = parse_tree(sources.add("line", line), line, problems);
    REQUIRE(again);
    CHECK(one_line(*again) == line);
  }
}

TEST_CASE("a mistake in select is told, whichever it is", "[scenario][study]") {
  const auto told = [](const std::string& select) {
    return read_text(std::string(head) + "choices: {units.battery.channels: [1, 2]}\nselect: " + select)
        .problems;
  };
  CHECK(told("{minimise: leakers}\n").empty());
  CHECK(told("{minimize: leakers}\n").find("did you mean minimise") != std::string::npos);
  CHECK(told("{minimise: leakers, foo: 1}\n").find("unknown key foo") != std::string::npos);
  CHECK(told("{minimise: [leakers]}\n").find("error: ") != std::string::npos);
  CHECK(told("{minimise: }\n").find("error: ") != std::string::npos);
  CHECK(told("{minimise: leakers, subject_to: }\n").find("error: ") != std::string::npos);
  CHECK(told("[leakers]\n").find("error: ") != std::string::npos);
}

TEST_CASE("a study is told from a scenario by its first key", "[scenario][study]") {
  CHECK(kind_of_text("study: One\nscenario: a.yaml\n") == FileKind::study);
  CHECK(kind_of_text("# why\nstudy: One\n") == FileKind::study);
  CHECK(kind_of_text("{\"scenario\": \"a.yaml\", \"study\": \"One\"}") == FileKind::study);
  CHECK(kind_of_text("study: [One\nscenario: a.yaml\n") == FileKind::study);
  CHECK(kind_of_text("{\"study\": \"One\", \"scenario\": \"a.yaml\"}") == FileKind::study);
  CHECK(kind_of_text("{\n \"scenario\": \"a.yaml\",\n \"choices\": {\"a.b\": [1, 2]}\n}") == FileKind::study);
  CHECK(kind_of_text("scenario: One\nattacks: {}\nchoices: {}\n") == FileKind::scenario);
  CHECK(kind_of_text("scenario: One\nsummary: a\n  study:\n") == FileKind::scenario);
  CHECK(kind_of_text("scenario: One\nsummary: {study: a}\n") == FileKind::scenario);
  CHECK(kind_of_text("prices: {round: $10k}\n") == FileKind::catalog);
}

TEST_CASE("a scenario is no study, a study no scenario, and one line says so", "[scenario][study]") {
  const auto told = read_text(test::minimal("prices: {round: $10k}\n")).problems;
  CHECK(told.find("error: this is a scenario, not a study") != std::string::npos);
  test::MemoryFiles files(
      {{"study.yaml", std::string(head) + "choices: {units.battery.channels: [1, 2]}\n"}});
  Sources sources;
  Problems problems(sources);
  (void)read_scenario("study.yaml", files, test::kinds(), {}, problems);
  REQUIRE(problems.all().size() == 1);
  CHECK(problems.all().front().what == "this is a study, not a scenario");
}
