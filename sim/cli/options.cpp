// Options that commands share.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
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

void add_scenario_options(CLI::App& command, ScenarioOptions& options, const std::string& file) {
  command.add_option("file", options.file, file)->required()->type_name("FILE");
  add_change_options(command, options);
}

void add_change_options(CLI::App& command, ScenarioOptions& options) {
  command
      .add_option(
          "--set", options.sets,
          "Change a value before the scenario is checked, such as units.battery.channels=2 (repeatable)")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--prices", options.prices,
                  "A price book laid over the scenario's (repeatable, the last wins)")
      ->type_name("BOOK")
      ->allow_extra_args(false);
  command.add_option("--data", options.data, "The folder in which catalogs are looked for")->type_name("DIR");
}

void add_output_options(CLI::App& command, OutputOptions& options) {
  add_choice(command, {"--format", "table|json|csv", "For people, for programs, or for sheets"},
             {"table", "json", "csv"},
             [&options](std::size_t chosen) { options.format = static_cast<Format>(chosen); });
  command.add_option("--output", options.file, "Write the result to a file, as a whole or not at all")
      ->type_name("FILE");
  command.add_flag("--quiet", options.quiet, "No progress and no warnings on stderr");
}

void add_whole_number(CLI::App& command, const OptionWords& words, std::uint64_t low, std::uint64_t high,
                      std::function<void(std::uint64_t)> take) {
  command
      .add_option_function<std::string>(
          words.name,
          [=](const std::string& text) {
            std::uint64_t number = 0;
            const char* end = text.data() + text.size();
            const auto read = std::from_chars(text.data(), end, number);
            if (read.ec != std::errc{} || read.ptr != end || number < low || number > high)
              throw CLI::ValidationError(
                  words.name, fmt::format("{} is no whole number from {} to {}", escaped(text), low, high));
            take(number);
          },
          words.help)
      ->type_name(words.type);
}

void add_seed_and_threads(CLI::App& command, std::uint64_t& seed, std::uint32_t& threads) {
  add_whole_number(command, {"--seed", "N", "The seed, 1 unless given"}, 0,
                   std::numeric_limits<std::uint64_t>::max(),
                   [&seed](std::uint64_t number) { seed = number; });
  add_whole_number(command,
                   {"--threads", "N", "Threads, all cores unless given; results do not depend on it"}, 1,
                   1024, [&threads](std::uint64_t number) { threads = static_cast<std::uint32_t>(number); });
}

void add_choice(CLI::App& command, const OptionWords& words, std::vector<std::string> choices,
                std::function<void(std::size_t)> take) {
  command
      .add_option_function<std::string>(
          words.name,
          [=](const std::string& text) {
            const auto found = std::find(choices.begin(), choices.end(), text);
            if (found == choices.end())
              throw CLI::ValidationError(
                  words.name, fmt::format("{} is not one of {}", escaped(text), fmt::join(choices, ", ")));
            take(static_cast<std::size_t>(found - choices.begin()));
          },
          words.help)
      ->type_name(words.type);
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
