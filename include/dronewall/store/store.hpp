// The store of a study: what is finished, in one SQLite file that can be read without this program.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dronewall/store/stored_tally.hpp"

namespace dronewall {

/// The store cannot be opened, read or written: what happened, and what to do, in plain words.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Number of a point in its store, from 0 in the order in which points were first put there. It never
/// changes, also when a longer design gives the point another place.
using StoredPointId = std::uint32_t;

enum class PointState {
  planned,  ///< nothing is finished
  begun,    ///< some replications are
  done,     ///< all that were wanted
  reached,  ///< the wanted precision
  capped,   ///< all that were allowed, without reaching the precision
  failed    ///< set aside, see `failures`
};
/// `planned`, `begun`, `done`, `reached`, `capped`, `failed`, as in the table `points`.
[[nodiscard]] const char* name_of(PointState state);
/// Whether nothing is left to be run.
[[nodiscard]] bool is_finished(PointState state);

struct StoredPoint {
  StoredPointId point = 0;
  std::optional<std::uint32_t> number;  ///< place in the present design, from 0; absent when it has none
  std::uint64_t hash = 0;               ///< of what the design sets
  PointState state = PointState::planned;
  std::uint64_t replications = 0;    ///< 0 … replications − 1 are merged in its first tally
  std::optional<double> half_width;  ///< of the measure with a wanted precision, in the goal's scale
  std::string reason;                ///< why the precision is not reached
};

struct StoredFactor {
  std::string path;
  std::string role;    ///< `choice`, `uncertain`, `attacker`
  std::string levels;  ///< as written: `[0, 2, 4]`, `0.3 .. 0.9`

  bool operator==(const StoredFactor&) const = default;
};

/// One measure of one point; the members mean what those of Estimate do. NaN is absent (NULL in the table).
struct StoredEstimate {
  std::string measure;
  std::string unit;
  double mean, se, low, high, sd;
  double least, most;  ///< bounds where intruders were still aloft at the end
  std::uint64_t n = 0;
  std::string method;
  std::string undefined_because;
  bool is_ratio = false;
  std::uint64_t without_value = 0;
};

/// A shard that was set aside.
struct StoredFailure {
  StoredPointId point = 0;
  std::uint64_t first = 0, count = 0;  ///< replications; count 0: the point could not be compiled
  std::uint32_t attempts = 1;
  std::string reason;
  std::string line;  ///< reproduces it
};

enum class StoreAccess {
  read,  ///< of a file that is there
  write  ///< one at a time; the file is made when it is not there
};

/// One study's results. Used by one thread at a time. Every call throws StoreError when the file fails it;
/// what was committed before stays. Writing is one transaction from commit() to commit(); what was not
/// committed when the store is destroyed is rolled back.
class Store {
 public:
  /// Opens. Refuses what is no store, a store of a later format, and a second writer (naming the first).
  Store(const std::string& path, StoreAccess access);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) = delete;
  /// Whether there is a file with something in it: a process that was killed at once leaves an empty one.
  [[nodiscard]] static bool is_begun(const std::string& path);

  [[nodiscard]] const std::string& path() const;
  /// Makes everything since the last commit lasting: it survives a killed process and a lost power.
  void commit();

  // ---- What the study is
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  void set_text(std::string_view key, std::string_view value);
  /// What decides a result: path and text, by path.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> fields() const;
  void set_fields(const std::vector<std::pair<std::string, std::string>>& fields);
  [[nodiscard]] std::vector<StoredFactor> factors() const;
  void set_factors(const std::vector<StoredFactor>& factors);

  // ---- Points
  [[nodiscard]] std::uint32_t point_count() const;
  /// In order of their ids.
  void each_point(const std::function<void(const StoredPoint&)>& see) const;
  /// Those of the present design in its order.
  void each_point_by_number(const std::function<void(const StoredPoint&)>& see) const;
  /// Puts a point in: its id must be the next, its settings one text per factor.
  void add_point(const StoredPoint& point, const std::vector<std::string>& settings);
  void set_number(StoredPointId point, std::optional<std::uint32_t> number);
  void set_state(const StoredPoint& point);
  /// One text per factor.
  [[nodiscard]] std::vector<std::string> settings(StoredPointId point) const;

