// `dronewall reprice` and `dronewall sensitivity` from outside.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
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

/// A study whose mixes are held to a limit, by a command.
struct Held {
  explicit Held(std::string objective = "cost.defender.full") : objective_(std::move(objective)) {
    fs::copy(minimal, folder_.file("minimal.yaml"));
  }
  Ended operator()(const std::string& command, const std::string& limit) const {
    const std::string file = folder_.file("study.yaml");
    write(file,
          "study: S\nscenario: minimal.yaml\nchoices: {units.battery.channels: [1, 2]}\n"
          "select: {minimise: " +
              objective_ + ", subject_to: {" + limit + "}}\n");
    return run(command + " " + file + " --quiet");
  }

 private:
  Folder folder_;
  std::string objective_;
};

}  // namespace

TEST_CASE("prices are refused where a doctrine that read them would choose otherwise", "[cli][reprice]") {
  const Swept swept;
  const Ended refused = swept.reprice(swept.book("dear-guns.yaml"));
  CHECK(refused.status == 1);
  CHECK(refused.out.empty());
  CHECK(holds(refused.err, "a doctrine that reads prices would have\nchosen otherwise:\n"));
  CHECK(holds(refused.err, "dear-guns.yaml: sam would be taken before gun at all 6 points\n"));
  CHECK(holds(refused.err, "--keep-planning"));
  // Sensitivity lays the same prices on the same quantities.
  const Ended same = swept.sensitivity(swept.book("dear-guns.yaml"));
  CHECK(same.status == 1);
  CHECK(same.out.empty());
  CHECK(same.err == refused.err);
  CHECK(swept.sensitivity(swept.book("dear-guns.yaml") + " --keep-planning").status == 0);
  CHECK(swept.sensitivity(swept.book("dearer-guns.yaml")).status == 0);
  // A grid that only ends beyond the turn names the vector.
  const Ended grid = swept.reprice("--grid 'gun=$10k,$50k'");
  CHECK(grid.status == 1);
  CHECK(holds(grid.err, "gun $50k: sam would be taken before gun at all 6 points"));

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
        const auto& same = repriced["points"][point["point"].get<std::size_t>()]["prices"]["as swept"][name];
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
    CHECK(flip["range"].is_null() == flip.contains("range_undefined"));
  }
  CHECK(json["flips"]["attacks.raid.count"]["range"] == nlohmann::json({2, 6}));
  CHECK(json["flips"]["attacks.raid.count"]["range_of"] == "in the study");
  CHECK(json["base"]["point"] == 4);
  CHECK(json["base"]["values"] == json["base"]["scenario"]);
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
    CHECK((row[2] != "is" || row[4].empty()));  // low and high are intervals, never a range
  }
}

TEST_CASE("a sensitivity's CSV and JSON tell what its table tells", "[cli][sensitivity]") {
  const Swept swept;
  const std::string asked = "--measure cost-exchange.full --bound 0.5 --format ";
  const Ended csv = swept.sensitivity(asked + "csv");
  INFO(csv.out);
  REQUIRE(csv.status == 0);
  std::map<std::string, std::vector<std::string>> rows;
  for (const std::vector<std::string>& row : cells_of(csv.out))
    rows[row[0] + ' ' + row[1] + ' ' + row[2]] = row;
  for (const char* name :
       {"points  points", "points  above", "points  below", "points  untold", "points  bound",
        "points  not_counted", "points  without_life", "tornado attacks.raid.count at_low_end",
        "tornado attacks.raid.count at_high_end", "morris  refused", "sobol  refused"}) {
    CAPTURE(name);
    CHECK(rows.contains(name));
  }
  CHECK(rows["tornado attacks.raid.count at_low_end"].back().starts_with("at 2;"));
  const double swing = std::stod(rows["tornado attacks.raid.count at_high_end"][3]) -
                       std::stod(rows["tornado attacks.raid.count at_low_end"][3]);
  CHECK(std::stod(rows["tornado attacks.raid.count swing"][3]) == Approx(swing).margin(1e-12));
  const auto json = nlohmann::json::parse(swept.sensitivity(asked + "json").out);
  CHECK(json["figures"].contains("tornado.attacks.raid.count.at_high_end"));
  CHECK(json["manifest"]["noise"] == "paired on the luck that points share");
  CHECK(json["refused"].contains("morris"));
}

