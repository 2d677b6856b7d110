// The store of a selection: what every mix was seen to do, in one SQLite file.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dronewall/store/store.hpp"

namespace dronewall {

/// One figure of one trial in successive rounds of replications: per round the sum of its numerator, and that
/// of its denominator (of a mean: the replications of the round).
struct StoredSums {
  std::uint64_t first = 0;  ///< replication
  std::uint64_t count = 0;  ///< replications, the same number in every round
  std::vector<double> above, below, whole;

  bool operator==(const StoredSums&) const = default;
};

/// Numbers in one store, from 0.
using StoredTrialId = std::uint32_t;
using StoredSeriesId = std::uint32_t;

/// One figure of one trial.
struct StoredSeries {
  StoredSeriesId series = 0;
  std::string figure;
  std::uint64_t form = 0;   ///< hash of what it is read off: columns and their prices
  std::uint64_t texts = 0;  ///< hash of the scenario's texts by which that was last found
};

/// What a selection has observed. Used by one thread at a time; opened, written and committed as Store is.
class SelectionStore {
 public:
  SelectionStore(const std::string& path, StoreAccess access);
  ~SelectionStore();
  SelectionStore(SelectionStore&&) noexcept;
  SelectionStore& operator=(SelectionStore&&) = delete;

  [[nodiscard]] const std::string& path() const;
  void commit();

  // ---- What the study is, as in Store
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  void set_text(std::string_view key, std::string_view value);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> fields() const;
  void set_fields(const std::vector<std::pair<std::string, std::string>>& fields);
  [[nodiscard]] std::vector<StoredFactor> factors() const;
  void set_factors(const std::vector<StoredFactor>& factors);

  // ---- Trials: a mix against an answer, known again by the hash of what both set
  [[nodiscard]] std::optional<StoredTrialId> find_trial(std::uint64_t hash) const;
  /// `settings`: path and text.
  StoredTrialId add_trial(std::uint64_t hash,
                          const std::vector<std::pair<std::string, std::string>>& settings);
  [[nodiscard]] std::vector<StoredSeries> series(StoredTrialId trial) const;
  /// The id of what is given is ignored, that of what is made returned.
  StoredSeriesId add_series(StoredTrialId trial, const StoredSeries& series);
  void set_texts(StoredSeriesId series, std::uint64_t texts);

  // ---- Observations
  struct Place {
    std::uint64_t first, count;  ///< replications
  };
  /// Ascending.
  [[nodiscard]] std::vector<Place> places(StoredSeriesId series) const;
  /// nullopt when there is none, or its bytes are not those that were written.
  [[nodiscard]] std::optional<StoredSums> sums(StoredSeriesId series, std::uint64_t first) const;
  /// Replaces what begins at the same replication.
  void set_sums(StoredSeriesId series, const StoredSums& sums);
  void remove_sums(StoredSeriesId series, std::uint64_t first);

  struct Size {
    std::uint64_t trials = 0, replications = 0;
  };
  [[nodiscard]] Size size() const;

  /// As Store::verify().
  [[nodiscard]] std::vector<std::string> verify() const;
  /// Whether the file is marked as a selection's store.
  [[nodiscard]] static bool is_one(const std::string& path);

 private:
  [[nodiscard]] std::int64_t next_of(const char* sql) const;
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace dronewall
