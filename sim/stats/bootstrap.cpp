#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <vector>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/stats/interval.hpp"

namespace dronewall {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Squares that are only rounding of what they are the difference of count as 0.
double unless_rounding(double squares, double of) { return squares > 1e-12 * of ? squares : 0; }

/// Sums over a (re)sample of batches, or of one, from which its ratio and standard error follow. A batch is
/// seen from the ratio of the whole sample: e = y − R x, so that Σ e = 0 over the sample.
struct ResidualSums {
  double e = 0, x = 0, ee = 0, ex = 0, xx = 0;

  [[nodiscard]] static ResidualSums of_batch(double e, double x) { return {e, x, e * e, e * x, x * x}; }
  [[nodiscard]] bool has_ratio() const { return x != 0; }

  void add(const ResidualSums& other) {
    e += other.e;
    x += other.x;
    ee += other.ee;
    ex += other.ex;
    xx += other.xx;
  }

  /// Its ratio minus R.
  [[nodiscard]] double shift() const { return e / x; }

  /// Delta method around its own ratio, over m batches.
  [[nodiscard]] double standard_error(double m) const {
    const double delta = shift();
    const double squares = ee - 2 * delta * ex + delta * delta * xx;
    return std::sqrt(unless_rounding(squares, ee + delta * delta * xx) * m / (m - 1)) / std::abs(x);
  }
};

/// The same of a mean, whose denominators are all alike: they count as 1 / m each.
struct DeviationSums {
  double e = 0, ee = 0;

  [[nodiscard]] static DeviationSums of_batch(double e, double) { return {e, e * e}; }
  [[nodiscard]] static bool has_ratio() { return true; }

  void add(const DeviationSums& other) {
    e += other.e;
    ee += other.ee;
  }

  [[nodiscard]] double shift() const { return e; }
  [[nodiscard]] double standard_error(double m) const {
    const double square = e * e / m;
    return std::sqrt(unless_rounding(ee - square, ee + square) * m / (m - 1));
  }
};

/// Which batches every resample holds: indices drawn with replacement, of which draw k is a pure function of
/// the seed and k, two to a word.
class Resamples {
 public:
  Resamples(std::uint64_t seed, std::uint32_t batches, std::uint32_t count)
      : seed_(seed), batches_(batches), count_(count) {
    if (std::uint64_t{batches} * count > most_kept) return;
    table_.resize(std::size_t{batches} * count);
    for (std::uint32_t resample = 0; resample < count; ++resample)
      draw(resample, table_.data() + std::size_t{resample} * batches);
  }

  /// All measures of a point, and all points of a sweep, are resampled alike: each thread keeps its last
  /// table.
  static const Resamples& of(std::uint64_t seed, std::uint32_t batches, std::uint32_t count) {
    static thread_local std::unique_ptr<const Resamples> last;
    if (!last || last->seed_ != seed || last->batches_ != batches || last->count_ != count)
      last = std::make_unique<const Resamples>(seed, batches, count);
    return *last;
  }

  template <class Sums>
  [[nodiscard]] Sums sums(std::uint32_t resample, const std::vector<Sums>& residuals,
                          std::vector<std::uint32_t>& workspace) const {
    const std::uint32_t* indices = table_.data() + std::size_t{resample} * batches_;
    if (table_.empty()) {
      workspace.resize(batches_);
      draw(resample, workspace.data());
      indices = workspace.data();
    }
    Sums sums;
    for (std::uint32_t k = 0; k < batches_; ++k) sums.add(residuals[indices[k]]);
    return sums;
  }

 private:
  static constexpr std::uint64_t most_kept = std::uint64_t{1} << 20;  // 4 MiB

  void draw(std::uint64_t resample, std::uint32_t* out) const {
    const std::uint64_t key = mix64(seed_), words = (std::uint64_t{batches_} + 1) / 2;
    for (std::uint64_t word = 0; word < words; ++word) {
      const std::uint64_t bits = mix64(key ^ mix64(resample * words + word));
      out[2 * word] = index(bits >> 32);
      if (2 * word + 1 < batches_) out[2 * word + 1] = index(bits & 0xffffffffU);
    }
  }

  /// 32 bits to 0 … batches − 1: biased by less than batches / 2^32, far below what a bootstrap resolves.
  [[nodiscard]] std::uint32_t index(std::uint64_t bits) const {
    return static_cast<std::uint32_t>((bits * batches_) >> 32);
  }

