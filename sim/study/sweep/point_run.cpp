#include "study/sweep/point_run.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "study/run/estimates.hpp"
#include "study/sweep/kept_results.hpp"

namespace dronewall {
namespace {

constexpr std::uint64_t range_size = 1'000;

std::uint64_t hash_of(const LinearForm& form, std::uint64_t hash) {
  hash = mix64(hash ^ std::bit_cast<std::uint64_t>(form.constant));
  for (const auto& [column, weight] : form.terms)
    hash = mix64(hash ^ column) + std::bit_cast<std::uint64_t>(weight);
  return mix64(hash);
}

std::uint64_t hash_of(const LedgerLine& line, std::uint64_t hash) {
  for (const std::string* text : {&line.item, &line.unit, &line.nation}) hash = mix64(hash_text(*text, hash));
  for (const auto& [nation, share] : line.paid_by)
    hash = mix64(hash_text(nation, hash)) + std::bit_cast<std::uint64_t>(share);
  return mix64(hash ^ (static_cast<std::uint64_t>(line.account) * 8 +
                       static_cast<std::uint64_t>(line.side) * 2 + (line.must_be_priced ? 1U : 0U)));
}

std::uint64_t hash_of(const Unresolved::Additions& additions, std::uint64_t hash) {
  for (const auto& [column, amount] : additions)
    hash = mix64(hash ^ column) + static_cast<std::uint64_t>(amount);
  return mix64(hash);
}

std::vector<Wanted> wanted_of(const PointGoal& goal, const RunnablePoint& point) {
  std::vector<Wanted> all;
  for (const Requested& requested : goal.requested) {
    const MeasureDefinition* measure = find_measure(point.measures, requested.measure);
    if (requested.kind != Requested::Kind::plain && measure != nullptr)
      all.emplace_back(requested, *measure, *point.layout);
  }
  return all;
}

Estimate absent(const Requested& requested) {
  Estimate estimate;
  estimate.name = requested.name;
  estimate.undefined_because = "this point has no such measure";
  return estimate;
}

}  // namespace

const std::vector<std::string>& measures_always_kept() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all = {"leak-fraction", "leakers"};
    for (const View view : all_views) all.push_back(std::string("cost-exchange.") + name_of(view));
    for (const View view : all_views) all.push_back(std::string("cost.defender.") + name_of(view));
    all.emplace_back("unresolved");
    return all;
  }();
  return names;
}

TallyPlan plan_stored_tally(const LedgerLayout& layout, const std::vector<MeasureDefinition>& measures) {
  TallyPlan plan = plan_tally(layout, measures);
  std::set<std::uint32_t> tracked(plan.tracked.begin(), plan.tracked.end());
  for (std::uint32_t column = 0; column < plan.columns; ++column)
    if (layout.columns[column].line) tracked.insert(column);
  plan.tracked.assign(tracked.begin(), tracked.end());
  return plan;
}

std::uint64_t hash_of_layout(const LedgerLayout& layout) {
  std::uint64_t hash = 1;
  for (const Column& column : layout.columns) {
    hash = hash_text(column.name, hash) ^ std::bit_cast<std::uint64_t>(column.quantum);
    hash = mix64(hash ^ column.expectation_of.value_or(~0U)) ^
           (column.is_count * 1U + column.of_stopped * 2U + column.may_be_negative * 4U +
            (column.counted_by == CountedBy::intruder) * 8U + column.is_arrivals * 16U);
    if (column.line) hash = hash_of(*column.line, hash);
  }
  for (const MeasureDefinition& measure : layout.measures) {
    hash = hash_of(measure.numerator, hash_text(measure.unit, hash_text(measure.name, hash)));
    if (measure.denominator) hash = hash_of(*measure.denominator, hash);
    if (measure.less) hash = hash_of(measure.less->denominator, hash_of(measure.less->numerator, hash));
  }
  for (const LedgerLine& line : layout.without_life) hash = hash_of(line, hash);
  for (const Unresolved& unresolved : layout.unresolved)
    hash = hash_of(unresolved.worst, hash_of(unresolved.stopped, mix64(hash ^ unresolved.column)));
  return hash;
}

PointRun::PointRun(StoredPointId point, RunnablePoint runnable, const PointGoal& goal, std::uint64_t at_most)
    : runnable_(std::move(runnable)),
      goal_(goal),
      layout_hash_(hash_of_layout(*runnable_.layout)),
      plan_(plan_stored_tally(*runnable_.layout, runnable_.measures)),
      wanted_(wanted_of(goal, runnable_)) {
  state_.point = point;
  rule_.cap = at_most;
  rule_.minimum = goal.at_least;
  if (goal.precision) rule_.goal = goal.precision->goal;
  for (Wanted& wanted : wanted_) wanted.reserve(at_most);
  plan_rows();
}

