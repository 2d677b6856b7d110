// A replication asks for no memory once it has seen the one that needed most.
#include <atomic>
#include <cstdlib>
#include <new>

#include "replication/stress.hpp"

namespace {
std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace dronewall;

TEST_CASE("replications allocate nothing after the greediest", "[replication][allocation]") {
  for (const auto& [name, model] : test::stress_scenarios()) {
    const std::uint32_t replications = name == "ad20" ? 1000 : 100;
    test::Runs runs(model);
    const std::size_t before_all = allocations;
    for (std::uint32_t k = 0; k < replications; ++k) runs.run(k);
    REQUIRE(allocations > before_all);  // The counter counts.

    const std::size_t before = allocations;
    for (std::uint32_t k = 0; k < replications; ++k) runs.run(k);
    const std::size_t during = allocations - before;
    INFO(name);
    CHECK(during == 0);
  }
}
