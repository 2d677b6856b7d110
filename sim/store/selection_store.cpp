#include "dronewall/store/selection_store.hpp"

#include <filesystem>
#include <numeric>

#include "store/codec.hpp"
#include "store/selection_database.hpp"
#include "store/study_tables.hpp"

namespace dronewall {

SelectionStore::SelectionStore(const std::string& path, StoreAccess access)
    : database_(std::make_unique<Database>(path, access)) {}

SelectionStore::~SelectionStore() = default;
SelectionStore::SelectionStore(SelectionStore&&) noexcept = default;

const std::string& SelectionStore::path() const { return database_->connection.path(); }

void SelectionStore::commit() { database_->commit(); }

bool SelectionStore::is_one(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return false;
  Connection connection(path, StoreAccess::read);
  Query mark = connection.query("PRAGMA application_id");
  return mark.step() && mark.integer(0) == selection_store.application;
}

// ---- What the study is

std::optional<std::string> SelectionStore::text(std::string_view key) const {
  return read_study_text(database_->connection, key);
}

void SelectionStore::set_text(std::string_view key, std::string_view value) {
  write_study_text(database_->change(), key, value);
}

std::vector<std::pair<std::string, std::string>> SelectionStore::fields() const {
  return read_fields(database_->connection);
}

void SelectionStore::set_fields(const std::vector<std::pair<std::string, std::string>>& fields) {
  write_fields(database_->change(), fields);
}

std::vector<StoredFactor> SelectionStore::factors() const { return read_factors(database_->connection); }

void SelectionStore::set_factors(const std::vector<StoredFactor>& factors) {
  write_factors(database_->change(), factors);
}

// ---- Trials

std::optional<StoredTrialId> SelectionStore::find_trial(std::uint64_t hash) const {
  Query query = database_->connection.query("SELECT trial FROM trials WHERE hash = ?");
  if (!query.bind_bits(hash).step()) return std::nullopt;
  return static_cast<StoredTrialId>(query.integer(0));
}

StoredTrialId SelectionStore::add_trial(std::uint64_t hash,
                                        const std::vector<std::pair<std::string, std::string>>& settings) {
  Connection& connection = database_->change();
  const std::int64_t trial = next_of("SELECT coalesce(max(trial), -1) + 1 FROM trials");
  connection.query("INSERT INTO trials VALUES (?, ?)").bind(trial).bind_bits(hash).run();
  for (const auto& [path, value] : settings)
    connection.query("INSERT INTO settings VALUES (?, ?, ?)").bind(trial).bind(path).bind(value).run();
  return static_cast<StoredTrialId>(trial);
}

std::vector<StoredSeries> SelectionStore::series(StoredTrialId trial) const {
  std::vector<StoredSeries> all;
  Query query = database_->connection.query(
      "SELECT series, figure, form, texts FROM series WHERE trial = ? ORDER BY series");
  query.bind(std::int64_t{trial});
  while (query.step())
    all.push_back(
        {static_cast<StoredSeriesId>(query.integer(0)), query.text(1), query.bits(2), query.bits(3)});
  return all;
}

StoredSeriesId SelectionStore::add_series(StoredTrialId trial, const StoredSeries& series) {
  Connection& connection = database_->change();
  const std::int64_t id = next_of("SELECT coalesce(max(series), -1) + 1 FROM series");
  connection.query("INSERT INTO series VALUES (?, ?, ?, ?, ?)")
      .bind(id)
      .bind(std::int64_t{trial})
      .bind(std::string_view(series.figure))
      .bind_bits(series.form)
      .bind_bits(series.texts)
      .run();
  return static_cast<StoredSeriesId>(id);
}

void SelectionStore::set_texts(StoredSeriesId series, std::uint64_t texts) {
  database_->change()
      .query("UPDATE series SET texts = ? WHERE series = ?")
      .bind_bits(texts)
      .bind(std::int64_t{series})
      .run();
}

std::int64_t SelectionStore::next_of(const char* sql) const {
  Query query = database_->connection.query(sql);
  return query.step() ? query.integer(0) : 0;
}

// ---- Observations

std::vector<SelectionStore::Place> SelectionStore::places(StoredSeriesId series) const {
  std::vector<Place> all;
  Query query =
      database_->connection.query("SELECT first, count FROM observations WHERE series = ? ORDER BY first");
  query.bind(std::int64_t{series});
  while (query.step()) all.push_back({query.bits(0), query.bits(1)});
  return all;
}

std::optional<StoredSums> SelectionStore::sums(StoredSeriesId series, std::uint64_t first) const {
  Query query = database_->connection.query(
      "SELECT count, data, checksum FROM observations WHERE series = ? AND first = ?");
  if (!query.bind(std::int64_t{series}).bind_bits(first).step()) return std::nullopt;
  if (checksum(query.bytes(1)) != query.bits(2)) return std::nullopt;
  try {
    StoredSums sums = decode_sums(query.bytes(1));
    if (sums.first == first && sums.count == query.bits(0)) return sums;
  } catch (const BadBytes&) {  // Written by no Encoder: not ours.
  }
  return std::nullopt;
}

void SelectionStore::set_sums(StoredSeriesId series, const StoredSums& sums) {
  const std::string data = encode_sums(sums);
  database_->change()
      .query("INSERT OR REPLACE INTO observations VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(std::int64_t{series})
      .bind_bits(sums.first)
      .bind_bits(sums.count)
      .bind(std::accumulate(sums.above.begin(), sums.above.end(), 0.0))
      .bind(std::accumulate(sums.below.begin(), sums.below.end(), 0.0))
      .bind_blob(data)
      .bind_bits(checksum(data))
      .run();
}

void SelectionStore::remove_sums(StoredSeriesId series, std::uint64_t first) {
  database_->change()
      .query("DELETE FROM observations WHERE series = ? AND first = ?")
      .bind(std::int64_t{series})
      .bind_bits(first)
      .run();
}

SelectionStore::Size SelectionStore::size() const {
  Query query = database_->connection.query(
      "SELECT count(*), coalesce(sum(replications), 0) FROM ("
      "  SELECT max(replications) AS replications FROM ("
      "    SELECT trial, sum(count) AS replications FROM series JOIN observations USING (series) "
      "    GROUP BY series) GROUP BY trial)");
  return query.step() ? Size{query.bits(0), query.bits(1)} : Size{};
}

}  // namespace dronewall
