// Which feasible unit serves a target.
#include <limits>
#include <optional>
#include <vector>

#include "dronewall/replication/policy.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

class Nearest final : public AssignPolicy {
 public:
  [[nodiscard]] double score(const Candidate& candidate) const override { return candidate.distance_m; }
};

/// Earliest intercept.
class Fastest final : public AssignPolicy {
 public:
  [[nodiscard]] double score(const Candidate& candidate) const override { return candidate.intercept_s; }
  [[nodiscard]] bool reads_intercepts() const override { return true; }
};

class Cheapest final : public AssignPolicy {
 public:
  [[nodiscard]] double score(const Candidate& candidate) const override { return candidate.price; }
  [[nodiscard]] bool reads_prices() const override { return true; }
};

class HighestPk final : public AssignPolicy {
 public:
  [[nodiscard]] double score(const Candidate& candidate) const override { return -candidate.pk; }
};

/// Ascending price / pk: the order of single attempts with the least expected cost of a kill.
class BestValue final : public AssignPolicy {
 public:
  [[nodiscard]] double score(const Candidate& candidate) const override {
    // A round that cannot kill comes after all that can, and is not refused.
    return candidate.pk > 0 ? candidate.price / candidate.pk : std::numeric_limits<double>::max();
  }
  [[nodiscard]] bool reads_prices() const override { return true; }
};

/// Fires while price < pk × worth of the perceived class; among those, the best value. As with pk, `any`
/// stands for the classes that are not named and a decoy for a drone; a class without a worth is not fired
/// at.
class WorthIt final : public AssignPolicy {
 public:
  struct Worths {
    std::vector<std::pair<ClassId, double>> by_class;
    double of_any = 0;
  };
  explicit WorthIt(Worths worths) : worths_(std::move(worths)) {}

  [[nodiscard]] double score(const Candidate& candidate) const override {
    if (candidate.price < candidate.pk * worth_of(candidate.perceived)) return candidate.price / candidate.pk;
    return std::numeric_limits<double>::infinity();
  }
  [[nodiscard]] bool reads_prices() const override { return true; }

 private:
  [[nodiscard]] double worth_of(ClassId perceived) const {
    for (const auto& [threat_class, worth] : worths_.by_class)
      if (threat_class == perceived) return worth;
    return worths_.of_any;
  }

  Worths worths_;
};

}  // namespace

Kind nearest_kind() { return simple_kind<Nearest>("assign", "nearest", "The nearest feasible unit."); }
Kind fastest_kind() { return simple_kind<Fastest>("assign", "fastest", "The earliest intercept."); }
Kind cheapest_kind() {
  return simple_kind<Cheapest>("assign", "cheapest", "The lowest planning price of a round.");
}
Kind highest_pk_kind() {
  return simple_kind<HighestPk>("assign", "highest-pk",
                                "The highest kill probability against the perceived class.");
}
Kind best_value_kind() {
  return simple_kind<BestValue>("assign", "best-value", "The lowest planning price / kill probability.");
}

Kind worth_it_kind() {
  Key worth;
  worth.name = "worth";
  worth.shape = Shape::by_class;
  worth.dimension = Dimension::money;
  worth.low = 0;
  worth.required = true;
  worth.help = "What stopping a target of a class is worth, by perceived class; any stands for the rest.";
  Kind kind;
  kind.keys = {"assign",
               "worth-it",
               {"worth-it",
                "Fires only while the planning price is below pk × worth; the best value first.",
                {worth},
                ""},
               ""};
  kind.build = [](const KindUse& use, BuildContext& context) -> std::unique_ptr<CompiledKind> {
    WorthIt::Worths worths;
    std::optional<double> of_drone, of_decoy;
    if (const Values::Value* value = use.own.find("worth"))
      for (const auto& [name, amount] : value->by_name) {
        if (name.text == "any") worths.of_any = amount.mean();
        if (name.text == "drone") of_drone = amount.mean();
        if (name.text == "decoy") of_decoy = amount.mean();
        worths.by_class.emplace_back(context.class_id(name.text), amount.mean());
      }
    if (of_drone && !of_decoy) worths.by_class.emplace_back(context.class_id("decoy"), *of_drone);
    return std::make_unique<WorthIt>(std::move(worths));
  };
  return kind;
}

}  // namespace dronewall
