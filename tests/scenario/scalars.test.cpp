#include "scenario/scalars.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "catch.hpp"

using namespace dronewall;
using D = Dimension;

namespace {

/// The value behind `a: ` of a one-line text, read as a scenario would be.
struct Value {
  Sources sources;
  Problems problems{sources};
  std::unique_ptr<Tree> root;

  explicit Value(const std::string& value) {
    const std::string text = "a: " + value + "\n";
    root = parse_tree(sources.add("a.yaml", text), text, problems);
    REQUIRE(root);
  }
  [[nodiscard]] const Tree& node() const { return *root->find("a"); }
  /// "column: what | hint" of each problem; columns counted from the value's first character.
  [[nodiscard]] std::string report() const {
    std::string out;
    for (const Problem& p : problems.all())
      out += fmt::format("{}{}: {}{}{}", out.empty() ? "" : "\n", p.place.column - 3, p.what,
                         p.hint.empty() ? "" : " | ", p.hint);
    return out;
  }
};

double number(const std::string& text, Dimension dimension) {
  Value value(text);
  const auto read = read_number(value.node(), dimension, value.problems);
  INFO(text << ": " << value.report());
  REQUIRE(read);
  return *read;
}

Quantity quantity(const std::string& text, Dimension dimension) {
  Value value(text);
  const auto read = read_quantity(value.node(), dimension, value.problems);
  INFO(text << ": " << value.report());
  REQUIRE(read);
  return *read;
}

Money money(const std::string& text) {
  Value value(text);
  const auto read = read_money(value.node(), value.problems);
  INFO(text << ": " << value.report());
  REQUIRE(read);
  return *read;
}

std::string number_report(const std::string& text, Dimension dimension) {
  Value value(text);
  CHECK_FALSE(read_number(value.node(), dimension, value.problems));
  return value.report();
}

std::string quantity_report(const std::string& text, Dimension dimension) {
  Value value(text);
  CHECK_FALSE(read_quantity(value.node(), dimension, value.problems));
  return value.report();
}

std::string money_report(const std::string& text) {
  Value value(text);
  CHECK_FALSE(read_money(value.node(), value.problems));
  return value.report();
}

}  // namespace

