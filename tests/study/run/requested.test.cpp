#include "dronewall/study/requested.hpp"

#include "catch.hpp"

using namespace dronewall;

namespace {

Requested parsed(const char* text) {
  std::string why;
  const auto requested = parse_requested(text, why);
  INFO(text << ": " << why);
  REQUIRE(requested);
  return *requested;
}

}  // namespace

TEST_CASE("probabilities and quantiles of measures are read as DESIGN writes them", "[study]") {
  const Requested few = parsed("P(leakers <= 2)");
  CHECK(few.kind == Requested::Kind::probability);
  CHECK(few.measure == "leakers");
  CHECK(few.comparison == Comparison::at_most);
  CHECK(few.bound == 2);
  CHECK(few.name == "P(leakers <= 2)");
  CHECK(parsed(" P( leakers<=2 ) ").name == few.name);

  const Requested dear = parsed("q95(cost.defender.full)");
  CHECK(dear.kind == Requested::Kind::quantile);
  CHECK(dear.level == Approx(0.95));
  CHECK(dear.measure == "cost.defender.full");
  CHECK(parsed("q2.5(rounds.aim9x)").level == Approx(0.025));
  CHECK(parsed("leak-fraction").kind == Requested::Kind::plain);
}

TEST_CASE("bounds may carry money's letters and a percent sign", "[study]") {
  CHECK(parsed("P(cost.attacker > $1.5M)").bound == Approx(1.5e6));
  CHECK(parsed("P(cost.attacker >= EUR 3bn)").bound == Approx(3e9));
  CHECK(parsed("P(cost.attacker < 200k)").bound == Approx(200e3));
  CHECK(parsed("P(x = 10%)").bound == Approx(0.1));
  CHECK(parsed("P(x > -1)").bound == -1);
}

TEST_CASE("a bound of money is brought into the book's currency, or refused", "[study]") {
  PriceBook book;
  book.rates = {{"USD", 1}, {"EUR", 1.1}};
  const auto settled = [&](const char* text, const char* unit) {
    Requested requested = parsed(text);
    const std::string why = settle_bound(requested, unit, book);
    return std::pair(requested.bound, why);
  };
  CHECK(settled("P(cost.attacker <= EUR 5M)", "USD").first == Approx(5.5e6));
  CHECK(settled("P(cost.attacker <= $5M)", "USD").first == Approx(5e6));
  CHECK(settled("P(cost.attacker <= $5M)", "USD").second.empty());
  CHECK(settled("P(cost.attacker <= 5M)", "USD").second.find("write $100k") != std::string::npos);
  CHECK(settled("P(cost.attacker <= PLN 5M)", "USD").second.find("PLN has no rate") != std::string::npos);
  CHECK(settled("P(leakers <= $2)", "").second.find("no money") != std::string::npos);
  CHECK(settled("P(leakers <= 2)", "").second.empty());
  CHECK(settled("q95(cost.attacker)", "USD").second.empty());
  // Settled twice is settled once.
  Requested once = parsed("P(cost.attacker <= EUR 5M)");
  CHECK(settle_bound(once, "USD", book).empty());
  CHECK(settle_bound(once, "USD", book).empty());
  CHECK(once.bound == Approx(5.5e6));
}

TEST_CASE("what is neither is refused with a reason", "[study]") {
  const char* text =
      GENERATE("P(leakers)", "P(leakers <= two)", "P(leakers <= 2", "q100(leakers)", "q0(leakers)",
               "q(leakers)", "q95()", "E(leakers)", "P(<= 2)", "", "two words", "P(leakers <= nan)",
               "P(leakers <= inf)", "P(cost.attacker <= $5%)", "q95(P(leakers <= 2))", "P(leakers <= 2kk)");
  std::string why;
  INFO(text);
  CHECK_FALSE(parse_requested(text, why));
  CHECK_FALSE(why.empty());
}

TEST_CASE("comparisons hold at the bound as they are written", "[study]") {
  CHECK(meets(parsed("P(x <= 2)"), 2));
  CHECK_FALSE(meets(parsed("P(x < 2)"), 2));
  CHECK(meets(parsed("P(x >= 2)"), 2));
  CHECK_FALSE(meets(parsed("P(x > 2)"), 2));
  CHECK(meets(parsed("P(x = 2)"), 2));
  CHECK_FALSE(meets(parsed("P(x = 2)"), 2.5));
}
