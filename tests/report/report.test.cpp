#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "catch.hpp"
#include "dronewall/report/run_report.hpp"
#include "dronewall/study/version.hpp"
#include "report/figures.hpp"

using namespace dronewall;

namespace {

Estimate known(std::string name, std::optional<double> mean, std::string unit = "", bool is_ratio = false) {
  Estimate estimate;
  estimate.name = std::move(name);
  estimate.meaning = fmt::format("What {} means.", estimate.name);
  estimate.unit = std::move(unit);
  estimate.mean = mean;
  estimate.n = 400;
  estimate.is_ratio = is_ratio;
  if (mean) {
    estimate.se = *mean / 100;
    estimate.low = 0.98 * *mean;
    estimate.high = 1.02 * *mean;
    estimate.sd = *mean / 5;
    estimate.method = std::string(1, 't');
  }
  return estimate;
}

/// A raid whose results are written by hand: ten came, nine were shot down, one leaked.
struct Written {
  LedgerLayout layout;
  Pricing pricing;
  PointResult result;
  Manifest manifest;
  std::vector<ReportedDescription> reported;

  Written() {
    manifest = {"raid.yaml", "A raid", 0xabc, 7, 0.95, 0xdef, "dronewall run raid.yaml", 2};
    pricing.currency = "USD";
    pricing.not_counted = {{"radar.hour", Account::standing}, {"strike.depot", Account::damage}};
    pricing.lacks[static_cast<std::size_t>(View::full)] = {Account::standing};
    pricing.prices = {{"drone", 10e3, 5e3, 20e3, "a \"source\""}};
    result.replications = 400;
    result.estimates = {known("intruders.launched", 10),
                        known("fates.shot-down", 9),
                        known("fates.struck", 1),
                        known("leakers", 1),
                        known("kills", 9),
                        known("lost.missed", 1),
                        known("stage.detected", 10),
                        known("rounds.missile", 12),
                        known("leak-fraction", 0.1, "fraction", true)};
    for (const char* view : {"munitions", "marginal", "full", "total"}) {
      result.estimates.push_back(known(fmt::format("cost.defender.{}", view), 4.8e6, "USD"));
      result.estimates.push_back(known(fmt::format("cost-exchange.{}", view), 48, "", true));
    }
    result.estimates.push_back(known("cost.attacker", 100e3, "USD"));
    Estimate undefined = known("attacker-cost-per-strike", std::nullopt, "USD", true);
    undefined.undefined_because = "nothing struck";
    result.estimates.push_back(undefined);
    result.requested = {known("P(leakers <= 2)", 0.96, "fraction"), known("leakers", 1)};
    result.seconds = 0.5;
  }
  [[nodiscard]] RunReport report() const { return {manifest, layout, pricing, result, reported}; }
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the table answers first, in 100 columns, and a ratio never stands alone", "[report]") {
  const Written written;
  const std::string table = table_of(written.report());
  for (const std::string& line : lines_of(table)) {
    INFO(line);
    CHECK(width_of(line) <= 100);
  }
  CHECK(holds(table, "A raid"));
  CHECK(holds(table, "48 ± 1"));
  CHECK(holds(table, "$4.8M ± 0.1M"));
  CHECK(holds(table, "10.0% ± 0.2% of the hostile intruders leak"));
  CHECK(holds(table, "not counted, having no price: standing: radar.hour; damage: strike.depot"));
  CHECK(holds(table, "└ without standing"));
  CHECK(holds(table, "missed"));
  CHECK(holds(table, "P(leakers <= 2)"));
  CHECK(holds(table, "400 replications · seed 7"));
  CHECK_FALSE(holds(table, "\x1b["));  // no colours
  CHECK(table.find("leak") < table.find("Who paid"));
}

TEST_CASE("intruders still aloft turn ratios into bounds, with a warning", "[report]") {
  Written written;
  written.result.unresolved = 0.5;
  for (Estimate& estimate : written.result.estimates)
    if (estimate.is_ratio && estimate.mean) estimate.bounds = {*estimate.mean, 2 * *estimate.mean};
  const std::string table = table_of(written.report());
  CHECK(holds(table, "warning: 0.500 intruders per replication are still aloft"));
  CHECK(holds(table, "48 … 96"));
  CHECK(holds(table, "10% … 20% of the hostile intruders leak"));
  const auto json = nlohmann::json::parse(json_of(written.report()));
  CHECK(json["measures"]["cost-exchange.full"]["bounds"] == nlohmann::json({48.0, 96.0}));
  CHECK(json["warnings"].size() == 1);
}

TEST_CASE("a time before entering is a length, and nothing that leaked is no line", "[report]") {
  Written written;
  Estimate detected = known("time.first-detection", -600, "s", true);
  detected.low = -660, detected.high = -540;
  written.result.estimates.push_back(detected);
  written.result.estimates.push_back(known("time.intercept", 300, "s", true));
  written.result.estimates.push_back(known("intruders.decoys", 4));
  const std::string table = table_of(written.report());
  CHECK(holds(table, "10 min ± 1 min  before entering"));
  CHECK(holds(table, "after entering"));
  CHECK_FALSE(holds(table, "leaked: "));
}

TEST_CASE("the JSON is a flat map with one key a line", "[report]") {
  const Written written;
  const std::string text = json_of(written.report());
  const auto json = nlohmann::json::parse(text);
  CHECK(json["manifest"]["seed"] == 7);
  CHECK(json["manifest"]["version"] == program_version);
  CHECK(json["manifest"]["scenario_hash"] == "0000000000000abc");
  CHECK(json["measures"].size() ==
        written.result.estimates.size() + 1);  // and the probability; leakers only once
  CHECK(json["measures"]["leakers"]["mean"] == 1.0);
  CHECK(json["measures"]["leakers"]["n"] == 400);
  CHECK(json["measures"]["cost.attacker"]["unit"] == "USD");
  CHECK(json["measures"]["attacker-cost-per-strike"]["mean"].is_null());
  CHECK(json["measures"]["attacker-cost-per-strike"]["undefined"] == "nothing struck");
  CHECK(json["prices"]["drone"]["source"] == "a \"source\"");
  CHECK(json["not_counted"]["radar.hour"] == "standing");
  const auto lines = lines_of(text);
  for (const Estimate& estimate : written.result.estimates) {
    const std::string key = fmt::format("    \"{}\": {{", estimate.name);
    CHECK(std::count_if(lines.begin(), lines.end(),
                        [&](const std::string& line) { return line.rfind(key, 0) == 0; }) == 1);
  }
}

TEST_CASE("equal runs differ in the lines of command, threads and seconds only", "[report]") {
  const Written first;
  Written second;
  second.manifest.command = "dronewall run ./raid.yaml --threads 8";
  second.manifest.threads = 8;
  second.result.seconds = 9.25;
  const auto a = lines_of(json_of(first.report())), b = lines_of(json_of(second.report()));
  REQUIRE(a.size() == b.size());
  int different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    ++different;
    INFO(a[i]);
    CHECK((holds(a[i], "\"command\"") || holds(a[i], "\"threads\"") || holds(a[i], "\"seconds\"")));
  }
  CHECK(different == 3);
  CHECK(table_of(first.report()) == table_of(second.report()));
  CHECK(csv_of(first.report()) == csv_of(second.report()));
}

