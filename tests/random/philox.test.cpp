#include "dronewall/random/philox.hpp"

#include <array>
#include <cstdint>

#include "catch.hpp"
#include "dronewall/core/hash.hpp"

#if __has_include(<Random123/philox.h>)
#include <Random123/philox.h>
#undef philox4x32  // a macro of its C interface
#define HAS_RANDOM123 1
#endif

using dronewall::mix64;
using Block = std::array<std::uint32_t, 4>;

TEST_CASE("philox gives the known answers of Random123", "[random]") {
  constexpr std::uint32_t ones = 0xffffffff;
  CHECK(dronewall::philox4x32({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(dronewall::philox4x32({ones, ones, ones, ones}, {ones, ones}) ==
        Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(dronewall::philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("philox is a function of the compiler too", "[random]") {
  STATIC_REQUIRE(dronewall::philox4x32({0, 0, 0, 0}, {0, 0})[0] == 0x6627e8d5);
}

#ifdef HAS_RANDOM123
TEST_CASE("philox equals Random123 at 20,000 counters and keys", "[random]") {
  int different = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    std::array<std::uint64_t, 3> bits{mix64(3 * i), mix64(3 * i + 1), mix64(3 * i + 2)};
    std::array<std::uint32_t, 6> words{};
    for (std::size_t w = 0; w < 6; ++w) words[w] = static_cast<std::uint32_t>(bits[w / 2] >> (32 * (w % 2)));
    const r123::Philox4x32 theirs;
    const auto expected = theirs({{words[0], words[1], words[2], words[3]}}, {{words[4], words[5]}});
    const Block ours = dronewall::philox4x32({words[0], words[1], words[2], words[3]}, {words[4], words[5]});
    different += !(ours[0] == expected[0] && ours[1] == expected[1] && ours[2] == expected[2] &&
                   ours[3] == expected[3]);
  }
  CHECK(different == 0);
}
#endif
