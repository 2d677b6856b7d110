#include "dronewall/study/stored_sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "dronewall/core/contracts.hpp"
#include "dronewall/study/designs.hpp"
#include "dronewall/study/factor_scale.hpp"
#include "study/sensitivity/flips.hpp"

namespace dronewall {
namespace {

/// The factors that the points differ in, as scales; and where each point lies on them.
struct Placed {
  std::vector<std::size_t> factors;  // of the study
  std::vector<std::size_t> columns;  // of the store
  std::vector<FactorScale> scales;
  UnitPoints points;
};

Placed place(const StudyDescription& study, const RepricedStudy& stored) {
  Placed placed;
  const std::vector<StoredFactor>& written = stored.study().factors();
  std::vector<std::size_t>& columns = placed.columns;
  for (std::size_t c = 0; c < written.size(); ++c)
    for (std::size_t f = 0; f < study.factors.size(); ++f)
      if (study.factors[f].path == written[c].path) {
        columns.push_back(c);
        placed.factors.push_back(f);
        placed.scales.emplace_back(study.factors[f]);
      }
  placed.points.factors = columns.size();
  for (const RepricedPoint& point : stored.points())
    for (std::size_t k = 0; k < columns.size(); ++k)
      // A level that is no longer in the study lies nowhere on its scale.
      placed.points.cells.push_back(
          placed.scales[k].unit_of(point.settings.at(columns[k])).value_or(std::nan("")));
  return placed;
}

/// A design of groups (trajectories, or A, B and AB) row by row, on the points of the store: a store keeps
/// equal rows once, as rounding to whole numbers makes them, and has none for what failed. Groups with a
/// missing row are left out.
struct GroupedRows {
  UnitPoints points;
  Responses responses;
  std::vector<Margin> margins;  ///< per column
};

/// Values of equal share lie as the points place them; a range of numbers is spread evenly.
Margin margin_along(const Factor& factor) {
  constexpr double like_a_range = 1000;
  std::size_t values = factor.levels.size();
  if (factor.range) {
    const double numbers = factor.range->high - factor.range->low + 1;
    if (!factor.range->whole || numbers > like_a_range) return {};
    values = static_cast<std::size_t>(numbers);
  }
  std::vector<double> places(std::max<std::size_t>(values, 1), 0.0);
  for (std::size_t i = 1; i < places.size(); ++i)
    places[i] = static_cast<double>(i) / static_cast<double>(places.size() - 1);
  return margin_of(places);
}

GroupedRows rows_in_groups(const StudyDescription& study, const RepricedStudy& stored,
                           const Responses& responses) {
  Sources sources;
  Problems problems(sources);
  const DesignMatrix design = make_design(study, problems);
  std::map<std::uint64_t, std::size_t> by_hash;
  for (std::size_t i = 0; i < stored.points().size(); ++i) by_hash[stored.points()[i].stored.hash] = i;
  GroupedRows rows;
  rows.points.factors = design.columns().size();
  for (const DesignMatrix::Column& column : design.columns())
    rows.margins.push_back(margin_along(study.factors[column.factor]));
  std::vector<std::size_t> chosen;
  for (std::size_t begin = 0; begin + design.group <= design.points(); begin += design.group) {
    std::vector<std::size_t> group;
    for (std::size_t row = begin; row < begin + design.group; ++row)
      if (const auto found = by_hash.find(design.hash(row, study)); found != by_hash.end())
        group.push_back(found->second);
    if (group.size() < design.group) continue;
    chosen.insert(chosen.end(), group.begin(), group.end());
    for (std::size_t row = begin; row < begin + design.group; ++row)
      for (std::size_t column = 0; column < design.columns().size(); ++column)
        rows.points.cells.push_back(design.unit(row, column, study));
  }
  rows.responses = responses.of(chosen);
  return rows;
}

/// What the scenario says where a study leaves it alone, else the middle.
std::vector<double> usual_place(const StudyDescription& study, const Placed& placed) {
  std::vector<double> usual;
  for (std::size_t k = 0; k < placed.factors.size(); ++k) {
    const Factor& factor = study.factors[placed.factors[k]];
    usual.push_back(factor.usual ? placed.scales[k].unit_of(*factor.usual).value_or(0.5) : 0.5);
  }
  return usual;
}

/// Where intruders are still aloft a point lies on a side only with both its bounds.
void count_against_bound(const MeasuredPoints& measured, double confidence, SensitivityResult& result) {
  const Responses& responses = measured.responses;
  const double t = student_t_quantile((1 + confidence) / 2, responses.degrees());
  for (std::size_t i = 0; i < responses.size(); ++i) {
    const double mean = responses.mean(i), reach = t * std::sqrt(responses.noise(i, i));
    if (std::isnan(mean)) continue;
    ++result.points;
    const auto [least, most] = measured.bounds[i].value_or(std::pair(mean, mean));
    if (std::min(least, mean) - reach > result.bound)
      ++result.above;
    else if (std::max(most, mean) + reach < result.bound)
      ++result.below;
    else
      ++result.untold;
  }
}

/// The probability that the response is over the bound, given its noise.
std::vector<double> chance_over(const Responses& responses, double bound) {
  std::vector<double> chance;
  for (std::size_t i = 0; i < responses.size(); ++i) {
    const double over = responses.mean(i) - bound, noise = responses.noise(i, i);
    chance.push_back(std::isnan(over) ? over
                     : noise > 0      ? std::erfc(-over / std::sqrt(2 * noise)) / 2
                                      : (over > 0 ? 1.0 : 0.0));
  }
  return chance;
}

/// A box that comes out as good so often when values are shuffled over the points is no finding.
constexpr double likely_by_chance = 0.05;

class Analysis {
 public:
  Analysis(const StudyDescription& study, const RepricedStudy& stored, const BookOfPoint& book_of,
           const MeasuredPoints& measured, const SensitivityOptions& options, const TurnsAtPoint& turns)
      : study_(study),
        stored_(stored),
        book_of_(book_of),
        responses_(measured.responses),
        bounds_(measured.bounds),
        options_(options),
        turns_(turns),
        placed_(place(study, stored)) {
    result_.measure = options.measure;
    result_.unit = measured.unit;
    result_.bound = options.bound;
    result_.missing = stored.missing() + measured.undefined;
    result_.shares_luck = responses_.batches() > 0;
    for (std::size_t k = 0; k < placed_.factors.size(); ++k) {
      result_.factors.push_back(study.factors[placed_.factors[k]].path);
      result_.scales.push_back(placed_.scales[k].range());
      result_.even.push_back(!placed_.scales[k].is_number());
    }
    count_against_bound(measured, options.confidence, result_);
    note_leaks();
  }

