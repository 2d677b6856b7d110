#include "dronewall/stats/moments.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <new>
#include <vector>

#include "catch.hpp"
#include "stats/samples.hpp"

namespace {
std::size_t allocations = 0;  // A test program's own count; the replaced operators leave no other way.
}

// Not inlined: g++ takes a pair of which it sees only one half for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace dronewall {
namespace {

using Rows = std::vector<std::vector<std::int64_t>>;

/// Rows of the kinds of columns that ledgers have: counts, a rare count, a constant, times in µs, a wide one.
Rows ledger_like_rows(std::size_t count, std::uint64_t seed) {
  test::Uniforms uniform(seed, 0);
  const auto below = [&](double limit) { return static_cast<std::int64_t>(uniform() * limit); };
  Rows rows;
  for (std::size_t k = 0; k < count; ++k) {
    const std::int64_t shots = below(20);
    const std::int64_t loss = uniform() < 0.02 ? 1 + below(3) : 0;
    rows.push_back({shots, 40 - shots, loss, 7, below(3.6e9), below(4.0e15) - 2'000'000'000'000'000,
                    -shots * 1'000'000'007});
  }
  return rows;
}

Moments added_one_by_one(const Rows& rows, std::size_t from, std::size_t to) {
  Moments moments(static_cast<std::uint32_t>(rows.front().size()));
  for (std::size_t k = from; k < to; ++k) moments.add(rows[k].data());
  return moments;
}

/// Σ (x − p)(y − q) by the definition.
Int128 cross_by_definition(const Rows& rows, std::size_t x, std::int64_t p, std::size_t y, std::int64_t q) {
  Int128 sum = 0;
  for (const auto& row : rows) sum += (Int128{row[x]} - p) * (Int128{row[y]} - q);
  return sum;
}

TEST_CASE("moments of a small table are those done by hand", "[stats]") {
  Moments moments(2);
  for (const auto& row : {std::array<std::int64_t, 2>{1, 10}, {2, 10}, {3, 40}, {6, 20}})
    moments.add(row.data());
  CHECK(moments.count() == 4);
  CHECK(moments.sum(0) == 12);
  CHECK(moments.mean(0) == 3);
  CHECK(moments.mean(1) == 20);
  CHECK(moments.variance(0) == Approx(14.0 / 3).epsilon(1e-15));       // 4 + 1 + 0 + 9
  CHECK(moments.variance(1) == Approx(600.0 / 3).epsilon(1e-15));      // 100 + 100 + 400 + 0
  CHECK(moments.covariance(0, 1) == Approx(30.0 / 3).epsilon(1e-15));  // 20 + 10 + 0 + 0
  CHECK(moments.covariance(0, 1) == moments.covariance(1, 0));

  const std::vector<Term> form{{0, 2.0}, {1, -0.5}};
  CHECK(moments.form_mean(form, 100) == Approx(100 + 6 - 10));
  CHECK(moments.form_variance(form) == Approx(4 * 14.0 / 3 + 0.25 * 200 - 2 * 10));
  const std::vector<Term> first_column{{0, 1.0}};
  CHECK(moments.form_covariance(form, first_column) == Approx(2 * 14.0 / 3 - 0.5 * 10));
  const std::vector<Term> named_twice{{0, 0.5}, {0, 0.5}};
  CHECK(moments.form_variance(named_twice) == Approx(14.0 / 3));
}

TEST_CASE("moments of too few rows are not a number", "[stats]") {
  Moments moments(1);
  CHECK(std::isnan(moments.mean(0)));
  const std::int64_t row = 5;
  moments.add(&row);
  CHECK(moments.mean(0) == 5);
  CHECK(std::isnan(moments.variance(0)));
  CHECK(std::isnan(moments.form_variance(std::vector<Term>{{0, 1.0}})));
  moments.add(&row);
  CHECK(moments.variance(0) == 0);
}

TEST_CASE("sums and cross products are exact integers", "[stats]") {
  const std::size_t count = GENERATE(1U, 5U, 63U, 64U, 65U, 1000U);
  const Rows rows = ledger_like_rows(count, 11);
  const MomentsState state = added_one_by_one(rows, 0, count).state();
  REQUIRE(state.count == count);
  for (std::size_t x = 0; x < state.columns; ++x) {
    Int128 sum = 0;
    for (const auto& row : rows) sum += row[x];
    CHECK((state.sums[x] == sum));
    CHECK(state.pivot[x] == rows.front()[x]);
    for (std::size_t y = 0; y <= x; ++y)
      CHECK((state.cross[x * (x + 1) / 2 + y] ==
             cross_by_definition(rows, x, rows.front()[x], y, rows.front()[y])));
  }
}

TEST_CASE("columns one power of two from the pivot are exact, too", "[stats]") {
  // Around 2^21, 2^42 and 2^43 a difference takes one more digit; 2^51 is the limit of a value.
  const int bit = GENERATE(20, 21, 22, 41, 42, 43, 44, 50);
  const std::int64_t power = std::int64_t{1} << bit;
  Rows rows{{0, 0}};
  for (const std::int64_t x : {-power - 1, -power, -power + 1, power - 1, power, power + 1}) {
    rows.push_back({x, -1});
    rows.push_back({-x, x});
  }
  const MomentsState state = added_one_by_one(rows, 0, rows.size()).state();
  for (std::size_t x = 0; x < 2; ++x)
    for (std::size_t y = 0; y <= x; ++y)
      CHECK((state.cross[x * (x + 1) / 2 + y] == cross_by_definition(rows, x, 0, y, 0)));
}

TEST_CASE("a column that only ever falls one below its first value varies", "[stats]") {
  // −1 has no magnitude bits in two's complement; a count that starts at its maximum looks like this.
  Moments moments(1), half(1);
  for (const std::int64_t value : {8, 7, 8, 7}) moments.add(&value);
  moments.settle();
  CHECK(moments.variance(0) == Approx(1.0 / 3));
  half.merge(moments);
  CHECK(half.variance(0) == moments.variance(0));
}

TEST_CASE("a small variance on a huge mean loses nothing", "[stats]") {
  // The textbook formula in doubles, Σ x² − (Σ x)² / n, has no right digit here.
  Moments moments(1);
  for (const std::int64_t offset : {4, 7, 13, 16}) {
    const std::int64_t value = 2'000'000'000'000'000 + offset;
    moments.add(&value);
  }
  CHECK(moments.variance(0) == 30);
}

TEST_CASE("neither chunks nor the order of merging change a bit", "[stats]") {
  const Rows rows = ledger_like_rows(777, 5);
  const Moments whole = added_one_by_one(rows, 0, 777);
  const Moments first = added_one_by_one(rows, 0, 100);
  const Moments second = added_one_by_one(rows, 100, 107);
  const Moments third = added_one_by_one(rows, 107, 777);

  Moments in_order = first;
  in_order.merge(second);
  in_order.merge(third);
  CHECK(in_order.state() == whole.state());

  Moments out_of_order = third;
  out_of_order.merge(first);
  out_of_order.merge(second);
  Moments into_empty(whole.columns());
  into_empty.merge(out_of_order);
  into_empty.merge(Moments(whole.columns()));
  CHECK(into_empty.count() == 777);
  for (std::uint32_t x = 0; x < whole.columns(); ++x) {
    CHECK(into_empty.mean(x) == whole.mean(x));
    for (std::uint32_t y = 0; y <= x; ++y)
      CHECK(into_empty.covariance(x, y) == Approx(whole.covariance(x, y)));
  }
  // Another pivot, the same numbers: bit for bit where the exact difference fits 127 bits, as it does in
  // raids.
  for (const std::uint32_t x : {0U, 1U, 2U, 3U, 4U, 6U})
    for (const std::uint32_t y : {0U, 1U, 2U, 3U, 4U, 6U})
      CHECK(into_empty.covariance(x, y) == whole.covariance(x, y));
}

TEST_CASE("rows at once are rows one by one, and waiting rows are seen", "[stats]") {
  const Rows rows = ledger_like_rows(150, 3);
  std::vector<std::int64_t> flat;
  for (const auto& row : rows) flat.insert(flat.end(), row.begin(), row.end());
  const auto columns = static_cast<std::uint32_t>(rows.front().size());
  Moments at_once(columns);
  at_once.add(flat.data());
  at_once.add_rows(flat.data() + columns, 149);
  const Moments one_by_one = added_one_by_one(rows, 0, 150);
  CHECK(at_once.state() == one_by_one.state());

  Moments settled = one_by_one;
  settled.settle();
  for (std::uint32_t x = 0; x < columns; ++x) CHECK(settled.covariance(0, x) == one_by_one.covariance(0, x));
  CHECK(Moments(one_by_one.state()).covariance(4, 6) == one_by_one.covariance(4, 6));

  at_once.clear();
  CHECK(at_once.count() == 0);
  at_once.add_rows(flat.data(), 150);
  CHECK(at_once.state() == one_by_one.state());
}

TEST_CASE("only tracked columns have cross products", "[stats]") {
  const Rows rows = ledger_like_rows(100, 9);
  const Moments all = added_one_by_one(rows, 0, 100);
  Moments some(7, {0, 2, 6});
  for (const auto& row : rows) some.add(row.data());
  CHECK(some.state().cross.size() == 6);
  CHECK(some.is_tracked(2));
  CHECK_FALSE(some.is_tracked(1));
  CHECK(some.mean(4) == all.mean(4));
  CHECK(some.covariance(6, 0) == all.covariance(6, 0));
  CHECK(some.variance(2) == all.variance(2));
}

TEST_CASE("adding and merging allocate nothing", "[stats]") {
  const Rows rows = ledger_like_rows(500, 1);
  const auto columns = static_cast<std::uint32_t>(rows.front().size());
  Moments moments(columns);
  Moments total(columns);
  const std::size_t before = allocations;
  for (const auto& row : rows) moments.add(row.data());
  total.merge(moments);
  moments.clear();
  for (const auto& row : rows) moments.add(row.data());
  total.merge(moments);
  const std::size_t after = allocations;
  CHECK(after == before);
  CHECK(total.count() == 1'000);
}

}  // namespace
}  // namespace dronewall
