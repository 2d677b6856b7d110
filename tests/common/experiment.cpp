#include "common/experiment.hpp"

#include <exception>
#include <set>
#include <stdexcept>
#include <thread>

#include "dronewall/kinds/kinds.hpp"
#include "dronewall/pricing/pricing.hpp"

namespace dronewall::test {

double value_of(const LinearForm& form, const LedgerLayout& layout, const std::int64_t* row) {
  double value = form.constant;
  for (const auto& [column, weight] : form.terms)
    value += weight * layout.columns[column].quantum * static_cast<double>(row[column]);
  return value;
}

void in_parts(std::uint32_t n, std::uint32_t threads,
              const std::function<void(std::uint32_t, std::uint32_t)>& do_range) {
  std::vector<std::thread> workers;
  std::vector<std::exception_ptr> thrown(threads);
  for (std::uint32_t t = 0; t < threads; ++t)
    workers.emplace_back([&, t] {
      const auto edge = [&](std::uint32_t part) {
        return static_cast<std::uint32_t>(std::uint64_t{n} * part / threads);
      };
      try {
        do_range(edge(t), edge(t + 1));
      } catch (...) {
        thrown[t] = std::current_exception();
      }
    });
  for (std::thread& worker : workers) worker.join();
  for (const std::exception_ptr& exception : thrown)
    if (exception) std::rethrow_exception(exception);
}

namespace {

DiskFiles& beside(const std::string& path) {
  thread_local std::unique_ptr<DiskFiles> files;
  files = std::make_unique<DiskFiles>(path, std::vector<std::string>{});
  return *files;
}

}  // namespace

Experiment::Experiment(const std::string& path, const std::vector<Change>& changes)
    : Experiment(path, changes, beside(path), [](ScenarioDescription&) {}) {}

Experiment::Experiment(const std::string& path, const std::vector<Change>& changes, FileSource& files,
                       const std::function<void(ScenarioDescription&)>& edit) {
  Sources sources;
  Problems problems(sources);
  scenario_ = read_scenario(path, files, kind_tables(), {changes, {}}, problems);
  edit(scenario_);
  model_ = Model::compile(scenario_, all_kinds(), problems);
  if (model_) {
    const auto place = [&](const std::string& item) { return place_of_item(scenario_, item); };
    measures_ = layout().measures;
    const Pricing pricing = price(layout(), scenario_.prices, place, problems);
    measures_.insert(measures_.end(), pricing.measures.begin(), pricing.measures.end());
  }
  if (problems.has_errors()) throw std::runtime_error(problems.text());
}

MeasureDefinition Experiment::find(const std::string& name) const {
  for (const MeasureDefinition& measure : measures_)
    if (measure.name == name) return measure;
  const auto column = layout().column(name);
  if (!column) throw std::invalid_argument(name + " is neither a measure nor a column");
  MeasureDefinition measure;
  measure.name = name;
  measure.numerator.terms.emplace_back(*column, 1.0);
  return measure;
}

std::map<std::string, Series> Experiment::sample(const std::vector<std::string>& names, std::uint64_t seed,
                                                 std::uint32_t n, std::uint32_t threads) const {
  std::map<std::string, Series> series;
  std::vector<MeasureDefinition> wanted;
  for (const std::string& name : std::set<std::string>(names.begin(), names.end())) {
    wanted.push_back(find(name));
    series[name].top.resize(n);
    if (wanted.back().denominator) series[name].bottom.resize(n);
  }
  in_parts(n, threads, [&](std::uint32_t begin, std::uint32_t end) {
    Replication replication(*model_, {.seed = seed});
    std::vector<std::int64_t> row(layout().columns.size());
    for (std::uint32_t i = begin; i < end; ++i) {
      replication.run(i, row.data());
      for (const MeasureDefinition& measure : wanted) {
        Series& values = series.at(measure.name);
        values.top[i] = value_of(measure.numerator, layout(), row.data());
        if (measure.denominator) values.bottom[i] = value_of(*measure.denominator, layout(), row.data());
      }
    }
  });
  return series;
}

std::vector<std::int64_t> Experiment::rows(std::uint64_t seed, std::uint32_t n) const {
  const std::size_t width = layout().columns.size();
  std::vector<std::int64_t> all(width * n);
  Replication replication(*model_, {.seed = seed});
  for (std::uint32_t i = 0; i < n; ++i) replication.run(i, all.data() + i * width);
  return all;
}

}  // namespace dronewall::test
