#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <memory>

#include "cli/command.hpp"
#include "dronewall/cli/cli.hpp"
#include "dronewall/study/version.hpp"

namespace dronewall {
namespace {

/// The arguments as one line; those with letters that a shell reads stand in single quotes.
std::string line_of(int argc, char** argv) {
  constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,+%@";
  std::string line = "dronewall";
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    line += ' ';
    if (!argument.empty() && argument.find_first_not_of(plain) == std::string::npos) {
      line += argument;
      continue;
    }
    line += '\'';
    for (const char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

std::vector<std::string> names_of_commands(const CLI::App& program) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

/// ` (did you mean --seed?)`, or nothing.
std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string similar = nearest_word(word, known);
  return similar.empty() ? "" : fmt::format(" (did you mean {}?)", similar);
}

std::string no_such_command(const CLI::App& program, const std::string& name) {
  return fmt::format("{} is no command{}; the commands are {}", escaped(name),
                     suggestion(name, names_of_commands(program)),
                     fmt::join(names_of_commands(program), ", "));
}

/// What is wrong with a command line, in plain words.
std::string words_of(const CLI::App& program, const CLI::ParseError& error) {
  const auto given = program.get_subcommands();
  if (given.empty()) {
    const std::vector<std::string> rest = program.remaining();
    return rest.empty() ? fmt::format("a command is missing; the commands are {}",
                                      fmt::join(names_of_commands(program), ", "))
                        : no_such_command(program, rest.front());
  }
  const std::string what = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return fmt::format("{} needs a value", what.substr(0, what.find(':')));
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    std::vector<std::string> options;
    for (const CLI::Option* option : given.front()->get_options()) options.push_back(option->get_name());
    const std::vector<std::string> rest = program.remaining(true);
    if (!rest.empty())
      return fmt::format("{} is not understood here{}", escaped(rest.front()),
                         suggestion(rest.front(), options));
  }
  return what;
}

Exit refuse(const CLI::App& program, const CLI::ParseError& error) {
  const auto given = program.get_subcommands();
  return usage_error(fmt::format("{}\n(`dronewall help{}` shows what may be written)",
                                 words_of(program, error),
                                 given.empty() ? "" : " " + given.front()->get_name()));
}

Exit show_help(const CLI::App& program, const std::string& name) {
  const CLI::App* command = name.empty() ? &program : nullptr;
  for (const CLI::App* each : program.get_subcommands({}))
    if (each->get_name() == name) command = each;
  if (command == nullptr) return usage_error(no_such_command(program, name));
  // help() would show this very command, which was given, instead of the program.
  const std::string called = name.empty() ? program.get_name() : program.get_name() + " " + name;
  const std::string text = command->get_formatter()->make_help(command, called, CLI::AppFormatMode::Normal);
  return write_result({}, text) ? Exit::done : Exit::failed;
}

void add_help(CLI::App& program, Invocation& invocation) {
  CLI::App& command = *program.add_subcommand("help", "Show what there is, or what one command does");
  const auto name = std::make_shared<std::string>();
  command.add_option("command", *name, "The command; none: all of them");
  command.callback([name, &program, &invocation] {
    invocation.action = [name, &program] { return show_help(program, *name); };
  });
}

Exit parse_and_act(int argc, char** argv) {
  CLI::App program{"dronewall: what does it cost to defend against drones?", "dronewall"};
  Invocation invocation;
  invocation.line = line_of(argc, argv);
  program.set_version_flag(
      "--version", fmt::format("dronewall {} (results version {})", program_version, results_version));
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  add_run(program, invocation);
  add_compare(program, invocation);
  add_sweep(program, invocation);
  add_shard(program, invocation);
  add_gather(program, invocation);
  add_store(program, invocation);
  add_select(program, invocation);
  add_reprice(program, invocation);
  add_sensitivity(program, invocation);
  add_check(program, invocation);
  add_trace(program, invocation);
  add_measures(program, invocation);
  add_schema(program, invocation);
  add_catalog(program, invocation);
  add_help(program, invocation);
  program.footer(
      "Exit status: 0 done, 1 the run failed, 2 the command line is wrong, 3 the input file is wrong,\n"
      "4 done but points failed or a precision was not reached, 130 stopped by Ctrl-C (what is finished is "
      "printed).");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return refuse(program, error);
    program.exit(error);  // Help and version are errors to CLI11, with status 0.
    return Exit::done;
  }
  return invocation.action();
}

}  // namespace

Exit usage_error(const std::string& what) {
  fmt::print(stderr, "dronewall: {}\n", what);
  return Exit::usage;
}

int run_program(int argc, char** argv) {
  try {
    return static_cast<int>(parse_and_act(argc, argv));
  } catch (const std::exception& error) {
    fmt::print(stderr, "dronewall: the run failed: {}\n", error.what());
    return static_cast<int>(Exit::failed);
  }
}

}  // namespace dronewall
