// Ctrl-C: the first asks the run to stop and print, the second ends the program.
#pragma once
#include <atomic>

namespace dronewall {

/// Watches SIGINT and SIGTERM while it lives. One at a time.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// Becomes true with the first signal.
  [[nodiscard]] static const std::atomic<bool>& flag();
};

}  // namespace dronewall
