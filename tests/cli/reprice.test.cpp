// `dronewall reprice` and `dronewall sensitivity` from outside.
#include <nlohmann/json.hpp>
#include <sstream>

#include "catch.hpp"
#include "cli/outside.hpp"

using namespace dronewall::test;

namespace {

/// Two weapons, of which the doctrine takes the one that costs less for a kill: sam 90 / 0.9, gun 10 / 0.3.
std::string two_weapons(const std::string& more) {
  return "scenario: Two weapons\n"
         "time: {duration: 1 h}\n"
         "threats: {flyer: {class: drone, speed: 50 m/s, altitude: 100 m}}\n"
         "sensors: {eye: {at: {x: 0 km, y: 0 km}, horizon: none, law: definite}}\n"
         "weapons:\n"
         "  sam: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.9}}\n"
         "  gun: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.3}}\n"
         "units: {site: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {sam: {magazine: 4}, gun: "
         "{magazine: "
         "4}}}}\n"
         "attacks: {raid: {threat: flyer, count: 4, route: [{x: -50 km, y: 5 km}, {x: 50 km, y: 5 km}], "
         "goal: "
         "overfly}}\n"
         "doctrine: {assign: best-value}\n"
         "prices: {flyer: $35k, sam: $90k, gun: $10k}\n" +
         more;
}

/// A swept store of it, and books beside.
struct Swept {
  Folder folder;
  std::string store = folder.file("study.db");

  explicit Swept(const std::string& scenario = two_weapons("")) {
    write(folder.file("own.yaml"), scenario);
    write(folder.file("dear-guns.yaml"), "prices: {gun: $50k}\n");    // 167 a kill: after the sam
    write(folder.file("dearer-guns.yaml"), "prices: {gun: $20k}\n");  // 67: as before
    write(folder.file("study.yaml"),
          "study: Which weapon?\nscenario: own.yaml\nchoices: {units.site.weapons.sam.magazine: [2, 4]}\n"
          "uncertain: {attacks.raid.count: [2, 4, 6]}\nreplications: 200\n");
    const Ended ended = run("sweep " + folder.file("study.yaml") + " --quiet");
    INFO(ended.err);
    REQUIRE(ended.status == 0);
  }
  [[nodiscard]] Ended reprice(const std::string& options) const {
    return run("reprice " + store + " " + options);
  }
  [[nodiscard]] Ended sensitivity(const std::string& options) const {
    return run("sensitivity " + store + " " + options);
  }
  [[nodiscard]] std::string book(const std::string& name) const { return "--prices " + folder.file(name); }
};

std::vector<std::vector<std::string>> cells_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

}  // namespace

TEST_CASE("prices are refused where a doctrine that read them would choose otherwise", "[cli][reprice]") {
  const Swept swept;
  const Ended refused = swept.reprice(swept.book("dear-guns.yaml"));
  CHECK(refused.status == 1);
  CHECK(refused.out.empty());
  CHECK(holds(refused.err, "a doctrine that reads prices would have\nchosen otherwise at 6 of 6 points"));
  CHECK(holds(refused.err, "point 0 (2, 2): "));
  CHECK(holds(refused.err, "sam would be taken before gun"));
  CHECK(holds(refused.err, "--keep-planning"));
  // A grid that only ends beyond the turn names the vector.
  const Ended grid = swept.reprice("--grid 'gun=$10k,$50k'");
  CHECK(grid.status == 1);
  CHECK(holds(grid.err, "gun 50k: sam would be taken before gun"));

  CHECK(swept.reprice(swept.book("dearer-guns.yaml")).status == 0);
  const Ended kept = swept.reprice(swept.book("dear-guns.yaml") + " --keep-planning");
  CHECK(kept.status == 0);
  CHECK(holds(kept.out, "dear-guns.yaml"));
  // Who plans with prices of his own does not see the book.
  const Swept planned(two_weapons("planning_prices: {sam: $90k, gun: $10k}\n"));
  CHECK(planned.reprice(planned.book("dear-guns.yaml")).status == 0);
}

