#include "dronewall/pricing/quantities.hpp"

#include <algorithm>

#include "catch.hpp"
#include "dronewall/random/distribution.hpp"
#include "pricing/booked_raid.hpp"

using namespace dronewall;
using namespace dronewall::test;

namespace {

std::string ratio_name(View view) { return std::string("cost-exchange.") + name_of(view); }

/// The measure of money by the way of `run`: a form of columns on the moments.
RatioMoments as_run_says(const BookedRaid& raid, const Moments& moments, const PriceBook& book,
                         const std::string& name) {
  Sources sources;
  Problems problems(sources);
  const Pricing pricing = price(raid.layout, book, nullptr, problems);
  REQUIRE_FALSE(problems.has_errors());
  for (const MeasureDefinition& measure : pricing.measures) {
    if (measure.name != name) continue;
    LinearForm above = measure.numerator, below = *measure.denominator;
    for (LinearForm* form : {&above, &below})
      for (auto& [column, weight] : form->terms) weight *= raid.layout.columns[column].quantum;
    return ratio_moments(moments, above.terms, above.constant, below.terms, below.constant);
  }
  FAIL(name);
  return {};
}

struct OnePoint {
  BookedRaid raid;
  Moments moments = raid.moments(11, 500);
  QuantityTable table{{&raid.layout}, 1, Scoring::expected};
  OnePoint() { table.set(0, raid.layout, moments, nobody_counted); }
};

}  // namespace

TEST_CASE("Grouped quantities give what the columns give, in every view", "[pricing]") {
  OnePoint at;
  PriceBook dear = usual_book();
  set_price(dear, "amraam", 2e6, 2e6, 2e6);
  set_price(dear, "shahed", 5e3, 5e3, 5e3);
  dear.items.erase("gun");
  PriceVectors vectors(at.table);
  vectors.add(usual_book());
  vectors.add(dear);
  REQUIRE(vectors.size() == 2);
  for (const View view : all_views) {
    PricedPoint out[2];
    lay_prices(vectors, 0, view, out);
    for (int v = 0; v < 2; ++v) {
      const RatioMoments run =
          as_run_says(at.raid, at.moments, v == 0 ? usual_book() : dear, ratio_name(view));
      const RatioMoments grouped = out[v].exchange(at.table.replications(0));
      CHECK(grouped.ratio() == Approx(run.ratio()).epsilon(1e-12));
      CHECK(grouped.numerator_mean == Approx(run.numerator_mean).epsilon(1e-12));
      CHECK(grouped.standard_error() == Approx(run.standard_error()).epsilon(1e-9));
      CHECK(grouped.bias() == Approx(run.bias()).epsilon(1e-9));
    }
  }
}

TEST_CASE("One price is laid on all columns of an item, and stopped ones are apart", "[pricing]") {
  const OnePoint at;
  const auto& groups = at.table.groups();
  CHECK(groups.size() == 8);  // Of ten columns two are one missile's, and the counted strike is not priced.
  CHECK(at.table.find({"shahed", Account::attack, CostRole::stopped}));
  CHECK_FALSE(at.table.find({"amraam", Account::attack, CostRole::attacker}));
  const std::size_t amraam = *at.table.find({"amraam", Account::munitions, CostRole::defender});
  CHECK(at.table.means(0)[amraam] == Approx(at.moments.mean(3) + at.moments.mean(4)));
  const std::size_t radar = *at.table.find({"radar.hour", Account::standing, CostRole::defender});
  CHECK(at.table.means(0)[radar] == Approx(10));
  CHECK(at.table.covariances(0)[radar * groups.size() + radar] == 0);
  const QuantityTable sampled({&at.raid.layout}, 1, Scoring::sampled);
  CHECK(sampled.groups() == groups);
}