/// Where one sum needs rows, all lines of cost have them: so quantiles can be priced anew.
void PointRun::plan_rows() {
  std::set<std::uint32_t> columns;
  for (const Wanted& wanted : wanted_)
    for (const std::uint32_t column : wanted.columns_by_row()) columns.insert(column);
  const bool all = goal_.rows == RowsKept::all;
  for (std::uint32_t column = 0; column < plan_.columns; ++column)
    if (all || (!columns.empty() && runnable_.layout->columns[column].line)) columns.insert(column);
  row_columns_.assign(columns.begin(), columns.end());
}

// ---- What was finished before

bool PointRun::fits(const StoredTally& tally) const {
  return tally.moments.columns == plan_.columns && tally.moments.tracked == plan_.tracked &&
         std::equal(tally.counts.begin(), tally.counts.end(), plan_.counted.begin(), plan_.counted.end(),
                    [](const auto& count, std::uint32_t column) { return count.first == column; });
}

void PointRun::see_rows(const StoredRows& rows) {
  std::vector<std::int64_t> row(plan_.columns);
  for (std::uint64_t k = 0; k < rows.count; ++k) {
    if (rows.first + k >= rule_.cap) return;
    for (std::size_t c = 0; c < rows.columns.size(); ++c)
      row[rows.columns[c]] = rows.values[k * rows.columns.size() + c];
    for (Wanted& wanted : wanted_) wanted.see(rows.first + k, row.data());
  }
}

KeptResults PointRun::kept_in(const Store& store, StoredPointId point) const {
  const std::vector<Store::TallyPlace> tallies = store.tallies(point);
  const bool same_layout = std::all_of(tallies.begin(), tallies.end(), [&](const Store::TallyPlace& place) {
    return place.layout == layout_hash_;
  });
  if (!same_layout) return KeptResults::other_columns;
  const bool has_rows = row_columns_.empty() || are_rows_of(tallies, store.row_places(point), row_columns_);
  return has_rows ? KeptResults::all : KeptResults::without_rows;
}

bool PointRun::restore(const Store& store) {
  if (kept_in(store, state_.point) != KeptResults::all) return false;
  for (const Store::TallyPlace& place : store.tallies(state_.point)) {
    StoredTally tally = store.tally(state_.point, place.first);
    if (!fits(tally)) return false;
    if (place.first > 0) apart_.push_back(place.first);
    take_piece(place.first, Tally(plan_, std::move(tally)));
  }
  if (!row_columns_.empty()) store.each_rows(state_.point, [&](const StoredRows& rows) { see_rows(rows); });
  return true;
}

// ---- Ranges and looks

std::uint64_t PointRun::look_after(std::uint64_t look) const {
  if (!goal_.precision) return rule_.cap;
  return rule_.next_look(look);
}

void PointRun::begin() {
  handed_out_ = done();
  if (done() >= rule_.cap) return judge();
  // Looks are at the same places whatever was finished before.
  for (look_ = look_after(0); look_ < done();) look_ = look_after(look_);
  if (look_ == done()) judge();
}

std::optional<ReplicationRange> PointRun::next() {
  if (is_finished()) return std::nullopt;
  handed_out_ =
      std::max(handed_out_, done());  // Past pieces that were merged since the last range was given.
  for (auto piece = pieces_.find(handed_out_); piece != pieces_.end(); piece = pieces_.find(handed_out_))
    handed_out_ += piece->second.moments().count();
  if (handed_out_ >= look_) return std::nullopt;
  std::uint64_t end = std::min((handed_out_ / range_size + 1) * range_size, look_);
  if (const auto piece = pieces_.upper_bound(handed_out_); piece != pieces_.end())
    end = std::min(end, piece->first);
  const std::uint64_t first = std::exchange(handed_out_, end);
  return ReplicationRange{first, end - first};
}

RangeResult PointRun::run(const Runner& runner, ReplicationRange range, const std::atomic<bool>* stop) {
  RangeResult result{range.first, Tally(plan_), {range.first, 0, row_columns_, {}}};
  std::vector<std::int64_t> row(plan_.columns);
  for (std::uint64_t k = range.first; k < range.end(); ++k) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) {
      // Rows are stored by whole ranges, so that an interruption leaves no mark.
      if (row_columns_.empty()) break;
      return {range.first, Tally(plan_), {}};
    }
    runner(static_cast<std::uint32_t>(k), row.data());
    result.tally.add(static_cast<std::uint32_t>(k), row.data());
    for (Wanted& wanted : wanted_) wanted.see(k, row.data());
    for (const std::uint32_t column : row_columns_) result.rows.values.push_back(row[column]);
    ++result.rows.count;
  }
  return result;
}

void PointRun::take_piece(std::uint64_t first, Tally tally) {
  pieces_.emplace(first, std::move(tally));
  for (auto piece = pieces_.find(done()); piece != pieces_.end(); piece = pieces_.find(done())) {
    total_ ? total_->merge(piece->second) : static_cast<void>(total_.emplace(std::move(piece->second)));
    pieces_.erase(piece);
  }
  state_.replications = done();
  if (state_.state == PointState::planned && done() > 0) state_.state = PointState::begun;
}

bool PointRun::add(RangeResult result) {
  if (result.tally.moments().count() == 0) return false;
  if (!row_columns_.empty()) rows_.emplace(result.first, std::move(result.rows));
  take_piece(result.first, std::move(result.tally));
  return done() >= look_;
}

