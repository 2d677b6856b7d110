// A solved price is known as far as doctrines choose as they did.
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "dronewall/study/price_readers.hpp"

using namespace dronewall;

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

struct Solved {
  double price, low, high;
};

}  // namespace

TEST_CASE("what lies beyond a turn is taken back, the turn stays", "[study][planning]") {
  const PriceTurn dear{30, "sam before gun"}, cheap{5, "gun before knife"};
  const PriceTurns turns{cheap, dear};
  Solved within{20, 10, 25};
  CHECK(take_back(turns, within.price, within.low, within.high) == PriceTurns{});
  CHECK(within.price == 20);
  CHECK(within.high == 25);
  Solved end{20, 10, 31};
  CHECK(take_back(turns, end.price, end.low, end.high) == PriceTurns{{}, dear});
  CHECK(end.price == 20);
  CHECK(end.low == 10);
  CHECK(end.high == endless);
  Solved above{31, 28, 33};
  CHECK(take_back(turns, above.price, above.low, above.high) == PriceTurns{{}, dear});
  CHECK(std::isnan(above.price));
  CHECK(above.low == 30);
  CHECK(above.high == endless);
  Solved below{-4, -6, 2};
  CHECK(take_back(turns, below.price, below.low, below.high) == PriceTurns{cheap, {}});
  CHECK(std::isnan(below.price));
  CHECK(below.low == -endless);
  CHECK(below.high == 5);
  Solved wide{20, 4, 40};
  CHECK(take_back(turns, wide.price, wide.low, wide.high) == turns);
  CHECK(wide.price == 20);
  Solved unbounded{20, std::nan(""), std::nan("")};
  CHECK(take_back(turns, unbounded.price, unbounded.low, unbounded.high) == PriceTurns{});
  CHECK(std::isnan(unbounded.high));
}

TEST_CASE("turns of a deflated price are counted as the price is", "[study][planning]") {
  const PriceTurns turns = times(1.2, PriceTurns{PriceTurn{5, "a"}, PriceTurn{30, "b"}});
  CHECK(turns.below->price == Approx(6));
  CHECK(turns.above->price == Approx(36));
  CHECK(times(2, PriceTurns{}) == PriceTurns{});
}
