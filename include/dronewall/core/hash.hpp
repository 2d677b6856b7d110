// Hashes that are part of results: they address draws and name shards, so they never change.
#pragma once
#include <cstdint>
#include <string_view>

namespace dronewall {

/// Finaliser of SplitMix64: every input bit reaches every output bit; a bijection of 64 bits.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// FNV-1a over the bytes of a text, mixed once more. Source: Fowler, Noll, Vo.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text, std::uint64_t seed = 0) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ mix64(seed);
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix64(hash);
}

}  // namespace dronewall
