// What points cost under books, each with the interval that its origin asks for.
#include <algorithm>
#include <cmath>
#include <limits>

#include "dronewall/study/reprice.hpp"
#include "study/estimates.hpp"
#include "study/in_parallel.hpp"
#include "study/wanted.hpp"

namespace dronewall {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

double or_not_known(std::optional<double> value) { return value.value_or(not_known); }

double finite(double value) { return std::isfinite(value) ? value : not_known; }

IntervalMethod method_of(const std::string& name) {
  for (const IntervalMethod method :
       {IntervalMethod::student_t, IntervalMethod::delta, IntervalMethod::fieller,
        IntervalMethod::bootstrap_t, IntervalMethod::clopper_pearson, IntervalMethod::order_statistic,
        IntervalMethod::poisson})
    if (name == name_of(method)) return method;
  return IntervalMethod::undefined;
}

std::string exchange_name(View view) { return std::string("cost-exchange.") + name_of(view); }
std::string defender_name(View view) { return std::string("cost.defender.") + name_of(view); }
constexpr const char* attacker_name = "cost.attacker";

}  // namespace

RepricedValue::RepricedValue() : mean(not_known), se(not_known), low(not_known), high(not_known) {}

RepricedValue::RepricedValue(double value, double error, const ConfidenceInterval& interval)
    : mean(finite(value)),
      se(finite(error)),
      low(finite(interval.low)),
      high(finite(interval.high)),
      method(interval.method) {}

RepricedValue::RepricedValue(const Estimate& estimate)
    : mean(or_not_known(estimate.mean)),
      se(or_not_known(estimate.se)),
      low(or_not_known(estimate.low)),
      high(or_not_known(estimate.high)),
      method(method_of(estimate.method)) {}

/// The figures of all books at one point after another; one for each thread reads from the store.
class FigureMaker {
 public:
  FigureMaker(const RepricedStudy& study, const std::vector<NamedBook>& books, const std::vector<View>& views,
              double confidence);

  /// Throws StoreError.
  void make(std::size_t point, const StoredStudy& stored, std::vector<PricedPoint>& priced,
            RepricedFigures& out) const;

 private:
  [[nodiscard]] RepricedFigure* row(RepricedFigures& out, View view, std::size_t point) const {
    return out[static_cast<std::size_t>(view)].data() + point * books_.size();
  }
  void from_moments(std::size_t point, View view, std::vector<PricedPoint>& priced,
                    RepricedFigure* figures) const;
  void from_store(std::size_t point, const StoredStudy& stored, std::size_t book, RepricedFigures& out) const;
  void from_tally(std::size_t point, const PointTally& tally, std::size_t book, RepricedFigures& out) const;

  const RepricedStudy& study_;
  const std::vector<NamedBook>& books_;
  const std::vector<View>& views_;
  double confidence_;
  PriceVectors vectors_;
  std::map<std::uint64_t, double> quantiles_;          // Most points have equally many replications.
  std::vector<std::size_t> as_stored_, re_estimated_;  // books
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<MeasureDefinition>> measures_;
};

FigureMaker::FigureMaker(const RepricedStudy& study, const std::vector<NamedBook>& books,
                         const std::vector<View>& views, double confidence)
    : study_(study), books_(books), views_(views), confidence_(confidence), vectors_(study.table()) {
  for (std::size_t i = 0; i < study.points().size(); ++i)
    if (const std::uint64_t n = study.table().replications(i); n >= 2 && quantiles_.count(n) == 0)
      quantiles_[n] = student_t_quantile((1 + confidence) / 2, static_cast<double>(n - 1));
  const bool all_of_grid = study.resamples_grid(books, views.size());
  for (std::size_t b = 0; b < books.size(); ++b) {
    vectors_.add(books[b].book);
    if (books[b].origin == NamedBook::Origin::swept && confidence == study.study().confidence())
      as_stored_.push_back(b);
    else if (books[b].origin != NamedBook::Origin::grid || all_of_grid)
      re_estimated_.push_back(b);
  }
  Sources sources;
  for (const std::size_t b : re_estimated_)
    for (const auto& [hash, layout] : study.layouts_) {
      Problems unheard(sources);
      measures_[{hash, b}] = price(*layout, books[b].book, nullptr, unheard, study.scoring_).measures;
    }
}

