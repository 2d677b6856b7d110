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

template <typename AddressOf>
void Draws::batch(std::uint32_t count, Purpose purpose, std::uint32_t index, double* out,
                  AddressOf&& address_of) const {
  std::uint64_t low[chunk], high[chunk];
  for (std::uint32_t begin = 0; begin < count; begin += chunk) {
    const std::uint32_t here = std::min(chunk, count - begin);
    for (std::uint32_t i = 0; i < here; ++i) {
      const Counter counter = counter_of(address_of(begin + i), purpose, index);
      low[i] = counter.low;
      high[i] = counter.high;
    }
    const std::uint32_t whole = has_wide_lanes() ? here / lanes * lanes : 0;
    if (whole > 0) wide_uniforms(low, high, whole, seed_, out + begin);
    for (std::uint32_t i = whole; i < here; ++i) out[begin + i] = uniform_of({low[i], high[i]});
  }
}

void Draws::uniforms(Entity entity, std::uint32_t occurrence, std::uint32_t first_number, std::uint32_t count,
                     Purpose purpose, std::uint32_t index, double* out) const {
  batch(count, purpose, index, out, [&](std::uint32_t i) {
    return Address{entity, occurrence, first_number + i};
  });
}

void Draws::uniforms(const Address* addresses, std::uint32_t count, Purpose purpose, std::uint32_t index,
                     double* out) const {
  batch(count, purpose, index, out, [&](std::uint32_t i) { return addresses[i]; });
}

}  // namespace dronewall