TEST_CASE("A price on a quantity without cross products has no interval", "[pricing]") {
  const BookedRaid raid;
  std::vector<std::uint32_t> tracked = raid.tracked;
  tracked.erase(tracked.begin() + 5);  // the guns' rounds
  Uniforms uniform(3, 1);
  Moments moments(static_cast<std::uint32_t>(raid.layout.columns.size()), tracked);
  for (int i = 0; i < 100; ++i) moments.add(raid.night(uniform).data());
  QuantityTable table({&raid.layout}, 1, Scoring::expected);
  table.set(0, raid.layout, moments, nobody_counted);
  PriceVectors vectors(table);
  PriceBook without_guns = usual_book();
  without_guns.items.erase("gun");
  vectors.add(usual_book());
  vectors.add(without_guns);
  PricedPoint out[2];
  lay_prices(vectors, 0, View::munitions, out);
  CHECK(std::isnan(out[0].defender_variance));
  CHECK(out[0].defender > out[1].defender);
  CHECK(out[1].defender_variance > 0);
}

TEST_CASE("At its break-even price the ratio is what was asked for", "[pricing]") {
  const OnePoint at;
  PriceVectors vectors(at.table);
  vectors.add(usual_book());
  for (const View view : all_views)
    for (const double ratio : {1.0, 2.5})
      for (const char* item : {"amraam", "shahed", "f16.flight-hour"}) {
        const auto found =
            break_even_price(vectors, 0, 0, {MoneyTarget::Figure::exchange, view, ratio}, item);
        if (view == View::munitions && std::string(item) == "f16.flight-hour") {
          CHECK_FALSE(found);
          continue;
        }
        REQUIRE(found);
        PriceBook book = usual_book();
        set_price(book, item, found->ratio(), found->ratio(), found->ratio());
        PriceVectors there(at.table);
        there.add(book);
        PricedPoint out[1];
        lay_prices(there, 0, view, out);
        CHECK(out[0].defender / out[0].attacker == Approx(ratio).epsilon(1e-9));
      }
  // As the measure break-even.ITEM.VIEW of `run` has it.
  const RatioMoments run = as_run_says(at.raid, at.moments, usual_book(), "break-even.amraam.full");
  const auto found =
      break_even_price(vectors, 0, 0, {MoneyTarget::Figure::exchange, View::full, 1}, "amraam");
  CHECK(found->ratio() == Approx(run.ratio()));
  CHECK(found->standard_error() == Approx(run.standard_error()));
}

