#include "dronewall/study/version.hpp"

#include <fstream>
#include <sstream>

#include "catch.hpp"

TEST_CASE("the program and its build files name the same version", "[study]") {
  std::ifstream file(DRONEWALL_SOURCE_DIR "/CMakeLists.txt");
  std::stringstream text;
  text << file.rdbuf();
  CHECK(text.str().find(std::string("project(dronewall VERSION ") + dronewall::program_version + " ") !=
        std::string::npos);
}