TEST_CASE("as swept, figures are the sweep's to the last digit", "[cli][reprice]") {
  const Swept swept;
  const auto sweep =
      nlohmann::json::parse(run("sweep " + swept.folder.file("study.yaml") + " --format json --quiet").out);
  const auto repriced = nlohmann::json::parse(swept.reprice("--format json").out);
  for (const auto& point : sweep["points"])
    for (const char* view : {"munitions", "marginal", "full", "total"})
      for (const std::string& name :
           {std::string("cost-exchange.") + view, std::string("cost.defender.") + view}) {
        CAPTURE(name);
        const auto& same =
            repriced["points"][std::to_string(point["point"].get<int>())]["prices"]["as swept"][name];
        REQUIRE(same.is_object());
        for (const char* part : {"mean", "se", "low", "high", "method"})
          CHECK(same[part] == point["measures"][name][part]);
      }
  // The manifest is the sweep's, as far as both have it.
  for (const char* key : {"program", "version", "results_version", "study", "title", "scenario_hash", "seed",
                          "replications", "confidence", "loss_scoring", "arithmetic_fingerprint"}) {
    CAPTURE(key);
    CHECK(repriced["manifest"][key] == sweep["manifest"][key]);
  }
  CHECK(holds(repriced["manifest"]["command"].get<std::string>(), "reprice"));
}

TEST_CASE("figures of a sensitivity are numbers, what is undefined says why", "[cli][sensitivity]") {
  const Swept swept;
  const Ended ended = swept.sensitivity("--measure cost-exchange.munitions --bound 0.5 --format json");
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  const auto json = nlohmann::json::parse(ended.out);
  for (const char* key :
       {"results_version", "study", "scenario_hash", "seed", "arithmetic_fingerprint", "command"})
    CHECK(json["manifest"].contains(key));
  CHECK(json["manifest"]["results_version"].is_number());
  REQUIRE(json["flips"].size() == 5);
  for (const auto& [name, flip] : json["flips"].items()) {
    CAPTURE(name);
    bool is_whole = true;
    for (const char* part : {"is", "crosses_at", "low", "high"}) {
      CHECK((flip[part].is_number() || flip[part].is_null()));
      is_whole = is_whole && flip[part].is_number();
    }
    CHECK(is_whole != flip.contains("undefined"));
    CHECK(flip["published"].is_null() == flip.contains("published_undefined"));
  }
  CHECK(json["flips"]["attacks.raid.count"]["published"] == nlohmann::json({2, 6}));
  CHECK(json["flips"]["prices.sam"]["is"] == 90e3);
  for (const auto& [name, figure] : json["figures"].items())
    CHECK((figure["value"].is_null() || figure["low"].is_null()) == figure.contains("undefined"));

  for (const std::vector<std::string>& row :
       cells_of(swept.sensitivity("--measure cost-exchange.munitions --format csv").out)) {
    if (row[0] == "method") continue;
    for (std::size_t cell = 3; cell < 6; ++cell) {
      CAPTURE(row[1], row[cell]);
      char* end = nullptr;
      std::strtod(row[cell].c_str(), &end);
      CHECK(*end == '\0');
    }
    const bool has_all = !row[3].empty() && !row[4].empty() && !row[5].empty();
    CHECK((has_all || !row.back().empty()));
  }
}

TEST_CASE("bounds and ratios are read as they are written, or refused in words", "[cli][sensitivity]") {
  const Swept swept;
  const auto bound = [&](const std::string& text, const std::string& measure) {
    return swept.sensitivity("--bound '" + text + "' --measure " + measure + " --format json");
  };
  for (const std::string nothing : {"nan", "inf", "-inf", "1e999", "x", "", "3 of 4"}) {
    CAPTURE(nothing);
    const Ended refused = bound(nothing, "leakers");
    CHECK(refused.status == 2);
    CHECK(holds(refused.err, "write 2, 10%, $4M or EUR 3bn"));
  }
  const auto number = [](const Ended& ended) {
    INFO(ended.err);
    REQUIRE(ended.status == 0);
    return nlohmann::json::parse(ended.out)["manifest"]["bound"].get<double>();
  };
  CHECK(number(bound("10%", "leak-fraction")) == 0.1);
  CHECK(number(bound("$0.4M", "cost.defender.munitions")) == 400e3);
  CHECK(number(bound("150%", "cost-exchange.munitions")) == 1.5);
  CHECK(holds(bound("$4M", "leakers").err, "--bound $4M: the measure is no money"));
  CHECK(holds(bound("10%", "cost.defender.munitions").err, "the measure is in USD"));

  for (const std::string ratio : {"0", "-1", "nan", "inf"}) {
    const Ended refused = swept.reprice("--ratio " + ratio);
    CHECK(refused.status == 2);
    CHECK(holds(refused.err, ratio + " is no number above 0"));
    CHECK(refused.err.size() < 200);
  }
}
