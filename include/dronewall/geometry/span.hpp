// Closed spans of time, and what two lists of them have in common.
#pragma once
#include <cstddef>
#include <vector>

namespace dronewall {

/// A closed span of time, seconds; empty when !(begin <= end).
struct Span {
  double begin = 0;
  double end = 0;

  bool operator==(const Span&) const = default;
};

/// Sorts the spans from place `first` on and merges those that overlap or touch (gap <= 0); drops empty ones
/// (so also those with a NaN). A span of no length is not empty: it stays unless another one holds it.
void merge_spans(std::vector<Span>& spans, std::size_t first = 0);

/// Appends the intersection of two sorted, merged lists, sorted. Spans are closed: two that share one instant
/// give a span of no length. `out` must be neither `a` nor `b`.
void intersect_spans(const std::vector<Span>& a, const std::vector<Span>& b, std::vector<Span>& out);

/// Cuts the spans at `end`: what begins at or after it is gone.
void cut_spans(std::vector<Span>& spans, double end);

}  // namespace dronewall
