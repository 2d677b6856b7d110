// test_coverage: how often intervals hold what is true, on raids with known answers.
//
//     test_coverage [--only raid] [--threads 1]   the quick form, held against recorded.csv
//     test_coverage --long [--only raid]          measures anew and keeps it there; ten minutes
//     test_coverage --write docs/coverage.md      writes the table of what is recorded
//     test_coverage --smoke                       three experiments a row, no verdicts
//
// The quick form makes some 300 experiments a row, fewer where one takes longer, and also shows that it can
// fail: with intervals as wide as a standard deviation would make them, and with 90% intervals in place of
// 95% ones, it must. Exit 0: nothing has changed.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "common/experiment.hpp"
#include "judge.hpp"
#include "table.hpp"

namespace dronewall::coverage {
namespace {

struct Options {
  std::string only, write;
  std::uint32_t threads = 1;
  bool smoke = false, measure = false;

  [[nodiscard]] Form form() const { return smoke ? Form::smoke : measure ? Form::recorded : Form::quick; }
};

const std::string record_file = COVERAGE_FOLDER "/recorded.csv";

std::vector<std::unique_ptr<Group>> all_groups() {
  std::vector<std::unique_ptr<Group>> all;
  for (auto make : {run_groups, compare_groups, reprice_groups, study_groups, select_groups, effect_groups,
                    shared_groups})
    for (std::unique_ptr<Group>& group : make()) all.push_back(std::move(group));
  return all;
}

/// Of one group: experiment by experiment, one interval a row.
struct Tried {
  const Group* group;
  std::vector<Seen> seen;

