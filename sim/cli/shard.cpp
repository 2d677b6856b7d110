// `dronewall shard STUDY`: one unit of a sweep for a cluster, or a share of them; `gather` collects the
// parts.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <limits>
#include <memory>

#include "cli/interrupt.hpp"
#include "cli/study_load.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/study/shards.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t anything = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t most_replications = std::uint64_t{1} << 32;

struct ShardCommand {
  StudyOptions study;
  std::string share;  // `2/4`
  std::string parts;
  std::optional<std::uint64_t> point, first, count;
  bool quiet = false;
  bool retry = false;

  [[nodiscard]] Exit act() const;

 private:
  [[nodiscard]] std::optional<std::vector<Shard>> shards(const SweptStudy& swept) const;
  [[nodiscard]] Exit run(const SweptStudy& swept) const;
};

/// `1 was`, `2 were`.
std::string were(std::uint64_t number) { return fmt::format("{} {}", number, number == 1 ? "was" : "were"); }

/// `2/4` as 2 and 4; nullopt when it is none.
std::optional<std::pair<std::uint64_t, std::uint64_t>> share_of(const std::string& text) {
  std::uint64_t which = 0, of = 0;
  const char* end = text.data() + text.size();
  const auto slash = std::from_chars(text.data(), end, which);
  if (slash.ec != std::errc{} || slash.ptr == end || *slash.ptr != '/') return std::nullopt;
  const auto rest = std::from_chars(slash.ptr + 1, end, of);
  if (rest.ec != std::errc{} || rest.ptr != end || which < 1 || which > of) return std::nullopt;
  return std::pair{which, of};
}

