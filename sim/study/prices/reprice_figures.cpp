// What points cost under books, each with the interval that its origin asks for.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "dronewall/study/reprice.hpp"
#include "study/run/estimates.hpp"
#include "study/run/in_parallel.hpp"
#include "study/run/wanted.hpp"
#include "study/sweep/requested_of_store.hpp"

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

RepricedValue::RepricedValue()
    : mean(not_known), se(not_known), low(not_known), high(not_known), least(not_known), most(not_known) {}

RepricedValue::RepricedValue(double value, double error, const ConfidenceInterval& interval)
    : mean(finite(value)),
      se(finite(error)),
      low(finite(interval.low)),
      high(finite(interval.high)),
      least(not_known),
      most(not_known),
      method(interval.method) {}

RepricedValue::RepricedValue(const Estimate& estimate)
    : mean(or_not_known(estimate.mean)),
      se(or_not_known(estimate.se)),
      low(or_not_known(estimate.low)),
      high(or_not_known(estimate.high)),
      least(estimate.bounds ? estimate.bounds->first : not_known),
      most(estimate.bounds ? estimate.bounds->second : not_known),
      method(method_of(estimate.method)) {}

/// The answers of all books at one point after another; one for each thread reads from the store.
class FigureMaker {
 public:
  FigureMaker(const RepricedStudy& study, const RepriceRequest& request);

  /// Throws StoreError.
  [[nodiscard]] RepricedAnswer answer(std::size_t point, const StoredStudy& stored,
                                      std::vector<PricedPoint>& priced) const;

 private:
  /// What the store holds of one point, read when it is first asked for.
  struct AtPoint {
    std::size_t point;
    StoredPointId id;
    const StoredStudy& stored;
    std::map<std::string, Estimate> known;  ///< the sweep's own estimates
    std::optional<PointTally> tally;

    [[nodiscard]] const PointTally& its_tally() {
      if (!tally) tally = stored.tally(id);
      return *tally;
    }
  };

  [[nodiscard]] static RepricedFigure& figure(RepricedAnswer& answer, View view, std::size_t book) {
    return answer.figures[static_cast<std::size_t>(view)][book];
  }
  [[nodiscard]] std::vector<MeasureDefinition> wanted_of(const LedgerLayout& layout,
                                                         const PriceBook& book) const;
  [[nodiscard]] const std::vector<MeasureDefinition>& measures_at(std::size_t point, std::size_t book) const {
    return measures_.at({study_.layout_of_point_[point], book});
  }
  void from_moments(View view, std::vector<PricedPoint>& priced, RepricedAnswer& answer) const;
  void bound(AtPoint& at, RepricedAnswer& answer) const;
  void take_figures(const std::map<std::string, Estimate>& known, std::size_t book,
                    RepricedAnswer& answer) const;
  [[nodiscard]] std::map<std::string, Estimate> from_tally(AtPoint& at, std::size_t book) const;
  void add_asked(AtPoint& at, const std::map<std::string, Estimate>& known, std::size_t book,
                 RepricedAnswer& answer) const;
  [[nodiscard]] std::optional<Estimate> asked_of_rows(AtPoint& at, const Requested& requested,
                                                      std::size_t book) const;
  [[nodiscard]] Estimate leaks(AtPoint& at) const;

  const RepricedStudy& study_;
  const RepriceRequest& request_;
  const std::vector<NamedBook>& books_;
  double confidence_;
  bool is_swept_confidence_;  // read once: the study's own connection is no other thread's
  PriceVectors vectors_;
  std::map<std::uint64_t, double> quantiles_;  // Most points have equally many replications.
  std::vector<std::size_t> as_stored_, re_estimated_, of_moments_;  // books
  std::set<std::string> wanted_;                                    // measures
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<MeasureDefinition>> measures_;
};

FigureMaker::FigureMaker(const RepricedStudy& study, const RepriceRequest& request)
    : study_(study),
      request_(request),
      books_(request.books),
      confidence_(request.confidence),
      is_swept_confidence_(request.confidence == study.study().confidence()),
      vectors_(study.table()) {
  bool any_aloft = false;
  for (std::size_t i = 0; i < study.points().size(); ++i) {
    any_aloft = any_aloft || study.points()[i].unresolved > 0;
    if (const std::uint64_t n = study.table().replications(i); n >= 2 && quantiles_.count(n) == 0)
      quantiles_[n] = student_t_quantile((1 + confidence_) / 2, static_cast<double>(n - 1));
  }
  wanted_.insert(attacker_name);
  for (const View view : request.views) wanted_.insert({defender_name(view), exchange_name(view)});
  for (const Requested& one : request.asked) wanted_.insert(one.measure);
  const bool all_of_grid = study.resamples_grid(books_, request.views.size());
  for (std::size_t b = 0; b < books_.size(); ++b) {
    vectors_.add(books_[b].book);
    const bool is_stored = books_[b].origin == NamedBook::Origin::swept && is_swept_confidence_;
    const bool is_grid = books_[b].origin == NamedBook::Origin::grid;
    (is_stored ? as_stored_ : !is_grid || all_of_grid ? re_estimated_ : of_moments_).push_back(b);
    if (is_grid && !all_of_grid && !any_aloft) continue;
    for (const auto& [hash, layout] : study.layouts_)
      measures_[{hash, b}] = wanted_of(*layout, books_[b].book);
  }
}

