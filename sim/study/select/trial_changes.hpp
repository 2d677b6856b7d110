// What a selection's store says that a study was, against what it is now.
#pragma once
#include "dronewall/study/stored_trials.hpp"

namespace dronewall {

/// Throws StudyChanged, line by line, when what decides an observation is another now.
void refuse_changes(const SelectionStore& store, const TrialStudy& study);

}  // namespace dronewall
