// What ScenarioTexts keeps: the loaded trees, and where their files lie.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/scenario/study.hpp"
#include "scenario/load.hpp"

namespace dronewall {

/// What a change names lies beside the scenario, not beside the study.
class BesideScenario final : public FileSource {
 public:
  explicit BesideScenario(FileSource& files) : files_(files) {}

  void set_scenario(std::string shown) { scenario_ = std::move(shown); }
  std::optional<File> read(const std::string& path, const std::string& beside, std::string& why) override {
    return files_.read(path, beside.empty() ? scenario_ : beside, why);
  }

 private:
  FileSource& files_;
  std::string scenario_;
};

struct ScenarioTexts::Parsed {
  explicit Parsed(FileSource& from) : files(from) {}

  mutable BesideScenario files;
  LoadedScenario loaded;
  std::map<std::int32_t, std::string> file_names;  ///< by source: of the scenario and its catalogs
  std::set<std::string> level_words;               ///< of what the study may set: they may name catalog rows
};

/// Of what fields are wanted.
enum class FieldsOf { quantities, weapon_prices };
/// See ScenarioTexts::fields().
[[nodiscard]] std::vector<ScenarioTexts::Field> fields_of(const ScenarioTexts::Parsed& parsed,
                                                          FieldsOf which);

}  // namespace dronewall