  std::uint64_t seed_;
  std::uint32_t batches_, count_;
  std::vector<std::uint32_t> table_;  ///< resample × batches; empty where it would be too large
};

/// How many batches have another ratio than most.
std::size_t batches_apart(std::span<const double> numerators, std::span<const double> denominators) {
  std::vector<double> ratios;
  for (std::size_t k = 0; k < numerators.size(); ++k)
    if (denominators[k] != 0) ratios.push_back(numerators[k] / denominators[k]);
  std::sort(ratios.begin(), ratios.end());
  std::size_t most = 0, alike = 0;
  for (std::size_t k = 0; k < ratios.size(); ++k) {
    const bool same = k > 0 && ratios[k] - ratios[k - 1] <= 1e-12 * std::abs(ratios[k]);
    alike = same ? alike + 1 : 1;
    most = std::max(most, alike);
  }
  return ratios.size() - most;
}

/// What a resample without any spread counts as: it has missed all the k batches that lie apart, and k events
/// are Poisson with the exact upper bound U, so (U − k) / √k.
double shift_of_the_unspread(std::size_t apart, double tail) {
  const double k = static_cast<double>(std::max<std::size_t>(apart, 1));
  return (boost::math::gamma_q_inv(k + 1, tail) - k) / std::sqrt(k);
}

/// (R* − R) / se*: `unspread` when the resample moved but has no spread, NaN when it has no ratio.
template <class Sums>
double studentised(const Sums& sums, double m, double unspread) {
  if (!sums.has_ratio()) return std::numeric_limits<double>::quiet_NaN();
  const double shift = sums.shift();
  const double error = sums.standard_error(m);
  if (error > 0) return shift / error;
  return shift == 0 ? 0 : std::copysign(unspread, shift);
}

struct Tails {
  double low;
  double high;
};

/// The values of rank k from below and from above, k = ⌊(B + 1) tail⌋. Resamples without a ratio could lie
/// anywhere, so they count as the extremes of both sides.
Tails tails_of(std::vector<double>& values, double tail) {
  const auto rank = static_cast<std::size_t>(static_cast<double>(values.size() + 1) * tail);
  const auto end = std::remove_if(values.begin(), values.end(), [](double t) { return std::isnan(t); });
  const auto without_ratio = static_cast<std::size_t>(values.end() - end);
  if (rank <= without_ratio) return {-infinity, infinity};
  const auto skipped = static_cast<std::ptrdiff_t>(rank - without_ratio - 1);
  std::sort(values.begin(), end);
  return {*(values.begin() + skipped), *(end - 1 - skipped)};
}

/// (R* − R) / se* of every resample.
template <class Sums>
std::vector<double> studentised_shifts(const std::vector<double>& e, std::span<const double> x,
                                       double unspread, const BootstrapOptions& options) {
  std::vector<Sums> residuals;
  residuals.reserve(e.size());
  for (std::size_t k = 0; k < e.size(); ++k) residuals.push_back(Sums::of_batch(e[k], x[k]));
  const Resamples& resamples =
      Resamples::of(options.seed, static_cast<std::uint32_t>(e.size()), options.resamples);
  std::vector<double> shifts(options.resamples);
  std::vector<std::uint32_t> workspace;
  for (std::uint32_t b = 0; b < options.resamples; ++b)
    shifts[b] = studentised(resamples.sums(b, residuals, workspace), static_cast<double>(e.size()), unspread);
  return shifts;
}

bool are_alike(std::span<const double> values) {
  return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
}

}  // namespace

ConfidenceInterval bootstrap_t_interval(std::span<const double> numerators,
                                        std::span<const double> denominators, double confidence,
                                        const BootstrapOptions& options) {
  expects(0 < confidence && confidence < 1 && options.resamples > 0);
  expects(numerators.size() == denominators.size() && numerators.size() < (std::uint64_t{1} << 32));
  const std::size_t m = numerators.size();
  const double denominator = std::accumulate(denominators.begin(), denominators.end(), 0.0);
  if (m < 2 || denominator == 0) return {};
  const double ratio = std::accumulate(numerators.begin(), numerators.end(), 0.0) / denominator;
  if (!std::isfinite(ratio)) return {};

  std::vector<double> residuals(m);
  ResidualSums sample;
  double scale = 0;
  for (std::size_t k = 0; k < m; ++k) {
    residuals[k] = numerators[k] - ratio * denominators[k];
    sample.add(ResidualSums::of_batch(residuals[k], denominators[k]));
    scale += numerators[k] * numerators[k];
  }
  const double error = sample.standard_error(static_cast<double>(m));
  // Residuals that are rounding of the numerators: every batch has the same ratio.
  if (error == 0 || sample.ee <= 1e-28 * scale) return {ratio, ratio, IntervalMethod::bootstrap_t};

  const double tail = (1 - confidence) / 2;
  const double unspread = shift_of_the_unspread(batches_apart(numerators, denominators), tail);
  std::vector<double> shifts =
      are_alike(denominators) ? studentised_shifts<DeviationSums>(residuals, denominators, unspread, options)
                              : studentised_shifts<ResidualSums>(residuals, denominators, unspread, options);
  const Tails tails = tails_of(shifts, tail);
  return {ratio - tails.high * error, ratio - tails.low * error, IntervalMethod::bootstrap_t};
}

}  // namespace dronewall
