// The tables of stores. docs/store.md says what every column means.
#pragma once
#include "store/store_file.hpp"

namespace dronewall {

inline constexpr const char* sweep_tables = R"sql(
CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fields (path TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE factors (factor INTEGER PRIMARY KEY, path TEXT NOT NULL, role TEXT NOT NULL, levels TEXT NOT NULL);
CREATE TABLE points (
  point INTEGER PRIMARY KEY, number INTEGER, hash INTEGER NOT NULL, state TEXT NOT NULL,
  replications INTEGER NOT NULL, half_width REAL, reason TEXT NOT NULL);
CREATE INDEX points_by_number ON points (number);
CREATE TABLE settings (
  point INTEGER NOT NULL, factor INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (point, factor)) WITHOUT ROWID;
CREATE TABLE layouts (layout INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE tallies (
  point INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, layout INTEGER NOT NULL,
  moments BLOB NOT NULL, batches BLOB NOT NULL, counts BLOB NOT NULL, checksum INTEGER NOT NULL,
  UNIQUE (point, first));
CREATE TABLE "rows" (
  point INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, data BLOB NOT NULL,
  checksum INTEGER NOT NULL, UNIQUE (point, first));
CREATE TABLE estimates (
  point INTEGER NOT NULL, place INTEGER NOT NULL, measure TEXT NOT NULL, unit TEXT NOT NULL,
  mean REAL, se REAL, low REAL, high REAL, sd REAL, least REAL, most REAL, n INTEGER NOT NULL,
  method TEXT NOT NULL, undefined_because TEXT NOT NULL, is_ratio INTEGER NOT NULL, without_value INTEGER NOT NULL,
  PRIMARY KEY (point, place)) WITHOUT ROWID;
CREATE TABLE failures (
  point INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, attempts INTEGER NOT NULL,
  reason TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (point, first)) WITHOUT ROWID;
CREATE TABLE times (point INTEGER PRIMARY KEY, seconds REAL NOT NULL);
)sql";

inline constexpr const char* selection_tables = R"sql(
CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fields (path TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE factors (factor INTEGER PRIMARY KEY, path TEXT NOT NULL, role TEXT NOT NULL, levels TEXT NOT NULL);
CREATE TABLE trials (trial INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE);
CREATE TABLE settings (
  trial INTEGER NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (trial, path)) WITHOUT ROWID;
CREATE TABLE series (
  series INTEGER PRIMARY KEY, trial INTEGER NOT NULL, figure TEXT NOT NULL, form INTEGER NOT NULL,
  texts INTEGER NOT NULL, UNIQUE (trial, figure, form));
CREATE TABLE observations (
  series INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, above REAL NOT NULL, below REAL NOT NULL,
  data BLOB NOT NULL, checksum INTEGER NOT NULL, UNIQUE (series, first));
)sql";

/// Marked "dwll".
inline constexpr StoreKind sweep_store = {0x64776c6c, 1, sweep_tables, "a sweep", "sweep STUDY"};
/// Marked "dwls".
inline constexpr StoreKind selection_store = {0x64776c73, 2, selection_tables, "a selection",
                                              "select STUDY --store FILE"};

}  // namespace dronewall
