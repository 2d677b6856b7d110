#include "store/codec.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "dronewall/core/hash.hpp"

namespace dronewall {
namespace {

__extension__ typedef unsigned __int128 UInt128;

/// More columns, batches or values than any tally has: what claims more is no tally.
constexpr std::uint64_t most_columns = 1U << 20, most_batches = 1U << 16, most_values = 1U << 30,
                        most_rounds = 1U << 24;

UInt128 folded(Int128 value) {
  return (static_cast<UInt128>(value) << 1) ^ static_cast<UInt128>(value < 0 ? -1 : 0);
}

Int128 unfolded(UInt128 value) { return static_cast<Int128>(value >> 1) ^ -static_cast<Int128>(value & 1); }

/// Differences from value to value down a table's column: what hardly changes becomes a run of zeros.
void add_columns(Encoder& out, const std::vector<std::int64_t>& table, std::size_t rows,
                 std::size_t columns) {
  for (std::size_t c = 0; c < columns; ++c) {
    Int128 last = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      out.add_next(Int128{table[r * columns + c]} - last);
      last = table[r * columns + c];
    }
  }
  out.end_series();
}

std::vector<std::int64_t> get_columns(Decoder& in, std::size_t rows, std::size_t columns) {
  std::vector<std::int64_t> table(rows * columns);
  for (std::size_t c = 0; c < columns; ++c) {
    std::int64_t last = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      last = static_cast<std::int64_t>(static_cast<std::uint64_t>(last) +
                                       static_cast<std::uint64_t>(static_cast<std::int64_t>(in.get_next())));
      table[r * columns + c] = last;
    }
  }
  in.end_series();
  return table;
}

template <class T>
void add_list(Encoder& out, const std::vector<T>& list) {
  out.add(list.size());
  for (const T& value : list) out.add_next(static_cast<Int128>(value));
  out.end_series();
}

template <class T>
std::vector<T> get_list(Decoder& in, std::uint64_t most) {
  std::vector<T> list(in.get_size(most));
  for (T& value : list) value = static_cast<T>(in.get_next());
  in.end_series();
  return list;
}

/// Whether a double comes back from an integer to the bit.
bool is_whole(double value) {
  constexpr double exact = 9007199254740992;  // 2^53
  return std::abs(value) <= exact && value == std::trunc(value) && !(value == 0 && std::signbit(value));
}

enum class DoublesAs { bits, integers };

/// Sums of counts are whole: one or two bytes each. Others take eight.
void add_doubles(Encoder& out, const std::vector<double>& values) {
  const bool whole = std::all_of(values.begin(), values.end(), is_whole);
  out.add(static_cast<std::uint64_t>(whole ? DoublesAs::integers : DoublesAs::bits));
  Int128 last = 0;
  for (const double value : values) {
    if (!whole) {
      out.add_double(value);
      continue;
    }
    out.add_next(static_cast<Int128>(value) - last);
    last = static_cast<Int128>(value);
  }
  out.end_series();
}

std::vector<double> get_doubles(Decoder& in, std::uint64_t count) {
  std::vector<double> values(count);
  const bool whole = in.get_size(1) == static_cast<std::uint64_t>(DoublesAs::integers);
  Int128 last = 0;
  for (double& value : values) {
    if (whole) last += in.get_next_64();
    value = whole ? static_cast<double>(last) : in.get_double();
  }
  in.end_series();
  return values;
}

StoredRows get_rows_head(Decoder& in) {
  StoredRows rows;
  rows.first = in.get();
  rows.count = in.get_size(most_values);
  rows.columns = get_list<std::uint32_t>(in, most_columns);
  if (rows.count * rows.columns.size() > most_values) throw BadBytes("a length is out of range");
  return rows;
}

void expect_end(const Decoder& in) {
  if (!in.is_at_end()) throw BadBytes("there are bytes too many");
}

