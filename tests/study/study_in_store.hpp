// For tests: a study in memory, swept into a store.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dronewall/kinds/kinds.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/point_model.hpp"
#include "scenario/memory_files.hpp"
#include "study/made_up_points.hpp"

namespace dronewall::test {

/// Drones that are seen at once and engaged by batteries within reach; what is added decides the rest.
inline std::string raid_text(const std::string& more) {
  return "scenario: A raid\ntime: {duration: 1 h}\n"
         "threats: {flyer: {class: drone, speed: 50 m/s, altitude: 100 m}}\n"
         "sensors: {eye: {at: {x: 0 km, y: 0 km}, horizon: none, law: definite}}\n"
         "attacks: {raid: {threat: flyer, count: 4, route: [{x: -50 km, y: 5 km}, {x: 50 km, y: 5 km}], "
         "goal: overfly}}\n" +
         more;
}

class StudyInStore {
 public:
  StudyInStore(std::string scenario, std::string study, std::uint64_t replications)
      : files_({{"raid.yaml", std::move(scenario)}, {"study.yaml", std::move(study)}}) {
    study_ = read_study("study.yaml", files_, kind_tables(), problems_);
    INFO(problems_.text());
    REQUIRE_FALSE(problems_.has_errors());
    models_ = std::make_unique<PointModels>(study_, files_, kind_tables(), all_kinds(), problems_);
    const DesignMatrix design = make_design(study_, problems_);
    INFO(problems_.text());
    REQUIRE_FALSE(problems_.has_errors());
    plan(design);
    sweep(design, replications);
  }

  [[nodiscard]] std::string store() const { return folder_.file("study.db"); }
  [[nodiscard]] const StudyDescription& study() const { return study_; }
  [[nodiscard]] const PointModels& models() const { return *models_; }
  [[nodiscard]] PriceBook book() const {
    std::string why;
    return models_->compile({}, why)->scenario.prices;
  }

 private:
  void plan(const DesignMatrix& design) {
    Store store(this->store(), StoreAccess::write);
    std::vector<StoredFactor> factors;
    for (const DesignMatrix::Column& column : design.columns())
      factors.push_back({study_.factors[column.factor].path, "uncertain", ""});
    store.set_factors(factors);
    store.set_text(study_text::confidence, "0.95");
    std::set<std::uint64_t> seen;  // Rows that say the same are one point.
    for (std::size_t row = 0; row < design.points(); ++row) {
      if (!seen.insert(design.hash(row, study_)).second) continue;
      StoredPoint planned;
      planned.point = static_cast<StoredPointId>(rows_.size());
      planned.number = planned.point;
      planned.hash = design.hash(row, study_);
      rows_.push_back(row);
      std::vector<std::string> settings;
      for (const FactorValue& value : design.values(row, study_)) settings.push_back(value.text);
      store.add_point(planned, settings);
    }
    store.commit();
  }
  void sweep(const DesignMatrix& design, std::uint64_t replications) {
    Store store(this->store(), StoreAccess::write);
    std::vector<PointTask> tasks;
    for (StoredPointId point = 0; point < rows_.size(); ++point) tasks.push_back({point, replications});
    const MakePoint make = [&](StoredPointId point) {
      std::string why;
      const auto model = models_->compile(design.values(rows_[point], study_), why);
      if (!model) throw PointFailed(why);
      return RunnablePoint{std::make_shared<const LedgerLayout>(model->model->layout()), model->measures,
                           model_runners(model->model, {.seed = study_.seed})};
    };
    const RunPointsResult result = run_points(store, tasks, make, {.at_least = replications}, {.threads = 2});
    REQUIRE(result.failed == 0);
  }

  Folder folder_;
  std::vector<std::size_t> rows_;  // of the design, by point
  MemoryFiles files_;
  Sources sources_;
  Problems problems_{sources_};
  StudyDescription study_;
  std::unique_ptr<PointModels> models_;
};

}  // namespace dronewall::test
