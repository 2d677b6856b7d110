// The manifest of what is made from a study, with the keys that the manifests of runs and sweeps have.
#pragma once
#include "dronewall/report/run_report.hpp"
#include "report/json_parts.hpp"

namespace dronewall {

/// The program, the study and its scenario, the seed, the confidence, the arithmetic.
void add_study(Members& members, const Manifest& manifest);
/// What may differ between equal results: the command line and the threads.
void add_how(Members& members, const Manifest& manifest);

}  // namespace dronewall
