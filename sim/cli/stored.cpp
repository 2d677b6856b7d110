#include "cli/stored.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "dronewall/core/phrases.hpp"
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

}  // namespace

void add_store_options(const Arguments& command, StoreOptions& options) {
  command.argument({"store", "", "The store of a sweep, STUDY.db"}, options.store, Presence::required);
  command.option({"--study", "FILE", "The study file, where it no longer is where it was when the sweep ran"},
                 options.study);
  command.option({"--prices", "BOOK",
                  "A price book laid over the scenario's: a file, or the name of a book of the study's own "
                  "prices (repeatable, last wins)"},
                 options.prices);
  command.option({"--data", "DIR", "The folder of catalogs, instead of the program's own"}, options.data);
  command.whole_number({"--threads", "N", "Threads, all cores unless given"}, 1, 1024,
                       [&options](std::uint64_t n) { options.threads = static_cast<std::uint32_t>(n); });
}

void add_planning_option(const Arguments& command, Planning& planning) {
  command.flag({"--keep-planning", "", "Doctrines that read prices go on planning with the scenario's own"},
               [&planning] { planning = Planning::keeps; });
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
  read_books(problems_);
  if (problems_.has_errors()) return;
  const ScenarioDescription own = texts_->read({}, kind_tables(), problems_);
  plans_itself_ = own.plans_itself;
  own_ = own.prices;
  given_ = under_variants(given_texts_->read({}, kind_tables(), problems_).prices);
  if (!problems_.has_errors()) find_price_factors();
}

const PriceVariant* StoredInput::variant(const std::string& name) const {
  for (const PriceVariant& each : study_.prices)
    if (each.name.text == name) return &each;
  return nullptr;
}

const PriceVariant* StoredInput::given_variant() const {
  return options_.prices.size() == 1 && variants_.size() == 1 ? variants_.front() : nullptr;
}

PriceBook StoredInput::under_variants(PriceBook book) const {
  for (const PriceVariant* each : variants_) book = laid_over(std::move(book), each->book);
  return book;
}

/// Files are read with the scenario, the study's own books laid over them.
void StoredInput::read_books(Problems& problems) {
  std::vector<std::string> books;
  std::string names;
  for (const PriceVariant& each : study_.prices) names += (names.empty() ? "" : ", ") + each.name.text;
  for (const std::string& given : options_.prices) {
    std::string why;
    if (const PriceVariant* own = variant(given)) {
      variants_.push_back(own);
    } else if (!variants_.empty()) {
      problems.error({}, fmt::format("--prices {} stands behind a book of the study", escaped(given)),
                     "give files first, then the study's own books: the last wins");
    } else if (!names.empty() && !files_->read(given, "", why)) {
      problems.error({},
                     fmt::format("--prices {}: no book of the study, and no file ({})", escaped(given), why),
                     "the study has " + names);
    } else {
      books.push_back(given);
    }
  }
  given_texts_ = std::make_unique<ScenarioTexts>(study_, *files_, ReadOptions{{}, books, {}}, problems);
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
          "quantity:\nprices are those that stand in the files now\n");
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
  PriceBook book = under_variants(given_texts_->read(changes, kind_tables(), unheard).prices);
  return books_.emplace(key, std::move(book)).first->second;
}

bool StoredInput::plans_with_prices() const {
  return !plans_itself_ && stored_.study().text(study_text::reads_prices) == "yes";
}

std::shared_ptr<const Model> StoredInput::model_of(std::size_t point) {
  Problems unheard(sources_);
  const auto all = [](const std::string&) { return true; };
  return Model::compile(texts_->read(changes_of(point, all), kind_tables(), unheard), all_kinds(), unheard);
}

std::vector<std::string> StoredInput::choice_key(std::size_t point) const {
  std::vector<std::string> key;
  for (const Change& change : changes_of(point, is_of_choice)) key.push_back(change.value);
  return key;
}

std::vector<StoredInput::ChangedChoice> StoredInput::changed_choices_under(const BooksOfPoint& books_of) {
  std::vector<ChangedChoice> all;
  if (!plans_with_prices()) return all;
  using BookAndChange = std::pair<std::size_t, std::string>;
  std::map<std::vector<std::string>, std::vector<BookAndChange>> known;  // by what a choice depends on
  std::map<BookAndChange, ChangedChoice> found;
  for (std::size_t i = 0; i < stored_.points().size(); ++i) {
    const auto [at, is_new] = known.try_emplace(choice_key(i));
    if (const auto model = is_new ? model_of(i) : nullptr) {
      const std::vector<const PriceBook*> books = books_of(i);
      for (std::size_t b = 0; b < books.size(); ++b)
        for (std::string& change : changed_choices(*model, *books[b]))
          at->second.emplace_back(b, std::move(change));
    }
    for (const BookAndChange& each : at->second)
      ++found.try_emplace(each, ChangedChoice{each.first, each.second, 0, i}).first->second.points;
  }
  for (const auto& [key, change] : found) all.push_back(change);
  return all;
}

std::string StoredInput::words_of(const ChangedChoice& change) const {
  const std::size_t points = stored_.points().size();
  if (change.points == points)
    return fmt::format("{} at {}", change.change,
                       points == 1 ? "the one point" : fmt::format("all {}", counted(points, "point")));
  const RepricedPoint& first = stored_.points()[change.first];
  return fmt::format("{} at {} of {}, {} {} ({})", change.change, change.points, counted(points, "point"),
                     change.points == 1 ? "point" : "the first of them point",
                     first.stored.number.value_or(first.stored.point), fmt::join(first.settings, ", "));
}

void StoredInput::refuse(const std::vector<ChangedChoice>& changes,
                         const std::vector<std::string>& names) const {
  fmt::print(stderr,
             "dronewall: these prices cannot be laid on the stored quantities: a doctrine that reads prices "
             "would have\nchosen otherwise:\n");
  constexpr std::size_t most = 10;
  for (std::size_t i = 0; i < std::min(changes.size(), most); ++i)
    fmt::print(stderr, "  {}: {}\n", escaped(names[changes[i].book]), words_of(changes[i]));
  if (changes.size() > most) fmt::print(stderr, "  and {}\n", counted(changes.size() - most, "more change"));
  fmt::print(
      stderr,
      "Sweep anew with the new prices in the scenario; or, if the doctrine would go on planning with the "
      "old ones,\nwrite them as planning_prices there, or price what happened with --keep-planning.\n");
}

TurnsAtPoint StoredInput::turns_under(const BookOfPoint& book_of) {
  if (!plans_with_prices()) return {};
  using Turns = std::map<std::string, PriceTurns>;
  const auto known = std::make_shared<std::map<std::vector<std::string>, Turns>>();
  return [this, known, book_of](std::size_t point) -> const Turns& {
    const auto [at, is_new] = known->try_emplace(choice_key(point));
    if (const auto model = is_new ? model_of(point) : nullptr)
      at->second = price_turns(*model, book_of(point));
    return at->second;
  };
}

}  // namespace dronewall
