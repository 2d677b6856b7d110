// For tests: the program killed, and disks that are full or may not be written.
#pragma once
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>

#include <chrono>
#include <thread>

#include "cli/outside.hpp"

namespace dronewall::test {

/// Starts the program, its words to nowhere.
inline pid_t start(const std::string& arguments) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    const std::string line = std::string("exec ") + DRONEWALL_PROGRAM + " " + arguments;
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
  }
  return child;
}

/// Starts the program and kills it after a while, unless it ended before. True when it was killed.
inline bool kill_after(const std::string& arguments, std::chrono::milliseconds while_running) {
  const pid_t child = start(arguments);
  std::this_thread::sleep_for(while_running);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

/// Runs the program where no file may grow beyond so many blocks of 512 bytes, which stands for a full disk.
inline Ended run_limited(const std::string& arguments, int blocks) {
  const Folder outputs;
  const std::string line = "ulimit -f " + std::to_string(blocks) + "; " + DRONEWALL_PROGRAM + " " +
                           arguments + " >" + outputs.file("out") + " 2>" + outputs.file("err");
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(outputs.file("out")),
          text_of(outputs.file("err"))};
}

/// A file system of its own, read-only or small; absent where mounting is not allowed.
class Mounted {
 public:
  Mounted(const std::string& at, const std::string& options) : at_(at) {
    test::fs::create_directories(at);
    is_mounted_ = ::mount("none", at.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~Mounted() {
    if (is_mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  [[nodiscard]] bool is_there() const { return is_mounted_; }
  [[nodiscard]] bool make_read_only() const {
    return ::mount("none", at_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  std::string at_;
  bool is_mounted_ = false;
};

inline void not_tried(const char* what) {
  WARN("NOT TRIED: " << what << ": mounting a tmpfs is not allowed here (root in a user namespace may)");
}

}  // namespace dronewall::test
