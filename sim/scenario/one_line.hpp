// A value as YAML text on one line: for `--set`, for stores, for telling what changed.
#pragma once
#include <string>

#include "scenario/tree.hpp"

namespace dronewall {

/// The value in YAML's flow style. parse_tree() of it gives the value again: texts that would end early, or
/// were quoted, stand in double quotes.
[[nodiscard]] std::string one_line(const Tree& node);

}  // namespace dronewall
