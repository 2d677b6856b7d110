// How a value that a study sets stands in JSON.
#include "report/json_parts.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace dronewall {

TEST_CASE("a setting that is a plain number is one in JSON, all else a text", "[report][json]") {
  for (const char* text : {"8", "0", "-3", "0.35", "1e-5", "2.5E+3", "123456789012345678901"}) {
    CHECK(setting(text) == text);
    CHECK(nlohmann::json::parse(setting(text)).is_number());
  }
  for (const char* text :
       {"10 km", "$10k", "70%", "beta(8 .. 2)", "visual", "true",  "null", "[1, 2]", "012", "+1", ".5", "1.",
        "1e400", "-",    "e",   "\"8\"",        "1 ",     "1_000", "0x1f", "inf",    "nan"}) {
    INFO(text);
    CHECK(setting(text) == quoted(text));
    CHECK(nlohmann::json::parse(setting(text)) == text);
  }
}

TEST_CASE("settings stand by path, what is not known as null", "[report][json]") {
  CHECK(settings_list({"1", "10 km"}) == R"([1, "10 km"])");
  CHECK(settings_list({}) == "[]");
  CHECK(settings_object({"a.count", "a.range", "a.law"}, {"8", "10 km", ""}) ==
        R"({"a.count": 8, "a.range": "10 km", "a.law": null})");
  CHECK(settings_object({"a", "b"}, {"1"}) == R"({"a": 1})");
}

}  // namespace dronewall