TEST_CASE("long values stand under a sensitivity's tables", "[cli][sensitivity]") {
  const Swept swept;
  write(
      swept.folder.file("study.yaml"),
      "study: Which weapon?\nscenario: own.yaml\nuncertain:\n"
      "  units.site.weapons.sam.magazine: [2, 4]\n"
      "  attacks.raid.count: [triangular(1 .. 2.5 .. 4), triangular(2 .. 3.5 .. 5.5)]\nreplications: 100\n");
  const std::string store = swept.folder.file("long.db");
  REQUIRE(run("sweep " + swept.folder.file("study.yaml") + " --quiet --store " + store).status == 0);
  const Ended table = run("sensitivity " + store + " --measure cost.defender.munitions --bound '$1M'");
  INFO(table.err << table.out);
  REQUIRE(table.status == 0);
  CHECK(holds(table.out, "raid.count from triangular(1 .. 2.5 .. 4) to triangular(2 .. 3.5 .. 5.5)."));
  std::istringstream lines(table.out);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(std::count_if(line.begin(), line.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) <= 100);
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
    CHECK(holds(refused.err, "write 2, 10%, '$4M' or 'EUR 3bn'"));
  }
  const auto number = [](const Ended& ended) {
    INFO(ended.err);
    REQUIRE(ended.status == 0);
    return nlohmann::json::parse(ended.out)["manifest"]["bound"].get<double>();
  };
  CHECK(number(bound("10%", "leak-fraction")) == 0.1);
  const Ended fifty = bound("50", "leak-fraction");
  CHECK(fifty.status == 2);
  CHECK(holds(fifty.err,
              "--bound 50: leak-fraction is a share, and 50 is none: it lies between 0 and 100% (write "
              "50%)"));
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

TEST_CASE("no break-even price is given beyond the one at which a doctrine would choose otherwise",
          "[cli][reprice][sensitivity]") {
  // Beyond $30k a round the gun comes after the sam: what is fired then was not simulated.
  const Swept swept;
  const auto json = nlohmann::json::parse(swept.reprice("--ratio 6 --format json").out);
  for (const auto& point : json["points"]) {
    const auto& gun = point["break_even"]["gun"];
    if (!gun.contains("not_above")) continue;
    CHECK(gun["not_above"]["price"].get<double>() == Approx(30e3));
    CHECK(gun["not_above"]["for"] == "sam would be taken before gun");
    CHECK((gun["price"].is_null() || gun["price"].get<double>() <= 30e3));
    CHECK(gun["high"].is_null());
  }
  CHECK(json["points"][0]["break_even"]["gun"]["price"].is_null());
  const Ended table = swept.reprice("--ratio 6");
  CHECK(holds(table.out, "> $30k"));
  CHECK(holds(table.out, "No price of gun is given above $30k, where sam would be taken before gun"));
  // Who plans with other prices is not turned by these.
  const auto kept = nlohmann::json::parse(swept.reprice("--ratio 6 --keep-planning --format json").out);
  CHECK(kept["points"][0]["break_even"]["gun"]["price"].get<double>() > 30e3);

  const std::string six = "--measure cost-exchange.munitions --bound 6 ";
  const auto flips = nlohmann::json::parse(swept.sensitivity(six + "--format json").out)["flips"];
  CHECK(flips["prices.gun"]["crosses_at"].is_null());
  CHECK(flips["prices.gun"]["undefined"] == "above 30000 USD sam would be taken before gun");
  CHECK(holds(swept.sensitivity(six).out, "No price of gun is given above $30k"));
  CHECK(holds(swept.sensitivity(six + "--format csv").out, "above 30000 USD sam would be taken before gun"));
}

