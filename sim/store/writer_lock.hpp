// One writer at a time: a file beside the store, locked as long as its writer lives.
#pragma once
#include <string>

namespace dronewall {

/// Held while it lives; the system lets go of it when the process ends, however it ends.
class WriterLock {
 public:
  /// Locks STORE-lock. Throws StoreError when another process holds it (naming that) or it cannot be made.
  explicit WriterLock(const std::string& store);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  [[nodiscard]] bool try_lock(const std::string& store);
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace dronewall
