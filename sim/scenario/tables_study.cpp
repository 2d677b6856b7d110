// Key tables of study files.
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

constexpr double most_exact =
    9007199254740992;  // 2^53: the last whole number that a double tells from its neighbour

}  // namespace

const KeyTable& replications_table() {
  static const KeyTable table{
      "replications",
      "How many replications a point gets: until a measure is precise enough.",
      {{.name = "precision",
        .shape = Shape::special,
        .help = "the half-width that is wanted: 1% of the mean, or 0.5 points of a fraction"},
       {.name = "of",
        .shape = Shape::text,
        .help = "the measure; default: cost-exchange.marginal, for points leak-fraction"},
       {.name = "at_least",
        .dimension = Dimension::count,
        .low = 1,
        .high = 4294967296,
        .fallback = "100",
        .help = "the fewest"},
       {.name = "at_most",
        .dimension = Dimension::count,
        .low = 1,
        .high = 4294967296,
        .fallback = "1000000",
        .help = "the most: a point that is not precise then is `capped`"}}};
  return table;
}

const KeyTable& morris_table() {
  static const KeyTable table{"morris",
                              "Elementary effects: trajectories that move one factor at a time.",
                              {{.name = "trajectories",
                                .dimension = Dimension::count,
                                .low = 2,
                                .high = 100000,
                                .required = true,
                                .help = "how many, each of one point more than there are factors"},
                               {.name = "levels",
                                .dimension = Dimension::count,
                                .low = 2,
                                .high = 1000,
                                .fallback = "4",
                                .help = "of each factor with a range, even"}}};
  return table;
}

const KeyTable& select_table() {
  static const KeyTable table{
      "select",
      "Which choice is best: exactly one of minimise and maximise, and what it must hold.",
      {{.name = "minimise", .shape = Shape::text, .help = "a measure whose mean shall be least"},
       {.name = "maximise", .shape = Shape::text, .help = "a measure whose mean shall be greatest"},
       {.name = "subject_to",
        .shape = Shape::special,
        .help = "by measure, what it must hold: {leak-fraction: \"<= 10%\", P(leakers <= 3): \">= 0.9\"}"}}};
  return table;
}

const KeyTable& attacker_table() {
  static const KeyTable table{"attacker",
                              "An attacker who answers each choice by spending the same money otherwise.",
                              {{.name = "budget",
                                .shape = Shape::special,
                                .dimension = Dimension::money,
                                .required = true,
                                .help = "what an attack may cost at most: $2M"},
                               {.name = "may",
                                .shape = Shape::special,
                                .required = true,
                                .help = "what may change, by path, each a list of values or a range: "
                                        "{attacks.northern-axis.count: [10, 20, 40]}"}}};
  return table;
}

const KeyTable& study_table() {
  static const KeyTable table{
      "study", "A study: what varies in a scenario, and by which design.",
      with_origin(
          {{.name = "study", .shape = Shape::text, .required = true, .help = "the title"},
           {.name = "summary", .shape = Shape::text, .help = "a sentence or two"},
           {.name = "scenario",
            .shape = Shape::text,
            .required = true,
            .help = "the file of the scenario, beside the study or in the data folder"},
           {.name = "add",
            .shape = Shape::special,
            .help =
                "laid over the scenario before anything varies: sections with their rows; mappings merge, "
                "anything else replaces, `use` joins"},
           {.name = "choices",
            .shape = Shape::special,
            .help = "what the defender decides, by path, each a list of values or a range such as 2 .. 16"},
           {.name = "uncertain",
            .shape = Shape::special,
            .help = "what nobody knows, by path, each a list of values or a range such as 0.3 .. 0.9"},
           {.name = "design",
            .shape = Shape::special,
            .fallback = "grid",
            .help = "grid, {list: FILE.csv}, {latin-hypercube: N}, {sobol: N}, {morris: {trajectories: N}}, "
                    "{saltelli: N} or {cross: [grid, {latin-hypercube: N}]}"},
           {.name = "replications",
            .shape = Shape::special,
            .fallback = "1000",
            .help = "of each point: a number, or precision, of, at_least and at_most",
            .table = &replications_table()},
           {.name = "prices",
            .shape = Shape::special,
            .help = "books laid over the scenario's without simulating again, by name: {low: {round: $2k}}"},
           {.name = "measure",
            .shape = Shape::names,
            .help = "measures to report, also P(leakers <= 2) and q95(cost.defender.full)"},
           {.name = "select",
            .shape = Shape::mapping,
            .help = "which choice is best",
            .table = &select_table()},
           {.name = "attacker",
            .shape = Shape::mapping,
            .help = "an attacker who answers",
            .table = &attacker_table()},
           {.name = "on_error",
            .shape = Shape::special,
            .fallback = "continue",
            .help = "when a point fails: continue, stop-after N (failed points), or fail-fast"},
           {.name = "seed",
            .dimension = Dimension::count,
            .low = 0,
            .high = most_exact,
            .fallback = "1",
            .help = "of all draws, those of the design included"},
           {.name = "confidence",
            .dimension = Dimension::fraction,
            .low = 0.5,
            .high = 0.9999,
            .fallback = "0.95",
            .help = "of all intervals"}})};
  return table;
}

}  // namespace dronewall
