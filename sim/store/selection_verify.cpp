// Whether a selection's store is sound in itself.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "store/selection_database.hpp"

namespace dronewall {
namespace {

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

class SelectionVerification {
 public:
  SelectionVerification(const SelectionStore& store, Connection& connection)
      : store_(store), connection_(connection) {}

  std::vector<std::string> wrong() {
    try {
      tell_all("PRAGMA integrity_check",
               [](const Query& row) { return row.bytes(0) == "ok" ? "" : row.text(0); });
      strays();
      observations();
    } catch (const StoreError& error) {
      wrong_.emplace_back(error.what());
    }
    return std::move(wrong_);
  }

 private:
  template <class Words>
  void tell_all(const char* sql, const Words& words_of) {
    Query query = connection_.query(sql);
    while (query.step())
      if (std::string words = words_of(query); !words.empty()) wrong_.push_back(std::move(words));
  }
  void strays();
  void observations();

  const SelectionStore& store_;
  Connection& connection_;
  std::vector<std::string> wrong_;
};

void SelectionVerification::strays() {
  tell_all("SELECT DISTINCT trial FROM settings WHERE trial NOT IN (SELECT trial FROM trials)",
           [](const Query& row) {
             return fmt::format("settings: trial {} is not in the table trials", row.integer(0));
           });
  tell_all("SELECT series FROM series WHERE trial NOT IN (SELECT trial FROM trials)", [](const Query& row) {
    return fmt::format("series {}: its trial is not in the table trials", row.integer(0));
  });
  tell_all("SELECT DISTINCT series FROM observations WHERE series NOT IN (SELECT series FROM series)",
           [](const Query& row) {
             return fmt::format("observations: series {} is not in the table series", row.integer(0));
           });
}

void SelectionVerification::observations() {
  std::int64_t series = -1;
  std::uint64_t end = 0;
  tell_all(
      "SELECT series, first, count, above, below FROM observations ORDER BY series, first",
      [&](const Query& row) -> std::string {
        const std::string where =
            fmt::format("series {}: its rounds from replication {} ", row.integer(0), row.bits(1));
        const bool overlaps = std::exchange(series, row.integer(0)) == row.integer(0) && row.bits(1) < end;
        end = row.bits(1) + row.bits(2);
        if (overlaps) return where + "are there twice";
        const auto sums = store_.sums(static_cast<StoredSeriesId>(row.integer(0)), row.bits(1));
        if (!sums) return where + "have changed";
        const bool add_up = same(std::accumulate(sums->above.begin(), sums->above.end(), 0.0), row.real(3)) &&
                            same(std::accumulate(sums->below.begin(), sums->below.end(), 0.0), row.real(4));
        return add_up ? "" : where + "do not add up to `above` and `below`";
      });
}

}  // namespace

std::vector<std::string> SelectionStore::verify() const {
  return SelectionVerification(*this, database_->connection).wrong();
}

}  // namespace dronewall
