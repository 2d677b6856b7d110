// Contracts: our own mistakes stop the program with the place; a user's mistake is a Problem instead.
#pragma once
#include <string_view>

namespace dronewall {

/// Ends the program with a message that names the broken contract.
[[noreturn]] void contract_broken(std::string_view what, const char* file, int line);

}  // namespace dronewall

/// What the code itself promises. Checked in every build: it costs a compare and finds the bug where it is.
#define expects(condition)                             \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::dronewall::contract_broken(#condition, __FILE__, __LINE__))
