// The command line: reads flags, prints, exits.
#pragma once

namespace dronewall {

/// Runs the program; returns its exit status: 0 done, 1 the run failed, 2 the command line is wrong, 3 the
/// input file is wrong, 4 done but a precision was not reached, 130 stopped by Ctrl-C with what was finished
/// printed.
[[nodiscard]] int run_program(int argc, char** argv);

}  // namespace dronewall
