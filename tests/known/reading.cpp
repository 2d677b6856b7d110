#include "reading.hpp"

#include <cmath>
#include <stdexcept>
#include <string_view>

#include "dronewall/study/model_runner.hpp"

namespace dronewall::known {
namespace {

/// `mean(rounds.round)`: what is done, and with what.
struct Read {
  std::string how;
  std::string what;
};

Read split(const std::string& text) {
  const std::size_t open = text.find('(');
  if (open == std::string::npos || text.back() != ')')
    throw std::invalid_argument(text + " is no way to read a run");
  return {text.substr(0, open), text.substr(open + 1, text.size() - open - 2)};
}

/// The two words around a separator.
std::pair<std::string, std::string> halves(const std::string& text, std::string_view between) {
  const std::size_t at = text.find(between);
  if (at == std::string::npos) throw std::invalid_argument(text + " has no" + std::string(between));
  return {text.substr(0, at), text.substr(at + between.size())};
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double central_moment(const std::vector<double>& values, double mean, int power) {
  double sum = 0;
  for (const double value : values) sum += std::pow(value - mean, power);
  return sum / static_cast<double>(values.size());
}

/// Of a ratio by the delta method: the variance of (top − ratio · bottom) / mean(bottom).
Reading mean_reading(const Series& series) {
  const double n = static_cast<double>(series.top.size()), mean = mean_of(series.top);
  if (series.bottom.empty()) return {mean, std::sqrt(central_moment(series.top, mean, 2) / n)};
  const double below = mean_of(series.bottom), ratio = mean / below;
  std::vector<double> residuals(series.top.size());
  for (std::size_t i = 0; i < residuals.size(); ++i)
    residuals[i] = (series.top[i] - ratio * series.bottom[i]) / below;
  return {ratio, std::sqrt(central_moment(residuals, 0, 2) / n)};
}

/// Var(s²) = (μ4 − σ⁴) / n for large n.
Reading variance_reading(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size()), mean = mean_of(values);
  const double variance = central_moment(values, mean, 2);
  const double spread = central_moment(values, mean, 4) - variance * variance;
  return {variance * n / (n - 1), std::sqrt(std::max(spread, 0.0) / n)};
}

Reading share_reading(std::uint64_t hits, std::uint64_t of) {
  const double n = static_cast<double>(of), share = static_cast<double>(hits) / n;
  return {share, std::sqrt(share * (1 - share) / n)};
}

std::vector<double> differences(const Series& first, const Series& second) {
  std::vector<double> result(first.top.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = second.top[i] - first.top[i];
  return result;
}

Requested probability_of(const std::string& text) {
  std::string why;
  const auto requested = parse_requested(text, why);
  if (!requested || requested->kind != Requested::Kind::probability)
    throw std::invalid_argument(text + ": " + why);
  return *requested;
}

/// Notes where and when the first event of a name happens.
class FirstOf final : public TraceSink {
 public:
  explicit FirstOf(std::string what) : what_(std::move(what)) {}
  void on(const TraceEvent& event) override {
    if (found_ || event.what != what_) return;
    found_ = true;
    time_s_ = event.time_s;
    x_m_ = event.x_m;
    y_m_ = event.y_m;
  }
  [[nodiscard]] double part(const std::string& name) const {
    if (!found_) throw std::runtime_error("no event " + what_);
    return name == "x" ? x_m_ : name == "y" ? y_m_ : time_s_;
  }

 private:
  std::string what_;
  bool found_ = false;
  double time_s_ = 0, x_m_ = 0, y_m_ = 0;
};

class Reader {
 public:
  Reader(const Case& row, const std::string& folder, const RunPlan& plan)
      : row_(row), folder_(folder), plan_(plan), base_(folder + "/" + row.file, row.changes) {
    std::vector<std::string> names;
    for (const KnownQuantity& quantity : row.quantities) add_names(quantity, names);
    if (!names.empty()) series_ = base_.sample(names, plan.seed, plan.replications, plan.threads);
  }

  [[nodiscard]] Reading read(const KnownQuantity& quantity) const {
    const auto [how, what] = split(quantity.read);
    if (how == "mean") return mean_reading(series_.at(what));
    if (how == "var") return variance_reading(linear(what).top);
    if (how == "sd") return root_of(variance_reading(linear(what).top));
    if (how == "P") return share_of(quantity.read);
    if (how == "ratio") return ratio_of(what);
    if (how == "sum") return sum_of(what);
    if (how == "equal") return equal_columns(what);
    if (how == "trace") return traced(what);
    if (how == "coverage") return coverage(what);
    if (how == "of-n-runs") return of_n_runs(what);
    return compared(quantity, how, what);
  }

 private:
  static void add_names(const KnownQuantity& quantity, std::vector<std::string>& names) {
    if (!quantity.cannot.empty()) return;
    const auto [how, what] = split(quantity.read);
    if (how == "P") {
      names.push_back(probability_of(quantity.read).measure);
    } else if (how == "equal" || how == "ratio") {
      const auto [first, second] = halves(what, how == "equal" ? " = " : " / ");
      names.insert(names.end(), {first, second});
    } else if (how == "sum") {
      const auto [first, weighted] = halves(what, " + ");
      names.insert(names.end(), {first, halves(weighted, " * ").second});
    } else if (how != "trace" && how != "coverage" && how != "of-n-runs" && how != "same-counts") {
      names.push_back(what);
    }
  }

  [[nodiscard]] const Series& linear(const std::string& name) const {
    const Series& series = series_.at(name);
    if (!series.bottom.empty()) throw std::invalid_argument(name + " is a ratio");
    return series;
  }

  static Reading root_of(Reading variance) {
    const double sd = std::sqrt(variance.value);
    return {sd, variance.se / (2 * sd)};
  }

  [[nodiscard]] Reading share_of(const std::string& text) const {
    const Requested requested = probability_of(text);
    const std::vector<double>& values = linear(requested.measure).top;
    std::uint64_t hits = 0;
    for (const double value : values)
      if (meets(requested, value)) ++hits;
    return share_reading(hits, values.size());
  }

  [[nodiscard]] Reading ratio_of(const std::string& what) const {
    const auto [top, bottom] = halves(what, " / ");
    return mean_reading({linear(top).top, linear(bottom).top});
  }

  [[nodiscard]] Reading sum_of(const std::string& what) const {
    const auto [first, weighted] = halves(what, " + ");
    const auto [weight, second] = halves(weighted, " * ");
    std::vector<double> values = linear(first).top;
    const std::vector<double>& more = linear(second).top;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += std::stod(weight) * more[i];
    return mean_reading({values, {}});
  }

  [[nodiscard]] Reading equal_columns(const std::string& what) const {
    const auto [first, second] = halves(what, " = ");
    const std::vector<double>&a = linear(first).top, &b = linear(second).top;
    std::uint64_t hits = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (std::abs(a[i] - b[i]) <= 1e-6 * std::abs(b[i])) ++hits;
    return share_reading(hits, a.size());
  }

  [[nodiscard]] Reading traced(const std::string& what) const {
    const auto [event, part] = halves(what, " ");
    FirstOf sink(event);
    Replication replication(*base_.model(), {.seed = plan_.seed, .trace = &sink});
    std::vector<std::int64_t> row(base_.layout().columns.size());
    replication.run(0, row.data());
    return {sink.part(part), 0};
  }

  /// Studies of `n_runs` replications, each on a seed of its own: f(estimate) is averaged.
  template <class F>
  [[nodiscard]] Reading studies(const std::string& name, F f) const {
    Series series;
    series.top.resize(plan_.replications);
    const std::vector<MeasureDefinition> measures{base_.find(name)};
    RunOptions options;
    options.replications = static_cast<std::uint64_t>(whole(row_.parameters, "n_runs"));
    in_parts(plan_.replications, plan_.threads, [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t i = begin; i < end; ++i) {
        const RunnerFactory runners = model_runners(base_.model(), {.seed = plan_.seed << 32 | i});
        series.top[i] = f(run_point(base_.layout(), measures, runners, options).estimates.front());
      }
    });
    return mean_reading(series);
  }
  /// The mean that the intervals should hold: shots at one drone until it is dead.
  [[nodiscard]] Reading coverage(const std::string& name) const {
    const double truth = closed_form("E01", "mean_shots", row_.parameters);
    return studies(name, [&](const Estimate& estimate) {
      return estimate.low.value() <= truth && truth <= estimate.high.value() ? 1.0 : 0.0;
    });
  }
  [[nodiscard]] Reading of_n_runs(const std::string& name) const {
    return studies(name, [](const Estimate& estimate) { return estimate.mean.value(); });
  }

  /// Reads that need a second run.
  [[nodiscard]] Reading compared(const KnownQuantity& quantity, const std::string& how,
                                 const std::string& what) const {
    std::vector<Change> changes = row_.changes;
    changes.insert(changes.end(), quantity.against.begin(), quantity.against.end());
    const Experiment other(folder_ + "/" + row_.file, changes);
    if (how == "same-counts") return same_counts(other);
    const std::uint64_t seed = how == "unpaired-var" ? plan_.seed + 1'000'000 : plan_.seed;
    const Series second = other.sample({what}, seed, plan_.replications, plan_.threads).at(what);
    const Series& first = series_.at(what);
    if (how == "paired-var" || how == "unpaired-var") return variance_reading(differences(first, second));
    if (how == "difference") return mean_reading({differences(first, second), {}});
    if (how == "quotient") return mean_reading({second.top, first.top});
    throw std::invalid_argument(how + " is no way to read a run");
  }

  [[nodiscard]] Reading same_counts(const Experiment& other) const {
    const std::uint32_t n = plan_.replications;
    const std::vector<std::int64_t> a = base_.rows(plan_.seed, n), b = other.rows(plan_.seed, n);
    const std::size_t width = base_.layout().columns.size();
    if (a.size() != b.size()) throw std::runtime_error("the two runs report different columns");
    std::uint64_t same = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      bool equal = true;
      for (std::size_t c = 0; c < width; ++c)
        if (base_.layout().columns[c].is_count) equal = equal && a[i * width + c] == b[i * width + c];
      if (equal) ++same;
    }
    return share_reading(same, n);
  }

  const Case& row_;
  const std::string& folder_;
  RunPlan plan_;
  Experiment base_;
  std::map<std::string, Series> series_;
};

}  // namespace

std::vector<Reading> read_quantities(const Case& row, const std::string& folder, const RunPlan& plan) {
  const Reader reader(row, folder, plan);
  std::vector<Reading> readings;
  for (const KnownQuantity& quantity : row.quantities) {
    Reading reading;
    if (quantity.cannot.empty()) reading = reader.read(quantity);
    readings.push_back(
        {reading.value * quantity.times + quantity.plus, reading.se * std::abs(quantity.times)});
  }
  return readings;
}

}  // namespace dronewall::known
