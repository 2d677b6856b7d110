// Times of day and dates, always UTC.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>

#include "scenario/scalars.hpp"
#include "scenario/scalars_quantity.hpp"

namespace dronewall {
namespace {

/// The number that `digits` characters of `text` write; nullopt when one is no digit.
std::optional<int> read_int(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

enum class MidnightEnd { refused, allowed };

/// `21:30` or `21:30:15` as seconds after midnight; `24:00` only as an end.
std::optional<double> read_clock(std::string_view text, MidnightEnd end) {
  const auto hour = read_int(text, 0, 2), minute = read_int(text, 3, 2);
  const bool seconds = text.size() == 8;
  const auto second = seconds ? read_int(text, 6, 2) : std::optional<int>(0);
  if ((text.size() != 5 && !seconds) || text[2] != ':' || (seconds && text[5] != ':')) return std::nullopt;
  if (!hour || !minute || !second || *minute > 59 || *second > 59) return std::nullopt;
  const bool midnight = end == MidnightEnd::allowed && *hour == 24 && *minute == 0 && *second == 0;
  if (*hour > 23 && !midnight) return std::nullopt;
  return *hour * 3600.0 + *minute * 60.0 + *second;
}

/// Days since 1970-01-01 of `2025-09-09`; nullopt for a day that no calendar has.
std::optional<int> read_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = read_int(text, 0, 4), month = read_int(text, 5, 2), day = read_int(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::nullopt_t refuse(const Tree& node, std::string what, std::string hint, Problems& problems) {
  problems.error(node.place, std::move(what), std::move(hint));
  return std::nullopt;
}

}  // namespace

std::optional<double> read_instant(const Tree& node, Problems& problems) {
  const char* example = "write 2025-09-09T21:30Z, in UTC";
  if (node.kind != Tree::Kind::scalar)
    return refuse(node, fmt::format("{} (a date and time is needed)", kind_of_node(node)), example, problems);
  const std::string_view text = node.scalar;
  const auto day = read_day(text.substr(0, 10));
  if (!day)
    return refuse(node, fmt::format("`{}` does not start with a day of the calendar (year-month-day)", text),
                  example, problems);
  const double midnight = *day * 86'400.0;
  if (text.size() == 10) return midnight;
  const bool parted = text[10] == 'T';
  const auto clock = text.ends_with('Z') && text.size() > 12
                         ? read_clock(text.substr(11, text.size() - 12), MidnightEnd::refused)
                         : std::nullopt;
  if (parted && clock) return midnight + *clock;
  if (parted && !text.ends_with('Z') && read_clock(text.substr(11), MidnightEnd::refused))
    return refuse(node, fmt::format("`{}` does not say its time zone", text),
                  fmt::format("write {}Z, in UTC", text), problems);
  return refuse(node, fmt::format("`{}` is no time of a day in UTC", text), example, problems);
}

std::optional<std::pair<double, double>> read_hours(const Tree& node, Problems& problems) {
  const char* example = "write 06:00-22:00, in UTC";
  if (node.kind != Tree::Kind::scalar)
    return refuse(node, fmt::format("{} (hours of a day are needed)", kind_of_node(node)), example, problems);
  const std::string_view text = node.scalar;
  const std::size_t dash = std::min(text.find('-'), text.size());
  const auto from = read_clock(text.substr(0, dash), MidnightEnd::refused);
  const auto to = read_clock(text.substr(std::min(dash + 1, text.size())), MidnightEnd::allowed);
  if (!from || !to) return refuse(node, fmt::format("`{}` are no hours of a day", text), example, problems);
  if (*from == *to)
    return refuse(node, fmt::format("`{}` ends where it starts", text), "write 00:00-24:00 for the whole day",
                  problems);
  return std::pair(*from, *to);
}

}  // namespace dronewall
