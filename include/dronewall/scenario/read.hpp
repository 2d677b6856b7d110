// Reading a scenario: texts in, checked description and problems out. Touches files only through a
// FileSource.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/scenario/description.hpp"
#include "dronewall/scenario/key_table.hpp"

namespace dronewall {

/// Where texts come from; given by the caller, so that the engine can run without a file system.
class FileSource {
 public:
  virtual ~FileSource() = default;
  struct File {
    std::string shown;  ///< the path that messages print
    std::string text;
  };
  /// The text of `path` as named by the file `beside` (empty for the file of the command line): beside it,
  /// then in the data folder. Refuses paths that leave the allowed folders and files past the size budget:
  /// then nullopt and `why`.
  virtual std::optional<File> read(const std::string& path, const std::string& beside, std::string& why) = 0;
};

/// The file system: allowed are the folder of the command line's file, its parent, and the data folders.
class DiskFiles final : public FileSource {
 public:
  DiskFiles(std::string main_file, std::vector<std::string> data_folders);
  std::optional<File> read(const std::string& path, const std::string& beside, std::string& why) override;

 private:
  std::string main_file_;
  std::vector<std::string> data_folders_;
};

/// A change from the command line: `--set units.battery.channels=2`.
struct Change {
  std::string path;
  std::string value;  ///< YAML text
};

struct ReadOptions {
  std::vector<Change> changes;
  std::vector<std::string> price_books;  ///< `--prices BOOK`: files, later wins
  std::vector<std::string> left_out;     ///< `--without units.battery`: entries left out, after all changes
};

enum class FileKind { scenario, study, catalog };
/// What a text is by its top-level keys, for all commands: a study has `study`, or varies a scenario and only
/// lacks its title; a scenario has `scenario`, a catalog neither. Of one that is no YAML its lines tell.
[[nodiscard]] FileKind kind_of_text(const std::string& text);

/// Reads and checks a scenario with everything it uses. Always returns what could be read whole; look at
/// `problems` before using it.
[[nodiscard]] ScenarioDescription read_scenario(const std::string& path, FileSource& files,
                                                const KindTables& kinds, const ReadOptions& options,
                                                Problems& problems);

/// Checks a catalog or price book alone (a file without `scenario:`).
void check_catalog(const std::string& path, FileSource& files, const KindTables& kinds, Problems& problems);

/// One row of a catalog or price book, as its author wrote it.
struct CatalogRow {
  std::string section;  ///< "weapons"
  std::string name;
  std::vector<std::pair<std::string, std::string>> figures;  ///< key and value, in the order of the file
  std::string source;                                        ///< "" where the row names none
};

/// All rows of a catalog, in the order of the file. Nothing is checked but that the file can be read.
[[nodiscard]] std::vector<CatalogRow> catalog_rows(const std::string& path, FileSource& files,
                                                   Problems& problems);

/// The JSON Schema (draft 2020-12) of scenario files, from the KeyTables, kinds' own included.
[[nodiscard]] std::string scenario_schema(const KindTables& kinds);
/// The same of study files.
[[nodiscard]] std::string study_schema(const KindTables& kinds);

/// All tables of the language, for help and manuals.
[[nodiscard]] std::vector<const KeyTable*> scenario_tables();

}  // namespace dronewall
