// How often a study's points are simulated, and what happens when one fails.
#include <fmt/format.h>

#include "scenario/scalars.hpp"
#include "scenario/scalars_amounts.hpp"
#include "scenario/scalars_digits.hpp"
#include "scenario/study_reading.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

constexpr const char* precision_hint = "write precision: 1%, or precision: 0.5 points of a fraction";

std::optional<ReplicationPlan::Precision> read_precision(const Tree& node, Problems& problems) {
  if (node.kind == Tree::Kind::scalar) {
    const ScalarText text(node.scalar, node.place, problems.sources());
    const auto digits = read_digits(text, text.text(), "a precision", "1%", problems);
    if (!digits) return std::nullopt;
    ReplicationPlan::Precision precision;
    precision.half_width = digits->value / 100;
    precision.is_relative = digits->rest == "%";
    const bool known = precision.is_relative || digits->rest == "points";
    if (known && precision.half_width > 0) return precision;
  }
  problems.error(node.place, "this is no precision (a share of the mean above 0, or points of a fraction)",
                 precision_hint);
  return std::nullopt;
}

ReplicationPlan read_long_plan(const Tree& node, Reading& reading) {
  ReplicationPlan plan;
  const Values values = read_mapping(node, replications_table(), node.place, reading);
  plan.at_least = static_cast<std::uint64_t>(values.number("at_least", 100));
  plan.at_most = static_cast<std::uint64_t>(values.number("at_most", 1'000'000));
  if (plan.at_least > plan.at_most) {
    const bool own = values.has("at_least");
    reading.problems.error(
        values.place_of(own ? "at_least" : "at_most"),
        fmt::format("at_least is {} and at_most is {} (the fewest are not more than the most)", plan.at_least,
                    plan.at_most));
  }
  const Tree* precision = node.find("precision");
  if (!precision || precision->kind == Tree::Kind::null) {
    if (!precision && !is_misspelt(node, "precision"))
      reading.problems.error(node.place, "precision is missing (replications has it, or is a number)",
                             precision_hint);
    return plan;
  }
  plan.precision = read_precision(*precision, reading.problems);
  if (!plan.precision) return plan;
  plan.precision->of = values.text("of");
  if (!plan.precision->of.given())
    plan.precision->of = {plan.precision->is_relative ? "cost-exchange.marginal" : "leak-fraction",
                          precision->place};
  return plan;
}

}  // namespace

ReplicationPlan read_replications(const Tree& node, Reading& reading) {
  if (node.kind == Tree::Kind::mapping) return read_long_plan(node, reading);
  const Key key{.name = "replications", .dimension = Dimension::count, .low = 1, .high = 4294967296};
  ReplicationPlan plan;
  if (const auto value = read_value(node, key, reading))
    plan.at_least = plan.at_most = static_cast<std::uint64_t>(value->quantity.a);
  return plan;
}

void read_on_error(const Tree& node, Reading& reading, StudyDescription& study) {
  const std::string_view word = node.kind == Tree::Kind::scalar ? trimmed(node.scalar) : std::string_view();
  constexpr std::string_view stop = "stop-after ";
  constexpr const char* hint = "write continue, stop-after 10 or fail-fast";
  if (node.kind != Tree::Kind::scalar) {
    reading.problems.error(node.place, "on_error is a word, not a list or mapping", hint);
  } else if (word == "continue") {
    study.on_error = OnError::go_on;
  } else if (word == "fail-fast") {
    study.on_error = OnError::fail_fast;
  } else if (word.starts_with(stop)) {
    const ScalarText text(node.scalar, node.place, reading.problems.sources());
    Amounts counts(Dimension::count, reading.problems);
    const auto number = counts.read(text, std::string_view(node.scalar).substr(node.scalar.find(' ')));
    if (number && *number >= 1) {
      study.on_error = OnError::stop_after;
      study.stop_after = static_cast<std::uint64_t>(*number);
    } else if (number) {
      reading.problems.error(node.place, "on_error stops after no failed point", "write fail-fast");
    }
  } else {
    reading.problems.error(node.place, fmt::format("`{}` is no way to take failed points", escaped(word)),
                           hint);
  }
}

}  // namespace dronewall