std::vector<MeasureDefinition> FigureMaker::wanted_of(const LedgerLayout& layout,
                                                      const PriceBook& book) const {
  Sources sources;
  Problems unheard(sources);
  std::vector<MeasureDefinition> all = price(layout, book, nullptr, unheard, study_.scoring_).measures;
  std::erase_if(all, [&](const MeasureDefinition& measure) { return wanted_.count(measure.name) == 0; });
  return all;
}

void FigureMaker::from_moments(View view, std::vector<PricedPoint>& priced, RepricedAnswer& answer) const {
  lay_prices(vectors_, answer.point, view, priced);
  const std::uint64_t n = study_.table().replications(answer.point);
  PricedIntervals intervals(vectors_, answer.point, view, confidence_, n < 2 ? 0 : quantiles_.at(n));
  const auto error = [&](double variance) { return std::sqrt(variance / static_cast<double>(n)); };
  for (std::size_t b = 0; b < priced.size(); ++b) {
    const RatioMoments exchange = priced[b].exchange(n);
    figure(answer, view, b) = {
        {priced[b].defender, n < 2 ? not_known : error(priced[b].defender_variance),
         intervals.defender(b, priced[b])},
        {priced[b].attacker, n < 2 ? not_known : error(priced[b].attacker_variance),
         intervals.attacker(b, priced[b])},
        {exchange.ratio(), n < 2 ? not_known : exchange.standard_error(), intervals.exchange(b, priced[b])}};
  }
}

/// What intruders still aloft could yet make of figures from moments.
void FigureMaker::bound(AtPoint& at, RepricedAnswer& answer) const {
  if (!(study_.points()[at.point].unresolved > 0) || of_moments_.empty()) return;
  const LedgerLayout& layout = *study_.layouts_.at(study_.layout_of_point_[at.point]);
  const Moments moments = at.stored.moments(at.id);
  std::vector<double> means;
  for (std::uint32_t column = 0; column < layout.columns.size(); ++column)
    means.push_back(moments.mean(column));
  for (const std::size_t b : of_moments_) {
    const std::vector<MeasureDefinition>& measures = measures_at(at.point, b);
    std::vector<Estimate> estimates(measures.size());
    for (std::size_t m = 0; m < measures.size(); ++m)
      estimates[m].mean = 0, estimates[m].is_ratio = measures[m].denominator.has_value();
    add_bounds(layout, measures, means, estimates);
    const auto set = [&](const std::string& name, RepricedValue& value) {
      for (std::size_t m = 0; m < measures.size(); ++m)
        if (measures[m].name == name && estimates[m].bounds)
          std::tie(value.least, value.most) = *estimates[m].bounds;
    };
    for (const View view : request_.views) {
      set(defender_name(view), figure(answer, view, b).defender);
      set(attacker_name, figure(answer, view, b).attacker);
      set(exchange_name(view), figure(answer, view, b).ratio);
    }
  }
}

void FigureMaker::take_figures(const std::map<std::string, Estimate>& known, std::size_t book,
                               RepricedAnswer& answer) const {
  const auto take = [&](const std::string& name, RepricedValue& value) {
    if (const auto found = known.find(name); found != known.end()) value = RepricedValue(found->second);
  };
  for (const View view : request_.views) {
    RepricedFigure& one = figure(answer, view, book);
    take(defender_name(view), one.defender);
    take(attacker_name, one.attacker);
    take(exchange_name(view), one.ratio);
  }
}

std::map<std::string, Estimate> FigureMaker::from_tally(AtPoint& at, std::size_t book) const {
  std::map<std::string, Estimate> known;
  for (Estimate& each : at.its_tally().estimates(measures_at(at.point, book), confidence_))
    known.emplace(each.name, std::move(each));
  return known;
}

std::optional<Estimate> FigureMaker::asked_of_rows(AtPoint& at, const Requested& requested,
                                                   std::size_t book) const {
  const MeasureDefinition* measure = find_measure(measures_at(at.point, book), requested.measure);
  Requested settled = requested;
  if (measure == nullptr || !settle_bound(settled, measure->unit, books_[book].book).empty())
    return std::nullopt;
  Estimate made;
  made.name = requested.name;
  const std::vector<Column>& columns = at.its_tally().layout().columns;
  if (study_.scoring_ == Scoring::expected &&
      std::any_of(columns.begin(), columns.end(),
                  [](const Column& column) { return column.expectation_of.has_value(); }))
    made.undefined_because = "losses were swept as expected ones: sweep anew with this measure in the study";
  else if (auto told = requested_of_store(at.stored, at.id, at.its_tally(), settled, *measure, confidence_))
    made = std::move(*told);
  else
    made.undefined_because = "the store has no row of each replication: sweep with --keep rows";
  return made;
}

