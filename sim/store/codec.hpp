// Integers as bytes: small ones short, runs of zeros in two bytes, and a checksum over all.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dronewall/store/selection_store.hpp"
#include "dronewall/store/stored_tally.hpp"

namespace dronewall {

/// Bytes that cannot have been written by an Encoder: cut off, or changed.
class BadBytes : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Appends integers: seven bits a byte, lowest first; signed ones as 2x or −2x − 1. In a series, 0 is
/// followed by how many more zeros there are.
class Encoder {
 public:
  void add(std::uint64_t value);
  void add_text(std::string_view text);
  void add_double(double value);
  /// The next integer of a series.
  void add_next(Int128 value);
  /// Ends the series.
  void end_series();
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  std::uint64_t zeros_ = 0;
};

/// Reads what an Encoder wrote, in the same order. Throws BadBytes where there is nothing more.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t get();
  /// A length that is believed only as far as `most`.
  [[nodiscard]] std::uint64_t get_size(std::uint64_t most);
  [[nodiscard]] std::string_view get_text();
  [[nodiscard]] double get_double();
  [[nodiscard]] Int128 get_next();
  [[nodiscard]] std::int64_t get_next_64();
  void end_series();
  [[nodiscard]] bool is_at_end() const { return bytes_.empty(); }

 private:
  [[nodiscard]] unsigned char byte();
  std::string_view bytes_;
  std::uint64_t zeros_ = 0;
};

/// Eight bytes at a time, mixed: quick enough for every blob.
[[nodiscard]] std::uint64_t checksum(std::string_view bytes);

[[nodiscard]] std::string encode_moments(const MomentsState& moments);
[[nodiscard]] MomentsState decode_moments(std::string_view bytes);
[[nodiscard]] std::string encode_batches(const BatchSumsState& batches);
[[nodiscard]] BatchSumsState decode_batches(std::string_view bytes);
[[nodiscard]] std::string encode_counts(const StoredTally& tally);
[[nodiscard]] std::vector<std::pair<std::uint32_t, Histogram>> decode_counts(std::string_view bytes);
/// Of the first columns alone: up to `last`.
[[nodiscard]] std::vector<std::pair<std::uint32_t, Histogram>> decode_first_counts(std::string_view bytes,
                                                                                   std::uint32_t last);
[[nodiscard]] std::string encode_rows(const StoredRows& rows);
[[nodiscard]] StoredRows decode_rows(std::string_view bytes);
/// Without the values.
[[nodiscard]] StoredRows decode_rows_head(std::string_view bytes);
[[nodiscard]] std::string encode_sums(const StoredSums& sums);
[[nodiscard]] StoredSums decode_sums(std::string_view bytes);

}  // namespace dronewall
