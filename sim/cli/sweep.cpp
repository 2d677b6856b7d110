// `dronewall sweep STUDY`: design points × replications into a store; the same command again resumes.
#include <fmt/format.h>

#include <csignal>
#include <memory>

#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/study_load.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/report/sweep_report.hpp"

namespace dronewall {
namespace {

struct SweepCommand {
  StudyOptions study;
  OutputOptions output;
  std::string store;
  bool dry_run = false;
  bool retry = false;

  [[nodiscard]] Exit act(const std::string& line) const;

 private:
  [[nodiscard]] Exit sweep(LoadedStudy& loaded, const std::string& path, const std::string& line) const;
  [[nodiscard]] RunPointsResult run(Store& store_file, const SweptStudy& swept, const SweepPlan& plan) const;
  [[nodiscard]] Failed failed() const { return retry ? Failed::again : Failed::stay; }
};

/// What a store holds of the study; nothing when there is none yet.
SweepPlan plan_of(const SweptStudy& swept, const std::string& path, Failed failed) {
  if (!Store::is_begun(path)) return plan_sweep(swept);
  return plan_sweep(Store(path, StoreAccess::read), swept, failed);
}

bool nothing_is_left(const SweepPlan& plan) { return plan.tasks.empty() && !plan.changes_store; }

RunPointsResult SweepCommand::run(Store& store_file, const SweptStudy& swept, const SweepPlan& plan) const {
  const Interrupt interrupt;
  // A write past a limit on file sizes is an error to be told, not the end of the process.
  std::signal(SIGXFSZ, SIG_IGN);
  RunPointsOptions options{
      .threads = threads_of(study), .stop = &Interrupt::flag(), .finished_before = plan.finished};
  Progress progress;
  if (!output.quiet && Progress::is_shown())
    options.progress = [&](const SweepProgress& now) { progress.show(line_of(now)); };
  return run_sweep(store_file, swept, plan, options);
}

Exit SweepCommand::sweep(LoadedStudy& loaded, const std::string& path, const std::string& line) const {
  const SweptStudy& swept = *loaded.swept;
  const SweepPlan before = plan_of(swept, path, failed());
  // A finished sweep is read only: its store may lie where nothing can be written.
  if (nothing_is_left(before)) {
    tidy_store(path);
    const Store finished(path, StoreAccess::read);
    const Exit printed =
        print_sweep(finished, output, line, threads_of(study), notes_on_books(swept, threads_of(study)));
    return printed == Exit::done ? exit_of_points(finished) : printed;
  }
  // Points that a store does not know were not proved when it was begun.
  if (Store::is_begun(path) && !before.new_points.empty() && !prove(loaded, threads_of(study)))
    return Exit::input;
  Store store_file(path, StoreAccess::write);
  SweepPlan plan = plan_sweep(store_file, swept, failed());
  find_what_is_kept(store_file, swept, plan, output);
  enter_study(store_file, swept, plan);
  const RunPointsResult result = run(store_file, swept, plan);
  if (result.gave_up)
    fmt::print(stderr,
               "dronewall: {} failed{}, so the sweep ends here, as on_error says; --retry tries again what "
               "failed, `on_error: continue` goes on without it\n",
               counted(plan.failed + result.failed, "point"), result.failed == 0 ? " before" : "");
  if (result.stopped && !output.quiet)
    fmt::print(stderr, "dronewall: stopped; the same command again goes on from here\n");
  const Exit printed =
      print_sweep(store_file, output, line, threads_of(study), notes_on_books(swept, threads_of(study)));
  if (printed != Exit::done) return printed;
  return result.stopped ? Exit::interrupted : exit_of_points(store_file);
}

Exit SweepCommand::act(const std::string& line) const {
  if (dry_run && output.format != Format::table)
    return usage_error("--dry-run is a few lines for people: it has no --format");
  const std::string path = store_of(store, study.file);
  if (would_replace_store(output, path)) return Exit::usage;
  try {
    const bool is_begun = Store::is_begun(path);
    const Proof proof = dry_run ? Proof::points : is_begun ? Proof::read : Proof::refusal;
    const std::unique_ptr<LoadedStudy> loaded = load_study(study, proof, output);
    if (!loaded->swept) return loaded->refusal;
    if (!dry_run) return sweep(*loaded, path, line);
    SweepPlan plan = plan_of(*loaded->swept, path, failed());
    if (Store::is_begun(path))
      find_what_is_kept(Store(path, StoreAccess::read), *loaded->swept, plan, output);
    const std::string text = table_of(forecast(*loaded->swept, plan, threads_of(study)), path);
    return write_result({Format::table, output.file, output.quiet}, text) ? Exit::done : Exit::failed;
  } catch (const StudyChanged& changed) {
    fmt::print(stderr, "dronewall: {}\n", changed.what());
    return Exit::input;
  } catch (const StoreError& failed_store) {
    fmt::print(stderr, "dronewall: {}\n", failed_store.what());
    return Exit::failed;
  }
}

}  // namespace

void add_sweep(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "sweep",
      "Run a study's points into a store; the same command again resumes, or prints what is finished");
  const auto sweep = std::make_shared<SweepCommand>();
  add_study_options(command, sweep->study);
  command.option({"--store", "FILE", "The store, STUDY.db beside the study unless given"}, sweep->store);
  command.flag({"--dry-run", "", "Say how many points, how long and how much disk; run only a pilot"},
               sweep->dry_run);
  command.flag({"--retry", "", "Try points anew that were set aside"}, sweep->retry);
  add_output_options(command, sweep->output);
  command.then([sweep, &invocation] {
    invocation.action = [sweep, &invocation] { return sweep->act(invocation.line); };
  });
}

}  // namespace dronewall