  SensitivityResult run() {
    if (placed_.factors.empty()) {
      for (const SensitivityMethod method :
           {SensitivityMethod::tornado, SensitivityMethod::morris, SensitivityMethod::sobol,
            SensitivityMethod::metamodel, SensitivityMethod::boxes})
        refuse(method, "the study varies nothing");
      find_base_point();
    } else {
      fit_metamodel();
      find_base_point();
      draw_tornado();
      find_morris();
      find_sobol();
      find_boxes();
    }
    add_flips();
    return std::move(result_);
  }

 private:
  void refuse(SensitivityMethod method, std::string why, std::string design = "") {
    result_.refused.push_back({method, std::move(why), std::move(design)});
  }
  [[nodiscard]] std::string design() const { return study_.design.kind; }

  /// What is listed by columns of the design, as this result counts its factors.
  template <typename Figure>
  [[nodiscard]] std::vector<Figure> in_order_of_factors(std::vector<Figure> by_column) const {
    const std::vector<std::size_t> varied = study_.varied();
    std::vector<Figure> ordered;
    for (const std::size_t factor : placed_.factors)
      for (std::size_t column = 0; column < by_column.size() && column < varied.size(); ++column)
        if (varied[column] == factor) ordered.push_back(by_column[column]);
    return ordered;
  }

  /// No ratio stands without what leaks, none without the bounds of what is still aloft.
  void note_leaks() {
    for (std::size_t i = 0; i < responses_.size(); ++i) {
      const RepricedPoint& point = stored_.points()[i];
      if (std::isnan(responses_.mean(i))) continue;
      result_.least_leaks = std::fmin(result_.least_leaks, point.least_leaks);
      result_.most_leaks = std::fmax(result_.most_leaks, point.most_leaks);
      if (point.unresolved > 0) ++result_.aloft_points;
      result_.most_aloft = std::max(result_.most_aloft, point.unresolved);
    }
  }

  void fit_metamodel() {
    LinearMetamodel model(placed_.points, responses_, options_.confidence);
    if (model.why_not().empty())
      result_.metamodel = std::move(model);
    else
      refuse(SensitivityMethod::metamodel, model.why_not());
  }

