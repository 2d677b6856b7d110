// A study as its author wrote it: which scenario, what varies, by which design, how often, what it costs.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/scenario/read.hpp"

namespace dronewall {

struct Tree;  // scenario's own: the parsed text

/// `0.3 .. 0.9`, `20 km .. 60 km`, `$2k .. $15k`: both ends written in one unit.
struct FactorRange {
  double low = 0, high = 0;    ///< as written, in the unit below; low < high
  std::string before, behind;  ///< what stands around the number: `$` and `k`, or nothing and ` km`
  bool whole = false;          ///< both ends are whole, and the key takes whole numbers only

  /// The YAML text at `unit` in [0, 1): low + unit × (high − low), rounded to 10⁻⁸ of the range; of whole
  /// numbers each of low … high has an equal share of the unit interval.
  [[nodiscard]] std::string text(double unit) const;
  /// The number in that text.
  [[nodiscard]] double number(double unit) const;
};

/// A key of the scenario that the study varies.
struct Factor {
  enum class Role {
    choice,     ///< the defender decides
    uncertain,  ///< nobody knows
    attacker    ///< the attacker may change it, within the budget
  } role = Role::choice;
  std::string path;                  ///< `units.sting-battery.count`, as `--set` takes it
  std::vector<std::string> levels;   ///< a list's YAML texts, each on one line; empty for a range
  std::vector<Place> level_places;   ///< of each level
  bool whole_levels = false;         ///< each is a whole number, and the key takes whole numbers only
  std::optional<FactorRange> range;  ///< set unless there are levels
  std::optional<std::string> usual;  ///< the YAML text in the scenario with `add`; absent: not written there
  Place place;                       ///< of the path

  [[nodiscard]] bool is_list() const { return !range.has_value(); }
};

/// How the points of a study are chosen; see dronewall/study/designs.hpp.
struct DesignDescription {
  std::string kind = "grid";  ///< grid, list, latin-hypercube, sobol, morris, saltelli, cross
  std::uint64_t points = 0;   ///< latin-hypercube, sobol: points; saltelli: base points; morris: trajectories
  std::uint32_t levels = 4;   ///< morris: levels of each factor, even
  /// list: one row per point, by column the number of a level; its factors' levels come from the file.
  std::vector<std::size_t> list_factors;
  std::vector<std::vector<std::uint32_t>> list_rows;
  std::vector<DesignDescription> parts;  ///< cross: each point of one with each of the other
  Place place;
};

/// How many replications a point gets.
struct ReplicationPlan {
  std::uint64_t at_least = 1'000;
  std::uint64_t at_most = 1'000;  ///< equal to at_least without a precision
  struct Precision {
    double half_width = 0.01;  ///< > 0
    bool is_relative = true;   ///< of |mean| (`1%`), or as it is (`0.5 points`)
    Name of;                   ///< the measure
  };
  std::optional<Precision> precision;
};

/// `leak-fraction: "<= 10%"`.
struct ConstraintDescription {
  Name measure;  ///< or `P(leakers <= 3)`, `q95(…)`
  enum class Sense { at_most, at_least } sense = Sense::at_most;
  double bound = 0;  ///< in the measure's unit (SI, a fraction, the report's currency)
  std::string text;  ///< `<= 10%`
};

struct SelectDescription {
  enum class Aim { minimise, maximise } aim = Aim::minimise;
  Name objective;
  std::vector<ConstraintDescription> subject_to;
  Place place;
};

/// The attacker's answer: the same money, spent otherwise.
struct AttackerDescription {
  double budget = 0;  ///< in the report's currency, > 0
  Place place;
  // What may change stands among the study's factors, with the role `attacker`.
};

enum class OnError { go_on, stop_after, fail_fast };

/// A price book laid over the scenario's after the simulation.
struct PriceVariant {
  Name name;
  PriceBook book;
};

struct StudyDescription {
  std::string title;
  std::string file;                 ///< as messages show it
  Name scenario;                    ///< its file, beside the study
  std::shared_ptr<const Tree> add;  ///< laid over the scenario before anything varies; null without one
  std::vector<Factor>
      factors;  ///< choices, then uncertain, then the attacker's; each in the order of the file
  DesignDescription design;
  ReplicationPlan replications;
  std::vector<PriceVariant> prices;
  std::vector<Name> measures;  ///< `measure:`, as run's --measure takes them
  std::optional<SelectDescription> select;
  std::optional<AttackerDescription> attacker;
  OnError on_error = OnError::go_on;
  std::uint64_t stop_after = 0;  ///< failed points; with OnError::stop_after
  std::uint64_t seed = 1;
  double confidence = 0.95;

  /// Numbers of the factors that a design varies: choices and uncertain.
  [[nodiscard]] std::vector<std::size_t> varied() const;
  /// nullptr when there is none of that path.
  [[nodiscard]] const Factor* find(const std::string& path) const;
};

/// A scenario parsed once, catalogs and a study's `add` laid in, from which variants are read. Constant; used
/// by several threads at once.
class ScenarioTexts {
 public:
  /// Reads the files; what is wrong is reported to `problems`, on whose Sources those of read() must stand.
  /// `files` must outlive this, and be safe for several threads where read() is called by several.
  ScenarioTexts(const StudyDescription& study, FileSource& files, const ReadOptions& options,
                Problems& problems);
  ~ScenarioTexts();
  ScenarioTexts(const ScenarioTexts&) = delete;
  ScenarioTexts& operator=(const ScenarioTexts&) = delete;

  /// Whether there is a scenario to read: false after a reported failure.
  [[nodiscard]] bool loaded() const;
  /// As read_scenario() with these changes, which come last. `problems` must stand on Sources that continue
  /// those of the constructor, or on those themselves.
  [[nodiscard]] ScenarioDescription read(const std::vector<Change>& changes, const KindTables& kinds,
                                         Problems& problems) const;
  /// The YAML text that stands at a path, on one line; nullopt where nothing does.
  [[nodiscard]] std::optional<std::string> text_at(const std::string& path) const;

  /// One value, by its path.
  struct Field {
    std::string path;
    std::string value;
  };
  /// Every value of the scenario, its `add` and the catalog rows that it uses that decides a quantity, in
  /// order of their paths, for telling what changed. Left out are prices, titles and sources.
  [[nodiscard]] std::vector<Field> fields() const;
  /// The same of the prices of weapons, and of what they are reckoned with: they decide quantities where a
  /// doctrine reads them.
  [[nodiscard]] std::vector<Field> weapon_prices() const;

  struct Parsed;  ///< scenario's own
  [[nodiscard]] const Parsed& parsed() const { return *parsed_; }

 private:
  std::unique_ptr<Parsed> parsed_;
};

/// Reports a problem that came with one value of a factor (number of a level; 0 and 1: the ends of a range)
/// at that value in the study file. `sources` are those of the problem. False when it is the path that is
/// wrong, which no other value mends.
bool report_at_value(const Factor& factor, std::size_t value, const Problem& problem, const Sources& sources,
                     Problems& problems);
/// The texts of a factor's levels, or of the ends of its range; at most 500, spread over a longer list.
[[nodiscard]] std::vector<std::pair<std::size_t, std::string>> values_to_prove(const Factor& factor);

/// Reads and checks a study file: its own keys, and that each of its paths exists in the scenario (with
/// `add`) and no level or end of a range is wrong by itself. Problems have places in the study file, or in
/// the scenario where it is wrong by itself.
[[nodiscard]] StudyDescription read_study(const std::string& path, FileSource& files, const KindTables& kinds,
                                          Problems& problems);

}  // namespace dronewall
