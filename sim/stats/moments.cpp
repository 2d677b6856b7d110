#include "dronewall/stats/moments.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "dronewall/core/contracts.hpp"
#include "stats/wide_integer.hpp"

// How exactness is had at the price of floating point: x − pivot is written in balanced digits of 22 bits,
// each in [−2^21, 2^21). Most columns need one. Products of digits are below 2^42, so their sum over a block
// of 32 rows is below 2^48 and a double holds it exactly, whatever the order in which the compiler adds.
// After each block the sums go, shifted to their place, into integers of 128 bits.
namespace dronewall {
namespace {

constexpr std::size_t block_rows = 64;
constexpr std::size_t unrolled_rows = 8;  // of a block, multiplied in one pass
constexpr int digit_bits = 22;
constexpr std::uint32_t max_digits = 3;  // 3 × 22 bits hold the 53 bits of a difference
constexpr int value_bits = 51;
constexpr std::uint32_t untracked = ~std::uint32_t{0};

static_assert(block_rows % unrolled_rows == 0);

std::vector<std::uint32_t> all_columns(std::uint32_t columns) {
  std::vector<std::uint32_t> all(columns);
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

std::size_t triangle(std::size_t n) { return n * (n + 1) / 2; }

/// Cell of a pair in the lower triangle.
std::size_t cell(std::size_t first, std::size_t second) {
  return triangle(std::max(first, second)) + std::min(first, second);
}

/// All bits of |x|, or of |x| − 1 below 0: bit_width() of it (or of several, or-ed) is the bits that x needs.
std::uint64_t magnitude_bits(std::int64_t x) { return static_cast<std::uint64_t>(x ^ (x >> 63)); }

/// Digits that a column needs whose differences have these bits. (Two balanced digits fall short of 43 bits.)
std::uint32_t digits_for(std::uint64_t spread) {
  const auto bits = static_cast<int>(std::bit_width(spread));
  if (bits == 0) return 0;
  if (bits < digit_bits) return 1;
  return bits <= 2 * digit_bits - 2 ? 2 : max_digits;
}

/// Takes the lowest balanced digit off the difference.
std::int64_t take_digit(std::int64_t& difference) {
  constexpr std::int64_t half = std::int64_t{1} << (digit_bits - 1);
  const std::int64_t digit = ((difference + half) & (2 * half - 1)) - half;
  difference = (difference - digit) >> digit_bits;
  return digit;
}

}  // namespace

Moments::Moments(std::uint32_t columns) : Moments(columns, all_columns(columns)) {}

Moments::Moments(std::uint32_t columns, std::vector<std::uint32_t> tracked) {
  state_.columns = columns;
  state_.pivot.resize(tracked.size());
  state_.sums.resize(columns);
  state_.cross.resize(triangle(tracked.size()));
  state_.tracked = std::move(tracked);
  allocate();
}

Moments::Moments(MomentsState state) : state_(std::move(state)) {
  expects(state_.pivot.size() == state_.tracked.size());
  expects(state_.sums.size() == state_.columns);
  expects(state_.cross.size() == triangle(state_.tracked.size()));
  allocate();
}

void Moments::allocate() {
  const std::vector<std::uint32_t>& tracked = state_.tracked;
  expects(std::adjacent_find(tracked.begin(), tracked.end(), std::greater_equal<>{}) == tracked.end());
  expects(tracked.empty() || tracked.back() < state_.columns);
  index_of_column_.assign(state_.columns, untracked);
  for (std::uint32_t a = 0; a < tracked.size(); ++a) index_of_column_[tracked[a]] = a;
  buffer_.resize(block_rows * state_.columns);
  block_sums_.resize(state_.columns);
  spread_.resize(tracked.size());
  digits_.reserve(max_digits * tracked.size());
  packed_.resize(block_rows * max_digits * tracked.size());
  products_.resize(max_digits * tracked.size());
}

void Moments::clear() {
  state_.count = 0;
  pending_ = 0;
  std::fill(state_.pivot.begin(), state_.pivot.end(), 0);
  std::fill(state_.sums.begin(), state_.sums.end(), 0);
  std::fill(state_.cross.begin(), state_.cross.end(), 0);
}

void Moments::add_rows(const std::int64_t* rows, std::size_t count) {
  const std::size_t columns = state_.columns;
  while (count > 0) {
    if (pending_ == 0 && count >= block_rows) {  // Whole blocks need no waiting.
      add_block(rows, block_rows);
      rows += block_rows * columns;
      count -= block_rows;
      continue;
    }
    const std::size_t taken = std::min(count, block_rows - pending_);
    std::copy_n(rows, taken * columns, buffer_.data() + pending_ * columns);
    rows += taken * columns;
    count -= taken;
    pending_ += taken;
    if (pending_ == block_rows) settle();
  }
}

void Moments::settle() {
  if (pending_ > 0) add_block(buffer_.data(), std::exchange(pending_, 0));
}

void Moments::add_block(const std::int64_t* rows, std::size_t count) {
  if (state_.count == 0)
    for (std::size_t a = 0; a < state_.tracked.size(); ++a) state_.pivot[a] = rows[state_.tracked[a]];
  add_block_sums(rows, count);
  find_digits(rows, count);
  pack_digits(rows, count);
  add_block_products(count);
  state_.count += count;
}

void Moments::add_block_sums(const std::int64_t* rows, std::size_t count) {
  const std::size_t columns = state_.columns;
  std::uint64_t seen = 0;
  std::fill(block_sums_.begin(), block_sums_.end(), 0);
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t c = 0; c < columns; ++c) {
      seen |= magnitude_bits(rows[row * columns + c]);
      block_sums_[c] = static_cast<std::int64_t>(static_cast<std::uint64_t>(block_sums_[c]) +
                                                 static_cast<std::uint64_t>(rows[row * columns + c]));
    }
  }
  expects(static_cast<int>(std::bit_width(seen)) <=
          value_bits);  // So nothing above has wrapped, or below will.
  for (std::size_t c = 0; c < columns; ++c) state_.sums[c] += block_sums_[c];
}