TEST_CASE("units convert to SI exactly", "[scenario][scalars]") {
  CHECK(number("12 km", D::length) == 12'000);
  CHECK(number("40 cm", D::length) == 0.4);
  CHECK(number("1000 ft", D::length) == 304.8);
  CHECK(number("10 nmi", D::length) == 18'520);
  CHECK(number("-3.5 m", D::length) == -3.5);
  CHECK(number("45 km/h", D::speed) == 12.5);
  CHECK(number("1 km/s", D::speed) == 1000);
  CHECK(number("360 knots", D::speed) == Approx(185.2));
  CHECK(number("90 min", D::time) == 5400);
  CHECK(number("2 week", D::time) == 14 * 86'400);
  CHECK(number("1 y", D::time) == 365.25 * 86'400);
  CHECK(number("12 month", D::time) == number("1 y", D::time));
  CHECK(number("0.05 m2", D::area) == 0.05);
  CHECK(number("500 g", D::mass) == 0.5);
  CHECK(number("2 t", D::mass) == 2000);
  CHECK(number("180 deg", D::angle) == Approx(std::numbers::pi));
  CHECK(number("20 dB", D::decibel) == Approx(100));
  CHECK(number("3 / min", D::rate) == 0.05);
  CHECK(number("3/min", D::rate) == 0.05);
  CHECK(number("0.5 / week", D::rate) == 0.5 / 604'800);
  CHECK(number("2 / month", D::rate) == 2 / (30.4375 * 86'400));
}

TEST_CASE("70% is 0.7 to the last bit, and blanks before a unit do not matter", "[scenario][scalars]") {
  CHECK(number("70%", D::fraction) == 0.7);
  CHECK(number("70 %", D::fraction) == 0.7);
  CHECK(number("0.7", D::fraction) == 0.7);
  CHECK(number("12km", D::length) == 12'000);
  CHECK(number("'12 km'", D::length) == 12'000);
}

TEST_CASE("numbers are written plainly", "[scenario][scalars]") {
  CHECK(number("3e9", D::none) == 3e9);
  CHECK(number("+1.5E-3", D::none) == 1.5e-3);
  CHECK(number("0", D::none) == 0);
  CHECK(number("0.05", D::none) == 0.05);
  CHECK(number("12", D::count) == 12);
  CHECK(number("1e5", D::count) == 100'000);
  CHECK(number_report("012", D::none) == "1: `012` has a leading zero | write 12");
  CHECK(number_report("-00.5", D::none) == "1: `-00.5` has a leading zero | write -0.5");
  CHECK(number_report("1,000", D::none) == "1: `1,000` is not one number | write 1000");
  CHECK(number_report("0,5", D::none) == "1: `0,5` is not one number | write 0.5");
  CHECK(number_report("10_000 m", D::length) == "1: `10_000 m` is not one number | write 10000");
  CHECK(number_report("10 000", D::none) == "1: `10 000` is not one number | write 10000");
  CHECK(number_report(".5", D::none) == "1: `.5` lacks a digit beside the point | write 0.5");
  CHECK(number_report("5.", D::none) == "1: `5.` lacks a digit beside the point | write 5");
  CHECK(number_report(".nan", D::none) == "1: .nan is not a finite number (a plain number is needed)");
  CHECK(number_report("NaN", D::length) == "1: NaN is not a finite number (a length is needed)");
  CHECK(number_report("-.inf", D::none) == "1: -.inf is not a finite number (a plain number is needed)");
  CHECK(number_report("1e999", D::none) == "1: `1e999` is beyond what numbers can hold");
  CHECK(number_report("1e308 km", D::length) == "1: 1e308 km is beyond what numbers can hold");
  CHECK(number_report("−5", D::none) == "1: this minus sign is not the one of numbers | write -");
  CHECK(number_report("fast", D::speed) ==
        "1: `fast` is not a number (a speed is needed) | for example 45 m/s");
  CHECK(number_report("2.5", D::count) == "1: 2.5 is not a whole number (a count is needed)");
  CHECK(number_report("-3", D::count) == "1: -3 is negative (a count is 0 or more)");
}

TEST_CASE("a unit is missing, unknown, superfluous or of another dimension", "[scenario][scalars]") {
  CHECK(number_report("12", D::length) == "1: 12 has no unit (a length is needed) | write 12 km or 12 m");
  CHECK(number_report("12", D::area) == "1: 12 has no unit (an area is needed) | write 12 m2");
  CHECK(number_report("15", D::decibel) == "1: 15 has no unit (a ratio in decibels is needed) | write 15 dB");
  CHECK(number_report("12 km", D::time) == "1: 12 km is a length (a time is needed) | for example 15 min");
  CHECK(number_report("5 km", D::none) == "1: 5 km is a length (a plain number is needed) | write 5");
  CHECK(number_report("3 s", D::count) == "1: 3 s is a time (a count is needed) | write 3");
  CHECK(number_report("5 s", D::rate) == "1: 5 s is a time (a rate is needed) | for example 2 / d");
  CHECK(number_report("100 kmh", D::speed) ==
        "1: `kmh` is no unit (a speed is needed) | did you mean `km/h`?");
  CHECK(number_report("0.1 m²", D::area) == "1: `m²` is no unit (an area is needed) | did you mean `m2`?");
  CHECK(number_report("2 / hour", D::rate) ==
        "1: `/ hour` is no unit (a rate is needed) | did you mean `/ h`?");
  CHECK(number_report("2 mach", D::speed) == "1: `mach` is no unit (a speed is needed) | for example 45 m/s");
  CHECK(number_report("$5", D::length) ==
        "1: $5 is an amount of money (a length is needed) | for example 12 km");
  CHECK(number_report("[1 m]", D::length) ==
        "1: a list stands here (a length is needed) | for example 12 km");
  CHECK(number_report("", D::length) == "-2: nothing stands here (a length is needed) | for example 12 km");
  CHECK(number_report("poisson(3)", D::count) ==
        "1: `poisson(3)` is not a single number (a count is needed) | for example 4");
}

TEST_CASE("unlimited is a number only where it is allowed", "[scenario][scalars]") {
  Value value("unlimited");
  CHECK(read_number(value.node(), D::count, value.problems, Unlimited::allowed) ==
        std::numeric_limits<double>::infinity());
  CHECK(value.report().empty());
  CHECK(number_report("unlimited", D::count) == "1: `unlimited` cannot stand here (a count is needed)");
}

TEST_CASE("distributions have their parameters in order, and a shift on either side", "[scenario][scalars]") {
  const Quantity p = quantity("pert(1 min .. 2 min .. 0.1 h)", D::time);
  CHECK(p.kind == DistributionKind::pert);
  CHECK(p.a == 60);
  CHECK(p.b == 120);
  CHECK(p.c == 360);
  CHECK(p.shift == 0);
  CHECK(p.level == DrawLevel::natural);
  const Quantity before = quantity("6 s + exponential(4 s)", D::time);
  CHECK(before.kind == DistributionKind::exponential);
  CHECK(before.shift == 6);
  CHECK(before.a == 4);
  const Quantity after = quantity("exponential(4 s) + 1 min", D::time);
  CHECK(after.shift == 60);
  CHECK(quantity("-5 m + uniform(0 m..10 m)", D::length).shift == -5);
  CHECK(quantity("beta(8 .. 2)", D::fraction).a == 8);
  const Quantity gamma = quantity("gamma(2 .. 3 s)", D::time);
  CHECK(gamma.a == 2);
  CHECK(gamma.b == 3);
  CHECK(quantity("poisson(3.5)", D::count).a == 3.5);
  CHECK(quantity("lognormal(10 s .. 1 min)", D::time).b == 60);
  CHECK(quantity("normal(50% .. 10%)", D::fraction).b == 0.1);
  CHECK(quantity("45 m/s", D::speed).is_constant());
  CHECK(quantity("45 m/s", D::speed).a == 45);
}

TEST_CASE("a problem in a distribution stands at its own argument", "[scenario][scalars]") {
  CHECK(quantity_report("uniform(900 m .. 200 m)", D::length) ==
        "18: the high end 200 m is below the low end 900 m");
  CHECK(quantity_report("pert(1 s .. 9 s .. 5 s)", D::time) == "13: the mode 9 s lies outside low .. high");
  CHECK(quantity_report("6 s + exponential(-4 s)", D::time) == "19: the mean -4 s is not above 0");
  CHECK(quantity_report("normal(4 s .. -1 s)", D::time) == "15: the standard deviation -1 s is below 0");
  CHECK(quantity_report("lognormal(0 s .. 1 s)", D::time) == "11: the median 0 s is not above 0");
  CHECK(quantity_report("lognormal(3 s .. 1 s)", D::time) ==
        "18: the 95th percentile 1 s is below the median 3 s");
  CHECK(quantity_report("beta(8 .. 0)", D::fraction) == "11: 0 is not above 0");
  CHECK(quantity_report("uniform(1 .. 2 km)", D::length) ==
        "9: 1 has no unit (a length is needed) | write 1 km or 1 m");
  CHECK(quantity_report("uniform(1 .. x)", D::length) ==
        "9: 1 has no unit (a length is needed) | write 1 km or 1 m\n"
        "14: `x` is not a number (a length is needed) | for example 12 km");
  CHECK(quantity_report("\"uniform(9 m .. 2 m)\"", D::length) ==
        "17: the high end 2 m is below the low end 9 m");
}

TEST_CASE("a distribution that is written another way gets a hint", "[scenario][scalars]") {
  CHECK(quantity_report("normal(4 s, 1 s)", D::time) ==
        "11: a comma parts no arguments (it would end a text in { } or [ ]) | write normal(4 s .. 1 s)");
  CHECK(quantity_report("{discrete: {pert(1, 2, 3): 1}}", D::count).find("is not a number") !=
        std::string::npos);
  CHECK(quantity_report("normal(4 s)", D::time) ==
        "8: normal has 2 arguments (1 given) | write normal(mean .. sd)");
  CHECK(quantity_report("exponential()", D::time) ==
        "13: exponential has 1 argument (0 given) | write exponential(mean)");
  CHECK(quantity_report("exponential(4 s .. 5 s)", D::time) ==
        "20: exponential has 1 argument (2 given) | write exponential(mean)");
  CHECK(quantity_report("exponental(4 s)", D::time) ==
        "1: `exponental` is no distribution | did you mean `exponential`?");
  CHECK(quantity_report("exponential 4 s", D::time) ==
        "1: exponential stands here without its arguments | write exponential(mean)");
  CHECK(quantity_report("200 m .. 900 m", D::length) ==
        "1: `200 m .. 900 m` does not say how it is distributed | write uniform(200 m .. 900 m)");
  CHECK(quantity_report("normal(4 s .. 1 s", D::time) ==
        "7: this `(` is not closed | close it with `)`; `..` parts the arguments");
  CHECK(quantity_report("exponential(4 s) + exponential(2 s)", D::time) ==
        "31: a second distribution stands in this value (a value has one)");
  CHECK(quantity_report("exponential(4 s) - 1 s", D::time) ==
        "18: `- 1 s` cannot stand behind a distribution | a shift is written 6 s + exponential(4 s)");
  CHECK(quantity_report("1 s + exponential(4 s) + 1 s", D::time) ==
        "24: a value has one shift, before or behind its distribution | a shift is written 6 s + "
        "exponential(4 s)");
  CHECK(quantity_report("beta(8 .. 2)", D::time) ==
        "1: beta gives numbers between 0 and 1 (a time is needed) | "
        "pert(low .. mode .. high) has the same shape between bounds");
  CHECK(quantity_report("poisson(3)", D::time) == "1: poisson gives whole numbers (a time is needed)");
  CHECK(quantity_report("uniform(1 dB .. 2 dB)", D::decibel) ==
        "1: a ratio in decibels cannot be random | for example 15 dB");
  CHECK(quantity_report("+ exponential(4 s)", D::time) ==
        "1: nothing stands here (a time is needed) | for example 15 min");
  CHECK(quantity_report("exponential(4 s) +", D::time) ==
        "19: nothing stands here (a time is needed) | for example 15 min");
}

TEST_CASE("discrete values have weights", "[scenario][scalars]") {
  const Quantity q = quantity("{discrete: {7: 0.5, 8: 30%, 9: 0.2}}", D::count);
  CHECK(q.kind == DistributionKind::discrete);
  CHECK(q.points == std::vector<std::pair<double, double>>{{7, 0.5}, {8, 0.3}, {9, 0.2}});
  CHECK(quantity("{discrete: {1 km: 0.4, 500 m: 0.6}}", D::length).points[0].first == 1000);
  CHECK(quantity_report("{discrete: {7: 0.5, 7.0: 0.5}}", D::count) ==
        "21: the value 7.0 stands here again | add the two weights");
  CHECK(quantity_report("{discrete: {1 km: 1, 1000 m: 1}}", D::length) ==
        "22: the value 1000 m stands here again | add the two weights");
  CHECK(quantity_report("{discrete: {7: 0, 8: -1}}", D::count) ==
        "16: the weight 0 is not above 0 | leave its value out\n"
        "22: the weight -1 is not above 0 | leave its value out");
  CHECK(quantity_report("{discrete: {7: 0.5, 8: 0.4}}", D::count) ==
        "12: the weights of these values sum to 0.9 (they are shares of a whole) | let them sum to 1");
  CHECK(quantity("{discrete: {7: 0.1, 8: 0.2, 9: 0.3, 10: 0.4}}", D::count).points.size() == 4);  // Rounded.
  CHECK(quantity_report("{discrete: {7.5: 1}}", D::count) ==
        "13: 7.5 is not a whole number (a count is needed)");
  CHECK(quantity_report("{discrete: {7: 1}}", D::length) ==
        "13: 7 has no unit (a length is needed) | write 7 km or 7 m");
  CHECK(
      quantity_report("{discrete: {}}", D::count) ==
      "12: a mapping stands here (values and their weights are needed) | write {discrete: {7: 0.5, 8: 0.5}}");
  CHECK(quantity_report("{discret: {7: 1}}", D::count) ==
        "2: `discret` is no key of a random value | did you mean `discrete`?");
}

TEST_CASE("a value says how often it is drawn", "[scenario][scalars]") {
  const Quantity q = quantity("{draw: raid, from: beta(8 .. 2)}", D::fraction);
  CHECK(q.kind == DistributionKind::beta);
  CHECK(q.level == DrawLevel::raid);
  CHECK(quantity("{from: {discrete: {1: 0.5, 2: 0.5}}, draw: replication}", D::count).level ==
        DrawLevel::replication);
  CHECK(quantity_report("{draw: raids, from: 3}", D::count) ==
        "8: `raids` is no moment of drawing (shot, unit, raid or replication) | did you mean `raid`?");
  CHECK(quantity_report("{draw: raid}", D::count) ==
        "1: `from` is missing here | write {draw: raid, from: beta(8 .. 2)}");
  CHECK(quantity_report("{draw: raid, from: {draw: shot, from: 3}}", D::count) ==
        "20: a value is drawn at one level | keep one `draw`");
  CHECK(quantity_report("{draw: raid, form: 3}", D::count) ==
        "14: `form` is no key of a random value | did you mean `from`?");
}

TEST_CASE("money has one currency", "[scenario][scalars]") {
  CHECK(money("$10k").amount.a == 10'000);
  CHECK(money("$10k").currency == "USD");
  CHECK(money("$2M").amount.a == 2e6);
  CHECK(money("$1.5bn").amount.a == 1.5e9);
  CHECK(money("EUR 3e9").amount.a == 3e9);
  CHECK(money("EUR 3e9").currency == "EUR");
  CHECK(money("PLN 100k").currency == "PLN");
  const Money p = money("pert($5k .. $40k .. $500k)");
  CHECK(p.currency == "USD");
  CHECK(p.amount.kind == DistributionKind::pert);
  CHECK(p.amount.c == 500'000);
  CHECK(money("{discrete: {$5k: 0.5, $10k: 0.5}}").amount.points[1].first == 10'000);
  CHECK(money("$1k + exponential($2k)").amount.shift == 1000);
  CHECK(money("gamma(2 .. EUR 3k)").amount.b == 3000);
  CHECK(money_report("10k") ==
        "1: `10k` has no currency (an amount of money is needed) | write $10k or EUR 10k");
  CHECK(money_report("€5") == "1: `€5` has no currency (an amount of money is needed) | write EUR 5");
  CHECK(money_report("5 EUR") == "1: `5 EUR` has no currency (an amount of money is needed) | write EUR 5");
  CHECK(money_report("$5 mn") == "1: `mn` is no multiple of money | write k, M or bn (10^3, 10^6, 10^9)");
  CHECK(money_report("$-5") == "1: $-5 is negative (an amount of money is 0 or more)");
  CHECK(money_report("-$5") == "1: -$5 is negative (an amount of money is 0 or more)");
  CHECK(money_report("$1,000") == "2: `1,000` is not one number | write 1000");
  CHECK(money_report("12 km") ==
        "1: `12 km` has no currency (an amount of money is needed) | for example $10k or EUR 3e9");
  CHECK(money_report("pert($5k .. EUR 40k .. $500k)") ==
        "13: EUR stands beside USD (one value has one currency)");
}

TEST_CASE("intervals go from low to high", "[scenario][scalars]") {
  const auto report = [](const std::string& text) {
    Value value(text);
    CHECK_FALSE(read_interval(value.node(), D::length, value.problems));
    return value.report();
  };
  Value value("[0 km, 10 km]");
  const auto interval = read_interval(value.node(), D::length, value.problems);
  REQUIRE(interval);
  CHECK(interval->low == 0);
  CHECK(interval->high == 10'000);
  Value open("[1 km, unlimited]");
  CHECK(std::isinf(read_interval(open.node(), D::length, open.problems)->high));
  CHECK(report("[10 km, 0 km]") == "2: the low end 10 km is above the high end 0 km | write [0 km, 10 km]");
  CHECK(report("[0, 10 km]") == "2: 0 has no unit (a length is needed) | write 0 km or 0 m");
  CHECK(report("[0 km]") ==
        "1: a list of 1 stands here (a pair [low, high] is needed) | write [low, high], for example [12 km, "
        "12 km]");
  CHECK(report("10 km").find("1: a text stands here (a pair [low, high] is needed)") == 0);
}

TEST_CASE("instants are UTC and exist", "[scenario][scalars]") {
  const auto instant = [](const std::string& text) {
    Value value(text);
    return read_instant(value.node(), value.problems);
  };
  const auto report = [](const std::string& text) {
    Value value(text);
    CHECK_FALSE(read_instant(value.node(), value.problems));
    return value.report();
  };
  CHECK(instant("1970-01-01") == 0);
  CHECK(instant("1970-01-02T00:00:01Z") == 86'401);
  CHECK(instant("2025-09-09T21:30Z") == 1'757'453'400);  // date -u -d 2025-09-09T21:30Z +%s
  CHECK(instant("2024-02-29") == 1'709'164'800);
  CHECK(report("2025-02-29").find("does not start with a day of the calendar") != std::string::npos);
  CHECK(report("2025-13-01").find("does not start with a day of the calendar") != std::string::npos);
  CHECK(report("tomorrow").find("does not start with a day of the calendar") != std::string::npos);
  CHECK(report("2025-09-09T21:30") ==
        "1: `2025-09-09T21:30` does not say its time zone | write 2025-09-09T21:30Z, in UTC");
  CHECK(report("2025-09-09T21:30+02:00") ==
        "1: `2025-09-09T21:30+02:00` is no time of a day in UTC | write 2025-09-09T21:30Z, in UTC");
  CHECK(report("2025-09-09T24:30Z").find("is no time of a day in UTC") != std::string::npos);
  CHECK(report("2025-09-09 21:30Z").find("is no time of a day in UTC") != std::string::npos);
  CHECK(report("2025-09-09Z").find("is no time of a day in UTC") != std::string::npos);
}

TEST_CASE("hours may pass midnight but are never empty", "[scenario][scalars]") {
  const auto hours = [](const std::string& text) {
    Value value(text);
    return read_hours(value.node(), value.problems);
  };
  CHECK(hours("06:00-22:00") == std::pair(21'600.0, 79'200.0));
  CHECK(hours("22:30-06:00") == std::pair(81'000.0, 21'600.0));
  CHECK(hours("00:00-24:00") == std::pair(0.0, 86'400.0));
  for (const char* bad :
       {"06:00", "24:00-06:00", "6:00-22:00", "06:60-22:00", "06:00-06:00", "06:00 - 22:00", "x"})
    CHECK_FALSE(hours(bad));
}

TEST_CASE("texts are never truth values", "[scenario][scalars]") {
  const auto text = [](const std::string& written) {
    Value value(written);
    const auto read = read_text(value.node(), value.problems);
    return read ? read->text : "refused: " + value.report();
  };
  CHECK(text("NO") == "NO");
  CHECK(text("'null'") == "null");
  CHECK(text("null") == "refused: 1: nothing stands here (a text is needed)");
  CHECK(text("''") == "refused: 1: an empty text stands here (a text is needed)");
  CHECK(text("[a]") == "refused: 1: a list stands here (a text is needed)");
}

TEST_CASE("a value out of range states the range", "[scenario][scalars]") {
  Sources sources;
  const auto report = [&](const Key& key, double value) {
    Problems problems(sources);
    CHECK_FALSE(check_range(key, value, {}, problems));
    return problems.all().at(0).what + " | " + problems.all().at(0).hint;
  };
  const Key pk{.name = "pk", .dimension = D::fraction, .low = 0, .high = 1};
  CHECK(report(pk, 70) == "pk is 70 (a probability lies in [0, 1]) | write 0.7 or 70%");
  CHECK(report(pk, -0.5) == "pk is -0.5 (a probability lies in [0, 1]) | ");
  CHECK(report(pk, std::nan("")) == "pk is nan (a probability lies in [0, 1]) | ");
  CHECK(report({.name = "height", .dimension = D::length, .low = 0}, -3) ==
        "height is -3 m (at least 0 m) | ");
  CHECK(report({.name = "channels", .dimension = D::count, .low = 1, .high = 100}, 0) ==
        "channels is 0 (it lies in [1, 100]) | ");
  Problems problems(sources);
  CHECK(check_range(pk, 1, {}, problems));
  CHECK(problems.all().empty());
}
