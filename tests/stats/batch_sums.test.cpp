#include "dronewall/stats/batch_sums.hpp"

#include <array>
#include <numeric>

#include "catch.hpp"

namespace dronewall {
namespace {

using Row = std::array<std::int64_t, 2>;

/// Replication k has the row {k, 1}.
void add_range(BatchSums& sums, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t k = from; k < to; ++k) sums.add(k, Row{static_cast<std::int64_t>(k), 1}.data());
}

const std::vector<Term> number{{0, 1.0}};
const std::vector<Term> ones{{1, 1.0}};

TEST_CASE("few replications are each a batch of their own", "[stats]") {
  BatchSums sums(2, 8);
  add_range(sums, 0, 8);
  CHECK(sums.width() == 1);
  CHECK(sums.form_sums(number) == std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(sums.form_sums(ones, 0.5) == std::vector<double>(8, 1.5));
}

TEST_CASE("more replications than batches double the width", "[stats]") {
  BatchSums sums(2, 8);
  add_range(sums, 0, 9);
  CHECK(sums.width() == 2);
  CHECK(sums.whole_batches() == 4);  // The ninth stands in a batch that is not whole.
  CHECK(sums.form_sums(number) == std::vector<double>{1, 5, 9, 13});
  CHECK(sums.form_sums(ones, 10) == std::vector<double>(4, 22));
  add_range(sums, 9, 64);
  CHECK(sums.width() == 8);
  CHECK(sums.whole_batches() == 8);
  CHECK(sums.form_sums(number).front() == 28);
  sums.clear();
  CHECK(sums.width() == 1);
  CHECK(sums.whole_batches() == 0);
}

TEST_CASE("batches do not depend on who adds what in which order", "[stats]") {
  BatchSums whole(2, 16);
  add_range(whole, 0, 100);
  BatchSums early(2, 16), late(2, 16), last(2, 16);
  add_range(early, 0, 13);
  add_range(late, 40, 100);
  add_range(last, 13, 40);
  late.merge(early);  // wide takes narrow
  BatchSums merged(2, 16);
  merged.merge(last);
  merged.merge(late);  // narrow takes wide
  CHECK(merged.width() == 8);
  CHECK(merged.form_sums(number) == whole.form_sums(number));
  const std::vector<double> sums = merged.form_sums(number);
  CHECK(std::accumulate(sums.begin(), sums.end(), 0.0) == 96 * 95 / 2);
}

}  // namespace
}  // namespace dronewall
