#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "dronewall/core/problem.hpp"

namespace dronewall {
namespace {

void name_type(CLI::Option& option, const OptionWords& words) {
  if (!words.type.empty()) option.type_name(words.type);
}

}  // namespace

Arguments Arguments::command(const std::string& name, const std::string& help) const {
  return Arguments(*app_->add_subcommand(name, help));
}

void Arguments::must_have_command() const { app_->require_subcommand(1); }

void Arguments::then(std::function<void()> action) const { app_->callback(std::move(action)); }

void Arguments::argument(const OptionWords& words, std::string& value, Presence presence) const {
  CLI::Option& option = *app_->add_option(words.name, value, words.help);
  option.required(presence == Presence::required);
  name_type(option, words);
}

void Arguments::argument(const OptionWords& words, std::vector<std::string>& values,
                         Presence presence) const {
  CLI::Option& option = *app_->add_option(words.name, values, words.help);
  option.required(presence == Presence::required);
  name_type(option, words);
}

void Arguments::option(const OptionWords& words, std::string& value) const {
  name_type(*app_->add_option(words.name, value, words.help), words);
}

void Arguments::option(const OptionWords& words, std::vector<std::string>& values) const {
  CLI::Option& option = *app_->add_option(words.name, values, words.help);
  option.allow_extra_args(false);
  name_type(option, words);
}

void Arguments::flag(const OptionWords& words, bool& value) const {
  app_->add_flag(words.name, value, words.help);
}

void Arguments::flag(const OptionWords& words, std::function<void()> take) const {
  app_->add_flag_callback(words.name, std::move(take), words.help);
}

void Arguments::checked(const OptionWords& words, std::function<std::string(const std::string&)> take) const {
  const auto check = [name = words.name, take = std::move(take)](const std::string& text) {
    if (const std::string wrong = take(text); !wrong.empty()) throw CLI::ValidationError(name, wrong);
  };
  name_type(*app_->add_option_function<std::string>(words.name, check, words.help), words);
}

void Arguments::whole_number(const OptionWords& words, std::uint64_t low, std::uint64_t high,
                             std::function<void(std::uint64_t)> take) const {
  checked(words, [low, high, take = std::move(take)](const std::string& text) -> std::string {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number < low || number > high)
      return fmt::format("{} is no whole number from {} to {}", escaped(text), low, high);
    take(number);
    return "";
  });
}

void Arguments::choice(const OptionWords& words, std::vector<std::string> choices,
                       std::function<void(std::size_t)> take) const {
  checked(words,
          [choices = std::move(choices), take = std::move(take)](const std::string& text) -> std::string {
            const auto found = std::find(choices.begin(), choices.end(), text);
            if (found == choices.end())
              return fmt::format("{} is not one of {}", escaped(text), fmt::join(choices, ", "));
            take(static_cast<std::size_t>(found - choices.begin()));
            return "";
          });
}

}  // namespace dronewall
