// One run of a model: draws, events and tallies of one replication after another, in memory that it keeps.
#pragma once
#include <cstdint>
#include <memory>
#include <string_view>

#include "dronewall/model/model.hpp"

namespace dronewall {

/// One thing that happened, for `trace`. Views are valid during the call.
struct TraceEvent {
  double time_s = 0;                        ///< since time.start
  std::string_view what;                    ///< "launched", "detected", "assigned", "fired", "shot-down", …
  std::string_view intruder;                ///< "northern-axis#3", "" when none
  std::string_view actor;                   ///< unit element, sensor or network, "" when none
  std::string_view detail;                  ///< words, "" when none
  double x_m = 0, y_m = 0, altitude_m = 0;  ///< where, when `has_place`
  bool has_place = false;
};
class TraceSink {
 public:
  virtual ~TraceSink() = default;
  virtual void on(const TraceEvent& event) = 0;
};

struct ReplicationOptions {
  std::uint64_t seed = 1;
  bool elide = true;           ///< false: schedule also what nobody can observe; equal measures
  TraceSink* trace = nullptr;  ///< implies elide = false
};

/// Runs replications of one model, one at a time. Not shared between threads. Nothing is allocated after the
/// replication that needed most.
class Replication {
 public:
  Replication(const Model& model, const ReplicationOptions& options);
  ~Replication();

  /// Runs replication `number` and writes one integer per column of the layout.
  void run(std::uint32_t number, std::int64_t* row);
  /// Events handled in the last run.
  [[nodiscard]] std::uint64_t events() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dronewall
