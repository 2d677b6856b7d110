// What the commands share: exit states, options, and loading a scenario.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "dronewall/model/model.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "dronewall/scenario/read.hpp"
#include "dronewall/stats/precision.hpp"
#include "dronewall/study/run_point.hpp"

namespace dronewall {

/// Exit states of DESIGN §3.
enum class Exit { done = 0, failed = 1, usage = 2, input = 3, imprecise = 4, interrupted = 130 };

enum class Format { table, json, csv };

/// What was given on the command line to commands that read a scenario.
struct ScenarioOptions {
  std::string file;
  std::vector<std::string> sets;     ///< PATH=VALUE
  std::vector<std::string> prices;   ///< price books, later wins
  std::vector<std::string> without;  ///< paths of entries left out
  std::string data;                  ///< "" is the program's own data folder
};

/// Where results go, and how.
struct OutputOptions {
  Format format = Format::table;
  std::string file;  ///< "" is stdout
  bool quiet = false;
};

/// A report in the wanted form.
template <typename Report>
[[nodiscard]] std::string text_of(const Report& report, Format format) {
  switch (format) {
    case Format::json:
      return json_of(report);
    case Format::csv:
      return csv_of(report);
    case Format::table:
      break;
  }
  return table_of(report);
}

/// As many threads as asked for; all cores for 0.
[[nodiscard]] std::uint32_t threads_or_all(std::uint32_t asked);

/// Says a command-line mistake on stderr.
Exit usage_error(const std::string& what);

/// Adds options to a command; `file` says what the file may be.
void add_scenario_options(const Arguments& command, ScenarioOptions& options,
                          const std::string& file = "The scenario, a YAML file");
/// The same without the file, for commands that read several.
void add_change_options(const Arguments& command, ScenarioOptions& options);
void add_output_options(const Arguments& command, OutputOptions& options);

void add_seed_and_threads(const Arguments& command, std::uint64_t& seed, std::uint32_t& threads);

/// `--data`, else the data folder of the checkout that the program was built in, else share/dronewall beside
/// it.
[[nodiscard]] std::vector<std::string> data_folders(const std::string& given);

/// `PATH=VALUE` as changes; nullopt after saying which is wrong.
[[nodiscard]] std::optional<std::vector<Change>> changes_of(const std::vector<std::string>& sets);

/// A scenario read, compiled and priced; what went wrong is in `problems`.
struct Loaded {
  std::unique_ptr<Sources> sources = std::make_unique<Sources>();
  Problems problems{*sources};
  ScenarioDescription scenario;
  std::shared_ptr<const Model> model;  ///< null when there were errors
  Pricing pricing;
  std::vector<MeasureDefinition> measures;  ///< the model's, then those of money
};
/// What cannot be read counts as a scenario, so that the reader says why.
[[nodiscard]] FileKind kind_of_file(const std::string& file, FileSource& files);

/// Lays the scenario's prices on the model's columns anew.
void lay_prices(Loaded& loaded, Scoring scoring);
/// Reads, compiles and prices; prints all problems on stderr (warnings not when quiet). nullopt: command line
/// wrong, also when the result would replace a file that was read.
[[nodiscard]] std::optional<Loaded> load(const ScenarioOptions& options, const OutputOptions& output);

/// What a reader must know where prices are laid on that doctrines do not plan with; empty when nothing.
[[nodiscard]] std::vector<std::string> notes_on_prices(const Loaded& loaded);

/// Remembers what was read, so that no result replaces it.
class WatchedFiles final : public FileSource {
 public:
  explicit WatchedFiles(FileSource& files) : files_(files) {}
  std::optional<File> read(const std::string& path, const std::string& beside, std::string& why) override;
  /// Whether the output is one of the files read; says so on stderr.
  [[nodiscard]] bool would_be_replaced(const OutputOptions& output) const;

 private:
  FileSource& files_;
  std::vector<std::string> read_;
};

/// Whether the output is this store, which may not be there yet; says so on stderr.
[[nodiscard]] bool would_replace_store(const OutputOptions& output, const std::string& store);

/// Writes a result to stdout, or to a file as a whole or not at all: a temporary file beside it, fsync,
/// rename. False after saying why not.
[[nodiscard]] bool write_result(const OutputOptions& options, const std::string& text);

/// The same, of a result that is written piece by piece: `write` is given what takes a piece.
[[nodiscard]] bool write_result(
    const OutputOptions& options,
    const std::function<void(const std::function<void(std::string_view)>&)>& write);

/// Says on stderr what a result that is for machines cannot hold.
void tell_warnings(const std::vector<std::string>& warnings);

/// Writes a report in the wanted form, piece by piece where it can be; its warnings stand in the table, else
/// go to stderr.
template <typename Report>
[[nodiscard]] bool write_report(const OutputOptions& options, const Report& report) {
  if (!options.quiet && options.format != Format::table) tell_warnings(warnings_of(report));
  using Taker = std::function<void(std::string_view)>;
  if constexpr (requires(const Taker& sink) { write_json(report, sink), write_csv(report, sink); }) {
    if (options.format == Format::json)
      return write_result(options, [&](const Taker& sink) { write_json(report, sink); });
    if (options.format == Format::csv)
      return write_result(options, [&](const Taker& sink) { write_csv(report, sink); });
    return write_result(options, table_of(report));
  } else {
    return write_result(options, text_of(report, options.format));
  }
}

/// The exit state that tells how a run ended.
[[nodiscard]] Exit exit_of(RunEnd end);

/// `1%`, `1% of leakers`, `0.5 points`, `0.5 points of leak-fraction`. Without a measure:
/// cost-exchange.marginal for a share, leak-fraction for points. nullopt and `why` when it is neither.
[[nodiscard]] std::optional<WantedPrecision> parse_precision(const std::string& text, std::string& why);
/// `0.95` or `95%`, in (0, 1); nullopt when it is neither.
[[nodiscard]] std::optional<double> parse_confidence(const std::string& text);

/// One command: adds itself to the program and leaves what it does in `action`.
using Action = std::function<Exit()>;
struct Invocation {
  std::string line;  ///< the command line, for the manifest
  Action action;     ///< of the command that was given
};
void add_run(const Arguments& program, Invocation& invocation);
void add_compare(const Arguments& program, Invocation& invocation);
void add_sweep(const Arguments& program, Invocation& invocation);
void add_shard(const Arguments& program, Invocation& invocation);
void add_gather(const Arguments& program, Invocation& invocation);
void add_store(const Arguments& program, Invocation& invocation);
void add_reprice(const Arguments& program, Invocation& invocation);
void add_sensitivity(const Arguments& program, Invocation& invocation);
void add_check(const Arguments& program, Invocation& invocation);
void add_trace(const Arguments& program, Invocation& invocation);
void add_measures(const Arguments& program, Invocation& invocation);
void add_schema(const Arguments& program, Invocation& invocation);
void add_catalog(const Arguments& program, Invocation& invocation);
void add_select(const Arguments& program, Invocation& invocation);

}  // namespace dronewall
