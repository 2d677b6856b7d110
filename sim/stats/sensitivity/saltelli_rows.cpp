#include <functional>

#include "dronewall/stats/sensitivity/sobol_indices.hpp"

namespace dronewall {
namespace {

/// The row at which a matrix's row j stands; matrix 0 is A, 1 is B, 2 + k is AB_k.
using RowOf = std::function<std::size_t(std::size_t matrix, std::size_t j)>;

SaltelliRows rows_by(const RowOf& row_of, std::size_t n, std::size_t factors) {
  SaltelliRows rows;
  rows.ab.resize(factors);
  for (std::size_t j = 0; j < n; ++j) {
    rows.a.push_back(row_of(0, j));
    rows.b.push_back(row_of(1, j));
    for (std::size_t k = 0; k < factors; ++k) rows.ab[k].push_back(row_of(2 + k, j));
  }
  return rows;
}

/// Whether each AB_k is A with column k of B, and A and B differ at all.
bool fits(const UnitPoints& points, const SaltelliRows& rows) {
  bool differ = false;
  for (std::size_t j = 0; j < rows.size(); ++j)
    for (std::size_t k = 0; k < points.factors; ++k) {
      differ = differ || points.at(rows.a[j], k) != points.at(rows.b[j], k);
      for (std::size_t c = 0; c < points.factors; ++c)
        if (points.at(rows.ab[k][j], c) != points.at(c == k ? rows.b[j] : rows.a[j], c)) return false;
    }
  return differ;
}

}  // namespace

std::optional<SaltelliRows> find_saltelli_rows(const UnitPoints& points) {
  const std::size_t p = points.factors, width = p + 2;
  if (p == 0 || points.size() == 0 || points.size() % width != 0) return std::nullopt;
  const std::size_t n = points.size() / width;
  const auto last_b = [&](std::size_t matrix) { return matrix == 0 ? 0 : matrix == 1 ? p + 1 : matrix - 1; };
  const RowOf layouts[] = {
      [&](std::size_t matrix, std::size_t j) { return j * width + matrix; },
      [&](std::size_t matrix, std::size_t j) { return j * width + last_b(matrix); },
      [&](std::size_t matrix, std::size_t j) { return matrix * n + j; },
      [&](std::size_t matrix, std::size_t j) { return last_b(matrix) * n + j; },
  };
  for (const RowOf& layout : layouts)
    if (SaltelliRows rows = rows_by(layout, n, p); fits(points, rows)) return rows;
  return std::nullopt;
}

}  // namespace dronewall
