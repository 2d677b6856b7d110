#include "study/sweep/requested_of_store.hpp"

#include "study/run/wanted.hpp"

namespace dronewall {

std::optional<Estimate> requested_of_store(const StoredStudy& study, StoredPointId point,
                                           const PointTally& tally, const Requested& requested,
                                           const MeasureDefinition& measure, double confidence) {
  Wanted wanted(requested, measure, tally.layout());
  if (!wanted.columns_by_row().empty()) {
    wanted.reserve(tally.replications());
    std::vector<std::int64_t> row(tally.layout().columns.size());
    std::uint64_t seen = 0;
    study.store().each_rows(point, [&](const StoredRows& rows) {
      for (std::uint64_t k = 0; k < rows.count && rows.first + k < tally.replications(); ++k, ++seen) {
        for (std::size_t c = 0; c < rows.columns.size(); ++c)
          row.at(rows.columns[c]) = rows.values[k * rows.columns.size() + c];
        wanted.see(rows.first + k, row.data());
      }
    });
    if (seen != tally.replications()) return std::nullopt;
  }
  return wanted.result(tally.tally(), tally.replications(), confidence);
}

}  // namespace dronewall
