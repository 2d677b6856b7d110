// What commands on a store share: the study file that the store names, its prices, and its points' models.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "dronewall/report/run_report.hpp"
#include "dronewall/scenario/study.hpp"
#include "dronewall/study/reprice.hpp"
#include "dronewall/study/stored_sensitivity.hpp"

namespace dronewall {

struct StoreOptions {
  std::string store;
  std::string study;                ///< "": the file that the store names
  std::vector<std::string> prices;  ///< price books, or names of the study's own; later wins
  std::string data;
  std::uint32_t threads = 0;  ///< 0: all cores
};
void add_store_options(const Arguments& command, StoreOptions& options);

/// What doctrines that read prices plan with, when other prices are laid on what they did.
enum class Planning {
  follows,  ///< with the prices that are laid on: where those would change a choice they are refused
  keeps     ///< with the scenario's own
};
/// --keep-planning.
void add_planning_option(const Arguments& command, Planning& planning);

/// A store with the study and the scenario that it was made from, read anew.
class StoredInput {
 public:
  /// Reads both; is_ready() says what is wrong with the files.
  StoredInput(const StoreOptions& options, std::uint32_t threads);

  [[nodiscard]] const RepricedStudy& stored() const { return stored_; }
  /// With the seed that it was swept with.
  [[nodiscard]] const StudyDescription& study() const { return study_; }
  /// Says what is wrong with the files, and whether they are still those that were swept: false when they
  /// cannot be read and when something in them that decides a quantity has changed.
  [[nodiscard]] bool is_ready(const OutputOptions& output);
  /// The study's file as it was found; "" when it was not.
  [[nodiscard]] const std::string& file() const { return file_; }

  /// Of what is made from it.
  [[nodiscard]] Manifest manifest(const std::string& line, double confidence) const;

  /// The scenario's own book, and the same under the books of the command line.
  [[nodiscard]] const PriceBook& own_book() const { return own_; }
  [[nodiscard]] const PriceBook& given_book() const { return given_; }
  /// The study's own book whose name was given, where nothing else was.
  [[nodiscard]] const PriceVariant* given_variant() const;
  /// Whether the scenario's files are still word for word those of the sweep, as is_ready() has found.
  [[nodiscard]] bool has_prices_of_sweep() const { return has_prices_of_sweep_; }
  /// Paths of factors that change prices.
  [[nodiscard]] const std::vector<std::string>& price_factors() const { return price_factors_; }
  /// The book of a point under the books of the command line.
  [[nodiscard]] const PriceBook& book_of(std::size_t point);

  /// A choice that a doctrine that read prices would have made otherwise under one of several books.
  struct ChangedChoice {
    std::size_t book = 0;
    std::string change;                 ///< `aim120c would be taken before aim9x`
    std::size_t points = 0, first = 0;  ///< how many, and the first of them
  };
  /// The books of each point, as many at all. A scenario with planning prices of its own changes nothing.
  using BooksOfPoint = std::function<std::vector<const PriceBook*>(std::size_t)>;
  [[nodiscard]] std::vector<ChangedChoice> changed_choices_under(const BooksOfPoint& books_of);
  /// Says on stderr that these changes forbid to lay the books on what is stored. Names are of the books.
  void refuse(const std::vector<ChangedChoice>& changes, const std::vector<std::string>& names) const;
  /// `aim120c would be taken before aim9x at 3 of 8 points, the first of them point 4 (8, 0.6)`.
  [[nodiscard]] std::string words_of(const ChangedChoice& change) const;
  /// Where prices turn a doctrine's choice, others being the book's; nothing where none reads them. The book
  /// must outlive it.
  [[nodiscard]] TurnsAtPoint turns_under(const BookOfPoint& book_of);

 private:
  void read_books(Problems& problems);
  [[nodiscard]] const PriceVariant* variant(const std::string& name) const;
  [[nodiscard]] PriceBook under_variants(PriceBook book) const;
  [[nodiscard]] bool plans_with_prices() const;
  /// The model of a point as it was swept, and what its choices by price can depend on.
  [[nodiscard]] std::shared_ptr<const Model> model_of(std::size_t point);
  [[nodiscard]] std::vector<std::string> choice_key(std::size_t point) const;
  void find_price_factors();
  [[nodiscard]] std::vector<Change> changes_of(std::size_t point,
                                               const std::function<bool(const std::string&)>& wanted) const;

  StoreOptions options_;
  std::uint32_t threads_;
  RepricedStudy stored_;
  std::string file_;
  Sources sources_;
  Problems problems_{sources_};
  std::unique_ptr<DiskFiles> files_;
  StudyDescription study_;
  std::unique_ptr<ScenarioTexts> texts_, given_texts_;
  bool has_prices_of_sweep_ = false;
  bool plans_itself_ = false;  ///< the scenario has planning prices
  PriceBook own_, given_;
  std::vector<const PriceVariant*> variants_;  ///< of the study, that were given
  std::vector<std::string> price_factors_;
  std::map<std::vector<std::string>, PriceBook> books_;
};

}  // namespace dronewall
