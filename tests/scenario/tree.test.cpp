#include "scenario/tree.hpp"

#include <fmt/format.h>

#include <string>

#include "catch.hpp"
#include "scenario/tree_text.hpp"

using namespace dronewall;
using namespace std::string_literals;

namespace {

/// A text read alone, and what was said about it.
struct Parsed {
  Sources sources;
  Problems problems{sources};
  std::unique_ptr<Tree> root;

  explicit Parsed(const std::string& text) { root = parse_tree(sources.add("a.yaml", text), text, problems); }
  /// "line:column: what" of each problem.
  [[nodiscard]] std::string report() const {
    std::string out;
    for (const Problem& p : problems.all())
      out += fmt::format("{}:{}: {}\n", p.place.line, p.place.column, p.what);
    return out;
  }
};

std::string place(const Place& p) { return fmt::format("{}:{}", p.line, p.column); }

std::string report_of(const std::string& text) { return Parsed(text).report(); }

}  // namespace

TEST_CASE("keys and values know their places", "[scenario][tree]") {
  const Parsed p("a:\n  b: {c: 'x', d: [1, 2]}\n  e:\n  - f: 7\n");
  REQUIRE(p.root);
  CHECK(p.report().empty());
  const Tree& b = *p.root->find("a")->find("b");
  CHECK(place(p.root->entries[0].key_place) == "1:1");
  CHECK(place(p.root->find("a")->place) == "2:3");
  CHECK(place(b.place) == "2:6");
  CHECK(place(b.entries[0].key_place) == "2:7");
  CHECK(place(b.find("c")->place) == "2:10");
  CHECK(b.find("c")->quoted);
  CHECK(place(b.find("d")->items[1]->place) == "2:22");
  CHECK(b.find("d")->items[1]->scalar == "2");
  CHECK_FALSE(b.find("d")->items[1]->quoted);
  CHECK(place(p.root->find("a")->find("e")->items[0]->find("f")->place) == "4:8");
}

TEST_CASE("columns count code points, line ends may be CRLF, a byte order mark is no letter",
          "[scenario][tree]") {
  const Parsed p(
      "\xef\xbb\xbf"
      "é: [ü, x]\r\nb: 2\r\n");
  REQUIRE(p.root);
  CHECK(place(p.root->find("é")->items[1]->place) == "1:8");
  CHECK(place(p.root->find("b")->place) == "2:4");
  CHECK(p.root->find("b")->scalar == "2");
}

TEST_CASE("plain texts stay texts; only an unquoted null is one", "[scenario][tree]") {
  const Parsed p("a: NO\nb: true\nc: 012\nd: null\ne: ~\nf: 'null'\ng:\nh: 2025-09-09\ni: Null\n");
  REQUIRE(p.root);
  for (const char* text : {"a", "b", "c", "f", "h"}) CHECK(p.root->find(text)->kind == Tree::Kind::scalar);
  for (const char* null : {"d", "e", "g", "i"}) CHECK(p.root->find(null)->kind == Tree::Kind::null);
  CHECK(place(p.root->find("d")->place) == "4:4");
  CHECK(place(p.root->find("g")->place) == "7:1");  // nothing stands there: the key is meant
  const Parsed next("a:\nnull-island: 3\n");
  REQUIRE(next.root);
  CHECK(place(next.root->find("a")->place) == "1:1");
}

TEST_CASE("an empty list element is placed at its dash or comma", "[scenario][tree]") {
  const Parsed p("a:\n- 1\n-  # nothing\n# more\n- 2\nb: [1, , 2]\nc:\n-\n");
  REQUIRE(p.root);
  CHECK(place(p.root->find("a")->items[1]->place) == "3:1");
  CHECK(place(p.root->find("b")->items[1]->place) == "6:8");
  CHECK(place(p.root->find("c")->items[0]->place) == "8:1");
}

TEST_CASE("a repeated key is reported with both places and the first is kept", "[scenario][tree]") {
  const Parsed p("a:\n  x: 1\n  y: 2\n  x: 3\n");
  CHECK(p.report() == "4:3: the key x stands here again (first in line 2, column 3)\n");
  REQUIRE(p.root);
  CHECK(p.root->find("a")->entries.size() == 2);
  CHECK(p.root->find("a")->find("x")->scalar == "1");
}

