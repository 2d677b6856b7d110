// Books of the command line: what they may hold beside this scenario's items, and what they say of their
// year.
#include "catch.hpp"
#include "memory_files.hpp"

using namespace dronewall;
using test::minimal;
using test::read;

namespace {

test::ReadResult with_book(const std::string& book, const std::string& main = minimal()) {
  ReadOptions options;
  options.price_books = {"book.yaml"};
  return read({{"main.yaml", main}, {"book.yaml", book}}, options);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a book may price what other scenarios have", "[scenario][prices]") {
  const auto [scenario, problems] =
      with_book("prices: {round: $3M, patriot.hour: $9k, f16.flight-hour: $20k}\n");
  CHECK(problems == "");
  CHECK(scenario.prices.items.at("round").point() == 3e6);
}

TEST_CASE("an item that looks like one of this scenario misspelt is warned of", "[scenario][prices]") {
  const std::string problems =
      with_book("prices: {rounds: $3M, battery.hours: $9, target-drone: $1k}\n").problems;
  CHECK(holds(problems, "book.yaml:1:10: warning: nothing in this scenario is booked as rounds"));
  CHECK(holds(problems, "did you mean round?"));
  const std::string cut_short = with_book("prices: {round: $3M, target: $1k}\n").problems;
  CHECK(holds(cut_short, "booked as target\n"));
  CHECK(holds(cut_short, "did you mean target-drone?"));
  // Both names are in the book: neither is a slip of the other.
  CHECK(with_book("prices: {round: $3M, rounds: $2M}\n").problems == "");
}

TEST_CASE("an item that no scenario books is a mistake", "[scenario][prices]") {
  const std::string problems = with_book("prices: {round: $3M, patriot.hours: $9k}\n").problems;
  CHECK(holds(problems, "book.yaml:1:22: error: no scenario books patriot.hours"));
}

TEST_CASE("a book that prices nothing here is warned of", "[scenario][prices]") {
  const std::string problems = with_book("prices: {patriot.hour: $9k}\n").problems;
  CHECK(holds(problems, "warning: nothing in this scenario is booked under any item of this book"));
}

TEST_CASE("a later book's deflator wins, and its year fills in", "[scenario][prices]") {
  const std::string book = "year: 2030\ndeflator: 1.2\nprices: {round: $3M}\n";
  const ScenarioDescription plain = with_book(book).scenario;
  CHECK(plain.prices.year == 2030);
  CHECK(plain.prices.deflator == 1.2);
  const ScenarioDescription dated = with_book(book, minimal("year: 2025\ndeflator: 1.1\n")).scenario;
  CHECK(dated.prices.year == 2025);  // the report's
  CHECK(dated.prices.deflator == 1.2);
  CHECK(dated.prices.items.at("round").year == 2030);
}

TEST_CASE("a price may follow a learning curve, or be the worth of yearly payments", "[scenario][prices]") {
  const auto price_of = [](const std::string& row) {
    const auto [scenario, problems] = with_book("prices: {round: " + row + "}\n");
    INFO(problems);
    CHECK(problems == "");
    return scenario.prices.items.at("round").point();
  };
  CHECK(price_of("{learning: {first: $20k, rate: 85%, pieces: [1, 500]}}") * 500 ==
        Approx(3029008.48).epsilon(1e-8));
  CHECK(price_of("{learning: {first: $20k, rate: 85%, pieces: [500, 500]}}") ==
        Approx(4658.16973).epsilon(1e-8));
  CHECK(price_of("{learning: {first: $20k, rate: 100%, pieces: [3, 9]}}") == Approx(20e3));
  CHECK(price_of("{annuity: {payment: $1M, rate: 3%, years: 10}}") == Approx(8530202.84).epsilon(1e-8));
  CHECK(price_of("{annuity: {payment: $1M, rate: 0%, years: 10}}") == Approx(10e6));
}

TEST_CASE("a formula of a price is held to its keys", "[scenario][prices]") {
  const auto told = [](const std::string& row) {
    return with_book("prices: {round: " + row + "}\n").problems;
  };
  CHECK(holds(told("{learning: {first: $20k, rate: 85%, pieces: [1, 500]}, price: $1k}"),
              "a price is one of price, learning, annuity, and low, mode and high"));
  CHECK(holds(told("{learning: {first: $20k, rate: 85%}}"), "pieces is missing"));
  CHECK(holds(told("{learning: {first: 20, rate: 85%, pieces: [1, 5]}}"), "has no currency"));
  CHECK(holds(told("{learning: {first: $20k, rate: 0%, pieces: [1, 5]}}"), "error: "));
  CHECK(holds(told("{learning: {first: $20k, rate: 85%, pieces: [5, 1]}}"), "error: "));
  CHECK(holds(told("{learning: {first: $20k, rate: 85%, pieces: [0.5, 5]}}"), "error: "));
  CHECK(holds(told("{annuity: {payment: uniform($1M .. $2M), rate: 3%, years: 10}}"), "may not be random"));
  CHECK(holds(told("{annuity: {payment: $1M, rate: 3%, years: 1.5}}"), "error: "));
}
