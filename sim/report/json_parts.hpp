// JSON written line by line, so that two results can be compared with any text tool.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/study/run_point.hpp"

namespace dronewall {

[[nodiscard]] std::string quoted(const std::string& text);
/// The shortest text that reads back as the same number; null for what is not known.
[[nodiscard]] std::string number(std::optional<double> value);
/// A value that a study sets, from its YAML text: 8 and 0.35 are numbers, `10 km`, names and all else texts.
[[nodiscard]] std::string setting(const std::string& text);
/// [1, 2, "10 km"] on one line.
[[nodiscard]] std::string settings_list(const std::vector<std::string>& texts);
/// {"units.battery.count": 8, …} on one line; null where a text is empty. As many texts as paths, or fewer.
[[nodiscard]] std::string settings_object(const std::vector<std::string>& paths,
                                          const std::vector<std::string>& texts);
/// ["a", "b"] on one line.
[[nodiscard]] std::string list_of(const std::vector<std::string>& texts);
/// `, "not_above": {"price": …, "for": …}`: the turns beyond which a price is not known; "" without one.
[[nodiscard]] std::string members_of(const PriceTurns& turns);
/// {"mean": …, "se": …} on one line; `more` are further members, such as `, "told": "above"`.
[[nodiscard]] std::string object_of(const Estimate& estimate, const std::string& more = "");
/// `done`, `precision reached`, …
[[nodiscard]] const char* name_of(RunEnd end);

/// Members of one mapping, a line each, with the commas between them.
class Members {
 public:
  Members(std::string& out, const char* indent) : out_(out), indent_(indent) {}
  void add(const std::string& key, const std::string& value);
  ~Members() {
    if (!first_) out_ += '\n';
  }
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;

 private:
  std::string& out_;
  const char* indent_;
  bool first_ = true;
};

}  // namespace dronewall
