// `dronewall check FILE`: every mistake of a scenario, study, catalog or price book, with its place.
#include <fmt/format.h>

#include <memory>

#include "cli/command.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/select_study.hpp"
#include "dronewall/study/study_check.hpp"

namespace dronewall {
namespace {

Exit check_catalog_file(const ScenarioOptions& options, DiskFiles& files, bool quiet) {
  Sources sources;
  Problems problems(sources);
  check_catalog(options.file, files, kind_tables(), problems);
  if (problems.has_errors() || !quiet) fmt::print(stderr, "{}", problems.text());
  return problems.has_errors() ? Exit::input : Exit::done;
}

/// `; 500 of 10,000 points tried, spread evenly, 2 of them fail`.
std::string words_of(const Proved& proved) {
  if (proved.of == 0) return "";
  std::string words = fmt::format("; {} of {} tried", grouped(proved.tried), counted(proved.of, "point"));
  if (proved.tried < proved.of) words += ", spread evenly";
  if (proved.failed > 0)
    words += fmt::format(", {} of them {}", grouped(proved.failed), proved.failed == 1 ? "fails" : "fail");
  return words;
}

/// A study with its scenario: each value read, and points compiled: where it selects, those that select
/// tries.
Exit check_study_file(const ScenarioOptions& options, DiskFiles& files, bool quiet, std::string& words) {
  if (!options.sets.empty() || !options.prices.empty())
    return usage_error("a study says itself what changes: --set and --prices are of scenarios");
  Sources sources;
  Problems problems(sources);
  const StudyDescription study = read_study(options.file, files, kind_tables(), problems);
  if (!problems.has_errors()) {
    const PointModels models(study, files, kind_tables(), all_kinds(), problems);
    const auto of = study.select ? StudyPoints::Of::selection : StudyPoints::Of::design;
    words = words_of(check_study(models, {.points = of, .threads = threads_or_all(0)}, problems));
    if (study.select && !problems.has_errors()) (void)selection_of(models, {}, problems);
  }
  if (problems.has_errors() || !quiet) fmt::print(stderr, "{}", problems.text());
  return problems.has_errors() ? Exit::input : Exit::done;
}

Exit check(const ScenarioOptions& options, bool quiet) {
  DiskFiles files(options.file, data_folders(options.data));
  Exit exit = Exit::done;
  std::string words;
  switch (kind_of_file(options.file, files)) {
    case FileKind::study:
      exit = check_study_file(options, files, quiet, words);
      break;
    case FileKind::scenario: {
      const std::optional<Loaded> loaded = load(options, {.quiet = quiet});
      if (!loaded) return Exit::usage;
      if (!loaded->model)
        exit = Exit::input;
      else if (!quiet)
        tell_warnings(notes_on_prices(*loaded));
      break;
    }
    case FileKind::catalog:
      exit = check_catalog_file(options, files, quiet);
  }
  if (exit == Exit::done && !quiet) fmt::print("{}: no mistakes found{}\n", escaped(options.file), words);
  return exit;
}

}  // namespace

void add_check(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "check", "Read and check a scenario, study, catalog or price book; print every mistake");
  const auto options = std::make_shared<ScenarioOptions>();
  const auto quiet = std::make_shared<bool>(false);
  add_scenario_options(command, *options,
                       "A scenario, a study, a catalog or a price book (YAML); which one, its own keys say");
  command.flag({"--quiet", "", "Print errors only"}, *quiet);
  command.then([options, quiet, &invocation] {
    invocation.action = [options, quiet] { return check(*options, *quiet); };
  });
}

}  // namespace dronewall