TEST_CASE("the CSV has one line a measure, and undefined is empty", "[report]") {
  const Written written;
  const auto lines = lines_of(csv_of(written.report()));
  CHECK(lines[0] == "name,mean,se,low,high,sd,n,unit");
  CHECK(lines.size() == 1 + written.result.estimates.size() + 1);
  CHECK(lines[1] == "intruders.launched,10,0.1,9.8,10.2,2,400,");
  CHECK(std::find(lines.begin(), lines.end(), "attacker-cost-per-strike,,,,,,400,USD") != lines.end());
}

TEST_CASE("kept rows stand in the JSON with their columns", "[report]") {
  Written written;
  written.layout.columns = {{.name = "kills"}, {.name = "hours", .quantum = 0.5}};
  written.result.replications = 2;
  written.result.rows = {1, 2, 3, 4};
  const auto json = nlohmann::json::parse(json_of(written.report()));
  CHECK(json["columns"]["hours"] == 0.5);
  CHECK(json["rows"] == nlohmann::json({{1, 2}, {3, 4}}));
}

TEST_CASE("prices of other years are warned of, and shown with theirs", "[report]") {
  Written written;
  written.pricing.year = 2025;
  written.pricing.prices = {{"drone", 10e3, 5e3, 20e3, "a source"}, {"missile", 1e6, 1e6, 1e6, ""}};
  written.pricing.prices[0].basis = UsedPrice::Basis::mode;
  written.pricing.prices[0].year = 2020;
  written.pricing.prices[1].year = 2023;
  written.pricing.prices[1].deflated_by = 1.1;
  const auto warnings = warnings_of(written.report());
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0] ==
        "at prices of another year than the book's 2025, there being no deflator: drone (2020)");
  const std::string table = table_of(written.report());
  CHECK(holds(table, "prices of 2025; moved there by the deflator 1.1: missile (2023)"));
  const auto json = nlohmann::json::parse(json_of(written.report()));
  CHECK(json["manifest"]["price_year"] == 2025);
  CHECK(json["prices"]["drone"]["year"] == 2020);
  CHECK(json["prices"]["drone"]["point_is"] == "mode");
  CHECK(json["prices"]["missile"]["deflated_by"] == 1.1);
  const auto undated = nlohmann::json::parse(json_of(Written().report()));
  CHECK(undated["manifest"]["price_year"].is_null());
}

