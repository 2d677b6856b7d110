// A study read, checked and ready to be run: what sweep, shard and gather share.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {

/// What was given on the command line to commands that read a study.
struct StudyOptions {
  std::string file;
  std::string data;
  std::optional<std::uint64_t> seed;  ///< instead of the study's
  std::optional<double> confidence;   ///< instead of the study's
  std::uint32_t threads = 0;          ///< 0: all cores
  bool no_elide = false;
  bool keep_rows = false;
};
void add_study_options(const Arguments& command, StudyOptions& options);
[[nodiscard]] std::uint32_t threads_of(const StudyOptions& options);

/// Everything that a swept study refers to, in one place that does not move.
struct LoadedStudy {
  Sources sources;
  Problems problems{sources};
  std::unique_ptr<DiskFiles> disk;
  std::unique_ptr<WatchedFiles> files;
  StudyDescription description;
  std::unique_ptr<PointModels> models;
  DesignMatrix design;
  std::optional<SweptStudy> swept;  ///< absent when there were errors
  Exit refusal = Exit::input;       ///< then: the exit state
};
enum class Proof {
  points,   ///< what fails is told, and where
  refusal,  ///< only what must be refused is looked for
  read      ///< values are read only: they were proved when the store was made
};
/// Reads and checks; prints all problems on stderr (warnings not when quiet). A result that would replace a
/// file that was read is refused.
[[nodiscard]] std::unique_ptr<LoadedStudy> load_study(const StudyOptions& options, Proof proof,
                                                      const OutputOptions& output);

/// Looks in a study that was only read for what must be refused; says so on stderr. False when there is some.
[[nodiscard]] bool prove(LoadedStudy& loaded, std::uint32_t threads);

/// find_what_is_kept(), and says on stderr what is run again unless quiet.
void find_what_is_kept(const Store& store, const SweptStudy& swept, SweepPlan& plan,
                       const OutputOptions& output);

/// `STUDY.db` beside the study, unless given.
[[nodiscard]] std::string store_of(const std::string& given, const std::string& study);

/// Prints a sweep's result as wanted; how it ended, if there was nothing wrong with printing it.
/// `notes` are the report's.
[[nodiscard]] Exit print_sweep(const Store& store, const OutputOptions& output, const std::string& line,
                               std::uint32_t threads, std::vector<std::string> notes);
/// What a reader of the sweep must know of the study's own books.
[[nodiscard]] std::vector<std::string> notes_on_books(const SweptStudy& swept, std::uint32_t threads);
/// 4 when points failed or did not reach their precision, else 0.
[[nodiscard]] Exit exit_of_points(const Store& store);

}  // namespace dronewall
