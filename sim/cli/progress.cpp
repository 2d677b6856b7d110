#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "dronewall/core/phrases.hpp"

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

std::string line_of(const SweepProgress& progress) {
  const double done = static_cast<double>(progress.points + progress.failed),
               total = static_cast<double>(progress.of_points);
  std::string line =
      fmt::format("{} of {} ({:.0f}%) · {}", progress.points, counted(progress.of_points, "point"),
                  total > 0 ? 100 * done / total : 100, counted(progress.replications, "replication"));
  if (progress.seconds > 0)
    line += fmt::format(" · {:.0f}/s", static_cast<double>(progress.replications) / progress.seconds);
  if (done > 0) line += fmt::format(" · {} left", duration_text((total - done) * progress.seconds / done));
  if (progress.failed > 0) line += fmt::format(" · {} failed", progress.failed);
  if (progress.worst_half_width)
    line += fmt::format(" · half-width at most {:.2g}% of {}", 100 * *progress.worst_half_width,
                        progress.worst_measure);
  return line;
}

bool Progress::is_shown() { return ::isatty(STDERR_FILENO) == 1; }

void Progress::show(const RunProgress& progress) { show(line_of(progress)); }

void Progress::show(const std::string& line) {
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
  dirty_ = true;
}

Progress::~Progress() {
  if (dirty_) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace dronewall
