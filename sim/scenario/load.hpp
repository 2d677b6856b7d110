// The texts of a scenario, as one tree: its own, its catalogs' rows, the changes of the command line.
#pragma once
#include <set>

#include "dronewall/scenario/read.hpp"
#include "scenario/tree.hpp"

namespace dronewall {

/// One file, parsed; `tree` is nullptr after a reported failure. Copies share it.
struct LoadedFile {
  std::shared_ptr<Tree> tree;
  std::int32_t source = -1;
};

struct LoadedScenario {
  LoadedFile main;  ///< with the rows of all catalogs, and changed
  std::vector<LoadedFile>
      catalogs;  ///< in the order of `use:`; their rows moved to `main`, their prices stayed
  std::vector<LoadedFile> price_books;  ///< in the order of the command line
  std::vector<std::string> left_out;    ///< names of what the command line left out
  std::uint64_t text_hash = 0;          ///< of all texts and changes, in this order
};

/// What a mapping is by its keys.
[[nodiscard]] FileKind kind_of(const Tree& root);
/// Reads one file as named by the file `beside`; a failure is reported at `named_at` (no place: under its own
/// name).
[[nodiscard]] LoadedFile load_file(const std::string& path, const std::string& beside, Place named_at,
                                   FileSource& files, std::uint64_t& text_hash, Problems& problems);

/// A scenario as something else names it: a study that lies beside it and lays more over it.
struct ScenarioOrigin {
  std::string path;
  std::string beside;         ///< "": the file of the command line
  Place named_at;             ///< where a failure to read it is reported
  const Tree* add = nullptr;  ///< laid over the scenario with its catalogs; its `use` joins the scenario's
};

/// Reads the scenario, its catalogs and the price books, and lays the catalogs' rows under its own. Of the
/// changes only those of `use` are applied.
[[nodiscard]] LoadedScenario load_texts(const ScenarioOrigin& origin, FileSource& files,
                                        const ReadOptions& options, Problems& problems);
/// Applies the other changes to a loaded scenario's tree, and folds all of them into its hash.
void change_texts(LoadedScenario& loaded, const ReadOptions& options, Problems& problems);

/// Reads the scenario, its catalogs and the price books, lays the catalogs' rows under the scenario's own and
/// applies the changes. A name that two files define is reported, with both places.
[[nodiscard]] LoadedScenario load_scenario(const std::string& path, FileSource& files,
                                           const ReadOptions& options, Problems& problems);

/// The sections that a catalog may hold and a scenario takes over.
[[nodiscard]] const std::vector<std::string>& shared_sections();

}  // namespace dronewall
