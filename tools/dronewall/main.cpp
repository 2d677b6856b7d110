// The program: everything is in cli.
#include "dronewall/cli/cli.hpp"

int main(int argc, char** argv) { return dronewall::run_program(argc, argv); }