  void find_base_point() {
    base_ = usual_place(study_, placed_);
    if (!is_space_filling()) tornado_base_ = find_base(placed_.points, base_);
    from_ = tornado_base_ ? tornado_base_ : nearest_to(base_);
    for (const std::size_t factor : placed_.factors)
      result_.usual.push_back(study_.factors[factor].usual.value_or(""));
    if (!from_) return;
    const RepricedPoint& point = stored_.points()[*from_];
    result_.base_point = point.stored.number.value_or(point.stored.point);
    result_.base_leaks = point.leak_fraction;
    result_.base_is_usual = has_usual_values(*from_);
    base_.assign(placed_.points.row(*from_).begin(), placed_.points.row(*from_).end());
    for (const std::size_t column : placed_.columns) result_.base.push_back(point.settings[column]);
  }

  [[nodiscard]] bool has_usual_values(std::size_t point) const {
    for (std::size_t k = 0; k < placed_.factors.size(); ++k) {
      const std::optional<std::string>& usual = study_.factors[placed_.factors[k]].usual;
      const auto unit = usual ? placed_.scales[k].unit_of(*usual) : std::nullopt;
      if (!unit || !(std::abs(placed_.points.at(point, k) - *unit) < 1e-6)) return false;
    }
    return true;
  }

  /// Of the points with a value the one nearest to a place.
  [[nodiscard]] std::optional<std::size_t> nearest_to(const std::vector<double>& place) const {
    std::optional<std::size_t> nearest;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < stored_.points().size(); ++i) {
      double squares = 0;
      for (std::size_t k = 0; k < place.size(); ++k)
        squares += (placed_.points.at(i, k) - place[k]) * (placed_.points.at(i, k) - place[k]);
      if (!std::isnan(responses_.mean(i)) && squares < least) least = squares, nearest = i;
    }
    return nearest;
  }

  /// In these designs two points may differ in one factor, but no point is the base of a tornado.
  [[nodiscard]] bool is_space_filling() const {
    return design() == "morris" || design() == "saltelli" || design() == "latin-hypercube" ||
           design() == "sobol";
  }

  void draw_tornado() {
    if (!tornado_base_)
      return refuse(SensitivityMethod::tornado,
                    fmt::format("in this {} design no factor moves alone from its low to its high end{}",
                                design(), design() == "list" ? ": list such points, or use grid" : ""),
                    design() == "list" ? "" : "grid");
    result_.bars = tornado(placed_.points, responses_, *tornado_base_, options_.confidence);
    for (const TornadoBar& bar : result_.bars) {
      const FactorScale& scale = placed_.scales[bar.factor];
      result_.bar_ends.emplace_back(scale.text(placed_.points.at(bar.low_point, bar.factor)),
                                    scale.text(placed_.points.at(bar.high_point, bar.factor)));
      result_.bar_values.emplace_back(responses_.mean(bar.low_point), responses_.mean(bar.high_point));
      result_.bar_bounds.emplace_back(bounds_[bar.low_point], bounds_[bar.high_point]);
    }
    name_factors_without_bar();
  }

  void name_factors_without_bar() {
    const std::vector<FactorLine> lines = lines_through(placed_.points, *tornado_base_);
    for (std::size_t k = 0; k < placed_.factors.size(); ++k) {
      if (std::any_of(result_.bars.begin(), result_.bars.end(),
                      [&](const TornadoBar& bar) { return bar.factor == k; }))
        continue;
      result_.without_bar.emplace_back(
          k, placed_.scales[k].levels().size() == 1 ? "the study gives it one value"
             : spans_range(placed_.points, lines[k], k)
                 ? "an end of its range has no result"
                 : fmt::format("no points differ in it alone from {} to {}", placed_.scales[k].text(0),
                               placed_.scales[k].text(1)));
    }
  }

  void find_morris() {
    if (design() != "morris")
      return refuse(SensitivityMethod::morris,
                    fmt::format("elementary effects need trajectories that change one factor at a time; the "
                                "points of a {} design make none: use morris",
                                design()),
                    "morris");
    const GroupedRows rows = rows_in_groups(study_, stored_, responses_);
    if (const auto steps = find_morris_steps(rows.points))
      result_.morris = in_order_of_factors(
          morris_effects(rows.responses, *steps, rows.points.factors, options_.confidence));
    else
      refuse(SensitivityMethod::morris,
             "no trajectory of the study's design is whole in this store: finish the sweep");
  }

