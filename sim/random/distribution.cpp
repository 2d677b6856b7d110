#include "dronewall/random/distribution.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "dronewall/core/contracts.hpp"
#include "random/quantiles.hpp"
#include "random/tail_table.hpp"

namespace dronewall {

namespace {

constexpr double z95 = 1.6448536269514727;  // normal quantile of 0.95
constexpr double largest_tabled_mean = 500;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The first value whose cumulated probability reaches u.
std::size_t first_reaching(const double* cumulated, std::size_t count, double u) {
  const double* end = cumulated + count - 1;  // the last is 1 and is reached by all that is left
  return static_cast<std::size_t>(std::lower_bound(cumulated, end, u) - cumulated);
}

/// The first parameter of the beta distribution under a pert.
double first_of_pert(double low, double mode, double high) { return 1 + 4 * (mode - low) / (high - low); }

/// low < high. Each half is kept on its side of the mode, whatever was rounded.
double triangular_inverse(double low, double mode, double high, double u) {
  const double width = high - low;
  if (u * width < mode - low) return std::min(mode, low + std::sqrt(u * width * (mode - low)));
  return std::max(mode, high - std::sqrt((1 - u) * width * (high - mode)));
}

}  // namespace

/// Made at the first draw, whoever draws: a catalog has many distributions that no scenario uses. The tables
/// are functions of the parameters alone, so it does not matter who that is.
struct Distribution::Tails {
  struct Made {
    std::optional<TailTable> lower, upper;
  };
  std::atomic<const Made*> made = nullptr;

