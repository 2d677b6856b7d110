// read_study: from a study file to a checked description.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/loaded.hpp"
#include "scenario/scenario_texts.hpp"
#include "scenario/study_reading.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// Reads one study, then holds it against its scenario.
class StudyReader {
 public:
  StudyReader(const LoadedFile& file, FileSource& files, const KindTables& kinds, Problems& problems)
      : root_(*file.tree), files_(files), kinds_(kinds), problems_(problems) {
    study_.file = problems.sources().name(file.source);
  }

  StudyDescription read() {
    Reading reading{problems_, kinds_, {}, Rates(), {}, false, {}};
    read_own(reading);
    if (!study_.scenario.given()) return std::move(study_);
    Problems base(problems_.sources());
    const ScenarioTexts texts(study_, files_, {}, base);
    (void)texts.read({}, kinds_, base);
    forward(base, problems_);
    if (texts.loaded()) read_against(texts);
    prove_factors(texts, kinds_, problems_, study_.factors);
    return std::move(study_);
  }

 private:
  /// What can be read without the scenario.
  void read_own(Reading& reading) {
    top_ = read_mapping(root_, study_table(), root_.place, reading);
    study_.title = top_.text("study").text;
    study_.scenario = top_.text("scenario");
    study_.seed = static_cast<std::uint64_t>(top_.number("seed", 1));
    study_.confidence = top_.number("confidence", 0.95);
    if (const Values::Value* measure = top_.find("measure")) study_.measures = measure->names;
    with("add", [&](const Tree& node) { read_add(node); });
    with("choices",
         [&](const Tree& node) { read_factors(node, Factor::Role::choice, reading, study_.factors); });
    with("uncertain",
         [&](const Tree& node) { read_factors(node, Factor::Role::uncertain, reading, study_.factors); });
    with("design",
         [&](const Tree& node) { study_.design = read_design(node, files_, reading, study_.factors); });
    if (!lists(study_.design)) check_listed();
    with("replications", [&](const Tree& node) { study_.replications = read_replications(node, reading); });
    with("on_error", [&](const Tree& node) { read_on_error(node, reading, study_); });
  }

  /// What needs the scenario's names and rates.
  void read_against(const ScenarioTexts& texts) {
    const LoadedScenario& loaded = texts.parsed().loaded;
    Problems told(problems_.sources());  // What is wrong with the scenario's rates was told with it.
    const Reading of_scenario = reading_of(loaded, kinds_, told);
    Reading reading{problems_, kinds_, of_scenario.defined, of_scenario.rates, {}, false, {}};
    with("prices",
         [&](const Tree& node) { study_.prices = read_variants(node, *loaded.main.tree, reading); });
    with("select", [&](const Tree& node) {
      const Values::Value* own = top_.find("select");
      if (own && !own->entries.empty())  // Else something in it is wrong, and was told.
        study_.select = read_select(node, own->entries.front().second, reading);
    });
    with("attacker", [&](const Tree& node) {
      if (node.kind == Tree::Kind::mapping) study_.attacker = read_attacker(node, reading, study_.factors);
    });
    if (study_.attacker && !root_.find("select"))
      problems_.warning(study_.attacker->place, "the attacker answers a select, and there is none",
                        "add select: {minimise: cost.defender.full}, or leave attacker out");
    check_paths(study_.factors, reading);
  }

  void read_add(const Tree& node) {
    if (node.kind == Tree::Kind::mapping)
      study_.add = node.clone();
    else
      problems_.error(node.place, "add must be a mapping of sections", "write {units: {NAME: {…}}}");
  }

  static bool lists(const DesignDescription& design) {
    return design.kind == "list" || std::any_of(design.parts.begin(), design.parts.end(), lists);
  }

  void check_listed() {
    for (const Factor& factor : study_.factors)
      if (factor.is_list() && factor.levels.empty())
        problems_.error(factor.place, fmt::format("{} is listed, but the design is no list", factor.path),
                        "write its values, or design: {list: FILE.csv}");
  }

  template <class Read>
  void with(const std::string& key, Read read) {
    const Tree* node = root_.find(key);
    if (node && node->kind != Tree::Kind::null) read(*node);
  }

  const Tree& root_;
  FileSource& files_;
  const KindTables& kinds_;
  Problems& problems_;
  Values top_;
  StudyDescription study_;
};

}  // namespace

StudyDescription read_study(const std::string& path, FileSource& files, const KindTables& kinds,
                            Problems& problems) {
  Problems found(problems.sources());
  std::uint64_t unused_hash = 0;
  const LoadedFile file = load_file(path, "", {}, files, unused_hash, found);
  StudyDescription study;
  if (file.tree && file.tree->kind != Tree::Kind::mapping)
    found.error(file.tree->place, "a study is a mapping of sections", "begin with study: TITLE");
  else if (file.tree && kind_of(*file.tree) == FileKind::scenario)
    found.error(file.tree->find("scenario")->place, "this is a scenario, not a study",
                "run it with dronewall run; a study of it begins with study: TITLE and has scenario: FILE");
  else if (file.tree)
    study = StudyReader(file, files, kinds, found).read();
  forward(found, problems);
  return study;
}

}  // namespace dronewall
