// Texts from the disk, from the folders that a scenario may use and from no other.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include "dronewall/scenario/read.hpp"

namespace dronewall {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_file_bytes = 16U << 20;  // of a GeoJSON file; a YAML text has a budget of its own

/// The folder in which a file lies, links resolved; nullopt where there is none.
std::optional<fs::path> resolved_folder(const fs::path& folder) {
  std::error_code error;
  fs::path resolved = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
  return error ? std::nullopt : std::optional(std::move(resolved));
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  const auto [left, right] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return left == folder.end() && right != file.end();
}

/// The folders of DESIGN.md §7. The parent of a main file's folder counts unless it is the root of the file
/// system, which would allow every file there is.
std::vector<fs::path> allowed_folders(const std::string& main_file,
                                      const std::vector<std::string>& data_folders) {
  std::vector<fs::path> allowed;
  if (const auto folder = resolved_folder(fs::path(main_file).parent_path())) {
    const fs::path parent = folder->parent_path();
    allowed.push_back(parent == parent.root_path() ? *folder : parent);
  }
  for (const std::string& data : data_folders)
    if (const auto folder = resolved_folder(data)) allowed.push_back(*folder);
  return allowed;
}

/// The text of a regular file within the size budget; else nullopt and `why`.
std::optional<std::string> read_text_file(const fs::path& path, std::string& why) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return why = "it is a folder", std::nullopt;
  if (!fs::is_regular_file(status)) return why = "it is no plain file", std::nullopt;
  const auto size = fs::file_size(path, error);
  if (error) return why = error.message(), std::nullopt;
  if (size > max_file_bytes)
    return why = fmt::format("it has {} bytes (at most {} are read)", size, max_file_bytes), std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return why = "it cannot be opened", std::nullopt;
  // One byte more than the size: a file that grows meanwhile is noticed, not read for ever.
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  const auto got = static_cast<std::size_t>(file.gcount());
  if (got != size) return why = "it changed while it was read", std::nullopt;
  text.resize(got);
  return text;
}

/// Where a path may be meant, in order.
std::vector<fs::path> candidates(const fs::path& path, const std::string& beside,
                                 const std::vector<std::string>& data_folders) {
  std::vector<fs::path> found{beside.empty() ? path : fs::path(beside).parent_path() / path};
  if (path.is_relative())
    for (const std::string& data : data_folders) found.push_back(fs::path(data) / path);
  return found;
}

/// `the data folders (--data): A, B`.
std::string in_words(const std::vector<std::string>& data_folders) {
  std::string words = "the data folders (--data)";
  for (std::size_t i = 0; i < data_folders.size(); ++i) {
    std::error_code unheard;
    words += (i == 0 ? ": " : ", ") + fs::weakly_canonical(data_folders[i], unheard).string();
  }
  return words;
}

}  // namespace

DiskFiles::DiskFiles(std::string main_file, std::vector<std::string> data_folders)
    : main_file_(std::move(main_file)), data_folders_(std::move(data_folders)) {}

std::optional<FileSource::File> DiskFiles::read(const std::string& path, const std::string& beside,
                                                std::string& why) {
  if (path.empty()) return why = "the path is empty", std::nullopt;
  if (path.find('\0') != path.npos) return why = "the path holds a NUL byte", std::nullopt;
  for (const fs::path& candidate : candidates(path, beside, data_folders_)) {
    std::error_code error;
    const fs::path resolved = fs::canonical(candidate, error);
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) continue;
    if (error) return why = error.message(), std::nullopt;
    const auto allowed = allowed_folders(main_file_, data_folders_);
    const bool inside = std::any_of(allowed.begin(), allowed.end(),
                                    [&](const fs::path& folder) { return lies_in(resolved, folder); });
    // What the command line names is the user's own choice.
    if (!beside.empty() && !inside)
      return why = "it lies outside the folder of the scenario, its parent and the data folders",
             std::nullopt;
    auto text = read_text_file(resolved, why);
    if (!text) return std::nullopt;
    return File{candidate.lexically_normal().string(), std::move(*text)};
  }
  why = "there is no such file";
  if (!beside.empty()) why += " beside this one or in " + in_words(data_folders_);
  return std::nullopt;
}

}  // namespace dronewall
