#include "cli/study_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include "dronewall/kinds/kinds.hpp"
#include "dronewall/report/sweep_report.hpp"
#include "dronewall/study/planning_warnings.hpp"
#include "dronewall/study/study_check.hpp"

namespace dronewall {

void add_study_options(const Arguments& command, StudyOptions& options) {
  command.argument({"file", "FILE", "The study, a YAML file"}, options.file, Presence::required);
  command.option({"--data", "DIR", "The folder in which catalogs are looked for"}, options.data);
  command.whole_number({"--seed", "N", "The seed, instead of the study's"}, 0,
                       std::numeric_limits<std::uint64_t>::max(),
                       [&options](std::uint64_t number) { options.seed = number; });
  command.checked({"--confidence", "SHARE", "Coverage of the intervals, instead of the study's"},
                  [&options](const std::string& text) {
                    options.confidence = parse_confidence(text);
                    return options.confidence ? std::string()
                                              : escaped(text) + " is none (write 0.95 or 95%)";
                  });
  command.whole_number(
      {"--threads", "N", "Threads, all cores unless given; results do not depend on it"}, 1, 1024,
      [&options](std::uint64_t number) { options.threads = static_cast<std::uint32_t>(number); });
  command.choice({"--keep", "rows", "Keep one row per replication in the store"}, {"rows"},
                 [&options](std::size_t) { options.keep_rows = true; });
  command.flag({"--no-elide", "", "Schedule also events that nobody can observe; equal results, slower"},
               options.no_elide);
}

std::uint32_t threads_of(const StudyOptions& options) { return threads_or_all(options.threads); }

std::unique_ptr<LoadedStudy> load_study(const StudyOptions& options, Proof proof,
                                        const OutputOptions& output) {
  auto loaded = std::make_unique<LoadedStudy>();
  Problems& problems = loaded->problems;
  loaded->disk = std::make_unique<DiskFiles>(options.file, data_folders(options.data));
  loaded->files = std::make_unique<WatchedFiles>(*loaded->disk);
  loaded->description = read_study(options.file, *loaded->files, kind_tables(), problems);
  if (options.seed) loaded->description.seed = *options.seed;
  if (options.confidence) loaded->description.confidence = *options.confidence;
  if (!problems.has_errors())
    loaded->models = std::make_unique<PointModels>(loaded->description, *loaded->files, kind_tables(),
                                                   all_kinds(), problems);
  if (!problems.has_errors()) loaded->design = make_design(loaded->description, problems);
  if (!problems.has_errors() && proof != Proof::read)
    (void)check_study(*loaded->models,
                      {.extent = proof == Proof::points ? ProofExtent::points : ProofExtent::refusal,
                       .threads = threads_of(options)},
                      problems);
  if (loaded->files->would_be_replaced(output)) {
    loaded->refusal = Exit::usage;
    return loaded;
  }
  if (problems.has_errors() || !output.quiet) fmt::print(stderr, "{}", problems.text());
  if (problems.has_errors()) return loaded;
  loaded->swept.emplace(*loaded->models, loaded->design);
  loaded->swept->data = options.data;
  loaded->swept->elide = !options.no_elide;
  if (options.keep_rows) loaded->swept->keep_all_rows();
  return loaded;
}

bool prove(LoadedStudy& loaded, std::uint32_t threads) {
  Problems& problems = loaded.problems;
  const std::size_t told = problems.all().size();
  (void)check_study(*loaded.models, {.extent = ProofExtent::refusal, .threads = threads}, problems);
  if (!problems.has_errors()) return true;
  Problems news(loaded.sources);
  for (std::size_t i = told; i < problems.all().size(); ++i) news.add(problems.all()[i]);
  fmt::print(stderr, "{}", news.text());
  return false;
}

void find_what_is_kept(const Store& store, const SweptStudy& swept, SweepPlan& plan,
                       const OutputOptions& output) {
  find_what_is_kept(store, swept, plan);
  if (output.quiet) return;
  for (const std::string& note : plan.notes) fmt::print(stderr, "dronewall: {}\n", note);
}

std::string store_of(const std::string& given, const std::string& study) {
  if (!given.empty()) return given;
  return std::filesystem::path(study).replace_extension(".db").string();
}

Exit print_sweep(const Store& store, const OutputOptions& output, const std::string& line,
                 std::uint32_t threads, std::vector<std::string> notes) {
  const SweepReport report{store, line, threads, std::move(notes)};
  return write_report(output, report) ? Exit::done : Exit::failed;
}

std::vector<std::string> notes_on_books(const SweptStudy& swept, std::uint32_t threads) {
  std::vector<std::string> notes;
  const StudyPoints points = points_of(swept.design(), swept.study());
  for (const Problem& warning : planning_warnings(swept.models(), points, threads))
    notes.push_back(fmt::format("{} ({})", warning.what, warning.hint));
  return notes;
}

Exit exit_of_points(const Store& store) {
  bool is_whole = true;
  store.each_point_by_number([&](const StoredPoint& point) {
    is_whole = is_whole && (point.state == PointState::done || point.state == PointState::reached);
  });
  return is_whole ? Exit::done : Exit::imprecise;
}

}  // namespace dronewall