void FigureMaker::add_asked(AtPoint& at, const std::map<std::string, Estimate>& known, std::size_t book,
                            RepricedAnswer& answer) const {
  std::map<std::string, Estimate> anew;  // what the sweep was not asked for
  for (const Requested& requested : request_.asked) {
    if (const auto found = known.find(requested.name); found != known.end()) {
      answer.asked[book].push_back(found->second);
      continue;
    }
    if (requested.kind != Requested::Kind::plain) {
      if (auto told = asked_of_rows(at, requested, book)) answer.asked[book].push_back(std::move(*told));
      continue;
    }
    if (anew.empty()) anew = from_tally(at, book);
    if (const auto found = anew.find(requested.name); found != anew.end())
      answer.asked[book].push_back(found->second);
  }
}

Estimate FigureMaker::leaks(AtPoint& at) const {
  constexpr const char* name = "leak-fraction";
  if (const auto found = at.known.find(name); found != at.known.end() && is_swept_confidence_)
    return found->second;
  for (const MeasureDefinition& measure : at.its_tally().layout().measures)
    if (measure.name == name) return at.its_tally().estimates({measure}, confidence_).front();
  Estimate none;
  none.name = name;
  none.undefined_because = "nothing hostile was launched";
  return none;
}

RepricedAnswer FigureMaker::answer(std::size_t point, const StoredStudy& stored,
                                   std::vector<PricedPoint>& priced) const {
  RepricedAnswer answer;
  answer.point = point;
  answer.asked.resize(books_.size());
  AtPoint at{point, study_.points()[point].stored.point, stored, {}, {}};
  for (const StoredEstimate& one : stored.store().estimates(at.id))
    at.known.emplace(one.measure, estimate_of(one));
  for (const View view : request_.views) {
    answer.figures[static_cast<std::size_t>(view)].resize(books_.size());
    // The store holds no attacker's cost unless it was asked for.
    if (!of_moments_.empty() || !as_stored_.empty()) from_moments(view, priced, answer);
  }
  bound(at, answer);
  for (const std::size_t book : as_stored_) {
    take_figures(at.known, book, answer);
    add_asked(at, at.known, book, answer);
  }
  for (const std::size_t book : re_estimated_) {
    const std::map<std::string, Estimate> known = from_tally(at, book);
    take_figures(known, book, answer);
    add_asked(at, known, book, answer);
  }
  answer.leaks = leaks(at);
  return answer;
}

bool RepricedStudy::resamples_grid(const std::vector<NamedBook>& books, std::size_t views) const {
  const auto vectors = std::count_if(books.begin(), books.end(), [](const NamedBook& book) {
    return book.origin == NamedBook::Origin::grid;
  });
  return points_.size() * static_cast<std::size_t>(vectors) * views <= resampled_up_to;
}

void RepricedStudy::each_point(const RepriceRequest& request,
                               const std::function<std::string(const RepricedAnswer&)>& write,
                               const std::function<void(std::string_view)>& sink) const {
  constexpr std::size_t most_at_once = 128;
  const FigureMaker maker(*this, request);
  std::vector<std::unique_ptr<const StoredStudy>> readers;  // one a thread
  for (std::uint32_t t = 0; t < threads_; ++t)
    readers.push_back(std::make_unique<const StoredStudy>(study_.store().path()));
  std::vector<std::string> texts(std::min(most_at_once, points_.size()));
  for (std::size_t first = 0; first < points_.size(); first += texts.size()) {
    const std::size_t count = std::min(texts.size(), points_.size() - first);
    std::atomic<std::size_t> taken{0};
    in_parallel(count, threads_, [&] {
      return [&, priced = std::vector<PricedPoint>(request.books.size()), own = readers[taken++].get()](
                 std::size_t i) mutable { texts[i] = write(maker.answer(first + i, *own, priced)); };
    });
    for (std::size_t i = 0; i < count; ++i) sink(texts[i]);
  }
}

RepricedFigures RepricedStudy::figures(const std::vector<NamedBook>& books, const std::vector<View>& views,
                                       double confidence) const {
  RepricedFigures figures;
  for (const View view : views) figures[static_cast<std::size_t>(view)].resize(points_.size() * books.size());
  const auto keep = [&](const RepricedAnswer& answer) {
    for (const View view : views) {
      const auto index = static_cast<std::size_t>(view);
      std::copy(answer.figures[index].begin(), answer.figures[index].end(),
                figures[index].begin() + static_cast<std::ptrdiff_t>(answer.point * books.size()));
    }
    return std::string();
  };
  each_point({books, views, confidence, {}}, keep, [](std::string_view) {});
  return figures;
}

std::vector<RepricedFigure> RepricedStudy::figures(const std::vector<NamedBook>& books, View view,
                                                   double confidence) const {
  return figures(books, std::vector<View>{view}, confidence)[static_cast<std::size_t>(view)];
}

}  // namespace dronewall
