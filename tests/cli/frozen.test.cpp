// Frozen results: a change that moves a published number must raise the results version and say so.
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "catch.hpp"
#include "dronewall/core/hash.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/random/distribution.hpp"
#include "dronewall/replication/replication.hpp"
#include "dronewall/scenario/read.hpp"
#include "dronewall/study/version.hpp"

using namespace dronewall;

namespace {

const std::string root = DRONEWALL_SOURCE_DIR;
const std::string frozen_file = root + "/tests/cases/frozen/results.txt";
constexpr std::uint32_t replications = 50;

struct Frozen {
  std::string file;
  bool portable = true;  ///< uses no function of the host's library, so it holds on every host
};

/// minimal and AD20 need only roots and our own logarithm; Poland projects degrees and inverts PERTs.
const std::vector<Frozen> shipped{
    {"scenarios/minimal.yaml"}, {"tests/bench/ad20.yaml"}, {"scenarios/poland-2025-09-10.yaml", false}};

/// A hash over the name and value of every column, in the order of names: new columns move it, their order
/// does not.
std::uint64_t hash_of_rows(const std::string& path) {
  Sources sources;
  Problems problems(sources);
  DiskFiles files(path, {root + "/scenarios"});
  const auto model =
      Model::compile(read_scenario(path, files, kind_tables(), {}, problems), all_kinds(), problems);
  INFO(problems.text());
  REQUIRE(model != nullptr);
  Replication replication(*model, {});
  std::vector<std::int64_t> row(model->layout().columns.size());
  std::uint64_t hash = 0;
  for (std::uint32_t k = 0; k < replications; ++k) {
    replication.run(k, row.data());
    for (std::size_t c = 0; c < row.size(); ++c)  // A sum: columns may be laid out in another order.
      hash += mix64(hash_text(model->layout().columns[c].name, k) ^ static_cast<std::uint64_t>(row[c]));
  }
  return hash;
}

std::string results_now() {
  std::string text = fmt::format("results version {}\n", results_version);
  for (const Frozen& one : shipped)
    text += fmt::format("{} {:016x} {:016x}\n", one.file, one.portable ? 0 : arithmetic_fingerprint(),
                        hash_of_rows(root + "/" + one.file));
  return text;
}

}  // namespace

TEST_CASE("no published result has moved without a new results version", "[cli][frozen]") {
  if (std::getenv("DRONEWALL_RENEW_FROZEN") != nullptr) std::ofstream(frozen_file) << results_now();
  std::ifstream in(frozen_file);
  std::string word;
  int version = 0;
  in >> word >> word >> version;
  INFO(
      "A result moved. If that is right: raise results_version, say which and why in CHANGELOG.md, and run\n"
      "DRONEWALL_RENEW_FROZEN=1 test_cli '[frozen]'");
  CHECK(version == static_cast<int>(results_version));
  for (const Frozen& one : shipped) {
    std::string file, fingerprint, hash;
    REQUIRE(in >> file >> fingerprint >> hash);
    CHECK(file == one.file);
    // On a host with other arithmetic the results of what uses it may differ in their last bits.
    if (one.portable || fingerprint == fmt::format("{:016x}", arithmetic_fingerprint()))
      CHECK(hash == fmt::format("{:016x}", hash_of_rows(root + "/" + one.file)));
  }
}
