// Addressed draws: a random number is a pure function of seed, replication, entity and purpose.
#pragma once
#include <array>
#include <cstdint>

namespace dronewall {

/// Philox4x32-10: four 32-bit words from a 128-bit counter and a 64-bit key.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key);

/// What a draw is for. The value is part of every address: never renumber, only append.
enum class Purpose : std::uint8_t {
  launch_time = 1, count = 2, coordinate = 3, spread = 4, speed = 5, altitude = 6, rcs = 7, mix = 8,
  reliability = 9, failure_point = 10, endurance = 11, loiter = 12, occurrence = 13, detection = 14,
  scan_phase = 15, availability = 16, outage = 17, condition = 18, siting = 19, pk = 20, kill = 21, reaction = 22,
  dwell = 23, assessment = 24, assessment_error = 25, readiness = 26, turn_round = 27, order = 28, kill_time = 29,
  damage = 30, bootstrap = 31, level = 32
};

/// An entity's 48-bit address, hashed from its name when the model is compiled.
struct Entity {
  std::uint64_t hash = 0;  ///< < 2^48

  bool operator==(const Entity&) const = default;
};
/// Hash of a name; two names of a scenario that collide are an error at load.
[[nodiscard]] Entity entity_of(const char* name, std::size_t size);
/// The address of a pair (sensor sees attack, element shoots at attack); not symmetric.
[[nodiscard]] Entity pair_of(Entity first, Entity second);

/// One address below an entity: occurrence of the raid, number within it, and index of the draw. Layout of the
/// 128-bit counter: replication 32 | entity 48 | occurrence 12 + number 12 | purpose 8 + index 16. What exceeds its
/// bits is mixed into the entity's hash, so long runs have addresses too.
struct Address {
  Entity entity;
  std::uint32_t occurrence = 0;
  std::uint32_t number = 0;
};

/// The draws of one replication. Cheap to copy; no state but seed and replication.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint32_t replication);

  /// Uniform on (0, 1), 53 bits, never 0 nor 1: (bits + 0.5) / 2^53 with bits < 2^52… see draws.cpp.
  [[nodiscard]] double uniform(const Address& address, Purpose purpose, std::uint32_t index = 0) const;
  /// `count` uniforms for numbers first … first+count−1 of one entity and occurrence: the same values that
  /// uniform() gives one by one, computed in blocks that the compiler vectorises.
  void uniforms(Entity entity, std::uint32_t occurrence, std::uint32_t first_number, std::uint32_t count,
                Purpose purpose, std::uint32_t index, double* out) const;

  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] std::uint32_t replication() const { return replication_; }

 private:
  std::uint64_t seed_;
  std::uint32_t replication_;
};

}  // namespace dronewall
