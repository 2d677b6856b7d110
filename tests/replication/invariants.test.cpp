// What holds in every replication of every scenario.
#include <algorithm>

#include "replication/stress.hpp"

using namespace dronewall;
using test::Runs;

namespace {

/// Names of the columns in which two rows differ, with both values.
std::string differences(const Model& model, const std::vector<std::int64_t>& a,
                        const std::vector<std::int64_t>& b) {
  std::string text;
  for (std::size_t c = 0; c < a.size(); ++c)
    if (a[c] != b[c])
      text +=
          model.layout().columns[c].name + ": " + std::to_string(a[c]) + " / " + std::to_string(b[c]) + "; ";
  return text;
}

constexpr std::uint32_t replications = 150;

}  // namespace

TEST_CASE("leaving out what nobody can observe changes no bit of a row", "[replication][elide]") {
  for (const auto& [name, model] : test::stress_scenarios()) {
    ReplicationOptions whole;
    whole.elide = false;
    Runs elided(model), full(model, whole);
    std::uint64_t left_out = 0;
    for (std::uint32_t k = 0; k < replications; ++k) {
      INFO(name << ", replication " << k);
      REQUIRE(differences(*model, elided.run(k), full.run(k)) == "");
      left_out += full.events() - elided.events();
    }
    CHECK(left_out > 0);  // The test would pass by itself if both ran the same events.
  }
}

TEST_CASE("what is aloft still is counted until the clock stops", "[replication][elide]") {
  // Half an hour, and half an hour to settle: the drone of 200 km at 50 m/s would need 4,000 s. Its escort
  // stays with it.
  const std::string text =
      "scenario: Still aloft\ntime: {duration: 30 min, settle: 30 min}\n"
      "threats: {crew: {class: aircraft, speed: 50 m/s, altitude: 1 km, navigation: crew}}\n"
      "attacks: {raid: {threat: crew, count: 1, route: [{x: 100 km, y: 0 km}, {x: -100 km, y: 0 km}], goal: "
      "overfly}}\n"
      "sensors: {eye: {at: {x: 0 km, y: 0 km}, horizon: none, law: definite}}\n"
      "units: {qra: {kind: pursuer, base: {x: 0 km, y: 0 km}, speed: 100 m/s, endurance: 9 h}}\n"
      "command: {post: {rules: [{escort: [aircraft]}]}}\n"
      "prices: {crew: $1M, qra.flight-hour: $1k}\n";
  for (const bool elide : {true, false}) {
    ReplicationOptions options;
    options.elide = elide;
    Runs runs(text, options);
    runs.run(0);
    CHECK(runs["fates.still-aloft"] == 1);
    CHECK(runs.measure("time.inside") == Approx(3600));
    // It was met 66.7 km out; at 3,600 s it is 80 km beyond the base, 800 s from it.
    CHECK(runs.measure("hours.qra") == Approx((3600 + 800) / 3600.0));
  }
}

TEST_CASE("every intruder ends in one fate and every leak has one reason", "[replication][conservation]") {
  for (const auto& [name, model] : test::stress_scenarios()) {
    Runs runs(model);
    std::int64_t launched = 0;
    for (std::uint32_t k = 0; k < replications; ++k) {
      runs.run(k);
      INFO(name << ", replication " << k);
      launched += runs["intruders.launched"];
      REQUIRE(runs.sum("fates.") == runs["intruders.launched"]);
      REQUIRE(runs.sum("lost.") == runs["leakers"]);
      REQUIRE(runs["leakers.real"] + runs["leakers.decoys"] == runs["leakers"]);
      REQUIRE(runs["kills"] == runs["fates.shot-down"]);
      REQUIRE(runs["unresolved"] == runs["fates.still-aloft"]);
      REQUIRE(runs["stage.launched"] == runs["intruders.launched"]);
      const char* stages[] = {"launched", "detected", "classified", "authorised",
                              "assigned", "engaged",  "killed"};
      for (std::size_t s = 1; s < std::size(stages); ++s)
        REQUIRE(runs[std::string("stage.") + stages[s]] <= runs[std::string("stage.") + stages[s - 1]]);
      for (std::size_t c = 0; c < runs.row().size(); ++c)
        if (model->layout().columns[c].is_count) REQUIRE(runs.row()[c] >= 0);
    }
    CHECK(launched > 0);
  }
}

TEST_CASE("a replication depends on its number alone", "[replication][repeatable]") {
  for (const auto& [name, model] : test::stress_scenarios()) {
    std::vector<std::vector<std::int64_t>> rows;
    Runs in_order(model);
    for (std::uint32_t k = 0; k < 40; ++k) rows.push_back(in_order.run(k));

    Runs backwards(model), first(model), second(model);
    for (std::uint32_t k = 40; k-- > 0;) {
      INFO(name << ", replication " << k);
      REQUIRE(differences(*model, backwards.run(k), rows[k]) == "");
      REQUIRE(differences(*model, (k % 3 == 0 ? first : second).run(k), rows[k]) == "");
    }
    REQUIRE(differences(*model, Runs(model).run(39), rows[39]) == "");
    // Replications do differ, else the above says nothing.
    CHECK(std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row != rows[0]; }));
  }
}
