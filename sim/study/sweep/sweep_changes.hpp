// What a store says that a study was, against what it is now.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dronewall/study/stored_sweep.hpp"

namespace dronewall {

/// A path and its text.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// What decides a quantity and is the same at every point.
[[nodiscard]] Fields fields_of(const PointModels& models);
/// The same where what varies is at these paths.
[[nodiscard]] Fields fields_of(const PointModels& models, const std::vector<std::string>& varied);
/// `units.battery.channels: 2, now 4`, in order of the paths.
[[nodiscard]] std::vector<std::string> differences(const Fields& stored, const Fields& now);
/// `STORE holds another study:` and line by line what differs.
[[nodiscard]] std::string text_of_changes(const std::string& store, const std::vector<std::string>& lines);
/// `Undo the change`; where the program or the host alone is another, to go on with those that began the
/// store.
[[nodiscard]] std::string way_out_of(const std::vector<std::string>& lines,
                                     const std::optional<std::string>& began);
/// Throws StudyChanged, field by field, when what decides a quantity is another now.
void refuse_changes(const Store& store, const SweptStudy& study);

/// A factor as a store keeps it.
[[nodiscard]] StoredFactor stored_factor(const Factor& factor);

/// `1000`; `2% of leakers, 200 to 3000`.
[[nodiscard]] std::string words_of(const ReplicationPlan& plan);

/// The key of Store::text() under which estimates_key() stands.
inline constexpr const char* estimates_text = "estimates_key";
/// Of all that decides an estimate beside the tallies.
[[nodiscard]] std::string estimates_key(const SweptStudy& study);

}  // namespace dronewall
