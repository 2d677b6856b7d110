// Re-pricing from moments: 10,000 points times 200 vectors of prices, ratio and its interval in every view.
#include <fmt/format.h>

#include <chrono>
#include <thread>
#include <vector>

#include "dronewall/pricing/quantities.hpp"
#include "goals.hpp"
#include "pricing/booked_raid.hpp"

namespace {

using namespace dronewall;

constexpr std::size_t points = 10'000, vectors = 200;

/// A ledger as large as Poland's: more missiles, each with rounds of two units.
test::BookedRaid large_raid() {
  test::BookedRaid raid;
  for (int weapon = 0; weapon < 8; ++weapon)
    for (const char* unit : {"north", "south"})
      raid.add(fmt::format("rounds.sam{}@{}", weapon, unit), fmt::format("sam{}", weapon), Account::munitions,
               Side::defender);
  return raid;
}

class Repricing {
 public:
  Repricing() : table_({&raid_.layout}, points, Scoring::expected), moments_(night()) {
    fill();
    for (std::size_t v = 0; v < vectors; ++v) {
      PriceBook book = test::usual_book();
      for (int weapon = 0; weapon < 8; ++weapon)
        test::set_price(book, fmt::format("sam{}", weapon), 0,
                        1e5 * (weapon + 1.0) + 1e3 * static_cast<double>(v), 1e7);
      prices_.add(book);
    }
  }
  /// Moments of columns into groups, all points; two threads.
  void fill() {
    on_two_threads(
        [&](std::size_t point) { table_.set(point, raid_.layout, moments_, test::nobody_counted); });
  }
  void reprice(const std::vector<View>& views) {
    on_two_threads([&](std::size_t point) {
      thread_local std::vector<PricedPoint> out(vectors);
      for (const View view : views) {
        lay_prices(prices_, point, view, out);
        PricedIntervals intervals(prices_, point, view, 0.95, 1.97);
        double sum = 0;
        for (std::size_t v = 0; v < vectors; ++v) sum += intervals.exchange(v, out[v]).high;
        checks_[point] = sum;
      }
    });
  }

 private:
  Moments night() const {
    test::Uniforms uniform(1, 1);
    Moments moments(static_cast<std::uint32_t>(raid_.layout.columns.size()), raid_.tracked);
    for (int i = 0; i < 200; ++i) {
      std::vector<std::int64_t> row = raid_.night(uniform);
      for (std::size_t c = 10; c < row.size(); ++c) row[c] = static_cast<std::int64_t>(6 * uniform());
      moments.add(row.data());
    }
    moments.settle();
    return moments;
  }
  template <typename Work>
  static void on_two_threads(Work work) {
    const auto part = [&](std::size_t from) {
      for (std::size_t point = from; point < points; point += 2) work(point);
    };
    std::thread other(part, 1);
    part(0);
    other.join();
  }

  test::BookedRaid raid_ = large_raid();
  QuantityTable table_;
  PriceVectors prices_{table_};
  Moments moments_;
  std::vector<double> checks_ = std::vector<double>(points);
};

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

void bench::measure_repricing(std::vector<Goal>& goals) {
  Repricing repricing;
  std::vector<double> one, all, fill;
  for (int i = 0; i < 5; ++i) {
    one.push_back(seconds_of([&] { repricing.reprice({View::marginal}); }));
    all.push_back(seconds_of([&] { repricing.reprice({all_views.begin(), all_views.end()}); }));
    fill.push_back(seconds_of([&] { repricing.fill(); }));
  }
  goals.push_back({"10,000 points × 200 price vectors, ratio with its interval, s on two threads",
                   median(one), 1, 0.5, false,
                   fmt::format("all four views {:.2f} s; from columns to groups before it {:.2f} s",
                               median(all), median(fill))});
}