TEST_CASE("the result says how losses are scored, and which views are partial", "[report]") {
  Written written;
  CHECK_FALSE(holds(table_of(written.report()), "last chance"));
  CHECK(nlohmann::json::parse(json_of(written.report()))["manifest"]["loss_scoring"] == "sampled");
  written.pricing.scoring = Scoring::expected;
  written.pricing.partial[static_cast<std::size_t>(View::full)] = {Account::acquisition};
  written.pricing.not_counted.push_back({"eye.acquisition", Account::acquisition, Missing::life});
  const std::string table = table_of(written.report());
  CHECK(holds(table, "the money of losses is what was to be expected of them at the last chance"));
  CHECK(holds(table, "└ without standing; acquisition in part"));
  CHECK(holds(table, "not counted, having no life: acquisition: eye.acquisition"));
  CHECK(nlohmann::json::parse(json_of(written.report()))["manifest"]["loss_scoring"] == "expected");
}

TEST_CASE("text of the file is escaped where it is shown", "[report]") {
  Written written;
  written.manifest.title = "A raid\x1b[31m";
  CHECK_FALSE(holds(table_of(written.report()), "\x1b"));
  CHECK_NOTHROW(nlohmann::json::parse(json_of(written.report())));
}

TEST_CASE("a run is held against what was reported, one line and one JSON entry each", "[report]") {
  Written sample;
  ReportedDescription kills;
  kills.measure.text = "leakers";
  kills.low = 3;
  kills.high = 6;
  kills.source = "a \"daily\"";
  sample.reported = {kills};
  sample.result.requested = {known("q5(leakers)", 0), known("q95(leakers)", 4)};
  const std::string table = table_of(sample.report());
  CHECK(holds(table, "Held against what was reported"));
  CHECK(holds(table, "0 – 4"));
  CHECK(holds(table, "overlaps"));
  CHECK_FALSE(holds(table, "Asked for"));  // Its quantiles are not a user's.
  const auto json = nlohmann::json::parse(json_of(sample.report()));
  CHECK(json["reported"][0]["verdict"] == "overlaps");
  CHECK(json["reported"][0]["nine_of_ten"] == nlohmann::json::array({0, 4}));
  CHECK(json["reported"][0]["source"] == "a \"daily\"");
}
