// Which waiting target first.
#include <vector>

#include "dronewall/replication/policy.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

/// By the moment it became engageable.
class FirstCome final : public NextPolicy {
 public:
  [[nodiscard]] double key(const WaitingTarget& target) const override { return target.engageable_since_s; }
};

/// Earliest arrival at its goal first.
class TimeLeft final : public NextPolicy {
 public:
  [[nodiscard]] double key(const WaitingTarget& target) const override { return target.arrival_s; }
};

/// In the order of a list of classes; classes that are not in it come last. Within a class, first come.
class ClassOrder final : public NextPolicy {
 public:
  explicit ClassOrder(std::vector<ClassId> order) : order_(std::move(order)) {}
  [[nodiscard]] double key(const WaitingTarget& target) const override {
    for (std::size_t i = 0; i < order_.size(); ++i)
      if (order_[i] == target.perceived) return static_cast<double>(i);
    return static_cast<double>(order_.size());
  }

 private:
  std::vector<ClassId> order_;
};

/// By lot: each waiting target draws its own.
class RandomOrder final : public NextPolicy {
 public:
  [[nodiscard]] double key(const WaitingTarget& target) const override { return target.lot; }
  [[nodiscard]] bool draws_lots() const override { return true; }
};

}  // namespace

Kind first_come_kind() {
  return simple_kind<FirstCome>("next", "first-come", "The target that became engageable first.");
}
Kind time_left_kind() {
  return simple_kind<TimeLeft>("next", "time-left", "The target that reaches its goal first.");
}
Kind random_order_kind() { return simple_kind<RandomOrder>("next", "random", "Any waiting target, by lot."); }

Kind class_order_kind() {
  Key order;
  order.name = "value";
  order.shape = Shape::names;
  order.required = true;
  order.refers_to = "classes";
  order.help = "Classes, the most urgent first.";
  Kind kind;
  kind.keys = {
      "next", "class", {"class", "By class, in the order of a list; then first come.", {order}, ""}, "value"};
  kind.build = [](const KindUse& use, BuildContext& context) -> std::unique_ptr<CompiledKind> {
    std::vector<ClassId> classes;
    if (const Values::Value* value = use.own.find("value"))
      for (const Name& name : value->names) classes.push_back(context.class_id(name.text));
    return std::make_unique<ClassOrder>(std::move(classes));
  };
  return kind;
}

}  // namespace dronewall
