// A scenario's texts, parsed once, from which the points of a study are read.
#include "scenario/scenario_texts.hpp"

#include <algorithm>
#include <string_view>

#include "scenario/loaded.hpp"
#include "scenario/one_line.hpp"

namespace dronewall {
namespace {

/// Every word of the levels of a study's factors, and every level as a whole.
std::set<std::string> words_of_levels(const StudyDescription& study) {
  constexpr std::string_view between = " ,:[]{}'\"";
  std::set<std::string> words;
  for (const Factor& factor : study.factors)
    for (const std::string& level : factor.levels) {
      words.insert(level);
      for (std::size_t at = 0; (at = level.find_first_not_of(between, at)) != std::string::npos;) {
        const std::size_t end = std::min(level.find_first_of(between, at), level.size());
        words.insert(level.substr(at, end - at));
        at = end;
      }
    }
  return words;
}

}  // namespace

ScenarioTexts::ScenarioTexts(const StudyDescription& study, FileSource& files, const ReadOptions& options,
                             Problems& problems)
    : parsed_(std::make_unique<Parsed>(files)) {
  parsed_->level_words = words_of_levels(study);
  const ScenarioOrigin origin{study.scenario.text, study.file, study.scenario.place, study.add.get()};
  LoadedScenario& loaded = parsed_->loaded;
  Problems found(problems.sources());
  loaded = load_texts(origin, parsed_->files, options, found);
  change_texts(loaded, options, found);
  forward(found, problems);
  if (loaded.main.source < 0) return;
  const Sources& sources = problems.sources();
  parsed_->files.set_scenario(sources.name(loaded.main.source));
  parsed_->file_names[loaded.main.source] = sources.name(loaded.main.source);
  for (const LoadedFile& catalog : loaded.catalogs)
    parsed_->file_names[catalog.source] = sources.name(catalog.source);
}

ScenarioTexts::~ScenarioTexts() = default;

bool ScenarioTexts::loaded() const { return parsed_->loaded.main.tree != nullptr; }

ScenarioDescription ScenarioTexts::read(const std::vector<Change>& changes, const KindTables& kinds,
                                        Problems& problems) const {
  if (!loaded()) return {};
  LoadedScenario variant = parsed_->loaded;
  variant.main.tree = variant.main.tree->clone();
  Problems found(problems.sources());
  change_texts(variant, {changes, {}, {}}, found);
  ScenarioDescription scenario = read_loaded(variant, parsed_->files, kinds, found);
  forward(found, problems);
  return scenario;
}

std::optional<std::string> ScenarioTexts::text_at(const std::string& path) const {
  const Tree* node = loaded() ? find_path(*parsed_->loaded.main.tree, path) : nullptr;
  if (!node) return std::nullopt;
  return one_line(*node);
}

std::vector<ScenarioTexts::Field> ScenarioTexts::fields() const {
  return fields_of(*parsed_, FieldsOf::quantities);
}

std::vector<ScenarioTexts::Field> ScenarioTexts::weapon_prices() const {
  return fields_of(*parsed_, FieldsOf::weapon_prices);
}

}  // namespace dronewall
