// Amounts inside a value: numbers with units, and money, each with the place of its own characters.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "dronewall/core/problem.hpp"
#include "dronewall/scenario/key_table.hpp"
#include "scenario/tree.hpp"

namespace dronewall {

/// The text of a scalar or a key, and the places of its parts. Must not outlive either.
class ScalarText {
 public:
  ScalarText(std::string_view text, Place first, const Sources& sources)
      : text_(text), first_(first), sources_(&sources) {}

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] Place first() const { return first_; }
  /// The place of a part of text(). A text that its source does not hold letter by letter (escapes, folded
  /// lines) has only the place where it starts.
  [[nodiscard]] Place at(std::string_view part) const;

 private:
  std::string_view text_;
  Place first_;
  const Sources* sources_;
};

/// `text` without blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Reads amounts of one dimension; money in one currency, that of the first amount.
class Amounts {
 public:
  Amounts(Dimension dimension, Problems& problems) : dimension_(dimension), problems_(&problems) {}

  [[nodiscard]] Dimension dimension() const { return dimension_; }
  /// "USD", …; empty as long as no money was read.
  [[nodiscard]] const std::string& currency() const { return currency_; }

  /// `part` of `text` as an SI value, or as money. nullopt after a report.
  [[nodiscard]] std::optional<double> read(const ScalarText& text, std::string_view part) {
    return read(text, part, dimension_);
  }
  [[nodiscard]] std::optional<double> read(const ScalarText& text, std::string_view part,
                                           Dimension dimension);

 private:
  [[nodiscard]] std::optional<double> read_measure(const ScalarText& text, std::string_view part,
                                                   Dimension dimension);
  [[nodiscard]] std::optional<double> read_money(const ScalarText& text, std::string_view part);

  Dimension dimension_;
  Problems* problems_;
  std::string currency_;
};

}  // namespace dronewall
