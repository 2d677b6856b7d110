// A scenario file, compiled and run through the engine's public seams, as the command line does.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dronewall/model/model.hpp"
#include "dronewall/replication/replication.hpp"
#include "dronewall/scenario/read.hpp"

namespace dronewall::test {

/// One measure or column, replication by replication. A ratio's measure is mean(top) / mean(bottom).
struct Series {
  std::vector<double> top;
  std::vector<double> bottom;  ///< empty: no ratio
};

/// A compiled scenario and everything that can be measured of it, money included.
class Experiment {
 public:
  /// Reads, compiles and prices; throws std::runtime_error with the problems as text.
  Experiment(const std::string& path, const std::vector<Change>& changes);
  /// The same for texts from elsewhere, changed before they are compiled.
  Experiment(const std::string& path, const std::vector<Change>& changes, FileSource& files,
             const std::function<void(ScenarioDescription&)>& edit);

  [[nodiscard]] const std::shared_ptr<const Model>& model() const { return model_; }
  [[nodiscard]] const LedgerLayout& layout() const { return model_->layout(); }
  [[nodiscard]] const std::vector<MeasureDefinition>& measures() const { return measures_; }
  [[nodiscard]] const ScenarioDescription& scenario() const { return scenario_; }
  /// The measure of that name; a ledger column's value times its quantum where no measure has it. Throws
  /// std::invalid_argument.
  [[nodiscard]] MeasureDefinition find(const std::string& name) const;

  /// Values of `names` in replications 0 … n − 1. Which thread runs what does not matter.
  [[nodiscard]] std::map<std::string, Series> sample(const std::vector<std::string>& names,
                                                     std::uint64_t seed, std::uint32_t n,
                                                     std::uint32_t threads) const;
  /// Rows of integers, one after another.
  [[nodiscard]] std::vector<std::int64_t> rows(std::uint64_t seed, std::uint32_t n) const;

 private:
  std::shared_ptr<const Model> model_;
  std::vector<MeasureDefinition> measures_;
  ScenarioDescription scenario_;
};

/// A linear form of one row.
[[nodiscard]] double value_of(const LinearForm& form, const LedgerLayout& layout, const std::int64_t* row);

/// Calls do_range(begin, end) for as many parts of 0 … n as there are threads, each on its own; throws what a
/// part threw.
void in_parts(std::uint32_t n, std::uint32_t threads,
              const std::function<void(std::uint32_t begin, std::uint32_t end)>& do_range);

}  // namespace dronewall::test