TEST_CASE("a study's own books are known by name, and one that turns a doctrine is left out alone",
          "[cli][reprice]") {
  Swept swept;
  std::ofstream(swept.folder.file("study.yaml"), std::ios::app)
      << "prices:\n  dear: {gun: $50k}\n  cheap: {gun: $5k}\n";
  const Ended all = swept.reprice("");
  INFO(all.err);
  REQUIRE(all.status == 0);
  CHECK(holds(all.out, "cheap"));
  CHECK(holds(all.out, "the study's book dear is left out"));
  CHECK(holds(all.out, "sam would be taken before gun at all 6 points"));
  CHECK(holds(swept.reprice("--keep-planning").out, "dear"));
  CHECK_FALSE(holds(swept.reprice("--keep-planning").out, "left out"));
  CHECK(swept.reprice("--prices dear").status == 1);  // asked for by name
  const Ended cheap = swept.reprice("--prices cheap");
  CHECK(cheap.status == 0);
  CHECK(holds(cheap.out, "prices cheap"));
  CHECK(nlohmann::json::parse(
            swept.reprice("--prices cheap --format json").out)["manifest"]["break_even_book"] == "cheap");
  const auto named = nlohmann::json::parse(swept.sensitivity("--prices cheap --format json").out);
  CHECK(named["flips"]["prices.gun"]["is"] == 5e3);

  const Ended wrong = swept.reprice("--prices cheep");
  CHECK(wrong.status == 3);
  CHECK(holds(wrong.err, "no book of the study, and no file"));
  CHECK(holds(wrong.err, "the study has dear, cheap"));
  const Ended grid = swept.reprice("--grid 'bomb=$1k,$2k'");
  CHECK(grid.status == 2);
  CHECK(holds(grid.err, "nothing in this store is booked as bomb; it has eye.hour, flyer, gun, "));
}

TEST_CASE("prices that have changed since the sweep are not called its own", "[cli][reprice]") {
  std::string text = two_weapons("");
  text.replace(text.find("best-value"), 10, "nearest");
  const Swept swept(text);
  CHECK(holds(swept.reprice("").out, "as swept"));
  text.replace(text.find("flyer: $35k"), 11, "flyer: $50k");
  write(swept.folder.file("own.yaml"), text);
  const Ended later = swept.reprice("");
  INFO(later.err);
  REQUIRE(later.status == 0);
  CHECK_FALSE(holds(later.out, "as swept"));
  CHECK(holds(later.out, "prices now"));
  CHECK(holds(later.out, "the scenario's files have changed since the sweep"));
}

TEST_CASE("tables on a store fit 100 columns and count in words", "[cli][reprice][sensitivity]") {
  Folder folder;
  std::string text = two_weapons("");
  const std::string site = "a-site-with-a-name-that-goes-on-for-quite-a-while";
  text.replace(text.find("{site:"), 5, "{" + site);
  write(folder.file("own.yaml"), text);
  write(folder.file("study.yaml"), "study: S\nscenario: own.yaml\nuncertain: {units." + site +
                                       ".weapons.sam.magazine: [4]}\nreplications: 100\n"
                                       "prices:\n  the-first-of-several-books: {flyer: $40k}\n"
                                       "  the-second-of-several-books: {flyer: $45k}\n"
                                       "  the-third-of-several-books: {flyer: $50k}\n");
  REQUIRE(run("sweep " + folder.file("study.yaml") + " --quiet").status == 0);
  for (const std::string command : {"reprice ", "sensitivity "}) {
    const Ended ended = run(command + folder.file("study.db"));
    INFO(ended.err << ended.out);
    REQUIRE(ended.status == 0);
    CHECK(holds(ended.out, "1 point of"));
    CHECK_FALSE(holds(ended.out, "1 points"));
    std::istringstream lines(ended.out);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(std::count_if(line.begin(), line.end(),
                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) <= 100);
    }
  }
}

