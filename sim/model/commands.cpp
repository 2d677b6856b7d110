// Commands: rules with their grounds, the authorities whose units they bind, desks, identification.
#include <algorithm>

#include <fmt/format.h>

#include "dronewall/core/contracts.hpp"
#include "model/compiler.hpp"

namespace dronewall {

const char* name_of(RuleAction action) {
  switch (action) {
    case RuleAction::watch:
      return "watch";
    case RuleAction::escort:
      return "escort";
    case RuleAction::engage:
      return "engage";
  }
  expects(false);
}

namespace {

bool holds(const std::vector<Name>& names, const std::string& text) {
  return std::any_of(names.begin(), names.end(), [&](const Name& name) { return name.text == text; });
}

RuleAction action_of(RuleDescription::Action action) {
  switch (action) {
    case RuleDescription::Action::engage:
      return RuleAction::engage;
    case RuleDescription::Action::escort:
      return RuleAction::escort;
    case RuleDescription::Action::watch:
      return RuleAction::watch;
  }
  expects(false);
}

RuleAfter after_of(RuleDescription::After after) {
  switch (after) {
    case RuleDescription::After::detected:
      return RuleAfter::detected;
    case RuleDescription::After::classified:
      return RuleAfter::classified;
    case RuleDescription::After::visual:
      return RuleAfter::visual;
  }
  expects(false);
}

}  // namespace

/// The number of a ground, made when new; no_index for anywhere.
std::uint32_t Compiler::ground_of(const RuleDescription& rule, double ahead_s, std::uint32_t network) {
  if (rule.where.empty()) return no_index;
  Ground ground;
  ground.ahead_s = ahead_s;
  for (const Name& name : rule.where)
    if (const std::uint32_t zone = index_of(in_.zones, name.text); zone != no_index)
      ground.zones.push_back(zone);
  std::sort(ground.zones.begin(), ground.zones.end());
  ground.zones.erase(std::unique(ground.zones.begin(), ground.zones.end()), ground.zones.end());
  auto& all = world_.command.grounds;
  auto found = std::find_if(all.begin(), all.end(), [&](const Ground& other) {
    return other.zones == ground.zones && other.ahead_s == ground.ahead_s;
  });
  const auto index = static_cast<std::uint32_t>(found - all.begin());
  if (found == all.end()) all.push_back(std::move(ground));
  auto& named = world_.command.grounds_of[network];
  if (std::find(named.begin(), named.end(), index) == named.end()) named.push_back(index);
  return index;
}

Rule Compiler::compile_rule(const RuleDescription& rule, const CommandDescription& command,
                            std::uint32_t network, const std::string& path) {
  Rule result;
  result.action = action_of(rule.action);
  result.after = after_of(rule.after);
  for (const Name& name : rule.classes) {
    const ClassId id = class_id(name.text);
    if (result.classes.size() <= id) result.classes.resize(id + 1U, false);
    result.classes[id] = true;
  }
  result.decided = ground_of(rule, rule.ahead_s, network);
  result.met = ground_of(rule, 0, network);
  result.decision_s = compile(rule.decision_s.value_or(command.decision_s), path + ".decision");
  return result;
}

void Compiler::compile_identification(const CommandDescription& command, std::uint32_t index) {
  if (!command.identify) return;
  const std::string path = "command." + command.name.text + ".identify";
  Identification& result = world_.command.identification[world_.command.commands[index].network];
  result.command = index;
  result.time_s = compile(command.identify->time_s, path + ".time");
  if (command.identify->desks)
    result.post = add_post(command, index, command.name.text + ".identify", *command.identify->desks);
  for (const auto& [name, shares] : command.identify->confusion) {
    const ClassId id = class_id(name.text);
    if (result.confusion.size() <= id) result.confusion.resize(id + 1U);
    // By name, so that the order in which a row is written moves nobody.
    std::vector<std::pair<std::string, double>> by_name;
    for (const auto& [perceived, share] : shares) by_name.emplace_back(perceived.text, share);
    std::sort(by_name.begin(), by_name.end());
    double cumulated = 0;
    for (const auto& [perceived, share] : by_name)
      if (share > 0) result.confusion[id].emplace_back(class_id(perceived), cumulated += share);
    if (!result.confusion[id].empty()) result.confusion[id].back().second = 1;
  }
}

std::uint32_t Compiler::add_post(const CommandDescription& command, std::uint32_t index,
                                 const std::string& name, std::optional<std::uint32_t> desks) {
  Post post;
  post.name = name;
  post.entity = named_entity("post", name);
  post.command = index;
  post.desks = desks.value_or(no_index);
  post.by_time_left = command.by_time_left;
  name_address("post " + name, post.entity);
  world_.command.posts.push_back(std::move(post));
  return static_cast<std::uint32_t>(world_.command.posts.size() - 1);
}

/// The authority of those of a command's units that a nation owns: rules that name other nations do not bind
/// it.
std::uint32_t Compiler::authority_of(const CommandDescription& command, std::uint32_t index,
                                     const std::string& nation) {
  Authority authority;
  authority.command = index;
  authority.network = world_.command.commands[index].network;
  for (std::uint32_t rule = 0; rule < command.rules.size(); ++rule)
    if (const auto& by = command.rules[rule].by; by.empty() || holds(by, nation))
      authority.rules.push_back(rule);
  auto& all = world_.command.authorities;
  for (std::uint32_t i = 0; i < all.size(); ++i)
    if (all[i].command == index && all[i].rules == authority.rules) return i;
  for (const std::uint32_t index_of_rule : authority.rules) {
    const Rule& rule = world_.command.rule(authority, index_of_rule);
    if (rule.action == RuleAction::engage &&
        std::find(authority.met.begin(), authority.met.end(), rule.met) == authority.met.end())
      authority.met.push_back(rule.met);
  }
  all.push_back(std::move(authority));
  const auto added = static_cast<std::uint32_t>(all.size() - 1);
  world_.command.authorities_of[all[added].network].push_back(added);
  return added;
}

/// Every unit of the command's network that it names, or that no other command of the network names.
void Compiler::bind_units(const CommandDescription& command, std::uint32_t index) {
  const std::uint32_t network = world_.command.commands[index].network;
  bool binds_any = false;
  for (Unit& unit : world_.units) {
    if (unit.network != network) continue;
    const std::string& nation = in_.units.at(unit.name).ownership.nation.text;
    const bool named_elsewhere =
        std::any_of(in_.commands.begin(), in_.commands.end(), [&](const auto& other) {
          return other.second.network.text == command.network.text && holds(other.second.by, nation);
        });
    if (command.by.empty() ? named_elsewhere : !holds(command.by, nation)) continue;
    unit.authority = authority_of(command, index, nation);
    binds_any = true;
  }
  if (!binds_any) static_cast<void>(authority_of(command, index, ""));  // It decides all the same.
}

/// Addresses of what commands decide about an attack's intruders, and of what networks take them for.
void Compiler::pair_with_commands(const Attack& attack) {
  if (!world_.command.is_there()) return;
  for (const Command& command : world_.command.commands) {
    world_.command.attack_command.push_back(pair_of(attack.entity, command.entity));
    name_address(attack.name + " decided on by " + command.name, world_.command.attack_command.back());
  }
  for (const std::string& network : world_.networks) {
    world_.command.attack_network.push_back(pair_of(attack.entity, named_entity("network", network)));
    name_address(attack.name + " identified by " + network, world_.command.attack_network.back());
  }
}

void Compiler::compile_commands() {
  CommandWorld& out = world_.command;
  if (in_.commands.empty()) return;
  out.identification.resize(world_.networks.size());
  out.authorities_of.resize(world_.networks.size());
  out.grounds_of.resize(world_.networks.size());
  for (const auto& [name, command] : in_.commands) {
    const auto index = static_cast<std::uint32_t>(out.commands.size());
    const std::string path = "command." + name;
    Command result;
    result.name = name;
    result.entity = named_entity("command", name);
    name_address("command " + name, result.entity);
    result.network = network_of(command.network);
    result.post = add_post(command, index, name, command.desks);
    for (const Interval& window : command.down_s) result.down.push_back({window.low, window.high});
    merge_spans(result.down);
    if (command.outage_up_s && command.outage_repair_s) {
      result.fails = true;
      result.up_s = compile(*command.outage_up_s, path + ".outages.up");
      result.repair_s = compile(*command.outage_repair_s, path + ".outages.repair");
    }
    for (std::size_t i = 0; i < command.rules.size(); ++i)
      result.rules.push_back(
          compile_rule(command.rules[i], command, result.network, fmt::format("{}.rules.{}", path, i)));
    out.commands.push_back(std::move(result));
    compile_identification(command, index);
    bind_units(command, index);
  }
}

}  // namespace dronewall
