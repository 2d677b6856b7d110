// For tests: stores compared.
#pragma once
#include <bit>
#include <cmath>
#include <string>

#include "dronewall/core/hash.hpp"
#include "dronewall/store/store.hpp"

namespace dronewall::test {

/// Texts and figures as one text, in which no two lists look alike.
class Content {
 public:
  Content& add(std::string_view text) {
    text_ += std::to_string(text.size()) + ':';
    text_ += text;
    return *this;
  }
  Content& add(std::uint64_t number) { return add(std::to_string(number)); }
  Content& add(double value) { return add(std::isnan(value) ? 0 : std::bit_cast<std::uint64_t>(value)); }
  template <class... Parts>
  void all(const Parts&... parts) {
    (add(parts), ...);
  }
  [[nodiscard]] std::uint64_t hash() const { return hash_text(text_); }

 private:
  std::string text_;
};

inline void add_point(Content& content, const Store& store, const StoredPoint& point) {
  content.all(std::uint64_t{point.point}, std::uint64_t{point.number.value_or(~0U)}, point.hash,
              std::string_view(name_of(point.state)), point.replications, point.half_width.value_or(-1),
              point.reason);
  for (const std::string& setting : store.settings(point.point)) content.add(setting);
  for (const Store::TallyPlace& place : store.tallies(point.point)) {
    const Store::EncodedTally tally = Store::encode(store.tally(point.point, place.first));
    content.all(place.first, place.count, place.layout, store.layout(place.layout), tally.moments,
                tally.batches, tally.counts);
  }
  for (const StoredEstimate& one : store.estimates(point.point))
    content.all(one.measure, one.unit, one.mean, one.se, one.low, one.high, one.sd, one.least, one.most,
                one.n, one.method, one.undefined_because, std::uint64_t{one.is_ratio}, one.without_value);
  store.each_rows(point.point, [&](const StoredRows& rows) {
    content.all(rows.first, rows.count);
    for (const std::uint32_t column : rows.columns) content.add(std::uint64_t{column});
    for (const std::int64_t value : rows.values) content.add(static_cast<std::uint64_t>(value));
  });
}

/// A hash of all that may not differ between equal stores: everything but `times`, and of the table `study`
/// what is given to the sweep of it.
inline std::uint64_t content_of(const std::string& path) {
  const Store store(path, StoreAccess::read);
  Content content;
  for (const char* key :
       {"file", "title", "seed", "confidence", "results_version", "fingerprint", "scenario_hash",
        "reads_prices", "scoring", "replications", "measures", "estimates_key"})
    content.add(store.text(key).value_or(""));
  for (const auto& [key, value] : store.fields()) content.all(key, value);
  for (const StoredFactor& factor : store.factors()) content.all(factor.path, factor.role, factor.levels);
  store.each_point([&](const StoredPoint& point) { add_point(content, store, point); });
  store.each_failure([&](const StoredFailure& failure) {
    content.all(std::uint64_t{failure.point}, failure.first, failure.count, std::uint64_t{failure.attempts},
                failure.reason, failure.line);
  });
  return content.hash();
}

}  // namespace dronewall::test