TEST_CASE("a share held to more than all of it is a mistake with its place", "[cli][check][select]") {
  const Held held;
  for (const std::string command : {"check", "select"}) {
    CAPTURE(command);
    const Ended ten = held(command, "leak-fraction: \"<= 10\"");
    CHECK(ten.status == 3);
    CHECK(holds(ten.err, "study.yaml:4:"));
    CHECK(holds(ten.err, "leak-fraction is a share, and 10 is none: it lies between 0 and 100% (write 10%)"));
    CHECK(
        holds(held(command, "P(leakers <= 2): \">= 90\"").err, "P(leakers <= 2) is a share, and 90 is none"));
    CHECK(holds(held(command, "leak-fraction: \">= -1\"").err, "and -1 is none"));
  }
  CHECK(held("check", "leak-fraction: \"<= 10%\", leakers: \"<= 10\", P(leakers <= 10): \">= 1\"").status ==
        0);
}

TEST_CASE("what a shell would take for its own is quoted in hints", "[cli][reprice]") {
  const Ended set = run("run " + minimal + " --set prices.round=0k");  // what a shell makes of $50k
  CHECK(set.status == 3);
  CHECK(holds(set.err, "in single quotes, '$50k', or a shell takes $5 for its own"));
  const Swept swept;
  CHECK(holds(swept.reprice("--grid gun=00k..00k/5").err, "such as 'shahed=$10k..$100k/10' in quotes"));
}

TEST_CASE("changes of a share are told in points, money with its sign, ranges in one way",
          "[cli][reprice][sensitivity]") {
  const Swept swept;
  const Ended share = swept.sensitivity("--measure leak-fraction --bound 50%");
  CHECK(share.status == 0);
  CHECK(holds(share.out, " points"));
  const Ended ratio = swept.sensitivity("--measure cost-exchange.munitions --bound 0.5");
  CHECK(holds(ratio.out, "$90k"));
  CHECK(holds(ratio.out, "  range  "));
  CHECK(holds(ratio.out, "2 … 6"));
  CHECK_FALSE(holds(ratio.out, ".."));
  CHECK(holds(ratio.out,
              "From point 4 (site.weapons.sam.magazine 4, raid.count 4), the scenario's own values;"));
  const Ended grid = swept.reprice("--grid 'gun=$10k,$20k'");
  CHECK(holds(grid.out, "gun $20k"));
}

TEST_CASE("uncertain prices of the study's own books are told in every format", "[cli][reprice]") {
  const Swept swept;
  write(swept.folder.file("study.yaml"),
        "study: Which weapon?\nscenario: own.yaml\nchoices: {units.site.weapons.sam.magazine: [2, 4]}\n"
        "uncertain: {attacks.raid.count: [2, 4, 6]}\nreplications: 200\n"
        "prices: {wide: {flyer: uniform($5k .. $20k), sam: {low: $80k, mode: $90k, high: $95k}}}\n");
  const Ended table = swept.reprice("--view munitions");
  INFO(table.err);
  CHECK(table.status == 0);
  CHECK(holds(table.out, "What uncertain prices do to cost-exchange.munitions, prices wide"));
  CHECK(holds(table.out, "at the mean prices"));
  const auto told = nlohmann::json::parse(swept.reprice("--view munitions --format json")
                                              .out)["price_uncertainty"]["wide"]["cost-exchange.munitions"];
  // All else the same, a ratio goes with 1 / price: ln 4 / 15k on average, 1 / 12.5k at the mean price.
  const double mean = told["mean"], at_means = told["at_mean_prices"];
  CHECK(mean / at_means == Approx(std::log(4.0) / 15 * 12.5));
  CHECK(told["way"] == "quadrature");
  bool is_in_csv = false;
  for (const auto& row : cells_of(swept.reprice("--view munitions --format csv").out))
    if (row.size() > 5 && row[4] == "uncertain-prices.cost-exchange.munitions")
      is_in_csv = std::stod(row[5]) == mean;
  CHECK(is_in_csv);
}

