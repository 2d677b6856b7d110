// The kinds of designs, one line each, and what all of them share.
#include "dronewall/study/designs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "study/designs/kinds.hpp"

namespace dronewall {
namespace {

std::vector<std::unique_ptr<Design>> make_all() {
  std::vector<std::unique_ptr<Design>> all;
  all.push_back(make_grid());
  all.push_back(make_list());
  all.push_back(make_latin_hypercube());
  all.push_back(make_sobol());
  all.push_back(make_morris());
  all.push_back(make_saltelli());
  all.push_back(make_cross());
  return all;
}

/// Reports factors whose values the design cannot take.
bool check_factors(const Design& design, const StudyDescription& study,
                   const std::vector<std::size_t>& factors, Problems& problems) {
  bool good = true;
  for (const std::size_t number : factors) {
    const Factor& factor = study.factors[number];
    if (factor.is_list() && factor.levels.empty()) return false;  // Reported when the study was read.
    if (factor.is_list() ? design.takes_lists() : design.takes_ranges()) continue;
    problems.error(factor.place,
                   fmt::format("{} has a range, and {} takes lists of values", factor.path, design.name()),
                   "list its values, or write design: {latin-hypercube: 200}");
    good = false;
  }
  return good;
}

}  // namespace

std::size_t DesignMatrix::level(std::size_t point, std::size_t column, std::size_t levels) const {
  const double value = cell(point, column);
  if (columns_[column].cell == Cell::unit) return level_at(value, levels);
  expects(value < static_cast<double>(levels));
  return static_cast<std::size_t>(value);
}

double DesignMatrix::unit(std::size_t point, std::size_t column, const StudyDescription& study) const {
  const Factor& factor = study.factors[columns_[column].factor];
  if (factor.range)
    return (factor.range->number(cell(point, column)) - factor.range->low) /
           (factor.range->high - factor.range->low);
  const std::size_t levels = factor.levels.size();
  return levels < 2 ? 0 : static_cast<double>(level(point, column, levels)) / static_cast<double>(levels - 1);
}

std::string DesignMatrix::text(std::size_t point, std::size_t column, const StudyDescription& study) const {
  const Factor& factor = study.factors[columns_[column].factor];
  if (factor.range) return factor.range->text(cell(point, column));
  return factor.levels[level(point, column, factor.levels.size())];
}

std::vector<FactorValue> DesignMatrix::values(std::size_t point, const StudyDescription& study) const {
  std::vector<FactorValue> values;
  for (std::size_t column = 0; column < columns_.size(); ++column)
    values.push_back({columns_[column].factor, text(point, column, study)});
  return values;
}

std::uint64_t DesignMatrix::hash(std::size_t point, const StudyDescription& study) const {
  return hash_of_values(values(point, study), study);
}

std::uint64_t hash_of_values(const std::vector<FactorValue>& values, const StudyDescription& study) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const FactorValue& value : values) settings.emplace_back(study.factors[value.factor].path, value.text);
  return hash_of_settings(settings);
}

std::uint64_t hash_of_settings(const std::vector<std::pair<std::string, std::string>>& settings) {
  std::vector<std::string> words;
  for (const auto& [path, text] : settings) words.push_back(path + "=" + text);
  std::sort(words.begin(), words.end());
  std::uint64_t hash = 0;
  for (const std::string& word : words) hash = hash_text(word, hash);
  return hash;
}

void DesignMatrix::add_point(const std::vector<double>& cells) {
  expects(cells.size() == columns_.size());
  cells_.insert(cells_.end(), cells.begin(), cells.end());
  ++points_;
}

const std::vector<std::unique_ptr<Design>>& all_designs() {
  static const std::vector<std::unique_ptr<Design>> all = make_all();
  return all;
}

const Design* find_design(const std::string& name) {
  for (const auto& design : all_designs())
    if (design->name() == name) return design.get();
  return nullptr;
}

DesignMatrix make_design(const StudyDescription& study, Problems& problems) {
  const std::vector<std::size_t> factors = study.varied();
  DesignMatrix none;
  const Design* design = find_design(study.design.kind);
  if (!design) return none;  // Reported when the study was read.
  if (factors.empty()) {
    none.add_point({});
    return none;
  }
  if (!check_factors(*design, study, factors, problems)) return none;
  if (const std::string why = design->why_not(study.design, factors, study); !why.empty()) {
    problems.error(study.design.place, why);
    return none;
  }
  return design->make(study.design, factors, study);
}

}  // namespace dronewall
