// Judging readings against closed forms, and the table that says so.
#pragma once
#include <string>
#include <vector>

#include "reading.hpp"

namespace dronewall::known {

/// The two-sided rule: near enough, and measured sharply enough for that to mean something.
struct Judgement {
  bool near = false;   ///< |value − expected| <= 4 se (or 1e-6 of it, where nothing is random)
  bool sharp = false;  ///< 4 se within the rule's bound
  std::vector<std::string> confused_with;  ///< wrong answers that lie within 4 se, too

  [[nodiscard]] bool holds() const { return near && sharp && confused_with.empty(); }
};

[[nodiscard]] Judgement judge(const KnownQuantity& quantity, double expected, const Reading& reading);

/// One line of the table.
struct Line {
  const Case* row = nullptr;
  const KnownQuantity* quantity = nullptr;
  double expected = 0;
  Reading reading;
  std::string verdict;
};

/// The table as Markdown, with what it means above it.
[[nodiscard]] std::string markdown(const std::vector<Line>& lines);
/// `E01.yaml, weapons.round.pk.drone: 0.35`.
[[nodiscard]] std::string shown_file(const Case& row, const KnownQuantity& quantity);
/// `1.6672 ± 0.0042`, with the digits that the error leaves.
[[nodiscard]] std::string shown_reading(const Reading& reading);

}  // namespace dronewall::known