TEST_CASE("money on the command line has a currency, and its rate is used", "[cli][reprice]") {
  const Swept swept;
  write(swept.folder.file("euro.yaml"), "rates: {EUR: 1.10}\nprices: {sam: EUR 90k}\n");
  const std::string euro = swept.book("euro.yaml");
  const auto told = nlohmann::json::parse(
      swept.reprice(euro + " --grid 'sam=EUR 90k,$90k' --keep-planning --format json").out);
  std::map<double, int> ratios;
  for (const auto& [name, book] : told["points"][0]["prices"].items())
    ++ratios[book["cost-exchange.munitions"]["mean"].get<double>()];
  CHECK(ratios.size() == 2);  // as swept and $90k; the book and EUR 90k

  for (const auto& [grid, words] :
       std::map<std::string, std::string>{{"sam=EUR 90k", "EUR has no rate"},
                                          {"sam=$90k' --grid 'sam=$80k", "sam stands in another --grid"},
                                          {"sam=90k", "has no currency (write $100k)"},
                                          {"sam=100..500/5", "has no currency (write $100k)"},
                                          {"sam=$100..500/5", "`500`: it is money and has no currency"},
                                          {"sam=$500..$100/5", "LOW < HIGH"}}) {
    const Ended refused = swept.reprice("--grid '" + grid + "'");
    INFO(grid << ": " << refused.err);
    CHECK(refused.status == 2);
    CHECK(holds(refused.err, words));
  }
  write(swept.folder.file("cheap-euro.yaml"), "rates: {EUR: 1.10}\nprices: {flyer: EUR 30k}\n");
  const auto bound_of = [&](const std::string& options) {
    return nlohmann::json::parse(swept.sensitivity(options).out)["manifest"]["bound"].get<double>();
  };
  const std::string cost = "--measure cost.defender.munitions --format json --bound ";
  CHECK(bound_of(swept.book("cheap-euro.yaml") + " " + cost + "'EUR 100k'") == Approx(110e3));
  CHECK(bound_of(cost + "'$100k'") == Approx(100e3));
  const Ended bare = swept.sensitivity(cost + "100k");
  CHECK(bare.status == 2);
  CHECK(holds(bare.err, "has no currency"));
  CHECK(holds(swept.sensitivity(cost + "'EUR 100k'").err, "EUR has no rate"));
}

TEST_CASE("a limit of money has its currency and is compared in the book's", "[cli][check][select]") {
  const Held held("leakers");
  for (const std::string command : {"check", "select"}) {
    CAPTURE(command);
    CHECK(holds(held(command, "cost.defender.full: \"<= 5\"").err, "cost.defender.full is money"));
    CHECK(holds(held(command, "P(cost.defender.full <= 5M): \">= 10%\"").err, "cost.defender.full is money"));
    CHECK(holds(held(command, "leakers: \"<= $5\"").err, "leakers is a number"));
    CHECK(holds(held(command, "P(cost.defender.full <= EUR 5M): \">= 10%\"").err, "EUR has no rate"));
  }
  const Ended bare = held("check", "leakers: \"<= 5\"}}\nmeasure: [P(cost.defender.full <= 5M)]\n#");
  CHECK(bare.status == 3);
  CHECK(holds(bare.err, "has no currency (write $100k)"));
  CHECK(held("check", "cost.defender.full: \"<= $5M\", P(cost.defender.full <= $5M): \">= 10%\"").status ==
        0);
}

