#include "dronewall/geometry/span.hpp"

#include <algorithm>

namespace dronewall {

void merge_spans(std::vector<Span>& spans, std::size_t first) {
  const auto from = spans.begin() + static_cast<std::ptrdiff_t>(first);
  const auto empty = [](const Span& span) { return !(span.begin <= span.end); };
  spans.erase(std::remove_if(from, spans.end(), empty), spans.end());
  if (spans.size() <= first + 1) return;
  std::sort(from, spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });

  std::size_t last = first;
  for (std::size_t next = first + 1; next < spans.size(); ++next) {
    if (spans[next].begin <= spans[last].end)
      spans[last].end = std::max(spans[last].end, spans[next].end);
    else
      spans[++last] = spans[next];
  }
  spans.resize(last + 1);
}

void intersect_spans(const std::vector<Span>& a, const std::vector<Span>& b, std::vector<Span>& out) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const Span both{std::max(a[i].begin, b[j].begin), std::min(a[i].end, b[j].end)};
    if (both.begin <= both.end) out.push_back(both);
    if (a[i].end < b[j].end)
      ++i;
    else
      ++j;
  }
}

void cut_spans(std::vector<Span>& spans, double end) {
  spans.erase(std::remove_if(spans.begin(), spans.end(), [&](const Span& span) { return span.begin >= end; }),
              spans.end());
  for (Span& span : spans) span.end = std::min(span.end, end);
}

}  // namespace dronewall
