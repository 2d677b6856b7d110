#include "dronewall/study/stored_trials.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dronewall/core/contracts.hpp"
#include "dronewall/core/hash.hpp"
#include "study/select/trial_changes.hpp"

namespace dronewall {
namespace {

/// With its bound to the last digit, which a printed name may round.
std::string name_of(const Requested& figure) {
  if (figure.kind == Requested::Kind::plain) return figure.measure;
  return fmt::format("P({} {} {})", figure.measure, sign_of(figure.comparison), figure.bound);
}

std::string name_of(const TrialFigure& figure) {
  const std::string name = name_of(static_cast<const Requested&>(figure));
  switch (figure.aloft) {
    case Aloft::left_out:
      return name;
    case Aloft::stopped:
      return name + ", all aloft stopped";
    case Aloft::worst:
      return name + ", all aloft at their worst";
  }
  expects(false);
}

std::uint64_t hash_of(const TrialStudy::Texts& settings) {
  std::string all;
  for (const auto& [path, value] : settings) all += path + '=' + value + '\n';
  return hash_text(all);
}

void add_settings(const std::vector<ChoiceAxis>& axes, const LatticePoint& point,
                  TrialStudy::Texts& settings) {
  for (std::size_t i = 0; i < point.size(); ++i)
    settings.emplace_back(axes.at(i).path, axes[i].levels.at(point[i]));
}

StoredSums sums_of_figure(const Trial& trial, std::size_t figure, std::uint64_t first,
                          const std::vector<FigureSum>& sums) {
  StoredSums made;
  made.first = first;
  for (std::size_t i = figure; i < sums.size(); i += trial.figures.size()) {
    made.above.push_back(sums[i].above);
    made.below.push_back(sums[i].below);
    made.whole.push_back(sums[i].whole);
  }
  made.count = made.above.size() * trial.round;
  return made;
}

}  // namespace

/// Rounds of a trial while its figures come together, one figure after the other.
struct StoredTrials::Gathered {
  const Trial& trial;
  std::uint64_t first, end;  // replications
  std::vector<FigureSum> sums = std::vector<FigureSum>(rounds() * trial.figures.size());
  std::vector<std::size_t> there = std::vector<std::size_t>(rounds());  // figures, by round

