// read_scenario and check_catalog: the way from texts to a checked description.
#include "dronewall/scenario/read.hpp"

#include <set>
#include <tuple>

#include "scenario/finish.hpp"
#include "scenario/load.hpp"
#include "scenario/loaded.hpp"
#include "scenario/prices.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

void define_rows(const Tree& root, const std::string& section, const std::string& as, Definitions& defined) {
  const Tree* rows = root.find(section);
  if (!rows || rows->kind != Tree::Kind::mapping) return;
  for (const Tree::Entry& entry : rows->entries) defined.add(as, entry.key, entry.key_place);
}

/// Nations that have units: commands and rules speak of those.
void define_nations(const Tree& root, Definitions& defined) {
  for (const char* section : {"units", "platforms", "unit_types"}) {
    const Tree* rows = root.find(section);
    if (!rows || rows->kind != Tree::Kind::mapping) continue;
    for (const Tree::Entry& row : rows->entries)
      if (const Tree* nation = row.value->find("nation"); nation && nation->kind == Tree::Kind::scalar)
        defined.add("nations", nation->scalar, nation->place);
  }
}

/// Every name that may be referred to. `type:` of a unit looks in unit_types, then in platforms.
void define_all(const Tree& root, Definitions& defined) {
  for (const char* section :
       {"zones", "networks", "threats", "weapons", "platforms", "unit_types", "sensor_types", "asset_types",
        "assets", "attacks", "false_tracks", "traffic", "sensors", "units", "conditions", "costs", "command"})
    define_rows(root, section, section, defined);
  define_rows(root, "platforms", "unit_types", defined);
  if (defined.names("networks").empty()) defined.leave_open("networks");
  defined.add("networks", "default", {});
  define_nations(root, defined);
  for (const std::string& name : known_classes()) defined.add("classes", name, {});
  for (const char* navigation : {"gnss", "inertial", "radio", "fibre", "crew", "any"})
    defined.add("navigations", navigation, {});
  const Tree* threats = root.find("threats");
  if (!threats) return;
  for (const Tree::Entry& threat : threats->entries)
    if (const Tree* name = threat.value->find("class"); name && name->kind == Tree::Kind::scalar)
      defined.add("classes", name->scalar, name->place);
}

/// Reads the sections of one loaded scenario.
class ScenarioReader {
 public:
  ScenarioReader(const LoadedScenario& loaded, FileSource& files, Reading& reading)
      : loaded_(loaded), root_(*loaded.main.tree), files_(files), reading_(reading) {}

  ScenarioDescription read() {
    scenario_.text_hash = loaded_.text_hash;
    scenario_.file = {reading_.problems.sources().name(loaded_.main.source), {loaded_.main.source, 1, 1}};
    scenario_.prices.currency = reading_.rates.report();
    scenario_.prices.rates = reading_.rates.all();
    read_top();
    read_catalog_tops();
    read_world();
    read_prices();
    check_twins(reading_);
    check_intruders(scenario_, reading_);
    check_commands(scenario_, reading_);
    check_frames(reading_);
    prune(scenario_);
    complete_networks(scenario_);
    return std::move(scenario_);
  }

 private:
  void read_top() {
    const Values top = read_mapping(root_, scenario_table(), root_.place, reading_, Completeness::top);
    scenario_.title = top.text("scenario").text;
    scenario_.summary = top.text("summary").text;
    if (const Values::Value* centre = top.find("centre");
        centre && check_fixed(centre->point, "centre", reading_))
      scenario_.centre = centre->point;
    if (const Values::Value* defended = top.find("defended")) scenario_.defended = defended->names;
    if (const Values::Value* conditions = top.find("conditions"))
      for (const auto& [name, chance] : conditions->by_name)
        if (check_name(name, reading_)) scenario_.conditions[name.text] = chance;
    if (const Tree* time = root_.find("time"))
      scenario_.time = read_time(*time, place_of_key("time"), reading_);
    if (const Tree* reported = root_.find("reported"))
      scenario_.reported = read_reported(*reported, top.find("reported"), reading_);
    take_book_words(top);
  }

