// A row of the table of coverage: one interval at one number of replications, tried many times.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/stats/interval.hpp"
#include "dronewall/study/estimate.hpp"

namespace dronewall::coverage {

/// What every interval here is asked for.
inline constexpr double wanted = 0.95;

/// What is covered, and what it is truly.
struct Row {
  std::string what;     ///< `leak-fraction`, as the program names it, or words
  std::uint64_t n = 0;  ///< replications, or those of each point of a study
  double truth = 0;
  std::string why_narrow;  ///< where it covers less than wanted
  std::string why_wide;    ///< where it covers more
};

/// One interval of one experiment. None given: NaN bounds.
struct Seen {
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  const char* method = "";  ///< of static storage

  [[nodiscard]] bool is_given() const { return low <= high; }
  [[nodiscard]] bool holds(double truth) const { return low <= truth && truth <= high; }
  [[nodiscard]] double half_width() const { return (high - low) / 2; }
};

/// A side that is absent is without bound; an estimate without a value gives no interval.
[[nodiscard]] Seen seen(const Estimate& estimate);
[[nodiscard]] Seen seen(const ConfidenceInterval& interval);

/// How many experiments are made of a group.
enum class Form {
  smoke,    ///< 3: everything runs, nothing is judged
  quick,    ///< what a test may take
  recorded  ///< what the table shows
};

/// Rows whose intervals come out of the same experiments.
class Group {
 public:
  virtual ~Group() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual const std::vector<Row>& rows() const = 0;
  /// How many experiments of the form, quick or recorded.
  [[nodiscard]] virtual std::uint32_t experiments(Form form) const = 0;
  /// Makes experiments begin … end − 1, each on a seed of its own: `out` gets rows().size() intervals for
  /// each, from that of `begin` on. Called by several threads at once.
  virtual void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const = 0;
};

[[nodiscard]] std::vector<std::unique_ptr<Group>> run_groups();
[[nodiscard]] std::vector<std::unique_ptr<Group>> shared_groups();
[[nodiscard]] std::vector<std::unique_ptr<Group>> compare_groups();
[[nodiscard]] std::vector<std::unique_ptr<Group>> study_groups();
[[nodiscard]] std::vector<std::unique_ptr<Group>> effect_groups();
[[nodiscard]] std::vector<std::unique_ptr<Group>> reprice_groups();
[[nodiscard]] std::vector<std::unique_ptr<Group>> select_groups();

}  // namespace dronewall::coverage
