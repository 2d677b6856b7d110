#include "cli/stored.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/price_readers.hpp"
#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {
namespace {

/// The study as given, else as the store names it, else of that name beside the store.
std::string find_study(const StoreOptions& options, const StoredStudy& stored) {
  if (!options.study.empty()) return options.study;
  const std::filesystem::path named = stored.text(study_text::file);
  const std::filesystem::path beside = std::filesystem::path(options.store).parent_path() / named.filename();
  std::error_code error;
  if (std::filesystem::exists(named, error)) return named.string();
  return std::filesystem::exists(beside, error) ? beside.string() : named.string();
}

bool same_prices(const PriceBook& a, const PriceBook& b) {
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                    [](const auto& first, const auto& second) {
                      return first.first == second.first && first.second.low == second.second.low &&
                             first.second.point() == second.second.point() &&
                             first.second.high == second.second.high;
                    });
}

/// Whether a factor can have a part in what a doctrine chooses by price.
bool is_of_choice(const std::string& path) {
  for (const char* section : {"units", "weapons", "doctrine", "prices", "threats", "networks"})
    if (path.rfind(section, 0) == 0) return true;
  return false;
}

}  // namespace

void add_store_options(const Arguments& command, StoreOptions& options) {
  command.argument({"store", "", "The store of a sweep, STUDY.db"}, options.store, Presence::required);
  command.option({"--study", "FILE", "The study file, where it no longer is where it was when the sweep ran"},
                 options.study);
  command.option({"--prices", "BOOK", "A price book laid over the scenario's (repeatable, last wins)"},
                 options.prices);
  command.option({"--data", "DIR", "The folder of catalogs, instead of the program's own"}, options.data);
  command.whole_number({"--threads", "N", "Threads, all cores unless given"}, 1, 1024,
                       [&options](std::uint64_t n) { options.threads = static_cast<std::uint32_t>(n); });
}

StoredInput::StoredInput(const StoreOptions& options, std::uint32_t threads)
    : options_(options),
      threads_(threads),
      stored_(options.store, threads),
      file_(find_study(options, stored_.study())) {
  std::error_code error;
  if (!std::filesystem::exists(file_, error)) {
    problems_.error({}, fmt::format("the study {} is not there (its prices and ranges are read anew)", file_),
                    "give it with --study FILE");
    return;
  }
  files_ = std::make_unique<DiskFiles>(file_, data_folders(options.data));
  study_ = read_study(file_, *files_, kind_tables(), problems_);
  if (problems_.has_errors()) return;
  // The sweep may have been given another seed, and a design is drawn from it.
  if (const std::string seed = stored_.study().text(study_text::seed); !seed.empty())
    study_.seed = std::strtoull(seed.c_str(), nullptr, 10);
  texts_ = std::make_unique<ScenarioTexts>(study_, *files_, ReadOptions{}, problems_);
  given_texts_ =
      std::make_unique<ScenarioTexts>(study_, *files_, ReadOptions{{}, options.prices, {}}, problems_);
  if (problems_.has_errors()) return;
  const ScenarioDescription own = texts_->read({}, kind_tables(), problems_);
  plans_itself_ = own.planning_prices.has_value();
  own_ = own.prices;
  given_ = given_texts_->read({}, kind_tables(), problems_).prices;
  if (!problems_.has_errors()) find_price_factors();
}

bool StoredInput::is_ready(const OutputOptions& output) {
  if (problems_.has_errors() || !output.quiet) fmt::print(stderr, "{}", problems_.text());
  if (problems_.has_errors()) return false;
  try {
    Problems unheard(sources_);
    const PointModels models(study_, *files_, kind_tables(), all_kinds(), unheard);
    has_prices_of_sweep_ = !has_other_texts(stored_.study().store(), models);
    if (!has_prices_of_sweep_ && !output.quiet)
      fmt::print(
          stderr,
          "dronewall: the scenario's files have changed since the sweep, though nothing that decides a "
          "quantity:\nwhat is \"as swept\" has the prices that stand in the files now\n");
    return true;
  } catch (const StudyChanged& changed) {
    fmt::print(stderr, "dronewall: {}\n", changed.what());
    return false;
  }
}

Manifest StoredInput::manifest(const std::string& line, double confidence) const {
  const auto number = [&](const char* key, int base) {
    return std::strtoull(stored_.study().text(key).c_str(), nullptr, base);
  };
  return {.scenario = file_,
          .title = study_.title,
          .scenario_hash = number(study_text::scenario_hash, 16),
          .seed = study_.seed,
          .confidence = confidence,
          .fingerprint = number(study_text::fingerprint, 16),
          .command = line,
          .threads = threads_,
          .books = options_.prices,
          .results = number(study_text::results, 10)};
}

void StoredInput::find_price_factors() {
  for (const Factor& factor : study_.factors) {
    std::vector<std::string> texts = factor.levels;
    if (factor.range) texts = {factor.range->text(0), factor.range->text(0.999)};
    for (const std::string& text : texts) {
      Problems unheard(sources_);
      if (same_prices(own_, texts_->read({{factor.path, text}}, kind_tables(), unheard).prices)) continue;
      price_factors_.push_back(factor.path);
      break;
    }
  }
}

std::vector<Change> StoredInput::changes_of(std::size_t point,
                                            const std::function<bool(const std::string&)>& wanted) const {
  std::vector<Change> changes;
  const std::vector<StoredFactor>& factors = stored_.study().factors();
  for (std::size_t k = 0; k < factors.size(); ++k)
    if (wanted(factors[k].path)) changes.push_back({factors[k].path, stored_.points()[point].settings.at(k)});
  return changes;
}

const PriceBook& StoredInput::book_of(std::size_t point) {
  if (price_factors_.empty()) return given_;
  const std::vector<Change> changes = changes_of(point, [&](const std::string& path) {
    return std::find(price_factors_.begin(), price_factors_.end(), path) != price_factors_.end();
  });
  std::vector<std::string> key;
  for (const Change& change : changes) key.push_back(change.value);
  const auto known = books_.find(key);
  if (known != books_.end()) return known->second;
  Problems unheard(sources_);
  return books_.emplace(key, given_texts_->read(changes, kind_tables(), unheard).prices).first->second;
}

std::vector<StoredInput::ChangedPoint> StoredInput::changed_points(const std::vector<NamedBook>& books) {
  std::vector<ChangedPoint> changed;
  if (plans_itself_ || stored_.study().text(study_text::reads_prices) != "yes") return changed;
  std::map<std::vector<std::string>, std::vector<std::string>> known;  // by what a choice depends on
  for (std::size_t i = 0; i < stored_.points().size(); ++i) {
    std::vector<std::string> key;
    for (const Change& change : changes_of(i, is_of_choice)) key.push_back(change.value);
    auto found = known.find(key);
    if (found == known.end()) {
      Problems unheard(sources_);
      const auto all = [](const std::string&) { return true; };
      const ScenarioDescription scenario = texts_->read(changes_of(i, all), kind_tables(), unheard);
      const auto model = Model::compile(scenario, all_kinds(), unheard);
      std::vector<std::string> changes;
      for (const NamedBook& each : books)
        if (model)
          for (const std::string& change : changed_choices(*model, each.book))
            changes.push_back(books.size() > 1 ? each.name + ": " + change : change);
      found = known.emplace(std::move(key), std::move(changes)).first;
    }
    if (!found->second.empty()) changed.push_back({i, found->second});
  }
  return changed;
}

}  // namespace dronewall