TEST_CASE("Fieller's interval of a break-even price covers, and refuses what is hardly used",
          "[pricing][statistical]") {
  const BookedRaid raid;
  const auto of = [&](const Moments& moments, const char* item) {
    QuantityTable table({&raid.layout}, 1, Scoring::expected);
    table.set(0, raid.layout, moments, nobody_counted);
    PriceVectors vectors(table);
    vectors.add(usual_book());
    return *break_even_price(vectors, 0, 0, {MoneyTarget::Figure::exchange, View::munitions, 1}, item);
  };
  const double truth = of(raid.moments(1, 400'000), "amraam").ratio();
  constexpr int experiments = 400;
  int covered = 0;
  for (int e = 0; e < experiments; ++e)
    covered += fieller_interval(of(raid.moments(static_cast<std::uint64_t>(100 + e), 60), "amraam"), 0.95)
                   .contains(truth);
  CHECK(covered >= 362);  // 380 wanted, 4 standard deviations below
  CHECK(covered < experiments);

  Moments once(static_cast<std::uint32_t>(raid.layout.columns.size()), raid.tracked);
  Uniforms uniform(5, 1);
  for (int i = 0; i < 50; ++i) {
    std::vector<std::int64_t> row = raid.night(uniform);
    row[3] = i == 7 ? 1 : 0;
    row[4] = 0;
    once.add(row.data());
  }
  CHECK_FALSE(fieller_interval(of(once, "amraam"), 0.95).is_defined());
}

TEST_CASE("Variances of prices are those of their distributions", "[pricing][statistical]") {
  const struct {
    Quantity quantity;
    Distribution distribution;
  } cases[] = {
      {quantity(DistributionKind::uniform, 2, 5), Distribution::uniform(2, 5)},
      {quantity(DistributionKind::triangular, 1, 2, 6), Distribution::triangular(1, 2, 6)},
      {quantity(DistributionKind::pert, 1, 2, 6), Distribution::pert(1, 2, 6)},
      {quantity(DistributionKind::normal, 5, 2), Distribution::normal(5, 2)},
      {quantity(DistributionKind::lognormal, 2, 4), Distribution::lognormal(2, 4)},
      {quantity(DistributionKind::exponential, 3), Distribution::exponential(3)},
      {quantity(DistributionKind::gamma, 3, 2), Distribution::gamma(3, 2)},
      {quantity(DistributionKind::beta, 2, 5), Distribution::beta(2, 5)},
      {quantity(DistributionKind::poisson, 4), Distribution::poisson(4)},
  };
  Uniforms uniform(8, 1);
  constexpr int draws = 200'000;
  for (const auto& [written, drawn] : cases) {
    double sum = 0, squares = 0, fourth = 0;
    std::vector<double> values(draws);
    for (double& value : values) value = drawn.value(uniform()), sum += value;
    const double mean = sum / draws;
    for (const double value : values) {
      const double square = (value - mean) * (value - mean);
      squares += square / draws, fourth += square * square / draws;
    }
    const double error = std::sqrt((fourth - squares * squares) / draws);
    INFO(static_cast<int>(written.kind));
    CHECK(std::abs(squares - written.variance()) < 4 * error);  // missed by 1 seed in 16,000 each
  }
  Quantity dice = quantity(DistributionKind::discrete, 0);
  dice.points = {{1, 1}, {2, 1}, {6, 2}};
  CHECK(dice.variance() == Approx((1 + 4 + 2 * 36) / 4.0 - 3.75 * 3.75));
  CHECK(quantity(DistributionKind::constant, 7).variance() == 0);
}

TEST_CASE("What uncertain prices do to a cost is that of drawing them", "[pricing][statistical]") {
  const OnePoint at;
  PriceBook book = usual_book();
  set_price(book, "amraam", quantity(DistributionKind::lognormal, 1.1e6, 1.8e6));
  set_price(book, "f16.flight-hour", quantity(DistributionKind::uniform, 20e3, 40e3));
  const Distribution amraam = Distribution::lognormal(1.1e6, 1.8e6), hour = Distribution::uniform(20e3, 40e3),
                     depot = Distribution::triangular(1e6, 2e6, 9e6);

  Uniforms uniform(9, 1);
  constexpr int draws = 20'000;
  PriceVectors vectors(at.table);
  for (int i = 0; i < draws; ++i) {
    PriceBook drawn = book;
    const auto draw = [&](const char* item, const Distribution& from) {
      const double price = from.value(uniform());
      set_price(drawn, item, price, price, price);
      drawn.items[item].distribution.reset();
    };
    draw("amraam", amraam), draw("f16.flight-hour", hour), draw("strike.depot", depot);
    vectors.add(drawn);
  }
  std::vector<PricedPoint> out(draws);
  lay_prices(vectors, 0, View::total, out);
  const auto spread = [&](auto figure) {
    double sum = 0, squares = 0;
    for (const PricedPoint& each : out) sum += figure(each) / draws;
    for (const PricedPoint& each : out) squares += std::pow(figure(each) - sum, 2) / (draws - 1);
    return std::pair{sum, squares};
  };
  const auto [cost, cost_variance] = spread([](const PricedPoint& p) { return p.defender; });
  const PriceUncertainty of_cost = cost_uncertainty(uncertain_costs(at.table, 0, book, View::total));
  CHECK(of_cost.mean == Approx(cost).epsilon(4 * std::sqrt(cost_variance / draws) / cost));
  CHECK(of_cost.sd == Approx(std::sqrt(cost_variance)).epsilon(0.03));  // its standard error is 0.75%
  CHECK(of_cost.way == PriceUncertainty::Way::closed_form);
  double shares = 0;
  for (const PriceShare& share : of_cost.shares) shares += share.share;
  CHECK(shares == Approx(1));
  // The first-order share of the missile: what is left when everything else is fixed.
  const auto missile = static_cast<std::size_t>(
      std::find_if(at.table.groups().begin(), at.table.groups().end(),
                   [](const QuantityGroup& group) { return group.item == "amraam"; }) -
      at.table.groups().begin());
  CHECK(of_cost.shares.front().item == "amraam");
  CHECK(of_cost.shares.front().share ==
        Approx(std::pow(at.table.means(0)[missile], 2) *
               quantity(DistributionKind::lognormal, 1.1e6, 1.8e6).variance() / std::pow(of_cost.sd, 2)));
}
