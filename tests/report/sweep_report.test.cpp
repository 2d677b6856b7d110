// The files of a sweep, written point by point.
#include "dronewall/report/sweep_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/tallies.hpp"

namespace dronewall {
namespace {

using test::Folder;

constexpr StoredPointId points = 300;

void fill(const std::string& path) {
  Store store(path, StoreAccess::write);
  for (const char* key : {"results_version", "seed", "confidence"}) store.set_text(key, "1");
  store.set_factors({{"units.battery.channels", "choice", "[1, 2]"}});
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (StoredPointId number = 0; number < points; ++number) {
    StoredPoint point;
    point.point = number;
    point.number = number;
    store.add_point(point, {"1"});
    store.set_estimates(number, {{"leakers", "", 0.5, 1, 2, 3, 4, none, none, 10, "t", "", false, 0}});
    store.add_failure({number, 0, 10, 3, "out of luck", "dronewall shard x"});
  }
  store.commit();
}

/// What was written, and the longest piece of it.
struct Written {
  std::string text;
  std::size_t longest = 0;

  [[nodiscard]] Sink sink() {
    return [this](std::string_view piece) {
      text += piece;
      longest = std::max(longest, piece.size());
    };
  }
};

TEST_CASE("a sweep's files are never in memory as a whole", "[report][sweep]") {
  const Folder folder;
  fill(folder.file("a.db"));
  const Store store(folder.file("a.db"), StoreAccess::read);
  const SweepReport report{store, "dronewall sweep x", 2};
  Written csv, json;
  write_csv(report, csv.sink());
  write_json(report, json.sink());
  CHECK(std::count(csv.text.begin(), csv.text.end(), '\n') == points + 1);
  CHECK(csv.text.substr(0, 71) == "point,state,replications,half_width,units.battery.channels,leakers,leak");
  CHECK(csv.text.find("\n7,planned,0,,1,0.5,2,3,1\n") != std::string::npos);
  const auto read = nlohmann::json::parse(json.text);
  REQUIRE(read["points"].size() == points);
  CHECK(read["points"][7]["values"]["units.battery.channels"] == 1);
  CHECK(read["points"][7]["measures"]["leakers"]["mean"] == 0.5);
  REQUIRE(read["failures"].size() == points);
  CHECK(read["failures"][299]["point"] == 299);
  CHECK(csv.longest < 200);
  CHECK(json.longest < 1'000);
}

}  // namespace
}  // namespace dronewall