  /// What the top level says of the price book. The scenario's own words come first, a catalog's fill in.
  void take_book_words(const Values& top) {
    PriceBook& book = scenario_.prices;
    if (top.has("year") && !book.year) book.year = static_cast<int>(top.number("year", 0));
    if (top.has("deflator") && !book.deflator && check_above_zero(top, "deflator", reading_))
      book.deflator = top.number("deflator", 1);
  }

  void read_catalog_tops() {
    for (const LoadedFile& catalog : loaded_.catalogs) {
      const Tree& tree = *catalog.tree;
      take_book_words(read_mapping(tree, catalog_table(), tree.place, reading_, Completeness::top));
    }
    for (const LoadedFile& book : loaded_.price_books) {
      const Values top =
          read_mapping(*book.tree, catalog_table(), book.tree->place, reading_, Completeness::top);
      if (top.has("deflator")) scenario_.prices.deflator.reset();  // A later book wins.
      take_book_words(top);
    }
  }

  /// Reads each row of a section with `read` and keeps those that gave no problem.
  template <class Map, class Read>
  void each(const std::string& section, Map& into, Read read) {
    for (const Tree::Entry* row : rows_of(root_, section, reading_)) {
      const Watch watch(reading_.problems);
      const Name name{row->key, row->key_place};
      check_name(name, reading_);
      auto description = read(name, *row->value);
      if (watch.clean()) into.emplace(row->key, std::move(description));
    }
  }

  void read_world() {
    Reading& r = reading_;
    each("zones", scenario_.zones, [&](const Name& name, const Tree& node) {
      return read_zone(name, node, files_, scenario_.text_hash, r);
    });
    each("networks", scenario_.networks,
         [&](const Name& name, const Tree& node) { return read_network(name, node, r); });
    each("threats", scenario_.threats,
         [&](const Name& name, const Tree& node) { return read_threat(name, node, r); });
    each("weapons", scenario_.weapons,
         [&](const Name& name, const Tree& node) { return read_weapon(name, node, r); });
    check_rows(root_, r);
    each("assets", scenario_.assets,
         [&](const Name& name, const Tree& node) { return read_asset(name, node, root_, r); });
    each("costs", scenario_.costs,
         [&](const Name& name, const Tree& node) { return read_cost(name, node, r); });
    each("false_tracks", scenario_.false_tracks,
         [&](const Name& name, const Tree& node) { return read_false_tracks(name, node, r); });
    each("traffic", scenario_.traffic,
         [&](const Name& name, const Tree& node) { return read_traffic(name, node, r); });
    each("attacks", scenario_.attacks,
         [&](const Name& name, const Tree& node) { return read_attack(name, node, root_, r); });
    each("sensors", scenario_.sensors,
         [&](const Name& name, const Tree& node) { return read_sensor(name, node, root_, r); });
    each("units", scenario_.units,
         [&](const Name& name, const Tree& node) { return read_unit(name, node, root_, r); });
    each("command", scenario_.commands,
         [&](const Name& name, const Tree& node) { return read_command(name, node, r); });
    Tree none;
    none.place = root_.place;
    const Tree* doctrine = root_.find("doctrine");
    scenario_.doctrine = read_doctrine(doctrine ? *doctrine : none, r);
  }

  /// Catalogs, then money elsewhere in the scenario, then its own prices, then the books of the command line.
  void read_prices() {
    PriceBook& book = scenario_.prices;
    for (const LoadedFile& catalog : loaded_.catalogs)
      read_book(*catalog.tree, "prices", Items::any, reading_, book);
    add_own_money(reading_.own_money, book, reading_);
    read_book(root_, "prices", Items::of_this_scenario, reading_, book);
    scenario_.plans_itself = root_.find("planning_prices") != nullptr;
    if (scenario_.plans_itself || !loaded_.price_books.empty()) {
      // What a doctrine reads stays the scenario's own, whatever the result is priced with.
      scenario_.planning_prices = book;
      read_book(root_, "planning_prices", Items::of_this_scenario, reading_, *scenario_.planning_prices);
    }
    for (const LoadedFile& other : loaded_.price_books) {
      check_book(*other.tree, reading_);
      read_book(*other.tree, "prices", Items::any, reading_, book);
    }
  }

