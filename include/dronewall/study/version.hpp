// The two versions that every result carries.
#pragma once

namespace dronewall {

/// The program's version; the same as in CMakeLists.txt (a test compares them).
inline constexpr const char* program_version = "0.1.0";

/// Raised in each commit that moves a result: equal scenario, seed and results version promise equal bytes.
inline constexpr int results_version = 7;

}  // namespace dronewall
