#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

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

Exit parse_and_act(int argc, char** argv) {
  CLI::App program{"dronewall: what does it cost to defend against drones?", "dronewall"};
  Invocation invocation;
  invocation.line = line_of(argc, argv);
  program.set_version_flag(
      "--version", fmt::format("dronewall {} (results version {})", program_version, results_version));
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  add_run(program, invocation);
  add_check(program, invocation);
  add_trace(program, invocation);
  add_measures(program, invocation);
  add_schema(program, invocation);
  add_catalog(program, invocation);
  program.footer(
      "Exit status: 0 done, 1 the run failed, 2 the command line is wrong, 3 the input file is wrong,\n"
      "4 done but a precision was not reached, 130 stopped by Ctrl-C (what is finished is printed).");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? Exit::done
                                    : Exit::usage;  // help and version are errors to CLI11, with status 0
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
