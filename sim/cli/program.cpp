#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <memory>

#include "cli/command.hpp"
#include "dronewall/cli/cli.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/store/store.hpp"
#include "dronewall/study/version.hpp"

namespace dronewall {
namespace {

/// The arguments as one line that a shell reads back.
std::string line_of(int argc, char** argv) {
  std::string line = "dronewall";
  for (int i = 1; i < argc; ++i) line += ' ' + in_shell(argv[i]);
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
  const std::vector<std::string> names = names_of_commands(program);
  if (names.empty()) return fmt::format("{} has no commands of its own", program.get_name());
  return fmt::format("{} is no command{}; the commands are {}", escaped(name), suggestion(name, names),
                     fmt::join(names, ", "));
}

/// The program, or the last of its commands that was given: `store` in `dronewall store verifi`.
const CLI::App& last_command(const CLI::App& program) {
  const CLI::App* command = &program;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

/// Whether another word stands where a command should, as in `dronewall answer --help`.
bool has_unknown_command(const CLI::App& program) {
  const CLI::App& last = last_command(program);
  return !last.get_subcommands({}).empty() && !last.remaining().empty();
}

/// What is wrong with a command line, in plain words.
std::string words_of(const CLI::App& program, const CLI::ParseError& error) {
  const auto given = program.get_subcommands();
  const CLI::App& last = last_command(program);
  if (has_unknown_command(program)) return no_such_command(last, last.remaining().front());
  if (!last.get_subcommands({}).empty())
    return fmt::format("a command is missing; the commands are {}", fmt::join(names_of_commands(last), ", "));
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

/// What exit status 4 is, of each command that ends so.
void add_exit_words(CLI::App& program) {
  const auto add = [&](const char* command, const char* when) {
    program.get_subcommand(command)->footer(fmt::format("Exit status 4: done, but {}.", when));
  };
  for (const char* command : {"run", "compare"}) add(command, "the precision was not reached");
  for (const char* command : {"sweep", "gather"})
    add(command, "points failed, did not reach their precision or are not finished");
  add("shard", "shards failed");
  add("select",
      "no mix is shown to satisfy, the choice is not shown at the wanted confidence, or mixes failed");
}

/// The command of these words, such as `store verify`, or as far as there is one, and the word that is none.
struct Found {
  const CLI::App* command;
  std::string unknown;
};

Found find_command(const CLI::App& program, const std::vector<std::string>& words) {
  const CLI::App* command = &program;
  for (const std::string& word : words) {
    const auto inside =
        command->get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
    if (inside.empty()) return {command, word};
    command = inside.front();
  }
  return {command, ""};
}

Exit show_help(const CLI::App& program, const std::vector<std::string>& words) {
  const auto [command, unknown] = find_command(program, words);
  if (!unknown.empty()) return usage_error(no_such_command(*command, unknown));
  // help() would show this very command, which was given, instead of the program.
  const std::string called = fmt::format("{} {}", program.get_name(), fmt::join(words, " "));
  const std::string text = command->get_formatter()->make_help(
      command, words.empty() ? program.get_name() : called, CLI::AppFormatMode::Normal);
  return write_result({}, text) ? Exit::done : Exit::failed;
}

void add_help(CLI::App& program, Invocation& invocation) {
  CLI::App& command = *program.add_subcommand("help", "Show what there is, or what one command does");
  const auto words = std::make_shared<std::vector<std::string>>();
  command.add_option("command", *words, "The command, such as `run` or `store verify`; none: all of them");
  command.callback([words, &program, &invocation] {
    invocation.action = [words, &program] { return show_help(program, *words); };
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
  const Arguments arguments(program);
  add_run(arguments, invocation);
  add_compare(arguments, invocation);
  add_sweep(arguments, invocation);
  add_shard(arguments, invocation);
  add_gather(arguments, invocation);
  add_store(arguments, invocation);
  add_select(arguments, invocation);
  add_reprice(arguments, invocation);
  add_sensitivity(arguments, invocation);
  add_check(arguments, invocation);
  add_trace(arguments, invocation);
  add_measures(arguments, invocation);
  add_schema(arguments, invocation);
  add_catalog(arguments, invocation);
  add_help(program, invocation);
  add_exit_words(program);
  program.footer(
      "Exit status: 0 done, 1 the run failed, 2 the command line is wrong, 3 the input file is wrong,\n"
      "4 done but points failed or a precision was not reached, 130 stopped by Ctrl-C (what is finished is "
      "printed).");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0 || has_unknown_command(program)) return refuse(program, error);
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
  } catch (const StoreError& error) {
    fmt::print(stderr, "dronewall: {}\n", error.what());
    return static_cast<int>(Exit::failed);
  } catch (const std::exception& error) {
    fmt::print(stderr, "dronewall: the run failed: {}\n", error.what());
    return static_cast<int>(Exit::failed);
  }
}

}  // namespace dronewall
