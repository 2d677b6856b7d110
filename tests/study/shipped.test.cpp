// The studies that are shipped: each checks without a mistake, and has a page of its own.
#include <filesystem>

#include "catch.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/study_check.hpp"

using namespace dronewall;
namespace fs = std::filesystem;

TEST_CASE("every shipped study is sound, and has its page", "[study][shipped]") {
  const fs::path data = fs::path(DRONEWALL_SOURCE_DIR) / "scenarios";
  int studies = 0;
  for (const auto& entry : fs::directory_iterator(data / "studies")) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path());
    ++studies;
    DiskFiles files(entry.path().string(), {data.string()});
    Sources sources;
    Problems problems(sources);
    const StudyDescription study = read_study(entry.path().string(), files, kind_tables(), problems);
    REQUIRE(problems.text() == "");
    const PointModels models(study, files, kind_tables(), all_kinds(), problems);
    const Proved proved = check_study(models, {}, problems);
    CHECK(problems.text() == "");
    CHECK(proved.failed == 0);
    CHECK(make_design(study, problems).points() > 10);
    CHECK(fs::exists(fs::path(entry.path()).replace_extension(".md")));
  }
  CHECK(studies >= 3);
}
