#include "cases.hpp"

#include <yaml-cpp/yaml.h>

#include <cmath>
#include <set>
#include <stdexcept>

namespace dronewall::known {
namespace {

/// A mapping whose keys are all known: a key that nobody reads would be a check that nobody makes.
void expect_keys(const YAML::Node& node, const std::set<std::string>& known) {
  for (const auto& entry : node)
    if (!known.contains(entry.first.as<std::string>()))
      throw std::runtime_error("cases.yaml: unknown key " + entry.first.as<std::string>());
}

std::vector<Change> read_changes(const YAML::Node& node) {
  std::vector<Change> changes;
  for (const auto& entry : node)
    changes.push_back({entry.first.as<std::string>(), entry.second.as<std::string>()});
  return changes;
}

Rule read_rule(const YAML::Node& node, const std::string& read) {
  if (!node) {
    if (read.starts_with("P(")) return Rule::probability;
    if (read.starts_with("var(") || read.starts_with("paired-var(") || read.starts_with("unpaired-var("))
      return Rule::variance;
    return Rule::value;
  }
  const auto word = node.as<std::string>();
  if (word == "exact") return Rule::exact;
  if (word == "probability") return Rule::probability;
  if (word == "variance") return Rule::variance;
  throw std::runtime_error("cases.yaml: no rule " + word);
}

KnownQuantity read_quantity_row(const std::string& name, const YAML::Node& node) {
  expect_keys(node,
              {"read", "times", "plus", "rule", "published", "published_se", "wrong", "against", "cannot"});
  KnownQuantity quantity;
  quantity.name = name;
  if (node["cannot"]) {
    quantity.cannot = node["cannot"].as<std::string>();
    return quantity;
  }
  quantity.read = node["read"].as<std::string>();
  if (node["times"]) quantity.times = node["times"].as<double>();
  if (node["plus"]) quantity.plus = node["plus"].as<double>();
  quantity.rule = read_rule(node["rule"], quantity.read);
  if (node["published"]) quantity.published = node["published"].as<double>();
  if (node["published_se"]) quantity.published_se = node["published_se"].as<double>();
  for (const auto& wrong : node["wrong"])
    quantity.wrong.push_back({wrong.first.as<std::string>(), wrong.second.as<double>()});
  quantity.against = read_changes(node["against"]);
  return quantity;
}

}  // namespace

std::vector<Case> read_cases(const std::string& path) {
  std::vector<Case> cases;
  for (const YAML::Node& node : YAML::LoadFile(path)) {
    expect_keys(node, {"case", "file", "set", "parameters", "replications", "quantities"});
    Case row;
    row.id = node["case"].as<std::string>();
    row.file = node["file"].as<std::string>();
    row.changes = read_changes(node["set"]);
    for (const auto& entry : node["parameters"])
      row.parameters[entry.first.as<std::string>()] = entry.second.as<double>();
    row.replications = node["replications"].as<std::uint32_t>();
    for (const auto& entry : node["quantities"])
      row.quantities.push_back(read_quantity_row(entry.first.as<std::string>(), entry.second));
    cases.push_back(std::move(row));
  }
  return cases;
}

}  // namespace dronewall::known
