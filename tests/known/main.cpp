// test_known: runs the known answers of cases.yaml through the engine and judges them.
//
//     test_known [--only E01] [--write docs/known-answers.md] [--threads 2] [--smoke]
//
// Exit 0: all hold. --smoke is for builds that are slowed by sanitizers or debugging: a hundredth of the
// replications, every scenario and every reading, no verdicts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <fstream>

#include "verdict.hpp"

namespace dronewall::known {
namespace {

struct Options {
  std::string only, write;
  std::uint32_t threads = 2;
  bool smoke = false;
};

/// The closed form of each quantity, held against the published figure where there is one.
std::vector<double> expectations(const Case& row) {
  std::vector<double> expected;
  for (const KnownQuantity& quantity : row.quantities) {
    expected.push_back(quantity.cannot.empty() ? closed_form(row.id, quantity.name, row.parameters) : 0);
    if (!quantity.published) continue;
    constexpr double digits = 5e-7;  // As many as are published.
    const double slack = digits * std::max(std::abs(*quantity.published), 1.0) + 4 * quantity.published_se;
    if (!(std::abs(expected.back() - *quantity.published) <= slack))
      throw std::runtime_error(fmt::format("{} {}: the closed form gives {:.9g}, published is {:.9g}", row.id,
                                           quantity.name, expected.back(), *quantity.published));
  }
  return expected;
}

std::string words_of(const Judgement& judgement, const KnownQuantity& quantity, bool second_try) {
  if (!judgement.near) return "FAILS: too far";
  if (!judgement.sharp) return "FAILS: not sharp enough";
  if (!judgement.confused_with.empty()) return "FAILS: as near to " + judgement.confused_with.front();
  std::string words = second_try ? "holds (second try)" : "holds";
  for (const WrongAnswer& wrong : quantity.wrong)
    words += fmt::format("; not {} {:.6g}", wrong.name, wrong.value);
  return words;
}

/// Runs one case; a failure once more, with ten times the replications and another seed.
std::vector<Line> run_case(const Case& row, const Options& options, bool& all_hold) {
  constexpr std::uint64_t seed = 2026, second_seed = 92026;
  const std::vector<double> expected = expectations(row);
  const std::uint32_t n = options.smoke ? std::max(2U, row.replications / 100) : row.replications;
  const std::vector<Reading> readings = read_quantities(row, KNOWN_FOLDER, {seed, n, options.threads});
  std::vector<Reading> again;
  std::vector<Line> lines;
  for (std::size_t i = 0; i < row.quantities.size(); ++i) {
    const KnownQuantity& quantity = row.quantities[i];
    Line line{&row, &quantity, expected[i], readings[i], ""};
    if (!quantity.cannot.empty()) {
      line.verdict = "not expressed: " + quantity.cannot;
    } else if (options.smoke) {
      line.verdict = "not judged";
    } else {
      Judgement judgement = judge(quantity, line.expected, line.reading);
      const bool second_try = !judgement.holds();
      if (second_try) {
        if (again.empty()) again = read_quantities(row, KNOWN_FOLDER, {second_seed, 10 * n, options.threads});
        line.reading = again[i];
        judgement = judge(quantity, line.expected, line.reading);
      }
      line.verdict = words_of(judgement, quantity, second_try);
      all_hold = all_hold && judgement.holds();
    }
    fmt::print("{:4} {:22} {:>14.9g} {:>28}  {}  [{}]\n", row.id, quantity.name, line.expected,
               shown_reading(line.reading), line.verdict, shown_file(row, quantity));
    lines.push_back(std::move(line));
  }
  std::fflush(stdout);
  return lines;
}

int run(const Options& options) {
  const std::vector<Case> cases = read_cases(std::string(KNOWN_FOLDER) + "/cases.yaml");
  bool all_hold = true;
  std::vector<Line> lines;
  for (const Case& row : cases) {
    if (!options.only.empty() && row.id != options.only) continue;
    std::vector<Line> more = run_case(row, options, all_hold);
    lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  if (!options.write.empty()) {
    std::ofstream file(options.write);
    file << markdown(lines);
    if (!file.flush()) throw std::runtime_error("cannot write " + options.write);
  }
  fmt::print("{} quantities of {} runs: {}\n", lines.size(), cases.size(),
             options.smoke ? "not judged"
             : all_hold    ? "all hold"
                           : "NOT ALL HOLD");
  return all_hold ? 0 : 1;
}

}  // namespace
}  // namespace dronewall::known

int main(int argc, char** argv) {
  dronewall::known::Options options;
  CLI::App program{"Known answers, run through the engine and judged"};
  program.add_option("--only", options.only, "One case");
  program.add_option("--write", options.write, "Write the table as Markdown");
  program.add_option("--threads", options.threads, "Threads")->check(CLI::Range(1U, 64U));
  program.add_flag("--smoke", options.smoke, "A hundredth of the replications, no verdicts");
  CLI11_PARSE(program, argc, argv);
  try {
    return dronewall::known::run(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "test_known: {}\n", error.what());
    return 2;
  }
}
