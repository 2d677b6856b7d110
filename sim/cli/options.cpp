// Options that commands share.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <thread>

#include "cli/command.hpp"

#ifndef DRONEWALL_DATA_DIR
#define DRONEWALL_DATA_DIR ""
#endif

namespace dronewall {
namespace {

/// A number at the front of `text`, which is taken off it.
std::optional<double> take_number(std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.erase(0, static_cast<std::size_t>(end - text.data()));
  text.erase(0, text.find_first_not_of(' '));
  return value;
}

}  // namespace

void add_scenario_options(const Arguments& command, ScenarioOptions& options, const std::string& file) {
  command.argument({"file", "FILE", file}, options.file, Presence::required);
  add_change_options(command, options);
}

void add_change_options(const Arguments& command, ScenarioOptions& options) {
  command.option({"--set", "PATH=VALUE",
                  "Change a value before the scenario is checked, such as units.battery.channels=2 or "
                  "'prices.round=$50k' (repeatable)"},
                 options.sets);
  command.option({"--prices", "BOOK", "A price book laid over the scenario's (repeatable, the last wins)"},
                 options.prices);
  command.option({"--data", "DIR", "The folder in which catalogs are looked for"}, options.data);
}

void add_output_options(const Arguments& command, OutputOptions& options) {
  command.choice({"--format", "table|json|csv", "For people, for programs, or for sheets"},
                 {"table", "json", "csv"},
                 [&options](std::size_t chosen) { options.format = static_cast<Format>(chosen); });
  command.option({"--output", "FILE", "Write the result to a file, as a whole or not at all"}, options.file);
  command.flag({"--quiet", "", "No progress and no warnings on stderr"}, options.quiet);
}

void add_seed_and_threads(const Arguments& command, std::uint64_t& seed, std::uint32_t& threads) {
  command.whole_number({"--seed", "N", "The seed, 1 unless given"}, 0,
                       std::numeric_limits<std::uint64_t>::max(),
                       [&seed](std::uint64_t number) { seed = number; });
  command.whole_number({"--threads", "N", "Threads, all cores unless given; results do not depend on it"}, 1,
                       1024,
                       [&threads](std::uint64_t number) { threads = static_cast<std::uint32_t>(number); });
}

std::uint32_t threads_or_all(std::uint32_t asked) {
  return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

std::vector<std::string> data_folders(const std::string& given) {
  namespace fs = std::filesystem;
  if (!given.empty()) return {given};
  std::error_code error;
  if (const std::string built_in = DRONEWALL_DATA_DIR; !built_in.empty() && fs::is_directory(built_in, error))
    return {built_in};
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  // Installed as PREFIX/bin/dronewall, or built as CHECKOUT/build/NAME/dronewall.
  for (const char* folder : {"../share/dronewall", "../../scenarios", "../../../scenarios"}) {
    const fs::path data = (program.parent_path() / folder).lexically_normal();
    if (fs::is_directory(data, error)) return {data.string()};
  }
  return {};
}

std::optional<std::vector<Change>> changes_of(const std::vector<std::string>& sets) {
  std::vector<Change> changes;
  for (const std::string& set : sets) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0) {
      usage_error(
          fmt::format("--set {} has no PATH=VALUE (write --set units.battery.channels=2)", escaped(set)));
      return std::nullopt;
    }
    changes.push_back({set.substr(0, equals), set.substr(equals + 1)});
  }
  return changes;
}

std::optional<WantedPrecision> parse_precision(const std::string& text, std::string& why) {
  std::string rest = text;
  const std::optional<double> number = take_number(rest);
  WantedPrecision wanted;
  if (number && rest.rfind("points", 0) == 0) {
    wanted = {{*number / 100, PrecisionScale::absolute}, "leak-fraction"};
    rest.erase(0, 6);
  } else if (number && rest.rfind('%', 0) == 0) {
    wanted = {{*number / 100, PrecisionScale::relative}, "cost-exchange.marginal"};
    rest.erase(0, 1);
  } else {
    why = "a precision is `1%`, `1% of leakers` or `0.5 points of leak-fraction`";
    return std::nullopt;
  }
  if (!(*number > 0 && *number < 1e6)) {
    why = "a precision is above 0";
    return std::nullopt;
  }
  if (rest.rfind(" of ", 0) == 0 && rest.size() > 4) {
    wanted.measure = rest.substr(4);
  } else if (!rest.empty()) {
    why = fmt::format("`{}` is not understood after the precision (write `of MEASURE`)", escaped(rest));
    return std::nullopt;
  }
  return wanted;
}

std::optional<double> parse_confidence(const std::string& text) {
  std::string rest = text;
  const std::optional<double> number = take_number(rest);
  if (!number || !(rest.empty() || rest == "%")) return std::nullopt;
  const double confidence = rest == "%" ? *number / 100 : *number;
  if (!(confidence > 0 && confidence < 1)) return std::nullopt;
  return confidence;
}

}  // namespace dronewall
