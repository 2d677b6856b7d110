// Keys that sensors and units share: who pays, where they stand; and checks that several sections make.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/sections.hpp"
#include "scenario/support.hpp"

namespace dronewall {
namespace {

SitingDescription line_of(const Values& values, Reading& reading) {
  SitingDescription siting;
  siting.kind = SitingDescription::Kind::line;
  const Values::Value* along = values.find("along");
  if (!along) return siting;
  siting.place = along->place;
  siting.along = along->points;
  for (const PointDescription& point : siting.along) check_fixed(point, "along", reading);
  bool has_length = false;
  for (std::size_t i = 1; i < siting.along.size(); ++i)
    has_length = has_length || are_distinct(siting.along[i - 1], siting.along[i]);
  if (!has_length)
    reading.problems.error(along->place, "along is no line (it needs two distinct points)",
                           "write at for a single point");
  return siting;
}

SitingDescription random_of(const Tree& node, const Values& values, Reading& reading) {
  SitingDescription siting;
  siting.kind = SitingDescription::Kind::random;
  siting.place = values.place_of("siting");
  siting.zone = values.text("zone");
  if (!node.find("zone") && !is_misspelt(node, "zone"))
    reading.problems.error(siting.place, "zone is missing (siting: random draws places in it)",
                           "add zone: NAME");
  return siting;
}

}  // namespace

std::string exactly_one(const Tree& node, const std::vector<std::string>& keys, Place owner,
                        const std::string& what, Reading& reading) {
  std::vector<std::string> written;
  Place second = owner;
  for (const Tree::Entry& entry : node.entries)
    for (const std::string& key : keys)
      if (entry.key == key) {
        written.push_back(key);
        if (written.size() == 2) second = entry.key_place;
      }
  if (written.size() == 1) return written.front();
  const bool misspelt =
      std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return is_misspelt(node, key); });
  if (written.empty() && misspelt) return "";
  if (written.empty())
    reading.problems.error(owner, fmt::format("{} needs one of {}", what, joined(keys)));
  else
    reading.problems.error(
        second, fmt::format("{} has {} (exactly one of {} may stand)", what, joined(written), joined(keys)),
        "leave one");
  return "";
}

bool check_above_zero(const Values& values, const std::string& key, Reading& reading) {
  const Values::Value* value = values.find(key);
  if (!value) return true;
  const Quantity& quantity = value->quantity;
  if (quantity.is_constant() || quantity.kind == DistributionKind::discrete) {
    if (support_of(quantity).low > 0) return true;
  } else if (quantity.mean() > 0) {
    return true;
  }
  reading.problems.error(value->place, fmt::format("{} is 0 (it must be above 0)", key));
  return false;
}

std::vector<std::pair<Name, double>> shares_of(const Values& values, Reading& reading) {
  std::vector<std::pair<Name, double>> shares;
  const Values::Value* value = values.find("paid_by");
  if (!value) return shares;
  double sum = 0;
  for (const auto& [name, share] : value->by_name) {
    if (!share.is_constant()) {
      reading.problems.error(share.place, "a share may not be random");
      return {};
    }
    shares.emplace_back(name, share.mean());
    sum += share.mean();
  }
  if (std::abs(sum - 1) > 1e-9)
    reading.problems.error(value->place,
                           fmt::format("the shares of paid_by sum to {} (all of it is paid)", sum),
                           "let them sum to 1");
  return shares;
}

OwnershipDescription ownership_of(const Values& values, Reading& reading) {
  OwnershipDescription ownership;
  ownership.nation = values.text("nation");
  ownership.paid_by = shares_of(values, reading);
  if (values.has("account")) ownership.operations = values.text("account").text == "operations";
  if (values.has("life") && check_above_zero(values, "life", reading))
    ownership.life_s = values.number("life", 0);
  return ownership;
}

SitingDescription siting_of(const Tree& node, const Values& values, const std::string& other,
                            const Name& name, Reading& reading) {
  const std::string key = exactly_one(node, {"at", "along", "siting", other}, name.place, name.text, reading);
  if (key != "siting" && !key.empty() && node.find("zone"))
    reading.problems.error(values.place_of("zone"), "zone belongs to siting: random",
                           "leave zone or write siting: random");
  if (key == "along") return line_of(values, reading);
  if (key == "siting") return random_of(node, values, reading);
  SitingDescription siting;
  if (const Values::Value* at = values.find(key)) {
    siting.at = at->point;
    siting.place = at->place;
    check_fixed(siting.at, key, reading);
  }
  return siting;
}

}  // namespace dronewall
