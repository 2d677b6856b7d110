// A scenario's texts, parsed once, from which the points of a study are read.
#include "scenario/scenario_texts.hpp"

#include "scenario/loaded.hpp"
#include "scenario/one_line.hpp"

namespace dronewall {

ScenarioTexts::ScenarioTexts(const StudyDescription& study, FileSource& files, const ReadOptions& options,
                             Problems& problems)
    : parsed_(std::make_unique<Parsed>(files)) {
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

std::vector<ScenarioTexts::Field> ScenarioTexts::prices() const {
  return fields_of(*parsed_, FieldsOf::prices);
}

}  // namespace dronewall
