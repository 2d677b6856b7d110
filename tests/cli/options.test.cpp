#include "catch.hpp"
#include "cli/command.hpp"
#include "cli/progress.hpp"

using namespace dronewall;

TEST_CASE("a precision is read as the manual writes it", "[cli]") {
  std::string why;
  const auto share = parse_precision("1%", why);
  REQUIRE(share);
  CHECK(share->goal.half_width == Approx(0.01));
  CHECK(share->goal.scale == PrecisionScale::relative);
  CHECK(share->measure == "cost-exchange.marginal");
  const auto of = parse_precision("2.5% of leakers", why);
  REQUIRE(of);
  CHECK(of->goal.half_width == Approx(0.025));
  CHECK(of->measure == "leakers");
  const auto points = parse_precision("0.5 points", why);
  REQUIRE(points);
  CHECK(points->goal.half_width == Approx(0.005));
  CHECK(points->goal.scale == PrecisionScale::absolute);
  CHECK(points->measure == "leak-fraction");
  CHECK(parse_precision("0.5 points of escorted", why)->measure == "escorted");
}

TEST_CASE("another precision is refused with a reason", "[cli]") {
  const char* text =
      GENERATE("", "1", "%", "soon", "0%", "-1%", "1% leakers", "1% of ", "1 percent", "nan%", "inf%");
  std::string why;
  INFO(text);
  CHECK_FALSE(parse_precision(text, why));
  CHECK_FALSE(why.empty());
}

TEST_CASE("a confidence is a share or a percentage", "[cli]") {
  CHECK(*parse_confidence("0.9") == Approx(0.9));
  CHECK(*parse_confidence("99%") == Approx(0.99));
  const char* text = GENERATE("0", "1", "100%", "95", "high", "", "nan");
  CHECK_FALSE(parse_confidence(text));
}

TEST_CASE("progress says rate, time left and the worst half-width", "[cli]") {
  RunProgress progress;
  progress.done = 4'000;
  progress.total = 10'000;
  progress.seconds = 2;
  CHECK(line_of(progress) == "4,000 of 10,000 (40%) · 2,000/s · 3 s left");
  progress.worst_half_width = 0.021;
  progress.worst_measure = "leak-fraction";
  CHECK(line_of(progress) == "4,000 of 10,000 (40%) · 2,000/s · 3 s left · half-width 2.1% of leak-fraction");
}

TEST_CASE("the line of a selection says its stage, how far it is and how long it takes", "[cli][select]") {
  SelectProgress progress{.stage = "first stage", .mixes = 0, .of_mixes = 12, .replications = 0};
  CHECK(line_of(progress) == "first stage: 0 of 12 mixes · 0 replications");
  progress.mixes = 3, progress.replications = progress.in_stage = 34'000, progress.of_stage = 120'000;
  progress.seconds = 4;
  CHECK(line_of(progress) ==
        "first stage: 3 of 12 mixes · 34,000 of 120,000 replications (28%) · 8,500/s · 10 s left");
  const SelectProgress ranking{
      .stage = "ranking of 1 mix", .replications = 134'000, .in_stage = 4'000, .seconds = 2};
  CHECK(line_of(ranking) == "ranking of 1 mix · 134,000 replications · 2,000/s");
}
