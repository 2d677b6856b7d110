// Latin hypercubes: of N points each lies alone in its Nth of every factor, and all lie far apart.
#include <limits>
#include <numeric>

#include "study/designs/kinds.hpp"

namespace dronewall {
namespace {

constexpr double most_work = 5e7;         // coordinate differences spent on moving points apart, per doubling
constexpr double most_attempts = 20'000;  // and tries
constexpr double most_first_work = 2e9;   // for the first look at all distances; larger ones stay as drawn

/// Points of the unit cube that grow by doubling. Each step halves the strata of every factor: the points
/// before lie in one half each, the new points get the others. So the N points are the first of the 2N, and
/// both are Latin hypercubes. Within what that leaves free, new points trade places in one factor as long as
/// it moves the closest of them apart (maximin). Source: Qian, "Nested Latin hypercube designs", Biometrika
/// 96 (2009); Johnson, Moore, Ylvisaker, "Minimax and maximin distance designs", 1990.
class Hypercube {
 public:
  Hypercube(std::size_t factors, DesignDraws draws) : factors_(factors), draws_(draws) {}

  /// Grows to `total` points, which are none or twice as many as there are.
  void grow(std::size_t total) {
    const std::size_t before = points();
    cells_.resize(total * factors_);
    for (std::size_t factor = 0; factor < factors_; ++factor) fill(factor, before, total);
    move_apart(before);
  }

  [[nodiscard]] std::size_t points() const { return cells_.size() / factors_; }
  [[nodiscard]] std::vector<double> point(std::size_t number) const {
    return {cells_.begin() + static_cast<std::ptrdiff_t>(number * factors_),
            cells_.begin() + static_cast<std::ptrdiff_t>((number + 1) * factors_)};
  }

 private:
  double& cell(std::size_t point, std::size_t factor) { return cells_[point * factors_ + factor]; }

  /// Draws the coordinates of new points in the strata that are still free.
  void fill(std::size_t factor, std::size_t before, std::size_t total) {
    std::vector<bool> taken(total, false);
    for (std::size_t i = 0; i < before; ++i) taken[level_at(cell(i, factor), total)] = true;
    std::vector<std::size_t> free;
    for (std::size_t stratum = 0; stratum < total; ++stratum)
      if (!taken[stratum]) free.push_back(stratum);
    for (std::size_t i = free.size(); i > 1; --i)
      std::swap(free[i - 1], free[draws_.below(i, factor, total, i)]);
    for (std::size_t i = before; i < total; ++i) {
      const double within = draws_.uniform(factor, total, total + i);
      cell(i, factor) = (static_cast<double>(free[i - before]) + within) / static_cast<double>(total);
    }
  }

  [[nodiscard]] double squared_distance(std::size_t a, std::size_t b) const {
    double sum = 0;
    for (std::size_t f = 0; f < factors_; ++f) {
      const double apart = cells_[a * factors_ + f] - cells_[b * factors_ + f];
      sum += apart * apart;
    }
    return sum;
  }

  [[nodiscard]] double nearest(std::size_t point) const {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t other = 0; other < points(); ++other)
      if (other != point) least = std::min(least, squared_distance(point, other));
    return least;
  }

  void move_apart(std::size_t first) {
    const std::size_t total = points(), count = total - first;
    const double look = static_cast<double>(total) * static_cast<double>(factors_);
    if (count < 2 || look * static_cast<double>(count) > most_first_work) return;
    std::vector<double> least(count);
    for (std::size_t i = 0; i < count; ++i) least[i] = nearest(first + i);
    const auto attempts = static_cast<std::uint64_t>(std::min(most_attempts, most_work / look));
    for (std::uint64_t attempt = 0; attempt < attempts; ++attempt) {
      const auto worst =
          static_cast<std::size_t>(std::min_element(least.begin(), least.end()) - least.begin());
      const double now = nearest(first + worst);
      if (now > least[worst])
        least[worst] = now;  // Another point that was near has moved away.
      else
        try_trade(first, worst, attempt, least);
    }
  }

  /// Lets the point trade one coordinate with another new one, and keeps it where both then lie farther from
  /// all others than it did.
  void try_trade(std::size_t first, std::size_t one, std::uint64_t attempt, std::vector<double>& least) {
    const std::size_t other = draws_.below(least.size(), points(), attempt, 1);
    const std::size_t factor = draws_.below(factors_, points(), attempt, 2);
    if (other == one) return;
    std::swap(cell(first + one, factor), cell(first + other, factor));
    const double of_one = nearest(first + one), of_other = nearest(first + other);
    if (std::min(of_one, of_other) > least[one]) {
      least[one] = of_one;
      least[other] = of_other;
    } else {
      std::swap(cell(first + one, factor), cell(first + other, factor));
    }
  }

  std::size_t factors_;
  DesignDraws draws_;
  std::vector<double> cells_;
};

class LatinHypercube final : public Design {
 public:
  [[nodiscard]] std::string name() const override { return "latin-hypercube"; }

  [[nodiscard]] DesignMatrix make(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                  const StudyDescription& study) const override {
    Hypercube cube(factors.size(), DesignDraws(study.seed, "latin-hypercube"));
    std::uint64_t size = design.points;
    while (size % 2 == 0) size /= 2;  // 200 points grow from 25, 50, 100: so 400 contain them.
    for (; size <= design.points; size *= 2) cube.grow(size);
    DesignMatrix matrix = unit_matrix(factors);
    matrix.reserve(cube.points());
    for (std::size_t i = 0; i < cube.points(); ++i) matrix.add_point(cube.point(i));
    return matrix;
  }
};

}  // namespace

std::unique_ptr<Design> make_latin_hypercube() { return std::make_unique<LatinHypercube>(); }

}  // namespace dronewall
