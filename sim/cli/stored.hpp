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
  std::vector<std::string> prices;  ///< price books, later wins
  std::string data;
  std::uint32_t threads = 0;  ///< 0: all cores
};
void add_store_options(const Arguments& command, StoreOptions& options);

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
  /// Whether the scenario's files are still word for word those of the sweep, as is_ready() has found.
  [[nodiscard]] bool has_prices_of_sweep() const { return has_prices_of_sweep_; }
  /// Paths of factors that change prices.
  [[nodiscard]] const std::vector<std::string>& price_factors() const { return price_factors_; }
  /// The book of a point under the books of the command line.
  [[nodiscard]] const PriceBook& book_of(std::size_t point);

  /// Points at which a doctrine that read prices would have chosen otherwise under the book, with what it
  /// would have done; at most `most`. A scenario with planning prices of its own has none.
  struct ChangedPoint {
    std::size_t point = 0;
    std::vector<std::string> changes;
  };
  [[nodiscard]] std::vector<ChangedPoint> changed_points(const std::vector<NamedBook>& books);

 private:
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
  std::vector<std::string> price_factors_;
  std::map<std::vector<std::string>, PriceBook> books_;
};

}  // namespace dronewall
