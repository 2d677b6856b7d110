#include "dronewall/geometry/span.hpp"

#include <limits>

#include "catch.hpp"
#include "geometry/flights.hpp"

using namespace dronewall;

TEST_CASE("spans that overlap or touch become one, empty ones go", "[geometry]") {
  std::vector<Span> spans{{5, 6}, {0, 1}, {1, 2}, {9, 8}, {5.5, 5.75}, {7, 7}};
  merge_spans(spans);
  CHECK(spans == std::vector<Span>{{0, 2}, {5, 6}, {7, 7}});

  std::vector<Span> none{{std::numeric_limits<double>::quiet_NaN(), 1}, {2, 1}};
  merge_spans(none);
  CHECK(none.empty());
}

TEST_CASE("merging may leave what stands before in the list alone", "[geometry]") {
  std::vector<Span> spans{{9, 10}, {5, 7}, {0, 1}, {1, 6}};
  merge_spans(spans, 1);
  CHECK(spans == std::vector<Span>{{9, 10}, {0, 7}});
}

TEST_CASE("spans are closed: sharing one instant is an intersection", "[geometry]") {
  std::vector<Span> out{{-1, -1}};
  intersect_spans({{0, 5}, {6, 9}}, {{1, 2}, {4, 6}, {8, 20}}, out);
  CHECK(out == std::vector<Span>{{-1, -1}, {1, 2}, {4, 5}, {6, 6}, {8, 9}});
}

TEST_CASE("merge and intersect agree with asking each instant", "[geometry]") {
  Dice dice(11);
  for (int round = 0; round < 500; ++round) {
    const auto draw = [&dice] {
      std::vector<Span> spans;
      for (int left = dice.whole(0, 6); left > 0; --left) {
        const int begin = dice.whole(0, 30);
        spans.push_back({double(begin), double(begin + dice.whole(-1, 6))});
      }
      return spans;
    };
    const std::vector<Span> a = draw();
    const std::vector<Span> b = draw();
    std::vector<Span> merged_a = a;
    std::vector<Span> merged_b = b;
    merge_spans(merged_a);
    merge_spans(merged_b);
    std::vector<Span> both;
    intersect_spans(merged_a, merged_b, both);
    REQUIRE(is_merged(merged_a));
    REQUIRE(is_merged(both));
    for (double t = -1; t < 40; t += 0.5) {
      REQUIRE(covers(merged_a, t) == covers(a, t));
      REQUIRE(covers(both, t) == (covers(a, t) && covers(b, t)));
    }
  }
}
