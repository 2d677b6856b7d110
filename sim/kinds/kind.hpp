// What a file of kinds hands to the registry: keys and builder together.
#pragma once
#include <memory>
#include <utility>

#include "dronewall/model/kind.hpp"
#include "dronewall/scenario/key_table.hpp"

namespace dronewall {

struct Kind {
  KindTables::Entry keys;
  KindBuilders::Builder build;
};

/// A kind without keys of its own.
template <class T>
[[nodiscard]] Kind simple_kind(const char* group, const char* name, const char* help) {
  return {
      {group, name, {name, help, {}, ""}, ""},
      [](const KindUse&, BuildContext&) -> std::unique_ptr<CompiledKind> { return std::make_unique<T>(); }};
}

// units/
[[nodiscard]] Kind area_kind();
[[nodiscard]] Kind battery_kind();
[[nodiscard]] Kind pursuer_kind();
[[nodiscard]] Kind tanker_kind();
// laws/
[[nodiscard]] Kind definite_kind();
[[nodiscard]] Kind glimpse_kind();
[[nodiscard]] Kind delay_kind();
[[nodiscard]] Kind radar_kind();
// policies/
[[nodiscard]] Kind first_come_kind();
[[nodiscard]] Kind time_left_kind();
[[nodiscard]] Kind class_order_kind();
[[nodiscard]] Kind random_order_kind();
[[nodiscard]] Kind nearest_kind();
[[nodiscard]] Kind fastest_kind();
[[nodiscard]] Kind cheapest_kind();
[[nodiscard]] Kind highest_pk_kind();
[[nodiscard]] Kind best_value_kind();
[[nodiscard]] Kind worth_it_kind();
[[nodiscard]] Kind shoot_look_shoot_kind();
[[nodiscard]] Kind salvo_kind();
[[nodiscard]] Kind shoot_shoot_look_kind();
[[nodiscard]] Kind sls_optimal_kind();

}  // namespace dronewall
