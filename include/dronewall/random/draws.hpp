// Addressed draws: a random number is a pure function of seed, replication, entity and purpose.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dronewall/random/philox.hpp"

namespace dronewall {

/// What a draw is for. The value is part of every address: never renumber, only append.
enum class Purpose : std::uint8_t {
  launch_time = 1,
  count = 2,
  coordinate = 3,
  spread = 4,
  speed = 5,
  altitude = 6,
  rcs = 7,
  mix = 8,
  reliability = 9,
  failure_point = 10,
  endurance = 11,
  loiter = 12,
  occurrence = 13,
  detection = 14,
  scan_phase = 15,
  availability = 16,
  outage = 17,
  condition = 18,
  siting = 19,
  pk = 20,
  kill = 21,
  reaction = 22,
  dwell = 23,
  assessment = 24,
  assessment_error = 25,
  readiness = 26,
  turn_round = 27,
  order = 28,
  kill_time = 29,
  damage = 30,
  bootstrap = 31,
  level = 32,
  decision = 33,
  identification = 34,
  confusion = 35,
  sortie = 36,
  soft_kill = 37,
  debris = 38,
  turn_back = 39
};

/// An entity's 48-bit address, hashed from its name when the model is compiled. Made only by entity_of and
/// pair_of.
struct Entity {
  std::uint64_t hash = 0;  ///< < 2^48

  bool operator==(const Entity&) const = default;
};
/// Hash of a name; two names of a scenario that collide are an error at load.
[[nodiscard]] Entity entity_of(const char* name, std::size_t size);
/// The address of a pair (sensor sees attack, element shoots at attack); not symmetric, and pairs nest.
[[nodiscard]] Entity pair_of(Entity first, Entity second);

/// One address below an entity: occurrence of the raid and number within it; the draw adds purpose and index.
/// The 128-bit counter, from its least significant bit:
///     replication 32 | entity 48 | occurrence 12 | number 12 | purpose 8 | index 16
/// What exceeds its bits (occurrence or number from 4,096, index from 65,536) is mixed into the entity's
/// hash, so long runs have addresses too: within the bits addresses are distinct by construction, beyond them
/// two of n such contexts share one with a chance of n^2 / 2^49.
struct Address {
  Entity entity;
  std::uint32_t occurrence = 0;
  std::uint32_t number = 0;
};

/// The draws of one replication: pure functions of the address. Cheap to copy; no state but seed and
/// replication.
class Draws {
 public:
  /// What uniform() gives at most.
  static constexpr double greatest_uniform = 1 - 0x1p-53;

  Draws(std::uint64_t seed, std::uint32_t replication) : seed_(seed), replication_(replication) {}

  /// Uniform on the open interval (0, 1): (b + 1/2) / 2^52, where b is the first 52 bits of the block (word
  /// 0, then the high 20 bits of word 1). So it is an odd multiple of 2^-53 from 2^-53 to 1 - 2^-53, never 0
  /// nor 1, and both it and 1 - it are exact; its mean is 1/2 to the last bit. One block a draw: the other 76
  /// bits are not used.
  [[nodiscard]] double uniform(const Address& address, Purpose purpose, std::uint32_t index = 0) const {
    return uniform_of(counter_of(address, purpose, index));
  }
  /// `count` uniforms for numbers first … first+count−1 of one entity and occurrence: the same bits that
  /// uniform() gives one by one, eight at a time where the processor has AVX2 (integer work only).
  void uniforms(Entity entity, std::uint32_t occurrence, std::uint32_t first_number, std::uint32_t count,
                Purpose purpose, std::uint32_t index, double* out) const;
  /// The same for any numbers: out[i] is uniform({entity, occurrence, numbers[i]}, purpose, index).
  void uniforms(Entity entity, std::uint32_t occurrence, std::span<const std::uint32_t> numbers,
                Purpose purpose, std::uint32_t index, double* out) const;

  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] std::uint32_t replication() const { return replication_; }

 private:
  struct Counter {
    std::uint64_t low = 0, high = 0;
  };

  [[nodiscard]] Counter counter_of(const Address& address, Purpose purpose, std::uint32_t index) const {
    std::uint64_t entity = address.entity.hash;
    if (((address.occurrence | address.number) >> 12 | index >> 16) != 0) entity = far_entity(address, index);
    return {.low = replication_ | entity << 32,
            .high = entity >> 32 | std::uint64_t{address.occurrence & 0xfff} << 16 |
                    std::uint64_t{address.number & 0xfff} << 28 |
                    std::uint64_t{static_cast<std::uint8_t>(purpose)} << 40 |
                    std::uint64_t{index & 0xffff} << 48};
  }
  /// The entity's hash with all that exceeds the counter's bits mixed in; < 2^48.
  [[nodiscard]] static std::uint64_t far_entity(const Address& address, std::uint32_t index);

  [[nodiscard]] double uniform_of(Counter counter) const {
    const auto block =
        philox4x32({static_cast<std::uint32_t>(counter.low), static_cast<std::uint32_t>(counter.low >> 32),
                    static_cast<std::uint32_t>(counter.high), static_cast<std::uint32_t>(counter.high >> 32)},
                   {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)});
    // As the fraction of a number in [1, 2) the bits need no conversion, and the subtraction is exact.
    const std::uint64_t fraction = std::uint64_t{block[0]} << 20 | block[1] >> 12;
    return std::bit_cast<double>(fraction | 0x3ff0'0000'0000'0000) - (1 - 0x1p-53);
  }
  void fill(const std::uint64_t* low, const std::uint64_t* high, std::uint32_t count, double* out) const;

  std::uint64_t seed_;
  std::uint32_t replication_;
};

}  // namespace dronewall