  [[nodiscard]] std::size_t rounds() const { return (end - first) / trial.round; }
  void add(std::size_t figure, const StoredSums& piece) {
    for (std::size_t i = 0; i < piece.above.size(); ++i) {
      const std::uint64_t at = piece.first + i * trial.round;
      if (at < first || at >= end) continue;
      const std::uint64_t round = (at - first) / trial.round;
      sums[round * trial.figures.size() + figure] = {piece.above[i], piece.below[i], piece.whole[i]};
      there[round] += 1;
    }
  }
  /// Runs of rounds of which every figure is there.
  [[nodiscard]] std::vector<ObservedRounds> whole() const {
    std::vector<ObservedRounds> all;
    const std::size_t figures = trial.figures.size();
    bool goes_on = false;
    for (std::size_t r = 0; r < there.size(); ++r) {
      const bool is_whole = there[r] == figures;
      if (is_whole && !goes_on) all.push_back({first + r * trial.round, {}});
      goes_on = is_whole;
      if (!is_whole) continue;
      const auto begin = sums.begin() + static_cast<std::ptrdiff_t>(r * figures);
      all.back().sums.insert(all.back().sums.end(), begin, begin + static_cast<std::ptrdiff_t>(figures));
    }
    return all;
  }
};

StoredTrials::StoredTrials(std::string path, const SelectSpace& space, TrialStudy study,
                           std::chrono::milliseconds between_commits)
    : path_(std::move(path)),
      choices_(space.choices),
      answers_(space.answers),
      study_(std::move(study)),
      between_commits_(between_commits) {
  if (Store::is_begun(path_)) open(StoreAccess::read);
}

StoredTrials::~StoredTrials() {
  try {
    commit();
  } catch (const StoreError&) {  // What is lost then, the exception that is under way has told.
  }
}

void StoredTrials::open(StoreAccess access) {
  store_.reset();
  known_.clear();
  store_.emplace(path_, access);
  refuse_changes(*store_, study_);
  writes_ = access == StoreAccess::write;
}

void StoredTrials::enter_study() {
  for (const TrialStudy::Texts* texts : {&study_.names, &study_.decides})
    for (const auto& [key, value] : *texts) store_->set_text(key, value);
  store_->set_fields(study_.fields);
  store_->set_factors(study_.factors);
}

TrialStudy::Texts StoredTrials::settings(const Trial& trial) const {
  TrialStudy::Texts settings;
  add_settings(choices_, trial.mix, settings);
  add_settings(answers_, trial.answer, settings);
  std::sort(settings.begin(), settings.end());
  return settings;
}

StoredTrials::SeriesOfTrial StoredTrials::find_series(const Trial& trial, std::uint64_t hash) const {
  SeriesOfTrial found(trial.figures.size());
  const std::optional<StoredTrialId> stored = store_ ? store_->find_trial(hash) : std::nullopt;
  if (!stored) return found;
  for (const StoredSeries& series : store_->series(*stored))
    for (std::size_t f = 0; f < found.size(); ++f) {
      if (series.figure != name_of(trial.figures[f])) continue;
      const bool is_it = trial.forms.empty() ? series.texts == study_.texts : series.form == trial.forms[f];
      if (is_it) found[f] = series.series;
    }
  return found;
}

const StoredTrials::SeriesOfTrial& StoredTrials::series_of(const Trial& trial) {
  const std::uint64_t hash = hash_of(settings(trial));
  const auto [known, is_new] = known_.try_emplace(hash);
  const auto has_all = [&] {
    return std::all_of(known->second.begin(), known->second.end(), [](const auto& one) { return one; });
  };
  // What could not be told before the trial was compiled may be told now.
  if (is_new || !has_all()) known->second = find_series(trial, hash);
  return known->second;
}

bool StoredTrials::knows(const Trial& trial) {
  const std::lock_guard lock(mutex_);
  const SeriesOfTrial& series = series_of(trial);
  return std::all_of(series.begin(), series.end(), [](const auto& one) { return one.has_value(); });
}

void StoredTrials::gather(StoredSeriesId series, std::size_t figure, Gathered& into) {
  for (const auto& [first, count] : store_->places(series)) {
    if (first >= into.end || first + count <= into.first) continue;
    const std::optional<StoredSums> piece = store_->sums(series, first);
    if (piece && piece->above.size() * into.trial.round == count)
      into.add(figure, *piece);
    else
      to_remove_.insert({series, first});
  }
}

std::vector<ObservedRounds> StoredTrials::take(const Trial& trial, std::uint64_t first, std::uint64_t end) {
  const std::lock_guard lock(mutex_);
  if (!store_ || first >= end) return {};
  const SeriesOfTrial& series = series_of(trial);
  Gathered gathered{trial, first, end};
  for (std::size_t f = 0; f < series.size(); ++f) {
    if (!series[f]) return {};
    gather(*series[f], f, gathered);
  }
  return gathered.whole();
}

void StoredTrials::prepare(const Trial& trial) {
  const std::lock_guard lock(mutex_);
  if (!writes_) {
    open(StoreAccess::write);
    enter_study();
  }
  for (const auto& [its_series, first] : to_remove_) store_->remove_sums(its_series, first);
  damaged_ += to_remove_.size();
  to_remove_.clear();
  expects(trial.forms.size() == trial.figures.size());
  const TrialStudy::Texts its = settings(trial);
  const std::uint64_t hash = hash_of(its);
  const std::optional<StoredTrialId> stored = store_->find_trial(hash);
  const StoredTrialId id = stored ? *stored : store_->add_trial(hash, its);
  SeriesOfTrial series = find_series(trial, hash);
  std::map<std::string, StoredSeriesId> added;  // A constraint may be on the objective: one series.
  for (std::size_t f = 0; f < series.size(); ++f) {
    const std::string name = name_of(trial.figures[f]);
    if (const auto same = added.find(name); same != added.end()) series[f] = same->second;
    if (series[f]) {
      store_->set_texts(*series[f], study_.texts);
      continue;
    }
    if (stored) lacking_.insert(name_of(static_cast<const Requested&>(trial.figures[f])));
    series[f] = added[name] = store_->add_series(id, {0, name, trial.forms[f], study_.texts});
  }
  known_[hash] = std::move(series);
}

/// Of the rounds those that no piece has: pieces do not overlap.
void StoredTrials::add_lacking_rounds(StoredSeriesId series, const Trial& trial, const StoredSums& sums) {
  const std::vector<SelectionStore::Place> places = store_->places(series);
  StoredSums piece;
  const auto write = [&] {
    piece.count = piece.above.size() * trial.round;
    if (piece.count > 0) store_->set_sums(series, piece);
    piece = {};
  };
  for (std::size_t i = 0; i < sums.above.size(); ++i) {
    const std::uint64_t at = sums.first + i * trial.round;
    const bool is_there = std::any_of(places.begin(), places.end(), [&](const SelectionStore::Place& place) {
      return place.first <= at && at < place.first + place.count;
    });
    if (is_there) {
      write();
      continue;
    }
    if (piece.above.empty()) piece.first = at;
    piece.above.push_back(sums.above[i]);
    piece.below.push_back(sums.below[i]);
    piece.whole.push_back(sums.whole[i]);
  }
  write();
}

void StoredTrials::keep(const Trial& trial, std::uint64_t first, const std::vector<FigureSum>& sums) {
  const std::lock_guard lock(mutex_);
  expects(writes_);
  const SeriesOfTrial& series = series_of(trial);
  for (std::size_t f = 0; f < series.size(); ++f)
    add_lacking_rounds(series[f].value(), trial, sums_of_figure(trial, f, first, sums));
  const auto now = std::chrono::steady_clock::now();
  if (last_commit_ && now - *last_commit_ < between_commits_) return;
  store_->commit();
  last_commit_ = now;
}

void StoredTrials::commit() {
  const std::lock_guard lock(mutex_);
  if (writes_) store_->commit();
}

}  // namespace dronewall
