#include "report/json_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace dronewall {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string number(std::optional<double> value) {
  return value && std::isfinite(*value) ? fmt::format("{}", *value) : "null";
}

namespace {

/// What JSON writes as a number, and every reader of it can hold.
bool is_json_number(const std::string& text) {
  const bool has_its_letters =
      !text.empty() && text.find_first_not_of("0123456789+-.eE") == std::string::npos;
  if (!has_its_letters || !nlohmann::json::accept(text)) return false;
  return std::isfinite(std::strtod(text.c_str(), nullptr));
}

}  // namespace

std::string setting(const std::string& text) { return is_json_number(text) ? text : quoted(text); }

std::string settings_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + setting(text);
  return "[" + list + "]";
}

std::string settings_object(const std::vector<std::string>& paths, const std::vector<std::string>& texts) {
  std::string members;
  for (std::size_t i = 0; i < std::min(paths.size(), texts.size()); ++i)
    members += fmt::format("{}{}: {}", i == 0 ? "" : ", ", quoted(paths[i]),
                           texts[i].empty() ? "null" : setting(texts[i]));
  return "{" + members + "}";
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + quoted(text);
  return "[" + list + "]";
}

std::string members_of(const PriceTurns& turns) {
  std::string members;
  const auto add = [&](const char* side, const std::optional<PriceTurn>& turn) {
    if (turn)
      members += fmt::format(R"(, "not_{}": {{"price": {}, "for": {}}})", side, number(turn->price),
                             quoted(turn->change));
  };
  add("below", turns.below);
  add("above", turns.above);
  return members;
}

std::string object_of(const Estimate& estimate, const std::string& more) {
  std::string text =
      fmt::format(R"({{"mean": {}, "se": {}, "low": {}, "high": {}, "sd": {}, "n": {}, "unit": {})",
                  number(estimate.mean), number(estimate.se), number(estimate.low), number(estimate.high),
                  number(estimate.sd), estimate.n, quoted(estimate.unit));
  if (!estimate.method.empty()) text += fmt::format(R"(, "method": {})", quoted(estimate.method));
  if (estimate.without_value > 0) text += fmt::format(R"(, "without_value": {})", estimate.without_value);
  if (!estimate.mean)
    text += fmt::format(R"(, "undefined": {})", quoted(estimate.undefined_because));
  else if (!estimate.undefined_because.empty())
    text += fmt::format(R"(, "undefined_end": {})", quoted(estimate.undefined_because));
  text += members_of(estimate.turns);
  if (estimate.bounds)
    text += fmt::format(R"(, "bounds": [{}, {}])", number(estimate.bounds->first),
                        number(estimate.bounds->second));
  return text + more + "}";
}

const char* name_of(RunEnd end) {
  switch (end) {
    case RunEnd::done:
      return "done";
    case RunEnd::precision_reached:
      return "precision reached";
    case RunEnd::precision_missed:
      return "precision not reached";
    case RunEnd::stopped:
      return "stopped";
  }
  return "";
}

void Members::add(const std::string& key, const std::string& value) {
  out_ += fmt::format("{}{}{}: {}", first_ ? "" : ",\n", indent_, quoted(key), value);
  first_ = false;
}

}  // namespace dronewall
