// Which shards a process was running when it broke down: so that one that ends the program again and again is
// set aside instead of ending every sweep.
#pragma once
#include <signal.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "dronewall/store/store.hpp"

namespace dronewall {

/// A point and its first replication.
using ShardPlace = std::pair<StoredPointId, std::uint64_t>;

/// While it lives, a broken contract or a fault writes what its thread was running into STORE-crashes; a
/// killed process writes nothing. One at a time.
class CrashMarks {
 public:
  explicit CrashMarks(const std::string& store);
  ~CrashMarks();
  CrashMarks(const CrashMarks&) = delete;
  CrashMarks& operator=(const CrashMarks&) = delete;

  /// How often each shard has ended a process.
  [[nodiscard]] const std::map<ShardPlace, std::uint32_t>& seen() const { return seen_; }
  /// What this thread runs from now on.
  static void running(StoredPointId point, std::uint64_t first);
  static void running_nothing();

 private:
  std::string path_;
  std::map<ShardPlace, std::uint32_t> seen_;
  std::array<struct ::sigaction, 4> handlers_before_{};
};

/// A stack for this thread's signal handlers, so that a thread whose own has run over is marked, too.
class SignalStack {
 public:
  SignalStack();
  ~SignalStack();
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  std::unique_ptr<char[]> memory_;
  ::stack_t before_{};
};

}  // namespace dronewall
