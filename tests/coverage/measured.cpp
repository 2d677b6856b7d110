#include "measured.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace dronewall::coverage {
namespace {

std::string in_words(const std::map<std::string, std::uint64_t>& methods, std::uint64_t given) {
  std::vector<std::pair<std::uint64_t, std::string>> falling;
  for (const auto& [name, times] : methods) falling.emplace_back(times, name);
  std::sort(falling.rbegin(), falling.rend());
  std::string text;
  for (const auto& [times, name] : falling) {
    constexpr std::uint64_t one_in = 200;  // What is seldomer would be shown as 0%.
    if (times * one_in < given) continue;
    if (!text.empty()) text += " / ";
    text += times == given ? name
                           : fmt::format("{} {:.0f}%", name,
                                         100.0 * static_cast<double>(times) / static_cast<double>(given));
  }
  return text;
}

constexpr const char* header = "what;n;experiments;given;held;half_width;half_width_sd;method";

}  // namespace

ConfidenceInterval Measured::share() const { return probability_interval(held, given, wanted); }

Measured measure(const Row& row, std::span<const Seen> all, std::size_t offset, std::size_t stride) {
  Measured measured;
  std::map<std::string, std::uint64_t> methods;
  double sum = 0, squares = 0, bounded = 0;
  for (std::size_t i = offset; i < all.size(); i += stride) {
    ++measured.experiments;
    if (!all[i].is_given()) continue;
    ++measured.given;
    ++methods[all[i].method];
    measured.held += all[i].holds(row.truth);
    const double half = all[i].half_width();
    if (!std::isfinite(half)) continue;
    sum += half, squares += half * half, bounded += 1;
  }
  if (bounded > 0) measured.half_width = sum / bounded;
  if (bounded > 1)
    measured.half_width_sd = std::sqrt(std::max(0.0, (squares - sum * measured.half_width) / (bounded - 1)));
  measured.method = in_words(methods, measured.given);
  return measured;
}

Record read_record(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line) || line != header)
    throw std::runtime_error(path + " is no record of coverage");
  Record record;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<std::string> values;
    for (std::string cell; std::getline(cells, cell, ';');) values.push_back(cell);
    if (values.size() != 8) throw std::runtime_error(path + ": " + line);
    record[{values[0], std::stoull(values[1])}] = {std::stoull(values[2]), std::stoull(values[3]),
                                                   std::stoull(values[4]), std::stod(values[5]),
                                                   std::stod(values[6]),   values[7]};
  }
  return record;
}

void write_record(const std::string& path, const Record& record) {
  std::ofstream file(path);
  file << header << "\n";
  for (const auto& [key, row] : record)
    file << fmt::format("{};{};{};{};{};{:.6g};{:.6g};{}\n", key.first, key.second, row.experiments,
                        row.given, row.held, row.half_width, row.half_width_sd, row.method);
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace dronewall::coverage