TEST_CASE("a comma in parentheses does not tear a text apart", "[scenario][tree]") {
  const Parsed p("a: {x: pert(1, 2,  3), y: 4}\nb: [normal(1, 2), 5]\nc: normal(1, 2)\nd: {x: f(1, y: 2}\n");
  REQUIRE(p.root);
  CHECK(p.report().empty());
  CHECK(p.root->find("a")->find("x")->scalar == "pert(1, 2,  3)");
  CHECK(p.root->find("a")->entries.size() == 2);
  CHECK(p.root->find("b")->items.size() == 2);
  CHECK(p.root->find("b")->items[0]->scalar == "normal(1, 2)");
  CHECK(p.root->find("b")->items[1]->scalar == "5");
  CHECK(p.root->find("d")->find("x")->scalar == "f(1");  // nothing closes it: left as it is
  CHECK(p.root->find("d")->find("y")->scalar == "2");
}

TEST_CASE("open parentheses without end are not looked after for ever", "[scenario][tree]") {
  std::string many = "[f(1";
  for (int i = 0; i < 150'000; ++i) many += ", f(1";  // minutes, were every one compared with all behind it
  const Parsed p(many + "]\n");
  REQUIRE(p.root);
  CHECK(p.root->items.size() == 150'001);
}

TEST_CASE("syntax errors are placed where the text needs mending", "[scenario][tree]") {
  CHECK(report_of("a: b: c\n") == "1:5: a second `:` stands in this line\n");
  CHECK(report_of("a:1\nb: 2\n") == "1:2: a blank is missing behind `:`\n");
  CHECK(report_of("x: 1\nfoo\nb: 2\n") == "2:1: this line has no `:`\n");
  CHECK(report_of("a: 1\n  b: 2\n") ==
        "2:3: this line is indented deeper than the one above, which has a value already\n");
  CHECK(report_of("a:\n  b: 1\n c: 2\n") == "3:2: the indentation of this line fits nothing above it\n");
  CHECK(report_of("b: 2\n- 1\n") == "2:1: a list element cannot stand here\n");
  CHECK(report_of("a: \"x\" y\n") == "1:8: unexpected text behind a complete value\n");
  CHECK(report_of("a: [1, 2\nb: 3\n") == "1:4: `[` is not closed\n");
  CHECK(report_of("a: {b: 1\nc: 2\n") == "1:4: `{` is not closed\n");
  CHECK(report_of("a: [1, 2") == "1:4: `[` is not closed\n");
  CHECK(report_of("a: [\n  {x: 1},\n  {x: 2}\n  {x: 3}\n]\n") == "4:3: `,` or `]` is missing here\n");
  CHECK(report_of("a: {\n  x: 1\n  y: 2\n}\n") == "3:3: a `,` is missing in front of this key\n");
  CHECK(report_of("a: 1\n]\n") == "2:1: `]` closes nothing\n");
  CHECK(report_of("a: @x\n") == "1:4: a plain text cannot start with `@`\n");
  CHECK(report_of("a: 'it's'\n") == "1:8: unexpected text behind a complete value\n");
  CHECK(report_of("a: \"C:\\data\"\n") == "1:7: this is no escape of YAML\n");
}

TEST_CASE("an open quote is refused, where the parser would take it or stop at the end", "[scenario][tree]") {
  CHECK(report_of("a: 1\nb: \"open\nc: 2\n") == "2:4: this quote is not closed\n");
  CHECK(report_of("a: 1\nb: \"open") == "2:4: this quote is not closed\n");
  CHECK(report_of("a: \"done\" # it's\nb: 'open\nc: 2\n") == "2:4: this quote is not closed\n");
  CHECK(report_of("a: 'it''s fine'\nb: \"a \\\" b\"\n").empty());
}

TEST_CASE("a file holds one document that is not empty", "[scenario][tree]") {
  CHECK(report_of("") == "1:1: the file is empty\n");
  CHECK(report_of("# only words\n\n") == "1:1: the file is empty\n");
  CHECK(report_of("--- ~\n") == "1:1: the file is empty\n");
  CHECK(report_of("--- \na: 1\n---\nb: 2\n") == "3:1: a second document starts here (a file holds one)\n");
  CHECK(report_of("- 1\nb: 2\n") == "2:1: what stands above is complete: this does not belong to it\n");
  CHECK(report_of("%YAML 1.2\n---\na: 1\n...\n").empty());
}

TEST_CASE("what is no text is refused at its first byte", "[scenario][tree]") {
  CHECK(report_of("a: 1\nb: x\0y\n"s) == "2:5: a NUL byte stands here (a scenario is a text)\n");
  CHECK(report_of("a: \x04\nb: \x1b\n") ==
        "1:4: the control character U+0004 stands here (a scenario is a text)\n"
        "2:4: the control character U+001B stands here (a scenario is a text)\n");
  CHECK(report_of("a: caf\xe9 \xe9\n") == "1:7: the byte 0xe9 is not UTF-8\n");
  CHECK(report_of("\xff\xfe"
                  "a\0:\0"s) == "1:1: the byte 0xff is not UTF-8\n");
  CHECK(report_of("a: 1\rb: 2\r") ==
        "1:5: a carriage return stands here without a line feed\n"
        "1:10: a carriage return stands here without a line feed\n");
  CHECK(report_of("a:\n\tb: 1\n") == "2:1: a tab indents this line (only blanks can)\n");
  CHECK(report_of("a: \"x\\0\"\n") == "1:4: this text holds a control character\n");
  CHECK(report_of("a: \"x\\x9b\"\n") == "1:4: this text holds a control character\n");
  CHECK(report_of("a: \"one\\ntwo\"\n").empty());
}

TEST_CASE("tags, odd keys and merge keys are refused", "[scenario][tree]") {
  CHECK(report_of("a: !!int 3\n") == "1:4: the tag `!!int` stands here (types follow from the key)\n");
  CHECK(report_of("a: &x !cap [1]\n") == "1:7: the tag `!cap` stands here (types follow from the key)\n");
  CHECK(report_of("a: !cap\n") == "1:4: the tag `!cap` stands here (types follow from the key)\n");
  CHECK(report_of("? [a]\n: b\n") == "1:3: a list cannot be a key (a key is a text)\n");
  CHECK(report_of("{~: b}\n") == "1:2: a key is missing here (a key is a text)\n");
  CHECK(report_of("a: &r {x: 1}\nb: {<<: *r}\n") == "2:5: merge keys (<<) are not read\n");
}

TEST_CASE("aliases copy what they refer to, within budgets", "[scenario][tree]") {
  const Parsed p("a: &r {x: [1]}\nb: *r\n");
  REQUIRE(p.root);
  CHECK(p.root->find("b")->find("x")->items[0]->scalar == "1");
  CHECK(place(p.root->find("b")->find("x")->place) == "1:11");  // a problem is mended where the value stands
  CHECK(report_of("a: &r [*r]\n") == "1:8: this alias stands inside what it refers to\n");
  CHECK(report_of("a: *nope\n") == "1:4: this alias refers to no anchor above\n");

  std::string bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    bomb += fmt::format("l{0}: &l{0} [*l{1}", i, i - 1);
    for (int j = 1; j < 10; ++j) bomb += fmt::format(", *l{}", i - 1);
    bomb += "]\n";
  }
  // The levels hold 11, 111, 1 111, … values: the first copy in the sixth passes 200,000.
  CHECK(report_of(bomb) ==
        "6:10: the text has more than 200000 values (aliases count as what they stand for)\n");

  std::string long_text = "a: &a " + std::string(1 << 20, 'x') + "\nb: [*a";
  for (int i = 0; i < 100; ++i) long_text += ", *a";
  CHECK(report_of(long_text + "]\n").find("the values are longer than 16 MiB") != std::string::npos);

  std::string chain = "a0: &a0 [x]\n";  // each alias deepens the copy by one
  for (int i = 1; i < 100; ++i) chain += fmt::format("a{0}: &a{0} [*a{1}]\n", i, i - 1);
  CHECK(report_of(chain).find("nesting is deeper than 32 with this alias") != std::string::npos);
}

TEST_CASE("nesting ends at 32, in every style and however deep it goes on", "[scenario][tree]") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']') + "\n";
  };
  CHECK(report_of(nested(32)).empty());
  CHECK(report_of(nested(33)) == "1:33: nesting is deeper than 32\n");
  CHECK(report_of(nested(1'000)) == "1:33: nesting is deeper than 32\n");
  CHECK(report_of(nested(1'000'000)).find("1:1001: more than 1000 brackets are open here") == 0);
  CHECK(report_of(std::string(300'000, '[')).find("1:1001:") == 0);
  std::string dashes, braces;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  for (int i = 0; i < 100'000; ++i) braces += "{a: ";
  CHECK(report_of(dashes) == "1:65: nesting is deeper than 32\n");
  CHECK(report_of(braces).find("1:4001: more than 1000 brackets are open here") == 0);
}

TEST_CASE("sizes are refused before they cost memory", "[scenario][tree]") {
  CHECK(report_of("a: " + std::string(max_text_bytes, 'x')).find("0:0: the text has 4.0 MiB") == 0);
  std::string many = "[0";
  for (std::size_t i = 0; i < max_tree_nodes; ++i) many += ",0";
  CHECK(report_of(many + "]").find("the text has more than 200000 values") != std::string::npos);
  std::string signs = "[0";
  for (std::size_t i = 0; i < 3 * max_tree_nodes; ++i) signs += ",0";
  CHECK(report_of(signs + "]").find("the text has too many values") != std::string::npos);
}

TEST_CASE("an overlay merges mappings and replaces the rest", "[scenario][tree]") {
  Parsed base("kind: battery\nweapons: {round: {load: 4}}\nroute: [1, 2]\n");
  const Parsed over("weapons: {round: {load: 6, lead: 1 d}, net: {load: 1}}\nroute: [3]\nnation: PL\n");
  REQUIRE(base.root);
  REQUIRE(over.root);
  overlay(*base.root, *over.root);
  CHECK(base.root->find("kind")->scalar == "battery");
  CHECK(base.root->find("weapons")->find("round")->find("load")->scalar == "6");
  CHECK(base.root->find("weapons")->find("round")->find("lead")->scalar == "1 d");
  CHECK(base.root->find("weapons")->entries.size() == 2);
  CHECK(base.root->find("route")->items.size() == 1);
  CHECK(base.root->entries.back().key == "nation");
  CHECK(place(base.root->find("weapons")->entries[0].key_place) == "1:11");  // where it was said last
}

TEST_CASE("a path is matched longest existing key first", "[scenario][tree]") {
  Parsed p("units: {gun: {count: 1}}\nprices: {drone: $1k, drone.sortie: $5}\nroute: [{x: 1}, {x: 2}]\n");
  REQUIRE(p.root);
  Tree& root = *p.root;
  set_path(root, "units.gun.count", "3", p.problems);
  set_path(root, "units.gun.channels", "2", p.problems);
  set_path(root, "prices.drone.sortie", "$7", p.problems);
  set_path(root, "prices.gun.hour", "$9", p.problems);
  set_path(root, "route.1", "{x: 5}", p.problems);
  set_path(root, "route.0.x", "'4'", p.problems);
  CHECK(p.report().empty());
  CHECK(root.find("units")->find("gun")->find("count")->scalar == "3");
  CHECK(root.find("units")->find("gun")->find("channels")->scalar == "2");
  CHECK(root.find("prices")->find("drone")->scalar == "$1k");
  CHECK(root.find("prices")->find("drone.sortie")->scalar == "$7");
  CHECK(root.find("prices")->find("gun.hour")->scalar == "$9");  // items hold dots, names do not
  CHECK(root.find("route")->items[1]->find("x")->scalar == "5");
  CHECK(root.find("route")->items[0]->find("x")->quoted);
  CHECK(p.sources.is_change(root.find("units")->find("gun")->find("channels")->place.source));
}

TEST_CASE("steps that do not exist are refused at the change", "[scenario][tree]") {
  Parsed p("units: {gun: {count: 1}}\nroute: [{x: 1}, {x: 2}]\n");
  REQUIRE(p.root);
  set_path(*p.root, "units.gnu.count", "3", p.problems);
  set_path(*p.root, "route.2.x", "3", p.problems);
  set_path(*p.root, "units.gun.count.low", "3", p.problems);
  set_path(*p.root, "units.", "3", p.problems);
  set_path(*p.root, "units.gun.count", "", p.problems);
  set_path(*p.root, "units.gun.count", "[1", p.problems);
  CHECK(p.problems.text() ==
        "--set units.gnu.count: error: there is no `gnu` in units\n    hint: did you mean `gun`?\n"
        "--set route.2.x: error: there is no element `2` in route (its elements are 0 to 1)\n"
        "--set units.gun.count.low: error: units.gun.count is a plain value (there is no low in it)\n"
        "--set units.: error: the path has an empty step\n"
        "    hint: write --set PATH=VALUE, such as units.battery.count=2\n"
        "--set units.gun.count: error: the value is empty\n   | \n   | ^ hint: write PATH=VALUE\n"
        "--set units.gun.count: error: `[` is not closed\n   | [1\n   | ^ hint: close it with `]`\n");
  CHECK(p.root->find("units")->find("gun")->find("count")->scalar == "1");
}
