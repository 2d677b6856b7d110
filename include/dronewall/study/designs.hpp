// Designs: which combinations of the factors' values are simulated.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/core/problem.hpp"
#include "dronewall/scenario/study.hpp"

namespace dronewall {

/// A factor's value at a point: the YAML text that is set at its path.
struct FactorValue {
  std::size_t factor = 0;  ///< index into StudyDescription::factors
  std::string text;
};

/// Points × varied factors, eight bytes a cell. A cell is the number of a level, or a place in the unit
/// interval [0, 1], which lies in a range or picks one of a list's levels.
class DesignMatrix {
 public:
  enum class Cell { level, unit };
  struct Column {
    std::size_t factor = 0;  ///< index into StudyDescription::factors
    Cell cell = Cell::level;
  };

  DesignMatrix() = default;
  explicit DesignMatrix(std::vector<Column> columns) : columns_(std::move(columns)) {}

  [[nodiscard]] std::size_t points() const { return points_; }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] double cell(std::size_t point, std::size_t column) const {
    return cells_[point * columns_.size() + column];
  }
  /// The level that a cell picks of a factor with `levels`.
  [[nodiscard]] std::size_t level(std::size_t point, std::size_t column, std::size_t levels) const;
  /// Where a factor's value lies: (value − low) / (high − low) of a range, so that whole numbers count as
  /// they are; level number / (levels − 1) of a list, 0 where it has one.
  [[nodiscard]] double unit(std::size_t point, std::size_t column, const StudyDescription& study) const;
  /// The YAML text of one cell.
  [[nodiscard]] std::string text(std::size_t point, std::size_t column, const StudyDescription& study) const;
  /// The values of one point, in the order of the columns.
  [[nodiscard]] std::vector<FactorValue> values(std::size_t point, const StudyDescription& study) const;
  /// By which a point is known again in a larger or another design: of its paths and values, in order of the
  /// paths; the point's number is not in it.
  [[nodiscard]] std::uint64_t hash(std::size_t point, const StudyDescription& study) const;

  /// Points that belong together, one after the other: morris: a trajectory (columns + 1); saltelli: A, B,
  /// and A with each column from B, A_B1 … A_Bk (columns + 2); else 1.
  std::size_t group = 1;

  void add_point(const std::vector<double>& cells);
  void reserve(std::size_t points) { cells_.reserve(points * columns_.size()); }

 private:
  std::vector<Column> columns_;
  std::vector<double> cells_;
  std::size_t points_ = 0;
};

/// As DesignMatrix::hash() of a point with these values.
[[nodiscard]] std::uint64_t hash_of_values(const std::vector<FactorValue>& values,
                                           const StudyDescription& study);

/// The same of paths and the texts that are set there.
[[nodiscard]] std::uint64_t hash_of_settings(
    const std::vector<std::pair<std::string, std::string>>& settings);

/// A kind of design: one file in sim/study/designs/, one line in sim/study/designs.cpp.
class Design {
 public:
  virtual ~Design() = default;
  /// As a study file names it.
  [[nodiscard]] virtual std::string name() const = 0;
  /// Whether it takes factors that are lists, ranges.
  [[nodiscard]] virtual bool takes_lists() const { return true; }
  [[nodiscard]] virtual bool takes_ranges() const { return true; }
  /// Why it cannot be made for these factors, with a hint; "" when it can.
  [[nodiscard]] virtual std::string why_not(const DesignDescription& /*design*/,
                                            const std::vector<std::size_t>& /*factors*/,
                                            const StudyDescription& /*study*/) const {
    return "";
  }
  /// The points, decided by the description, the factors and the study's seed alone. A larger one of the same
  /// kind begins with them wherever the kind allows it.
  [[nodiscard]] virtual DesignMatrix make(const DesignDescription& design,
                                          const std::vector<std::size_t>& factors,
                                          const StudyDescription& study) const = 0;
};

/// The kinds this program knows, and the one of that name (nullptr: none).
[[nodiscard]] const std::vector<std::unique_ptr<Design>>& all_designs();
[[nodiscard]] const Design* find_design(const std::string& name);

/// The points of a study. Reports what its design cannot take, at the design's place.
[[nodiscard]] DesignMatrix make_design(const StudyDescription& study, Problems& problems);

}  // namespace dronewall
