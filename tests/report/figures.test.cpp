#include "report/figures.hpp"

#include "catch.hpp"

using namespace dronewall;

namespace {
const Measure plain{};
const Measure usd{Measure::Kind::money, "USD"};
const Measure percent{Measure::Kind::percent, ""};
}  // namespace

TEST_CASE("a number shows the digits that its half-width deserves", "[report]") {
  CHECK(figure(1'288'888, 23'000.0, usd) == "$1.29M ± 0.02M");
  CHECK(figure(19.7412, 0.0121, plain) == "19.74 ± 0.01");
  CHECK(figure(19.7412, 0.0961, plain) == "19.7 ± 0.1");  // of what the half-width rounds to
  CHECK(figure(19.7412, 0.0321, plain) == "19.74 ± 0.03");
  CHECK(figure(0.0193, 0.0009, percent) == "1.93% ± 0.09%");
  CHECK(figure(123'456, 7'000.0, plain) == "123,456 ± 7,000");
  CHECK(figure(-2'500'000, 300'000.0, usd) == "−$2.5M ± 0.3M");
  CHECK(figure(-0.001, 0.4, plain) == "0.0 ± 0.4");   // no minus before a nought
  CHECK(figure(10.0803, 0.0001, plain) == "10.080");  // five digits are enough for a look
}

TEST_CASE("without a half-width a number has three digits or is whole", "[report]") {
  CHECK(figure(400'000, usd) == "$400k");
  CHECK(figure(5'604'321, usd) == "$5.60M");
  CHECK(figure(999'600, usd) == "$1.00M");
  CHECK(figure(3.5e9, usd) == "$3.50bn");
  CHECK(figure(12.5, Measure{Measure::Kind::money, "PLN"}) == "PLN 12.50");
  CHECK(figure(0, usd) == "$0");
  CHECK(figure(0.5, percent) == "50%");
  CHECK(figure(19.7412, plain) == "19.7");
  CHECK(figure(45, Measure{Measure::Kind::seconds, ""}) == "45 s");
  CHECK(figure(600, Measure{Measure::Kind::seconds, ""}) == "10 min");
  CHECK(figure(8'312, Measure{Measure::Kind::metres, ""}) == "8.31 km");
  CHECK(figure(10, 0.0, plain) == "10");
}

TEST_CASE("what is undefined is not a nought", "[report]") {
  Estimate estimate;
  estimate.unit = "USD";
  CHECK(figure(estimate) == "undefined");
  estimate.mean = 12'000;
  CHECK(figure(estimate) == "$12k");
}

TEST_CASE("a quantile whose interval lies on one side shows both ends", "[report]") {
  Estimate seven;
  seven.mean = seven.high = 7;
  seven.low = 6;
  seven.method = "order-statistic";
  CHECK(figure(seven) == "7 (6 … 7)");
  seven.high = 8;
  CHECK(figure(seven) == "7 ± 1");
  Estimate cost = seven;
  cost.unit = "USD";
  cost.mean = 4.8e6;
  cost.low = 4.7e6;
  cost.high = 5.2e6;
  CHECK(figure(cost) == "$4.80M ($4.70M … $5.20M)");
}

TEST_CASE("rare events show the bound that matters", "[report]") {
  Estimate none;
  none.unit = "fraction";
  none.mean = none.low = 0;
  none.high = 0.00037;
  none.method = "clopper-pearson";
  CHECK(figure(none) == "0% (≤ 0.037%)");
  Estimate all = none;
  all.mean = all.high = 1;
  all.low = 0.99963;
  CHECK(figure(all) == "100% (≥ 99.963%)");
  all.low = 0.97613;  // Rounded down: the nearest whole would promise too much.
  CHECK(figure(all) == "100% (≥ 97.6%)");
  all.low = 0.98778;
  CHECK(figure(all) == "100% (≥ 98.7%)");
  Estimate few = none;
  few.method = "poisson";
  few.unit = "";
  few.mean = 0.003, few.low = 0.0006, few.high = 0.0088;
  CHECK(figure(few) == "0.003 (≤ 0.0088)");
  few.method = "t";
  CHECK(figure(few).find("±") != std::string::npos);
}

TEST_CASE("bars and padding count columns, not bytes", "[report]") {
  CHECK(bar(0, 10).empty());
  CHECK(bar(1, 3) == "███");
  CHECK(bar(0.5, 3) == "█▌");
  CHECK(bar(1e-9, 10) == "▏");  // the smallest share still shows
  CHECK(width_of("1 ± 2") == 5);
  CHECK(pad_left("±", 3) == "  ±");
  CHECK(pad_right("±", 3) == "±  ");
  CHECK(pad_right("long", 2) == "long");
  CHECK(grouped(1'000'000) == "1,000,000");
}
