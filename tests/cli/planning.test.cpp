// Prices that a doctrine reads: what is said where accounting prices would have it choose otherwise.
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "cli/outside.hpp"

using namespace dronewall::test;

namespace {

/// Two weapons, of which the doctrine takes the one that costs less for a kill: sam 90 / 0.9, gun 10 / 0.3;
/// so the gun comes first up to $30k.
std::string two_weapons(const std::string& more = "") {
  return "scenario: Two weapons\n"
         "time: {duration: 1 h}\n"
         "threats: {flyer: {class: drone, speed: 50 m/s, altitude: 100 m}}\n"
         "sensors: {eye: {at: {x: 0 km, y: 0 km}, horizon: none, law: definite}}\n"
         "weapons:\n"
         "  sam: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.9}}\n"
         "  gun: {range: [0 km, 40 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {drone: 0.3}}\n"
         "units: {site: {kind: battery, at: {x: 0 km, y: 0 km}, weapons: {sam: {magazine: 4}, gun: "
         "{magazine: 4}}}}\n"
         "attacks: {raid: {threat: flyer, count: 4, route: [{x: -50 km, y: 5 km}, {x: 50 km, y: 5 km}], "
         "goal: overfly}}\n"
         "doctrine: {assign: best-value}\n"
         "prices: {flyer: $1M, sam: $90k, gun: $10k}\n" +
         more;
}

struct Written {
  Folder folder;
  std::string own = folder.file("own.yaml"), study = folder.file("study.yaml");

  explicit Written(const std::string& scenario = two_weapons()) {
    write(own, scenario);
    write(folder.file("dear-guns.yaml"), "prices: {gun: $50k}\n");    // 167 a kill: after the sam
    write(folder.file("dearer-guns.yaml"), "prices: {gun: $20k}\n");  // 67: as before
    write(study,
          "study: Which weapon?\nscenario: own.yaml\nchoices: {units.site.weapons.sam.magazine: [2, 4]}\n"
          "replications: 200\nmeasure: [break-even.gun.marginal]\n"
          "prices:\n  dear: {gun: $50k}\n  dearer: {gun: $20k}\n");
  }
  [[nodiscard]] Ended with(const std::string& command, const std::string& book,
                           const std::string& more = "") const {
    return run(command + " --prices " + folder.file(book) + " " + more);
  }
};

const std::string turned = "sam would be taken before gun";

}  // namespace

TEST_CASE("a book under which a doctrine would choose otherwise is warned of", "[cli][planning]") {
  const Written files;
  const std::string few = "--replications 100 ";
  const Ended table = files.with("run " + files.own, "dear-guns.yaml", few);
  CHECK(table.status == 0);
  CHECK(holds(table.out, "warning: doctrines plan with the scenario's own prices"));
  CHECK(holds(table.out, turned));
  CHECK(holds(table.out, "planning_prices:"));
  const Ended json = files.with("run " + files.own, "dear-guns.yaml", few + "--format json");
  CHECK(holds(json.err, turned));
  CHECK(holds(nlohmann::json::parse(json.out)["warnings"][0].get<std::string>(), turned));
  const Ended checked = files.with("check " + files.own, "dear-guns.yaml");
  CHECK(checked.status == 0);
  CHECK(holds(checked.err, turned));
  CHECK(files.with("check " + files.own, "dear-guns.yaml", "--quiet").err == "");
  const Ended compared =
      files.with("compare " + files.own + " --without sensors.eye", "dear-guns.yaml", few + "--format json");
  CHECK(compared.status == 0);
  CHECK(holds(nlohmann::json::parse(compared.out)["warnings"][0].get<std::string>(), "of A: doctrines plan"));
  // A book that changes no choice, a doctrine that reads no price, one whose prices are written.
  CHECK_FALSE(holds(files.with("run " + files.own, "dearer-guns.yaml", few).out, "warning"));
  CHECK(files.with("check " + files.own, "dearer-guns.yaml").err == "");
  CHECK(files.with("check " + files.own, "dear-guns.yaml", "--set doctrine.assign=nearest").err == "");
  const Written planned(two_weapons("planning_prices: {gun: $10k}\n"));
  CHECK(planned.with("check " + planned.own, "dear-guns.yaml").err == "");
}

