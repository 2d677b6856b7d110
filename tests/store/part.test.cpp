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
  part.tally = test::tally_of(1'000, 3);
  part.rows = {{1'000, 2, {0, 2}, {1, 2, 3, 4}}, {1'002, 1, {0, 2}, {5, 6}}};
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
  const test::Folder folder;
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
  const test::Folder folder;
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

TEST_CASE("rows that are not those of their tally are refused", "[store]") {
  const test::Folder folder;
  const std::string path = folder.file("a.part");
  const auto refusal = [&](std::vector<StoredRows> rows) {
    Part part = made_up();
    part.rows = std::move(rows);
    write_part(path, part);
    return why_unreadable(path);
  };
  const StoredRows two{1'000, 2, {0}, {1, 2}}, third{1'002, 1, {0}, {3}};
  CHECK(refusal({two, third}).empty());
  CHECK(refusal({}).empty());
  const std::string why = "its rows are not those of its tally";
  CHECK(refusal({two, two, third}).find(why) != std::string::npos);  // doubled
  CHECK(refusal({two}).find(why) != std::string::npos);
  CHECK(refusal({two, third, {1'003, 1, {0}, {4}}}).find(why) != std::string::npos);
}

TEST_CASE("processes that count alike do not write into each other's part", "[store]") {
  const test::Folder folder;
  const std::string path = folder.file("a.part");
  // What a process of this number on another host is just writing.
  const std::string other = path + "." + std::to_string(::getpid()) + ".tmp";
  std::ofstream(other) << "half a part";
  write_part(path, made_up());
  CHECK(why_unreadable(path).empty());
  std::ifstream file(other);
  CHECK(std::string{std::istreambuf_iterator<char>(file), {}} == "half a part");
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
