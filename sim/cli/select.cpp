// `dronewall select STUDY`: the best mix of those shown to satisfy.
#include "dronewall/study/select.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <memory>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/report/select_report.hpp"
#include "dronewall/study/select_study.hpp"
#include "dronewall/study/stored_sweep.hpp"
#include "dronewall/study/stored_trials.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t most_replications = std::uint64_t{1} << 31;

struct SelectCommand {
  std::string file;
  std::string data;
  OutputOptions output;
  std::optional<std::uint64_t> seed;  // absent: the study's
  std::uint32_t threads = 0;          // 0: all cores
  std::string confidence;             // "": the study's
  std::string indifference;
  std::optional<std::uint64_t> first, cap, fresh, budget, enumerate_up_to, search_points;
  bool no_elide = false;
  std::string store;  // "": nothing is kept

  [[nodiscard]] Exit act(const std::string& line) const;

 private:
  [[nodiscard]] std::string take_options(SelectPlan& plan) const;
  [[nodiscard]] Exit select_from(const PointModels& models, Problems& problems,
                                 const std::string& line) const;
  [[nodiscard]] SelectResult run(const SelectSpace& space, SelectPlan& plan, StoredTrials* memory) const;
  void tell_of_store(const SelectResult& result, const StoredTrials* memory) const;
};

/// `1%` of the best mean, or an amount: `'$100k'` of money, else a number; "" or what is wrong.
std::string take_indifference(const std::string& text, SelectPlan& plan) {
  const std::optional<double> value = parse_value(text);
  if (!value || !(*value > 0 && *value < 1e300))
    return fmt::format("--indifference {}: write 1% (of the best mean), or an amount such as '$100k' or 0.5",
                       escaped(text));
  if (text.ends_with('%'))
    plan.relative_indifference = *value;
  else
    plan.indifference = *value;
  return "";
}

/// Why an amount as it is written is none in the objective's unit, or "".
std::string why_no_amount(const std::string& text, const std::string& unit) {
  if (text.empty() || text.ends_with('%')) return "";
  const auto is_capital = [](char letter) { return 'A' <= letter && letter <= 'Z'; };
  const bool is_money = unit.size() == 3 && std::all_of(unit.begin(), unit.end(), is_capital);
  const std::string currency = text.front() == '$'        ? "USD"
                               : is_capital(text.front()) ? text.substr(0, 3)
                                                          : "";
  if (currency == (is_money ? unit : "")) return "";
  const std::string like = !is_money ? "0.5" : unit == "USD" ? "'$100k'" : fmt::format("'{} 100k'", unit);
  return fmt::format("--indifference {}: the objective is {} (write 1%, or an amount such as {})",
                     escaped(text), is_money ? "money in " + unit : "no money", like);
}

std::string SelectCommand::take_options(SelectPlan& plan) const {
  if (!confidence.empty()) {
    const std::optional<double> coverage = parse_confidence(confidence);
    if (!coverage) return fmt::format("--confidence {}: write 0.95 or 95%", escaped(confidence));
    plan.confidence = *coverage;
  }
  if (!indifference.empty())
    if (std::string why = take_indifference(indifference, plan); !why.empty()) return why;
  plan.first = first.value_or(plan.first);
  plan.cap = cap.value_or(plan.cap);
  plan.fresh = fresh.value_or(plan.fresh);
  plan.budget = budget;
  plan.enumerate_up_to = enumerate_up_to.value_or(plan.enumerate_up_to);
  plan.search_points = search_points.value_or(plan.search_points);
  plan.threads = threads_or_all(threads);
  return "";
}

Exit exit_of(const SelectResult& result) {
  if (result.was_stopped) return Exit::interrupted;
  const bool has_failed = std::any_of(result.mixes.begin(), result.mixes.end(),
                                      [](const MixResult& mix) { return mix.state == MixState::failed; });
  const bool is_short = !result.winner || (result.ranking == Ranking::kim_nelson && !result.promised);
  return has_failed || is_short ? Exit::imprecise : Exit::done;
}

SelectResult SelectCommand::run(const SelectSpace& space, SelectPlan& plan, StoredTrials* memory) const {
  const Interrupt interrupt;
  // A write past a limit on file sizes is an error to be told, not the end of the process.
  if (memory != nullptr) std::signal(SIGXFSZ, SIG_IGN);
  plan.stop = &Interrupt::flag();
  plan.memory = memory;
  Progress shown;
  if (!output.quiet && Progress::is_shown())
    plan.progress = [&](const SelectProgress& progress) { shown.show(line_of(progress)); };
  SelectResult result = select(space, plan);
  if (memory != nullptr) memory->commit();
  return result;
}

void SelectCommand::tell_of_store(const SelectResult& result, const StoredTrials* memory) const {
  if (output.quiet) return;
  if (memory != nullptr && memory->damaged() > 0)
    fmt::print(stderr, "dronewall: warning: {} of {} had changed and {} run again\n",
               counted(memory->damaged(), "piece"), store, memory->damaged() == 1 ? "was" : "were");
  if (memory != nullptr && !memory->lacking().empty())
    fmt::print(stderr, "dronewall: {} held no {}, or only at other prices: what needs that was run again\n",
               store, fmt::join(memory->lacking(), ", "));
  if (result.remembered > 0)
    fmt::print(stderr, "dronewall: {} taken from {}, {} run\n", counted(result.remembered, "replication"),
               store, counted(result.replications - result.remembered, "replication"));
  if (result.was_stopped)
    fmt::print(stderr, "dronewall: stopped{}\n",
               memory != nullptr
                   ? "; the same command again goes on from here"
                   : ", and nothing is kept: with --store FILE the same command would go on from here");
}

