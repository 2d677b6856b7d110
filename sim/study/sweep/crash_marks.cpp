#include "study/sweep/crash_marks.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>

namespace dronewall {
namespace {

struct Mark {
  std::uint64_t point = 0, first = 0;
  bool is_running = false;
};

// A signal handler reaches nothing else.
thread_local constinit Mark mark;
volatile std::sig_atomic_t descriptor = -1;
constexpr std::array<int, 4> signals = {SIGABRT, SIGSEGV, SIGFPE, SIGBUS};

/// Writes a number and a space without anything that a signal handler may not call.
void write_number(std::uint64_t number) {
  std::array<char, 24> digits{};
  std::size_t at = digits.size();
  digits[--at] = ' ';
  do {
    digits[--at] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  static_cast<void>(!::write(descriptor, digits.data() + at, digits.size() - at));
}

extern "C" void on_crash(int signal) {
  if (mark.is_running && descriptor >= 0) {
    write_number(mark.point);
    write_number(mark.first);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

CrashMarks::CrashMarks(const std::string& store) : path_(store + "-crashes") {
  std::ifstream file(path_);
  for (ShardPlace place; file >> place.first >> place.second;) ++seen_[place];
  descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  struct ::sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK;
  for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &action, &handlers_before_[i]);
}

CrashMarks::~CrashMarks() {
  for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &handlers_before_[i], nullptr);
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
  ::unlink(path_.c_str());  // This process has not crashed.
}

void CrashMarks::running(StoredPointId point, std::uint64_t first) { mark = {point, first, true}; }
void CrashMarks::running_nothing() { mark.is_running = false; }

SignalStack::SignalStack() {
  constexpr std::size_t size = 1U << 16;
  memory_ = std::make_unique<char[]>(size);
  ::stack_t stack{};
  stack.ss_sp = memory_.get();
  stack.ss_size = size;
  ::sigaltstack(&stack, &before_);
}

SignalStack::~SignalStack() { ::sigaltstack(&before_, nullptr); }

}  // namespace dronewall
