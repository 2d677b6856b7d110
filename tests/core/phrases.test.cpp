#include "dronewall/core/phrases.hpp"

#include "catch.hpp"

namespace dronewall {
namespace {

TEST_CASE("a count agrees with its noun", "[core]") {
  CHECK(counted(0, "point") == "0 points");
  CHECK(counted(1, "point") == "1 point");
  CHECK(counted(999, "part") == "999 parts");
  CHECK(counted(1'000, "part") == "1,000 parts");
  CHECK(counted(12'345'678, "replication") == "12,345,678 replications");
}

TEST_CASE("a shell reads a word back as it was", "[core]") {
  CHECK(in_shell("a/b-c_1.yaml") == "a/b-c_1.yaml");
  CHECK(in_shell("") == "''");
  CHECK(in_shell("my study.yaml") == "'my study.yaml'");
  CHECK(in_shell("it's $HOME") == "'it'\\''s $HOME'");
}

}  // namespace
}  // namespace dronewall