  [[nodiscard]] Place place_of_key(const std::string& key) const {
    for (const Tree::Entry& entry : root_.entries)
      if (entry.key == key) return entry.key_place;
    return root_.place;
  }

  const LoadedScenario& loaded_;
  const Tree& root_;
  FileSource& files_;
  Reading& reading_;
  ScenarioDescription scenario_;
};

/// The rows of a catalog by themselves; what they refer to may stand in other files.
void check_sections(const Tree& root, FileSource& files, Reading& reading) {
  std::uint64_t unused_hash = 0;
  const auto each = [&](const char* section, auto read) {
    for (const Tree::Entry* row : rows_of(root, section, reading)) {
      const Name name{row->key, row->key_place};
      check_name(name, reading);
      read(name, *row->value);
    }
  };
  each("zones",
       [&](const Name& name, const Tree& node) { (void)read_zone(name, node, files, unused_hash, reading); });
  each("networks", [&](const Name& name, const Tree& node) { (void)read_network(name, node, reading); });
  each("threats", [&](const Name& name, const Tree& node) { (void)read_threat(name, node, reading); });
  each("weapons", [&](const Name& name, const Tree& node) { (void)read_weapon(name, node, reading); });
  check_rows(root, reading);
}

}  // namespace

void forward(const Problems& found, Problems& problems) {
  std::set<std::tuple<std::int32_t, std::int32_t, std::int32_t, std::string>> seen;
  for (const Problem& problem : found.all()) {
    const Place& place = problem.place;
    if (!seen.emplace(place.source, place.line, place.column, problem.what).second) continue;
    if (problem.severity == Severity::error)
      problems.error(place, problem.what, problem.hint);
    else
      problems.warning(place, problem.what, problem.hint);
  }
}

Reading reading_of(const LoadedScenario& loaded, const KindTables& kinds, Problems& problems) {
  Reading reading{problems, kinds, {}, Rates(), {}, false, {}};
  std::vector<const Tree*> catalogs;
  for (const LoadedFile& catalog : loaded.catalogs) {
    catalogs.push_back(catalog.tree.get());
    reading.catalog_sources.insert(catalog.source);
  }
  reading.rates = rates_of(*loaded.main.tree, catalogs, problems);
  define_all(*loaded.main.tree, reading.defined);
  for (const std::string& name : loaded.left_out) reading.defined.add("left out", name, {});
  return reading;
}

ScenarioDescription read_loaded(const LoadedScenario& loaded, FileSource& files, const KindTables& kinds,
                                Problems& problems) {
  if (!loaded.main.tree) return {};
  Reading reading = reading_of(loaded, kinds, problems);
  return ScenarioReader(loaded, files, reading).read();
}

ScenarioDescription read_scenario(const std::string& path, FileSource& files, const KindTables& kinds,
                                  const ReadOptions& options, Problems& problems) {
  Problems found(problems.sources());
  const LoadedScenario loaded = load_scenario(path, files, options, found);
  ScenarioDescription scenario = read_loaded(loaded, files, kinds, found);
  forward(found, problems);
  return scenario;
}

void check_catalog(const std::string& path, FileSource& files, const KindTables& kinds, Problems& problems) {
  Problems found(problems.sources());
  std::uint64_t text_hash = 0;
  const LoadedFile file = load_file(path, "", {}, files, text_hash, found);
  if (file.tree && file.tree->kind != Tree::Kind::mapping) {
    found.error(file.tree->place, "a catalog is a mapping of sections", "begin with weapons: {NAME: {…}}");
  } else if (file.tree) {
    Reading reading{found, kinds, {}, rates_of(*file.tree, {}, found), {}, true, {}};
    (void)read_mapping(*file.tree, catalog_table(), file.tree->place, reading, Completeness::top);
    check_sections(*file.tree, files, reading);
    PriceBook book;
    read_book(*file.tree, "prices", Items::any, reading, book);
    check_frames(reading);
  }
  forward(found, problems);
}

}  // namespace dronewall
