// From a design point to a compiled model: the scenario with the point's values set.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dronewall/model/model.hpp"
#include "dronewall/pricing/pricing.hpp"
#include "dronewall/scenario/study.hpp"
#include "dronewall/study/designs.hpp"
#include "dronewall/study/requested.hpp"

namespace dronewall {

struct KindBuilders;

/// A point's model, with its measures: the model's own, then those of money, as `run` lists them.
struct PointModel {
  ScenarioDescription scenario;
  std::shared_ptr<const Model> model;
  Pricing pricing;
  std::vector<MeasureDefinition> measures;
};

/// Compiles the points of one study. Constant after construction; used by several threads at once.
class PointModels {
 public:
  /// Reads the scenario with the study's `add`. What is wrong is reported to `problems`; the study, the files
  /// and the kinds must outlive this.
  PointModels(const StudyDescription& study, FileSource& files, const KindTables& tables,
              const KindBuilders& kinds, Problems& problems);
  ~PointModels();
  PointModels(const PointModels&) = delete;
  PointModels& operator=(const PointModels&) = delete;

  /// The model with these values set; nullopt after reporting to `problems`, which must stand on sources().
  [[nodiscard]] std::optional<PointModel> compile(const std::vector<FactorValue>& values,
                                                  Problems& problems) const;
  /// The same in one line: `why` is the first problem, and how many more there are.
  [[nodiscard]] std::optional<PointModel> compile(const std::vector<FactorValue>& values,
                                                  std::string& why) const;
  /// Texts for the problems of one thread, which continue those of the study.
  [[nodiscard]] Sources sources() const { return Sources(&base_); }

  /// What the study asks for beside the listed measures: `measure:`, then what `select:` needs more.
  [[nodiscard]] const std::vector<Requested>& requested() const { return requested_; }
  /// Expected losses are priced unless a probability or a quantile of money is asked for, as in `run`.
  [[nodiscard]] Scoring scoring() const { return scoring_; }
  /// Of the scenario's texts with `add`; prices are in it.
  [[nodiscard]] std::uint64_t scenario_hash() const { return scenario_hash_; }
  /// Whether a doctrine reads planning prices, as the scenario is or with any level of a factor of a
  /// doctrine.
  [[nodiscard]] bool reads_prices() const;
  /// What the money leaves out, of the scenario as it is and with the last level of every factor.
  [[nodiscard]] std::vector<NotCounted> not_counted() const;
  /// What decides a quantity, for telling what changed: the scenario's fields, and its prices where a
  /// doctrine reads them.
  [[nodiscard]] std::vector<ScenarioTexts::Field> fields() const;
  [[nodiscard]] const StudyDescription& study() const { return study_; }
  /// Of the scenario as it is.
  [[nodiscard]] const PriceBook& prices() const { return prices_; }

 private:
  class KeptFiles;

  const StudyDescription& study_;
  const KindTables& tables_;
  const KindBuilders& kinds_;
  std::unique_ptr<KeptFiles> files_;
  ScenarioTexts texts_;
  Sources base_;
  std::vector<Requested> requested_;
  Scoring scoring_ = Scoring::expected;
  bool solves_prices_ = false;  // a break-even price is asked for
  std::uint64_t scenario_hash_ = 0;
  PriceBook prices_;
};

}  // namespace dronewall