  void find_sobol() {
    if (design() == "saltelli") {
      const GroupedRows in_groups = rows_in_groups(study_, stored_, responses_);
      if (const auto rows = find_saltelli_rows(in_groups.points)) {
        SobolIndices indices =
            sobol_indices(in_groups.points, in_groups.responses, *rows,
                          {.confidence = options_.confidence, .margins = in_groups.margins});
        indices.first = in_order_of_factors(std::move(indices.first));
        indices.total = in_order_of_factors(std::move(indices.total));
        result_.sobol = std::move(indices);
        return;
      }
    }
    refuse(SensitivityMethod::sobol, why_no_indices(), design() == "saltelli" ? "" : "saltelli");
  }

  [[nodiscard]] std::string why_no_indices() const {
    if (design() == "saltelli")
      return "no group of the study's design is whole in this store: finish the sweep";
    if (design() == "sobol")
      return "Sobol points are no sample for Sobol indices: their pairs differ in every factor, and the "
             "estimator by ranks takes neighbours for independent draws, which these points are made not to "
             "be (it is off by more than its error): use saltelli";
    if (design() == "latin-hypercube")
      return "the points of a Latin hypercube differ in every factor at once: use saltelli";
    return fmt::format(
        "indices need points in pairs that share all factors but one, drawn over the whole "
        "ranges; a {} design weighs its levels as chosen, not as they are likely: use saltelli",
        design());
  }

  void find_boxes() {
    if (result_.above + result_.untold == 0)
      return refuse(SensitivityMethod::boxes, "every point lies below the bound");
    if (result_.below + result_.untold == 0)
      return refuse(SensitivityMethod::boxes, "every point lies above the bound");
    if (result_.points < 20)
      return refuse(SensitivityMethod::boxes, "a box needs 20 points or more to be told from chance");
    const PrimBox box =
        find_box(placed_.points, chance_over(responses_, options_.bound), {.seed = options_.seed});
    if (box.sides.empty()) return refuse(SensitivityMethod::boxes, "no box is denser than the whole");
    if (box.chance > likely_by_chance)
      return refuse(SensitivityMethod::boxes,
                    fmt::format("the best box is one that chance finds as often as {:.0f} times in 100",
                                100 * box.chance));
    NamedBox named{{}, box};
    for (const BoxSide& side : box.sides) {
      const FactorScale& scale = placed_.scales[side.factor];
      named.sides.push_back(result_.factors[side.factor] + ' ' + scale.part(side.low, side.high));
    }
    result_.boxes.push_back(std::move(named));
  }

  void add_flips() {
    FlipFinder finder{study_, placed_.factors, placed_.scales, placed_.points, responses_, options_};
    if (!placed_.factors.empty())
      finder.add_factors(base_, tornado_base_, result_.metamodel ? &*result_.metamodel : nullptr,
                         result_.flips);
    if (from_) add_prices(stored_, book_of_(*from_), *from_, options_, turns_, result_.flips);
    if (result_.flips.empty()) refuse(SensitivityMethod::flips, "nothing was varied and nothing is priced");
  }

  const StudyDescription& study_;
  const RepricedStudy& stored_;
  const BookOfPoint& book_of_;
  const Responses& responses_;
  const std::vector<SensitivityResult::Bounds>& bounds_;
  const SensitivityOptions& options_;
  const TurnsAtPoint& turns_;
  Placed placed_;
  std::vector<double> base_;
  std::optional<std::size_t> tornado_base_;  ///< from which factors move alone
  std::optional<std::size_t> from_;          ///< that, or else the point nearest to the scenario's own values
  SensitivityResult result_;
};

}  // namespace

const char* name_of(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::tornado:
      return "tornado";
    case SensitivityMethod::morris:
      return "morris";
    case SensitivityMethod::sobol:
      return "sobol";
    case SensitivityMethod::metamodel:
      return "metamodel";
    case SensitivityMethod::boxes:
      return "boxes";
    case SensitivityMethod::flips:
      return "flips";
  }
  expects(false);
}

SensitivityResult analyse(const StudyDescription& study, const RepricedStudy& stored,
                          const BookOfPoint& book_of, const MeasuredPoints& measured,
                          const SensitivityOptions& options, const TurnsAtPoint& turns) {
  expects(measured.responses.size() == stored.points().size());
  return Analysis(study, stored, book_of, measured, options, turns).run();
}

}  // namespace dronewall