  // ---- Results of points
  /// The JSON of a layout; empty when there is none under the hash.
  [[nodiscard]] std::string layout(std::uint64_t hash) const;
  [[nodiscard]] bool has_layout(std::uint64_t hash) const;
  void add_layout(std::uint64_t hash, const std::string& json);
  /// Hash and JSON, by hash.
  void each_layout(const std::function<void(std::uint64_t, const std::string&)>& see) const;

  /// First replication, count and layout of each tally of a point, ascending.
  struct TallyPlace {
    std::uint64_t first, count, layout;
  };
  [[nodiscard]] std::vector<TallyPlace> tallies(StoredPointId point) const;
  /// Throws when there is none, or its bytes do not give their checksum.
  [[nodiscard]] StoredTally tally(StoredPointId point, std::uint64_t first) const;
  /// The moments alone of the tally from replication 0: much less to read.
  [[nodiscard]] MomentsState moments(StoredPointId point) const;
  /// Of the same tally the exact distributions of the first columns, up to `last`.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, Histogram>> first_counts(StoredPointId point,
                                                                              std::uint32_t last) const;
  /// Replaces what begins at the same replication.
  void set_tally(StoredPointId point, std::uint64_t layout, const StoredTally& tally);
  /// A tally as its table holds it, made by encode(): so that other threads can do that work.
  struct EncodedTally {
    std::uint64_t first = 0, count = 0;
    std::string moments, batches, counts;
    std::uint64_t checksum = 0;
  };
  [[nodiscard]] static EncodedTally encode(const StoredTally& tally);
  void set_tally(StoredPointId point, std::uint64_t layout, const EncodedTally& tally);
  void remove_tally(StoredPointId point, std::uint64_t first);

  void add_rows(StoredPointId point, const StoredRows& rows);
  /// In order of their replications.
  void each_rows(StoredPointId point, const std::function<void(const StoredRows&)>& see) const;
  /// First replication, count and columns of each piece of a point's rows, ascending.
  struct RowPlace {
    std::uint64_t first, count;
    std::vector<std::uint32_t> columns;
  };
  [[nodiscard]] std::vector<RowPlace> row_places(StoredPointId point) const;
  /// Removes the pieces that begin with replications `first` … `end − 1`.
  void remove_rows(StoredPointId point, std::uint64_t first, std::uint64_t end);

  void set_estimates(StoredPointId point, const std::vector<StoredEstimate>& estimates);
  /// In the order in which they were set.
  [[nodiscard]] std::vector<StoredEstimate> estimates(StoredPointId point) const;

  /// At how many points of the present design a measure's mean is above 0, and the greatest of them.
  struct AboveZero {
    std::uint64_t points = 0;
    double most = 0;
  };
  [[nodiscard]] AboveZero above_zero(std::string_view measure) const;
  /// The names of all points' estimates, in the order in which points have them.
  [[nodiscard]] std::vector<std::string> measures() const;

  void add_failure(const StoredFailure& failure);
  void remove_failures(StoredPointId point);
  /// In order of points and replications.
  void each_failure(const std::function<void(const StoredFailure&)>& see) const;
  [[nodiscard]] std::vector<StoredFailure> failures() const;

  /// Seconds of wall time that a point has taken, added to what is there. The only table that may differ
  /// between equal stores.
  void add_seconds(StoredPointId point, double seconds);
  [[nodiscard]] double seconds() const;

  /// Everything that is wrong with the store in itself: broken pages, blobs that do not give their checksum,
  /// tables that do not hold what another one says. One sentence each; empty when it is sound.
  [[nodiscard]] std::vector<std::string> verify() const;

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace dronewall
