#include "dronewall/store/part.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "dronewall/core/hash.hpp"
#include "store/codec.hpp"

// A part is: the eight bytes below, the length of the rest, its checksum (eight bytes each, lowest first),
// then the rest, by an Encoder.
namespace dronewall {
namespace {

constexpr std::string_view magic = "DWPART01";
constexpr std::size_t head_size = 24;
constexpr std::uint64_t most_rows = 1U << 20;

std::string fixed(std::uint64_t value) {
  std::string bytes;
  for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

std::uint64_t fixed_at(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

std::string body_of(const Part& part) {
  Encoder out;
  for (const std::uint64_t number : {part.key.results_version, part.key.fingerprint, part.key.study,
                                     part.key.point, part.key.first, part.key.count, part.layout})
    out.add(number);
  out.add_text(part.layout_json);
  out.add_text(part.failure);
  out.add(part.attempts);
  out.add_double(part.seconds);
  out.add(part.tally ? 1 : 0);
  if (part.tally) {
    out.add(part.tally->first);
    out.add(part.tally->count);
    out.add_text(encode_moments(part.tally->moments));
    out.add_text(encode_batches(part.tally->batches));
    out.add_text(encode_counts(*part.tally));
  }
  out.add(part.rows.size());
  for (const StoredRows& rows : part.rows) out.add_text(encode_rows(rows));
  return out.take();
}

/// Whether there are no rows, or those of each replication of the tally once.
bool has_fitting_rows(const Part& part) {
  if (part.rows.empty()) return true;
  if (!part.tally) return false;
  std::uint64_t at = part.tally->first;
  for (const StoredRows& rows : part.rows) {
    if (rows.first != at) return false;
    at += rows.count;
  }
  return at == part.tally->first + part.tally->count;
}

Part part_of(std::string_view body) {
  Decoder in(body);
  Part part;
  for (std::uint64_t* number : {&part.key.results_version, &part.key.fingerprint, &part.key.study,
                                &part.key.point, &part.key.first, &part.key.count, &part.layout})
    *number = in.get();
  part.layout_json = in.get_text();
  part.failure = in.get_text();
  part.attempts = static_cast<std::uint32_t>(in.get());
  part.seconds = in.get_double();
  if (in.get() != 0) {
    StoredTally& tally = part.tally.emplace();
    tally.first = in.get();
    tally.count = in.get();
    tally.moments = decode_moments(in.get_text());
    tally.batches = decode_batches(in.get_text());
    tally.counts = decode_counts(in.get_text());
  }
  for (std::uint64_t rows = in.get_size(most_rows); rows > 0; --rows)
    part.rows.push_back(decode_rows(in.get_text()));
  if (!has_fitting_rows(part)) throw BadBytes("its rows are not those of its tally");
  return part;
}

[[noreturn]] void throw_system(const std::string& path) {
  throw StoreError(fmt::format("{} could not be written: {}", path, std::strerror(errno)));
}

void write_all(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ::ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_system(path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Opens a file beside the path that nobody else writes: several hosts on one disk may count processes alike.
int open_temporary(const std::string& path, std::string& name) {
  std::random_device random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    name = fmt::format("{}.{}-{:08x}{:08x}.tmp", path, ::getpid(), random(), random());
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return descriptor;
    if (errno != EEXIST) break;
  }
  throw_system(path);
}

/// Makes a new name in its folder outlast a lost power.
void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw_system(path);
  const bool is_synced = ::fsync(descriptor) == 0 || errno == EINVAL;  // Some file systems need none.
  const int why = errno;
  ::close(descriptor);
  errno = why;
  if (!is_synced) throw_system(path);
}

}  // namespace

std::string part_name(const ShardKey& key) {
  std::uint64_t hash = hash_text("shard");
  for (const std::uint64_t number :
       {key.results_version, key.fingerprint, key.study, key.point, key.first, key.count})
    hash = mix64(hash ^ number);
  return fmt::format("{:016x}.part", hash);
}

void write_part(const std::string& path, const Part& part) {
  const std::string body = body_of(part);
  std::string temporary;
  const int descriptor = open_temporary(path, temporary);
  try {
    write_all(descriptor, std::string(magic) + fixed(body.size()) + fixed(checksum(body)) + body, path);
    if (::fsync(descriptor) != 0) throw_system(path);
    if (::rename(temporary.c_str(), path.c_str()) != 0) throw_system(path);
  } catch (...) {
    ::close(descriptor);
    ::unlink(temporary.c_str());
    throw;
  }
  ::close(descriptor);
  sync_folder_of(path);
}

Part read_part(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw StoreError(fmt::format("{} cannot be read: {}", path, std::strerror(errno)));
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (std::string_view(bytes).substr(0, magic.size()) != magic.substr(0, bytes.size()))
    throw StoreError(fmt::format("{} is no part of a sweep", path));
  const std::string_view body = bytes.size() < head_size ? "" : std::string_view(bytes).substr(head_size);
  if (bytes.size() < head_size || body.size() != fixed_at(bytes, 8))
    throw StoreError(fmt::format("{} is cut off: {} bytes are there", path, bytes.size()));
  if (checksum(body) != fixed_at(bytes, 16))
    throw StoreError(fmt::format("{} has changed: its checksum does not fit", path));
  try {
    return part_of(body);
  } catch (const BadBytes& bad) {
    throw StoreError(fmt::format("{} is damaged: {}", path, bad.what()));
  }
}

}  // namespace dronewall
