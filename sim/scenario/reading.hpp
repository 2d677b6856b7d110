// Reading a tree against key tables: the part that all sections share.
#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dronewall/scenario/description.hpp"
#include "dronewall/scenario/key_table.hpp"
#include "scenario/money.hpp"
#include "scenario/tree.hpp"

namespace dronewall {

/// Names that something may refer to, by section ("weapons"), with the places where they are defined. A name
/// counts as defined even when what it names is itself wrong: one mistake gives one message.
class Definitions {
 public:
  void add(const std::string& section, const std::string& name, Place place) {
    sections_[section].emplace(name, place);
  }
  /// Any name will do in this section: it was never declared.
  void leave_open(const std::string& section) { open_.insert(section); }
  [[nodiscard]] bool is_open(const std::string& section) const { return open_.count(section) != 0; }
  [[nodiscard]] std::optional<Place> find(const std::string& section, const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names(const std::string& section) const;

 private:
  std::map<std::string, std::map<std::string, Place>> sections_;
  std::set<std::string> open_;
};

/// What the readers of all sections share while one file and its catalogs are read.
struct Reading {
  Problems& problems;
  const KindTables& kinds;
  Definitions defined;
  Rates rates;
  /// Every point that was read: geographic or not, and where.
  std::vector<std::pair<bool, Place>> points;
  /// A catalog alone: what its rows refer to may stand in files that are not at hand.
  bool catalog_alone = false;
  /// Texts of catalogs: a catalog serves scenarios with other threats, so it may speak of classes that are
  /// not here.
  std::set<std::int32_t> catalog_sources;
  /// Money of the scenario that stands outside its `prices:`, as entries of the book.
  std::vector<PriceDescription> own_money = {};
};

/// Whether an error was reported since it was made: what gave one is left out of the description.
class Watch {
 public:
  explicit Watch(const Problems& problems) : problems_(problems), before_(problems.all().size()) {}
  [[nodiscard]] bool clean() const {
    const auto& all = problems_.all();
    return std::none_of(all.begin() + static_cast<std::ptrdiff_t>(before_), all.end(),
                        [](const Problem& problem) { return problem.severity == Severity::error; });
  }

 private:
  const Problems& problems_;
  std::size_t before_;
};

/// How much of a mapping is there to read: all of it; a catalog's row, of which no key is required; or the
/// top level of a file, whose sections have their own readers.
enum class Completeness { whole, partial, top };

/// Reads a mapping against a table: reports keys that are unknown, not simulated yet, empty or missing (at
/// `owner`, the place of the row's name), reads the values of all shapes but `special`, and fills in
/// defaults.
[[nodiscard]] Values read_mapping(const Tree& node, const KeyTable& table, Place owner, Reading& reading,
                                  Completeness completeness = Completeness::whole);

/// Whether some key of the mapping looks like this one misspelt: it has its own message, so nothing is
/// missing too.
[[nodiscard]] bool is_misspelt(const Tree& node, const std::string& key);

/// Reads one value as its key says; nullopt after reporting why not, and for `special`.
[[nodiscard]] std::optional<Values::Value> read_value(const Tree& node, const Key& key, Reading& reading);

/// Reports a quantity or number outside the key's range; true when it lies inside.
bool check_quantity(const Key& key, const Quantity& quantity, Reading& reading);

/// `{lat, lon}` or `{x, y}`; coordinates may be random.
[[nodiscard]] std::optional<PointDescription> read_point(const Tree& node, Reading& reading);
/// The point that a mapping with further keys holds (a circle), from what was read of it.
[[nodiscard]] std::optional<PointDescription> point_of(const Values& values, const Tree& node,
                                                       Reading& reading);
/// Reports a random coordinate where the key allows none.
bool check_fixed(const PointDescription& point, std::string_view key, Reading& reading);
/// Whether two points differ; a random coordinate differs from any other.
[[nodiscard]] bool are_distinct(const PointDescription& a, const PointDescription& b);
/// Reports points of two frames in one scenario, at the first of those in the minority.
void check_frames(const Reading& reading);

/// `{drone: 0.7, any: 0.2}`: each value as `key` says, each name checked against `key.refers_to`.
[[nodiscard]] std::vector<std::pair<Name, Quantity>> read_by_name(const Tree& node, const Key& key,
                                                                  Reading& reading);

/// A kind with its own keys, as `name`, `name(a .. b)`, `{name: value}` or `{name: {keys}}`; in a doctrine
/// its keys may also stand beside it, in `beside`.
[[nodiscard]] std::optional<KindUse> read_kind(const Tree& node, const std::string& group, const Tree* beside,
                                               Reading& reading);
/// The name of the kind that such a value uses, without any report; "" when it has none.
[[nodiscard]] std::string kind_name(const Tree& node);

/// Classes that the model and its documentation speak of; a threat may bring further ones.
[[nodiscard]] const std::vector<std::string>& known_classes();

/// Reports a name that refers to nothing in `section`, with the nearest one; true when it is defined.
bool check_reference(const Name& name, const std::string& section, Reading& reading);

/// Reports a name that an author may not give: it stands in dotted measures and item names. True when it may.
bool check_name(const Name& name, Reading& reading);

/// A mapping of names to rows (a missing or empty section has none); reports a section that is no mapping.
[[nodiscard]] std::vector<const Tree::Entry*> rows_of(const Tree& root, const std::string& section,
                                                      Reading& reading);

/// `a weapon`, `an attack`: what a table describes, for messages; of "unit.pursuer" the last word.
[[nodiscard]] std::string noun(const KeyTable& table);
/// `12 km`, `0.7`: a right value of a dimension, for hints inside braces.
[[nodiscard]] std::string example_value(Dimension dimension);
/// `range: [0 km, 10 km]`: a key with a right value, for hints.
[[nodiscard]] std::string example_line(const Key& key);
/// `scenarios/a.yaml:12`, for messages that point at a second place.
[[nodiscard]] std::string shown(Place place, const Problems& problems);
/// "a, b and c".
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

}  // namespace dronewall
