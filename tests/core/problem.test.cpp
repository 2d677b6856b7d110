#include "dronewall/core/problem.hpp"

#include <string>

#include "catch.hpp"

using namespace dronewall;

namespace {

struct Fixture {
  Sources sources;
  Problems problems{sources};
};

}  // namespace

TEST_CASE("a problem prints its place, the line, a caret and the hint", "[core]") {
  Fixture f;
  const std::string text = std::string(11, '\n') + "    pk: {drone: 70}\n";
  const auto file = f.sources.add("scenarios/harbour.yaml", text);
  f.problems.error({file, 12, 17}, "pk is 70 (a probability lies in [0, 1])", "write 0.7 or 70%");
  CHECK(f.problems.text() ==
        "scenarios/harbour.yaml:12:17: error: pk is 70 (a probability lies in [0, 1])\n"
        " 12 |     pk: {drone: 70}\n"
        "    |                 ^ hint: write 0.7 or 70%\n");
}

TEST_CASE("a change of the command line prints its path instead of a line", "[core]") {
  Fixture f;
  const auto change = f.sources.add_change("units.battery.channels", "-1");
  f.problems.error({change, 1, 1}, "channels is -1 (at least 1)");
  CHECK(f.problems.text() ==
        "--set units.battery.channels: error: channels is -1 (at least 1)\n"
        "   | -1\n"
        "   | ^\n");
}

TEST_CASE("problems without a line print no excerpt", "[core]") {
  Fixture f;
  const auto file = f.sources.add("a.yaml", "x: 1\n");
  f.problems.error({file, 0, 0}, "the file is too long", "split it");
  f.problems.warning({}, "nothing was counted");
  CHECK(f.problems.text() ==
        "warning: nothing was counted\n"
        "a.yaml: error: the file is too long\n"
        "    hint: split it\n");
}

TEST_CASE("problems are sorted by place, and equal ones are printed once", "[core]") {
  Fixture f;
  const auto file = f.sources.add("a.yaml", "x: 1\ny: 2\n");
  f.problems.error({file, 2, 4}, "later");
  f.problems.error({file, 1, 4}, "second column");
  f.problems.error({file, 1, 1}, "first");
  f.problems.error({file, 1, 1}, "first too");
  f.problems.error({file, 1, 1}, "first");
  const std::string text = f.problems.text();
  CHECK(f.problems.all().size() == 5);
  CHECK(text.find("1:1: error: first\n") < text.find("1:1: error: first too\n"));
  CHECK(text.find("error: first too") < text.find("error: second column"));
  CHECK(text.find("error: second column") < text.find("error: later"));
  CHECK(text.find("error: first\n") == text.rfind("error: first\n"));
}

TEST_CASE("only errors make has_errors true", "[core]") {
  Fixture f;
  CHECK(f.problems.text().empty());
  f.problems.warning({}, "far from the centre");
  CHECK_FALSE(f.problems.has_errors());
  f.problems.error({}, "wrong");
  CHECK(f.problems.has_errors());
}

TEST_CASE("carets stand under the character: columns are code points", "[core]") {
  Fixture f;
  SECTION("two-byte letters take one column") {
    const auto file = f.sources.add("a.yaml", "Überlingen: x");
    f.problems.error({file, 1, 13}, "wrong");
    CHECK(f.problems.text() == "a.yaml:1:13: error: wrong\n 1 | Überlingen: x\n   |             ^\n");
  }
  SECTION("wide letters take two columns of the terminal") {
    const auto file = f.sources.add("a.yaml", "海: x");
    f.problems.error({file, 1, 4}, "wrong");
    CHECK(f.problems.text() == "a.yaml:1:4: error: wrong\n 1 | 海: x\n   |     ^\n");
  }
  SECTION("tabs are shown as one blank, controls and stray bytes escaped") {
    const auto file = f.sources.add("a.yaml", "\tx\x1b\xff y");
    f.problems.error({file, 1, 6}, "wrong \x1b");
    CHECK(f.problems.text() == "a.yaml:1:6: error: wrong \\x1b\n 1 |  x\\x1b\\xff y\n   |            ^\n");
  }
  SECTION("a caret may stand behind the end of the line") {
    const auto file = f.sources.add("a.yaml", "ab\r\ncd");
    f.problems.error({file, 1, 3}, "wrong");
    CHECK(f.problems.text() == "a.yaml:1:3: error: wrong\n 1 | ab\n   |   ^\n");
  }
  SECTION("a byte order mark takes no column") {
    const auto file = f.sources.add("a.yaml", "\xef\xbb\xbfx: y");
    f.problems.error({file, 1, 4}, "wrong");
    CHECK(f.problems.text() == "a.yaml:1:4: error: wrong\n 1 | x: y\n   |    ^\n");
  }
}

TEST_CASE("long lines are cut around the caret", "[core]") {
  Fixture f;
  const auto file = f.sources.add("a.yaml", std::string(5000, 'a') + "!" + std::string(5000, 'b'));
  f.problems.error({file, 1, 5001}, "wrong");
  const std::string text = f.problems.text();
  const auto first = text.find('\n') + 1, second = text.find('\n', first) + 1;
  const std::string line = text.substr(first, second - first), caret = text.substr(second);
  CHECK(line.size() < 130);
  CHECK(line.substr(0, 8) == " 1 | …");
  CHECK(line.find("b…\n") != std::string::npos);
  // The ellipsis takes three bytes and one column.
  CHECK(line.find('!') - 2 == caret.find('^'));
}

TEST_CASE("a message that quotes a huge text is cut", "[core]") {
  Fixture f;
  f.problems.error({}, std::string(399, 'a') + "é and " + std::string(1'000'000, 'b'));
  CHECK(f.problems.text() == "error: " + std::string(399, 'a') + "…\n");  // no half letter
}

TEST_CASE("a flood of problems is counted, not printed", "[core]") {
  Fixture f;
  const auto file = f.sources.add("a.yaml", "x\n");
  for (int i = 1; i <= 700; ++i) f.problems.error({file, 1, i}, "wrong");
  const std::string text = f.problems.text();
  CHECK(text.find("a.yaml:1:500:") != std::string::npos);
  CHECK(text.find("a.yaml:1:501:") == std::string::npos);
  CHECK(text.find("… and 200 more problems\n") != std::string::npos);
}

TEST_CASE("lines of a source have no ends, and none stand past the last", "[core]") {
  Sources sources;
  const auto file = sources.add("a", "one\r\n\nthree");
  CHECK(sources.line(file, 1) == "one");
  CHECK(sources.line(file, 2).empty());
  CHECK(sources.line(file, 3) == "three");
  CHECK(sources.line(file, 4).empty());
  CHECK(sources.line(file, 0).empty());
}
