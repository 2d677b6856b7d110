#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace dronewall {
namespace {

std::string duration_text(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

std::string line_of(const RunProgress& progress) {
  const auto done = static_cast<double>(progress.done), total = static_cast<double>(progress.total);
  std::string line = fmt::format("{} of {} ({:.0f}%)", progress.done, progress.total, 100 * done / total);
  if (progress.done > 0 && progress.seconds > 0) {
    const double rate = done / progress.seconds;
    line +=
        fmt::format(" · {:.{}f}/s · {} left", rate, rate < 10 ? 1 : 0, duration_text((total - done) / rate));
  }
  if (progress.worst_half_width)
    line +=
        fmt::format(" · half-width {:.2g}% of {}", 100 * *progress.worst_half_width, progress.worst_measure);
  return line;
}

bool Progress::is_shown() { return ::isatty(STDERR_FILENO) == 1; }

void Progress::show(const RunProgress& progress) {
  fmt::print(stderr, "\r\x1b[K{}", line_of(progress));
  std::fflush(stderr);
  dirty_ = true;
}

Progress::~Progress() {
  if (dirty_) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace dronewall
