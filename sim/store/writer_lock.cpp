#include "store/writer_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "dronewall/store/store.hpp"

namespace dronewall {
namespace {

std::string host() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "this host";
}

std::string content_of(int descriptor) {
  std::array<char, 512> text{};
  const ::ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "another process";
}

/// Whether the path still names the open file, which its last holder may have removed.
bool is_at(const std::string& path, int descriptor) {
  struct ::stat by_path {
  }, by_descriptor{};
  return ::stat(path.c_str(), &by_path) == 0 && ::fstat(descriptor, &by_descriptor) == 0 &&
         by_path.st_ino == by_descriptor.st_ino && by_path.st_dev == by_descriptor.st_dev;
}

}  // namespace

bool WriterLock::try_lock(const std::string& store) {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw StoreError(fmt::format("{} cannot be written: {}", store, std::strerror(errno)));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = content_of(descriptor_);
    ::close(descriptor_);
    throw StoreError(fmt::format("{} is being written by {} (wait for it to end, or give another --store)",
                                 store, holder));
  }
  if (is_at(path_, descriptor_)) return true;
  ::close(descriptor_);
  return false;
}

WriterLock::WriterLock(const std::string& store) : path_(store + "-lock") {
  while (!try_lock(store)) continue;
  const std::string holder = fmt::format("process {} on {}", ::getpid(), host());
  // Only a courtesy: on a full disk the lock holds all the same.
  if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, holder.data(), holder.size(), 0) < 0) return;
}

WriterLock::~WriterLock() {
  ::unlink(path_.c_str());
  ::close(descriptor_);
}

}  // namespace dronewall
