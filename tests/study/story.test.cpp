// Rows 2 and 18 of what must have a place: the nights that were reported, as they are shipped.
#include <algorithm>
#include <map>

#include "catch.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/model/model.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "dronewall/scenario/read.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/reported.hpp"

using namespace dronewall;

namespace {

/// A shipped scenario, priced and run.
struct Shipped {
  explicit Shipped(const std::string& name, std::uint64_t replications,
                   const std::vector<Change>& changes = {}) {
    const std::string folder = DRONEWALL_SOURCE_DIR "/scenarios", path = folder + "/" + name + ".yaml";
    DiskFiles files(path, {folder});
    Sources sources;
    Problems problems(sources);
    scenario = read_scenario(path, files, kind_tables(), {changes, {}, {}}, problems);
    const auto model = Model::compile(scenario, all_kinds(), problems);
    INFO(problems.text());
    REQUIRE(model != nullptr);
    const LedgerLayout& layout = model->layout();
    std::vector<MeasureDefinition> measures = layout.measures;
    const Pricing pricing = price(
        layout, scenario.prices, [&](const std::string& item) { return place_of_item(scenario, item); },
        problems);
    measures.insert(measures.end(), pricing.measures.begin(), pricing.measures.end());
    RunOptions options;
    options.replications = replications;
    options.threads = 2;
    options.requested = ranges_of(scenario.reported, measures);
    result = run_point(layout, measures, model_runners(model, {}), options);
  }
  /// Of a measure that is there and has a value.
  [[nodiscard]] const Estimate& operator[](const std::string& measure) const {
    INFO(measure);
    const Estimate* estimate = result.find(measure);
    REQUIRE(estimate != nullptr);
    REQUIRE(estimate->mean.has_value());
    return *estimate;
  }
  ScenarioDescription scenario;
  PointResult result;
};

}  // namespace

TEST_CASE("row 2: Poland is held against what was reported, as its page says",
          "[study][story][statistical]") {
  // The page's verdicts, from 10,000 replications. 4,000 give the same unless a figure lies so near to a
  // border that chance decides: the nearest (the mean of AIM-9X, 7.8 of at most 8) lies 7 standard errors
  // away, so another seed fails for fewer than 1 in a million.
  const Shipped poland("poland-2025-09-10", 4'000);
  const std::map<std::string, ReportVerdict> said = {{"intruders.launched", ReportVerdict::within},
                                                     {"kills", ReportVerdict::overlaps},
                                                     {"rounds.aim9x", ReportVerdict::within},
                                                     {"leak-fraction", ReportVerdict::misses},
                                                     {"cost-exchange.munitions", ReportVerdict::within}};
  CHECK(poland.scenario.reported.size() == said.size());
  for (const ReportedDescription& report : poland.scenario.reported) {
    INFO(report.measure.text);
    REQUIRE(said.count(report.measure.text) == 1);
    CHECK_FALSE(report.source.empty());
    CHECK(name_of(verdict(report, predicted(report, poland.result))) ==
          std::string(name_of(said.at(report.measure.text))));
  }
  // Only the count was set from the reports; the rest is predicted.
  for (const ReportedDescription& report : poland.scenario.reported)
    CHECK((report.use == ReportedDescription::Use::calibration) ==
          (report.measure.text == "intruders.launched"));
  // What was reported of the kills and the missiles, 3 to 6 and 3 to 8, is held by nine nights in ten.
  const auto bound = [&](const std::string& name) {
    const auto found = std::find_if(poland.result.requested.begin(), poland.result.requested.end(),
                                    [&](const Estimate& one) { return one.name == name; });
    REQUIRE(found != poland.result.requested.end());
    return found->mean.value();
  };
  CHECK(bound("q5(kills)") <= 6);
  CHECK(bound("q95(kills)") >= 3);
  CHECK(bound("q5(rounds.aim9x)") <= 8);
  CHECK(bound("q95(rounds.aim9x)") >= 3);
  const Estimate& missiles = poland["rounds.aim9x"];
  CHECK((8 - *missiles.mean) > 4 * *missiles.se);  // What is said above of the error.
}

TEST_CASE("row 18: an intruder that is escorted costs sorties and operations, and no round",
          "[study][story]") {
  const Shipped with("vaindloo-2025-09-19", 400);
  const Shipped without("vaindloo-2025-09-19", 400, {{"attacks.mig-31.count", "0"}});
  CHECK(*with["intruders.launched"].mean == 3);
  CHECK(*without["intruders.launched"].mean == 0);
  CHECK(*without["sorties.italian-f35"].mean == 0);
  CHECK(*with["sorties.italian-f35"].mean > 0);
  CHECK(*without["cost.account.operations"].mean == 0);
  CHECK(*with["cost.account.operations"].mean > 5'000);
  CHECK(*with["cost.account.munitions"].mean == 0);
  for (const Estimate& estimate : with.result.estimates)
    if (estimate.name.starts_with("rounds.") || estimate.name.starts_with("kills"))
      CHECK(*estimate.mean == 0);
  CHECK(*with["escorted"].mean > 2);
}
