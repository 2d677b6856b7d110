// For tests: a ledger with everything a price can be laid on, and seeded rows of it.
#pragma once
#include <string>
#include <vector>

#include "dronewall/pricing/quantities.hpp"
#include "stats/samples.hpp"

namespace dronewall::test {

/// Two threats, missiles of two units, guns, flight hours booked in ms, hours of manning that never vary, and
/// a strike that is counted and expected.
struct BookedRaid {
  LedgerLayout layout;
  std::vector<std::uint32_t> tracked;

  BookedRaid() {
    add("launched.shahed", "shahed", Account::attack, Side::attacker);
    add("launched.gerbera", "gerbera", Account::attack, Side::attacker);
    add("stopped.shahed", "shahed", Account::attack, Side::attacker, 1, true);
    add("rounds.amraam@north", "amraam", Account::munitions, Side::defender);
    add("rounds.amraam@south", "amraam", Account::munitions, Side::defender);
    add("rounds.gun@site", "gun", Account::munitions, Side::defender);
    add("hours.f16@wing", "f16.flight-hour", Account::operations, Side::defender, 1.0 / 3'600'000);
    add("hours.radar@mast", "radar.hour", Account::standing, Side::defender, 1.0 / 3'600'000);
    add("strikes.depot", "strike.depot", Account::damage, Side::defender);
    add("expected-strikes.depot", "strike.depot", Account::damage, Side::defender, 1e-9);
    layout.columns.back().expectation_of = 8;
  }

  void add(const std::string& name, const std::string& item, Account account, Side side, double quantum = 1,
           bool of_stopped = false) {
    LedgerLine line;
    line.item = item;
    line.account = account;
    line.side = side;
    Column column{name, quantum, quantum == 1, line};
    column.of_stopped = of_stopped;
    tracked.push_back(static_cast<std::uint32_t>(layout.columns.size()));
    layout.columns.push_back(std::move(column));
  }

  /// One night: drones come, each takes rounds of somebody, flights last as long as they must.
  [[nodiscard]] std::vector<std::int64_t> night(Uniforms& uniform) const {
    std::vector<std::int64_t> row(layout.columns.size(), 0);
    const auto come = static_cast<std::int64_t>(5 + 10 * uniform());
    for (std::int64_t drone = 0; drone < come; ++drone) {
      ++row[uniform() < 0.7 ? 0 : 1];
      const double by = uniform();
      row[by < 0.3 ? 3 : by < 0.6 ? 4 : 5] += by < 0.6 ? 1 : 40;
      row[2] += by < 0.5;
      row[6] += static_cast<std::int64_t>(2e6 * uniform());
      if (by > 0.97) ++row[8];
      row[9] += static_cast<std::int64_t>(2e9 * 0.03 * uniform());
    }
    row[7] = 36'000'000;
    return row;
  }
  [[nodiscard]] Moments moments(std::uint64_t seed, int nights) const {
    Uniforms uniform(seed, 1);
    Moments moments(static_cast<std::uint32_t>(layout.columns.size()), tracked);
    for (int i = 0; i < nights; ++i) moments.add(night(uniform).data());
    moments.settle();
    return moments;
  }
};

/// Of arrivals, which its layout does not count.
inline std::int64_t nobody_counted(std::uint32_t) { return 0; }

inline void set_price(PriceBook& book, const std::string& item, double low, double mode, double high) {
  PriceDescription& price = book.items[item];
  price.item = {item, {}};
  price.low = low, price.mode = mode, price.high = high;
}
inline void set_price(PriceBook& book, const std::string& item, Quantity distribution) {
  PriceDescription& price = book.items[item];
  price.item = {item, {}};
  price.low = price.mode = price.high = distribution.mean();
  price.distribution = std::move(distribution);
}
inline Quantity quantity(DistributionKind kind, double a, double b = 0, double c = 0) {
  Quantity made;
  made.kind = kind;
  made.a = a, made.b = b, made.c = c;
  return made;
}

inline PriceBook usual_book() {
  PriceBook book;
  book.year = 2025;
  book.deflator = 1.1;
  set_price(book, "shahed", 20e3, 35e3, 80e3);
  set_price(book, "gerbera", 10e3, 10e3, 10e3);
  set_price(book, "amraam", 0.9e6, 1.1e6, 1.4e6);
  set_price(book, "gun", 60, 60, 60);
  set_price(book, "f16.flight-hour", 27e3, 27e3, 27e3);
  set_price(book, "radar.hour", 500, 500, 500);
  set_price(book, "strike.depot", 1e6, 2e6, 9e6);
  book.items["gun"].year = 2020;  // deflated
  return book;
}

}  // namespace dronewall::test
