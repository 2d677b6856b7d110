// How a study's points are chosen, as its author wrote it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "scenario/load.hpp"
#include "scenario/scalars.hpp"
#include "scenario/study_csv.hpp"
#include "scenario/study_reading.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

/// Designs and what is written behind their names.
enum class Argument { none, points, file, table, parts };
constexpr std::array<std::pair<const char*, Argument>, 7> kinds = {{{"grid", Argument::none},
                                                                    {"list", Argument::file},
                                                                    {"latin-hypercube", Argument::points},
                                                                    {"sobol", Argument::points},
                                                                    {"morris", Argument::table},
                                                                    {"saltelli", Argument::points},
                                                                    {"cross", Argument::parts}}};
constexpr const char* forms =
    "write grid, {list: FILE.csv}, {latin-hypercube: 200}, {sobol: 256}, {morris: {trajectories: 20}}, "
    "{saltelli: 512} or {cross: [grid, {sobol: 64}]}";
constexpr double most_points = 10'000'000;

class DesignReader {
 public:
  DesignReader(FileSource& files, Reading& reading, std::vector<Factor>& factors)
      : files_(files), reading_(reading), factors_(factors) {}

  DesignDescription read(const Tree& node) {
    DesignDescription design;
    design.place = node.place;
    const bool one = node.kind == Tree::Kind::mapping && node.entries.size() == 1;
    if (node.kind != Tree::Kind::scalar && !one) {
      refuse(node.place, "this is no design");
      return design;
    }
    design.kind = one ? node.entries.front().key : node.scalar;
    const Place named_at = one ? node.entries.front().key_place : node.place;
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const auto& known) { return design.kind == known.first; });
    if (kind == kinds.end()) {
      refuse_kind(named_at, design.kind);
      return design;
    }
    const Tree* argument = one ? node.entries.front().value.get() : nullptr;
    if ((kind->second == Argument::none) != (argument == nullptr))
      refuse(named_at, argument ? fmt::format("{} takes nothing", design.kind)
                                : fmt::format("{} is missing its size", design.kind));
    else if (argument)
      read_argument(*argument, kind->second, design);
    return design;
  }

 private:
  void read_argument(const Tree& node, Argument form, DesignDescription& design) {
    if (form == Argument::points) read_points(node, design);
    if (form == Argument::file) read_file(node, design);
    if (form == Argument::table) read_morris(node, design);
    if (form == Argument::parts) read_parts(node, design);
  }

  void read_points(const Tree& node, DesignDescription& design) {
    const Key key{.name = design.kind, .dimension = Dimension::count, .low = 1, .high = most_points};
    if (const auto value = read_value(node, key, reading_))
      design.points = static_cast<std::uint64_t>(value->quantity.a);
  }

  void read_morris(const Tree& node, DesignDescription& design) {
    if (node.kind == Tree::Kind::scalar) {  // {morris: 20}
      read_points(node, design);
      return;
    }
    const Values values = read_mapping(node, morris_table(), node.place, reading_);
    design.points = static_cast<std::uint64_t>(values.number("trajectories", 0));
    design.levels = static_cast<std::uint32_t>(values.number("levels", 4));
    if (design.levels % 2 != 0)
      reading_.problems.error(
          values.place_of("levels"),
          fmt::format("levels is {} (an even number spreads the steps evenly)", design.levels),
          "write levels: 4");
  }

  void read_parts(const Tree& node, DesignDescription& design) {
    if (node.kind != Tree::Kind::list || node.items.size() < 2) {
      refuse(node.place, "cross takes a list of at least two designs");
      return;
    }
    for (const auto& item : node.items) {
      design.parts.push_back(read(*item));
      const std::string& kind = design.parts.back().kind;
      if (kind == "cross" || kind == "morris" || kind == "saltelli")
        refuse(item->place, fmt::format("{} cannot be a part of cross", kind));
    }
  }

  void read_file(const Tree& node, DesignDescription& design) {
    const std::optional<Name> path = read_text(node, reading_.problems);
    if (!path) return;
    std::string why;
    const std::string beside = reading_.problems.sources().name(node.place.source);
    const auto file = files_.read(path->text, beside, why);
    if (!file)
      reading_.problems.error(node.place, fmt::format("{} cannot be read ({})", path->text, why));
    else
      read_csv_design(*file, reading_, factors_, design);
  }

  void refuse(Place place, std::string what) { reading_.problems.error(place, std::move(what), forms); }

  void refuse_kind(Place place, const std::string& name) {
    std::vector<std::string> names;
    for (const auto& kind : kinds) names.emplace_back(kind.first);
    const std::string near = nearest_word(name, names);
    reading_.problems.error(place, fmt::format("there is no design {}", name),
                            near.empty() ? forms : fmt::format("did you mean {}?", near));
  }

  FileSource& files_;
  Reading& reading_;
  std::vector<Factor>& factors_;
};

}  // namespace

DesignDescription read_design(const Tree& node, FileSource& files, Reading& reading,
                              std::vector<Factor>& factors) {
  return DesignReader(files, reading, factors).read(node);
}

}  // namespace dronewall
