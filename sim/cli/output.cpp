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

/// A piece could not be written; errno says why.
struct WriteFailed {};

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ::ssize_t now = ::write(descriptor, text.data(), text.size());
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) throw WriteFailed();
    text.remove_prefix(static_cast<std::size_t>(now));
  }
}

using Sink = std::function<void(std::string_view)>;
using Pieces = std::function<void(const Sink&)>;

/// Many pieces, few writes.
void write_pieces(int descriptor, const Pieces& pieces) {
  constexpr std::size_t enough = 1U << 16;
  std::string waiting;
  pieces([&](std::string_view piece) {
    waiting += piece;
    if (waiting.size() < enough) return;
    write_all(descriptor, waiting);
    waiting.clear();
  });
  write_all(descriptor, waiting);
}

bool say_why(const std::string& path) {
  fmt::print(stderr, "dronewall: {} could not be written: {}\n", path, std::strerror(errno));
  return false;
}

/// A file that goes again unless it is put in another's place.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {}
  ~Temporary() {
    if (!is_placed_) ::unlink(path_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  [[nodiscard]] bool place_at(const std::string& path) {
    is_placed_ = ::rename(path_.c_str(), path.c_str()) == 0;
    return is_placed_;
  }

 private:
  std::string path_;
  bool is_placed_ = false;
};

bool write_whole(const std::string& path, const Pieces& pieces) {
  const std::string name = fmt::format("{}.{}.part", path, ::getpid());
  const Descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.number() < 0) return say_why(path);
  Temporary temporary(name);
  try {
    write_pieces(file.number(), pieces);
  } catch (const WriteFailed&) {
    return say_why(path);
  }
  if (::fsync(file.number()) != 0 || !temporary.place_at(path)) return say_why(path);
  return true;
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

bool write_result(const OutputOptions& options, const Pieces& write) {
  std::error_code error;
  // A pipe or /dev/null cannot be replaced by a file: write into it.
  const bool special = !options.file.empty() && std::filesystem::exists(options.file, error) &&
                       !std::filesystem::is_regular_file(options.file, error);
  if (!options.file.empty() && !special) return write_whole(options.file, write);
  const Descriptor file(special ? ::open(options.file.c_str(), O_WRONLY | O_CLOEXEC) : ::dup(STDOUT_FILENO));
  const std::string name = special ? options.file : "stdout";
  if (file.number() < 0) return say_why(name);
  try {
    write_pieces(file.number(), write);
  } catch (const WriteFailed&) {
    return say_why(name);
  }
  return true;
}

void tell_warnings(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) fmt::print(stderr, "dronewall: warning: {}\n", warning);
}

bool write_result(const OutputOptions& options, const std::string& text) {
  return write_result(options, [&](const Sink& sink) { sink(text); });
}

}  // namespace dronewall
