// Shards: a sweep in pieces that any number of processes and machines can run.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "dronewall/store/part.hpp"
#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {

/// Replications of one point. With a precision wanted, a shard is a whole point.
struct Shard {
  std::uint32_t number = 0;  ///< of the point in the design
  std::uint64_t first = 0, count = 0;
};

/// How many shards a study has, and which is the n-th: a function of the study alone.
[[nodiscard]] std::uint64_t shard_count(const SweptStudy& study);
[[nodiscard]] Shard shard_at(const SweptStudy& study, std::uint64_t place);
/// The shards of one point.
[[nodiscard]] std::vector<Shard> shards_of_point(const SweptStudy& study, std::uint32_t number);

[[nodiscard]] ShardKey key_of(const SweptStudy& study, const Shard& shard);

/// Runs a shard, three times if it fails. Never throws for what a point does: the part tells it.
[[nodiscard]] Part run_shard(const SweptStudy& study, const Shard& shard, const std::atomic<bool>* stop);

struct ShardFailure {
  Shard shard;
  std::string reason;
};
struct ShardsResult {
  std::uint64_t run = 0, found = 0;    ///< found: a valid part was there
  std::vector<ShardFailure> failures;  ///< of both
  bool stopped = false;
};
/// Runs shards over threads, each into its part in a folder that is made when it is not there. Throws
/// StoreError when a part cannot be written: those written before stay.
ShardsResult run_shards(const SweptStudy& study, const std::vector<Shard>& shards, const std::string& folder,
                        std::uint32_t threads, const std::atomic<bool>* stop, Failed failed);

struct GatherResult {
  std::uint64_t gathered = 0, known = 0, foreign = 0;  ///< parts: new, in the store before, of another study
  std::uint64_t overlapping = 0;        ///< in the store in part: what is beside it is run anew
  std::vector<std::string> unreadable;  ///< why, one sentence each
  RunPointsResult points;               ///< that are whole now
};
/// Puts the parts of some folders into a store that the study has been entered into, and estimates the points
/// that are whole. A part that cannot be read is left out and told.
GatherResult gather(Store& store, const SweptStudy& study, const std::vector<std::string>& folders,
                    const RunPointsOptions& options);

}  // namespace dronewall
