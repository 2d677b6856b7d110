#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "dronewall/core/phrases.hpp"

namespace dronewall {
namespace {

std::string rate_text(double rate) {
  return rate < 10 ? fmt::format("{:.1f}", rate) : grouped(static_cast<std::uint64_t>(std::llround(rate)));
}

std::string duration_text(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

/// What is done of what was to be run: of the replications, or of the points where fewer may do.
double share_done(const SweepProgress& progress) {
  const double done =
      static_cast<double>(progress.may_end_early ? progress.points + progress.failed : progress.replications);
  const double total = static_cast<double>(progress.may_end_early ? progress.of_points : progress.at_most);
  return total > 0 ? std::min(done / total, 1.0) : 1;
}

}  // namespace

std::string line_of(const RunProgress& progress) {
  const auto done = static_cast<double>(progress.done), total = static_cast<double>(progress.total);
  std::string line =
      fmt::format("{} of {} ({:.0f}%)", grouped(progress.done), grouped(progress.total), 100 * done / total);
  if (progress.done > 0 && progress.seconds > 0) {
    const double rate = done / progress.seconds;
    line += fmt::format(" · {}/s · {} left", rate_text(rate), duration_text((total - done) / rate));
  }
  if (progress.worst_half_width)
    line +=
        fmt::format(" · half-width {:.2g}% of {}", 100 * *progress.worst_half_width, progress.worst_measure);
  return line;
}

std::string line_of(const SweepProgress& progress) {
  const std::uint64_t all = progress.before + progress.of_points;
  const double share = share_done(progress);
  const double of_all =
      static_cast<double>(progress.before) + share * static_cast<double>(progress.of_points);
  std::string line = fmt::format(
      "{} of {} ({:.0f}%) · {}", grouped(progress.before + progress.points), counted(all, "point"),
      all > 0 ? 100 * of_all / static_cast<double>(all) : 100, counted(progress.replications, "replication"));
  if (progress.seconds > 0)
    line += fmt::format(" · {}/s", rate_text(static_cast<double>(progress.replications) / progress.seconds));
  if (share > 0) line += fmt::format(" · {} left", duration_text(progress.seconds * (1 - share) / share));
  if (progress.failed > 0) line += fmt::format(" · {} failed", progress.failed);
  if (progress.worst_half_width)
    line += fmt::format(" · half-width at most {:.2g}% of the mean of {}", 100 * *progress.worst_half_width,
                        progress.worst_measure);
  return line;
}

std::string line_of(const SelectProgress& progress) {
  std::string line = progress.stage;
  if (progress.of_mixes > 0)
    line += fmt::format(": {} of {}", grouped(progress.mixes), counted_mixes(progress.of_mixes));
  const auto done = static_cast<double>(progress.in_stage), all = static_cast<double>(progress.of_stage);
  if (progress.of_stage > 0)
    line += fmt::format(" · {} of {} ({:.0f}%)", grouped(progress.in_stage),
                        counted(progress.of_stage, "replication"), 100 * done / all);
  else
    line += " · " + counted(progress.replications, "replication");
  if (progress.in_stage == 0 || !(progress.seconds > 0)) return line;
  const double rate = done / progress.seconds;
  line += fmt::format(" · {}/s", rate_text(rate));
  if (progress.of_stage > 0) line += fmt::format(" · {} left", duration_text((all - done) / rate));
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