std::optional<std::vector<Shard>> ShardCommand::shards(const SweptStudy& swept) const {
  std::vector<Shard> all;
  if (!share.empty()) {
    const auto given = share_of(share);
    if (!given) {
      usage_error(
          fmt::format("--share {} is none (write 2/4 for the second of four shares)", escaped(share)));
      return std::nullopt;
    }
    for (std::uint64_t place = given->first - 1; place < shard_count(swept); place += given->second)
      all.push_back(shard_at(swept, place));
    return all;
  }
  if (*point >= swept.design().points()) {
    usage_error(
        fmt::format("--point {}: the study's points are 0 to {}", *point, swept.design().points() - 1));
    return std::nullopt;
  }
  const auto number = static_cast<std::uint32_t>(*point);
  if (!first && !count) return shards_of_point(swept, number);
  // What lies beyond would be kept for good, and count in no other point.
  const std::uint64_t begin = first.value_or(0), left = swept.at_most() - std::min(begin, swept.at_most());
  const Shard one{number, begin, count.value_or(std::min<std::uint64_t>(1'000, left))};
  if (left == 0 || one.count > left) {
    usage_error(fmt::format("--first {}{}: the study's `replications` are 0 to {}", begin,
                            count ? fmt::format(" --count {}", *count) : "", swept.at_most() - 1));
    return std::nullopt;
  }
  return std::vector<Shard>{one};
}

void tell(const std::vector<ShardFailure>& failures) {
  constexpr std::size_t shown = 10;
  if (!failures.empty())
    fmt::print(stderr, "dronewall: {} failed; `--retry` runs {} again\n", counted(failures.size(), "shard"),
               failures.size() == 1 ? "it" : "them");
  for (std::size_t i = 0; i < std::min(shown, failures.size()); ++i)
    fmt::print(stderr, "  point {}, replications from {}: {}\n", failures[i].shard.number,
               failures[i].shard.first, escaped(failures[i].reason));
}

Exit ShardCommand::run(const SweptStudy& swept) const {
  if (share.empty() && !point) {
    fmt::print("{}\n", shard_count(swept));
    return Exit::done;
  }
  const std::optional<std::vector<Shard>> wanted = shards(swept);
  if (!wanted) return Exit::usage;
  const std::string folder =
      parts.empty() ? std::filesystem::path(study.file).replace_extension(".parts").string() : parts;
  const Interrupt interrupt;
  std::signal(SIGXFSZ, SIG_IGN);
  const ShardsResult result = run_shards(swept, *wanted, folder, threads_of(study), &Interrupt::flag(),
                                         retry ? Failed::again : Failed::stay);
  if (!quiet)
    fmt::print(stderr, "dronewall: {} run, {} there, in {}{}\n", counted(result.run, "shard"),
               were(result.found), folder, result.stopped ? "; stopped before the end" : "");
  tell(result.failures);
  if (result.stopped) return Exit::interrupted;
  return !result.failures.empty() ? Exit::imprecise : Exit::done;
}

Exit ShardCommand::act() const {
  if (!share.empty() && (point || first || count))
    return usage_error("--share and --point name different shards: give one of them");
  if (!point && (first || count))
    return usage_error("--first and --count are of one point: give --point, too");
  const std::unique_ptr<LoadedStudy> loaded = load_study(study, Proof::read, {.quiet = quiet});
  if (!loaded->swept) return loaded->refusal;
  try {
    return run(*loaded->swept);
  } catch (const StoreError& error) {
    fmt::print(stderr, "dronewall: {}\n", error.what());
    return Exit::failed;
  }
}

struct GatherCommand {
  StudyOptions study;
  OutputOptions output;
  std::string store;
  std::vector<std::string> folders;

  [[nodiscard]] Exit act(const std::string& line) const;

 private:
  [[nodiscard]] Exit collect(const SweptStudy& swept, const std::string& line) const;
};

void expect_folders(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    std::error_code error;
    std::filesystem::directory_iterator(folder, error);
    if (error)
      throw StoreError(
          fmt::format("{} cannot be read: {} (`dronewall shard` writes parts; name their folder)",
                      escaped(folder), error.message()));
  }
}

Exit GatherCommand::collect(const SweptStudy& swept, const std::string& line) const {
  std::vector<std::string> all = folders;
  if (all.empty()) all.push_back(std::filesystem::path(study.file).replace_extension(".parts").string());
  expect_folders(all);  // Before a store is made that would have nothing in it.
  Store store_file(store_of(store, study.file), StoreAccess::write);
  SweepPlan plan = plan_sweep(store_file, swept);
  find_what_is_kept(store_file, swept, plan, output);
  enter_study(store_file, swept, plan);
  const Interrupt interrupt;
  std::signal(SIGXFSZ, SIG_IGN);
  const GatherResult result =
      gather(store_file, swept, all, {.threads = threads_of(study), .stop = &Interrupt::flag()});
  for (const std::string& why : result.unreadable)
    fmt::print(stderr, "dronewall: {}; left out: `dronewall shard` runs it again\n", why);
  if (!output.quiet)
    fmt::print(stderr, "dronewall: {} gathered, {} in the store, {} of another study\n",
               counted(result.gathered, "part"), were(result.known), were(result.foreign));
  if (!output.quiet && result.overlapping > 0)
    fmt::print(stderr, "dronewall: {} overlapped what is in the store; what was beside it is run here\n",
               counted(result.overlapping, "part"));
  const Exit printed =
      print_sweep(store_file, output, line, threads_of(study), notes_on_books(swept, threads_of(study)));
  if (printed != Exit::done) return printed;
  return result.points.stopped ? Exit::interrupted : exit_of_points(store_file);
}

Exit GatherCommand::act(const std::string& line) const {
  if (would_replace_store(output, store_of(store, study.file))) return Exit::usage;
  const std::unique_ptr<LoadedStudy> loaded = load_study(study, Proof::read, output);
  if (!loaded->swept) return loaded->refusal;
  try {
    return collect(*loaded->swept, line);
  } catch (const StudyChanged& changed) {
    fmt::print(stderr, "dronewall: {}\n", changed.what());
    return Exit::input;
  } catch (const StoreError& error) {
    fmt::print(stderr, "dronewall: {}\n", error.what());
    return Exit::failed;
  }
}

}  // namespace

void add_shard(const Arguments& program, Invocation& invocation) {
  const Arguments command =
      program.command("shard", "Run a share of a sweep into part files; without one, print how many shards");
  const auto shard = std::make_shared<ShardCommand>();
  add_study_options(command, shard->study);
  command.option({"--share", "I/N", "The second of four equal shares: 2/4"}, shard->share);
  command.whole_number({"--point", "P", "One point of the design, from 0"}, 0, ~std::uint32_t{0},
                       [shard](std::uint64_t number) { shard->point = number; });
  command.whole_number({"--first", "K", "Of this point: the first replication"}, 0, anything,
                       [shard](std::uint64_t number) { shard->first = number; });
  command.whole_number({"--count", "N", "Of this point: how many replications"}, 1, most_replications,
                       [shard](std::uint64_t number) { shard->count = number; });
  command.option({"--parts", "DIR", "The folder of the parts, STUDY.parts unless given"}, shard->parts);
  command.flag({"--retry", "", "Run shards anew whose parts say that they failed"}, shard->retry);
  command.flag({"--quiet", "", "Say nothing but mistakes"}, shard->quiet);
  command.then([shard, &invocation] { invocation.action = [shard] { return shard->act(); }; });
}

void add_gather(const Arguments& program, Invocation& invocation) {
  const Arguments command =
      program.command("gather", "Collect the parts of `shard` into the store of a sweep");
  const auto collect = std::make_shared<GatherCommand>();
  add_study_options(command, collect->study);
  command.argument({"parts", "", "Folders of parts, STUDY.parts unless given"}, collect->folders,
                   Presence::optional);
  command.option({"--store", "FILE", "The store, STUDY.db beside the study unless given"}, collect->store);
  add_output_options(command, collect->output);
  command.then([collect, &invocation] {
    invocation.action = [collect, &invocation] { return collect->act(invocation.line); };
  });
}

}  // namespace dronewall
