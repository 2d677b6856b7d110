// A study's factor on [0, 1], and back to what its author would write.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dronewall/scenario/study.hpp"

namespace dronewall {

/// `$`, 5, `k` of `$5k`.
struct WrittenNumber {
  std::string before;
  double value = 0;
  std::string behind;
};
/// nullopt for what is no number with something around it.
[[nodiscard]] std::optional<WrittenNumber> written_number(const std::string& text);

/// The low end of a range, or the least of a list's numbers, is 0 and the other end 1. Numbers of one
/// dimension in several units (0.25 / week, 1 / d) lie as far apart as they are, in the unit of the first.
/// Levels that are no such numbers (names, distributions) lie evenly, in the order of the list.
class FactorScale {
 public:
  explicit FactorScale(const Factor& factor);

  /// nullopt for a text that is not on the scale.
  [[nodiscard]] std::optional<double> unit_of(const std::string& text) const;
  /// `12.4 km`: three significant digits; a level in another unit as it is written; of levels without numbers
  /// the nearest.
  [[nodiscard]] std::string text(double unit) const;
  /// The number of text(), not rounded; of is_number() scales only.
  [[nodiscard]] double value(double unit) const { return low_ + unit * (high_ - low_); }
  /// What stands around the number: `km`, `$k`, `%`, or nothing.
  [[nodiscard]] std::string unit() const;
  /// `0.3 … 0.9`, `12 km … 100 km`, `nearest … fastest`.
  [[nodiscard]] std::string range() const;
  /// A place that need not be one that can be set: between two whole numbers of a key that takes no others,
  /// `between 11 and 12`; else text().
  [[nodiscard]] std::string place_text(double unit) const;
  /// The value at the place or next to it on that side, of those that can be set: one of the levels, or a
  /// whole number where the key takes no other; of other ranges the place's own.
  [[nodiscard]] std::string text_at_most(double unit) const;
  [[nodiscard]] std::string text_at_least(double unit) const;
  /// Whether only whole numbers can be set.
  [[nodiscard]] bool is_whole() const { return is_whole_; }
  /// Whether values between the levels mean anything.
  [[nodiscard]] bool is_number() const { return is_number_; }
  /// Of a list; empty for a range.
  [[nodiscard]] const std::vector<std::string>& levels() const { return levels_; }
  /// What a part of the scale holds: `up to 39`, `from 20 km to 30 km`; of levels that are no plain numbers
  /// of one unit those that lie there, `= 1 min or 3 min`.
  [[nodiscard]] std::string part(double low, double high) const;

 private:
  enum class Side { below, above };
  [[nodiscard]] std::string text_beside(double unit, Side side) const;
  /// In the scale's unit; nullopt for what is no number or has no such unit.
  [[nodiscard]] std::optional<double> number_in(const std::string& text) const;

  bool is_number_ = false;
  bool is_list_ = false;
  bool is_whole_ = false;
  bool is_mixed_ = false;  ///< numbers in several units
  double low_ = 0, high_ = 1;
  std::string before_, behind_;
  std::vector<std::string> levels_;
};

}  // namespace dronewall
