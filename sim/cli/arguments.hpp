// What a command line may hold, declared a word at a time. CLI11 stays behind it: its templates take longer
// to compile than all else in a command.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dronewall {

/// What an option is called, what it takes and for what: `--seed`, "N", "The seed, 1 unless given".
struct OptionWords {
  std::string name;
  std::string type;  ///< "": as CLI11 calls it, or a flag's none
  std::string help;
};

enum class Presence { optional, required };

/// The program, or one of its commands, while its arguments are declared. A handle: cheap to copy, it lives
/// as long as the program's CLI::App. What is declared must outlive the reading of the command line.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(&app) {}

  [[nodiscard]] Arguments command(const std::string& name, const std::string& help) const;
  /// A command without one of its own commands is a mistake.
  void must_have_command() const;
  /// Called when the command was given and read without a mistake.
  void then(std::function<void()> action) const;

  /// Words in their place, without dashes.
  void argument(const OptionWords& words, std::string& value, Presence presence) const;
  void argument(const OptionWords& words, std::vector<std::string>& values, Presence presence) const;
  void option(const OptionWords& words, std::string& value) const;
  /// May be given several times, each with one value.
  void option(const OptionWords& words, std::vector<std::string>& values) const;
  void flag(const OptionWords& words, bool& value) const;
  void flag(const OptionWords& words, std::function<void()> take) const;
  /// `take` returns what is wrong with the value, in plain words, or nothing.
  void checked(const OptionWords& words, std::function<std::string(const std::string&)> take) const;
  /// A whole number from `low` to `high`; anything else is a mistake in plain words.
  void whole_number(const OptionWords& words, std::uint64_t low, std::uint64_t high,
                    std::function<void(std::uint64_t)> take) const;
  /// One of some words; `take` is told which. Other words are a mistake that lists them.
  void choice(const OptionWords& words, std::vector<std::string> choices,
              std::function<void(std::size_t)> take) const;

 private:
  CLI::App* app_;
};

}  // namespace dronewall
