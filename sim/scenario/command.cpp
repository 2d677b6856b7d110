// Command posts: identification, rules of engagement, decisions.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/finish.hpp"
#include "scenario/scalars.hpp"
#include "scenario/sections.hpp"
#include "scenario/tables.hpp"

namespace dronewall {
namespace {

using Rule = RuleDescription;

bool is_any(const std::vector<Name>& names) {
  return std::any_of(names.begin(), names.end(), [](const Name& name) { return name.text == "any"; });
}

std::vector<Name> names_of(const Values& values, const std::string& key) {
  const Values::Value* value = values.find(key);
  return value ? value->names : std::vector<Name>{};
}

/// `desks: 2`; nothing for `unlimited`, and for what is wrong.
std::optional<std::uint32_t> read_desks(const Tree& node, const KeyTable& table, Reading& reading) {
  if (node.kind == Tree::Kind::scalar && node.scalar == "unlimited") return std::nullopt;
  Key desks = *find_key(table, "desks");
  desks.shape = Shape::number;
  const std::optional<Values::Value> value = read_value(node, desks, reading);
  if (!value) return std::nullopt;
  return static_cast<std::uint32_t>(std::min(value->quantity.mean(), 1e6));
}

/// Zones of `where`; none where any is written, of which no zone may have the name.
std::vector<Name> zones_of(const Values& values, Reading& reading) {
  std::vector<Name> zones = names_of(values, "where");
  if (is_any(zones)) {
    if (zones.size() > 1)
      reading.problems.error(values.place_of("where"), "where has any beside zones (any is all of them)",
                             "leave one");
    return {};
  }
  if (zones.empty())
    reading.problems.error(values.place_of("where"), "where is empty (the rule would match nowhere)",
                           "write where: any or a zone");
  for (const Name& zone : zones) check_reference(zone, "zones", reading);
  return zones;
}

Rule read_rule(const Values& values, const Tree& node, Reading& reading) {
  Rule rule;
  rule.place = values.place();
  const std::string action =
      exactly_one(node, {"engage", "escort", "watch"}, values.place(), "this rule", reading);
  rule.action = action == "engage"   ? Rule::Action::engage
                : action == "escort" ? Rule::Action::escort
                                     : Rule::Action::watch;
  rule.classes = names_of(values, action);
  if (values.has(action) && rule.classes.empty())
    reading.problems.error(values.place_of(action), fmt::format("{} is empty (a rule needs a class)", action),
                           fmt::format("write {}: [any] or a class", action));
  if (is_any(rule.classes)) rule.classes.clear();
  rule.where = zones_of(values, reading);
  rule.ahead_s = values.number("ahead", 0);
  if (rule.ahead_s > 0 && rule.where.empty())
    reading.problems.error(values.place_of("ahead"), "ahead without where (a track is everywhere already)",
                           "write where: ZONE, or leave ahead out");
  const std::string after = values.text("after").text;
  rule.after = after == "detected" ? Rule::After::detected
               : after == "visual" ? Rule::After::visual
                                   : Rule::After::classified;
  if (values.has("decision")) rule.decision_s = values.quantity("decision", 0);
  rule.by = names_of(values, "by");
  return rule;
}

/// One row of the confusion table, whose shares must sum to 1.
std::vector<std::pair<Name, double>> read_row(const Name& name, const Tree& node, Reading& reading) {
  Key share;
  share.name = name.text;
  share.dimension = Dimension::fraction;
  share.low = 0;
  share.high = 1;
  share.shape = Shape::by_class;
  share.refers_to = "classes";
  std::vector<std::pair<Name, double>> row;
  const Watch watch(reading.problems);
  double sum = 0;
  for (const auto& [perceived, part] : read_by_name(node, share, reading)) {
    if (!part.is_constant()) reading.problems.error(part.place, "a share may not be random");
    if (perceived.text == "any")
      reading.problems.error(perceived.place, "nothing is perceived as any (it stands for all classes)",
                             "name a class");
    row.emplace_back(perceived, part.mean());
    sum += part.mean();
  }
  if (watch.clean() && !(std::abs(sum - 1) <= 1e-9))
    reading.problems.error(
        node.place,
        fmt::format("the shares of {} sum to {} (it is always perceived as something)", name.text, sum),
        "let them sum to 1");
  return row;
}

CommandDescription::Identify read_identify(const Tree& node, const Values& values, Reading& reading) {
  CommandDescription::Identify identify;
  identify.time_s = values.quantity("time", 0);
  if (const Tree* desks = node.find("desks"); desks && desks->kind != Tree::Kind::null)
    identify.desks = read_desks(*desks, identify_table(), reading);
  const Tree* confusion = node.find("confusion");
  if (!confusion || confusion->kind == Tree::Kind::null) return identify;
  if (confusion->kind != Tree::Kind::mapping) {
    reading.problems.error(confusion->place, "confusion must be a mapping of classes",
                           "write confusion: {decoy: {decoy: 0.3, drone: 0.7}}");
    return identify;
  }
  for (const Tree::Entry& entry : confusion->entries) {
    const Name name{entry.key, entry.key_place};
    check_reference(name, "classes", reading);
    identify.confusion.emplace_back(name, read_row(name, *entry.value, reading));
  }
  return identify;
}

void read_outages(const Values& values, Reading& reading, CommandDescription& command) {
  if (const Values::Value* outages = values.find("outages"); outages && !outages->entries.empty()) {
    const Values& times = outages->entries.front().second;
    check_above_zero(times, "up", reading);
    command.outage_up_s = times.quantity("up", 0);
    command.outage_repair_s = times.quantity("repair", 0);
  }
  const Values::Value* down = values.find("down");
  if (!down) return;
  for (const auto& [name, window] : down->entries) {
    const Interval span{window.number("from", 0), window.number("to", 0), window.place()};
    if (!(span.low < span.high) && window.has("from") && window.has("to"))
      reading.problems.error(window.place_of("to"), "to is not after from (the window would be empty)");
    command.down_s.push_back(span);
  }
}

void read_rules(const Tree& node, Reading& reading, CommandDescription& command) {
  const Tree* list = node.find("rules");
  if (!list || list->kind != Tree::Kind::list) return;
  if (list->items.empty())
    reading.problems.error(list->place, "rules is empty (nothing would be done with any track)",
                           "write rules: [{watch: [any]}] if that is meant");
  // Read again one by one, so that a mistake in one rule hides none in another; what was told before is not
  // told twice.
  for (const auto& item : list->items)
    command.rules.push_back(
        read_rule(read_mapping(*item, rule_table(), item->place, reading), *item, reading));
}

bool shares_a_nation(const CommandDescription& a, const CommandDescription& b) {
  if (a.by.empty() || b.by.empty()) return a.by.empty() && b.by.empty();
  return std::any_of(a.by.begin(), a.by.end(), [&](const Name& one) {
    return std::any_of(b.by.begin(), b.by.end(), [&](const Name& other) { return other.text == one.text; });
  });
}

void check_pair(const CommandDescription& first, const CommandDescription& second, Reading& reading) {
  if (first.network.text != second.network.text) return;
  if (shares_a_nation(first, second))
    reading.problems.error(second.name.place,
                           fmt::format("{} commands units that {} commands too (two commands of a network "
                                       "differ in by)",
                                       second.name.text, first.name.text),
                           "write by: [NATION] in each");
  if (first.identify && second.identify)
    reading.problems.error(second.name.place,
                           fmt::format("{} and {} both identify the tracks of {} (a network has one picture)",
                                       first.name.text, second.name.text, first.network.text),
                           "leave identify in one of them");
}

/// Whether some command of the unit's network commands it; true where the network has none.
bool is_commanded(const UnitDescription& unit, const ScenarioDescription& scenario) {
  bool has_command = false;
  for (const auto& [name, command] : scenario.commands) {
    if (command.network.text != unit.network.text) continue;
    has_command = true;
    if (command.by.empty() || std::any_of(command.by.begin(), command.by.end(), [&](const Name& nation) {
          return nation.text == unit.ownership.nation.text;
        }))
      return true;
  }
  return !has_command;
}

}  // namespace

CommandDescription read_command(const Name& name, const Tree& node, Reading& reading) {
  CommandDescription command;
  command.name = name;
  const Values values = read_mapping(node, command_table(), name.place, reading);
  if (node.kind != Tree::Kind::mapping) return command;
  command.network = values.text("network");
  command.by = names_of(values, "by");
  command.desks = 1;
  if (const Tree* desks = node.find("desks"); desks && desks->kind != Tree::Kind::null)
    command.desks = read_desks(*desks, command_table(), reading);
  command.decision_s = values.quantity("decision", 0);
  command.by_time_left = values.text("next").text == "time-left";
  read_outages(values, reading, command);
  const Values::Value* identify = values.find("identify");
  if (const Tree* own = node.find("identify"); own && identify && !identify->entries.empty())
    command.identify = read_identify(*own, identify->entries.front().second, reading);
  read_rules(node, reading, command);
  return command;
}

void check_commands(const ScenarioDescription& scenario, Reading& reading) {
  for (auto second = scenario.commands.begin(); second != scenario.commands.end(); ++second)
    for (auto first = scenario.commands.begin(); first != second; ++first)
      check_pair(first->second, second->second, reading);
  for (const auto& [name, unit] : scenario.units)
    if (!is_commanded(unit, scenario))
      reading.problems.error(unit.name.place,
                             fmt::format("no command of network {} commands {} (each names other nations)",
                                         unit.network.text, name),
                             "add its nation to the by of one, or leave by out of one");
}

}  // namespace dronewall