TEST_CASE("a study's own book that turns a doctrine is warned of at its place", "[cli][planning]") {
  const Written files;
  const std::string words = "by those of dear they would choose otherwise: " + turned;
  const Ended checked = run("check " + files.study);
  CHECK(checked.status == 0);
  CHECK(holds(checked.err, files.study + ":7:3: warning: doctrines plan with the scenario's own prices"));
  CHECK(holds(checked.err, words));
  CHECK_FALSE(holds(checked.err, "dearer"));
  CHECK(holds(run("sweep " + files.study + " --dry-run").err, words));
  const Ended first = run("sweep " + files.study + " --format json");
  CHECK(first.status == 0);
  const auto warnings = nlohmann::json::parse(first.out)["warnings"];
  REQUIRE(warnings.size() == 1);
  CHECK(holds(warnings[0].get<std::string>(), words));
  CHECK(holds(first.err, words));
  // Printed again it says the same.
  CHECK(comparable(run("sweep " + files.study + " --format json --threads 1").out) == comparable(first.out));
  CHECK(holds(run("sweep " + files.study).out, "warning: doctrines plan"));
  const Written planned(two_weapons("planning_prices: {gun: $10k}\n"));
  CHECK(run("check " + planned.study).err == "");
}

TEST_CASE("no break-even price of a run or a sweep lies beyond a doctrine's turn", "[cli][planning]") {
  // Four flyers cost $4M and eight rounds $400k: guns would have to cost nearly $1M.
  const Written files;
  const std::string run_it = "run " + files.own + " --replications 200 ";
  const auto gun =
      nlohmann::json::parse(run(run_it + "--format json").out)["measures"]["break-even.gun.marginal"];
  CHECK(gun["mean"].is_null());
  CHECK(gun["low"] == 30e3);
  CHECK(gun["high"].is_null());
  CHECK(gun["not_above"]["price"].get<double>() == Approx(30e3));
  CHECK(gun["not_above"]["for"] == turned);
  CHECK(gun["undefined"] == "above USD 30,000 " + turned);
  const Ended table = run(run_it);
  CHECK(holds(table.out, "gun at > $30k"));
  CHECK(holds(table.out,
              "No price of gun is given above $30k, where sam would be taken before gun: run with such"));
  // What no doctrine reads is not cut off, nor where planning prices are written.
  const Written planned(two_weapons("planning_prices: {gun: $10k}\n"));
  const auto free =
      nlohmann::json::parse(run("run " + planned.own + " --replications 200 --format json").out)["measures"];
  CHECK(free["break-even.gun.marginal"]["mean"].get<double>() > 500e3);
  CHECK_FALSE(free["break-even.gun.marginal"].contains("not_above"));
  CHECK(free["break-even.flyer.marginal"]["mean"].get<double>() < 200e3);

  // A turn is counted as the price is: by the deflator.
  std::string old_guns = two_weapons("year: 2025\ndeflator: 1.5\n");
  old_guns.replace(old_guns.find("gun: $10k}"), 10, "gun: {price: $10k, year: 2015}}");
  const Written deflated(old_guns);
  const auto counted =
      nlohmann::json::parse(run("run " + deflated.own + " --replications 200 --format json").out)["measures"];
  CHECK(counted["break-even.gun.marginal"]["not_above"]["price"].get<double>() == Approx(45e3));

  const Ended swept = run("sweep " + files.study + " --format json");
  const auto of_sweep = nlohmann::json::parse(swept.out);
  CHECK_FALSE(of_sweep["points"].empty());
  for (const auto& point : of_sweep["points"]) {
    const auto& of_point = point["measures"]["break-even.gun.marginal"];
    CHECK(of_point["mean"].is_null());
    CHECK(of_point["low"] == 30e3);
    CHECK(of_point["undefined"] == gun["undefined"]);
  }
  const Ended table_of_sweep = run("sweep " + files.study);
  CHECK(holds(table_of_sweep.out, "> $30k"));
  CHECK(holds(table_of_sweep.out, "break-even.gun.marginal: above USD 30,000 " + turned));
  const auto pair = nlohmann::json::parse(
      run("compare " + files.own + " --without sensors.eye --replications 100 --format json").out);
  CHECK(pair["measures"]["A"]["break-even.gun.marginal"]["mean"].is_null());
}
