#include "dronewall/geometry/intercept.hpp"

#include "catch.hpp"
#include "geometry/flights.hpp"
#include "geometry/meeting_search.hpp"

using namespace dronewall;

TEST_CASE("G04: collision triangle", "[geometry][analytic]") {
  const Vec2 target{60'000, 20'000};
  const Vec2 velocity{-50, 0};
  const auto t = time_to_meet(target, velocity, 250);
  REQUIRE(t);
  CHECK(*t == Approx(212.995564).epsilon(1e-8));
  const Vec2 where = target + velocity * *t;
  CHECK(where.x == Approx(49350.2218).epsilon(1e-8));
  CHECK(where.y == Approx(20'000).epsilon(1e-12));
  CHECK(length(where) == Approx(250 * *t).epsilon(1e-12));
}

TEST_CASE("G05: scramble with an alert delay", "[geometry][analytic]") {
  const Leg drone{0, 2400, {120'000, 0}, {-50, 0}};
  const auto t = meet_on_legs(&drone, &drone + 1, {-80'000, 30'000}, 900, 280);
  REQUIRE(t);
  CHECK(*t == Approx(1379.97329).epsilon(1e-8));
  CHECK(*t - 900 == Approx(479.973292).epsilon(1e-8));
  CHECK(length(drone.at(*t)) == Approx(51001.3354).epsilon(1e-8));
}

TEST_CASE("head-on, tail chase, and what cannot be caught", "[geometry]") {
  CHECK(*time_to_meet({3'000, 0}, {-50, 0}, 100) == Approx(20).epsilon(1e-14));
  CHECK(*time_to_meet({3'000, 0}, {50, 0}, 100) == Approx(60).epsilon(1e-14));
  CHECK_FALSE(time_to_meet({3'000, 0}, {100, 0}, 100));
  CHECK_FALSE(time_to_meet({3'000, 0}, {150, 0}, 100));
  CHECK(*time_to_meet({3'000, 0}, {-100, 0}, 100) == Approx(15).epsilon(1e-14));  // equal speeds
  CHECK(*time_to_meet({3'000, 0}, {-150, 0}, 100) == Approx(12).epsilon(1e-14));  // first of two meetings
  CHECK_FALSE(time_to_meet({3'000, 3'000}, {-150, 0}, 100));                      // passes too far
  CHECK(*time_to_meet({3'000, 0}, {0, 0}, 100, 4'000) == Approx(50).epsilon(1e-14));
  CHECK(time_to_meet({0, 0}, {150, 0}, 100) == 0);
}

TEST_CASE("speeds that almost agree lose no digits", "[geometry]") {
  // Towards each other at 100 and 100 (1 + e): t = 3000 / (100 (2 + e)).
  for (const double e : {1e-3, 1e-6, 1e-9, 1e-12, 1e-15, -1e-6, -1e-12})
    CHECK(*time_to_meet({3'000, 0}, {-100, 0}, 100 * (1 + e)) == Approx(30 / (2 + e)).epsilon(1e-13));
}

TEST_CASE("a route is met on its first leg within reach", "[geometry]") {
  // East for 100 s at 50 m/s, a wait of 100 s, back again. Interceptor at (5000, 3000), 20 m/s.
  const std::vector<Leg> route{
      {0, 100, {0, 0}, {50, 0}}, {100, 200, {5'000, 0}, {0, 0}}, {200, 300, {5'000, 0}, {-50, 0}}};
  const Leg* end = route.data() + route.size();
  CHECK(*meet_on_legs(route.data(), end, {5'000, 3'000}, 0, 20) == Approx(150).epsilon(1e-14));
  CHECK(*meet_on_legs(route.data(), end, {5'000, 3'000}, 50, 20) == Approx(200).epsilon(1e-14));
  CHECK_FALSE(meet_on_legs(route.data(), end, {5'000, 3'000}, 100, 20));
  CHECK(*meet_on_legs(route.data(), end, {0, 0}, 250, 50) ==
        Approx(275).epsilon(1e-14));                               // 2500 m apart, closing
  CHECK_FALSE(meet_on_legs(route.data(), end, {0, 0}, 301, 50));   // the route is over
  CHECK(meet_on_legs(route.data(), end, {100, 0}, -50, 20) == 0);  // waits for the target to appear
  CHECK_FALSE(meet_on_legs(end, end, {0, 0}, 0, 50));
}

TEST_CASE("the earliest meeting agrees with a numeric search", "[geometry]") {
  Dice dice(15);
  int met = 0;
  int outrun = 0;
  for (int round = 0; round < 5'000; ++round) {
    const auto route = dice.flight(dice.whole(1, 4), 20'000, 20, 400);
    const Vec2 from = dice.point(20'000);
    const double height = dice.uniform(0, 5'000);
    const double speed = dice.uniform(50, 500);
    const double start = dice.uniform(route.front().begin - 50, route.back().end);
    const auto found = meet_on_legs(route.data(), route.data() + route.size(), from, start, speed, height);
    const auto expected = search_meeting(route, from, start, speed, height);
    REQUIRE(found.has_value() == expected.has_value());
    if (!found) continue;
    ++met;
    outrun += length(leg_at(route, *found).velocity) > speed;
    REQUIRE(std::abs(*found - *expected) < 1e-5);
  }
  CHECK(met > 1'000);
  CHECK(outrun > 100);
}

TEST_CASE("a fighter fires when the missile's meeting comes into range", "[geometry]") {
  const Leg drone{0, 200, {20'000, 0}, {-100, 0}};
  const Leg hovering{0, 200, {0, 0}, {0, 0}};
  const Leg closing{0, 200, {0, 0}, {200, 0}};
  CHECK(*first_within_range(&drone, &drone + 1, hovering, 10, 5'000, 0) == Approx(140).epsilon(1e-14));
  CHECK(*first_within_range(&drone, &drone + 1, closing, 10, 5'000, 0) == Approx(140.0 / 3).epsilon(1e-14));
  CHECK(*first_within_range(&drone, &drone + 1, closing, 10, 5'000, 3'000) == Approx(50).epsilon(1e-14));
  CHECK_FALSE(first_within_range(&drone, &drone + 1, closing, 10, 5'000, 5'001));
  CHECK(*first_within_range(&drone, &drone + 1, hovering, 190, 500, 0) == Approx(5).epsilon(1e-14));
  CHECK_FALSE(
      first_within_range(&drone, &drone + 1, hovering, 201, 5'000, 0));  // ended before the missile comes
  CHECK(first_within_range(&drone, &drone + 1, {0, 200, {10, 0}, {0, 0}}, 0, 30'000, 0) ==
        0);  // already in range
  const Leg brief{0, 46, {0, 0}, {200, 0}};
  CHECK_FALSE(first_within_range(&drone, &drone + 1, brief, 10, 5'000, 0));
}

TEST_CASE("the first moment within range agrees with asking every instant", "[geometry]") {
  Dice dice(16);
  int found_some = 0;
  for (int round = 0; round < 2'000; ++round) {
    const auto route = dice.flight(dice.whole(1, 4), 8'000, 20, 300);
    const double begin = dice.uniform(-100, 200);
    const Leg pursuer{begin, begin + dice.uniform(10, 300), dice.point(8'000), dice.point(300)};
    const double lead = dice.uniform(0, 40);
    const double range = dice.uniform(1'000, 9'000);
    const double height = dice.uniform(0, 3'000);
    const auto slant = [&](double t) {
      if (t + lead < route.front().begin || t + lead > route.back().end) return 1e30;
      const Vec2 apart = leg_at(route, t + lead).at(t + lead) - pursuer.at(t);
      return std::sqrt(dot(apart, apart) + height * height);
    };
    const auto found =
        first_within_range(route.data(), route.data() + route.size(), pursuer, lead, range, height);
    if (found) {
      ++found_some;
      REQUIRE((pursuer.begin <= *found && *found <= pursuer.end));
      REQUIRE(slant(std::clamp(*found, route.front().begin - lead + 1e-9, route.back().end - lead - 1e-9)) <=
              range + 1e-4);
    }
    const double until = found ? *found - 1e-6 : pursuer.end;
    for (double t = pursuer.begin; t < until; t += 0.5) REQUIRE(slant(t) > range);
  }
  CHECK(found_some > 200);
}
