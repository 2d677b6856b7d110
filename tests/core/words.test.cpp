#include <string>
#include <vector>

#include "catch.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/core/problem.hpp"
#include "dronewall/core/utf8.hpp"

using namespace dronewall;
using namespace std::string_literals;

TEST_CASE("escaped texts cannot steer a terminal", "[core]") {
  CHECK(escaped("plain – naïve") == "plain – naïve");
  CHECK(escaped("\x1b[31m") == "\\x1b[31m");
  CHECK(escaped("a\nb\tc\r") == "a\\nb\\tc\\r");
  CHECK(escaped("\0"s) == "\\x00");
  CHECK(escaped("\xc2\x9b") == "\\x9b");        // C1: the one-byte form of ESC [
  CHECK(escaped("\xe2\x80\xae") == "\\u202e");  // right-to-left override
  CHECK(escaped("\xc3(") == "\\xc3(");          // a lead byte alone
  CHECK(escaped(escaped("\x1b")) == "\\x1b");   // escaping twice changes nothing
}

TEST_CASE("the nearest word is a likely slip, or nothing", "[core]") {
  const std::vector<std::string> keys{"range", "rate", "magazine", "pk", "reopens_after"};
  CHECK(nearest_word("rnage", keys) == "range");  // neighbours swapped: one slip
  CHECK(nearest_word("Range", keys) == "range");
  CHECK(nearest_word("magasin", keys) == "magazine");
  CHECK(nearest_word("reopens-after", keys) == "reopens_after");
  CHECK(nearest_word("pks", keys) == "pk");
  CHECK(nearest_word("px", keys).empty());  // half of it wrong
  CHECK(nearest_word("banana", keys).empty());
  CHECK(nearest_word("", keys).empty());
  const std::vector<std::string> items = {"gerbera-near-empty", "f35a.hour", "f35a.sortie", "gerberas"};
  CHECK(nearest_word("gerbera", items) == "gerberas");
  CHECK(nearest_word("gerbera", {items[0], items[1]}) == "gerbera-near-empty");
  CHECK(nearest_word("f35a", items) == "f35a.hour");
  CHECK(nearest_word("ger", items).empty());  // no whole word of it
  CHECK(nearest_word(std::string(100'000, 'a'), keys).empty());
}

TEST_CASE("UTF-8 is decoded, and what is none is told apart", "[core]") {
  CHECK(code_point_at("a", 0)->value == U'a');
  CHECK(code_point_at("\xc3\xa9", 0)->value == 0xe9);
  CHECK(code_point_at("\xe2\x82\xac", 0)->value == 0x20ac);
  CHECK(code_point_at("\xf0\x9f\x9b\xa9", 0)->value == 0x1f6e9);
  CHECK(code_point_at("\xf4\x8f\xbf\xbf", 0)->value == 0x10ffff);
  for (const char* bad : {"\x80", "\xc0\xaf", "\xc3", "\xe2\x82", "\xe0\x9f\xbf", "\xed\xa0\x80",
                          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"})
    CHECK_FALSE(code_point_at(bad, 0));
  CHECK(count_code_points("né", 3) == 2);
  CHECK(count_code_points("\xff\xff", 2) == 2);
}

TEST_CASE("hashes are frozen: they address draws and name shards", "[core]") {
  // First outputs of SplitMix64 from seed 0: mix64(0) and mix64(golden gamma). Source: Vigna's splitmix64.c.
  CHECK(mix64(0) == 0xe220a8397b1dcdafULL);
  CHECK(mix64(0x9e3779b97f4a7c15ULL) == 0x6e789e6aa1b965f4ULL);
  // FNV-1a of "a" is 0xaf63dc4c8601ec8c (Noll's test vectors); ours mixes the seed into the basis and the
  // result.
  CHECK((0xcbf29ce484222325ULL ^ 0x61U) * 0x100000001b3ULL == 0xaf63dc4c8601ec8cULL);
  const std::uint64_t basis = 0xcbf29ce484222325ULL ^ mix64(0);
  CHECK(hash_text("") == mix64(basis));
  CHECK(hash_text("a") == mix64((basis ^ 0x61U) * 0x100000001b3ULL));
  CHECK(hash_text("a") != hash_text("a", 1));
}