  ~Tails() { delete made.load(); }
  /// Whoever is first keeps what it made; the others throw theirs, which is equal, away.
  const Made& keep(std::unique_ptr<const Made> mine) {
    const Made* kept = nullptr;
    if (made.compare_exchange_strong(kept, mine.get(), std::memory_order_acq_rel)) return *mine.release();
    return *kept;
  }
};

namespace {

/// Of narrower ones neighbouring draws lie no further apart than a table is exact.
constexpr double narrow = 1e4;

/// The quantile at u by the table of its nearer tail, where there is one, else solved for: lower(p) or, of
/// the upper tail, upper(q).
template <class Tails, class Lower, class Upper>
double nearer_tail(Tails& tails, bool wide, double u, Lower lower, Upper upper) {
  const auto* made = tails.made.load(std::memory_order_acquire);
  if (made == nullptr) {
    auto mine = std::make_unique<typename Tails::Made>();
    if (wide) {
      mine->lower = TailTable::of(lower);
      mine->upper = TailTable::of(upper);
    }
    made = &tails.keep(std::move(mine));
  }
  const double p = cut_tail(u <= 0.5 ? u : 1 - u);
  const std::optional<TailTable>& table = u <= 0.5 ? made->lower : made->upper;
  if (table && p >= TailTable::least) return table->value(p);
  return u <= 0.5 ? lower(p) : upper(p);
}

}  // namespace

double Distribution::beta_value(double a, double b, double u) const {
  // In the upper half the smaller of x and 1 − x is looked up: the other is as exact as that one.
  const bool by_rest = a >= b || b < 1;
  const double x = nearer_tail(
      *tails_, a + b < narrow, u, [&](double p) { return beta_lower(a, b, p); },
      [&](double q) { return by_rest ? beta_rest(a, b, q) : beta_upper(a, b, q); });
  return u > 0.5 && by_rest ? 1 - x : x;
}

double Distribution::gamma_value(double shape, double u) const {
  return nearer_tail(
      *tails_, shape < narrow, u, [&](double p) { return gamma_lower(shape, p); },
      [&](double q) { return gamma_upper(shape, q); });
}

Distribution Distribution::constant(double value) {
  expects(std::isfinite(value));
  return Distribution().shifted(value);
}

Distribution Distribution::exponential(double mean) {
  expects(mean > 0 && std::isfinite(mean));
  return Distribution(Kind::exponential, mean);
}

Distribution Distribution::uniform(double low, double high) {
  expects(low <= high && std::isfinite(high - low));
  if (low == high) return constant(low);
  return Distribution(Kind::uniform, low, high);
}

Distribution Distribution::triangular(double low, double mode, double high) {
  expects(low <= mode && mode <= high && std::isfinite(high - low));
  if (low == high) return constant(low);
  return Distribution(Kind::triangular, low, mode, high);
}

Distribution Distribution::pert(double low, double mode, double high) {
  expects(low <= mode && mode <= high && std::isfinite(high - low));
  if (low == high) return constant(low);
  Distribution made(Kind::pert, low, mode, high);
  made.tails_ = std::make_shared<Tails>();
  return made;
}

Distribution Distribution::normal(double mean, double sd) {
  expects(sd >= 0 && std::isfinite(mean) && std::isfinite(sd));
  if (sd == 0) return constant(mean);
  return Distribution(Kind::normal, mean, sd);
}

Distribution Distribution::lognormal(double median, double p95) {
  expects(median > 0 && median <= p95 && std::isfinite(p95 / median));
  if (median == p95) return constant(median);
  const double sigma = draw_log(p95 / median) / z95;
  return Distribution(Kind::lognormal, median, sigma);
}

Distribution Distribution::poisson(double mean) {
  expects(mean >= 0 && mean <= 1e15);
  if (mean == 0) return constant(0);
  Distribution made(Kind::poisson, mean);
  if (mean <= largest_tabled_mean)
    made.table_ = std::make_shared<const std::vector<double>>(poisson_cumulated(mean));
  return made;
}

Distribution Distribution::beta(double a, double b) {
  expects(a > 0 && b > 0 && std::isfinite(a + b));
  Distribution made(Kind::beta, a, b);
  made.tails_ = std::make_shared<Tails>();
  return made;
}

Distribution Distribution::gamma(double shape, double scale) {
  expects(shape > 0 && scale > 0 && std::isfinite(shape * scale));
  Distribution made(Kind::gamma, shape, scale);
  made.tails_ = std::make_shared<Tails>();
  return made;
}

Distribution Distribution::discrete(std::vector<std::pair<double, double>> values_and_weights) {
  expects(!values_and_weights.empty());
  std::sort(values_and_weights.begin(), values_and_weights.end());
  std::vector<double> table;
  for (const auto& [value, weight] : values_and_weights) {
    expects(std::isfinite(value) && weight > 0 && std::isfinite(weight));
    table.push_back(value);
  }
  double sum = 0, moment = 0;
  for (const auto& [value, weight] : values_and_weights) {
    sum += weight;
    moment += weight * value;
    table.push_back(sum);
  }
  const std::size_t count = values_and_weights.size();
  if (table[0] == table[count - 1]) return constant(table[0]);
  for (std::size_t i = count; i < table.size(); ++i) table[i] /= sum;
  Distribution made(Kind::discrete, moment / sum);
  made.table_ = std::make_shared<const std::vector<double>>(std::move(table));
  return made;
}

Distribution Distribution::shifted(double by) const {
  expects(std::isfinite(by));
  Distribution moved = *this;
  moved.shift_ += by;
  return moved;
}

double Distribution::inverse(double u) const {
  switch (kind_) {
    case Kind::constant:
      return 0;
    // 1 − u is exact, and a step of u moves the logarithm by more than its error: non-decreasing.
    case Kind::exponential:
      return -a_ * draw_log(1 - u);
    case Kind::uniform:
      return std::min(b_, a_ + (b_ - a_) * u);
    case Kind::triangular:
      return triangular_inverse(a_, b_, c_, u);
    case Kind::pert: {
      const double first = first_of_pert(a_, b_, c_);
      return std::min(c_, a_ + (c_ - a_) * beta_value(first, 6 - first, u));
    }
    case Kind::normal:
      return a_ + b_ * normal_quantile(u);
    case Kind::lognormal:
      return a_ * draw_exp(b_ * normal_quantile(u));
    case Kind::poisson:
      if (!table_) return large_poisson_quantile(a_, u);
      return static_cast<double>(first_reaching(table_->data(), table_->size(), u));
    case Kind::beta:
      return beta_value(a_, b_, u);
    case Kind::gamma:
      return b_ * gamma_value(a_, u);
    case Kind::discrete: {
      const std::size_t count = table_->size() / 2;
      return (*table_)[first_reaching(table_->data() + count, count, u)];
    }
  }
  return 0;
}

void Distribution::values(double* uniforms, std::size_t count) const {
  switch (kind_) {
    case Kind::exponential:
      for (std::size_t i = 0; i < count; ++i) uniforms[i] = shift_ + -a_ * draw_log(1 - uniforms[i]);
      return;
    case Kind::uniform:
      for (std::size_t i = 0; i < count; ++i)
        uniforms[i] = shift_ + std::min(b_, a_ + (b_ - a_) * uniforms[i]);
      return;
    default:
      for (std::size_t i = 0; i < count; ++i) uniforms[i] = value(uniforms[i]);
  }
}

double Distribution::mean() const { return shift_ + unshifted_mean(); }

double Distribution::unshifted_mean() const {
  switch (kind_) {
    case Kind::constant:
      return 0;
    case Kind::uniform:
      return a_ + (b_ - a_) / 2;
    case Kind::triangular:
      return (a_ + b_ + c_) / 3;
    case Kind::pert:
      return (a_ + 4 * b_ + c_) / 6;
    case Kind::lognormal:
      return a_ * draw_exp(b_ * b_ / 2);
    case Kind::beta:
      return a_ / (a_ + b_);
    case Kind::gamma:
      return a_ * b_;
    case Kind::exponential:
    case Kind::normal:
    case Kind::poisson:
    case Kind::discrete:
      return a_;
  }
  return 0;
}

double Distribution::low() const {
  switch (kind_) {
    case Kind::uniform:
    case Kind::triangular:
    case Kind::pert:
      return shift_ + a_;
    case Kind::normal:
      return -infinity;
    case Kind::discrete:
      return shift_ + table_->front();
    default:
      return shift_;
  }
}

double Distribution::high() const {
  switch (kind_) {
    case Kind::constant:
      return shift_;
    case Kind::uniform:
      return shift_ + b_;
    case Kind::triangular:
    case Kind::pert:
      return shift_ + c_;
    case Kind::beta:
      return shift_ + 1;
    case Kind::discrete:
      return shift_ + (*table_)[table_->size() / 2 - 1];
    default:
      return infinity;
  }
}

}  // namespace dronewall
