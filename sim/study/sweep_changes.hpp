// What a store says that a study was, against what it is now.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {

/// A path and its text.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// What decides a quantity and is the same at every point.
[[nodiscard]] Fields fields_of(const PointModels& models);
/// Throws StudyChanged, field by field, when what decides a quantity is another now.
void refuse_changes(const Store& store, const SweptStudy& study);

/// `1000`; `2% of leakers, 200 to 3000`.
[[nodiscard]] std::string words_of(const ReplicationPlan& plan);

/// The key of Store::text() under which estimates_key() stands.
inline constexpr const char* estimates_text = "estimates_key";
/// Of all that decides an estimate beside the tallies.
[[nodiscard]] std::string estimates_key(const SweptStudy& study);

}  // namespace dronewall
