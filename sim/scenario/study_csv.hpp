// The points of a `list` design, from a CSV file.
#pragma once
#include "scenario/study_reading.hpp"

namespace dronewall {

/// Reads a CSV file: a first line of paths, then a line of values for each point. A value in double quotes
/// may hold commas (two double quotes are one). Each path is a factor whose value is `listed`, and gets its
/// levels from here; or one with a list of its own, which the values must be of.
void read_csv_design(const FileSource::File& file, Reading& reading, std::vector<Factor>& factors,
                     DesignDescription& design);

}  // namespace dronewall
