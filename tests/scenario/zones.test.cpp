// Zones: circles, corners, GeoJSON with holes, rings that cross themselves.
#include <cmath>
#include <numbers>
#include <random>

#include "catch.hpp"
#include "memory_files.hpp"
#include "scenario/geojson.hpp"
#include "scenario/ring.hpp"

using namespace dronewall;

namespace {

constexpr const char* square = "[[[20,50],[22,50],[22,52],[20,52],[20,50]]]";
constexpr const char* holed =
    "[[[20,50],[22,50],[22,52],[20,52],[20,50]],[[20.5,50.5],[21,50.5],[21,51],[20.5,50.5]]]";

std::string polygon(const std::string& coordinates) {
  return R"({"type": "Polygon", "coordinates": )" + coordinates + "}";
}

std::string mistake_of(const std::string& text) {
  const GeojsonResult result = read_geojson(text);
  if (!result.mistake) return "";
  return result.mistake->path + ": " + result.mistake->what;
}

/// A star-shaped ring: its corners in order of their bearing from the middle, so it cannot cross itself.
Ring star(std::uint32_t seed, std::size_t corners) {
  std::mt19937 random(seed);
  Ring ring;
  for (std::size_t i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
    const double radius = 1 + static_cast<double>(random()) / 4294967296.0;
    ring.emplace_back(radius * std::cos(angle), radius * std::sin(angle));
  }
  return ring;
}

RingState state_of(const Ring& ring) {
  Crossing crossing;
  return check_ring(ring, crossing);
}

}  // namespace

TEST_CASE("polygons are read from every container of GeoJSON", "[scenario][zones]") {
  const std::string one = polygon(square);
  const std::string feature = R"({"type": "Feature", "properties": null, "geometry": )" + one + "}";
  for (const std::string& text :
       {one, feature, R"({"type": "FeatureCollection", "features": [)" + feature + "]}",
        R"({"type": "GeometryCollection", "geometries": [)" + one + "]}",
        R"({"type": "MultiPolygon", "coordinates": [)" + std::string(square) + "]}"}) {
    INFO(text);
    const GeojsonResult result = read_geojson(text);
    REQUIRE_FALSE(result.mistake);
    REQUIRE(result.polygons.size() == 1);
    REQUIRE(result.polygons[0].size() == 1);
    CHECK(result.polygons[0][0] ==
          Ring{{20, 50}, {22, 50}, {22, 52}, {20, 52}});  // the repeated end is dropped
  }
  const GeojsonResult with_hole = read_geojson(polygon(holed));
  REQUIRE(with_hole.polygons.size() == 1);
  REQUIRE(with_hole.polygons[0].size() == 2);
  CHECK(with_hole.polygons[0][1].size() == 3);
}

