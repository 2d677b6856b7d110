// Other programs, run and waited for.
#pragma once
#include <string>
#include <vector>

namespace bench {

/// How a program ended, and all that it wrote.
struct Child {
  bool succeeded = false;  ///< exit status 0
  double seconds = 0;      ///< from before fork to after the wait, wall time
  double processor_seconds = 0;
  std::string text;  ///< standard output and standard error
};
/// `words`: the program (looked for in PATH) and its arguments.
[[nodiscard]] Child run_child(const std::vector<std::string>& words);

}  // namespace bench
