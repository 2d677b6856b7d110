// Independent pieces of work over threads.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace dronewall {

/// Calls make() once per thread and what it returns with 0 … count − 1, each once, in any order. The first
/// exception is thrown again when all threads have ended.
template <typename Make>
void in_parallel(std::size_t count, std::uint32_t threads, Make make) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    try {
      auto each = make();
      for (std::size_t i = next++; i < count; i = next++) each(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> others;
  for (std::uint32_t t = 1; t < threads && t < count; ++t) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dronewall
