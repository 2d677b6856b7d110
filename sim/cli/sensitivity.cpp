// `dronewall sensitivity STORE`: what matters in a finished sweep, and which assumption flips its verdict.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "cli/command.hpp"
#include "cli/stored.hpp"
#include "dronewall/report/sensitivity_report.hpp"
#include "dronewall/study/requested.hpp"

namespace dronewall {
namespace {

constexpr std::array all_methods = {SensitivityMethod::tornado, SensitivityMethod::morris,
                                    SensitivityMethod::sobol,   SensitivityMethod::metamodel,
                                    SensitivityMethod::boxes,   SensitivityMethod::flips};

struct SensitivityCommand {
  StoreOptions input;
  OutputOptions output;
  SensitivityOptions options;
  std::string bound = "1";
  std::string confidence;
  std::optional<SensitivityMethod> only;
  Planning planning = Planning::follows;

  [[nodiscard]] Exit act(const std::string& line) const;
};

/// Sets the bound as it was written in the measure's unit; or says why it is none of that, else "".
std::string set_bound(const std::string& text, WrittenValue written, const std::string& unit,
                      const PriceBook& book, SensitivityOptions& options) {
  if (text.back() == '%' && !unit.empty() && unit != "fraction")
    return fmt::format("the measure is in {} (write a number of them{})", unit,
                       unit == book.currency ? ", such as '$4M'" : "");
  const std::string why = settle_value(written, unit, book);
  options.bound = written.value;
  return why;
}

/// Whether a doctrine that reads prices would have chosen otherwise under those laid on; says so.
bool refuse_changed(StoredInput& in, const std::vector<std::string>& books) {
  if (books.empty()) return false;
  const auto changes = in.changed_choices_under(
      [&](std::size_t point) { return std::vector<const PriceBook*>{&in.book_of(point)}; });
  if (!changes.empty()) in.refuse(changes, {fmt::format("{}", fmt::join(books, " + "))});
  return !changes.empty();
}

/// Why the one method that was asked for is not there, or "".
std::string why_refused(const SensitivityResult& result, const std::optional<SensitivityMethod>& only) {
  for (const SensitivityResult::Refusal& each : result.refused)
    if (only && each.method == *only) return each.why;
  return "";
}

Exit SensitivityCommand::act(const std::string& line) const {
  if (would_replace_store(output, input.store)) return Exit::usage;
  SensitivityOptions wanted = options;
  const std::optional<WrittenValue> value = parse_written(bound);
  if (!value)
    return usage_error(
        fmt::format("--bound {}: no number (write 2, 10%, '$4M' or 'EUR 3bn')", escaped(bound)));
  const std::uint32_t threads = threads_or_all(input.threads);
  StoredInput in(input, threads);
  if (!in.is_ready(output)) return Exit::input;
  std::optional<double> coverage = in.stored().study().confidence();
  if (!confidence.empty() && !(coverage = parse_confidence(confidence)))
    return usage_error(fmt::format("--confidence {}: write 0.95 or 95%", escaped(confidence)));
  wanted.confidence = *coverage;
  wanted.seed = in.study().seed;
  if (in.stored().points().empty()) {
    fmt::print(stderr, "dronewall: {} has no results yet: run the sweep first\n", input.store);
    return Exit::failed;
  }
  const bool follows = planning == Planning::follows;
  if (follows && refuse_changed(in, input.prices)) return Exit::failed;
  const BookOfPoint book_of = [&](std::size_t point) -> const PriceBook& { return in.book_of(point); };
  const TurnsAtPoint turns = follows ? in.turns_under(book_of) : TurnsAtPoint();
  std::optional<SensitivityResult> result;
  try {
    const MeasuredPoints measured = measure_points(in.stored(), book_of, wanted.measure, threads);
    if (const std::string why = set_bound(bound, *value, measured.unit, in.given_book(), wanted);
        !why.empty())
      return usage_error(fmt::format("--bound {}: {}", escaped(bound), why));
    const Requested plain{Requested::Kind::plain, wanted.measure, wanted.measure};
    if (const std::string why = why_no_limit(plain, measured.unit, wanted.bound); !why.empty())
      return usage_error(fmt::format("--bound {}: {}", escaped(bound), why));
    result = analyse(in.study(), in.stored(), book_of, measured, wanted, turns);
  } catch (const std::invalid_argument& mistake) {
    return usage_error(fmt::format("--measure: {}", mistake.what()));
  }
  if (const std::string why = why_refused(*result, only); !why.empty())
    return usage_error(fmt::format("--method {}: {}", name_of(*only), why));
  const SensitivityReport report{.manifest = in.manifest(line, wanted.confidence),
                                 .store = input.store,
                                 .design = in.study().design.kind,
                                 .only = only,
                                 .result = *result,
                                 .not_counted = in.stored().not_counted(in.given_book()),
                                 .without_life = in.stored().study().items(study_text::no_life)};
  return write_report(output, report) ? Exit::done : Exit::failed;
}

}  // namespace

void add_sensitivity(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "sensitivity", "What matters in a finished sweep, and which single assumption flips its verdict");
  const auto sensitivity = std::make_shared<SensitivityCommand>();
  add_store_options(command, sensitivity->input);
  command.option({"--measure", "NAME", "The measure, cost-exchange.marginal unless given; a mean or a ratio"},
                 sensitivity->options.measure);
  command.option(
      {"--bound", "VALUE", "The verdict is whether the measure exceeds this: 2, 10%, '$4M'; 1 unless given"},
      sensitivity->bound);
  std::vector<std::string> names;
  for (const SensitivityMethod method : all_methods) names.push_back(name_of(method));
  command.choice({"--method", "METHOD",
                  "One method alone, refused where the design does not carry it; else all it does"},
                 names, [sensitivity](std::size_t which) { sensitivity->only = all_methods.at(which); });
  add_planning_option(command, sensitivity->planning);
  command.option({"--confidence", "SHARE", "Coverage of the intervals, the study's unless given"},
                 sensitivity->confidence);
  add_output_options(command, sensitivity->output);
  command.then([sensitivity, &invocation] {
    invocation.action = [sensitivity, &invocation] { return sensitivity->act(invocation.line); };
  });
}

}  // namespace dronewall