Histogram get_histogram(Decoder& in) {
  Histogram histogram;
  std::int64_t value = 0;
  for (std::uint64_t cells = in.get_size(most_values); cells > 0; --cells) {
    value += in.get_next_64();
    histogram.add(value, static_cast<std::uint64_t>(in.get_next_64()));
  }
  in.end_series();
  return histogram;
}

}  // namespace

void Encoder::add(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(0x80 | (value & 0x7f));
  bytes_ += static_cast<char>(value);
}

void Encoder::add_text(std::string_view text) {
  add(text.size());
  bytes_ += text;
}

void Encoder::add_double(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(bits >> shift & 0xff);
}

void Encoder::add_next(Int128 value) {
  if (value == 0) {
    ++zeros_;
    return;
  }
  end_series();
  UInt128 rest = folded(value);
  for (; rest >= 0x80; rest >>= 7)
    bytes_ += static_cast<char>(0x80 | static_cast<unsigned char>(rest & 0x7f));
  bytes_ += static_cast<char>(rest);
}

void Encoder::end_series() {
  if (zeros_ == 0) return;
  bytes_ += '\0';
  add(zeros_ - 1);
  zeros_ = 0;
}

unsigned char Decoder::byte() {
  if (bytes_.empty()) throw BadBytes("the bytes end too early");
  const auto first = static_cast<unsigned char>(bytes_.front());
  bytes_.remove_prefix(1);
  return first;
}

std::uint64_t Decoder::get() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const unsigned char next = byte();
    value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
    if (next < 0x80) return value;
  }
  throw BadBytes("a number is too long");
}

std::uint64_t Decoder::get_size(std::uint64_t most) {
  const std::uint64_t size = get();
  if (size > most) throw BadBytes("a length is out of range");
  return size;
}

std::string_view Decoder::get_text() {
  const std::uint64_t size = get_size(bytes_.size());
  if (size > bytes_.size()) throw BadBytes("the bytes end too early");
  const std::string_view text = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return text;
}

double Decoder::get_double() {
  std::uint64_t bits = 0;
  for (int shift = 0; shift < 64; shift += 8) bits |= static_cast<std::uint64_t>(byte()) << shift;
  return std::bit_cast<double>(bits);
}

Int128 Decoder::get_next() {
  if (zeros_ > 0) {
    --zeros_;
    return 0;
  }
  UInt128 value = 0;
  for (int shift = 0; shift < 133; shift += 7) {
    const unsigned char next = byte();
    value |= static_cast<UInt128>(next & 0x7f) << shift;
    if (next >= 0x80) continue;
    if (value == 0) zeros_ = get();
    return unfolded(value);
  }
  throw BadBytes("a number is too long");
}

std::int64_t Decoder::get_next_64() { return static_cast<std::int64_t>(get_next()); }

void Decoder::end_series() {
  if (zeros_ != 0) throw BadBytes("a series is too long");
}

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = mix64(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
    sum = mix64(sum ^ word);
  }
  return sum;
}

std::string encode_moments(const MomentsState& moments) {
  Encoder out;
  out.add(moments.columns);
  out.add(moments.count);
  add_list(out, moments.tracked);
  add_list(out, moments.pivot);
  for (const Int128 sum : moments.sums) out.add_next(sum);
  for (const Int128 cross : moments.cross) out.add_next(cross);
  out.end_series();
  return out.take();
}

MomentsState decode_moments(std::string_view bytes) {
  Decoder in(bytes);
  MomentsState moments;
  moments.columns = static_cast<std::uint32_t>(in.get_size(most_columns));
  moments.count = in.get();
  moments.tracked = get_list<std::uint32_t>(in, most_columns);
  moments.pivot = get_list<std::int64_t>(in, most_columns);
  const std::size_t tracked = moments.tracked.size();
  if (moments.pivot.size() != tracked || tracked > moments.columns) throw BadBytes("lengths do not agree");
  moments.sums.resize(moments.columns);
  moments.cross.resize(tracked * (tracked + 1) / 2);
  for (Int128& sum : moments.sums) sum = in.get_next();
  for (Int128& cross : moments.cross) cross = in.get_next();
  in.end_series();
  expect_end(in);
  return moments;
}