TEST_CASE("what a study asks for of money is priced anew, quantiles from rows", "[cli][reprice]") {
  const Swept swept;
  const std::string study = swept.folder.file("rows.yaml"), store = swept.folder.file("rows.db");
  write(study,
        "study: Rows\nscenario: own.yaml\nuncertain: {attacks.raid.count: [2, 6]}\nreplications: 200\n"
        "measure: [cost-per-kill.munitions, \"q90(cost.defender.munitions)\", P(leakers <= 1), "
        "\"P(cost.defender.munitions <= $200k)\", cost-exchange.per-stopped.munitions]\n");
  write(swept.folder.file("twice.yaml"), "prices: {sam: $180k, gun: $20k, flyer: $70k}\n");
  REQUIRE(run("sweep " + study + " --keep rows --quiet").status == 0);
  const Ended ended =
      run("reprice " + store + " --prices " + swept.folder.file("twice.yaml") + " --format json");
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  const auto told = nlohmann::json::parse(ended.out);
  const auto sweep = nlohmann::json::parse(run("sweep " + study + " --keep rows --format json --quiet").out);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& prices = told["points"][i]["prices"];
    const auto& own = prices["as swept"];
    const auto& twice = prices[swept.folder.file("twice.yaml")];
    const auto& measures = sweep["points"][i]["measures"];
    for (const std::string name :
         {"cost-per-kill.munitions", "q90(cost.defender.munitions)", "P(cost.defender.munitions <= $200k)",
          "cost-exchange.per-stopped.munitions"}) {
      CAPTURE(name);
      REQUIRE(own.contains(name));
      CHECK(own[name]["mean"] == measures[name]["mean"]);
      CHECK(own[name]["low"] == measures[name]["low"]);
    }
    const auto mean = [](const auto& book, const std::string& name) {
      return book[name]["mean"].template get<double>();
    };
    CHECK(mean(twice, "cost-per-kill.munitions") == Approx(2 * mean(own, "cost-per-kill.munitions")));
    CHECK(mean(twice, "q90(cost.defender.munitions)") ==
          Approx(2 * mean(own, "q90(cost.defender.munitions)")));
    CHECK(mean(twice, "P(cost.defender.munitions <= $200k)") <=
          mean(own, "P(cost.defender.munitions <= $200k)"));
    CHECK_FALSE(own.contains("P(leakers <= 1)"));
    // No ratio without what leaks.
    CHECK(own["leak-fraction"]["mean"] == measures["leak-fraction"]["mean"]);
  }
  const Ended table = run("reprice " + store);
  CHECK(holds(table.out, "cost-per-kill.munitions over the points"));
  CHECK(holds(table.out, "leak-fraction"));
  // Without rows a quantile says why there is none.
  write(swept.folder.file("later.yaml"),
        "study: Which weapon?\nscenario: own.yaml\nchoices: {units.site.weapons.sam.magazine: [2, 4]}\n"
        "uncertain: {attacks.raid.count: [2, 4, 6]}\nreplications: 200\n"
        "measure: [\"q90(cost.defender.munitions)\", cost-per-kill.marginal]\n");
  const auto later = nlohmann::json::parse(
      swept.reprice("--study " + swept.folder.file("later.yaml") + " --format json").out);
  const auto& first = later["points"][0]["prices"]["as swept"];
  CHECK(first["cost-per-kill.marginal"]["mean"].is_number());
  CHECK(first["q90(cost.defender.munitions)"]["mean"].is_null());
  CHECK(holds(first["q90(cost.defender.munitions)"]["undefined"].get<std::string>(), "--keep rows"));
}

