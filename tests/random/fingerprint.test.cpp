#include "random/fingerprint.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "dronewall/random/distribution.hpp"

using namespace dronewall;

TEST_CASE("the fingerprint is the same each time and sees a change of one last bit", "[random]") {
  const auto results = fingerprint_results();
  CHECK(arithmetic_fingerprint() == fingerprint_of(results));
  int unseen = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    auto changed = results;
    changed[i] = std::nextafter(changed[i], std::numeric_limits<double>::infinity());
    unseen += fingerprint_of(changed) == fingerprint_of(results);
  }
  CHECK(unseen == 0);
}

TEST_CASE("the fingerprint's results are numbers, and not all of one sort", "[random]") {
  const auto results = fingerprint_results();
  for (std::size_t row = 0; row < 10; ++row) {
    double least = results[row], most = results[row];
    for (std::size_t i = row; i < results.size(); i += 10) {
      CHECK(std::isfinite(results[i]));
      least = std::min(least, results[i]);
      most = std::max(most, results[i]);
    }
    CHECK(least < most);
  }
}
