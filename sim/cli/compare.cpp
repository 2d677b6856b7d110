// `dronewall compare A B [C …]`: paired differences of scenarios that share their luck.
#include <fmt/format.h>

#include <deque>
#include <memory>
#include <set>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/report/compare_report.hpp"
#include "dronewall/study/model_runner.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t default_replications = 10'000;
constexpr std::uint64_t default_most_for_precision = 1'000'000;
constexpr std::size_t most_scenarios = 26;  // A … Z

struct CompareCommand {
  std::vector<std::string> files;
  std::vector<std::string> with, without;  // of a twin of the one file
  ScenarioOptions common;                  // without a file
  OutputOptions output;
  std::uint64_t replications = 0;  // 0: not given
  std::uint64_t seed = 1;
  std::uint32_t threads = 0;  // 0: all cores
  std::string precision;
  std::string confidence = "95%";
  bool no_elide = false;

  [[nodiscard]] Exit act(const std::string& line) const;

 private:
  [[nodiscard]] bool has_twin() const { return !with.empty() || !without.empty(); }
  [[nodiscard]] std::string why_not() const;
  [[nodiscard]] std::vector<ScenarioOptions> scenarios() const;
  [[nodiscard]] std::optional<RunOptions> run_options() const;
  [[nodiscard]] CompareResult run(const std::deque<Loaded>& loaded, RunOptions& options) const;
};

/// Why these files cannot be compared so, or "".
std::string CompareCommand::why_not() const {
  if (has_twin() && files.size() != 1)
    return fmt::format("--{} makes the second scenario out of the first: give one file",
                       with.empty() ? "without" : "with");
  if (!has_twin() && files.size() < 2)
    return "compare needs two scenarios: give a second file, --with units.NAME.count=2 or --without "
           "units.NAME";
  if (files.size() > most_scenarios) return fmt::format("at most {} scenarios are compared", most_scenarios);
  if (!precision.empty() && files.size() > 2) return "--precision needs two scenarios, no more";
  return "";
}

std::vector<ScenarioOptions> CompareCommand::scenarios() const {
  std::vector<ScenarioOptions> all;
  for (const std::string& file : files) {
    all.push_back(common);
    all.back().file = file;
  }
  if (has_twin()) {
    all.push_back(all.front());
    all.back().without = without;
    all.back().sets.insert(all.back().sets.end(), with.begin(), with.end());
  }
  return all;
}

std::optional<RunOptions> CompareCommand::run_options() const {
  RunOptions options;
  const std::optional<double> coverage = parse_confidence(confidence);
  if (!coverage) {
    usage_error(fmt::format("--confidence {}: write 0.95 or 95%", escaped(confidence)));
    return std::nullopt;
  }
  options.confidence = *coverage;
  std::string why;
  if (!precision.empty() && !(options.precision = parse_precision(precision, why))) {
    usage_error(fmt::format("--precision {}: {}", escaped(precision), why));
    return std::nullopt;
  }
  options.replications = replications > 0    ? replications
                         : options.precision ? default_most_for_precision
                                             : default_replications;
  options.threads = threads_or_all(threads);
  return options;
}

/// What makes two scenarios hard to compare.
std::vector<std::string> notes_on(const ScenarioDescription& first, const ScenarioDescription& other,
                                  const std::string& letter) {
  std::vector<std::string> notes;
  const auto counted = [](const TimeDescription& time) { return time.duration_s - time.count_from_s; };
  if (counted(first.time) != counted(other.time))
    notes.push_back(
        fmt::format("A counts {:g} h and {} {:g} h: their counts and costs are of other lengths of time",
                    counted(first.time) / 3600, letter, counted(other.time) / 3600));
  const auto zones = [](const ScenarioDescription& scenario) {
    std::set<std::string> names;
    for (const Name& zone : scenario.defended) names.insert(zone.text);
    return names;
  };
  if (zones(first) != zones(other))
    notes.push_back(
        fmt::format("A and {} defend other zones: what leaks in one may pass freely in the other", letter));
  const auto year = [](const ScenarioDescription& scenario) {
    return scenario.prices.year ? fmt::format("{}", *scenario.prices.year) : std::string("no year");
  };
  if (first.prices.year != other.prices.year)
    notes.push_back(
        fmt::format("the prices of A are of {} and those of {} of {}", year(first), letter, year(other)));
  if (first.prices.currency != other.prices.currency)
    notes.push_back(fmt::format("A is priced in {} and {} in {}: their money is not compared",
                                first.prices.currency, letter, other.prices.currency));
  return notes;
}