TEST_CASE("a mistake in GeoJSON is told with its path", "[scenario][zones]") {
  CHECK(mistake_of("{}") == ": type is missing");
  CHECK(mistake_of("[]") == ": an object is expected");
  CHECK(mistake_of(R"({"type": "Point", "coordinates": [20, 50]})") ==
        ": Point has no area (a zone is a Polygon or MultiPolygon)");
  CHECK(mistake_of(R"({"type": "FeatureCollection", "features": []})") == ": it holds no polygon");
  CHECK(mistake_of(polygon("[[[20,50],[22,50]]]")) ==
        "coordinates[0]: this ring has 2 distinct points (an area needs three)");
  CHECK(mistake_of(polygon("[[[20,50],[22,50],[22]]]")) ==
        "coordinates[0][2]: this is no position (write [longitude, latitude])");
  CHECK(mistake_of(polygon("[[[20,50],[22,50],[50,95]]]")) ==
        "coordinates[0][2]: the latitude is 95 (it lies in [-90, 90]; positions are [longitude, latitude])");
  CHECK(mistake_of(std::string(100'000, '[')) == ": nested deeper than 64 brackets");
  CHECK_FALSE(mistake_of(polygon("[[[20,50],[22,1e999],[22,52]]]")).empty());
}

TEST_CASE("broken JSON is told with its line and column", "[scenario][zones]") {
  const GeojsonResult result = read_geojson("{\n  \"type\": }\n");
  REQUIRE(result.mistake);
  CHECK(result.mistake->line == 2);
  CHECK(result.mistake->column == 11);
}

TEST_CASE("a ring that crosses itself is found, one that touches itself is sound", "[scenario][zones]") {
  Crossing crossing;
  CHECK(check_ring({{0, 0}, {2, 2}, {2, 0}, {0, 2}}, crossing) == RingState::crosses);
  CHECK(crossing.first == 0);
  CHECK(crossing.second == 2);
  CHECK(state_of({{0, 0}, {2, 0}, {2, 2}, {0, 2}}) == RingState::sound);
  CHECK(state_of({{0, 0}, {4, 0}, {2, 0}, {2, 2}}) == RingState::crosses);        // back over its own edge
  CHECK(state_of({{0, 0}, {2, 0}, {4, 0}}) == RingState::crosses);                // no area
  CHECK(state_of({{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}) == RingState::sound);  // a corner on an edge
}

TEST_CASE("star-shaped rings are sound, with two corners swapped they cross", "[scenario][zones]") {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    const std::size_t corners = 8 + seed % 200;
    Ring ring = star(seed, corners);
    INFO(seed);
    CHECK(state_of(ring) == RingState::sound);
    std::swap(ring[0], ring[corners / 2]);
    CHECK(state_of(ring) == RingState::crosses);
  }
}

TEST_CASE("a ring made to be slow is given up", "[scenario][zones]") {
  Ring comb;  // 11,000 flat teeth over the same x: 60 million pairs
  for (int tooth = 0; tooth < 5'500; ++tooth) {
    comb.emplace_back(0.0, tooth);
    comb.emplace_back(1.0, tooth + 0.5);
  }
  comb.emplace_back(2.0, 5'600.0);  // back around the outside
  comb.emplace_back(2.0, -1.0);
  CHECK(state_of(comb) == RingState::too_intricate);
}

TEST_CASE("zones of a scenario keep their frame and shape", "[scenario][zones]") {
  const auto [scenario, problems] = test::read({{"main.yaml", test::minimal(R"(zones:
  disc: {circle: {x: 1 km, y: 2 km, radius: 9 km}}
  pocket: {vertices: [{x: 0 km, y: 0 km}, {x: 9 km, y: 0 km}, {x: 0 km, y: 9 km}, {x: 0 km, y: 0 km}]}
defended: [disc, pocket]
)")}});
  REQUIRE(problems == "");
  const ZoneDescription& disc = scenario.zones.at("disc");
  CHECK(disc.shape == ZoneDescription::Shape::circle);
  CHECK_FALSE(disc.geographic);
  CHECK(disc.centre.second.mean() == 2000);
  CHECK(disc.radius_m == 9000);
  const ZoneDescription& pocket = scenario.zones.at("pocket");
  CHECK(pocket.shape == ZoneDescription::Shape::vertices);
  REQUIRE(pocket.polygons.size() == 1);
  CHECK(pocket.polygons[0][0] == Ring{{0, 0}, {9000, 0}, {0, 9000}});
  CHECK(scenario.defended.size() == 2);
}

TEST_CASE("corners in degrees are kept as longitude and latitude", "[scenario][zones]") {
  const auto [scenario, problems] = test::read({{"main.yaml", R"(scenario: Zones alone
time: {duration: 1 h}
zones:
  pocket: {vertices: [{lat: 50, lon: 20}, {lat: 50, lon: 22}, {lat: 52, lon: 21}]}
  land: {geojson: land.geojson}
)"},
                                                {"land.geojson", polygon(holed)}});
  REQUIRE(problems == "");
  CHECK(scenario.zones.at("pocket").geographic);
  CHECK(scenario.zones.at("pocket").polygons[0][0][1] == std::pair(22.0, 50.0));
  CHECK(scenario.zones.at("land").polygons[0].size() == 2);
}

TEST_CASE("broken JSON in a zone is told in that file", "[scenario][zones]") {
  const auto result = test::read({{"main.yaml", R"(scenario: Zones alone
time: {duration: 1 h}
zones: {land: {geojson: land.geojson}}
)"},
                                  {"land.geojson", "{\n  \"type\": }\n"}});
  CHECK(result.problems ==
        "land.geojson:2:11: error: this is no JSON (it ends or breaks here)\n"
        " 2 |   \"type\": }\n"
        "   |           ^\n");
}
