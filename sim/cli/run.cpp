// `dronewall run SCENARIO`: replications on all cores, and what they say.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/report/run_report.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/reported.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t default_replications = 10'000;
constexpr std::uint64_t default_most_for_precision = 1'000'000;

struct RunCommand {
  ScenarioOptions scenario;
  OutputOptions output;
  std::uint64_t replications = 0;  // 0: not given
  std::uint64_t seed = 1;
  std::uint32_t threads = 0;  // 0: all cores
  std::string precision;
  std::string confidence = "95%";
  std::vector<std::string> measures;
  bool keep_rows = false;
  bool no_elide = false;

  [[nodiscard]] Exit act(const std::string& line) const;

 private:
  [[nodiscard]] std::optional<RunOptions> run_options() const;
};

/// What the flags say, without the scenario; nullopt after saying what is wrong.
std::optional<RunOptions> RunCommand::run_options() const {
  RunOptions options;
  std::string why;
  const auto wrong = [](const std::string& what) {
    usage_error(what);
    return std::nullopt;
  };
  if (const auto value = parse_confidence(confidence))
    options.confidence = *value;
  else
    return wrong(fmt::format("--confidence {}: write 0.95 or 95%", escaped(confidence)));
  if (!precision.empty()) {
    options.precision = parse_precision(precision, why);
    if (!options.precision) return wrong(fmt::format("--precision {}: {}", escaped(precision), why));
  }
  for (const std::string& measure : measures) {
    const auto requested = parse_requested(measure, why);
    if (!requested) return wrong(fmt::format("--measure {}: {}", escaped(measure), why));
    options.requested.push_back(*requested);
  }
  if (keep_rows && output.format != Format::json) return wrong("--keep rows needs --format json");
  options.keep_rows = keep_rows;
  options.replications = replications > 0    ? replications
                         : options.precision ? default_most_for_precision
                                             : default_replications;
  options.threads = threads_or_all(threads);
  return options;
}

/// Whether a probability or quantile of money is asked for: of the losses that happen, not of expected ones.
bool asks_how_money_varies(const RunOptions& options, const Pricing& pricing) {
  return std::any_of(options.requested.begin(), options.requested.end(), [&](const Requested& requested) {
    return requested.kind != Requested::Kind::plain &&
           std::any_of(pricing.measures.begin(), pricing.measures.end(),
                       [&](const MeasureDefinition& measure) { return measure.name == requested.measure; });
  });
}

Exit RunCommand::act(const std::string& line) const {
  std::optional<RunOptions> options = run_options();
  if (!options) return Exit::usage;
  std::optional<Loaded> loaded = load(scenario, output);
  if (!loaded) return Exit::usage;
  if (!loaded->model) return Exit::input;
  if (const std::string why = why_not_askable(loaded->measures, *options); !why.empty())
    return usage_error(why);
  for (Requested& requested : options->requested)
    for (const MeasureDefinition& measure : loaded->measures)
      if (measure.name == requested.measure)
        if (const std::string why = settle_bound(requested, measure.unit, loaded->scenario.prices);
            !why.empty())
          return usage_error("--measure " + escaped(why));
  if (asks_how_money_varies(*options, loaded->pricing)) lay_prices(*loaded, Scoring::sampled);

  for (const Requested& range : ranges_of(loaded->scenario.reported, loaded->measures))
    options->requested.push_back(range);

  const Interrupt interrupt;
  options->stop = &Interrupt::flag();
  std::optional<Progress> progress;
  if (!output.quiet && Progress::is_shown()) {
    progress.emplace();
    options->progress = [&](const RunProgress& now) { progress->show(now); };
  }
  const ReplicationOptions replication{.seed = seed, .elide = !no_elide};
  const PointResult result = run_point(loaded->model->layout(), loaded->measures,
                                       model_runners(loaded->model, replication), *options);
  progress.reset();

  const RunReport report{
      {scenario.file, loaded->scenario.title, loaded->scenario.text_hash, seed, options->confidence,
       arithmetic_fingerprint(), line, options->threads, scenario.sets, scenario.prices, options->precision},
      loaded->model->layout(),
      loaded->pricing,
      result,
      loaded->scenario.reported,
      notes_on_prices(*loaded)};
  return write_report(output, report) ? exit_of(result.end) : Exit::failed;
}

}  // namespace

void add_run(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command("run", "Run replications of a scenario and print what they say");
  const auto run = std::make_shared<RunCommand>();
  add_scenario_options(command, run->scenario, "A scenario (YAML); studies are run by `sweep` and `select`");
  command.whole_number({"--replications", "N", "How many, 10,000 unless given; with --precision: the most"},
                       1, std::uint64_t{1} << 32,
                       [run](std::uint64_t number) { run->replications = number; });
  command.option(
      {"--precision", "GOAL",
       "Run until the half-width is so small: \"1%\", \"1% of leakers\", \"0.5 points of leak-fraction\""},
      run->precision);
  command.option(
      {"--measure", "MEASURE",
       "Also estimate \"P(leakers <= 2)\", \"q95(cost.defender.full)\" or show a measure (repeatable)"},
      run->measures);
  add_seed_and_threads(command, run->seed, run->threads);
  command.option({"--confidence", "SHARE", "Coverage of the intervals, 95% unless given"}, run->confidence);
  command.choice({"--keep", "rows", "Keep one row per replication in the JSON"}, {"rows"},
                 [run](std::size_t) { run->keep_rows = true; });
  command.flag({"--no-elide", "", "Schedule also events that nobody can observe; equal results, slower"},
               run->no_elide);
  add_output_options(command, run->output);
  command.then(
      [run, &invocation] { invocation.action = [run, &invocation] { return run->act(invocation.line); }; });
}

}  // namespace dronewall
