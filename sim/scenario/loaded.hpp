// From loaded texts to a description: the part of reading that a study repeats for each of its points.
#pragma once
#include "scenario/load.hpp"
#include "scenario/reading.hpp"

namespace dronewall {

/// What the readers of a loaded scenario share: its names, rates and catalogs. The tree must be there.
[[nodiscard]] Reading reading_of(const LoadedScenario& loaded, const KindTables& kinds, Problems& problems);

/// Reads and checks a loaded scenario; problems of a catalog's row come once for each that uses it.
[[nodiscard]] ScenarioDescription read_loaded(const LoadedScenario& loaded, FileSource& files,
                                              const KindTables& kinds, Problems& problems);

/// Hands over each problem once: the row of a catalog is read for every unit that uses it.
void forward(const Problems& found, Problems& problems);

}  // namespace dronewall