Exit SelectCommand::select_from(const PointModels& models, Problems& problems,
                                const std::string& line) const {
  const StudyDescription& study = models.study();
  const std::uint64_t used_seed = seed.value_or(study.seed);
  std::optional<StudySelection> asked =
      selection_of(models, {.seed = used_seed, .elide = !no_elide}, problems);
  const auto unseen = [](const PointModel&) {};
  if (asked)
    (void)prove_points(models, asked->points, ProofExtent::refusal, threads_or_all(threads), unseen,
                       problems);
  if (problems.has_errors() || !output.quiet) fmt::print(stderr, "{}", problems.text());
  if (!asked || problems.has_errors()) return Exit::input;
  if (const std::string why = take_options(asked->plan); !why.empty()) return usage_error(why);
  if (const std::string why = why_no_amount(indifference, asked->unit); !why.empty()) return usage_error(why);
  asked->plan.seed = used_seed;

  std::optional<SelectResult> result;
  try {
    std::optional<StoredTrials> memory;
    if (!store.empty()) memory.emplace(store, asked->space, trial_study_of(models, *asked, used_seed));
    StoredTrials* const kept = memory ? &*memory : nullptr;
    result = run(asked->space, asked->plan, kept);
    tell_of_store(*result, kept);
  } catch (const TooFewReplications& refusal) {
    return usage_error(refusal.what());
  } catch (const CannotSelect& refusal) {
    fmt::print(stderr, "dronewall: {}: {}\n", file, refusal.what());
    return Exit::input;
  } catch (const StudyChanged& changed) {
    fmt::print(stderr, "dronewall: {}\n", changed.what());
    return Exit::input;
  } catch (const StoreError& failed) {
    fmt::print(stderr, "dronewall: {}\n", failed.what());
    return Exit::failed;
  }
  SelectReport report{{.scenario = file,
                       .title = study.title,
                       .scenario_hash = models.scenario_hash(),
                       .seed = used_seed,
                       .confidence = asked->plan.confidence,
                       .fingerprint = arithmetic_fingerprint(),
                       .command = line,
                       .threads = asked->plan.threads},
                      asked->plan.objective.name,
                      asked->plan.aim,
                      asked->plan.constraints,
                      asked->plan.attacker_budget,
                      {},
                      asked->uncertain,
                      *result};
  for (const MixResult& mix : result->mixes)
    if (mix.attack_cost) report.currency = mix.attack_cost->unit;
  return write_report(output, report) ? exit_of(*result) : Exit::failed;
}

Exit SelectCommand::act(const std::string& line) const {
  SelectPlan unused;
  if (const std::string why = take_options(unused); !why.empty()) return usage_error(why);
  Sources sources;
  Problems problems(sources);
  DiskFiles disk(file, data_folders(data));
  WatchedFiles files(disk);
  const StudyDescription study = read_study(file, files, kind_tables(), problems);
  if (files.would_be_replaced(output)) return Exit::usage;
  if (!store.empty() && would_replace_store(output, store)) return Exit::usage;
  if (problems.has_errors()) {
    fmt::print(stderr, "{}", problems.text());
    return Exit::input;
  }
  const PointModels models(study, files, kind_tables(), all_kinds(), problems);
  if (problems.has_errors()) {
    fmt::print(stderr, "{}", problems.text());
    return Exit::input;
  }
  return select_from(models, problems, line);
}

}  // namespace

void add_select(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "select",
      "Find the best mix shown to satisfy the constraints of a study, and what cannot be told from it");
  const auto select = std::make_shared<SelectCommand>();
  command.argument({"file", "", "The study; its `select:` says what is wanted"}, select->file,
                   Presence::required);
  const auto whole = [&](const char* name, const char* help, std::uint64_t low,
                         std::optional<std::uint64_t>& target) {
    command.whole_number({name, "N", help}, low, most_replications,
                         [&target](std::uint64_t number) { target = number; });
  };
  whole("--first", "Replications of each mix before anything is decided, 1,000 unless given", 40,
        select->first);
  whole("--cap", "The most replications of one mix (against one answer), 200,000 unless given", 40,
        select->cap);
  whole("--fresh", "Fresh replications of the choice, 10,000 unless given", 40, select->fresh);
  whole("--budget",
        "So many replications in all, fresh ones included, spent where they tell most (OCBA): nothing is "
        "promised",
        40, select->budget);
  command.option(
      {"--indifference", "SIZE",
       "The smallest difference that matters: 1% of the best mean unless given (where that is 0, of "
       "the largest), or an amount such as '$100k'"},
      select->indifference);
  whole("--enumerate", "Spaces of more mixes than this are searched, 500 unless given", 1,
        select->enumerate_up_to);
  whole("--search", "Mixes that a search may look at, 300 unless given", 2, select->search_points);
  command.whole_number({"--seed", "N", "The seed, the study's unless given"}, 0,
                       std::numeric_limits<std::uint64_t>::max(),
                       [select](std::uint64_t number) { select->seed = number; });
  command.whole_number(
      {"--threads", "N", "Threads, all cores unless given; results do not depend on it"}, 1, 1024,
      [select](std::uint64_t number) { select->threads = static_cast<std::uint32_t>(number); });
  command.option({"--confidence", "SHARE", "Of the selection and the intervals, the study's unless given"},
                 select->confidence);
  command.option(
      {"--store", "FILE",
       "Keep every replication here: killed or extended, the same command goes on; nothing is kept "
       "without it"},
      select->store);
  command.option({"--data", "DIR", "The folder in which catalogs are looked for"}, select->data);
  command.flag({"--no-elide", "", "Schedule also events that nobody can observe; equal results, slower"},
               select->no_elide);
  add_output_options(command, select->output);
  command.then([select, &invocation] {
    invocation.action = [select, &invocation] { return select->act(invocation.line); };
  });
}

}  // namespace dronewall