void FigureMaker::from_moments(std::size_t point, View view, std::vector<PricedPoint>& priced,
                               RepricedFigure* figures) const {
  lay_prices(vectors_, point, view, priced);
  const std::uint64_t n = study_.table().replications(point);
  PricedIntervals intervals(vectors_, point, view, confidence_, n < 2 ? 0 : quantiles_.at(n));
  const auto error = [&](double variance) { return std::sqrt(variance / static_cast<double>(n)); };
  for (std::size_t b = 0; b < priced.size(); ++b) {
    const RatioMoments exchange = priced[b].exchange(n);
    figures[b].defender = {priced[b].defender, n < 2 ? not_known : error(priced[b].defender_variance),
                           intervals.defender(b, priced[b])};
    figures[b].attacker = {priced[b].attacker, n < 2 ? not_known : error(priced[b].attacker_variance),
                           intervals.attacker(b, priced[b])};
    figures[b].ratio = {exchange.ratio(), n < 2 ? not_known : exchange.standard_error(),
                        intervals.exchange(b, priced[b])};
  }
}

void FigureMaker::from_store(std::size_t point, const StoredStudy& stored, std::size_t book,
                             RepricedFigures& out) const {
  std::map<std::string, Estimate> known;
  for (const StoredEstimate& one : stored.store().estimates(study_.points()[point].stored.point))
    known.emplace(one.measure, estimate_of(one));
  const auto take = [&](const std::string& name, RepricedValue& value) {
    if (const auto found = known.find(name); found != known.end()) value = RepricedValue(found->second);
  };
  for (const View view : views_) {
    RepricedFigure& figure = row(out, view, point)[book];
    take(defender_name(view), figure.defender);
    take(attacker_name, figure.attacker);
    take(exchange_name(view), figure.ratio);
  }
}

void FigureMaker::from_tally(std::size_t point, const PointTally& tally, std::size_t book,
                             RepricedFigures& out) const {
  const auto& measures = measures_.at({study_.layout_of_point_[point], book});
  const auto take = [&](const std::string& name, RepricedValue& value) {
    if (const MeasureDefinition* measure = find_measure(measures, name))
      value = RepricedValue(estimate(tally.layout(), *measure, tally.tally(), confidence_));
  };
  for (const View view : views_) {
    RepricedFigure& figure = row(out, view, point)[book];
    take(defender_name(view), figure.defender);
    take(attacker_name, figure.attacker);
    take(exchange_name(view), figure.ratio);
  }
}

void FigureMaker::make(std::size_t point, const StoredStudy& stored, std::vector<PricedPoint>& priced,
                       RepricedFigures& out) const {
  for (const View view : views_) from_moments(point, view, priced, row(out, view, point));
  for (const std::size_t book : as_stored_) from_store(point, stored, book, out);
  if (re_estimated_.empty()) return;
  const PointTally tally = stored.tally(study_.points()[point].stored.point);
  for (const std::size_t book : re_estimated_) from_tally(point, tally, book, out);
}

bool RepricedStudy::resamples_grid(const std::vector<NamedBook>& books, std::size_t views) const {
  const auto vectors = std::count_if(books.begin(), books.end(), [](const NamedBook& book) {
    return book.origin == NamedBook::Origin::grid;
  });
  return points_.size() * static_cast<std::size_t>(vectors) * views <= resampled_up_to;
}

RepricedFigures RepricedStudy::figures(const std::vector<NamedBook>& books, const std::vector<View>& views,
                                       double confidence) const {
  const FigureMaker maker(*this, books, views, confidence);
  RepricedFigures figures;
  for (const View view : views) figures[static_cast<std::size_t>(view)].resize(points_.size() * books.size());
  in_parallel(points_.size(), threads_, [&] {
    return [&, priced = std::vector<PricedPoint>(books.size()),
            own = std::make_shared<StoredStudy>(study_.store().path())](std::size_t i) mutable {
      maker.make(i, *own, priced, figures);
    };
  });
  return figures;
}

std::vector<RepricedFigure> RepricedStudy::figures(const std::vector<NamedBook>& books, View view,
                                                   double confidence) const {
  return figures(books, std::vector<View>{view}, confidence)[static_cast<std::size_t>(view)];
}

}  // namespace dronewall
