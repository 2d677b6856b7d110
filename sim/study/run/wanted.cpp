#include "study/run/wanted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/problem.hpp"
#include "study/run/estimates.hpp"

namespace dronewall {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

double value_of(const LinearForm& form, const std::int64_t* row) {
  double value = form.constant;
  for (const auto& [column, weight] : form.terms) value += weight * static_cast<double>(row[column]);
  return value;
}

bool is_one_count(const LinearForm& form, const LedgerLayout& layout) {
  return form.terms.size() == 1 && form.terms.front().second > 0 &&
         layout.columns[form.terms.front().first].is_count;
}

std::string unknown_measure(const std::vector<MeasureDefinition>& measures, const std::string& name) {
  std::vector<std::string> names;
  for (const MeasureDefinition& measure : measures) names.push_back(measure.name);
  const std::string similar = nearest_word(name, names);
  return fmt::format(
      "{} is no measure of this scenario{}", escaped(name),
      similar.empty() ? " (`dronewall measures` lists them)" : "; did you mean " + similar + "?");
}

}  // namespace

const MeasureDefinition* find_measure(const std::vector<MeasureDefinition>& measures,
                                      const std::string& name) {
  const auto found = std::find_if(measures.begin(), measures.end(),
                                  [&](const MeasureDefinition& m) { return m.name == name; });
  return found == measures.end() ? nullptr : &*found;
}

std::string why_not_askable(const std::vector<MeasureDefinition>& measures, const RunOptions& options) {
  for (const Requested& requested : options.requested) {
    const MeasureDefinition* measure = find_measure(measures, requested.measure);
    if (measure == nullptr) return unknown_measure(measures, requested.measure);
  }
  if (options.precision && find_measure(measures, options.precision->measure) == nullptr)
    return unknown_measure(measures, options.precision->measure);
  return "";
}

Wanted::Wanted(const Requested& requested, const MeasureDefinition& measure, const LedgerLayout& layout)
    : requested_(&requested),
      measure_(&measure),
      form_(on_integers(layout, measure.numerator)),
      by_value_(measure.denominator || !is_one_count(form_, layout)) {
  expects(requested.kind != Requested::Kind::plain);
  if (measure.denominator) below_ = on_integers(layout, *measure.denominator);
}

std::vector<std::uint32_t> Wanted::columns_by_row() const {
  std::vector<std::uint32_t> columns;
  if (!by_value_) return columns;
  for (const auto& [column, weight] : form_.terms) columns.push_back(column);
  if (below_)
    for (const auto& [column, weight] : below_->terms) columns.push_back(column);
  return columns;
}

void Wanted::reserve(std::uint64_t count) {
  if (by_value_) values_.resize(count);
}

void Wanted::see(std::uint64_t replication, const std::int64_t* row) {
  if (!by_value_) return;
  values_[replication] = value_of(form_, row);
  if (!below_) return;
  const double below = value_of(*below_, row);
  values_[replication] = below != 0 ? values_[replication] / below : undefined;
}

Estimate Wanted::of_values(std::uint64_t count, double confidence) const {
  std::vector<double> values;
  std::copy_if(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(count),
               std::back_inserter(values), [](double value) { return !std::isnan(value); });
  Estimate made;
  if (values.empty()) {
    made.name = requested_->name;
    made.undefined_because = measure_->undefined_because + " in any replication";
  } else {
    made = estimate(*requested_, values, confidence);
  }
  made.without_value = count - values.size();
  return made;
}

Estimate Wanted::result(const Tally& tally, std::uint64_t count, double confidence) const {
  Estimate made;
  if (by_value_) {
    made = of_values(count, confidence);
  } else {
    const auto& [column, weight] = form_.terms.front();
    made = estimate(*requested_, *tally.histogram(column), weight, form_.constant, confidence);
  }
  if (requested_->kind == Requested::Kind::quantile) {
    made.unit = measure_->unit;
    made.meaning = fmt::format("The value that {:g}% of replications do not exceed. {}",
                               requested_->level * 100, measure_->meaning);
  }
  if (below_) made.meaning += " The value is each replication's own ratio.";
  return made;
}

}  // namespace dronewall