void Moments::find_digits(const std::int64_t* rows, std::size_t count) {
  const std::size_t tracked = state_.tracked.size();
  std::fill(spread_.begin(), spread_.end(), 0);
  for (std::size_t row = 0; row < count; ++row) {
    const std::int64_t* values = rows + row * state_.columns;
    for (std::size_t a = 0; a < tracked; ++a) {
      const std::int64_t difference = values[state_.tracked[a]] - state_.pivot[a];
      // −1 needs a digit, too, though it has no magnitude bits.
      spread_[a] |= magnitude_bits(difference) | static_cast<std::uint64_t>(difference != 0);
    }
  }
  digits_.clear();
  for (std::uint32_t a = 0; a < tracked; ++a)
    for (std::uint32_t power = 0; power < digits_for(spread_[a]); ++power) digits_.push_back({a, power});
}

void Moments::pack_digits(const std::int64_t* rows, std::size_t count) {
  const std::size_t width = digits_.size();
  double* out = packed_.data();
  for (std::size_t row = 0; row < count; ++row) {
    const std::int64_t* values = rows + row * state_.columns;
    std::int64_t rest = 0;
    for (const Digit& digit : digits_) {
      if (digit.power == 0) rest = values[state_.tracked[digit.tracked]] - state_.pivot[digit.tracked];
      *out++ = static_cast<double>(take_digit(rest));
    }
  }
  const std::size_t padded = (count + unrolled_rows - 1) / unrolled_rows * unrolled_rows;
  std::fill(out, packed_.data() + padded * width, 0.0);
}

void Moments::add_block_products(std::size_t count) {
  const std::size_t width = digits_.size();
  double* products = products_.data();
  for (std::size_t g = 0; g < width; ++g) {
    std::fill_n(products, g + 1, 0.0);
    for (std::size_t row = 0; row < count; row += unrolled_rows) {
      const double* r0 = packed_.data() + row * width;
      const double *r1 = r0 + width, *r2 = r1 + width, *r3 = r2 + width;
      const double *r4 = r3 + width, *r5 = r4 + width, *r6 = r5 + width, *r7 = r6 + width;
      const double x0 = r0[g], x1 = r1[g], x2 = r2[g], x3 = r3[g], x4 = r4[g], x5 = r5[g], x6 = r6[g],
                   x7 = r7[g];
      for (std::size_t h = 0; h <= g;
           ++h)  // The loop that costs: one load and store for eight multiplications.
        products[h] += x0 * r0[h] + x1 * r1[h] + x2 * r2[h] + x3 * r3[h] + x4 * r4[h] + x5 * r5[h] +
                       x6 * r6[h] + x7 * r7[h];
    }
    book_products(g);
  }
}

void Moments::book_products(std::size_t digit) {
  const Digit first = digits_[digit];
  Int128* row = state_.cross.data() + triangle(first.tracked);
  bool wrapped = false;
  for (std::size_t h = 0; h <= digit; ++h) {
    const Digit second = digits_[h];
    // Two digits of one column meet twice in its square.
    const int twice = second.tracked == first.tracked && h != digit ? 1 : 0;
    const int shift = digit_bits * static_cast<int>(first.power + second.power) + twice;
    const Int128 product =
        static_cast<Int128>(static_cast<std::int64_t>(products_[h])) * (Int128{1} << shift);
    wrapped |= __builtin_add_overflow(row[second.tracked], product, &row[second.tracked]);
  }
  expects(!wrapped);
}

