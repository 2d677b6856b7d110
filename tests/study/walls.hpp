// For tests: walls of guns and missiles, of which the cheapest that holds is known.
#pragma once
#include <cmath>
#include <memory>
#include <string>

#include "dronewall/study/select.hpp"
#include "stats/samples.hpp"

namespace dronewall::test {

inline constexpr double gun_price = 2, missile_price = 5, damage_price = 0.01;

/// Ten drones against guns and missiles: each drone that comes gets through with 0.7^guns × 0.4^missiles. All
/// luck is the replication's own.
struct Wall {
  double guns = 0, missiles = 0;
  double comes = 0.9;
  std::uint64_t seed = 2026;
  double price = gun_price;  // of a gun

  static constexpr int drones = 10;
  [[nodiscard]] double leak() const { return std::pow(0.7, guns) * std::pow(0.4, missiles); }
  void run(std::uint32_t replication, std::int64_t* row) const {
    Uniforms uniform(seed, replication);
    row[0] = row[1] = 0;
    for (int drone = 0; drone < drones; ++drone) {
      const bool came = uniform() < comes, leaks = uniform() < leak();
      row[0] += came;
      row[1] += came && leaks;
    }
  }
};

inline Requested asked(const std::string& text) {
  std::string why;
  return *parse_requested(text, why);
}

inline SystemPart part_of(const Wall& wall) {
  LedgerLayout layout;
  layout.columns = {{.name = "came", .counted_by = CountedBy::intruder, .is_arrivals = true},
                    {.name = "leakers", .counted_by = CountedBy::intruder}};
  const LinearForm came{{{0, 1.0}}, 0}, leakers{{{1, 1.0}}, 0};
  const LinearForm cost{{{1, damage_price}}, wall.price * wall.guns + missile_price * wall.missiles};
  return {std::make_shared<const LedgerLayout>(layout),
          {{"leakers", "", "", leakers, std::nullopt, ""},
           {"leak-fraction", "", "fraction", leakers, came, "nothing came"},
           {"cost.defender.full", "", "USD", cost, std::nullopt, ""}},
          [wall] { return Runner([wall](std::uint32_t k, std::int64_t* row) { wall.run(k, row); }); }};
}

inline ChoiceAxis counts(const std::string& path, int most) {
  ChoiceAxis axis{path, {}};
  for (int count = 0; count <= most; ++count) axis.levels.push_back(std::to_string(count));
  return axis;
}

/// A mix has as many as its levels say, whatever their places.
inline SelectSpace walls(const ChoiceAxis& guns, const ChoiceAxis& missiles, std::uint64_t seed = 2026,
                         double price = gun_price) {
  SelectSpace space;
  space.choices = {guns, missiles};
  space.make = [=](const LatticePoint& mix, const LatticePoint&, std::size_t uncertain, std::string&) {
    return std::optional(part_of(Wall{std::stod(guns.levels[mix[0]]), std::stod(missiles.levels[mix[1]]),
                                      uncertain == 0 ? 0.9 : 0.5, seed, price}));
  };
  return space;
}

inline SelectSpace walls(int most_guns, int most_missiles) {
  return walls(counts("units.gun.count", most_guns), counts("units.missile.count", most_missiles));
}

inline SelectPlan cheapest() {
  SelectPlan plan;
  plan.objective = asked("cost.defender.full");
  plan.first = 400, plan.fresh = 2'000;
  return plan;
}

inline Constraint at_most(const std::string& measure, double bound) {
  return {measure + " <= limit", asked(measure), Limit::at_most, bound};
}

}  // namespace dronewall::test
