#include "dronewall/store/part.hpp"

#include <fstream>
#include <iterator>

#include "store/tallies.hpp"

namespace dronewall {
namespace {

Part made_up() {
  Part part;
  part.key = {3, 0xfedcba9876543210, 5, 6, 1'000, 1'000};
  part.layout = 9;
  part.layout_json = "{}";
  part.tally = test::tally_of(1'000, 1'000);
  part.rows = {{1'000, 2, {0, 2}, {1, 2, 3, 4}}};
  part.seconds = 0.25;
  return part;
}

std::string why_unreadable(const std::string& path) {
  try {
    static_cast<void>(read_part(path));
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("a part gives back what was put in, and leaves no other file", "[store]") {
  const test::StoreFolder folder;
  const Part part = made_up();
  write_part(folder.file("a.part"), part);
  const Part read = read_part(folder.file("a.part"));
  CHECK(read.key == part.key);
  CHECK(read.tally == part.tally);
  CHECK(read.rows == part.rows);
  CHECK(read.layout_json == "{}");
  CHECK(read.seconds == 0.25);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.file("")), {}) == 1);
}

TEST_CASE("a part that is cut off or changed is told from a whole one", "[store]") {
  const test::StoreFolder folder;
  const std::string path = folder.file("a.part");
  write_part(path, made_up());
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t size = 0; size < bytes.size(); size += size < 40 ? 1 : 97) {
    std::ofstream(path, std::ios::binary) << bytes.substr(0, size);
    CHECK(why_unreadable(path).find("is cut off") != std::string::npos);
  }
  std::string changed = bytes;
  changed[bytes.size() / 2] = static_cast<char>(changed[bytes.size() / 2] ^ 4);
  std::ofstream(path, std::ios::binary) << changed;
  CHECK(why_unreadable(path).find("has changed") != std::string::npos);
  std::ofstream(path, std::ios::binary) << "study: a question\n";
  CHECK(why_unreadable(path).find("is no part") != std::string::npos);
}

TEST_CASE("a shard's name depends on each part of its key", "[store]") {
  const ShardKey key{1, 2, 3, 4, 5, 6};
  for (std::uint64_t ShardKey::*member :
       {&ShardKey::results_version, &ShardKey::fingerprint, &ShardKey::study, &ShardKey::point,
        &ShardKey::first, &ShardKey::count}) {
    ShardKey other = key;
    other.*member += 1;
    CHECK(part_name(other) != part_name(key));
  }
}

}  // namespace
}  // namespace dronewall
