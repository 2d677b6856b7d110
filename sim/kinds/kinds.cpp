#include "dronewall/kinds/kinds.hpp"

#include "kinds/kind.hpp"

namespace dronewall {

namespace {

struct Registry {
  KindBuilders builders;
  KindTables tables;

  void add(Kind kind) {
    builders.entries.push_back({kind.keys.group, kind.keys.name, std::move(kind.build)});
    tables.entries.push_back(std::move(kind.keys));
  }
};

const Registry& registry() {
  static const Registry all = [] {
    Registry r;
    r.add(area_kind());
    r.add(battery_kind());
    r.add(pursuer_kind());
    r.add(tanker_kind());
    r.add(definite_kind());
    r.add(glimpse_kind());
    r.add(delay_kind());
    r.add(radar_kind());
    r.add(first_come_kind());
    r.add(time_left_kind());
    r.add(class_order_kind());
    r.add(random_order_kind());
    r.add(nearest_kind());
    r.add(fastest_kind());
    r.add(cheapest_kind());
    r.add(highest_pk_kind());
    r.add(best_value_kind());
    r.add(worth_it_kind());
    r.add(shoot_look_shoot_kind());
    r.add(salvo_kind());
    r.add(shoot_shoot_look_kind());
    r.add(sls_optimal_kind());
    return r;
  }();
  return all;
}

}  // namespace

const KindBuilders& all_kinds() { return registry().builders; }
const KindTables& kind_tables() { return registry().tables; }

}  // namespace dronewall
