#include "dronewall/study/shards.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <thread>

#include "dronewall/core/hash.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/study/stored_study.hpp"
#include "dronewall/study/version.hpp"
#include "study/sweep/point_run.hpp"

namespace dronewall {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t shard_size = 1'000;
constexpr std::uint32_t attempts_allowed = 3;

std::uint64_t shards_a_point(const SweptStudy& study) {
  return study.goal().precision ? 1 : (study.at_most() + shard_size - 1) / shard_size;
}

Shard shard_of(const SweptStudy& study, std::uint32_t number, std::uint64_t place) {
  if (study.goal().precision) return {number, 0, study.at_most()};
  const std::uint64_t first = place * shard_size;
  return {number, first, std::min(shard_size, study.at_most() - first)};
}

/// Stopped before it was whole: nothing is written, the next process runs it again.
struct Stopped {};

void run_to_the_end(PointRun& run, const std::atomic<bool>* stop) {
  const Runner runner = run.runnable().make_runner();
  run.begin();
  while (const std::optional<ReplicationRange> range = run.next()) {
    RangeResult result = run.run(runner, *range, stop);
    if (result.tally.moments().count() < range->count) throw Stopped();
    if (run.add(std::move(result))) run.judge();
  }
}

void run_range(PointRun& run, const Shard& shard, const std::atomic<bool>* stop, Part& part) {
  const Runner runner = run.runnable().make_runner();
  RangeResult result = run.run(runner, {shard.first, shard.count}, stop);
  if (result.tally.moments().count() < shard.count) throw Stopped();
  part.tally = result.tally.state(shard.first);
  if (!result.rows.values.empty()) part.rows.push_back(std::move(result.rows));
}

void run_once(const SweptStudy& study, const Shard& shard, const std::atomic<bool>* stop, Part& part) {
  PointRun run(0, study.make(shard.number), study.goal(),
               std::max(study.at_most(), shard.first + shard.count));
  part.layout = run.layout_hash();
  part.layout_json = json_of_layout(*run.runnable().layout);
  if (!study.goal().precision || shard.first > 0 || shard.count < study.at_most())
    return run_range(run, shard, stop, part);
  run_to_the_end(run, stop);
  part.tally = run.stored();
  part.rows = run.take_rows();
}

/// The part of an earlier process; nullopt when there is none, or none of this shard.
std::optional<Part> found_part(const std::string& path, const ShardKey& key) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  try {
    Part part = read_part(path);
    if (part.key == key) return part;
  } catch (const StoreError&) {  // Cut off: run again.
  }
  return std::nullopt;
}

void book(ShardsResult& result, const Shard& shard, const Part& part) {
  if (!part.failure.empty()) result.failures.push_back({shard, part.failure});
}

}  // namespace

std::uint64_t shard_count(const SweptStudy& study) { return study.design().points() * shards_a_point(study); }

Shard shard_at(const SweptStudy& study, std::uint64_t place) {
  const std::uint64_t each = shards_a_point(study);
  return shard_of(study, static_cast<std::uint32_t>(place / each), place % each);
}

std::vector<Shard> shards_of_point(const SweptStudy& study, std::uint32_t number) {
  std::vector<Shard> shards;
  for (std::uint64_t place = 0; place < shards_a_point(study); ++place)
    shards.push_back(shard_of(study, number, place));
  return shards;
}

ShardKey key_of(const SweptStudy& study, const Shard& shard) {
  std::uint64_t decides = study.quantity_hash();
  // How far a point runs depends on its precision, and on the prices and measures that this is of.
  if (study.goal().precision)
    for (const auto& [key, value] : study.texts())
      if (key == study_text::replications || key == study_text::confidence ||
          key == study_text::scenario_hash)
        decides = hash_text(value, decides);
  return {static_cast<std::uint64_t>(results_version),
          arithmetic_fingerprint(),
          decides,
          study.design().hash(shard.number, study.study()),
          shard.first,
          shard.count};
}

Part run_shard(const SweptStudy& study, const Shard& shard, const std::atomic<bool>* stop) {
  const auto begin = std::chrono::steady_clock::now();
  Part part;
  part.key = key_of(study, shard);
  for (part.attempts = 1; part.attempts <= attempts_allowed; ++part.attempts) {
    try {
      part.failure.clear();
      run_once(study, shard, stop, part);
      break;
    } catch (const std::exception& error) {
      part.failure = error.what();
    }
  }
  part.attempts = std::min(part.attempts, attempts_allowed);
  part.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return part;
}

ShardsResult run_shards(const SweptStudy& study, const std::vector<Shard>& shards, const std::string& folder,
                        std::uint32_t threads, const std::atomic<bool>* stop, Failed failed) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw StoreError(folder + " cannot be made: " + error.message());
  ShardsResult result;
  std::mutex mutex;
  std::exception_ptr failure;
  std::atomic<std::size_t> next{0};
  const auto run_one = [&](const Shard& shard) {
    const std::string path = (fs::path(folder) / part_name(key_of(study, shard))).string();
    const std::optional<Part> found = found_part(path, key_of(study, shard));
    if (found && (found->failure.empty() || failed == Failed::stay)) {
      const std::lock_guard lock(mutex);
      ++result.found;
      return book(result, shard, *found);
    }
    const Part part = run_shard(study, shard, stop);
    write_part(path, part);
    const std::lock_guard lock(mutex);
    ++result.run;
    book(result, shard, part);
  };
  const auto work = [&] {
    try {
      for (std::size_t at = next++; at < shards.size() && !(stop != nullptr && *stop); at = next++)
        run_one(shards[at]);
    } catch (const Stopped&) {  // The others see it, too.
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = shards.size();
    }
  };
  {
    std::vector<std::jthread> workers;
    for (std::uint32_t i = 0; i < threads; ++i) workers.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
  result.stopped = result.run + result.found < shards.size();
  return result;
}

}  // namespace dronewall