TEST_CASE("ratios with intruders still aloft carry their bounds and a warning",
          "[cli][reprice][sensitivity]") {
  std::string text = two_weapons("");
  // The second drone enters after two minutes and is not in reach before five.
  text.replace(text.find("duration: 1 h"), 13, "duration: 5 min");
  text.replace(text.find("count: 4"), 8, "count: 4, launch: {at: 0 s, spacing: 2 min}");
  const Swept swept(text);
  const auto sweep =
      nlohmann::json::parse(run("sweep " + swept.folder.file("study.yaml") + " --format json --quiet").out);
  write(swept.folder.file("twice.yaml"), "prices: {sam: $180k, gun: $20k}\n");
  const Ended ended = swept.reprice(swept.book("twice.yaml") + " --format json");
  CHECK(holds(ended.err, "still aloft"));
  const auto told = nlohmann::json::parse(ended.out);
  CHECK(holds(told["warnings"].dump(), "still aloft"));
  const std::string ratio = "cost-exchange.munitions";
  for (std::size_t i = 0; i < 6; ++i) {
    const auto& bounds = sweep["points"][i]["measures"][ratio]["bounds"];
    REQUIRE(bounds.is_array());
    const auto& prices = told["points"][i]["prices"];
    CHECK(prices["as swept"][ratio]["bounds"] == bounds);
    CHECK(prices["as swept"]["leak-fraction"]["bounds"].is_array());
    const auto& twice = prices[swept.folder.file("twice.yaml")][ratio]["bounds"];
    for (std::size_t side : {std::size_t{0}, std::size_t{1}})
      CHECK(twice[side].get<double>() == Approx(2 * bounds[side].get<double>()));
  }
  CHECK(holds(swept.reprice("--format csv").out, ",least,most,not_counted\n"));
  // From moments, too: a grid that is not resampled.
  const auto cells = cells_of(swept.reprice("--grid 'sam=$80k..$90k/200' --keep-planning --format csv").out);
  bool in_grid = false;
  for (const auto& row : cells)
    if (row.size() > 4 && row[0] == "0" && row[3] == "sam $90k" && row[4] == ratio) {
      in_grid = true;
      const auto& bounds = sweep["points"][0]["measures"][ratio]["bounds"];
      CHECK(std::stod(row.at(12)) == Approx(bounds[0].get<double>()));
      CHECK(std::stod(row.at(13)) == Approx(bounds[1].get<double>()));
    }
  CHECK(in_grid);
  CHECK(holds(swept.reprice("").out, "still aloft"));
  const Ended matters = swept.sensitivity("--measure " + ratio);
  CHECK(holds(matters.out, "still aloft"));
  CHECK(holds(matters.out, "leak-fraction there"));
  const auto json = nlohmann::json::parse(swept.sensitivity("--measure " + ratio + " --format json").out);
  CHECK(json["aloft"]["points"] == 6);
  CHECK(json["leak-fraction"]["most"].is_number());
}

TEST_CASE("what is not counted stands beside ratios in every format", "[cli][reprice][sensitivity]") {
  const Swept swept;  // The eye's hours have no price.
  CHECK(holds(swept.reprice("").out, "not counted, for want of a price: eye.hour"));
  CHECK(nlohmann::json::parse(swept.reprice("--format json").out)["not_counted"].dump() ==
        R"(["eye.hour","site.hour"])");
  bool in_csv = false;
  for (const auto& row : cells_of(swept.reprice("--format csv").out))
    in_csv = in_csv || (row.size() > 12 && row[4] == "cost-exchange.full" && holds(row[12], "eye.hour"));
  CHECK(in_csv);
  CHECK(holds(swept.sensitivity("").out, "not counted, for want of a price: eye.hour"));
  CHECK(holds(swept.sensitivity("--format csv").out, "points,,leak-fraction,"));
}

TEST_CASE("a price flips a cost where the cost is what was asked for", "[cli][sensitivity]") {
  const Swept swept;
  const auto told = nlohmann::json::parse(
      swept.sensitivity("--measure cost.defender.munitions --bound '$300k' --format json").out);
  const auto& sam = told["flips"]["prices.sam"];
  REQUIRE(sam.is_object());
  const double price = sam["crosses_at"];
  CHECK(sam["low"].get<double>() < price);
  CHECK(price < sam["high"].get<double>());
  // Laid on the same point, the price makes the cost what it should be.
  write(swept.folder.file("there.yaml"), "prices: {sam: $" + std::to_string(price) + "}\n");
  const auto priced =
      nlohmann::json::parse(swept.reprice(swept.book("there.yaml") + " --keep-planning --format json").out);
  const auto base = told["base"]["point"].get<std::size_t>();
  CHECK(priced["points"][base]["prices"][swept.folder.file("there.yaml")]["cost.defender.munitions"]["mean"]
            .get<double>() == Approx(300e3).epsilon(1e-6));
  CHECK_FALSE(told["flips"].contains("prices.flyer"));
  const auto attacker =
      nlohmann::json::parse(swept.sensitivity("--measure cost.attacker --bound '$100k' --format json").out);
  CHECK(attacker["flips"].contains("prices.flyer"));
  CHECK_FALSE(attacker["flips"].contains("prices.sam"));
}