std::vector<std::string> notes_on(const std::deque<Loaded>& loaded) {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < loaded.size(); ++i)
    for (const std::string& note : notes_on_prices(loaded[i]))
      notes.push_back(fmt::format("of {}: {}", letter_of(i), note));
  for (std::size_t i = 1; i < loaded.size(); ++i)
    for (std::string& note : notes_on(loaded[0].scenario, loaded[i].scenario, letter_of(i)))
      notes.push_back(std::move(note));
  return notes;
}

CompareResult CompareCommand::run(const std::deque<Loaded>& loaded, RunOptions& options) const {
  std::vector<Variant> variants;
  const ReplicationOptions replication{.seed = seed, .elide = !no_elide};
  for (const Loaded& each : loaded)
    variants.push_back({each.model->layout(), each.measures, model_runners(each.model, replication)});
  const Interrupt interrupt;
  options.stop = &Interrupt::flag();
  std::optional<Progress> progress;
  if (!output.quiet && Progress::is_shown()) {
    progress.emplace();
    options.progress = [&](const RunProgress& now) { progress->show(now); };
  }
  return compare(variants, options);
}

Exit CompareCommand::act(const std::string& line) const {
  if (const std::string why = why_not(); !why.empty()) return usage_error(why);
  std::optional<RunOptions> options = run_options();
  if (!options) return Exit::usage;
  std::deque<Loaded> loaded;
  const std::vector<ScenarioOptions> all = scenarios();
  for (const ScenarioOptions& each : all) {
    OutputOptions quiet = output;
    // Those of a twin that only lacks something were told with the first.
    quiet.quiet = output.quiet || (!each.without.empty() && with.empty());
    std::optional<Loaded> one = load(each, quiet);
    if (!one) return Exit::usage;
    loaded.push_back(std::move(*one));
  }
  for (const Loaded& each : loaded)
    if (!each.model) return Exit::input;
  for (const Loaded& each : loaded)
    if (const std::string why = why_not_askable(each.measures, *options); !why.empty())
      return usage_error(why);

  const CompareResult result = run(loaded, *options);
  CompareReport report{{.seed = seed,
                        .confidence = options->confidence,
                        .fingerprint = arithmetic_fingerprint(),
                        .command = line,
                        .threads = options->threads,
                        .sets = common.sets,
                        .books = common.prices,
                        .precision = options->precision},
                       {},
                       notes_on(loaded),
                       result};
  for (std::size_t i = 0; i < loaded.size(); ++i)
    report.scenarios.push_back({all[i].file, i == 0 ? std::vector<std::string>() : with, all[i].without,
                                loaded[i].scenario.title, loaded[i].scenario.text_hash, loaded[i].pricing});
  return write_report(output, report) ? exit_of(result.end) : Exit::failed;
}

}  // namespace

void add_compare(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "compare", "Compare scenarios on common random numbers: paired differences with intervals");
  const auto compare = std::make_shared<CompareCommand>();
  command.argument({"files", "", "The scenarios; the first is what the others are held against"},
                   compare->files, Presence::required);
  command.option({"--with", "PATH=VALUE",
                  "Compare the one scenario with its twin in which this value is another, such as "
                  "units.battery.channels=2 (repeatable, and beside --without)"},
                 compare->with);
  command.option({"--without", "PATH",
                  "Compare the one scenario with its twin without this entry, such as units.battery, "
                  "sensors.radar, or units for no defence at all (repeatable)"},
                 compare->without);
  command.whole_number(
      {"--replications", "N", "How many of each, 10,000 unless given; with --precision: the most"}, 1,
      std::uint64_t{1} << 32, [compare](std::uint64_t number) { compare->replications = number; });
  command.option({"--precision", "GOAL",
                  "Run until the half-width of a difference is so small: \"5% of leakers\", \"0.5 points of "
                  "leak-fraction\""},
                 compare->precision);
  add_seed_and_threads(command, compare->seed, compare->threads);
  command.option({"--confidence", "SHARE", "Coverage of the intervals, 95% unless given"},
                 compare->confidence);
  command.flag({"--no-elide", "", "Schedule also events that nobody can observe; equal results, slower"},
               compare->no_elide);
  add_change_options(command, compare->common);
  add_output_options(command, compare->output);
  command.then([compare, &invocation] {
    invocation.action = [compare, &invocation] { return compare->act(invocation.line); };
  });
}

}  // namespace dronewall
