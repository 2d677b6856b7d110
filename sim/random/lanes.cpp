// Philox in eight lanes of AVX2. Multiplications are integer; the one subtraction at the end is exact, so the
// lanes give the bits of the scalar code. Written out, because g++ 12 vectorises the widening multiplication
// at half the speed; chosen by a test of the processor and not by an indirect function, which sanitizers
// cannot start.
#include "random/lanes.hpp"

#include "dronewall/core/contracts.hpp"
#include "dronewall/random/philox.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define DRONEWALL_WIDE_LANES 1
#endif

namespace dronewall {

#ifdef DRONEWALL_WIDE_LANES

namespace {

/// Four blocks: each word in the low half of a 64-bit lane. The high halves hold what is left of products,
/// which neither the 32-bit multiplication nor the last masks see.
struct FourBlocks {
  __m256i word_0, word_1, word_2, word_3;
};

__attribute__((target("avx2"), always_inline)) inline __m256i constant(std::uint64_t value) {
  return _mm256_set1_epi64x(static_cast<long long>(value));
}

__attribute__((target("avx2"), always_inline)) inline __m256i load(const std::uint64_t* from) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

__attribute__((target("avx2"), always_inline)) inline FourBlocks load(const std::uint64_t* low,
                                                                      const std::uint64_t* high) {
  const __m256i lower = load(low), upper = load(high);
  return {lower, _mm256_srli_epi64(lower, 32), upper, _mm256_srli_epi64(upper, 32)};
}

__attribute__((target("avx2"), always_inline)) inline void turn(FourBlocks& blocks, __m256i key_0,
                                                                __m256i key_1) {
  const __m256i product_0 = _mm256_mul_epu32(blocks.word_0, constant(PhiloxConstants::multiply_0));
  const __m256i product_2 = _mm256_mul_epu32(blocks.word_2, constant(PhiloxConstants::multiply_2));
  blocks.word_0 = _mm256_xor_si256(_mm256_srli_epi64(product_2, 32), _mm256_xor_si256(blocks.word_1, key_0));
  blocks.word_1 = product_2;
  blocks.word_2 = _mm256_xor_si256(_mm256_srli_epi64(product_0, 32), _mm256_xor_si256(blocks.word_3, key_1));
  blocks.word_3 = product_0;
}

/// (b + 1/2) / 2^52 for the first 52 bits b of each block.
__attribute__((target("avx2"), always_inline)) inline void store(const FourBlocks& blocks, double* out) {
  const __m256i upper = _mm256_srli_epi64(_mm256_slli_epi64(blocks.word_0, 32), 12);
  const __m256i lower = _mm256_srli_epi64(_mm256_slli_epi64(blocks.word_1, 32), 44);
  const __m256i one = constant(0x3ff0'0000'0000'0000);
  const __m256i bits = _mm256_or_si256(_mm256_or_si256(upper, lower), one);
  _mm256_storeu_pd(out, _mm256_sub_pd(_mm256_castsi256_pd(bits), _mm256_set1_pd(1 - 0x1p-53)));
}

}  // namespace

bool has_wide_lanes() { return __builtin_cpu_supports("avx2") != 0; }

__attribute__((target("avx2"))) void wide_uniforms(const std::uint64_t* low, const std::uint64_t* high,
                                                   std::uint32_t count, std::uint64_t key, double* out) {
  for (std::uint32_t i = 0; i < count; i += lanes) {
    FourBlocks first = load(low + i, high + i);
    FourBlocks second = load(low + i + 4, high + i + 4);
    auto key_0 = static_cast<std::uint32_t>(key), key_1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < PhiloxConstants::rounds; ++round) {
      turn(first, constant(key_0), constant(key_1));
      turn(second, constant(key_0), constant(key_1));
      key_0 += PhiloxConstants::key_step_0;
      key_1 += PhiloxConstants::key_step_1;
    }
    store(first, out + i);
    store(second, out + i + 4);
  }
}

#else

bool has_wide_lanes() { return false; }

void wide_uniforms(const std::uint64_t*, const std::uint64_t*, std::uint32_t, std::uint64_t, double*) {
  expects(has_wide_lanes());
}

#endif

}  // namespace dronewall