/// Of a probability, what happens must have been seen often enough where a share of it is asked for.
PrecisionVerdict PointRun::verdict_on(const Requested& requested, const Wanted& wanted) const {
  const Estimate watched = wanted.result(*total_, done(), goal_.confidence);
  PrecisionSample sample;
  sample.replications = done();
  sample.mean = watched.mean.value_or(std::nan(""));
  if (watched.low && watched.high)
    sample.interval = ConfidenceInterval(*watched.low, *watched.high, IntervalMethod::order_statistic);
  if (requested.kind == Requested::Kind::probability &&
      goal_.precision->goal.scale == PrecisionScale::relative)
    sample.events = static_cast<std::uint64_t>(std::lround(sample.mean * static_cast<double>(watched.n)));
  return judge_precision(rule_, sample);
}

std::optional<PrecisionVerdict> PointRun::verdict() const {
  if (!goal_.precision) return std::nullopt;
  auto wanted = wanted_.begin();
  for (const Requested& requested : goal_.requested) {
    if (requested.kind == Requested::Kind::plain ||
        find_measure(runnable_.measures, requested.measure) == nullptr)
      continue;
    if (requested.name == goal_.precision->measure) return verdict_on(requested, *wanted);
    ++wanted;
  }
  const MeasureDefinition* measure = find_measure(runnable_.measures, goal_.precision->measure);
  if (measure != nullptr) return judge_measure(*runnable_.layout, *measure, *total_, rule_, goal_.confidence);
  return PrecisionVerdict{done() >= rule_.cap ? PrecisionState::capped : PrecisionState::not_yet,
                          std::nan(""), "this point has no such measure"};
}

void PointRun::judge(const std::optional<PrecisionVerdict>& verdict) {
  state_.state = done() >= rule_.cap && !verdict ? PointState::done : PointState::begun;
  if (!verdict) return;
  state_.half_width.reset();
  if (std::isfinite(verdict->half_width)) state_.half_width = verdict->half_width;
  state_.reason = verdict->reason;
  if (verdict->state == PrecisionState::reached) state_.state = PointState::reached;
  if (verdict->state == PrecisionState::capped) state_.state = PointState::capped;
  while (look_ <= done() && !is_finished()) look_ = look_after(look_);
}

// ---- What a store is told

void PointRun::fail(const std::string& reason) {
  state_.state = PointState::failed;
  state_.reason = reason;
}

std::optional<StoredTally> PointRun::stored() const {
  if (!total_) return std::nullopt;
  return total_->state(0);
}

std::vector<std::uint64_t> PointRun::take_absorbed() {
  std::vector<std::uint64_t> absorbed;
  for (const std::uint64_t first : apart_)
    if (!pieces_.contains(first)) absorbed.push_back(first);
  std::erase_if(apart_, [&](std::uint64_t first) { return !pieces_.contains(first); });
  return absorbed;
}

/// Rows past what is merged wait: they are stored with their tally.
std::vector<StoredRows> PointRun::take_rows() {
  std::vector<StoredRows> ready;
  while (!rows_.empty() && rows_.begin()->first < done()) {
    ready.push_back(std::move(rows_.begin()->second));
    rows_.erase(rows_.begin());
  }
  return ready;
}

std::vector<Estimate> PointRun::estimates() const {
  std::vector<MeasureDefinition> measures;
  std::vector<std::string> names;
  for (const Requested& requested : goal_.requested)
    if (requested.kind == Requested::Kind::plain) names.push_back(requested.measure);
  for (const std::string& name : measures_always_kept())
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  for (const std::string& name : names)
    if (const MeasureDefinition* measure = find_measure(runnable_.measures, name))
      measures.push_back(*measure);
  std::vector<Estimate> plain = estimate_all(*runnable_.layout, measures, *total_, goal_.confidence);

  std::vector<Estimate> all;
  auto wanted = wanted_.begin();
  for (const Requested& requested : goal_.requested) {
    const auto found = std::find_if(plain.begin(), plain.end(),
                                    [&](const Estimate& one) { return one.name == requested.measure; });
    if (find_measure(runnable_.measures, requested.measure) == nullptr)
      all.push_back(absent(requested));
    else if (requested.kind != Requested::Kind::plain)
      all.push_back((wanted++)->result(*total_, done(), goal_.confidence));
    else if (found != plain.end())
      all.push_back(std::move(*found)), plain.erase(found);
  }
  for (Estimate& estimate : plain) all.push_back(std::move(estimate));
  return all;
}

std::optional<double> PointRun::watched_width(const std::vector<Estimate>& estimates) const {
  const std::string name = goal_.precision ? goal_.precision->measure : "leak-fraction";
  for (const Estimate& estimate : estimates)
    if (estimate.name == name && estimate.half_width() && estimate.mean && *estimate.mean != 0)
      return *estimate.half_width() / std::abs(*estimate.mean);
  return std::nullopt;
}

}  // namespace dronewall