std::string encode_batches(const BatchSumsState& batches) {
  Encoder out;
  out.add(batches.columns);
  out.add(batches.capacity);
  out.add(batches.width);
  add_list(out, batches.counts);
  add_columns(out, batches.sums, batches.counts.size(), batches.columns);
  return out.take();
}

BatchSumsState decode_batches(std::string_view bytes) {
  Decoder in(bytes);
  BatchSumsState batches;
  batches.columns = static_cast<std::uint32_t>(in.get_size(most_columns));
  batches.capacity = static_cast<std::uint32_t>(in.get_size(most_batches));
  batches.width = in.get();
  batches.counts = get_list<std::uint64_t>(in, most_batches);
  if (batches.counts.size() != batches.capacity) throw BadBytes("lengths do not agree");
  batches.sums = get_columns(in, batches.counts.size(), batches.columns);
  expect_end(in);
  return batches;
}

std::string encode_counts(const StoredTally& tally) {
  Encoder out;
  out.add(tally.counts.size());
  for (const auto& [column, histogram] : tally.counts) {
    const auto cells = histogram.cells();
    out.add(column);
    out.add(cells.size());
    std::int64_t last = 0;
    for (const auto& [value, times] : cells) {
      out.add_next(Int128{value} - last);
      out.add_next(static_cast<Int128>(times));
      last = value;
    }
    out.end_series();
  }
  return out.take();
}

std::vector<std::pair<std::uint32_t, Histogram>> decode_counts(std::string_view bytes) {
  Decoder in(bytes);
  std::vector<std::pair<std::uint32_t, Histogram>> counts(in.get_size(most_columns));
  for (auto& [column, histogram] : counts) {
    column = static_cast<std::uint32_t>(in.get_size(most_columns));
    histogram = get_histogram(in);
  }
  expect_end(in);
  return counts;
}

std::vector<std::pair<std::uint32_t, Histogram>> decode_first_counts(std::string_view bytes,
                                                                     std::uint32_t last) {
  Decoder in(bytes);
  std::vector<std::pair<std::uint32_t, Histogram>> counts;
  for (std::uint64_t left = in.get_size(most_columns); left > 0; --left) {
    const auto column = static_cast<std::uint32_t>(in.get_size(most_columns));
    if (column > last) break;
    counts.emplace_back(column, get_histogram(in));
  }
  return counts;
}

std::string encode_rows(const StoredRows& rows) {
  Encoder out;
  out.add(rows.first);
  out.add(rows.count);
  add_list(out, rows.columns);
  add_columns(out, rows.values, rows.count, rows.columns.size());
  return out.take();
}

StoredRows decode_rows(std::string_view bytes) {
  Decoder in(bytes);
  StoredRows rows = get_rows_head(in);
  rows.values = get_columns(in, rows.count, rows.columns.size());
  expect_end(in);
  return rows;
}

StoredRows decode_rows_head(std::string_view bytes) {
  Decoder in(bytes);
  return get_rows_head(in);
}

std::string encode_sums(const StoredSums& sums) {
  Encoder out;
  out.add(sums.first);
  out.add(sums.count);
  out.add(sums.above.size());
  add_doubles(out, sums.above);
  add_doubles(out, sums.below);
  add_doubles(out, sums.whole);
  return out.take();
}

StoredSums decode_sums(std::string_view bytes) {
  Decoder in(bytes);
  StoredSums sums;
  sums.first = in.get();
  sums.count = in.get();
  const std::uint64_t rounds = in.get_size(most_rounds);
  sums.above = get_doubles(in, rounds);
  sums.below = get_doubles(in, rounds);
  sums.whole = get_doubles(in, rounds);
  expect_end(in);
  return sums;
}

}  // namespace dronewall
