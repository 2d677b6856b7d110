#include "dronewall/study/reported.hpp"

#include "catch.hpp"

using namespace dronewall;

namespace {

ReportedDescription reported(const char* measure, double low, double high) {
  ReportedDescription one;
  one.measure.text = measure;
  one.low = low;
  one.high = high;
  return one;
}

Estimate known(const char* name, double mean) {
  Estimate estimate;
  estimate.name = name;
  estimate.mean = mean;
  return estimate;
}

}  // namespace

TEST_CASE("what was reported of a count asks for the range of nine replications in ten", "[study]") {
  MeasureDefinition kills;
  kills.name = "kills";
  MeasureDefinition ratio;
  ratio.name = "leak-fraction";
  ratio.denominator = LinearForm{};
  const auto ranges =
      ranges_of({reported("kills", 3, 6), reported("leak-fraction", 0.7, 0.85)}, {kills, ratio});
  REQUIRE(ranges.size() == 2);  // A ratio of means has no value in one replication.
  CHECK(ranges[0].name == "q5(kills)");
  CHECK(ranges[1].name == "q95(kills)");
}

TEST_CASE("a report is met by the mean, by some replications, or by none", "[study]") {
  PointResult result;
  result.estimates = {known("kills", 8)};
  result.requested = {known("q5(kills)", 5), known("q95(kills)", 12)};
  const auto judged = [&](double low, double high) {
    const ReportedDescription one = reported("kills", low, high);
    return verdict(one, predicted(one, result));
  };
  CHECK(judged(3, 9) == ReportVerdict::within);
  CHECK(judged(8, 8) == ReportVerdict::within);
  CHECK(judged(3, 6) == ReportVerdict::overlaps);
  CHECK(judged(12, 20) == ReportVerdict::overlaps);
  CHECK(judged(3, 4.9) == ReportVerdict::misses);
  CHECK(judged(12.1, 20) == ReportVerdict::misses);
  result.estimates[0].mean.reset();
  CHECK(judged(0, 100) == ReportVerdict::misses);
}

TEST_CASE("a ratio of means is held against its interval", "[study]") {
  PointResult result;
  result.estimates = {known("leak-fraction", 0.66)};
  result.estimates[0].low = 0.62;
  result.estimates[0].high = 0.71;
  const ReportedDescription close = reported("leak-fraction", 0.70, 0.85);
  CHECK(verdict(close, predicted(close, result)) == ReportVerdict::overlaps);
  const ReportedDescription far = reported("leak-fraction", 0.72, 0.85);
  CHECK(verdict(far, predicted(far, result)) == ReportVerdict::misses);
}