void Moments::merge(const Moments& other) {
  expects(state_.columns == other.state_.columns && state_.tracked == other.state_.tracked);
  if (&other == this) return merge(Moments(other));
  if (state_.count == 0) state_.pivot = other.state_.pivot;  // Nothing is shifted by ours yet.
  // Σ (x − p)(y − q) = Σ (x − p')(y − q') + (p' − p) Σ (y − q') + (q' − q) Σ (x − p') + n (p' − p)(q' − q).
  const auto rows = static_cast<Int128>(other.state_.count);
  const auto move = [&](std::size_t a) { return Int128{other.state_.pivot[a]} - state_.pivot[a]; };
  const auto shifted = [&](std::size_t a) {
    return other.state_.sums[state_.tracked[a]] - rows * other.state_.pivot[a];
  };
  for (std::size_t a = 0; a < state_.tracked.size(); ++a) {
    for (std::size_t b = 0; b <= a; ++b) {
      Int128& cross = state_.cross[triangle(a) + b];
      cross = checked_sum(cross, other.state_.cross[triangle(a) + b]);
      if (move(a) == 0 && move(b) == 0) continue;
      cross = checked_sum(cross, checked_product(move(a), shifted(b)));
      cross = checked_sum(cross, checked_product(move(b), shifted(a) + rows * move(a)));
    }
  }
  for (std::size_t c = 0; c < state_.columns; ++c) state_.sums[c] += other.state_.sums[c];
  state_.count += other.state_.count;
  add_rows(other.buffer_.data(), other.pending_);
}

bool Moments::is_tracked(std::uint32_t column) const {
  expects(column < state_.columns);
  return index_of_column_[column] != untracked;
}

std::uint32_t Moments::tracked_index(std::uint32_t column) const {
  expects(is_tracked(column));
  return index_of_column_[column];
}

Int128 Moments::sum(std::uint32_t column) const {
  expects(column < state_.columns);
  Int128 sum = state_.sums[column];
  for (std::size_t row = 0; row < pending_; ++row) sum += buffer_[row * state_.columns + column];
  return sum;
}

Int128 Moments::shifted_sum(std::uint32_t tracked) const {
  return sum(state_.tracked[tracked]) - static_cast<Int128>(count()) * state_.pivot[tracked];
}

Int128 Moments::cross_sum(std::uint32_t first, std::uint32_t second) const {
  Int128 sum = state_.cross[cell(first, second)];
  for (std::size_t row = 0; row < pending_; ++row) {
    const std::int64_t* values = buffer_.data() + row * state_.columns;
    const Int128 x = Int128{values[state_.tracked[first]]} - state_.pivot[first];
    const Int128 y = Int128{values[state_.tracked[second]]} - state_.pivot[second];
    sum = checked_sum(sum, x * y);
  }
  return sum;
}

double Moments::mean(std::uint32_t column) const {
  return static_cast<double>(sum(column)) / static_cast<double>(count());
}

double Moments::covariance(std::uint32_t first, std::uint32_t second) const {
  if (count() < 2) return std::numeric_limits<double>::quiet_NaN();
  const std::uint32_t a = tracked_index(first);
  const std::uint32_t b = tracked_index(second);
  const auto n = static_cast<Int128>(count());
  const auto rows = static_cast<double>(count());
  const Int128 cross = cross_sum(a, b);
  const Int128 x = shifted_sum(a);
  const Int128 y = shifted_sum(b);
  if (product_fits(n, cross) && product_fits(x, y))
    return static_cast<double>(n * cross - x * y) / (rows * (rows - 1));
  // Too wide for an exact difference: 53 bits of each will do, since the pivot took most of the mean away.
  const double centred =
      static_cast<double>(cross) - static_cast<double>(x) * (static_cast<double>(y) / rows);
  return (a == b ? std::max(centred, 0.0) : centred) / (rows - 1);
}

double Moments::form_mean(Terms terms, double constant) const {
  double mean_of_form = constant;
  for (const auto& [column, weight] : terms) mean_of_form += weight * mean(column);
  return mean_of_form;
}

double Moments::form_variance(Terms terms) const {
  const double variance_of_form = form_covariance(terms, terms);
  return variance_of_form < 0 ? 0.0 : variance_of_form;  // Written this way round, NaN stays NaN.
}

double Moments::form_covariance(Terms first, Terms second) const {
  double covariance_of_forms = 0;
  for (const auto& [i, weight_i] : first)
    for (const auto& [j, weight_j] : second) covariance_of_forms += weight_i * weight_j * covariance(i, j);
  return covariance_of_forms;
}

MomentsState Moments::state() const {
  if (pending_ == 0) return state_;
  Moments whole = *this;
  whole.settle();
  return whole.state_;
}

}  // namespace dronewall
