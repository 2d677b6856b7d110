#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "cli/command.hpp"

namespace dronewall {
namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ::ssize_t now = ::write(descriptor, text.data() + written, text.size() - written);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) return false;
    written += static_cast<std::size_t>(now);
  }
  return true;
}

bool say_why(const std::string& path) {
  fmt::print(stderr, "dronewall: {} could not be written: {}\n", path, std::strerror(errno));
  return false;
}

bool write_whole(const std::string& path, const std::string& text) {
  const std::string temporary = fmt::format("{}.{}.part", path, ::getpid());
  {
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.number() < 0) return say_why(path);
    if (!write_all(file.number(), text) || ::fsync(file.number()) != 0) {
      say_why(path);
      ::unlink(temporary.c_str());
      return false;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) == 0) return true;
  say_why(path);
  ::unlink(temporary.c_str());
  return false;
}

}  // namespace

Exit exit_of(RunEnd end) {
  switch (end) {
    case RunEnd::done:
    case RunEnd::precision_reached:
      return Exit::done;
    case RunEnd::precision_missed:
      return Exit::imprecise;
    case RunEnd::stopped:
      return Exit::interrupted;
  }
  return Exit::failed;
}

bool write_result(const OutputOptions& options, const std::string& text) {
  std::error_code error;
  // A pipe or /dev/null cannot be replaced by a file: write into it.
  const bool special = !options.file.empty() && std::filesystem::exists(options.file, error) &&
                       !std::filesystem::is_regular_file(options.file, error);
  if (!options.file.empty() && !special) return write_whole(options.file, text);
  const Descriptor file(special ? ::open(options.file.c_str(), O_WRONLY | O_CLOEXEC) : ::dup(STDOUT_FILENO));
  if (file.number() >= 0 && write_all(file.number(), text)) return true;
  return say_why(special ? options.file : "stdout");
}

}  // namespace dronewall