  [[nodiscard]] Measured measured(std::size_t row) const {
    return measure(group->rows()[row], seen, row, group->rows().size());
  }
};

Tried try_out(const Group& group, std::size_t number, const Options& options) {
  const std::uint32_t count = options.smoke ? 3 : group.experiments(options.form());
  // Seeds of their own for every group and form: 2^24 experiments lie between two groups.
  const std::uint64_t first_seed = (options.measure ? std::uint64_t{1} : std::uint64_t{2}) << 40 | number
                                                                                                       << 24;
  Tried tried{&group, {}};
  tried.seen.resize(group.rows().size() * count);
  test::in_parts(count, std::min(options.threads, count), [&](std::uint32_t begin, std::uint32_t end) {
    group.make(first_seed, begin, end, tried.seen.data() + begin * group.rows().size());
  });
  return tried;
}

void print(const Row& row, const Measured& measured, const std::string& words) {
  fmt::print("{:48} {:>6} {:>12.6g}  {:>4} of {:>4}  ± {:<10.4g} {}  {}\n", row.what, row.n, row.truth,
             measured.held, measured.given, measured.half_width, measured.method, words);
}

/// The error of one row among as many as are judged.
double error_of_one(const std::vector<Tried>& all) {
  std::size_t rows = 0;
  for (const Tried& tried : all) rows += tried.group->rows().size();
  return family_error / static_cast<double>(rows);
}

/// How many rows fail against the record, and how many have a width to be judged by.
struct Failures {
  std::size_t failed = 0, judged = 0;
};

enum class Telling { silent, each_row };

Failures judge(const std::vector<Tried>& all, const Record& record, Telling telling) {
  Failures failures;
  const double error = error_of_one(all);
  for (const Tried& tried : all)
    for (std::size_t r = 0; r < tried.group->rows().size(); ++r) {
      const Row& row = tried.group->rows()[r];
      const auto recorded = record.find({row.what, row.n});
      const Measured now = tried.measured(r);
      const std::string words =
          recorded == record.end() ? " never recorded" : changed(now, recorded->second, error);
      failures.judged += now.half_width > 0;
      failures.failed += !words.empty();
      if (telling == Telling::each_row) print(row, now, words.empty() ? "as recorded" : "CHANGED:" + words);
    }
  return failures;
}

/// The same intervals about their middles, each `factor(n)` times as wide.
template <typename Factor>
std::vector<Tried> widened(std::vector<Tried> all, Factor factor) {
  for (Tried& tried : all)
    for (std::size_t i = 0; i < tried.seen.size(); ++i) {
      Seen& seen = tried.seen[i];
      const double middle = (seen.low + seen.high) / 2;
      const double half = seen.half_width() * factor(tried.group->rows()[i % tried.group->rows().size()].n);
      if (std::isfinite(half)) seen.low = middle - half, seen.high = middle + half;
    }
  return all;
}

/// Whether broken intervals fail: all of those with an sd for the se, most of those at 90% (some widths vary
/// too much between experiments for a single row to tell, which is what the family is for).
bool can_fail(const std::vector<Tried>& all, const Record& record) {
  const Failures sd = judge(widened(all, [](std::uint64_t n) { return std::sqrt(static_cast<double>(n)); }),
                            record, Telling::silent);
  constexpr double z90 = 1.644854, z95 = 1.959964;
  const Failures at_90 =
      judge(widened(all, [](std::uint64_t) { return z90 / z95; }), record, Telling::silent);
  fmt::print("with the sd for the se {} of {} rows would fail, at 90% for 95% {}\n", sd.failed, sd.judged,
             at_90.failed);
  return sd.failed >= sd.judged && 4 * at_90.failed >= 3 * at_90.judged;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Rows of all groups, those of one quantity together.
std::vector<Row> ordered_rows(const std::vector<std::unique_ptr<Group>>& groups) {
  std::vector<Row> all;
  for (const auto& group : groups) all.insert(all.end(), group->rows().begin(), group->rows().end());
  std::vector<std::string> order;
  for (const Row& row : all)
    if (std::find(order.begin(), order.end(), row.what) == order.end()) order.push_back(row.what);
  const auto place = [&](const Row& row) {
    return std::find(order.begin(), order.end(), row.what) - order.begin();
  };
  std::stable_sort(all.begin(), all.end(), [&](const Row& a, const Row& b) { return place(a) < place(b); });
  return all;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

void keep(const std::vector<Tried>& all) {
  Record record;
  if (std::ifstream(record_file)) record = read_record(record_file);
  for (const Tried& tried : all)
    for (std::size_t r = 0; r < tried.group->rows().size(); ++r) {
      const Row& row = tried.group->rows()[r];
      record[{row.what, row.n}] = tried.measured(r);
      print(row, tried.measured(r), verdict(row, tried.measured(r)));
    }
  write_record(record_file, record);
}

int hold_against_record(const std::vector<Tried>& all, const std::vector<Row>& rows, bool is_whole) {
  const Record record = read_record(record_file);
  const Failures failures = judge(all, record, Telling::each_row);
  const bool sharp = can_fail(all, record);
  const bool table_holds = !is_whole || content_of(COVERAGE_TABLE) == markdown(rows, record);
  if (!table_holds) fmt::print("docs/coverage.md does not show recorded.csv: write it anew\n");
  fmt::print("{} of {} rows have changed{}\n", failures.failed, rows.size(),
             sharp ? "" : "; BROKEN INTERVALS WOULD PASS");
  return failures.failed == 0 && sharp && table_holds ? 0 : 1;
}

int run(const Options& options) {
  const std::vector<std::unique_ptr<Group>> groups = all_groups();
  const std::vector<Row> rows = ordered_rows(groups);
  if (!options.write.empty()) {
    write(options.write, markdown(rows, read_record(record_file)));
    return 0;
  }
  std::vector<Tried> all;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g]->name().rfind(options.only, 0) != 0) continue;
    all.push_back(try_out(*groups[g], g, options));
    if (options.measure) keep({all.back()});
    std::fflush(stdout);
  }
  if (options.measure) return 0;
  if (options.smoke) {
    fmt::print("{} rows run, not judged\n", rows.size());
    return 0;
  }
  return hold_against_record(all, rows, options.only.empty());
}

}  // namespace
}  // namespace dronewall::coverage

int main(int argc, char** argv) {
  dronewall::coverage::Options options;
  CLI::App program{"Coverage of intervals, measured on raids with known answers"};
  program.add_option("--only", options.only, "Groups whose name begins so");
  program.add_option("--write", options.write, "Write the table of what is recorded as Markdown");
  program.add_option("--threads", options.threads, "Threads")->check(CLI::Range(1U, 64U));
  program.add_flag("--long", options.measure, "Measure anew and keep it");
  program.add_flag("--smoke", options.smoke, "Three experiments a row, no verdicts");
  CLI11_PARSE(program, argc, argv);
  try {
    return dronewall::coverage::run(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "test_coverage: {}\n", error.what());
    return 2;
  }
}
