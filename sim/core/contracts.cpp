#include "dronewall/core/contracts.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace dronewall {

void contract_broken(std::string_view what, const char* file, int line) {
  fmt::print(stderr, "{}:{}: contract broken: {}\n", file, line, what);
  std::fflush(stderr);
  std::abort();
}

}  // namespace dronewall
