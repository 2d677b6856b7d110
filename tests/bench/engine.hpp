// A scenario file through reader, compiler and replications, as the program itself takes it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dronewall/ledger/ledger.hpp"
#include "dronewall/model/model.hpp"
#include "dronewall/replication/replication.hpp"

namespace bench {

/// A scenario that was read, compiled and priced.
struct Scenario {
  std::shared_ptr<const dronewall::Model> model;
  std::vector<dronewall::MeasureDefinition> measures;  ///< money included
};
/// Throws std::runtime_error with the problems' text when there are any. A change is `PATH=VALUE`.
[[nodiscard]] Scenario load(const std::string& file, const std::vector<std::string>& changes = {});

/// Mean per replication and its standard error.
struct Mean {
  double mean = 0, error = 0;
};
/// What all programs of AD20 count.
struct Counts {
  Mean kills, shots, leaks;
  double events = 0;  ///< per replication
};

/// Kills, shots and leaks of one replication are added; means come out.
class Counter {
 public:
  void add(double kills, double shots, double leaks, double events);
  [[nodiscard]] Counts counts() const;

 private:
  struct Sums {
    double sum = 0, squares = 0;
  };
  Sums kills_, shots_, leaks_;
  double events_ = 0, rows_ = 0;
};

/// Runs and counts replications on this thread, without estimates.
class Runner {
 public:
  explicit Runner(const dronewall::Model& model, std::uint64_t seed = 1);
  void run(std::uint32_t number);
  [[nodiscard]] Counts counts() const { return counter_.counts(); }
  /// The integers of the last replication.
  [[nodiscard]] const std::int64_t* row() const { return row_.data(); }

 private:
  dronewall::Replication replication_;
  std::vector<std::uint32_t> rounds_;
  std::uint32_t kills_, leaks_;
  std::vector<std::int64_t> row_;
  Counter counter_;
};
/// Replications 0 … n−1.
[[nodiscard]] Counts count(const dronewall::Model& model, std::uint32_t replications, std::uint64_t seed = 1);

/// The largest distance of kills, shots and leaks from another program's, in standard errors of the
/// difference.
[[nodiscard]] double distance(const Counts& ours, const Counts& theirs);

}  // namespace bench
