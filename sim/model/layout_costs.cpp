// Lines of what is spent whether or not anything comes: hours of manning and upkeep, the share of what was
// acquired, and what belongs to no unit. The same in every replication.
#include <cmath>

#include <fmt/format.h>

#include "model/compiler.hpp"
#include "model/layout.hpp"

namespace dronewall {

/// A unit or sensor of `count` elements: hours by its account, and the share of its acquisition.
void Compiler::lay_out_standing(const std::string& owner, const std::string& type, std::uint32_t count,
                                const OwnershipDescription& ownership) {
  lay_out_hours(owner, type, count, ownership);
  if (ownership.life_s)
    lay_out_acquisition(owner, type, count, ownership);
  else
    world_.layout.without_life.push_back(line(type + ".acquisition", Account::acquisition, owner, ownership));
}

void Compiler::lay_out_hours(const std::string& owner, const std::string& type, std::uint32_t count,
                             const OwnershipDescription& ownership) {
  const double counted_s = world_.duration_s - world_.count_from_s;
  const Account account = account_of(ownership, Account::standing);
  const std::uint32_t column = add_line(fmt::format("hours.{}@{}", type, owner), millisecond_h,
                                        line(type + ".hour", account, owner, ownership));
  world_.constant_columns.emplace_back(column, std::llround(counted_s * 1000) * count);
}

/// Straight line: elements × counted time / life.
void Compiler::lay_out_acquisition(const std::string& owner, const std::string& type, std::uint32_t count,
                                   const OwnershipDescription& ownership) {
  const double counted_s = world_.duration_s - world_.count_from_s;
  const std::uint32_t column =
      add_line(fmt::format("acquisition.{}@{}", type, owner), counted_s / *ownership.life_s,
               line(type + ".acquisition", Account::acquisition, owner, ownership));
  world_.layout.columns[column].is_count = false;
  world_.constant_columns.emplace_back(column, count);
}

void Compiler::lay_out_costs() {
  for (const auto& [name, cost] : in_.costs) {
    if (cost.by_hour) lay_out_hours(name, name, 1, cost.ownership);
    if (cost.is_bought && cost.ownership.life_s) lay_out_acquisition(name, name, 1, cost.ownership);
  }
}

}  // namespace dronewall
