// Addresses beyond the counter's bits, hashed names, and batches.
#include "dronewall/random/draws.hpp"

#include <algorithm>

#include "dronewall/core/hash.hpp"
#include "random/lanes.hpp"

namespace dronewall {

namespace {

constexpr std::uint32_t chunk = 64;  // counters of a batch that stand on the stack at once
static_assert(chunk % lanes == 0);

}  // namespace

Entity entity_of(const char* name, std::size_t size) { return {hash_text({name, size}) >> 16}; }

Entity pair_of(Entity first, Entity second) { return {mix64(first.hash + mix64(second.hash)) >> 16}; }

std::uint64_t Draws::far_entity(const Address& address, std::uint32_t index) {
  // 20 + 20 + 16 bits of excess fit into one word, so two excesses of an entity differ before they are mixed.
  const std::uint64_t excess =
      std::uint64_t{address.occurrence >> 12} << 36 | std::uint64_t{address.number >> 12} << 16 | index >> 16;
  return address.entity.hash ^ (mix64(excess) >> 16);
}

void Draws::uniforms(Entity entity, std::uint32_t occurrence, std::span<const std::uint32_t> numbers,
                     Purpose purpose, std::uint32_t index, double* out) const {
  const Counter first = counter_of({entity, occurrence, 0}, purpose, index);
  std::uint64_t low[chunk], high[chunk];
  for (std::size_t begin = 0; begin < numbers.size(); begin += chunk) {
    const auto here = static_cast<std::uint32_t>(std::min<std::size_t>(chunk, numbers.size() - begin));
    std::uint32_t bits = occurrence | index >> 4;  // An index has four bits more than the others.
    for (std::uint32_t i = 0; i < here; ++i) {
      const std::uint32_t number = numbers[begin + i];
      bits |= number;
      low[i] = first.low;
      high[i] = first.high | std::uint64_t{number} << 28;
    }
    if (bits >> 12 != 0)
      for (std::uint32_t i = 0; i < here; ++i) {
        const Counter counter = counter_of({entity, occurrence, numbers[begin + i]}, purpose, index);
        low[i] = counter.low;
        high[i] = counter.high;
      }
    for (std::uint32_t i = here; i % lanes != 0; ++i) low[i] = high[i] = 0;
    fill(low, high, here, out + begin);
  }
}

/// Uniforms of `count` counters, at most a chunk; counters stand there up to a whole group of lanes.
void Draws::fill(const std::uint64_t* low, const std::uint64_t* high, std::uint32_t count,
                 double* out) const {
  const bool wide = has_wide_lanes();
  const std::uint32_t whole = wide ? count / lanes * lanes : 0;
  if (whole > 0) wide_uniforms(low, high, whole, seed_, out);
  if (wide && count - whole > 2) {  // Eight at once cost less than three by themselves.
    double last[lanes];
    wide_uniforms(low + whole, high + whole, lanes, seed_, last);
    std::copy_n(last, count - whole, out + whole);
    return;
  }
  for (std::uint32_t i = whole; i < count; ++i) out[i] = uniform_of({low[i], high[i]});
}

void Draws::uniforms(Entity entity, std::uint32_t occurrence, std::uint32_t first_number, std::uint32_t count,
                     Purpose purpose, std::uint32_t index, double* out) const {
  std::uint32_t numbers[chunk];
  for (std::uint32_t begin = 0; begin < count; begin += chunk) {
    const std::uint32_t here = std::min(chunk, count - begin);
    for (std::uint32_t i = 0; i < here; ++i) numbers[i] = first_number + begin + i;
    uniforms(entity, occurrence, {numbers, here}, purpose, index, out + begin);
  }
}

}  // namespace dronewall
